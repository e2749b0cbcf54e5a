import type { Decimal128 } from 'bson'

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
  return signA * compareSizes(a, b)
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
