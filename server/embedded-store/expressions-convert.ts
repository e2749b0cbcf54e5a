import { Decimal128, Int32, ObjectId, Timestamp } from 'bson'
import { encodeValue } from './codec.ts'
import { decimalOf, partsOf, roundParts } from './decimal.ts'
import { fail, StoreError } from './errors.ts'
import { argumentsOf, type Builder, isNullish, namedArguments, optionalArgument } from './expression-types.ts'
import { asBigInt, asDecimal, fitsLong, MAX_INT, MIN_INT } from './numbers.ts'
import { parseIsoDate } from './time.ts'
import { BSON, int32, isNumeric, type Numeric, toNumber, typeByName, typeNameOf, typeOf, type Value } from './values.ts'

/** A double in C's `%.16g`, which is how MongoDB writes doubles as text. */
function doubleText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const [digits, power] = value.toExponential(15).split('e') as [string, string]
  const exponent = Number(power)
  const sign = value < 0 ? '-' : ''
  const bare = digits.replace(/[-.]/g, '').replace(/0+$/, '')
  if (exponent < -4 || exponent >= 16) {
    const fraction = bare.length > 1 ? `.${bare.slice(1)}` : ''
    const size = String(Math.abs(exponent)).padStart(2, '0')
    return `${sign}${bare[0]}${fraction}e${exponent < 0 ? '-' : '+'}${size}`
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${bare}`
  if (bare.length <= exponent + 1) return sign + bare.padEnd(exponent + 1, '0')
  return `${sign}${bare.slice(0, exponent + 1)}.${bare.slice(exponent + 1)}`
}

/** A number, date or timestamp as `$toString` writes it. */
export function textOf(value: Numeric | Date | Timestamp): string {
  if (typeof value === 'number') return doubleText(value)
  if (value instanceof Int32) return String(value.value)
  if (value instanceof Date) return value.toISOString()
  return value instanceof Timestamp ? `Timestamp(${value.t}, ${value.i})` : value.toString()
}

function unsupported(value: Value, to: string): never {
  return fail(
    'ConversionFailure',
    `Unsupported conversion from ${typeNameOf(value)} to ${to} in $convert with no onError value`,
  )
}

function unparsable(kind: string, text: string, reason: string): never {
  return fail('ConversionFailure', `Failed to parse ${kind} '${text}' in $convert with no onError value: ${reason}`)
}

function wholeNumber(value: Numeric, to: string): bigint {
  if (typeof value === 'bigint' || value instanceof Int32) return asBigInt(value)
  const number = toNumber(value)
  if (!Number.isFinite(number)) {
    const what = Number.isNaN(number) ? 'NaN' : 'infinity'
    fail('ConversionFailure', `Attempt to convert ${what} value to integer type in $convert with no onError value`)
  }
  if (typeof value === 'number') return BigInt(Math.trunc(value))
  const parts = roundParts(partsOf(value), 0, true)
  if (parts.kind !== 'finite' || parts.exponent > 40) return outOfRange(value, to)
  const size = parts.coefficient * 10n ** BigInt(Math.max(0, parts.exponent))
  return parts.negative ? -size : size
}

function outOfRange(value: Numeric, to: string): never {
  return fail(
    'ConversionFailure',
    `Conversion would overflow target type in $convert with no onError value: ${textOf(value)} to ${to}`,
  )
}

function integerFromText(text: string): bigint {
  if (!/^[+-]?\d+$/.test(text)) unparsable('number', text, text === '' ? 'No digits' : 'Did not consume whole string.')
  return BigInt(text.replace(/^\+/, ''))
}

function toInt(value: Value): Value {
  if (typeof value === 'boolean') return int32(value ? 1 : 0)
  if (typeof value === 'string') {
    const whole = integerFromText(value)
    if (whole < BigInt(MIN_INT) || whole > BigInt(MAX_INT)) unparsable('number', value, 'Out of range')
    return int32(Number(whole))
  }
  if (!isNumeric(value)) return unsupported(value, 'int')
  const whole = wholeNumber(value, 'int')
  return whole < BigInt(MIN_INT) || whole > BigInt(MAX_INT) ? outOfRange(value, 'int') : int32(Number(whole))
}

function toLong(value: Value): Value {
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (value instanceof Date) return BigInt(value.getTime())
  if (typeof value === 'string') {
    const whole = integerFromText(value)
    return fitsLong(whole) ? whole : unparsable('number', value, 'Out of range')
  }
  if (!isNumeric(value)) return unsupported(value, 'long')
  const whole = wholeNumber(value, 'long')
  return fitsLong(whole) ? whole : outOfRange(value, 'long')
}

const NUMBER_TEXT = /^[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|inf(?:inity)?|nan)$/i

function numberText(text: string): string {
  if (!NUMBER_TEXT.test(text))
    unparsable('number', text, text === '' ? 'Empty string' : 'Did not consume whole string.')
  return text
    .replace(/^([+-]?)inf(?:inity)?$/i, '$1Infinity')
    .replace(/^[+-]?nan$/i, 'NaN')
    .replace(/^\+/, '')
}

function toDouble(value: Value): Value {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value instanceof Date) return value.getTime()
  if (typeof value === 'string') {
    const number = Number(numberText(value))
    if (!Number.isFinite(number) && !/inf|nan/i.test(value)) unparsable('number', value, 'Out of range')
    return number
  }
  return isNumeric(value) ? toNumber(value) : unsupported(value, 'double')
}

function toDecimal(value: Value): Value {
  if (typeof value === 'boolean') return Decimal128.fromString(value ? '1' : '0')
  if (value instanceof Date) return Decimal128.fromString(String(value.getTime()))
  if (typeof value === 'string') return Decimal128.fromStringWithRounding(numberText(value))
  if (value instanceof Decimal128) return value
  return isNumeric(value) ? decimalOf(asDecimal(value)) : unsupported(value, 'decimal')
}

function toText(value: Value): Value {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (value instanceof ObjectId) return value.toHexString()
  if (isNumeric(value) || value instanceof Date) return textOf(value)
  return unsupported(value, 'string')
}

function toObjectId(value: Value): Value {
  if (value instanceof ObjectId) return value
  if (typeof value !== 'string') return unsupported(value, 'objectId')
  if (value.length !== 24) {
    unparsable('objectId', value, `Invalid string length for parsing to OID, expected 24 but found ${value.length}`)
  }
  return /^[0-9a-fA-F]{24}$/.test(value)
    ? new ObjectId(value)
    : unparsable('objectId', value, 'Invalid character found in hex string')
}

function toDate(value: Value): Value {
  if (value instanceof Date) return value
  if (value instanceof ObjectId) return value.getTimestamp()
  if (value instanceof Timestamp) return new Date(value.t * 1000)
  if (typeof value === 'string') return parseIsoDate(value)
  if (!isNumeric(value) || value instanceof Int32) return unsupported(value, 'date')
  const date = new Date(Number(wholeNumber(value, 'date')))
  return Number.isNaN(date.getTime()) ? outOfRange(value, 'date') : date
}

function toBool(value: Value): Value {
  if (typeof value === 'boolean') return value
  return isNumeric(value) ? toNumber(value) !== 0 : true
}

const TARGETS = new Map<number, (value: Value) => Value>([
  [BSON.int, toInt],
  [BSON.long, toLong],
  [BSON.double, toDouble],
  [BSON.decimal, toDecimal],
  [BSON.string, toText],
  [BSON.bool, toBool],
  [BSON.date, toDate],
  [BSON.objectId, toObjectId],
])

function targetOf(to: Value | undefined): ((value: Value) => Value) | null {
  if (isNullish(to)) return null
  const type = to === 'missing' ? 0 : typeof to === 'string' ? typeByName(to) : isNumeric(to) ? toNumber(to) : undefined
  if (type === undefined) return fail('BadValue', `Unknown type name: ${String(to)}`)
  const target = TARGETS.get(type)
  return target ?? fail('ConversionFailure', `Unsupported conversion to type ${String(to)} in $convert`)
}

const $convert: Builder = (operand, scope) => {
  const named = namedArguments(operand, '$convert', ['input', 'to'], ['onError', 'onNull'])
  const input = scope.compile(named.get('input')!)
  const to = scope.compile(named.get('to')!)
  const onError = optionalArgument(named, 'onError', scope)
  const onNull = optionalArgument(named, 'onNull', scope)
  return (doc) => {
    const value = input(doc)
    const wanted = to(doc)
    if (isNullish(value)) return onNull ? onNull(doc) : null
    try {
      const target = targetOf(wanted)
      return target ? target(value) : null
    } catch (error) {
      if (onError && error instanceof StoreError && error.code === 241) return onError(doc)
      throw error
    }
  }
}

function converting(target: (value: Value) => Value): Builder {
  return (operand, scope, name) => {
    const [input] = argumentsOf(operand, scope, name, 1)
    return (doc) => {
      const value = input!(doc)
      return isNullish(value) ? null : target(value)
    }
  }
}

/** The type operators of the expression language. */
export const conversionExpressions: Readonly<Record<string, Builder>> = {
  $convert,
  $toInt: converting(toInt),
  $toLong: converting(toLong),
  $toDouble: converting(toDouble),
  $toDecimal: converting(toDecimal),
  $toString: converting(toText),
  $toBool: converting(toBool),
  $toDate: converting(toDate),
  $toObjectId: converting(toObjectId),
  $type: (operand, scope) => {
    const [input] = argumentsOf(operand, scope, '$type', 1)
    return (doc) => typeNameOf(input!(doc))
  },
  $isNumber: (operand, scope) => {
    const [input] = argumentsOf(operand, scope, '$isNumber', 1)
    return (doc) => isNumeric(input!(doc))
  },
  $bsonSize: (operand, scope) => {
    const [input] = argumentsOf(operand, scope, '$bsonSize', 1)
    return (doc) => {
      const value = input!(doc)
      if (isNullish(value)) return null
      if (typeOf(value) !== BSON.object) fail(31393, `$bsonSize requires a document input, found: ${typeNameOf(value)}`)
      return int32(sizeOf(value))
    }
  },
}

function sizeOf(value: Value): number {
  return encodeValue(value).bytes.length
}
