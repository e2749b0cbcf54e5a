import { fold, stem } from '../persian-text/index.ts'
import { FIELDS, type Field } from './fields.ts'
import { THESAURUS } from './thesaurus/index.ts'

const HALF_SPACE = '\u200c'
const NONE: readonly number[] = []
const SPOKEN_ENDINGS =
  'هاشونو هاشون هامون هاتون هاشو هامو هاتو هاش هام هات ها شونو مونو تونو شون مون تون اشو شو مو تو اش ام ات ش م ت ا و ه ی ن'.split(
    ' ',
  )

/** Words and the fields that they speak of, for one kind of field; fields are numbered from `first`. */
class FieldIndex {
  readonly first: number
  readonly names: readonly string[]
  /** What each field weighs: narrow ones more than wide ones, into which words fall by chance. */
  readonly weights: readonly number[]
  readonly #fields = new Map<string, readonly number[]>()
  readonly #openings = new Set<string>()

  constructor(fields: readonly Field[], first: number) {
    this.first = first
    this.names = fields.map(([name]) => name)
    const entries = fields.map(([, list]) => list.trim().split(/\s+/).map(fold))
    this.weights = entries.map((list) => (80 / list.length) ** 0.4)
    for (const [at, list] of entries.entries()) for (const word of list) this.#put(word, [first + at])
  }

  #put(word: string, alone: readonly number[]): void {
    if (word.includes(HALF_SPACE)) this.#openings.add(word.slice(0, word.indexOf(HALF_SPACE)))
    const root = stem(word)
    for (const key of root.length > 2 ? [word.replaceAll(HALF_SPACE, ''), root] : [word.replaceAll(HALF_SPACE, '')]) {
      const known = this.#fields.get(key)
      if (!known) this.#fields.set(key, alone)
      else if (!known.includes(alone[0]!)) this.#fields.set(key, [...known, ...alone])
    }
  }

  /** The fields that a folded word, given joined and as its stem, speaks of; one spoken ending may be taken off. */
  fieldsOf(joined: string, root: string): readonly number[] {
    return this.#fields.get(joined) ?? this.#fields.get(root) ?? this.#withoutEnding(joined)
  }

  #withoutEnding(joined: string): readonly number[] {
    for (const ending of SPOKEN_ENDINGS) {
      if (joined.length - ending.length < 3 || !joined.endsWith(ending)) continue
      const known = this.#fields.get(joined.slice(0, -ending.length))
      if (known) return known
    }
    return NONE
  }

  /** Whether a folded, joined word may be the first of a compound that is known here. */
  opens(joined: string): boolean {
    return this.#openings.has(joined)
  }

  /** The fields of a compound, given as its words closed up; none when it is not known. */
  compound(joined: string): readonly number[] {
    return this.#fields.get(joined) ?? NONE
  }
}

/** The broad everyday fields. */
export const BROAD = new FieldIndex(FIELDS, 0)

/** The narrow fields of the thesaurus, numbered after the broad ones. */
export const NARROW = new FieldIndex(THESAURUS, FIELDS.length)

/** How many fields of life there are, broad and narrow. */
export const FIELD_COUNT = FIELDS.length + THESAURUS.length

/** The Persian name of a field. */
export function fieldName(field: number): string {
  return BROAD.names[field] ?? NARROW.names[field - NARROW.first]!
}

/** Whether a word, given joined and as its stem, belongs to a broad everyday field, so that it is hardly a name. */
export function isEveryday(joined: string, root: string): boolean {
  return BROAD.fieldsOf(joined, root).length > 0
}
