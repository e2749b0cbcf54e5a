import { fold, stem } from '../persian-text/index.ts'
import { FIELDS } from './fields.ts'
import { THESAURUS } from './thesaurus/index.ts'

/** Numbers of the fields that a word speaks of: the broad everyday ones and the narrow ones of the thesaurus. */
export interface SpokenFields {
  broad: readonly number[]
  narrow: readonly number[]
}

const HALF_SPACE = '\u200c'
const ALL = [...FIELDS, ...THESAURUS]
const entries = ALL.map(([, list]) => list.trim().split(/\s+/).map(fold))
const alone: readonly (readonly number[])[] = ALL.map((_, field) => [field])
const index = new Map<string, readonly number[]>()

/** What follows the beginning of a compound: by the next word, the fields of what is complete with it and what may follow still. */
export type Continuations = Map<string, { fields: number[]; next: Continuations | undefined }>

const beginnings: Continuations = new Map()

function put(key: string, field: number): void {
  const known = index.get(key)
  if (!known) index.set(key, alone[field]!)
  else if (!known.includes(field)) index.set(key, [...known, field])
}

function putCompound(parts: readonly string[], field: number): void {
  let at: Continuations = beginnings
  for (const [place, part] of parts.entries()) {
    const found = at.get(part) ?? { fields: [], next: undefined }
    at.set(part, found)
    if (place === parts.length - 1) {
      found.fields.push(field)
      return
    }
    found.next ??= new Map()
    at = found.next
  }
}

for (const [field, list] of entries.entries())
  for (const word of list) {
    put(word.replaceAll(HALF_SPACE, ''), field)
    if (word.includes(HALF_SPACE)) putCompound(word.split(HALF_SPACE), field)
    const root = stem(word)
    if (root.length > 2) put(root, field)
  }

/** The number of the first narrow field; those before it are broad. */
export const FIRST_NARROW = FIELDS.length

/** The Persian name of a field. */
export function fieldName(field: number): string {
  return ALL[field]![0]
}

const weights = Float32Array.from(entries, (list) => (80 / list.length) ** 0.4)

/** What a field weighs: one of few words more than one of many, into which words fall by chance. */
export function fieldWeight(field: number): number {
  return weights[field]!
}

const NONE: readonly number[] = []
const SPOKEN_ENDINGS =
  'هاشونو هاشون هامون هاتون هاشو هامو هاتو هاش هام هات ها شونو مونو تونو شون مون تون اشو شو مو تو اش ام ات ش م ت ا و ه ی ن'.split(
    ' ',
  )

/** The word without one spoken ending, if we know the rest. */
function withoutEnding(joined: string): readonly number[] {
  for (const ending of SPOKEN_ENDINGS) {
    if (joined.length - ending.length < 3 || !joined.endsWith(ending)) continue
    const known = index.get(joined.slice(0, -ending.length))
    if (known) return known
  }
  return NONE
}

/** The fields that a folded word, given joined and as its stem, speaks of. */
export function fieldsOf(joined: string, root: string): SpokenFields {
  const whole = index.get(joined) ?? NONE
  const stemmed = root === joined ? NONE : (index.get(root) ?? NONE)
  const known = whole.length + stemmed.length > 0 ? [whole, stemmed] : [withoutEnding(joined)]
  const pick = (wanted: (field: number) => boolean): readonly number[] =>
    known.map((fields) => fields.filter(wanted)).find((fields) => fields.length > 0) ?? NONE
  return { broad: pick((field) => field < FIRST_NARROW), narrow: pick((field) => field >= FIRST_NARROW) }
}

/** What may follow a folded, joined word to make a compound that we know; undefined when nothing may. */
export function continuationsOf(joined: string): Continuations | undefined {
  return beginnings.get(joined)?.next
}

/** Whether a word, given joined and as its stem, belongs to a broad everyday field, so that it is hardly a name. */
export function isEveryday(joined: string, root: string): boolean {
  return fieldsOf(joined, root).broad.length > 0
}
