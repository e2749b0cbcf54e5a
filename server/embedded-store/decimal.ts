import { Decimal128 } from 'bson'

/** A finite decimal: (negative ? -1 : 1) × coefficient × 10^exponent; the sign of zero is kept. */
export interface Finite {
  kind: 'finite'
  negative: boolean
  coefficient: bigint
  exponent: number
}

/** A Decimal128 taken apart. */
export type Parts = Finite | { kind: 'infinity'; negative: boolean } | { kind: 'nan' }

const BIAS = 6176
const MASK_113 = (1n << 113n) - 1n
const MAX_COEFFICIENT = 10n ** 34n - 1n

/** Takes a Decimal128 apart (IEEE 754-2008, binary integer encoding). */
export function partsOf(value: Decimal128): Parts {
  const view = new DataView(value.bytes.buffer, value.bytes.byteOffset, 16)
  const low = view.getBigUint64(0, true)
  const high = view.getBigUint64(8, true)
  const negative = high >> 63n === 1n
  const combination = Number((high >> 58n) & 31n)
  if (combination === 31) return { kind: 'nan' }
  if (combination === 30) return { kind: 'infinity', negative }
  if (combination >> 3 === 3) {
    const exponent = Number((high >> 47n) & 0x3fffn) - BIAS
    return { kind: 'finite', negative, coefficient: 0n, exponent }
  }
  const exponent = Number((high >> 49n) & 0x3fffn) - BIAS
  const coefficient = ((high & 0x1ffffffffffffn) << 64n) | low
  return {
    kind: 'finite',
    negative,
    coefficient: coefficient > MAX_COEFFICIENT ? 0n : coefficient & MASK_113,
    exponent,
  }
}

const POWERS: bigint[] = []

/** 10^n as an integer. */
export function power10(n: number): bigint {
  if (n < 400) {
    POWERS[n] ??= 10n ** BigInt(n)
    return POWERS[n]!
  }
  return 10n ** BigInt(n)
}

/** The exact value of a finite double as a decimal. */
export function partsOfDouble(value: number): Parts {
  if (Number.isNaN(value)) return { kind: 'nan' }
  if (!Number.isFinite(value)) return { kind: 'infinity', negative: value < 0 }
  const negative = value < 0 || Object.is(value, -0)
  let size = Math.abs(value)
  if (Number.isInteger(size)) return { kind: 'finite', negative, coefficient: BigInt(size), exponent: 0 }
  let shift = 0
  while (!Number.isInteger(size)) {
    size *= 2
    shift++
  }
  return { kind: 'finite', negative, coefficient: BigInt(size) * 5n ** BigInt(shift), exponent: -shift }
}

/** Orders two decimals by value: NaN first, zeros alike. */
export function compareParts(a: Parts, b: Parts): number {
  if (a.kind === 'nan' || b.kind === 'nan') return a.kind === b.kind ? 0 : a.kind === 'nan' ? -1 : 1
  const signA = signOf(a)
  const signB = signOf(b)
  if (signA !== signB) return signA < signB ? -1 : 1
  if (signA === 0) return 0
  return signA * compareSizes(a, b) || 0
}

function signOf(parts: Exclude<Parts, { kind: 'nan' }>): number {
  if (parts.kind === 'finite' && parts.coefficient === 0n) return 0
  return parts.negative ? -1 : 1
}

function compareSizes(a: Exclude<Parts, { kind: 'nan' }>, b: Exclude<Parts, { kind: 'nan' }>): number {
  if (a.kind === 'infinity' || b.kind === 'infinity') return a.kind === b.kind ? 0 : a.kind === 'infinity' ? 1 : -1
  let left = a.coefficient
  let right = b.coefficient
  if (a.exponent > b.exponent) left *= power10(a.exponent - b.exponent)
  else if (b.exponent > a.exponent) right *= power10(b.exponent - a.exponent)
  return left < right ? -1 : left > right ? 1 : 0
}

const NAN: Parts = { kind: 'nan' }
const MAX_EXPONENT = 6111
const MIN_EXPONENT = -6176

function digitsOf(coefficient: bigint): number {
  return coefficient === 0n ? 1 : coefficient.toString().length
}

/** Drops `count` digits, rounding half to even. */
function dropDigits(coefficient: bigint, count: number): bigint {
  if (count <= 0) return coefficient
  const unit = power10(count)
  const kept = coefficient / unit
  const rest = (coefficient % unit) * 2n
  return rest > unit || (rest === unit && kept % 2n === 1n) ? kept + 1n : kept
}

/** Brings a decimal into the range of Decimal128: 34 digits, rounded half to even; too large becomes infinite. */
function fitted(parts: Finite): Parts {
  let { coefficient, exponent } = parts
  const { negative } = parts
  const excess = Math.max(digitsOf(coefficient) - 34, MIN_EXPONENT - exponent)
  if (excess > 0) {
    coefficient = dropDigits(coefficient, excess)
    exponent += excess
    if (coefficient > MAX_COEFFICIENT) {
      coefficient /= 10n
      exponent++
    }
  }
  if (exponent > MAX_EXPONENT) {
    if (coefficient === 0n) return { kind: 'finite', negative, coefficient, exponent: MAX_EXPONENT }
    const shift = exponent - MAX_EXPONENT
    if (digitsOf(coefficient) + shift > 34) return { kind: 'infinity', negative }
    coefficient *= power10(shift)
    exponent = MAX_EXPONENT
  }
  return { kind: 'finite', negative, coefficient, exponent }
}

/** Puts a decimal together, rounding to 34 digits. */
export function decimalOf(parts: Parts): Decimal128 {
  const rounded = parts.kind === 'finite' ? fitted(parts) : parts
  const bytes = Buffer.alloc(16)
  let high = 0x7c00000000000000n
  if (rounded.kind === 'infinity') high = rounded.negative ? 0xf800000000000000n : 0x7800000000000000n
  if (rounded.kind === 'finite') {
    bytes.writeBigUInt64LE(BigInt.asUintN(64, rounded.coefficient), 0)
    high = (BigInt(rounded.exponent + BIAS) << 49n) | (rounded.coefficient >> 64n)
    if (rounded.negative) high |= 1n << 63n
  }
  bytes.writeBigUInt64LE(high, 8)
  return new Decimal128(bytes)
}

/** A double as MongoDB turns it into a decimal: fifteen significant digits. */
export function partsOfRoundedDouble(value: number): Parts {
  if (!Number.isFinite(value)) return partsOfDouble(value)
  if (value === 0) return { kind: 'finite', negative: Object.is(value, -0), coefficient: 0n, exponent: 0 }
  const [digits, power] = value.toExponential(14).split('e')
  const coefficient = BigInt(digits!.replace(/[-.]/g, ''))
  return { kind: 'finite', negative: value < 0, coefficient, exponent: Number(power) - 14 }
}

export function negated(parts: Parts): Parts {
  return parts.kind === 'nan' ? parts : { ...parts, negative: !parts.negative }
}

export function addParts(a: Parts, b: Parts): Parts {
  if (a.kind === 'nan' || b.kind === 'nan') return NAN
  if (a.kind === 'infinity' || b.kind === 'infinity') {
    if (a.kind === b.kind) return a.negative === b.negative ? a : NAN
    return a.kind === 'infinity' ? a : b
  }
  const exponent = Math.min(a.exponent, b.exponent)
  const left = a.coefficient * power10(a.exponent - exponent)
  const right = b.coefficient * power10(b.exponent - exponent)
  const sum = (a.negative ? -left : left) + (b.negative ? -right : right)
  const negative = sum < 0n || (sum === 0n && a.negative && b.negative)
  return fitted({ kind: 'finite', negative, coefficient: sum < 0n ? -sum : sum, exponent })
}

export function multiplyParts(a: Parts, b: Parts): Parts {
  if (a.kind === 'nan' || b.kind === 'nan') return NAN
  const negative = a.negative !== b.negative
  if (a.kind === 'infinity' || b.kind === 'infinity') {
    const zero = (a.kind === 'finite' && a.coefficient === 0n) || (b.kind === 'finite' && b.coefficient === 0n)
    return zero ? NAN : { kind: 'infinity', negative }
  }
  return fitted({
    kind: 'finite',
    negative,
    coefficient: a.coefficient * b.coefficient,
    exponent: a.exponent + b.exponent,
  })
}

/** The quotient of two decimals; division by zero gives infinity or NaN, as IEEE 754 has it. */
export function divideParts(a: Parts, b: Parts): Parts {
  if (a.kind === 'nan' || b.kind === 'nan') return NAN
  const negative = a.negative !== b.negative
  if (a.kind === 'infinity') return b.kind === 'infinity' ? NAN : { kind: 'infinity', negative }
  if (b.kind === 'infinity') return { kind: 'finite', negative, coefficient: 0n, exponent: MIN_EXPONENT }
  if (b.coefficient === 0n) return a.coefficient === 0n ? NAN : { kind: 'infinity', negative }
  const ideal = a.exponent - b.exponent
  if (a.coefficient === 0n) return fitted({ kind: 'finite', negative, coefficient: 0n, exponent: ideal })
  const shift = Math.max(0, 36 + digitsOf(b.coefficient) - digitsOf(a.coefficient))
  const scaled = a.coefficient * power10(shift)
  let coefficient = scaled / b.coefficient
  let exponent = ideal - shift
  if (scaled % b.coefficient !== 0n)
    return fitted({ kind: 'finite', negative, coefficient: coefficient * 10n + 1n, exponent: exponent - 1 })
  while (exponent < ideal && coefficient % 10n === 0n) {
    coefficient /= 10n
    exponent++
  }
  return fitted({ kind: 'finite', negative, coefficient, exponent })
}

/** Rounds to `place` digits after the point (negative: before it), half to even or toward zero. */
export function roundParts(parts: Parts, place: number, truncate: boolean): Parts {
  if (parts.kind !== 'finite' || -parts.exponent <= place) return parts
  const count = -parts.exponent - place
  const coefficient = truncate ? parts.coefficient / power10(count) : dropDigits(parts.coefficient, count)
  return { kind: 'finite', negative: parts.negative, coefficient, exponent: -place }
}

/** Brings a decimal to exactly `place` digits after the point, as IEEE 754's quantize does; NaN where 34 digits do not suffice. */
export function quantizedParts(parts: Parts, place: number, truncate: boolean): Parts {
  if (parts.kind !== 'finite') return parts
  if (-parts.exponent >= place) return roundParts(parts, place, truncate)
  const coefficient = parts.coefficient * power10(parts.exponent + place)
  return coefficient > MAX_COEFFICIENT ? NAN : { ...parts, coefficient, exponent: -place }
}
