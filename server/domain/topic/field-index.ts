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

/** The fields that a folded word, given joined and as its stem, speaks of. */
export function fieldsOf(joined: string, root: string): readonly number[] {
  return index.get(joined) ?? index.get(root) ?? []
}
