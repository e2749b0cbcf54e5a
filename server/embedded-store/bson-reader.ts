/** Reads BSON with every length checked against the end of its document. */
import { isUtf8 } from 'node:buffer'
import { Binary, BSONRegExp, BSONSymbol, Code, Decimal128, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'
import { fail } from './errors.ts'
import { BSON, type Doc, int32, MAX_DEPTH, type Value } from './values.ts'

const MAX_DATE = 8_640_000_000_000_000n
const REPLACEMENT = '\ufffd'

/** bson's constructor that reads twelve bytes at an offset without a copy; not in its types. */
const ObjectIdAt = ObjectId as unknown as new (bytes: Uint8Array, at: number) => ObjectId

/** Node's direct decoders, which its types leave out. */
type Slices = Buffer & { latin1Slice(from: number, to: number): string; utf8Slice(from: number, to: number): string }

const NAME_SLOTS = 4096
const knownNames: (string | undefined)[] = new Array(NAME_SLOTS)

function damaged(what: string): never {
  return fail('InvalidBSON', `invalid BSON: ${what}`)
}

/** Reads one buffer; every read is checked against `end`, the end of the innermost document. */
export class Reader {
  private readonly bytes: Slices
  private at: number
  private end: number

  constructor(bytes: Buffer, at: number) {
    this.bytes = bytes as Slices
    this.at = at
    this.end = bytes.length
  }

  private need(count: number): void {
    if (count < 0 || this.at + count > this.end) damaged('a value runs over the end of its document')
  }

  private int(): number {
    this.need(4)
    const { bytes, at } = this
    this.at = at + 4
    return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
  }

  private long(): bigint {
    this.need(8)
    const value = this.bytes.readBigInt64LE(this.at)
    this.at += 8
    return value
  }

  private date(): Date {
    this.need(8)
    const high = this.bytes.readInt32LE(this.at + 4)
    if (high > -2_000_000 && high < 2_000_000) {
      const value = high * 4_294_967_296 + this.bytes.readUInt32LE(this.at)
      this.at += 8
      return new Date(value)
    }
    const value = this.long()
    if (value > MAX_DATE || value < -MAX_DATE) damaged('a date lies outside the years that this store can hold')
    return new Date(Number(value))
  }

  /** A field name or other zero-ended string; short ASCII names are shared between documents. */
  private name(): string {
    const { bytes, at, end } = this
    let hash = 0
    let stop = at
    let wide = 0
    while (stop < end) {
      const byte = bytes[stop]!
      if (byte === 0) break
      hash = (hash * 31 + byte) | 0
      wide |= byte
      stop++
    }
    if (stop >= end) damaged('a field name does not end')
    this.at = stop + 1
    if (wide >= 128) return this.text(at, stop)
    const length = stop - at
    if (length > 32) return bytes.latin1Slice(at, stop)
    const slot = hash & (NAME_SLOTS - 1)
    const known = knownNames[slot]
    if (known !== undefined && known.length === length) {
      let index = 0
      while (index < length && known.charCodeAt(index) === bytes[at + index]) index++
      if (index === length) return known
    }
    const name = bytes.latin1Slice(at, stop)
    knownNames[slot] = name
    return name
  }

  private text(from: number, to: number): string {
    const text = this.bytes.utf8Slice(from, to)
    if (text.includes(REPLACEMENT) && !isUtf8(this.bytes.subarray(from, to))) damaged('a string is not valid UTF-8')
    return text
  }

  private string(): string {
    const length = this.int()
    if (length < 1) damaged('a string has no length')
    this.need(length)
    const from = this.at
    const to = from + length - 1
    if (this.bytes[to] !== 0) damaged('a string does not end with zero')
    this.at = to + 1
    return this.text(from, to)
  }

  private binary(): Binary {
    let length = this.int()
    this.need(length + 1)
    const subType = this.bytes[this.at++]!
    if (length < 0) damaged('binary data has a negative length')
    if (subType === 2) {
      const inner = this.int()
      if (inner !== length - 4) damaged('old binary data has two lengths that differ')
      length = inner
    }
    const content = Buffer.from(this.bytes.subarray(this.at, this.at + length))
    this.at += length
    return new Binary(content, subType)
  }

  private regex(): BSONRegExp {
    const pattern = this.name()
    const options = this.name()
    if (!/^[ilmsux]*$/.test(options)) damaged('a regular expression has unknown options')
    return new BSONRegExp(pattern, options)
  }

  private codeWithScope(depth: number): Code {
    const from = this.at
    const length = this.int()
    const code = this.string()
    const scope = this.document(depth + 1)
    if (this.at - from !== length) damaged('code with scope has a wrong length')
    return new Code(code, scope as never)
  }

  private value(type: number, depth: number): Value {
    switch (type) {
      case BSON.double: {
        this.need(8)
        const value = this.bytes.readDoubleLE(this.at)
        this.at += 8
        return value
      }
      case BSON.string:
        return this.string()
      case BSON.object:
        return this.document(depth + 1)
      case BSON.array:
        return this.array(depth + 1)
      case BSON.binData:
        return this.binary()
      case BSON.objectId:
        this.need(12)
        this.at += 12
        return new ObjectIdAt(this.bytes, this.at - 12)
      case BSON.bool: {
        this.need(1)
        const byte = this.bytes[this.at++]!
        if (byte > 1) damaged('a boolean is neither 0 nor 1')
        return byte === 1
      }
      case BSON.date:
        return this.date()
      case BSON.null:
        return null
      case BSON.regex:
        return this.regex()
      case BSON.javascript:
        return new Code(this.string())
      case BSON.symbol:
        return new BSONSymbol(this.string())
      case BSON.javascriptWithScope:
        return this.codeWithScope(depth)
      case BSON.int:
        return int32(this.int())
      case BSON.timestamp:
        return new Timestamp(BigInt.asUintN(64, this.long()))
      case BSON.long:
        return this.long()
      case BSON.decimal:
        this.need(16)
        this.at += 16
        return new Decimal128(Uint8Array.prototype.slice.call(this.bytes, this.at - 16, this.at))
      case BSON.minKey:
        return new MinKey()
      case BSON.maxKey:
        return new MaxKey()
      case BSON.undefined:
      case BSON.dbPointer:
        return damaged(`the deprecated type ${type === 6 ? 'undefined' : 'dbPointer'} is not supported`)
      default:
        return damaged(`there is no type 0x${type.toString(16)}`)
    }
  }

  /** Enters a document: returns the end of the surrounding one, for `leave`. */
  private enter(depth: number): number {
    if (depth > MAX_DEPTH) fail('Overflow', `BSONObj exceeds maximum nested object depth: ${MAX_DEPTH}`)
    const from = this.at
    const size = this.int()
    if (size < 5 || from + size > this.end) damaged('a document has a length that does not fit')
    const outer = this.end
    this.end = from + size - 1
    if (this.bytes[this.end] !== 0) damaged('a document does not end with zero')
    return outer
  }

  private leave(outer: number): void {
    if (this.at !== this.end) damaged('a document ends before its length')
    this.at = this.end + 1
    this.end = outer
  }

  document(depth: number): Doc {
    const outer = this.enter(depth)
    const doc: Doc = new Map()
    let count = 0
    while (this.at < this.end) {
      const type = this.bytes[this.at++]!
      const name = this.name()
      doc.set(name, this.value(type, depth))
      count++
      if (doc.size !== count) damaged(`the field '${name}' stands twice in one document`)
    }
    this.leave(outer)
    return doc
  }

  private array(depth: number): Value[] {
    const outer = this.enter(depth)
    const items: Value[] = []
    while (this.at < this.end) {
      const type = this.bytes[this.at++]!
      this.skipName()
      items.push(this.value(type, depth))
    }
    this.leave(outer)
    return items
  }

  private skipName(): void {
    const { bytes, end } = this
    let at = this.at
    while (at < end && bytes[at] !== 0) at++
    if (at >= end) damaged('a field name does not end')
    this.at = at + 1
  }

  private skip(type: number): void {
    let count = 0
    switch (type) {
      case BSON.null:
      case BSON.minKey:
      case BSON.maxKey:
        return
      case BSON.bool:
        count = 1
        break
      case BSON.int:
        count = 4
        break
      case BSON.double:
      case BSON.date:
      case BSON.long:
      case BSON.timestamp:
        count = 8
        break
      case BSON.objectId:
        count = 12
        break
      case BSON.decimal:
        count = 16
        break
      case BSON.string:
      case BSON.javascript:
      case BSON.symbol:
        count = this.int()
        break
      case BSON.object:
      case BSON.array:
      case BSON.javascriptWithScope:
        count = this.int() - 4
        break
      case BSON.binData:
        count = this.int() + 1
        break
      case BSON.regex:
        this.skipName()
        this.skipName()
        return
      default:
        this.value(type, 0)
    }
    this.need(count)
    this.at += count
  }

  fields(wanted: ReadonlySet<string>): Doc {
    this.enter(1)
    const doc: Doc = new Map()
    while (this.at < this.end && doc.size < wanted.size) {
      const type = this.bytes[this.at++]!
      const name = this.name()
      if (wanted.has(name)) doc.set(name, this.value(type, 1))
      else this.skip(type)
    }
    return doc
  }

  single(type: number): Value {
    return this.value(type, 0)
  }
}
