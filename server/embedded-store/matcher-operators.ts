import { Binary, BSONRegExp, BSONSymbol, Int32, MaxKey, MinKey, ObjectId } from 'bson'
import { compareNumbers, compareValues, equalValues, keyOf, rankOf } from './compare.ts'
import { fail } from './errors.ts'
import { MAX_LONG, MIN_LONG } from './numbers.ts'
import { compileRegex, regexOf } from './regex.ts'
import { BSON, isDoc, isNumeric, show, toNumber, typeByName, typeOf, type Value } from './values.ts'

/** Tests one value that a path reached (undefined: nothing there). */
export type ValueTest = (value: Value | undefined) => boolean

/** The comparisons of the query language. */
export type Comparison = '$eq' | '$gt' | '$gte' | '$lt' | '$lte'

const HOLDS: Readonly<Record<Comparison, (order: number) => boolean>> = {
  $eq: (order) => order === 0,
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
}

function includesEqual(op: Comparison): boolean {
  return op !== '$gt' && op !== '$lt'
}

function isNaNValue(value: Value | undefined): boolean {
  return isNumeric(value) && Number.isNaN(toNumber(value))
}

/** A comparison with a value: only values of the same type bracket match; null also means missing; NaN only equals NaN. */
export function comparison(op: Comparison, operand: Value): ValueTest {
  if (operand === null) return includesEqual(op) ? (value) => value === undefined || value === null : () => false
  if (operand instanceof MinKey || operand instanceof MaxKey) return comparisonWithEnd(op, operand)
  if (isNaNValue(operand)) return includesEqual(op) ? isNaNValue : () => false
  if (op === '$eq') return equality(operand)
  const rank = rankOf(operand)
  const holds = HOLDS[op]
  return (value) =>
    value !== undefined && rankOf(value) === rank && !isNaNValue(value) && holds(compareValues(value, operand))
}

function comparisonWithEnd(op: Comparison, end: MinKey | MaxKey): ValueTest {
  const rank = rankOf(end)
  const others = op === '$eq' ? false : op === '$lt' || op === '$lte' ? end instanceof MaxKey : end instanceof MinKey
  return (value) => (rankOf(value) === rank ? includesEqual(op) : others)
}

function equality(operand: Value): ValueTest {
  if (typeof operand === 'string') {
    return (value) => value === operand || (value instanceof BSONSymbol && value.value === operand)
  }
  if (typeof operand === 'boolean') return (value) => value === operand
  if (operand instanceof ObjectId) return (value) => value instanceof ObjectId && equalValues(value, operand)
  if (isNumeric(operand)) {
    const plain = operand instanceof Int32 ? operand.value : operand
    return (value) => {
      if (value instanceof Int32 && typeof plain === 'number') return value.value === plain
      return isNumeric(value) && compareNumbers(value, operand) === 0
    }
  }
  const rank = rankOf(operand)
  return (value) => rankOf(value) === rank && compareValues(value, operand) === 0
}

/** `$regex`: strings that the pattern finds, and the same regular expression stored as a value. */
export function regexTest(pattern: string, options: string): ValueTest {
  const regex = compileRegex(pattern, options)
  return (value) => {
    if (typeof value === 'string') return regex.test(value)
    if (value instanceof BSONSymbol) return regex.test(value.value)
    return value instanceof BSONRegExp && value.pattern === pattern && value.options === options
  }
}

/** `$in`: equal to one of the values, null also for missing, regular expressions as patterns. */
export function membership(values: readonly Value[]): ValueTest {
  const withNull = values.some((value) => value === null)
  const patterns = values.filter((value) => value instanceof BSONRegExp)
  const regexes = patterns.map((value) => regexOf(value))
  const plain = values.filter((value) => value !== null && !(value instanceof BSONRegExp))
  const keys = new Set(plain.map((value) => keyOf(value)))
  const ranks = new Set(plain.map((value) => rankOf(value)))
  const strings = new Set(plain.filter((value) => typeof value === 'string'))
  return (value) => {
    if (value === undefined || value === null) return withNull
    if (typeof value === 'string' && strings.has(value)) return true
    if (ranks.has(rankOf(value)) && keys.has(keyOf(value))) return true
    if (patterns.length === 0) return false
    const text = value instanceof BSONSymbol ? value.value : value
    if (typeof text === 'string') return regexes.some((regex) => regex.test(text))
    return patterns.some((pattern) => equalValues(pattern, value))
  }
}

function typeCode(operand: Value): number[] {
  if (typeof operand === 'string') {
    if (operand === 'number') return [BSON.double, BSON.int, BSON.long, BSON.decimal]
    const type = typeByName(operand)
    return [type ?? fail('BadValue', `Unknown type name alias: ${operand}`)]
  }
  if (!isNumeric(operand)) return fail('TypeMismatch', 'type must be represented as a number or a string')
  const code = toNumber(operand)
  if (code === -1) return [BSON.minKey]
  if (code === 0) fail('BadValue', 'Invalid numerical type code: 0. Instead use {$exists:false}.')
  if (!Number.isInteger(code) || (code !== 127 && (code < 1 || code > 19))) {
    fail('BadValue', `Invalid numerical type code: ${show(operand)}`)
  }
  return [code]
}

/** `$type`: the value's BSON type is one of those named. */
export function typeTest(operand: Value): ValueTest {
  const list = Array.isArray(operand) ? operand : [operand]
  if (list.length === 0) fail('FailedToParse', '$type must match at least one type')
  const types = new Set(list.flatMap(typeCode))
  return (value) => value !== undefined && types.has(typeOf(value))
}

/** `$size`: an array of that many elements. */
export function sizeTest(operand: Value): ValueTest {
  if (!isNumeric(operand)) fail('BadValue', `Failed to parse $size. Expected a number in: $size: ${show(operand)}`)
  const size = toNumber(operand)
  if (!Number.isInteger(size)) {
    fail('BadValue', `Failed to parse $size. Expected an integer: $size: ${show(operand)}`)
  }
  if (size < 0) fail('BadValue', `Failed to parse $size. Expected a non-negative number in: $size: ${show(operand)}`)
  return (value) => Array.isArray(value) && value.length === size
}

/** The whole part of a number; undefined where it is none or does not fit into 64 bits. */
function truncated(value: Value | undefined): bigint | undefined {
  if (!isNumeric(value)) return undefined
  if (typeof value === 'bigint') return value
  if (value instanceof Int32) return BigInt(value.value)
  const number = toNumber(value)
  if (!Number.isFinite(number)) return undefined
  const whole = typeof value === 'number' ? BigInt(Math.trunc(number)) : truncatedDecimal(value.toString())
  return whole > MAX_LONG || whole < MIN_LONG ? undefined : whole
}

function truncatedDecimal(text: string): bigint {
  const found = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(text)
  if (!found) return 0n
  const digits = found[2]! + (found[3] ?? '')
  const point = found[2]!.length + Number(found[4] ?? 0)
  if (point <= 0) return 0n
  if (point > 40) return MAX_LONG + 1n
  const whole = BigInt(digits.slice(0, point).padEnd(point, '0'))
  return found[1] === '-' ? -whole : whole
}

/** `$mod`: [divisor, remainder], both truncated to integers; the remainder takes the sign of the value. */
export function modTest(operand: Value): ValueTest {
  if (!Array.isArray(operand)) return fail('BadValue', 'malformed mod, needs to be an array')
  if (operand.length < 2) fail('BadValue', 'malformed mod, not enough elements')
  if (operand.length > 2) fail('BadValue', 'malformed mod, too many elements')
  if (!isNumeric(operand[0])) fail('BadValue', 'malformed mod, divisor not a number')
  if (!isNumeric(operand[1])) fail('BadValue', 'malformed mod, remainder not a number')
  const divisor = truncated(operand[0]) ?? fail('BadValue', 'malformed mod, divisor value is invalid')
  const remainder = truncated(operand[1]) ?? fail('BadValue', 'malformed mod, remainder value is invalid')
  if (divisor === 0n) fail('BadValue', 'divisor cannot be 0')
  const small = Number(divisor)
  const smallRemainder = Number(remainder)
  return (value) => {
    if (value instanceof Int32 && Number.isSafeInteger(small)) return value.value % small === smallRemainder
    const whole = truncated(value)
    return whole !== undefined && whole % divisor === remainder
  }
}

/** The bit tests of the query language. */
export type BitTest = '$bitsAllSet' | '$bitsAllClear' | '$bitsAnySet' | '$bitsAnyClear'

function bitPositions(op: string, operand: Value): number[] {
  if (Array.isArray(operand)) {
    return operand.map((item) => {
      const position = isNumeric(item) ? toNumber(item) : Number.NaN
      if (!Number.isInteger(position)) fail('BadValue', `bit positions must be an integer but got: ${show(item)}`)
      if (position < 0) fail('BadValue', `bit positions must be >= 0 but got: ${show(item)}`)
      return position
    })
  }
  if (operand instanceof Binary) return setBits(operand.buffer.subarray(0, operand.position))
  if (!isNumeric(operand)) {
    return fail('BadValue', `${op} takes an Array, a number, or a BinData but received: ${show(operand)}`)
  }
  const mask = toNumber(operand)
  const whole = truncated(operand)
  if (whole === undefined || !Number.isInteger(mask))
    fail('FailedToParse', `Expected an integer: ${op}: ${show(operand)}`)
  if (whole! < 0n) fail('FailedToParse', `Expected a non-negative number in: ${op}: ${show(operand)}`)
  const positions: number[] = []
  for (let position = 0; position < 64; position++) if ((whole! >> BigInt(position)) & 1n) positions.push(position)
  return positions
}

function setBits(bytes: Uint8Array): number[] {
  return [...bytes].flatMap((byte, index) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (byte >> bit) & 1).map((bit) => index * 8 + bit),
  )
}

function integerForBits(value: Value | undefined): bigint | undefined {
  if (typeof value === 'number' && (!Number.isInteger(value) || Math.abs(value) > 2 ** 63)) return undefined
  const whole = truncated(value)
  return whole !== undefined && equalValues(whole, value) ? whole : undefined
}

/** `$bitsAllSet` and its kin, on integers (sign-extended) and binary data. */
export function bitTest(op: BitTest, operand: Value): ValueTest {
  const positions = bitPositions(op, operand)
  const wantSet = op === '$bitsAllSet' || op === '$bitsAnySet'
  const all = op === '$bitsAllSet' || op === '$bitsAllClear'
  return (value) => {
    let isSet: (position: number) => boolean
    if (value instanceof Binary) {
      isSet = (at) => at < value.position * 8 && ((value.buffer[at >> 3]! >> (at & 7)) & 1) === 1
    } else {
      const whole = integerForBits(value)
      if (whole === undefined) return false
      isSet = (at) => ((whole >> BigInt(Math.min(at, 63))) & 1n) === 1n
    }
    return all ? positions.every((at) => isSet(at) === wantSet) : positions.some((at) => isSet(at) === wantSet)
  }
}

/** Whether a value is a document of operators such as `{ $gt: 1 }`; a reference (`$ref`, `$id`) is a plain value. */
export function isOperators(value: Value | undefined): boolean {
  if (!isDoc(value)) return false
  const [first] = value.keys()
  return first?.startsWith('$') === true && first !== '$ref' && first !== '$id' && first !== '$db'
}
