/** The engine's thread: listens on a socket, reads requests, writes answers. */
import { chmodSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { Engine } from './engine.ts'
import { StoreError } from './errors.ts'
import { errorReply } from './limits.ts'
import { Readers } from './readers.ts'
import { type Credentials, credentialsOf, Login } from './scram.ts'
import { Storage } from './storage.ts'
import { expire } from './ttl.ts'
import { Framer, type Request, readMessage, writeReply } from './wire.ts'

/** What the thread is told when it starts. */
export interface ServerOptions {
  file: string
  /** Path of the socket, or undefined for loopback TCP. */
  socket: string | undefined
  port: number
  /** Who may come in over TCP. */
  credentials: { user: string; password: string } | undefined
  maxBytes: number | undefined
  /** Milliseconds between two sweeps over the TTL indexes. */
  sweepEvery: number
}

let connections = 0
/** The sockets that are open, with the number of requests that wait for an answer. */
const open = new Map<Socket, { waiting: number }>()
/** Milliseconds between the closing of idle connections and of busy ones when the thread falls. */
const LAST_MOMENT = 60
let falling = false

function serve(socket: Socket, engine: Engine, credentials: Credentials | undefined): void {
  const framer = new Framer()
  const connection = { id: ++connections, login: credentials && new Login(credentials) }
  const state = { waiting: 0 }
  open.set(socket, state)
  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())
  socket.on('close', () => open.delete(socket))
  socket.on('data', (chunk: Buffer) => {
    if (falling) return
    try {
      for (const message of framer.push(chunk)) answer(message)
    } catch {
      socket.destroy()
    }
  })

  function answer(message: Buffer): void {
    const send = (request: Pick<Request, 'id' | 'legacy'>, reply: Parameters<typeof writeReply>[1]) => {
      if (!socket.writable) return
      try {
        socket.write(writeReply(request, reply))
      } catch (error) {
        socket.write(writeReply(request, errorReply(error)))
      }
    }
    let request: Request
    try {
      request = readMessage(message)
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      send({ id: message.readInt32LE(4), legacy: false }, errorReply(error))
      return
    }
    state.waiting++
    engine.handle(request, message, connection, (reply) => {
      state.waiting--
      if (request.answered) send(request, reply)
    })
  }
}

async function listen(server: Server, { socket, port }: ServerOptions): Promise<number> {
  if (socket !== undefined) rmSync(socket, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    if (socket !== undefined) server.listen(socket, resolve)
    else server.listen(port, '127.0.0.1', resolve)
  })
  if (socket === undefined) return (server.address() as AddressInfo).port
  chmodSync(socket, 0o600)
  return 0
}

/**
 * Ends the thread over a fault. Connections that wait for nothing are closed first, those with an open request a moment
 * later: a driver whose request breaks asks its monitor at once, and a monitor that writes to a socket whose end it has
 * not noticed yet waits for ever (mongodb 7, `writeCommand`).
 */
function fall(server: Server, error: unknown): void {
  process.stderr.write(
    `embedded store: its thread falls and starts again: ${error instanceof Error ? error.stack : error}\n`,
  )
  falling = true
  server.close()
  for (const [socket, { waiting }] of open) if (waiting === 0) socket.destroy()
  setTimeout(() => {
    for (const socket of open.keys()) socket.destroy()
    setImmediate(() => process.exit(1))
  }, LAST_MOMENT)
}

async function main(options: ServerOptions): Promise<void> {
  const { file, maxBytes } = options
  const storage = new Storage(file, maxBytes === undefined ? {} : { maxBytes })
  const readers = new Readers(file)
  const engine = new Engine(storage, readers)
  const credentials = options.credentials && credentialsOf(options.credentials.user, options.credentials.password)
  const server = createServer((socket) => serve(socket, engine, credentials))
  const port = await listen(server, options)
  const upkeep = setInterval(() => {
    engine.sweep()
    engine.upkeep(expire).catch((error: Error) => process.stderr.write(`embedded store: ${error.message}\n`))
  }, options.sweepEvery)
  process.on('uncaughtException', (error) => fall(server, error))
  parentPort!.on('message', async (message: 'close' | 'crash') => {
    if (message === 'crash') throw new Error('asked to crash')
    clearInterval(upkeep)
    server.close()
    await engine.settled()
    for (const socket of open.keys()) socket.destroySoon()
    await readers.close()
    storage.close()
    parentPort!.postMessage({ closed: true })
    parentPort!.close()
  })
  parentPort!.postMessage({ listening: true, port })
}

await main(workerData as ServerOptions)
