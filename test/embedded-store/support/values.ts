import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson'
import fc from 'fast-check'
import type { Doc, Value } from '../../../server/embedded-store/values.ts'

/** A value of the store from a value as one writes it in JavaScript: whole numbers become int32 (or int64), others doubles. */
export function fromJs(value: unknown): Value {
  if (value === undefined) return null
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) return value
    return value === (value | 0) ? new Int32(value) : BigInt(value)
  }
  if (value instanceof Double) return value.value
  if (Array.isArray(value)) return value.map(fromJs)
  if (value instanceof RegExp) return new BSONRegExp(value.source, value.flags)
  if (value instanceof Map || value === null || typeof value !== 'object') return value as Value
  if (Object.getPrototypeOf(value) !== Object.prototype) return value as Value
  return docFrom(value as Record<string, unknown>)
}

/** A document of the store from a plain object; `double(5)` and bson's own values say types exactly. */
export function docFrom(object: Record<string, unknown>): Doc {
  return new Map(Object.entries(object).map(([key, value]) => [key, fromJs(value)]))
}

/** Marks a whole number as a double, where `fromJs` would take it as an integer. */
export function double(value: number): Double {
  return new Double(value)
}

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const text = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom('', 'a', 'آ', 'می‌شود', '\u{1f600}', '\uffff', '\ue000'),
)

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
const edges = fc.constantFrom<Value>(
  0,
  -0,
  1,
  new Int32(1),
  1n,
  2 ** 53,
  2n ** 53n + 1n,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  2n ** 63n - 1n,
  2 ** 63,
  Decimal128.fromString('0.1'),
  0.1,
  Decimal128.fromString('1.00'),
  Decimal128.fromString('NaN'),
  Decimal128.fromString('-Infinity'),
  Decimal128.fromString('9.999999999999999999999999999999999E6144'),
  Decimal128.fromString('-0'),
)

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 33n), max: 10n ** 33n }), fc.integer({ min: -30, max: 30 }))
  .map(([coefficient, exponent]) => Decimal128.fromString(`${coefficient}E${exponent}`))

/** Numbers of all four types, with those that are easily confused. */
export const anyNumber: fc.Arbitrary<Value> = fc.oneof(
  edges,
  fc.double(),
  fc.integer({ min: -5, max: 5 }).map((value) => new Int32(value)),
  fc.integer().map((value) => new Int32(value)),
  int64,
  fc.integer({ min: -5, max: 5 }).map((value) => BigInt(value)),
  decimal,
)

const scalar: fc.Arbitrary<Value> = fc.oneof(
  anyNumber,
  fc.constant(null),
  fc.boolean(),
  text,
  text.map((value) => new BSONSymbol(value)),
  bytes(12).map((id) => new ObjectId(id)),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ maxLength: 6 }).map((value) => new Binary(Buffer.from(value), 0)),
  fc.uint8Array({ maxLength: 4 }).map((value) => new Binary(Buffer.from(value), 128)),
  int64.map((value) => new Timestamp(BigInt.asUintN(64, value))),
  fc.constantFrom<Value>(
    new MinKey(),
    new MaxKey(),
    new BSONRegExp('a', 'i'),
    new BSONRegExp('b', ''),
    new Code('f()'),
  ),
)

const name = fc
  .oneof(
    fc.constantFrom('a', 'b', 'c', '0', '10', '2', '__proto__', 'constructor', 'عنوان'),
    fc.string({ maxLength: 3 }),
  )
  .map((value) => value.replaceAll('\0', ''))

/** Values of every type that the store holds, nested a few levels. */
export const anyValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value; doc: Doc; array: Value[] }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, tie('doc'), tie('array')),
  doc: fc.array(fc.tuple(name, tie('value')), { maxLength: 4 }).map((entries) => new Map(entries)),
  array: fc.array(tie('value'), { maxLength: 4 }),
})).value

/** Documents with values of every type. */
export const anyDoc: fc.Arbitrary<Doc> = fc
  .array(fc.tuple(name, anyValue), { maxLength: 6 })
  .map((entries) => new Map(entries))

/** The same document as the `bson` package wants it, for use as an oracle. */
export function forBson(value: Value): unknown {
  if (typeof value === 'bigint') return Long.fromBigInt(value)
  if (typeof value === 'number') return new Double(value)
  if (value instanceof Map) return new Map([...value].map(([key, inner]) => [key, forBson(inner)]))
  return Array.isArray(value) ? value.map(forBson) : value
}
