import { compareValues } from './compare.ts'
import { fail } from './errors.ts'
import { type Key, keysOfDoc } from './key-paths.ts'
import { textScoreOf } from './meta.ts'
import { splitPath } from './paths.ts'
import { type Doc, isDoc, isNumeric, show, toNumber, type Value } from './values.ts'

interface Part {
  /** Undefined for `$meta: "textScore"`. */
  parts: readonly string[] | undefined
  descending: boolean
}

/** A compiled sort: the key of each document is drawn once, then keys are compared. */
export interface Sorter {
  keyOf: (doc: Doc) => Key
  compareKeys: (a: Key, b: Key) => number
  compare: (a: Doc, b: Doc) => number
}

function partOf(path: string, order: Value): Part {
  if (isDoc(order)) {
    const meta = order.get('$meta')
    if (order.size !== 1 || typeof meta !== 'string')
      fail(17312, '$meta is the only expression supported by $sort right now')
    if (meta !== 'textScore') fail('NotImplemented', `sorting by $meta: ${show(meta)} is not supported by this store`)
    return { parts: undefined, descending: true }
  }
  const direction = isNumeric(order) ? toNumber(order) : 0
  if (direction !== 1 && direction !== -1) {
    fail(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)')
  }
  if (path === '') fail('BadValue', 'FieldPath cannot be constructed with empty string')
  const parts = splitPath(path)
  if (parts.includes('')) fail(15998, 'FieldPath field names may not be empty strings.')
  if (path.startsWith('$'))
    fail(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`)
  return { parts, descending: direction === -1 }
}

function parallel(): never {
  return fail('BadValue', 'cannot sort with keys that are parallel arrays')
}

/** Compiles a sort specification: ascending takes the least element of an array, descending the greatest; missing counts as null, an empty array stands below. */
export function compileSort(specification: Doc): Sorter {
  if (specification.size === 0) fail(15976, '$sort stage must have at least one sort key')
  if (specification.size > 32) fail(13103, 'too many keys to sort by')
  const parts = [...specification].map(([path, order]) => partOf(path, order))
  const paths = parts.map((part) => part.parts ?? [])
  const fieldPlaces = parts.flatMap((part, place) => (part.parts ? [place] : []))
  const fieldPaths = fieldPlaces.map((place) => paths[place]!)
  const simple = parts.every((part) => part.parts?.length === 1)

  const compareKeys = (a: Key, b: Key): number => {
    for (let place = 0; place < parts.length; place++) {
      const order = compareValues(a[place], b[place])
      if (order !== 0) return parts[place]!.descending ? -order : order
    }
    return 0
  }

  const keyThroughArrays = (doc: Doc): Key => {
    let best: Key | undefined
    for (const fields of keysOfDoc(doc, fieldPaths, parallel)) {
      const key: Key = parts.map(() => textScoreOf(doc) ?? null)
      for (let index = 0; index < fieldPlaces.length; index++) key[fieldPlaces[index]!] = fields[index]
      if (!best || compareKeys(key, best) < 0) best = key
    }
    return best!
  }

  const keyOf = (doc: Doc): Key => {
    if (!simple) return keyThroughArrays(doc)
    const key: Key = new Array(parts.length)
    for (let place = 0; place < parts.length; place++) {
      const value = doc.get(paths[place]![0]!)
      if (Array.isArray(value)) return keyThroughArrays(doc)
      key[place] = value ?? null
    }
    return key
  }

  return { keyOf, compareKeys, compare: (a, b) => compareKeys(keyOf(a), keyOf(b)) }
}

interface Entry<T> {
  key: Key
  item: T
  arrival: number
}

/** The documents in order; with a limit only the first ones are kept in memory. Equal documents keep their order. */
export function sortItems<T extends Doc>(items: Iterable<T>, sorter: Sorter, limit = Number.POSITIVE_INFINITY): T[] {
  const order = (a: Entry<T>, b: Entry<T>) => sorter.compareKeys(a.key, b.key) || a.arrival - b.arrival
  let arrival = 0
  if (limit === Number.POSITIVE_INFINITY) {
    const entries = Array.from(items, (item): Entry<T> => ({ key: sorter.keyOf(item), item, arrival: arrival++ }))
    return entries.sort(order).map(({ item }) => item)
  }
  const kept: Entry<T>[] = []
  if (limit < 1) return []
  for (const item of items) {
    const entry = { key: sorter.keyOf(item), item, arrival: arrival++ }
    if (kept.length < limit) {
      kept.push(entry)
      siftUp(kept, order)
    } else if (order(entry, kept[0]!) < 0) {
      kept[0] = entry
      siftDown(kept, order)
    }
  }
  return kept.sort(order).map(({ item }) => item)
}

/** Restores a heap whose greatest entry stands first, after one was added at its end. */
function siftUp<T>(heap: T[], order: (a: T, b: T) => number): void {
  let at = heap.length - 1
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (order(heap[at]!, heap[parent]!) <= 0) return
    ;[heap[at], heap[parent]] = [heap[parent]!, heap[at]!]
    at = parent
  }
}

function siftDown<T>(heap: T[], order: (a: T, b: T) => number): void {
  let at = 0
  for (;;) {
    let largest = at
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && order(heap[child]!, heap[largest]!) > 0) largest = child
    }
    if (largest === at) return
    ;[heap[at], heap[largest]] = [heap[largest]!, heap[at]!]
    at = largest
  }
}
