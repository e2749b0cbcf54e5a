import { Decimal128, Int32 } from 'bson'
import {
  addParts,
  compareParts,
  decimalOf,
  multiplyParts,
  negated,
  type Parts,
  partsOf,
  partsOfRoundedDouble,
} from './decimal.ts'
import { int32, type Numeric, toNumber } from './values.ts'

export const MAX_INT = 2_147_483_647
export const MIN_INT = -2_147_483_648
export const MAX_LONG = 2n ** 63n - 1n
export const MIN_LONG = -(2n ** 63n)

export function fitsLong(value: bigint): boolean {
  return value >= MIN_LONG && value <= MAX_LONG
}

/** A numeric value as a decimal in parts; doubles are rounded to fifteen digits as MongoDB does. */
export function asDecimal(value: Numeric): Parts {
  if (value instanceof Decimal128) return partsOf(value)
  if (typeof value === 'number') return partsOfRoundedDouble(value)
  const integer = value instanceof Int32 ? BigInt(value.value) : value
  return { kind: 'finite', negative: integer < 0n, coefficient: integer < 0n ? -integer : integer, exponent: 0 }
}

/** A whole number as an int32 where it fits, else as an int64. */
export function integer(value: bigint): Numeric {
  return value >= -2_147_483_648n && value <= 2_147_483_647n ? int32(Number(value)) : value
}

/** The integer of an int32 or int64. */
export function asBigInt(value: bigint | Int32): bigint {
  return value instanceof Int32 ? BigInt(value.value) : value
}

interface Operation {
  doubles: (a: number, b: number) => number
  integers: (a: bigint, b: bigint) => bigint
  decimals: (a: Parts, b: Parts) => Parts
}

/** The result in the wider of the two types; int32 widens to int64; an int64 that overflows is undefined. */
function combine(a: Numeric, b: Numeric, operation: Operation): Numeric | undefined {
  if (a instanceof Decimal128 || b instanceof Decimal128) {
    return decimalOf(operation.decimals(asDecimal(a), asDecimal(b)))
  }
  if (typeof a === 'number' || typeof b === 'number') return operation.doubles(toNumber(a), toNumber(b))
  if (a instanceof Int32 && b instanceof Int32) {
    const small = operation.doubles(a.value, b.value)
    if (small >= MIN_INT && small <= MAX_INT) return int32(small === 0 ? 0 : small)
    return operation.integers(BigInt(a.value), BigInt(b.value))
  }
  const result = operation.integers(asBigInt(a), asBigInt(b))
  return fitsLong(result) ? result : undefined
}

const ADDITION: Operation = { doubles: (a, b) => a + b, integers: (a, b) => a + b, decimals: addParts }
const SUBTRACTION: Operation = {
  doubles: (a, b) => a - b,
  integers: (a, b) => a - b,
  decimals: (a, b) => addParts(a, negated(b)),
}
const MULTIPLICATION: Operation = { doubles: (a, b) => a * b, integers: (a, b) => a * b, decimals: multiplyParts }

/** a + b; undefined where an int64 overflows. */
export function add(a: Numeric, b: Numeric): Numeric | undefined {
  return combine(a, b, ADDITION)
}

/** a - b; undefined where an int64 overflows. */
export function subtract(a: Numeric, b: Numeric): Numeric | undefined {
  return combine(a, b, SUBTRACTION)
}

/** a × b; undefined where an int64 overflows. */
export function multiply(a: Numeric, b: Numeric): Numeric | undefined {
  return combine(a, b, MULTIPLICATION)
}

/** Whether a numeric value is zero. */
export function isZero(value: Numeric): boolean {
  return toNumber(value) === 0 && (!(value instanceof Decimal128) || compareParts(partsOf(value), asDecimal(0n)) === 0)
}
