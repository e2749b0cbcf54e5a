import { fail } from './errors.ts'
import type { Expression } from './expression-types.ts'
import { splitPath } from './paths.ts'
import type { Doc, Value } from './values.ts'

/** What a projection does with a field: keep it, drop it, or compute it. */
export type Mark = 'keep' | 'drop' | Expression

/** The fields of one level: a mark, or a further level. */
type Level = Map<string, Mark | Level>

function isLevel(entry: Mark | Level | undefined): entry is Level {
  return entry instanceof Map
}

/** The fields that a projection names, by path; each part of a path is one level. */
export class ProjectionTree {
  private readonly top: Level = new Map()
  private computing = false

  /** Notes a path; throws where it collides with one that was noted before. */
  add(path: string, mark: Mark): void {
    const parts = splitPath(path)
    if (parts.includes('')) fail(40353, "FieldPath must not end with a '.'.")
    let level = this.top
    for (const [index, part] of parts.entries()) {
      const last = index + 1 === parts.length
      const known = level.get(part)
      if (known !== undefined && (last || !isLevel(known))) {
        const rest = parts.slice(index + 1).join('.')
        if (last) fail(31250, `Path collision at ${path}`)
        fail(31249, `Path collision at ${path} remaining portion ${rest}`)
      }
      if (last) level.set(part, mark)
      else if (isLevel(known)) level = known
      else {
        const next: Level = new Map()
        level.set(part, next)
        level = next
      }
    }
    this.computing ||= typeof mark === 'function'
  }

  /** The document with only the kept fields, in their stored order, and then the computed ones. */
  keeping(doc: Doc): Doc {
    const kept = keepIn(this.top, doc)
    return this.computing ? computeIn(this.top, kept, doc, true) : kept
  }

  /** The document without the dropped fields. */
  dropping(doc: Doc): Doc {
    const kept = dropIn(this.top, doc)
    return this.computing ? computeIn(this.top, kept, doc, true) : kept
  }

  /** The document with the computed fields set or added, all others as they were. */
  adding(doc: Doc): Doc {
    return computeIn(this.top, doc, doc, false)
  }
}

function keepIn(level: Level, doc: Doc): Doc {
  const result: Doc = new Map()
  for (const [name, value] of doc) {
    const entry = level.get(name)
    if (entry === 'keep') result.set(name, value)
    else if (isLevel(entry)) {
      const kept = keepInValue(entry, value)
      if (kept !== undefined) result.set(name, kept)
    }
  }
  return result
}

function keepInValue(level: Level, value: Value): Value | undefined {
  if (value instanceof Map) return keepIn(level, value)
  if (!Array.isArray(value)) return undefined
  const result: Value[] = []
  for (const item of value) {
    const kept = keepInValue(level, item)
    if (kept !== undefined) result.push(kept)
  }
  return result
}

function dropIn(level: Level, doc: Doc): Doc {
  const result: Doc = new Map()
  for (const [name, value] of doc) {
    const entry = level.get(name)
    if (entry === 'drop') continue
    result.set(name, isLevel(entry) ? dropInValue(entry, value) : value)
  }
  return result
}

function dropInValue(level: Level, value: Value): Value {
  if (value instanceof Map) return dropIn(level, value)
  return Array.isArray(value) ? value.map((item) => dropInValue(level, item)) : value
}

function computes(level: Level): boolean {
  for (const entry of level.values()) {
    if (typeof entry === 'function' || (isLevel(entry) && computes(entry))) return true
  }
  return false
}

/** Sets the computed fields of a level; `own` says that the document is ours to change. */
function computeIn(level: Level, doc: Doc, root: Doc, own: boolean): Doc {
  const result: Doc = own ? doc : new Map(doc)
  for (const [name, entry] of level) {
    if (typeof entry === 'function') {
      const value = entry(root)
      if (value === undefined) result.delete(name)
      else result.set(name, value)
    } else if (isLevel(entry) && computes(entry)) result.set(name, computeInValue(entry, result.get(name), root))
  }
  return result
}

function computeInValue(level: Level, value: Value | undefined, root: Doc): Value {
  if (Array.isArray(value)) return value.map((item) => computeInValue(level, item, root))
  return computeIn(level, value instanceof Map ? value : new Map(), root, false)
}
