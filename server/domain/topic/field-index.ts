import { fold, stem } from '../persian-text/index.ts'
import { FIELDS } from './fields.ts'

const index = new Map<string, number[]>()

function put(key: string, field: number): void {
  const known = index.get(key)
  if (!known) index.set(key, [field])
  else if (!known.includes(field)) known.push(field)
}

for (const [field, [, list]] of FIELDS.entries()) {
  for (const word of list.trim().split(/\s+/).map(fold)) {
    put(word.replaceAll('\u200c', ''), field)
    const root = stem(word)
    if (root.length > 2) put(root, field)
  }
}

/** How many fields of life the thesaurus knows. */
export const FIELD_COUNT = FIELDS.length

/** The Persian name of a field. */
export function fieldName(field: number): string {
  return FIELDS[field]![0]
}

const weights = FIELDS.map(([, list]) => (80 / list.trim().split(/\s+/).length) ** 0.4)

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
