import type { Word } from '../persian-text/index.ts'
import type { WordFeatures } from './features.ts'
import { type Continuations, FIRST_NARROW, fieldName, fieldWeight } from './field-index.ts'

const LEAST_WEIGHT = 0.2
/** A field that is spoken of often weighs less than often: the more so the narrower it is. */
const DAMPING = { broad: 0.85, narrow: 0.5 }

/** The fields of life that a text speaks of, each with its weight, and the length of the broad and of the narrow part. */
export interface FieldProfile {
  weights: ReadonlyMap<number, number>
  broadNorm: number
  narrowNorm: number
}

/** Gathers the fields that the words of a text speak of. */
export class FieldTally {
  readonly #said = new Map<number, number>()
  /** What may complete a compound that began one or two words before. */
  #open: (Continuations | undefined)[] = []

  /** Adds one word, and the compounds that it makes with the one or two words added before. */
  add(word: Word, features: WordFeatures, times: number): void {
    const weight = Math.max(features.weight, LEAST_WEIGHT) * times
    this.#spread(features.broad, weight)
    this.#spread(features.narrow, weight)
    const open: (Continuations | undefined)[] = [features.next]
    for (const continuations of this.#open) {
      const found = continuations?.get(word.joined)
      if (!found) continue
      this.#spread(found.fields, times)
      open.push(found.next)
    }
    this.#open = open
  }

  #spread(fields: readonly number[], weight: number): void {
    for (const field of fields) this.#said.set(field, (this.#said.get(field) ?? 0) + weight / fields.length)
  }

  /** The text's profile; the tally is not to be added to afterwards. */
  profile(): FieldProfile {
    let broad = 0
    let narrow = 0
    for (const [field, times] of this.#said) {
      const isBroad = field < FIRST_NARROW
      const weight = fieldWeight(field) * times ** (isBroad ? DAMPING.broad : DAMPING.narrow)
      this.#said.set(field, weight)
      if (isBroad) broad += weight * weight
      else narrow += weight * weight
    }
    return { weights: this.#said, broadNorm: Math.sqrt(broad), narrowNorm: Math.sqrt(narrow) }
  }
}

/** How near a text lies to an article by their broad and by their narrow fields: cosines, 0 to 1. */
export function kinshipOf(text: FieldProfile, article: FieldProfile): { broad: number; narrow: number } {
  let broad = 0
  let narrow = 0
  for (const [field, weight] of text.weights) {
    const other = article.weights.get(field)
    if (other === undefined) continue
    if (field < FIRST_NARROW) broad += weight * other
    else narrow += weight * other
  }
  return {
    broad: broad && broad / (text.broadNorm * article.broadNorm),
    narrow: narrow && narrow / (text.narrowNorm * article.narrowNorm),
  }
}

/** The Persian name of the broad field that a text mostly speaks of, or of the narrow one when it speaks of no broad one. */
export function mainField({ weights }: FieldProfile): string | undefined {
  const spoken = [...weights]
  const broad = spoken.filter(([field]) => field < FIRST_NARROW)
  const [top] = (broad.length > 0 ? broad : spoken).sort((a, b) => b[1] - a[1])
  return top && fieldName(top[0])
}
