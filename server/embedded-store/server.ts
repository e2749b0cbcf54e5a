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
const open = new Set<Socket>()

function serve(socket: Socket, engine: Engine, credentials: Credentials | undefined): void {
  const framer = new Framer()
  const connection = { id: ++connections, login: credentials && new Login(credentials) }
  open.add(socket)
  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())
  socket.on('close', () => open.delete(socket))
  socket.on('data', (chunk: Buffer) => {
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
    engine.handle(request, message, connection, (reply) => {
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
  parentPort!.on('message', async (message: 'close') => {
    if (message !== 'close') return
    clearInterval(upkeep)
    server.close()
    await engine.settled()
    for (const socket of open) socket.destroySoon()
    await readers.close()
    storage.close()
    parentPort!.postMessage({ closed: true })
    parentPort!.close()
  })
  parentPort!.postMessage({ listening: true, port })
}

await main(workerData as ServerOptions)
