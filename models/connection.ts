import mongoose from 'mongoose'
import { NewsroomError } from '../server/errors.ts'

/** How long one question to the store may take, in milliseconds. */
const ANSWER_WITHIN = 8_000

/** How long the store may take to say that it is there, in milliseconds. */
const PATIENCE = 1_000

mongoose.set('strictQuery', 'throw')
mongoose.set('sanitizeFilter', true)
mongoose.set('bufferTimeoutMS', 1_500)
mongoose.set('autoCreate', false)
mongoose.set('autoIndex', false)

/** Opens the connection that all models share; `uri` names MongoDB or the embedded store; rejects when it does not answer in time. */
export async function openStore(uri: string, options: { database?: string } = {}): Promise<void> {
  await mongoose.connect(uri, {
    ...(options.database === undefined ? {} : { dbName: options.database }),
    serverSelectionTimeoutMS: 4_000,
    // A store that hangs counts as away one heartbeat (10 s) and this later.
    connectTimeoutMS: ANSWER_WITHIN,
    socketTimeoutMS: 60_000,
    maxPoolSize: 32,
    retryWrites: !/directConnection=true/.test(uri),
    writeConcern: { w: 'majority', journal: true },
    appName: 'tahririyeh',
  })
}

/** Makes every index that the models declare; safe to repeat. */
export async function buildIndexes(): Promise<void> {
  for (const name of mongoose.modelNames()) await mongoose.model(name).createIndexes()
}

/** Closes the shared connection. */
export async function closeStore(): Promise<void> {
  await mongoose.disconnect()
}

/** Whether the store answers now, asked with a short patience. */
export async function storeAnswers(): Promise<boolean> {
  const database = mongoose.connection.db
  if (mongoose.connection.readyState !== 1 || !database) return false
  // The driver may wait for a store that took the question and hangs; whoever asks here does not.
  const ping = database.command({ ping: 1 }).then(
    () => true,
    () => false,
  )
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, PATIENCE, false)
  })
  return await Promise.race([ping, patience]).finally(() => clearTimeout(timer))
}

/** Whether an error says that the store cannot be reached or does not answer in time. */
export function isStoreAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (
    /^Mongo(ServerSelection|Network|NetworkTimeout|OperationTimeout|PoolCleared|PoolClosed|Topology\w*|NotConnected|WaitQueueTimeout)\w*Error$/.test(
      error.name,
    ) || /buffering timed out|Client must be connected|before initial connection is complete/.test(error.message)
  )
}

/** Whether an error is the store's refusal of a second document with the same unique key. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 11000
}

/** The refusal that people see while the store is away. */
export function storeAway(cause: unknown): NewsroomError {
  return new NewsroomError(
    'unavailable',
    'store-away',
    'دسترسی به پایگاه داده برای لحظاتی برقرار نیست. لطفاً چند دقیقهٔ دیگر دوباره تلاش کنید.',
    { cause },
  )
}

/** Options of a read: the time that it may take. */
export const READ_OPTIONS = { maxTimeMS: ANSWER_WITHIN }

/** A valid id of a stored document, or null for anything else. */
export function asId(value: unknown): mongoose.Types.ObjectId | null {
  return typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value) ? new mongoose.Types.ObjectId(value) : null
}

/** A fresh id. */
export function newId(): mongoose.Types.ObjectId {
  return new mongoose.Types.ObjectId()
}
