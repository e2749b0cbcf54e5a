import { Decimal128, Int32 } from 'bson'
import { decimalOf, divideParts, partsOf, partsOfDouble, quantizedParts, roundParts } from './decimal.ts'
import { fail } from './errors.ts'
import { argumentsOf, type Builder, isNullish } from './expression-types.ts'
import { add, asBigInt, asDecimal, integer, isZero, multiply, subtract } from './numbers.ts'
import { int32, isNumeric, type Numeric, toNumber, typeNameOf, type Value } from './values.ts'

function mixedTypes(a: Value | undefined, b: Value | undefined): string {
  return `${typeNameOf(a)} and ${typeNameOf(b)}`
}

/** A moment moved by milliseconds; refuses what no date can hold. */
export function dateAt(milliseconds: number): Date {
  const date = new Date(milliseconds)
  if (Number.isNaN(date.getTime())) fail('Overflow', 'date overflow')
  return date
}

function addAll(values: readonly Numeric[]): Numeric {
  let sum: Numeric = int32(0)
  for (const value of values) sum = add(sum, value) ?? toNumber(sum) + toNumber(value)
  return sum
}

const $add: Builder = (operand, scope) => {
  const terms = argumentsOf(operand, scope, '$add', 0, Number.POSITIVE_INFINITY)
  return (doc) => {
    const numbers: Numeric[] = []
    let date: Date | undefined
    let empty = false
    for (const term of terms) {
      const value = term(doc)
      if (isNullish(value)) empty = true
      else if (isNumeric(value)) numbers.push(value)
      else if (value instanceof Date) {
        if (date) fail(16612, 'only one date allowed in an $add expression')
        date = value
      } else fail('TypeMismatch', `$add only supports numeric or date types, not ${typeNameOf(value)}`)
    }
    if (empty) return null
    const sum = addAll(numbers)
    return date ? dateAt(date.getTime() + Math.round(toNumber(sum))) : sum
  }
}

const $subtract: Builder = (operand, scope) => {
  const [left, right] = argumentsOf(operand, scope, '$subtract', 2)
  return (doc) => {
    const a = left!(doc)
    const b = right!(doc)
    if (isNullish(a) || isNullish(b)) return null
    if (isNumeric(a) && isNumeric(b)) return subtract(a, b) ?? toNumber(a) - toNumber(b)
    if (a instanceof Date && b instanceof Date) return BigInt(a.getTime() - b.getTime())
    if (a instanceof Date && isNumeric(b)) return dateAt(a.getTime() - Math.round(toNumber(b)))
    return fail('TypeMismatch', `can't $subtract ${typeNameOf(b)} from ${typeNameOf(a)}`)
  }
}

const $multiply: Builder = (operand, scope) => {
  const factors = argumentsOf(operand, scope, '$multiply', 0, Number.POSITIVE_INFINITY)
  return (doc) => {
    let product: Numeric = int32(1)
    let empty = false
    for (const factor of factors) {
      const value = factor(doc)
      if (isNullish(value)) empty = true
      else if (!isNumeric(value))
        fail('TypeMismatch', `$multiply only supports numeric types, not ${typeNameOf(value)}`)
      else product = multiply(product, value) ?? toNumber(product) * toNumber(value)
    }
    return empty ? null : product
  }
}

const $divide: Builder = (operand, scope) => {
  const [left, right] = argumentsOf(operand, scope, '$divide', 2)
  return (doc) => {
    const a = left!(doc)
    const b = right!(doc)
    if (isNumeric(a) && isNumeric(b)) {
      if (isZero(b)) fail('BadValue', "can't $divide by zero")
      if (a instanceof Decimal128 || b instanceof Decimal128) return decimalOf(divideParts(asDecimal(a), asDecimal(b)))
      return toNumber(a) / toNumber(b)
    }
    if (isNullish(a) || isNullish(b)) return null
    return fail('TypeMismatch', `$divide only supports numeric types, not ${mixedTypes(a, b)}`)
  }
}

function remainder(a: Numeric, b: Numeric): Numeric {
  if (a instanceof Decimal128 || b instanceof Decimal128) {
    const quotient = roundParts(divideParts(asDecimal(a), asDecimal(b)), 0, true)
    const whole = multiply(decimalOf(quotient), b)!
    return subtract(a, whole)!
  }
  if (typeof a === 'number' || typeof b === 'number') {
    const left = toNumber(a)
    const right = toNumber(b)
    return left % right
  }
  const result = asBigInt(a) % asBigInt(b)
  return a instanceof Int32 && b instanceof Int32 ? int32(Number(result)) : result
}

const $mod: Builder = (operand, scope) => {
  const [left, right] = argumentsOf(operand, scope, '$mod', 2)
  return (doc) => {
    const a = left!(doc)
    const b = right!(doc)
    if (isNumeric(a) && isNumeric(b)) {
      if (isZero(b)) fail(16610, "can't $mod by zero")
      return remainder(a, b)
    }
    if (isNullish(a) || isNullish(b)) return null
    return fail('TypeMismatch', `$mod only supports numeric types, not ${mixedTypes(a, b)}`)
  }
}

/** An operator on one number; null and missing give null. */
function unary(code: number, compute: (value: Numeric) => Value): Builder {
  return (operand, scope, name) => {
    const [argument] = argumentsOf(operand, scope, name, 1)
    return (doc) => {
      const value = argument!(doc)
      if (isNullish(value)) return null
      if (!isNumeric(value)) return fail(code, `${name} only supports numeric types, not ${typeNameOf(value)}`)
      return compute(value)
    }
  }
}

/** An operator that MongoDB computes on doubles; decimals are refused rather than rounded. */
function onDoubles(code: number, compute: (value: number) => number): Builder {
  return (operand, scope, name) =>
    unary(code, (value) => {
      if (value instanceof Decimal128) fail('NotImplemented', `${name} of a decimal is not supported by this store`)
      return compute(toNumber(value))
    })(operand, scope, name)
}

function absolute(value: Numeric): Value {
  if (typeof value === 'number') return Math.abs(value)
  if (value instanceof Decimal128) {
    const parts = partsOf(value)
    return decimalOf(parts.kind === 'nan' ? parts : { ...parts, negative: false })
  }
  const whole = asBigInt(value)
  if (whole === -(2n ** 63n)) fail(28680, "can't take $abs of long long min")
  const size = whole < 0n ? -whole : whole
  return value instanceof Int32 ? integer(size) : size
}

function towards(direction: 'floor' | 'ceil'): (value: Numeric) => Value {
  return (value) => {
    if (typeof value === 'number') return Math[direction](value)
    if (!(value instanceof Decimal128)) return value
    const parts = partsOf(value)
    const whole = decimalOf(quantizedParts(parts, 0, true))
    if (parts.kind !== 'finite' || parts.exponent >= 0) return whole
    const rest = toNumber(subtract(value, whole)!)
    if (direction === 'floor' && rest < 0) return subtract(whole, int32(1))!
    return direction === 'ceil' && rest > 0 ? add(whole, int32(1))! : whole
  }
}

/** A double rounded to a decimal place, half to even, by its exact value. */
function roundDouble(value: number, place: number, truncate: boolean): number {
  if (!Number.isFinite(value) || place > 20) return value
  if (place === 0) {
    if (truncate) return Math.trunc(value)
    const floor = Math.floor(value)
    const rest = value - floor
    if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1
    return floor % 2 === 0 ? floor : floor + 1
  }
  const rounded = decimalOf(roundParts(partsOfDouble(value), place, truncate))
  return Number(rounded.toString())
}

function rounded(value: Numeric, place: number, truncate: boolean, name: string): Value {
  if (typeof value === 'number') return roundDouble(value, place, truncate)
  if (value instanceof Decimal128) return decimalOf(quantizedParts(partsOf(value), place, truncate))
  if (place >= 0) return value
  const parts = roundParts(asDecimal(value), place, truncate)
  const whole = parts.kind === 'finite' ? parts.coefficient * 10n ** BigInt(-place) : 0n
  const signed = asBigInt(value) < 0n ? -whole : whole
  if (value instanceof Int32) return integer(signed)
  if (BigInt.asIntN(64, signed) !== signed) fail(51080, `invalid conversion from Decimal128 result in ${name}`)
  return signed
}

function rounding(truncate: boolean): Builder {
  return (operand, scope, name) => {
    const [argument, placeArgument] = argumentsOf(operand, scope, name, 1, 2)
    return (doc) => {
      const value = argument!(doc)
      const place = placeArgument ? placeArgument(doc) : int32(0)
      if (isNullish(value) || isNullish(place)) return null
      if (!isNumeric(value)) return fail(51081, `${name} only supports numeric types, not ${typeNameOf(value)}`)
      const digits = isNumeric(place) ? toNumber(place) : Number.NaN
      if (!Number.isInteger(digits)) fail(51082, `precision argument to ${name} must be a integral value`)
      if (digits < -20 || digits > 100) {
        fail(51083, `cannot apply ${name} with precision value ${digits} value must be in [-20, 100]`)
      }
      return rounded(value, digits, truncate, name)
    }
  }
}

const $pow: Builder = (operand, scope) => {
  const [left, right] = argumentsOf(operand, scope, '$pow', 2)
  return (doc) => {
    const base = left!(doc)
    const exponent = right!(doc)
    if (isNullish(base) || isNullish(exponent)) return null
    if (!isNumeric(base)) return fail(28762, `$pow's base must be numeric, not ${typeNameOf(base)}`)
    if (!isNumeric(exponent)) return fail(28763, `$pow's exponent must be numeric, not ${typeNameOf(exponent)}`)
    if (isZero(base) && toNumber(exponent) < 0) fail(28764, '$pow cannot take a base of 0 and a negative exponent')
    return power(base, exponent)
  }
}

function power(base: Numeric, exponent: Numeric): Value {
  if (base instanceof Decimal128 || exponent instanceof Decimal128) {
    const times = toNumber(exponent)
    if (!Number.isInteger(times) || times < 0 || times > 1000) {
      return fail('NotImplemented', '$pow of a decimal is supported by this store only for exponents from 0 to 1000')
    }
    let product: Numeric = Decimal128.fromString('1')
    for (let step = 0; step < times; step++) product = multiply(product, base)!
    return product
  }
  if (typeof base === 'number' || typeof exponent === 'number') return toNumber(base) ** toNumber(exponent)
  const times = asBigInt(exponent)
  const root = asBigInt(base)
  if (times < 0n)
    return Math.abs(Number(root)) === 1
      ? exactPower(root, -times, base, exponent)
      : toNumber(base) ** toNumber(exponent)
  if (times > 63n && root !== 0n && root !== 1n && root !== -1n) return toNumber(base) ** toNumber(exponent)
  return exactPower(root, times, base, exponent)
}

function exactPower(root: bigint, times: bigint, base: Numeric, exponent: Numeric): Value {
  const result =
    root === 0n || root === 1n
      ? times === 0n
        ? 1n
        : root
      : root === -1n
        ? times % 2n === 0n
          ? 1n
          : -1n
        : root ** times
  if (BigInt.asIntN(64, result) !== result) return toNumber(base) ** toNumber(exponent)
  return base instanceof Int32 && exponent instanceof Int32 ? integer(result) : result
}

const $log: Builder = (operand, scope) => {
  const [left, right] = argumentsOf(operand, scope, '$log', 2)
  return (doc) => {
    const value = left!(doc)
    const base = right!(doc)
    if (isNullish(value) || isNullish(base)) return null
    if (!isNumeric(value)) return fail(28756, `$log's argument must be numeric, not ${typeNameOf(value)}`)
    if (!isNumeric(base)) return fail(28757, `$log's base must be numeric, not ${typeNameOf(base)}`)
    if (toNumber(value) <= 0) fail(28758, `$log's argument must be a positive number, but is ${toNumber(value)}`)
    if (toNumber(base) <= 0 || toNumber(base) === 1) {
      fail(28759, `$log's base must be a positive number not equal to 1, but is ${toNumber(base)}`)
    }
    if (value instanceof Decimal128 || base instanceof Decimal128) {
      fail('NotImplemented', '$log of a decimal is not supported by this store')
    }
    return Math.log(toNumber(value)) / Math.log(toNumber(base))
  }
}

function positive(code: number, name: string, compute: (value: number) => number): (value: number) => number {
  return (value) => {
    if (value <= 0) fail(code, `${name}'s argument must be a positive number, but is ${value}`)
    return compute(value)
  }
}

const TRIGONOMETRY = [
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
  'asinh',
  'acosh',
  'atanh',
] as const

function bitwise(name: string, start: bigint, combine: (a: bigint, b: bigint) => bigint): Builder {
  return (operand, scope) => {
    const terms = argumentsOf(operand, scope, name, 0, Number.POSITIVE_INFINITY)
    return (doc) => {
      let result = start
      let long = false
      for (const term of terms) {
        const value = term(doc)
        if (isNullish(value)) return null
        if (!(value instanceof Int32) && typeof value !== 'bigint') {
          return fail('TypeMismatch', `${name} only supports int and long operands.`)
        }
        long ||= typeof value === 'bigint'
        result = combine(result, asBigInt(value))
      }
      return long ? result : integer(result)
    }
  }
}

/** The arithmetic operators of the expression language. */
export const arithmeticExpressions: Readonly<Record<string, Builder>> = {
  $add,
  $subtract,
  $multiply,
  $divide,
  $mod,
  $pow,
  $log,
  $abs: unary(28765, absolute),
  $floor: unary(28765, towards('floor')),
  $ceil: unary(28765, towards('ceil')),
  $round: rounding(false),
  $trunc: rounding(true),
  $exp: onDoubles(28765, Math.exp),
  $sqrt: onDoubles(28765, (value) => {
    if (value < 0) fail(28714, "$sqrt's argument must be greater than or equal to 0")
    return Math.sqrt(value)
  }),
  $ln: onDoubles(28765, positive(28766, '$ln', Math.log)),
  $log10: onDoubles(28765, positive(28761, '$log10', Math.log10)),
  $degreesToRadians: onDoubles(28765, (value) => (value * Math.PI) / 180),
  $radiansToDegrees: onDoubles(28765, (value) => (value * 180) / Math.PI),
  $bitAnd: bitwise('$bitAnd', -1n, (a, b) => a & b),
  $bitOr: bitwise('$bitOr', 0n, (a, b) => a | b),
  $bitXor: bitwise('$bitXor', 0n, (a, b) => a ^ b),
  ...Object.fromEntries(TRIGONOMETRY.map((name) => [`$${name}`, onDoubles(28765, Math[name])])),
}
