import { type Weights, weigh } from './weights.ts'

const SLOTS = 8192
const MOST = SLOTS / 2
const grams = new Uint32Array(SLOTS)
const own = new Float32Array(SLOTS)
const others = new Float32Array(SLOTS)
const used = new Uint16Array(MOST)
let count = 0

/** Adds a letter group of the text at hand and gives its weight in the article (0 when the article lacks it); groups beyond some four thousand are only looked up. */
export function addGram(gram: number, weight: number, article: Weights): number {
  let slot = (gram ^ (gram >>> 15)) & (SLOTS - 1)
  for (;;) {
    const there = grams[slot]!
    if (there === gram) {
      own[slot]! += weight
      return others[slot]!
    }
    if (there === 0) break
    slot = (slot + 1) & (SLOTS - 1)
  }
  const other = weigh(article, gram)
  if (count === MOST) return other
  grams[slot] = gram
  own[slot] = weight
  others[slot] = other
  used[count++] = slot
  return other
}

/** The cosine between the square roots of the text's added groups and the article's, whose norm is given; the tally is empty afterwards. */
export function closeTally(articleNorm: number): number {
  let dot = 0
  let norm = 0
  for (let at = 0; at < count; at++) {
    const slot = used[at]!
    norm += own[slot]!
    if (others[slot]! > 0) dot += Math.sqrt(own[slot]!) * others[slot]!
    grams[slot] = 0
  }
  count = 0
  return norm > 0 && articleNorm > 0 ? dot / (Math.sqrt(norm) * articleNorm) : 0
}
