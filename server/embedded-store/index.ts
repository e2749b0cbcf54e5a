import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Worker } from 'node:worker_threads'

const LONGEST_SOCKET = 103

/** A running embedded store: the address for mongoose, and how to close it. */
export interface EmbeddedStore {
  uri: string
  close: () => Promise<void>
}

/** A data directory that another process owns. */
export class DataDirInUse extends Error {
  override name = 'DataDirInUse'
}

function socketPath(dataDir: string): string {
  const direct = path.join(dataDir, 'store.sock')
  if (Buffer.byteLength(direct) <= LONGEST_SOCKET) return direct
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  const folder = path.join(os.tmpdir(), `tahririyeh-${process.getuid?.() ?? 0}-${name}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return path.join(folder, 'store.sock')
}

function uriOf(socket: string): string {
  return `mongodb://${encodeURIComponent(socket)}/?directConnection=true`
}

/** Holds a data directory for this process: a lock that the system itself lets go when the process dies. */
function hold(dataDir: string): DatabaseSync {
  const lock = new DatabaseSync(path.join(dataDir, 'lock.sqlite'))
  try {
    lock.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE')
    return lock
  } catch {
    lock.close()
    throw new DataDirInUse(`the data directory ${dataDir} is in use by another process`)
  }
}

/** Starts the MongoDB-compatible store over a data directory and gives its address; DataDirInUse when another process owns the directory. */
export async function startEmbeddedStore(options: { dataDir: string }): Promise<EmbeddedStore> {
  if (process.platform === 'win32') throw new Error('the embedded store needs unix sockets; on Windows set MONGODB_URI')
  const dataDir = path.resolve(options.dataDir)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const lock = hold(dataDir)
  const address = socketPath(dataDir)
  const note = path.join(dataDir, 'store.address')
  rmSync(address, { force: true })
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { dataDir, address } })
  const fault = new Promise<never>((_, reject) => {
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the store’s thread ended')))
  })
  fault.catch(() => {})
  try {
    await Promise.race([new Promise((resolve) => worker.once('message', resolve)), fault])
  } catch (error) {
    lock.close()
    throw error
  }
  writeFileSync(note, uriOf(address), { mode: 0o600 })
  return {
    uri: uriOf(address),
    close: async () => {
      const closed = new Promise((resolve) => worker.once('exit', resolve))
      worker.postMessage('close')
      await closed
      rmSync(address, { force: true })
      rmSync(note, { force: true })
      lock.close()
    },
  }
}

/** The store of a data directory for a passing task: the one of the process that owns it, else started here for as long as it is needed. */
export async function joinEmbeddedStore(options: { dataDir: string }): Promise<EmbeddedStore> {
  try {
    return await startEmbeddedStore(options)
  } catch (error) {
    if (!(error instanceof DataDirInUse)) throw error
    const uri = readFileSync(path.join(path.resolve(options.dataDir), 'store.address'), 'utf8')
    return { uri, close: async () => {} }
  }
}
