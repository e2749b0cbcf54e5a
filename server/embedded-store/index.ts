/** The embedded store: MongoDB's wire protocol over SQLite. This file is its only door. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { DataDirInUse, type Lock, takeLock } from './lock.ts'
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
}

/** A store that runs. */
export interface EmbeddedStore {
  /** A mongodb:// address for mongoose, mongosh or any driver. */
  uri: string
  /** Ends it: waits for writes that have begun, then lets go of the directory. */
  close(): Promise<void>
}

/** The longest path that a unix socket may have, on every system that has them. */
const LONGEST_SOCKET = 103
const RESTART_AFTER = 100

/** The directory of the store inside a data directory. */
export function storeDirectory(dataDir: string): string {
  return path.resolve(dataDir, 'store')
}

function placeForSocket(directory: string): { socket: string; remove: () => void } {
  const beside = path.join(directory, 'store.sock')
  if (Buffer.byteLength(beside) <= LONGEST_SOCKET)
    return { socket: beside, remove: () => rmSync(beside, { force: true }) }
  const base = [tmpdir(), '/tmp'].find((place) => Buffer.byteLength(place) < LONGEST_SOCKET - 30) ?? '/tmp'
  const short = mkdtempSync(path.join(base, 'store-'))
  chmodSync(short, 0o700)
  return { socket: path.join(short, 'store.sock'), remove: () => rmSync(short, { recursive: true, force: true }) }
}

/** Starts the store of a data directory; rejects with DataDirInUse where another process runs it. */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const directory = storeDirectory(options.dataDir)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const lock = takeLock(directory)
  try {
    return await run(options, directory, lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

async function run(options: EmbeddedStoreOptions, directory: string, lock: Lock): Promise<EmbeddedStore> {
  const { socket, remove } = placeForSocket(directory)
  const server: ServerOptions = {
    file: path.join(directory, 'store.sqlite'),
    socket,
    port: 0,
    maxBytes: options.maxBytes,
  }
  let closing = false
  let worker: Worker
  const start = async (): Promise<void> => {
    worker = await startWorker(server, () => {
      if (closing) return
      setTimeout(() => {
        if (!closing) start().catch((error: Error) => process.stderr.write(`embedded store: ${error.message}\n`))
      }, RESTART_AFTER)
    })
  }
  await start()
  const uri = `mongodb://${encodeURIComponent(socket)}/${options.database ?? 'newsroom'}?directConnection=true`
  lock.tell(uri)
  const close = async (): Promise<void> => {
    if (closing) return
    closing = true
    await closeWorker(worker)
    remove()
    lock.release()
  }
  return { uri, close }
}

/** Starts the engine's thread; resolves when it listens, and calls `ended` when it dies afterwards. */
function startWorker(server: ServerOptions, ended: () => void): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./server.ts', import.meta.url), {
      workerData: server,
      name: 'embedded-store',
      execArgv: [],
    })
    let listening = false
    worker.on('message', (message: { listening?: boolean }) => {
      if (!message.listening) return
      listening = true
      resolve(worker)
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
    worker.once('exit', () => resolve())
    worker.postMessage('close')
  })
}

/** The store of a data directory for a passing task: that of the process that runs it, else one of our own for as long as the task lasts. */
export async function joinEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  try {
    return await startEmbeddedStore(options)
  } catch (error) {
    if (!(error instanceof DataDirInUse) || !error.owner) throw error
    return { uri: error.owner.uri, close: async () => {} }
  }
}
