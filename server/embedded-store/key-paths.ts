import { indexOfPart } from './paths.ts'
import type { Doc, Value } from './values.ts'

/** One compound key: a value a path; null for a missing field, undefined for an empty array. */
export type Key = (Value | undefined)[]

interface Found {
  value: Value | undefined
  /** The array that stopped the walk, and the part of the path after it. */
  array?: Value[]
  rest: number
}

function find(doc: Doc, parts: readonly string[], from: number): Found {
  let current: Doc = doc
  for (let index = from; ; index++) {
    const value = current.get(parts[index]!)
    const rest = index + 1
    if (Array.isArray(value)) return { value, array: value, rest }
    if (rest === parts.length) return { value: value ?? null, rest }
    if (!(value instanceof Map)) return { value: null, rest }
    current = value
  }
}

interface Field {
  parts: readonly string[]
  from: number
  place: number
}

/** Follows a path through an array position such as `a.0`, as far as it names one. */
function resolved(doc: Doc, field: Field): Found {
  let found = find(doc, field.parts, field.from)
  while (found.array && found.rest < field.parts.length) {
    const position = indexOfPart(field.parts[found.rest]!)
    if (position === undefined) return found
    const element = found.array[position]
    const rest = found.rest + 1
    if (Array.isArray(element)) found = { value: element, array: element, rest }
    else if (rest === field.parts.length) return { value: element ?? null, rest }
    else if (element instanceof Map) found = find(element, field.parts, rest)
    else return { value: null, rest }
  }
  return found
}

function expand(doc: Doc, fields: readonly Field[], key: Key, out: Key[], parallel: () => never): void {
  const waiting: { field: Field; rest: number }[] = []
  let array: Value[] | undefined
  for (const field of fields) {
    const found = resolved(doc, field)
    if (!found.array) {
      key[field.place] = found.value
      continue
    }
    if (array && array !== found.array) parallel()
    array = found.array
    waiting.push({ field, rest: found.rest })
  }
  if (!array) {
    out.push(key.slice())
    return
  }
  const leaves = waiting.filter(({ field, rest }) => rest === field.parts.length)
  const deeper = waiting
    .filter(({ field, rest }) => rest < field.parts.length)
    .map(({ field, rest }) => ({ ...field, from: rest }))
  const elements: (Value | undefined)[] = array.length === 0 ? [undefined] : array
  for (const element of elements) {
    for (const { field } of leaves) key[field.place] = element
    if (element instanceof Map && deeper.length > 0) {
      expand(element, deeper, key, out, parallel)
    } else {
      for (const field of deeper) key[field.place] = null
      out.push(key.slice())
    }
  }
}

/** Every compound key of a document: arrays give one key an element; two arrays side by side call `parallel`, which throws. */
export function keysOfDoc(doc: Doc, paths: readonly (readonly string[])[], parallel: () => never): Key[] {
  const out: Key[] = []
  const fields = paths.map((parts, place) => ({ parts, from: 0, place }))
  expand(doc, fields, new Array<Value>(paths.length).fill(null), out, parallel)
  return out
}
