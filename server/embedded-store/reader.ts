/** A reader's thread: runs reads that take long over its own connection to the file, each on one consistent state. */
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { encodeDoc } from './codec.ts'
import type { CommandContext } from './commands/command.ts'
import { commandNamed } from './commands/index.ts'
import { Cursors } from './cursors.ts'
import { fail } from './errors.ts'
import { deadlineOf, errorReply, watch } from './limits.ts'
import { pauseAll } from './query.ts'
import { Storage } from './storage.ts'
import { readMessage } from './wire.ts'

/** What a reader is asked: a number to answer under and a whole message of the wire. */
export interface Question {
  id: number
  message: Uint8Array<ArrayBuffer>
}

/** What it answers: the BSON of the reply. */
export interface Answer {
  id: number
  reply: Uint8Array<ArrayBuffer>
}

const { file, thread } = workerData as { file: string; thread: number }
// On Linux this is the priority of this thread alone: long reads stand back behind short ones.
if (process.platform === 'linux') setPriority(5)

const storage = new Storage(file, { readOnly: true })
const cursors = new Cursors(thread)

function run(message: Buffer): Buffer {
  const request = readMessage(message)
  const [name] = request.body.keys()
  const command = commandNamed(name!)
  if (command.kind !== 'read') return fail('InternalError', 'only reads are run by readers')
  const effort = { keys: 0, docs: 0, tick: watch(deadlineOf(request.body)), heavy: () => {} }
  const db = request.body.get('$db') as string
  const context: CommandContext = {
    ...{ storage, cursors, effort, db, now: new Date(), rest: () => false },
    ...{ connection: { id: 0 }, running: new Set() },
  }
  storage.begin()
  try {
    storage.refresh()
    const reply = command.run(request, context)
    return Buffer.isBuffer(reply) ? reply : encodeDoc(reply)
  } finally {
    pauseAll(context)
    storage.commit()
  }
}

parentPort!.on('message', ({ id, message }: Question) => {
  let reply: Buffer
  try {
    reply = run(Buffer.from(message.buffer, message.byteOffset, message.byteLength))
  } catch (error) {
    reply = encodeDoc(errorReply(error))
  }
  const alone = new Uint8Array(reply)
  parentPort!.postMessage({ id, reply: alone } satisfies Answer, [alone.buffer])
})

setInterval(() => cursors.sweep(Date.now()), 60_000).unref()
