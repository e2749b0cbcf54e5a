import { createServer, type Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { Executor } from './executor.ts'
import { Storage } from './storage.ts'
import { Framer, readMessage } from './wire.ts'

const EXPIRE_EVERY_MS = 20_000

const { dataDir, address } = workerData as { dataDir: string; address: string }
const storage = new Storage(dataDir)
const executor = new Executor(storage)
const sockets = new Set<Socket>()

const server = createServer({ noDelay: true }, (socket) => {
  const framer = new Framer()
  sockets.add(socket)
  socket.on('close', () => sockets.delete(socket))
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const message of framer.push(chunk)) {
        executor.submit({ request: readMessage(message), answer: (bytes) => socket.write(bytes) })
      }
    } catch {
      socket.destroy()
    }
  })
})

let sweep: NodeJS.Timeout
function plan(delay: number): void {
  sweep = setTimeout(() => plan(executor.expire() ? 50 : EXPIRE_EVERY_MS), delay)
}
plan(EXPIRE_EVERY_MS)

server.listen(address, () => parentPort!.postMessage('listening'))
server.on('error', (error) => {
  throw error
})

parentPort!.on('message', (message) => {
  if (message !== 'close') return
  clearTimeout(sweep)
  server.close()
  for (const socket of sockets) socket.destroy()
  setImmediate(() => {
    storage.close()
    parentPort!.postMessage('closed')
    parentPort!.close()
  })
})
