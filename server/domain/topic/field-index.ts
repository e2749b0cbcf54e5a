import { fold, stem } from '../persian-text/index.ts'
import { FIELDS } from './fields.ts'
import { THESAURUS } from './thesaurus/index.ts'

const HALF_SPACE = '\u200c'
const index = new Map<string, readonly number[]>()
const openings = new Set<string>()
const alone: readonly (readonly number[])[] = THESAURUS.map((_, field) => [field])

function put(key: string, field: number): void {
  const known = index.get(key)
  if (!known) index.set(key, alone[field]!)
  else if (!known.includes(field)) index.set(key, [...known, field])
}

const entries = THESAURUS.map(([, list]) => list.trim().split(/\s+/).map(fold))
for (const [field, list] of entries.entries())
  for (const word of list) {
    put(word.replaceAll(HALF_SPACE, ''), field)
    if (word.includes(HALF_SPACE)) openings.add(word.slice(0, word.indexOf(HALF_SPACE)))
    const root = stem(word)
    if (root.length > 2) put(root, field)
  }

/** How many fields of life the thesaurus knows. */
export const FIELD_COUNT = THESAURUS.length

/** The Persian name of a field. */
export function fieldName(field: number): string {
  return THESAURUS[field]![0]
}

const weights = entries.map((list) => (80 / list.length) ** 0.4)

/** What a field weighs: narrow fields more than broad ones, into which words fall by chance. */
export function fieldWeight(field: number): number {
  return weights[field]!
}

const NONE: readonly number[] = []
const SPOKEN_ENDINGS =
  'هاشونو هاشون هامون هاتون هاشو هامو هاتو هاش هام هات ها شونو مونو تونو شون مون تون اشو شو مو تو اش ام ات ش م ت ا و ه ی ن'.split(
    ' ',
  )

/** The word without one spoken ending, if the thesaurus knows the rest. */
function withoutEnding(joined: string): readonly number[] {
  for (const ending of SPOKEN_ENDINGS) {
    if (joined.length - ending.length < 3 || !joined.endsWith(ending)) continue
    const known = index.get(joined.slice(0, -ending.length))
    if (known) return known
  }
  return NONE
}

/** The fields that a folded word, given joined and as its stem, speaks of. */
export function fieldsOf(joined: string, root: string): readonly number[] {
  return index.get(joined) ?? index.get(root) ?? withoutEnding(joined)
}

/** Whether a folded, joined word may be the first of a compound that the thesaurus knows. */
export function opensCompound(joined: string): boolean {
  return openings.has(joined)
}

/** The fields of a compound, given as its words closed up; none when the thesaurus does not know it. */
export function fieldsOfCompound(joined: string): readonly number[] {
  return index.get(joined) ?? NONE
}

/** Whether a word, given joined and as its stem, belongs to a broad everyday field, so that it is hardly a name. */
export function isEveryday(joined: string, root: string): boolean {
  return fieldsOf(joined, root).some((field) => field < FIELDS.length)
}
