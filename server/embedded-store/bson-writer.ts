/** Writes BSON, refusing what does not fit. */
import type { Binary, BSONRegExp, BSONSymbol, Code, Decimal128, ObjectId, Timestamp } from 'bson'
import { fail } from './errors.ts'
import { BSON, type Doc, MAX_DEPTH, typeOf, type Value } from './values.ts'

/** Writes into one buffer that grows and is used again by the next document. */
export class Writer {
  private bytes = Buffer.allocUnsafeSlow(64 * 1024)
  private at = 0

  private room(count: number): void {
    const needed = this.at + count
    if (needed <= this.bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2))
    this.bytes.copy(larger, 0, 0, this.at)
    this.bytes = larger
  }

  private int(value: number): void {
    this.room(4)
    this.at = this.bytes.writeInt32LE(value, this.at)
  }

  private utf8(text: string): void {
    const { length } = text
    this.room(length * 3 + 1)
    const { bytes } = this
    let { at } = this
    if (length < 24) {
      let index = 0
      for (; index < length; index++) {
        const unit = text.charCodeAt(index)
        if (unit > 127) break
        bytes[at + index] = unit
      }
      if (index === length) {
        at += length
        bytes[at++] = 0
        this.at = at
        return
      }
    }
    at += bytes.write(text, at, 'utf8')
    bytes[at++] = 0
    this.at = at
  }

  private zeroEnded(text: string): void {
    if (text.includes('\0')) fail('BadValue', 'field names and patterns must not contain a null byte')
    this.utf8(text)
  }

  private string(text: string): void {
    const from = this.at
    this.int(0)
    this.utf8(text)
    this.bytes.writeInt32LE(this.at - from - 4, from)
  }

  private raw(content: Uint8Array): void {
    this.room(content.length)
    this.bytes.set(content, this.at)
    this.at += content.length
  }

  private binary(value: Binary): void {
    const content = value.buffer.subarray(0, value.position)
    const old = value.sub_type === 2
    this.int(content.length + (old ? 4 : 0))
    this.room(1)
    this.bytes[this.at++] = value.sub_type
    if (old) this.int(content.length)
    this.raw(content)
  }

  private date(value: Date): void {
    const time = value.getTime()
    if (Number.isNaN(time)) fail('BadValue', 'a date lies outside the years that this store can hold')
    this.long(BigInt(time))
  }

  private long(value: bigint): void {
    this.room(8)
    if (BigInt.asIntN(64, value) !== value) fail('Overflow', `the integer ${value} does not fit into 64 bits`)
    this.at = this.bytes.writeBigInt64LE(value, this.at)
  }

  private value(value: Value, type: number, depth: number): void {
    switch (type) {
      case BSON.double:
        this.room(8)
        this.at = this.bytes.writeDoubleLE(value as number, this.at)
        break
      case BSON.string:
        this.string(value as string)
        break
      case BSON.object:
        this.document(value as Doc, depth + 1)
        break
      case BSON.array:
        this.array(value as Value[], depth + 1)
        break
      case BSON.binData:
        this.binary(value as Binary)
        break
      case BSON.objectId:
        this.raw((value as ObjectId).id)
        break
      case BSON.bool:
        this.room(1)
        this.bytes[this.at++] = value === true ? 1 : 0
        break
      case BSON.date:
        this.date(value as Date)
        break
      case BSON.regex:
        this.zeroEnded((value as BSONRegExp).pattern)
        this.zeroEnded((value as BSONRegExp).options)
        break
      case BSON.javascript:
        this.string((value as Code).code)
        break
      case BSON.symbol:
        this.string((value as BSONSymbol).value)
        break
      case BSON.javascriptWithScope: {
        const from = this.at
        this.int(0)
        this.string((value as Code).code)
        this.document((value as Code).scope as unknown as Doc, depth + 1)
        this.bytes.writeInt32LE(this.at - from, from)
        break
      }
      case BSON.int:
        this.int((value as { value: number }).value)
        break
      case BSON.timestamp:
        this.long(BigInt.asIntN(64, (value as Timestamp).toBigInt()))
        break
      case BSON.long:
        this.long(value as bigint)
        break
      case BSON.decimal:
        this.raw((value as Decimal128).bytes)
        break
      default:
    }
  }

  private begin(depth: number): number {
    if (depth > MAX_DEPTH) fail('Overflow', `BSONObj exceeds maximum nested object depth: ${MAX_DEPTH}`)
    const from = this.at
    this.int(0)
    return from
  }

  private finish(from: number): void {
    this.room(1)
    this.bytes[this.at++] = 0
    this.bytes.writeInt32LE(this.at - from, from)
  }

  private document(doc: Doc, depth: number): void {
    const from = this.begin(depth)
    for (const [name, value] of doc) {
      const type = typeOf(value)
      this.room(1)
      this.bytes[this.at++] = type
      this.zeroEnded(name)
      this.value(value, type, depth)
    }
    this.finish(from)
  }

  private array(items: readonly Value[], depth: number): void {
    const from = this.begin(depth)
    for (let index = 0; index < items.length; index++) {
      const value = items[index]!
      const type = typeOf(value)
      this.room(1)
      this.bytes[this.at++] = type
      this.utf8(String(index))
      this.value(value, type, depth)
    }
    this.finish(from)
  }

  whole(doc: Doc, limit: number): Buffer {
    this.at = 0
    this.document(doc, 1)
    if (this.at > limit) {
      fail('BSONObjectTooLarge', `BSONObj size: ${this.at} is invalid. Size must be between 0 and ${limit}`)
    }
    return this.taken()
  }

  alone(value: Value): { type: number; bytes: Buffer } {
    this.at = 0
    const type = typeOf(value)
    this.value(value, type, 0)
    return { type, bytes: this.taken() }
  }

  private taken(): Buffer {
    const copy = Buffer.allocUnsafeSlow(this.at)
    this.bytes.copy(copy, 0, 0, this.at)
    if (this.bytes.length > 4 * 1024 * 1024) this.bytes = Buffer.allocUnsafeSlow(64 * 1024)
    return copy
  }
}
