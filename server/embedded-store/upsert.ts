import { BSONRegExp, ObjectId } from 'bson'
import { fail } from './errors.ts'
import { isOperators } from './matcher-operators.ts'
import { splitPath } from './paths.ts'
import type { Updater } from './updater.ts'
import { type Doc, isDoc, type Value } from './values.ts'

function note(found: Map<string, Value>, path: string, value: Value): void {
  for (const other of found.keys()) {
    if (other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`)) {
      fail(
        54,
        `cannot infer query fields to set, ${other === path ? `path '${path}' is matched twice` : `both paths '${path}' and '${other}' are matched`}`,
      )
    }
  }
  found.set(path, value)
}

function collect(filter: Doc, found: Map<string, Value>): void {
  for (const [name, operand] of filter) {
    if (name === '$and' || (name === '$or' && Array.isArray(operand) && operand.length === 1)) {
      for (const branch of operand as Value[]) if (isDoc(branch)) collect(branch, found)
    } else if (!name.startsWith('$')) {
      const value = equalityOf(operand)
      if (value !== undefined) note(found, name, value)
    }
  }
}

/** The one value that a condition demands, if it demands one. */
function equalityOf(operand: Value): Value | undefined {
  if (operand instanceof BSONRegExp) return undefined
  if (!isOperators(operand)) return operand
  const operators = operand as Doc
  const equal = operators.get('$eq')
  if (equal !== undefined) return equal
  for (const op of ['$in', '$all']) {
    const list = operators.get(op)
    if (!Array.isArray(list) || list.length !== 1) continue
    const [only] = list
    if (!(only instanceof BSONRegExp) && !isOperators(only)) return only
  }
  return undefined
}

function place(doc: Doc, path: string, value: Value): void {
  const parts = splitPath(path)
  let current = doc
  for (const part of parts.slice(0, -1)) {
    let next = current.get(part)
    if (!isDoc(next)) {
      next = new Map()
      current.set(part, next)
    }
    current = next
  }
  current.set(parts.at(-1)!, value)
}

/** The document that an upsert inserts: equalities of the filter, then the update, with `_id` first (a new one where none is given). */
export function upsertedDoc(filter: Doc, updater: Updater): Doc {
  const found = new Map<string, Value>()
  collect(filter, found)
  const seed: Doc = new Map()
  const paths = [...found.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  for (const path of paths) {
    if (!updater.replaces || path === '_id') place(seed, path, found.get(path)!)
  }
  const updated = updater.apply(seed, { inserting: true })
  const result: Doc = new Map([['_id', updated.get('_id') ?? new ObjectId()]])
  for (const [name, value] of updated) if (name !== '_id') result.set(name, value)
  return result
}
