import type { Word } from '../persian-text/index.ts'
import type { WordFeatures } from './features.ts'
import { BROAD, FIELD_COUNT, fieldName, NARROW } from './field-index.ts'

const LEAST_WEIGHT = 0.2
/** A field that is spoken of often weighs less than often: the more so the narrower it is. */
const DAMPING = { broad: 0.85, narrow: 0.5 }

/** The fields of life that a text speaks of, each with its weight, and the length of the broad and of the narrow part. */
export interface FieldProfile {
  weights: Float32Array
  broadNorm: number
  narrowNorm: number
}

/** Gathers the fields that the words of a text speak of. */
export class FieldTally {
  readonly #said = new Float32Array(FIELD_COUNT)
  #before: { word: Word; features: WordFeatures } | undefined

  /** Adds one word, and the compound that it makes with the word added before. */
  add(word: Word, features: WordFeatures, times: number): void {
    const weight = Math.max(features.weight, LEAST_WEIGHT) * times
    this.#spread(features.broad, weight)
    this.#spread(features.narrow, weight)
    if (this.#before?.features.opens) {
      const joined = this.#before.word.joined + word.joined
      this.#spread(BROAD.compound(joined), times)
      this.#spread(NARROW.compound(joined), times)
    }
    this.#before = { word, features }
  }

  #spread(fields: readonly number[], weight: number): void {
    for (const field of fields) this.#said[field]! += weight / fields.length
  }

  /** The text's profile; the tally is not to be added to afterwards. */
  profile(): FieldProfile {
    return {
      weights: this.#said,
      broadNorm: damp(this.#said, 0, BROAD.weights, DAMPING.broad),
      narrowNorm: damp(this.#said, NARROW.first, NARROW.weights, DAMPING.narrow),
    }
  }
}

function damp(said: Float32Array, first: number, weights: readonly number[], power: number): number {
  let norm = 0
  for (let at = 0; at < weights.length; at++) {
    const times = said[first + at]!
    if (times === 0) continue
    said[first + at] = weights[at]! * times ** power
    norm += said[first + at]! ** 2
  }
  return Math.sqrt(norm)
}

/** How near two texts lie by their broad and by their narrow fields: cosines, 0 to 1. */
export function kinshipOf(one: FieldProfile, other: FieldProfile): { broad: number; narrow: number } {
  const cosine = (from: number, to: number, norm: number): number => {
    if (norm === 0) return 0
    let dot = 0
    for (let field = from; field < to; field++) dot += one.weights[field]! * other.weights[field]!
    return dot / norm
  }
  return {
    broad: cosine(0, NARROW.first, one.broadNorm * other.broadNorm),
    narrow: cosine(NARROW.first, FIELD_COUNT, one.narrowNorm * other.narrowNorm),
  }
}

/** The Persian name of the broad field that a text mostly speaks of, or of the narrow one when it speaks of no broad one. */
export function mainField({ weights }: FieldProfile): string | undefined {
  const greatest = (from: number, to: number): number => {
    let best = from
    for (let field = from; field < to; field++) if (weights[field]! > weights[best]!) best = field
    return best
  }
  const broad = greatest(0, NARROW.first)
  const top = weights[broad]! > 0 ? broad : greatest(NARROW.first, FIELD_COUNT)
  return weights[top]! > 0 ? fieldName(top) : undefined
}
