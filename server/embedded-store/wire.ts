/** MongoDB's wire protocol: frames, OP_MSG (body and document sequences) and the OP_QUERY that old hellos use. */
import { decodeDoc, encodeDoc } from './codec.ts'
import { fail, StoreError } from './errors.ts'
import type { Doc } from './values.ts'

const OP_REPLY = 1
const OP_QUERY = 2004
const OP_COMPRESSED = 2012
const OP_MSG = 2013
const HEADER = 16
const CHECKSUM_PRESENT = 1
const MORE_TO_COME = 2
/** The longest message that is read, in bytes. */
export const MAX_MESSAGE_BYTES = 48_000_000

/** One request: its command with the fields of its body, and document sequences as undecoded BSON by field name. */
export interface Request {
  id: number
  body: Doc
  sequences: Map<string, Buffer[]>
  /** Whether the client waits for an answer. */
  answered: boolean
  legacy: boolean
}

/** Cuts a stream of bytes into whole messages. */
export class Framer {
  private parts: Buffer[] = []
  private held = 0

  /** Adds bytes and gives back the messages that are complete; throws on a length that no message has. */
  push(chunk: Buffer): Buffer[] {
    this.parts.push(chunk)
    this.held += chunk.length
    const messages: Buffer[] = []
    for (;;) {
      if (this.held < 4) return messages
      if (this.parts[0]!.length < 4) this.parts = [Buffer.concat(this.parts)]
      const length = this.parts[0]!.readInt32LE(0)
      if (length < HEADER || length > MAX_MESSAGE_BYTES) throw new Error(`a message of ${length} bytes is none`)
      if (this.held < length) return messages
      const whole = this.parts.length === 1 ? this.parts[0]! : Buffer.concat(this.parts)
      messages.push(whole.subarray(0, length))
      this.held = whole.length - length
      this.parts = this.held === 0 ? [] : [whole.subarray(length)]
    }
  }
}

function cut(bytes: Buffer, at: number, end: number): Buffer {
  const length = at + 4 <= end ? bytes.readInt32LE(at) : 0
  if (length < 5 || at + length > end) fail('InvalidBSON', 'invalid BSON: a document runs over the end of its message')
  return bytes.subarray(at, at + length)
}

/** Reads one message; throws a StoreError for a request that can be answered with one, an Error where the connection is lost. */
export function readMessage(message: Buffer): Request {
  const id = message.readInt32LE(4)
  const code = message.readInt32LE(12)
  if (code === OP_MSG) return readMsg(message, id)
  if (code === OP_QUERY) return readQuery(message, id)
  if (code === OP_COMPRESSED) throw new Error('compressed messages were not agreed on')
  throw new Error(`messages of kind ${code} are not served`)
}

function readMsg(message: Buffer, id: number): Request {
  const flags = message.readUInt32LE(HEADER)
  const unknown = flags & 0xffff & ~(CHECKSUM_PRESENT | MORE_TO_COME)
  if (unknown) throw new StoreError(2, `unknown message flags ${unknown}`)
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0)
  let at = HEADER + 4
  let body: Doc | undefined
  const sequences = new Map<string, Buffer[]>()
  while (at < end) {
    const kind = message[at++]
    if (kind === 0) {
      const bytes = cut(message, at, end)
      body = decodeDoc(bytes)
      at += bytes.length
    } else if (kind === 1) {
      const stop = at + message.readInt32LE(at)
      const nameEnd = message.indexOf(0, at + 4)
      if (stop > end || nameEnd < 0 || nameEnd >= stop) throw new Error('a document sequence runs over its message')
      const documents: Buffer[] = []
      const name = message.toString('utf8', at + 4, nameEnd)
      at = nameEnd + 1
      while (at < stop) {
        const bytes = cut(message, at, stop)
        documents.push(bytes)
        at += bytes.length
      }
      sequences.set(name, documents)
    } else throw new Error(`a section of kind ${kind} is none`)
  }
  if (!body) throw new Error('a message has no body')
  return { id, body, sequences, answered: (flags & MORE_TO_COME) === 0, legacy: false }
}

function readQuery(message: Buffer, id: number): Request {
  const nameEnd = message.indexOf(0, HEADER + 4)
  const body = decodeDoc(cut(message, nameEnd + 9, message.length))
  const inner = body.get('$query')
  const command = inner instanceof Map ? inner : body
  const name = message.toString('utf8', HEADER + 4, nameEnd)
  command.set('$db', name.split('.')[0]!)
  return { id, body: command, sequences: new Map(), answered: true, legacy: true }
}

let answers = 0

/** One answer as bytes for the socket; `reply` is a document or its BSON. */
export function writeReply(request: Pick<Request, 'id' | 'legacy'>, reply: Doc | Buffer): Buffer {
  const body = Buffer.isBuffer(reply) ? reply : encodeDoc(reply)
  const head = request.legacy ? 20 : 5
  const bytes = Buffer.allocUnsafe(HEADER + head + body.length)
  bytes.writeInt32LE(bytes.length, 0)
  bytes.writeInt32LE(++answers & 0x7fffffff, 4)
  bytes.writeInt32LE(request.id, 8)
  bytes.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12)
  bytes.fill(0, HEADER, HEADER + head)
  if (request.legacy) {
    bytes.writeInt32LE(8, HEADER)
    bytes.writeInt32LE(1, HEADER + 16)
  }
  bytes.set(body, HEADER + head)
  return bytes
}

function named(type: number, name: string, content: Buffer): Buffer[] {
  return [Buffer.of(type), Buffer.from(`${name}\0`), content]
}

function whole(parts: Buffer[]): Buffer {
  let length = 5
  for (const part of parts) length += part.length
  const bytes = Buffer.allocUnsafe(length)
  bytes.writeInt32LE(length, 0)
  let at = 4
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  bytes[at] = 0
  return bytes
}

/** The BSON of a cursor's reply around documents that are BSON already. */
export function cursorReply(field: 'firstBatch' | 'nextBatch', documents: Buffer[], id: bigint, ns: string): Buffer {
  const batch: Buffer[] = []
  for (let i = 0; i < documents.length; i++) batch.push(Buffer.from(`\x03${i}\0`, 'latin1'), documents[i]!)
  const cursorId = Buffer.alloc(8)
  cursorId.writeBigInt64LE(id)
  const name = Buffer.from(`${ns}\0`)
  const size = Buffer.alloc(4)
  size.writeInt32LE(name.length)
  const cursor = whole([
    ...named(4, field, whole(batch)),
    ...named(0x12, 'id', cursorId),
    ...named(2, 'ns', Buffer.concat([size, name])),
  ])
  const one = Buffer.alloc(8)
  one.writeDoubleLE(1)
  return whole([...named(3, 'cursor', cursor), ...named(1, 'ok', one)])
}
