/** The bars and gaps of Code 128, by value: widths in modules, bar first; 105 begins set C (pairs of digits), 106 ends. */
const PATTERNS =
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112'.split(
    ' ',
  )

const START_B = 104
const CODE_C = 99
const START_C = 105
const STOP = 106
const SPACE = 32

/** The values of Code 128 that spell digits: pairs in set C, and for an odd number the first digit in set B. */
function valuesOf(digits: string): number[] {
  const odd = digits.length % 2 === 1
  const pairs = (odd ? digits.slice(1) : digits).match(/\d\d/g) ?? []
  const values = pairs.map(Number)
  if (!odd) return [START_C, ...values]
  return [START_B, digits.charCodeAt(0) - SPACE, ...(values.length > 0 ? [CODE_C, ...values] : [])]
}

/**
 * The bars of Code 128 (ISO/IEC 15417) for a whole number: each with its start and width in modules; `width` is that of the whole, without quiet zones.
 * RangeError for anything but a safe whole number that is not negative.
 */
export function barcodeOf(number: number): { bars: { start: number; width: number }[]; width: number } {
  if (!Number.isSafeInteger(number) || number < 0) throw new RangeError(`no barcode for ${number}`)
  const values = valuesOf(String(number))
  const check = values.reduce((sum, value, place) => sum + value * Math.max(1, place), 0) % 103
  const bars: { start: number; width: number }[] = []
  let at = 0
  for (const value of [...values, check, STOP])
    for (const [place, width] of [...PATTERNS[value]!].map(Number).entries()) {
      if (place % 2 === 0) bars.push({ start: at, width })
      at += width
    }
  return { bars, width: at }
}
