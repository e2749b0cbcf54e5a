import { type Binary, type BSONRegExp, BSONSymbol, type Code, Decimal128, Int32, ObjectId, type Timestamp } from 'bson'
import { compareParts, type Parts, partsOf, partsOfDouble, power10 } from './decimal.ts'
import { BSON, type Doc, type Numeric, typeOf, type Value } from './values.ts'

/** Ranks of MongoDB's comparison order (manual: "Comparison/Sort Order"); a missing value stands below null. */
export const RANK = {
  minKey: -1,
  missing: 0,
  null: 5,
  number: 10,
  string: 15,
  object: 20,
  array: 25,
  binData: 30,
  objectId: 35,
  bool: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  code: 60,
  codeWithScope: 65,
  maxKey: 127,
} as const

const RANK_BY_TYPE: Readonly<Record<number, number>> = {
  [BSON.minKey]: RANK.minKey,
  [BSON.null]: RANK.null,
  [BSON.double]: RANK.number,
  [BSON.int]: RANK.number,
  [BSON.long]: RANK.number,
  [BSON.decimal]: RANK.number,
  [BSON.string]: RANK.string,
  [BSON.symbol]: RANK.string,
  [BSON.object]: RANK.object,
  [BSON.array]: RANK.array,
  [BSON.binData]: RANK.binData,
  [BSON.objectId]: RANK.objectId,
  [BSON.bool]: RANK.bool,
  [BSON.date]: RANK.date,
  [BSON.timestamp]: RANK.timestamp,
  [BSON.regex]: RANK.regex,
  [BSON.javascript]: RANK.code,
  [BSON.javascriptWithScope]: RANK.codeWithScope,
  [BSON.maxKey]: RANK.maxKey,
}

/** The place of a value's type in the comparison order. */
export function rankOf(value: Value | undefined): number {
  switch (typeof value) {
    case 'string':
      return RANK.string
    case 'number':
    case 'bigint':
      return RANK.number
    case 'boolean':
      return RANK.bool
    case 'undefined':
      return RANK.missing
    default:
      return RANK_BY_TYPE[typeOf(value)]!
  }
}

/** Orders strings by their UTF-8 bytes, which is the order of their code points. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0
  const shorter = Math.min(a.length, b.length)
  for (let index = 0; index < shorter; index++) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left === right) continue
    if (left >= 0xd800 && right >= 0xd800) {
      const leftPair = left < 0xe000
      if (leftPair !== right < 0xe000) return leftPair ? 1 : -1
    }
    return left < right ? -1 : 1
  }
  return a.length < b.length ? -1 : 1
}

function partsOfNumber(value: Numeric): Parts {
  if (value instanceof Decimal128) return partsOf(value)
  if (typeof value === 'number') return partsOfDouble(value)
  const integer = BigInt(value instanceof Int32 ? value.value : value)
  return { kind: 'finite', negative: integer < 0n, coefficient: integer < 0n ? -integer : integer, exponent: 0 }
}

/** Orders numbers of any two types by their exact values; NaN stands first and equals NaN, zeros are equal. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  if (a instanceof Decimal128 || b instanceof Decimal128) return compareParts(partsOfNumber(a), partsOfNumber(b))
  const left = a instanceof Int32 ? a.value : a
  const right = b instanceof Int32 ? b.value : b
  if (left < right) return -1
  if (left > right) return 1
  // biome-ignore lint/suspicious/noDoubleEquals: a double and an int64 compare exactly only without strictness
  if (left == right) return 0
  if (Number.isNaN(left)) return Number.isNaN(right) ? 0 : -1
  return 1
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  return Buffer.compare(a, b)
}

function compareBinary(a: Binary, b: Binary): number {
  if (a.position !== b.position) return a.position < b.position ? -1 : 1
  if (a.sub_type !== b.sub_type) return a.sub_type < b.sub_type ? -1 : 1
  return compareBytes(a.buffer.subarray(0, a.position), b.buffer.subarray(0, b.position))
}

interface IdWords {
  i0: number
  i1: number
  i2: number
  i3: number
}

function compareIds(a: ObjectId, b: ObjectId): number {
  const left = a as unknown as IdWords
  const right = b as unknown as IdWords
  return left.i0 - right.i0 || left.i1 - right.i1 || left.i2 - right.i2 || left.i3 - right.i3
}

/** Orders documents field by field: type of value, then name, then value; a document that ends first is less. */
export function compareDocs(a: Doc, b: Doc): number {
  const others = b.entries()
  for (const [name, value] of a) {
    const next = others.next()
    if (next.done) return 1
    const [otherName, other] = next.value
    const order = rankOf(value) - rankOf(other) || compareStrings(name, otherName) || compareValues(value, other)
    if (order !== 0) return order
  }
  return others.next().done ? 0 : -1
}

function compareArrays(a: readonly Value[], b: readonly Value[]): number {
  const shorter = Math.min(a.length, b.length)
  for (let index = 0; index < shorter; index++) {
    const order = compareValues(a[index], b[index])
    if (order !== 0) return order
  }
  return a.length - b.length
}

function textOf(value: string | BSONSymbol): string {
  return value instanceof BSONSymbol ? value.value : value
}

/** Orders any two values as MongoDB does; `undefined` is a missing value and stands below null. */
export function compareValues(a: Value | undefined, b: Value | undefined): number {
  if (a === b) return 0
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b)
  if (a instanceof Int32 && b instanceof Int32) return a.value - b.value
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime()
  const rank = rankOf(a)
  const order = rank - rankOf(b)
  if (order !== 0) return order
  switch (rank) {
    case RANK.number:
      return compareNumbers(a as Numeric, b as Numeric)
    case RANK.string:
      return compareStrings(textOf(a as string), textOf(b as string))
    case RANK.object:
      return compareDocs(a as Doc, b as Doc)
    case RANK.array:
      return compareArrays(a as Value[], b as Value[])
    case RANK.binData:
      return compareBinary(a as Binary, b as Binary)
    case RANK.objectId:
      return compareIds(a as ObjectId, b as ObjectId)
    case RANK.bool:
      return a === true ? 1 : -1
    case RANK.date:
      return (a as Date).getTime() - (b as Date).getTime()
    case RANK.timestamp:
      return (a as Timestamp).compare(b as Timestamp)
    case RANK.regex:
      return (
        compareStrings((a as BSONRegExp).pattern, (b as BSONRegExp).pattern) ||
        compareStrings((a as BSONRegExp).options, (b as BSONRegExp).options)
      )
    case RANK.code:
      return compareStrings((a as Code).code, (b as Code).code)
    case RANK.codeWithScope:
      return (
        compareStrings((a as Code).code, (b as Code).code) ||
        compareDocs((a as Code).scope as unknown as Doc, (b as Code).scope as unknown as Doc)
      )
    default:
      return 0
  }
}

/** Whether two values are equal as MongoDB sees it: numbers by value, documents with the same fields in the same order. */
export function equalValues(a: Value | undefined, b: Value | undefined): boolean {
  return compareValues(a, b) === 0
}

/** Whether two values would be stored as the same bytes: types of numbers and signs of zero count. */
export function identical(a: Value | undefined, b: Value | undefined): boolean {
  if (typeof a === 'number' || a === undefined || b === undefined) return Object.is(a, b)
  if (typeOf(a) !== typeOf(b)) return false
  if (a instanceof Map) {
    if (a.size !== (b as Doc).size) return false
    const others = (b as Doc).entries()
    for (const [name, value] of a) {
      const [otherName, other] = others.next().value!
      if (name !== otherName || !identical(value, other)) return false
    }
    return true
  }
  if (Array.isArray(a)) {
    const other = b as Value[]
    return a.length === other.length && a.every((value, index) => identical(value, other[index]))
  }
  if (a instanceof Decimal128) return Buffer.compare(a.bytes, (b as Decimal128).bytes) === 0
  return compareValues(a, b) === 0
}

function numberKey(value: Numeric): string {
  if (value instanceof Int32) return `n${value.value}`
  if (typeof value === 'bigint') return `n${value}`
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return `n${value === 0 ? 0 : value}`
    return Number.isInteger(value) ? `n${BigInt(value)}` : `n${value}`
  }
  return decimalKey(partsOf(value))
}

function decimalKey(parts: Parts): string {
  if (parts.kind === 'nan') return 'nNaN'
  if (parts.kind === 'infinity') return parts.negative ? 'n-Infinity' : 'nInfinity'
  let { coefficient, exponent } = parts
  if (coefficient === 0n) return 'n0'
  while (exponent < 0 && coefficient % 10n === 0n) {
    coefficient /= 10n
    exponent++
  }
  const sign = parts.negative ? '-' : ''
  if (exponent >= 0) return `n${sign}${coefficient * power10(exponent)}`
  const double = Number(`${sign}${coefficient}e${exponent}`)
  const exact = { kind: 'finite', negative: parts.negative, coefficient, exponent } as const
  return compareParts(partsOfDouble(double), exact) === 0 ? `n${double}` : `n${sign}${coefficient}e${exponent}`
}

/** A string that is the same for two values exactly when `equalValues` holds; for groups and sets. */
export function keyOf(value: Value | undefined): string {
  switch (typeof value) {
    case 'string':
      return `s${value.length}:${value}`
    case 'number':
    case 'bigint':
      return `${numberKey(value)};`
    case 'boolean':
      return value ? 't' : 'f'
    case 'undefined':
      return 'u'
    default:
  }
  if (value === null) return '0'
  if (value instanceof ObjectId) return `i${value.toHexString()}`
  if (value instanceof Map) {
    let key = 'o{'
    for (const [name, inner] of value) key += `${name.length}:${name}${keyOf(inner)}`
    return `${key}}`
  }
  if (Array.isArray(value)) return `a[${value.map(keyOf).join('')}]`
  if (value instanceof Int32 || value instanceof Decimal128) return `${numberKey(value)};`
  if (value instanceof Date) return `d${value.getTime()};`
  if (value instanceof BSONSymbol) return `s${value.value.length}:${value.value}`
  return otherKey(value)
}

function otherKey(value: Value): string {
  switch (typeOf(value)) {
    case BSON.binData: {
      const { buffer, position, sub_type: subType } = value as Binary
      return `b${subType}:${Buffer.from(buffer.subarray(0, position)).toString('base64')};`
    }
    case BSON.timestamp:
      return `T${(value as Timestamp).toBigInt()};`
    case BSON.regex: {
      const { pattern, options } = value as BSONRegExp
      return `r${pattern.length}:${pattern}/${options};`
    }
    case BSON.javascript:
      return `c${(value as Code).code.length}:${(value as Code).code}`
    case BSON.javascriptWithScope:
      return `C${(value as Code).code.length}:${(value as Code).code}${keyOf((value as Code).scope as unknown as Doc)}`
    default:
      return typeOf(value) === BSON.minKey ? '<' : '>'
  }
}
