/** Documents as BSON bytes and back, with the types of numbers kept exactly. */
import { Reader } from './bson-reader.ts'
import { Writer } from './bson-writer.ts'
import type { Doc, Value } from './values.ts'

/** The largest document that MongoDB stores, in bytes. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024
/** Commands and replies may be this much larger than a document. */
export const MAX_INTERNAL_BYTES = MAX_DOCUMENT_BYTES + 16 * 1024

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Decodes the document that starts at `at`; throws InvalidBSON (22) where the bytes are not valid BSON, Overflow (15) where they nest too deep. */
export function decodeDoc(bytes: Uint8Array, at = 0): Doc {
  return new Reader(asBuffer(bytes), at).document(1)
}

/** Decodes only the wanted top-level fields, in stored order; the rest is stepped over unread. */
export function decodeFields(bytes: Uint8Array, wanted: ReadonlySet<string>, at = 0): Doc {
  return new Reader(asBuffer(bytes), at).fields(wanted)
}

/** Decodes one value of the given BSON type, as `encodeValue` wrote it. */
export function decodeValue(type: number, bytes: Uint8Array, at = 0): Value {
  return new Reader(asBuffer(bytes), at).single(type)
}

const writer = new Writer()

/** Encodes a document; throws BSONObjectTooLarge (10334) above `limit` bytes and Overflow (15) where it nests too deep. */
export function encodeDoc(doc: Doc, limit = MAX_INTERNAL_BYTES): Buffer {
  return writer.whole(doc, limit)
}

/** Encodes one value without a name: its BSON type and its bytes. */
export function encodeValue(value: Value): { type: number; bytes: Buffer } {
  return writer.alone(value)
}
