/**
 * Order-preserving byte keys: comparing two keys byte by byte gives the order of compare.ts, for every BSON type.
 * Each value is a class byte followed by a body that ends itself, so values can be joined to compound keys;
 * a descending field is the same bytes inverted. The class bytes keep clear of 0x00 and 0xff (also inverted),
 * because 0x00 ends strings and 0x00 0xff is a zero byte inside one.
 */
import { Binary, BSONRegExp, BSONSymbol, Code, Decimal128, Int32, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'
import type { Doc, Value } from './values.ts'

/** Class bytes in MongoDB's order of types. */
export const CLASS = {
  minKey: 0x10,
  undefined: 0x14,
  null: 0x18,
  number: 0x1c,
  string: 0x20,
  object: 0x24,
  array: 0x28,
  binary: 0x2c,
  objectId: 0x30,
  boolean: 0x34,
  date: 0x38,
  timestamp: 0x3c,
  regex: 0x40,
  code: 0x48,
  codeWithScope: 0x4c,
  maxKey: 0x60,
} as const

const END = 0x00
let scratch = Buffer.allocUnsafe(4096)
let at = 0

function room(bytes: number): void {
  if (at + bytes <= scratch.length) return
  const larger = Buffer.allocUnsafe(Math.max(scratch.length * 2, at + bytes))
  scratch.copy(larger, 0, 0, at)
  scratch = larger
}

function byte(value: number): void {
  room(1)
  scratch[at++] = value
}

/** The class byte of a value: which of MongoDB's types it sorts with. */
export function classOf(value: Value | undefined): number {
  switch (typeof value) {
    case 'undefined':
      return CLASS.undefined
    case 'number':
    case 'bigint':
      return CLASS.number
    case 'string':
      return CLASS.string
    case 'boolean':
      return CLASS.boolean
  }
  if (value === null) return CLASS.null
  if (value instanceof Map) return CLASS.object
  if (Array.isArray(value)) return CLASS.array
  if (value instanceof Date) return CLASS.date
  if (value instanceof ObjectId) return CLASS.objectId
  if (value instanceof Int32 || value instanceof Decimal128) return CLASS.number
  if (value instanceof Binary) return CLASS.binary
  if (value instanceof Timestamp) return CLASS.timestamp
  if (value instanceof BSONRegExp) return CLASS.regex
  if (value instanceof BSONSymbol) return CLASS.string
  if (value instanceof Code) return value.scope ? CLASS.codeWithScope : CLASS.code
  if (value instanceof MinKey) return CLASS.minKey
  if (value instanceof MaxKey) return CLASS.maxKey
  throw new Error('a value of unknown type has no place in an index')
}

function text(value: string): void {
  const bytes = Buffer.byteLength(value)
  room(bytes * 2 + 1)
  const start = at
  scratch.write(value, at, 'utf8')
  at += bytes
  if (value.includes('\0')) {
    const raw = Buffer.from(scratch.subarray(start, at))
    at = start
    for (const one of raw) {
      scratch[at++] = one
      if (one === 0) scratch[at++] = 0xff
    }
  }
  scratch[at++] = END
}

const floatView = new DataView(new ArrayBuffer(8))

function double(value: number): void {
  room(8)
  floatView.setFloat64(0, value)
  const high = floatView.getUint32(0)
  const low = floatView.getUint32(4)
  const negative = high >>> 31 === 1
  scratch.writeUInt32BE((negative ? ~high : high ^ 0x80000000) >>> 0, at)
  scratch.writeUInt32BE((negative ? ~low : low) >>> 0, at + 4)
  at += 8
}

/** The next double below a finite one. */
function below(value: number): number {
  if (value === 0) return -Number.MIN_VALUE
  floatView.setFloat64(0, value)
  floatView.setBigInt64(0, floatView.getBigInt64(0) + (value > 0 ? -1n : 1n))
  return floatView.getFloat64(0)
}

/** Sign, digits and power of ten of an exact decimal: value = sign · digits · 10^exponent. */
type Exact = { negative: boolean; digits: bigint; exponent: number }

function exactOf(text: string): Exact {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text)!
  const fraction = match[3] ?? ''
  return {
    negative: match[1] === '-',
    digits: BigInt(`${match[2] ?? ''}${fraction}` || '0'),
    exponent: Number(match[4] ?? 0) - fraction.length,
  }
}

/** The greatest double that is not above the exact value, and whether it is equal to it. */
function floorDouble(text: string, exact: Exact): { floor: number; equal: boolean } {
  if (exact.digits === 0n) return { floor: 0, equal: true }
  let floor = Number(text)
  if (!Number.isFinite(floor)) return { floor: floor > 0 ? Number.MAX_VALUE : Number.NEGATIVE_INFINITY, equal: false }
  let order = compareExact(floor, exact)
  if (order > 0) {
    floor = below(floor)
    order = -1
  }
  return { floor: floor === 0 ? 0 : floor, equal: order === 0 }
}

/** Compares a finite double with an exact decimal, as fractions over a common denominator. */
function compareExact(value: number, exact: Exact): number {
  floatView.setFloat64(0, Math.abs(value))
  const bits = floatView.getBigUint64(0)
  const biased = Number(bits >> 52n)
  const mantissa = (bits & 0xfffffffffffffn) | (biased === 0 ? 0n : 1n << 52n)
  const power = (biased === 0 ? 1 : biased) - 1075
  let left = value < 0 ? -mantissa : mantissa
  let right = exact.negative ? -exact.digits : exact.digits
  if (power >= 0) left <<= BigInt(power)
  else right <<= BigInt(-power)
  if (exact.exponent >= 0) right *= 10n ** BigInt(exact.exponent)
  else left *= 10n ** BigInt(-exact.exponent)
  return left < right ? -1 : left > right ? 1 : 0
}

/** Writes what a double cannot hold: sign, decimal magnitude, digits; in order among values of the same floor. */
function decimalTail(exact: Exact): void {
  const digits = exact.digits.toString()
  const magnitude = digits.length + exact.exponent + 0x8000
  const start = at
  room(digits.length + 4)
  at = scratch.writeUInt16BE(magnitude, at)
  at += scratch.write(digits.replace(/0+$/, ''), at, 'latin1')
  scratch[at++] = END
  if (exact.negative) for (let i = start; i < at; i++) scratch[i] = ~scratch[i]! & 0xff
}

function exactNumber(text: string): void {
  const exact = exactOf(text)
  const { floor, equal } = floorDouble(text, exact)
  double(floor)
  if (equal) return byte(END)
  byte(exact.negative ? 0x01 : 0x02)
  decimalTail(exact)
}

function number(value: number | bigint | Int32 | Decimal128): void {
  if (typeof value === 'bigint') {
    const near = Number(value)
    if (BigInt(near) !== value) return exactNumber(value.toString())
    double(near)
    return byte(END)
  }
  if (value instanceof Decimal128) {
    const written = value.toString()
    if (/^[+-]?\d|^[+-]?\.\d/.test(written)) return exactNumber(written)
    return number(Number(written))
  }
  const plain = typeof value === 'number' ? value : value.value
  if (Number.isNaN(plain)) {
    room(9)
    scratch.fill(0, at, at + 9)
    at += 9
    return
  }
  double(plain === 0 ? 0 : plain)
  byte(END)
}

function bytes(value: Uint8Array): void {
  room(value.length)
  scratch.set(value, at)
  at += value.length
}

function uint32(value: number): void {
  room(4)
  at = scratch.writeUInt32BE(value >>> 0, at)
}

function fields(doc: Doc): void {
  for (const [name, value] of doc) {
    byte(classOf(value))
    text(name)
    put(value)
  }
  byte(END)
}

function put(value: Value | undefined): void {
  const kind = classOf(value)
  byte(kind)
  switch (kind) {
    case CLASS.number:
      return number(value as number)
    case CLASS.string:
      return text(value instanceof BSONSymbol ? value.value : (value as string))
    case CLASS.object:
      return fields(value as Doc)
    case CLASS.array:
      for (const one of value as Value[]) put(one)
      return byte(END)
    case CLASS.binary: {
      const binary = value as Binary
      uint32(binary.position)
      byte(binary.sub_type)
      return bytes(binary.buffer.subarray(0, binary.position))
    }
    case CLASS.objectId:
      return bytes((value as ObjectId).id)
    case CLASS.boolean:
      return byte(value ? 2 : 1)
    case CLASS.date: {
      room(8)
      at = scratch.writeBigInt64BE(BigInt((value as Date).getTime()), at)
      scratch[at - 8]! ^= 0x80
      return
    }
    case CLASS.timestamp: {
      const stamp = value as Timestamp
      uint32(stamp.getHighBitsUnsigned())
      return uint32(stamp.getLowBitsUnsigned())
    }
    case CLASS.regex:
      text((value as BSONRegExp).pattern)
      return text((value as BSONRegExp).options)
    case CLASS.code:
      return text((value as Code).code)
    case CLASS.codeWithScope:
      text((value as Code).code)
      return fields(scopeOf(value as Code))
  }
}

function scopeOf(code: Code): Doc {
  return code.scope as unknown as Doc
}

/** The byte key of one value; missing is null. */
export function byteKey(value: Value | undefined): Buffer {
  at = 0
  put(value)
  return Buffer.from(scratch.subarray(0, at))
}

/** The byte key of several values in order; `descending[i]` inverts the i-th. */
export function compoundKey(values: readonly (Value | undefined)[], descending: readonly boolean[]): Buffer {
  at = 0
  for (let i = 0; i < values.length; i++) {
    const start = at
    put(values[i])
    if (descending[i]) for (let j = start; j < at; j++) scratch[j] = ~scratch[j]! & 0xff
  }
  return Buffer.from(scratch.subarray(0, at))
}

/** The bytes of a descending field. */
export function inverted(key: Uint8Array): Buffer {
  const result = Buffer.allocUnsafe(key.length)
  for (let i = 0; i < key.length; i++) result[i] = ~key[i]! & 0xff
  return result
}

/** The least key greater than every key that begins with this one. */
export function after(prefix: Uint8Array): Buffer {
  return Buffer.concat([prefix, Buffer.of(0xff)])
}
