import { Binary, BSONRegExp, BSONSymbol, Code, Decimal128, Int32, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'

/** MongoDB's greatest nesting of documents and arrays. */
export const MAX_DEPTH = 200

/** A document in memory: own keys only, in stored order. */
export interface Doc extends Map<string, Value> {}

/** A BSON value in memory: `number` is a double, `Int32` an int32, `bigint` an int64; a missing field is `undefined`. */
export type Value =
  | null
  | string
  | boolean
  | number
  | bigint
  | Int32
  | Decimal128
  | ObjectId
  | Date
  | Binary
  | BSONRegExp
  | BSONSymbol
  | Code
  | Timestamp
  | MinKey
  | MaxKey
  | Value[]
  | Doc

/** A numeric BSON value. */
export type Numeric = number | bigint | Int32 | Decimal128

/** BSON type numbers as they stand in the bytes. */
export const BSON = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: 255,
  maxKey: 127,
} as const

const TYPE_NAMES = new Map<number, string>(Object.entries(BSON).map(([name, type]) => [type, name]))

/** The BSON type number of a value. */
export function typeOf(value: Value): number {
  switch (typeof value) {
    case 'string':
      return BSON.string
    case 'number':
      return BSON.double
    case 'boolean':
      return BSON.bool
    case 'bigint':
      return BSON.long
    default:
  }
  if (value === null) return BSON.null
  if (value instanceof Map) return BSON.object
  if (Array.isArray(value)) return BSON.array
  if (value instanceof Int32) return BSON.int
  if (value instanceof ObjectId) return BSON.objectId
  if (value instanceof Date) return BSON.date
  if (value instanceof Decimal128) return BSON.decimal
  if (value instanceof Binary) return BSON.binData
  if (value instanceof BSONRegExp) return BSON.regex
  if (value instanceof Timestamp) return BSON.timestamp
  if (value instanceof BSONSymbol) return BSON.symbol
  if (value instanceof Code) return value.scope ? BSON.javascriptWithScope : BSON.javascript
  if (value instanceof MinKey) return BSON.minKey
  if (value instanceof MaxKey) return BSON.maxKey
  throw new TypeError(`not a BSON value: ${String(value)}`)
}

/** MongoDB's alias of a value's type (`double`, `string`, `object`, …; `missing` for an absent one). */
export function typeNameOf(value: Value | undefined): string {
  return value === undefined ? 'missing' : (TYPE_NAMES.get(typeOf(value)) ?? 'unknown')
}

/** The BSON type number that an alias such as `objectId` names, or undefined. */
export function typeByName(name: string): number | undefined {
  return Object.hasOwn(BSON, name) ? BSON[name as keyof typeof BSON] : undefined
}

export function isDoc(value: Value | undefined): value is Doc {
  return value instanceof Map
}

export function isNumeric(value: Value | undefined): value is Numeric {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Int32 || value instanceof Decimal128
}

const SMALL = Array.from({ length: 1280 }, (_, index) => Object.freeze(new Int32(index - 256)))

/** An int32 value; small ones are shared, so a value is never changed in place. */
export function int32(value: number): Int32 {
  return value >= -256 && value < 1024 ? (SMALL[value + 256] ?? new Int32(value)) : new Int32(value)
}

/** The nearest double of a numeric value. */
export function toNumber(value: Numeric): number {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Int32) return value.value
  return Number(value.toString())
}

/** The integer that a numeric value is, if it is one within the range of safe integers; else undefined. */
export function toInteger(value: Value | undefined): number | undefined {
  if (!isNumeric(value)) return undefined
  const number = toNumber(value)
  return Number.isSafeInteger(number) ? number : undefined
}

/** Whether MongoDB's expression language and options take the value as true: everything but false, null, missing and zero. */
export function isTruthy(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false) return false
  if (isNumeric(value)) return toNumber(value) !== 0
  return true
}

/** A document from entries, in their order. */
export function docOf(...entries: [string, Value][]): Doc {
  return new Map(entries)
}

/** A value as MongoDB's messages show it, on one line. */
export function show(value: Value | undefined): string {
  if (value === undefined) return 'MISSING'
  if (value instanceof Map) {
    const inner = [...value].map(([key, item]) => `${key}: ${show(item)}`).join(', ')
    return inner === '' ? '{}' : `{ ${inner} }`
  }
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(show).join(', ')} ]`
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') return Number.isInteger(value) ? `${value}.0` : String(value)
  if (value instanceof Date) return `new Date(${value.getTime()})`
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`
  if (value instanceof BSONRegExp) return `/${value.pattern}/${value.options}`
  if (value instanceof MinKey) return 'MinKey'
  if (value instanceof MaxKey) return 'MaxKey'
  if (value instanceof Timestamp) return `Timestamp(${value.t}, ${value.i})`
  if (value instanceof Binary)
    return `BinData(${value.sub_type}, ${Buffer.from(value.value()).toString('hex').toUpperCase()})`
  if (value instanceof Decimal128) return `Decimal128("${value.toString()}")`
  if (value instanceof Code) return value.code
  return String(value instanceof Int32 ? value.value : value instanceof BSONSymbol ? value.value : value)
}
