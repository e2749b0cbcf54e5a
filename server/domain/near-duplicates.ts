import { fold } from './persian-text/index.ts'

const GRAM = 4
const BANDS = 6
const ROWS = 3
const SHORTEST = 24

/** A well-mixed 32-bit hash of text from a seed (FNV-1a, then murmur3's finalizer). */
function hash(text: string, seed: number): number {
  let value = 0x811c9dc5 ^ seed
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return mixed(value)
}

function mixed(value: number): number {
  let mix = value ^ (value >>> 16)
  mix = Math.imul(mix, 0x85ebca6b)
  mix ^= mix >>> 13
  mix = Math.imul(mix, 0xc2b2ae35)
  return (mix ^ (mix >>> 16)) >>> 0
}

/** The letters and digits of a text in one spelling: what is left when spaces, marks and signs do not count. */
export function lettersOf(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]+/gu, '')
}

/**
 * Keys of a text, the first for exactly its letters, the others shared by texts that are nearly the same: MinHash over runs
 * of four letters in six bands of three (Broder 1997), so that texts with eight tenths in common share a key almost surely
 * and texts with a quarter in common seldom. Short texts have the exact key only.
 */
export function duplicateKeys(text: string): string[] {
  const letters = lettersOf(text) || text
  const exact = `${hash(letters, 1).toString(36)}${hash(letters, 2).toString(36)}`
  if (letters.length < SHORTEST) return [`text:${exact}`]
  const least = new Uint32Array(BANDS * ROWS).fill(0xffffffff)
  for (let i = 0; i + GRAM <= letters.length; i++) {
    const gram = hash(letters.slice(i, i + GRAM), 0)
    for (let n = 0; n < least.length; n++) {
      const value = mixed(gram ^ Math.imul(n + 1, 0x9e3779b1))
      if (value < least[n]!) least[n] = value
    }
  }
  const bands = Array.from({ length: BANDS }, (_, band) => {
    const rows = [...least.subarray(band * ROWS, (band + 1) * ROWS)].join()
    return `near${band}:${hash(rows, band).toString(36)}${hash(rows, band + 7).toString(36)}`
  })
  return [`text:${exact}`, ...bands]
}
