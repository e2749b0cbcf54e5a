/** The embedded store: MongoDB's wire protocol over SQLite. This file is its only door. */
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { Worker } from 'node:worker_threads'
import { DataDirInUse, type Lock, ownerOf, takeLock } from './lock.ts'
import type { ServerOptions } from './server.ts'

export { DataDirInUse, type Owner, ownerOf } from './lock.ts'

/** How the store is started. */
export interface EmbeddedStoreOptions {
  /** Directory of the newsroom's data; the store keeps to `store/` inside it. */
  dataDir: string
  /** Database that the address names; `newsroom` where absent. */
  database?: string
  /** Bytes that the store's file may take. */
  maxBytes?: number
  /** Listens on 127.0.0.1 with a password instead of a socket; as it always does on Windows. */
  tcp?: boolean
  /** Milliseconds between two sweeps over the TTL indexes; a minute where absent, as in MongoDB. */
  sweepEvery?: number
}

/** A store that runs. */
export interface EmbeddedStore {
  /** A mongodb:// address for mongoose, mongosh or any driver. */
  uri: string
  /** Ends it: waits for writes that have begun, then lets go of the directory. */
  close(): Promise<void>
  /** Ends the store's thread by a fault, resolves when it has ended; for tests. */
  crash(): Promise<void>
}

/** The longest path that a unix socket may have, on every system that has them. */
const LONGEST_SOCKET = 103
const RESTART_AFTER = 100
/** Beginning of the names of short directories for sockets. */
const SHORT = 'tahririyeh-store-'
const USER = 'store'
/** One step for the whole copy: more steps would begin anew with every write that comes between. */
const ALL_PAGES = 2_147_483_647
const FILE = 'store.sqlite'

/** The directory of the store inside a data directory. */
export function storeDirectory(dataDir: string): string {
  return path.resolve(dataDir, 'store')
}

function placeForSocket(directory: string): { socket: string; remove: () => void } {
  const beside = path.join(directory, 'store.sock')
  if (Buffer.byteLength(beside) <= LONGEST_SOCKET)
    return { socket: beside, remove: () => rmSync(beside, { force: true }) }
  const base = [tmpdir(), '/tmp'].find((place) => Buffer.byteLength(place) < LONGEST_SOCKET - 30) ?? '/tmp'
  const short = mkdtempSync(path.join(base, SHORT))
  chmodSync(short, 0o700)
  return { socket: path.join(short, 'store.sock'), remove: () => rmSync(short, { recursive: true, force: true }) }
}

/** Removes the short socket directory that a killed owner left behind. */
function removeStaleSocket(directory: string): void {
  const uri = ownerOf(directory)?.uri ?? ''
  const socket = decodeURIComponent(/^mongodb:\/\/(%2F[^/]+)\//.exec(uri)?.[1] ?? '')
  const place = path.dirname(socket)
  if (path.basename(place).startsWith(SHORT) && place !== directory) rmSync(place, { recursive: true, force: true })
}

/** Starts the store of a data directory; rejects with DataDirInUse where another process runs it. */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const directory = storeDirectory(options.dataDir)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const lock = takeLock(directory)
  removeStaleSocket(directory)
  lock.tell(undefined)
  try {
    return await run(options, directory, lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

async function run(options: EmbeddedStoreOptions, directory: string, lock: Lock): Promise<EmbeddedStore> {
  const tcp = options.tcp ?? process.platform === 'win32'
  const { socket, remove } = tcp ? { socket: undefined, remove: () => {} } : placeForSocket(directory)
  const server: ServerOptions = {
    file: path.join(directory, FILE),
    socket,
    port: 0,
    credentials: tcp ? { user: USER, password: randomBytes(24).toString('hex') } : undefined,
    maxBytes: options.maxBytes,
    sweepEvery: options.sweepEvery ?? 60_000,
  }
  let closing = false
  let running: Running
  const start = async (): Promise<void> => {
    running = await startWorker(server, again)
    server.port = running.port
  }
  const again = (): void => {
    setTimeout(() => {
      if (closing) return
      start().catch((error: Error) => {
        process.stderr.write(`embedded store: ${error.message}\n`)
        again()
      })
    }, RESTART_AFTER)
  }
  await start()
  const uri = addressOf(server, options.database ?? 'newsroom')
  lock.tell(uri)
  const close = async (): Promise<void> => {
    if (closing) return
    closing = true
    await closeWorker(running.worker)
    remove()
    lock.release()
  }
  const crash = (): Promise<void> =>
    new Promise((resolve) => {
      running.worker.once('exit', () => resolve())
      running.worker.postMessage('crash')
    })
  return { uri, close, crash }
}

function addressOf({ socket, port, credentials }: ServerOptions, database: string): string {
  if (socket !== undefined) return `mongodb://${encodeURIComponent(socket)}/${database}?directConnection=true`
  const { user, password } = credentials!
  const options = 'directConnection=true&authSource=admin&authMechanism=SCRAM-SHA-256'
  return `mongodb://${user}:${password}@127.0.0.1:${port}/${database}?${options}`
}

interface Running {
  worker: Worker
  port: number
}

/** Starts the engine's thread; resolves when it listens, and calls `ended` when it dies afterwards. */
function startWorker(server: ServerOptions, ended: () => void): Promise<Running> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./server.ts', import.meta.url), {
      workerData: server,
      name: 'embedded-store',
      execArgv: [],
    })
    let listening = false
    worker.on('message', (message: { listening?: boolean; port: number }) => {
      if (!message.listening) return
      listening = true
      resolve({ worker, port: message.port })
    })
    worker.on('error', (error) => {
      if (listening) {
        process.stderr.write(`embedded store: its thread died and starts again: ${(error as Error).stack ?? error}\n`)
      } else reject(error)
    })
    worker.on('exit', () => {
      if (listening) ended()
      else reject(new Error('the thread of the embedded store ended before it listened'))
    })
  })
}

function closeWorker(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    if (worker.threadId === -1) return resolve()
    worker.once('exit', () => resolve())
    worker.postMessage('close')
  })
}

/** How often a passing task asks for the address of an owner that is just starting, every 100 ms. */
const ASKS = 50

/** The store of a data directory for a passing task: that of the process that runs it, else one of our own for as long as the task lasts. */
export async function joinEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  for (let asked = 1; ; asked++) {
    try {
      return await startEmbeddedStore(options)
    } catch (error) {
      if (!(error instanceof DataDirInUse)) throw error
      if (error.owner) return { uri: error.owner.uri, close: async () => {}, crash: async () => {} }
      if (asked === ASKS) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Whether a data directory holds a store. */
export function storeExists(dataDir: string): boolean {
  return existsSync(path.join(storeDirectory(dataDir), FILE))
}

/**
 * Copies the store of a data directory, as it stands at one moment, into an empty one; works while another process
 * writes to it, and delays nobody. The copy can be started like any store.
 */
export async function copyEmbeddedStore(from: string, to: string): Promise<void> {
  const target = storeDirectory(to)
  mkdirSync(target, { recursive: true, mode: 0o700 })
  const source = new DatabaseSync(path.join(storeDirectory(from), FILE), { readOnly: true, timeout: 10_000 })
  try {
    await backup(source, path.join(target, FILE), { rate: ALL_PAGES })
  } finally {
    source.close()
  }
}
