import type { Doc, Value } from './values.ts'

/** Visits one value that a path reaches; `offset` is the index of the outermost array element it came through; true stops the walk. */
export type Visit = (value: Value | undefined, offset: number | undefined) => boolean

/** Splits a dotted path into its parts. */
export function splitPath(path: string): string[] {
  return path.split('.')
}

/** The array index that a path part names (`0`, `12`; not `01`), or undefined. */
export function indexOfPart(part: string): number | undefined {
  return /^(?:0|[1-9]\d{0,8})$/.test(part) ? Number(part) : undefined
}

/**
 * Walks a query path as MongoDB's matcher does: through documents and the elements of arrays, with numbers also as
 * array positions. A path that runs into a scalar or a missing field yields `undefined` once; an array in the middle
 * of a path yields nothing for elements that cannot carry the rest. With `leaves`, an array at the end yields its
 * elements and then itself.
 */
export function walkPath(doc: Doc, parts: readonly string[], from: number, leaves: boolean, visit: Visit): boolean {
  let current: Doc = doc
  let index = from
  for (;;) {
    const value = current.get(parts[index]!)
    const last = index + 1 === parts.length
    if (Array.isArray(value)) {
      if (!last) return walkArray(value, parts, index + 1, leaves, visit)
      return leaves ? visitLeaves(value, visit) : visit(value, undefined)
    }
    if (last) return visit(value, undefined)
    if (!(value instanceof Map)) return visit(undefined, undefined)
    current = value
    index++
  }
}

function visitLeaves(array: Value[], visit: Visit): boolean {
  for (let index = 0; index < array.length; index++) {
    if (visit(array[index], index)) return true
  }
  return visit(array, undefined)
}

function walkArray(array: Value[], parts: readonly string[], index: number, leaves: boolean, visit: Visit): boolean {
  const position = indexOfPart(parts[index]!)
  const last = index + 1 === parts.length
  for (let at = 0; at < array.length; at++) {
    const element = array[at]!
    if (element instanceof Map) {
      if (walkPath(element, parts, index, leaves, (value) => visit(value, at))) return true
      if (position !== at) continue
      if (last) {
        if (visit(element, at)) return true
      } else if (walkPath(element, parts, index + 1, leaves, visit)) return true
    } else if (position === at) {
      if (last) {
        if (visit(element, undefined)) return true
      } else if (Array.isArray(element) && walkArray(element, parts, index + 1, leaves, visit)) return true
    }
  }
  return false
}
