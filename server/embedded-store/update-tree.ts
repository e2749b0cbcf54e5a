import { identical } from './compare.ts'
import { fail } from './errors.ts'
import { indexOfPart, splitPath } from './paths.ts'
import type { Operator, Place } from './update-operators.ts'
import { type Doc, isDoc, show, type Value } from './values.ts'

/** The furthest that an update may grow an array by padding it with nulls. */
const MAX_PADDING = 1_500_000

/** An operator at the end of its path. */
interface Leaf {
  kind: 'leaf'
  operator: Operator
}

/** The fields (or array positions, or `$`) below a path. */
interface Branch {
  kind: 'branch'
  children: Map<string, Node>
}

/** The array elements below a path: all (`$[]`, the key '') or those that a filter chooses (`$[id]`). */
interface Elements {
  kind: 'elements'
  children: Map<string, Node>
}

type Node = Leaf | Branch | Elements

/** What one application of an update knows. */
export interface Application {
  root: Doc
  id: Value | undefined
  inserting: boolean
  position: number | undefined
  filters: ReadonlyMap<string, (element: Value) => boolean>
}

function elementIdentifier(part: string): string | undefined {
  return /^\$\[(.*)\]$/.exec(part)?.[1]
}

function conflict(path: string, at: string): never {
  return fail('ConflictingUpdateOperators', `Updating the path '${path}' would create a conflict at '${at}'`)
}

function checkPath(path: string, parts: readonly string[]): void {
  if (path === '') fail('EmptyFieldName', 'An empty update path is not valid.')
  for (const [index, part] of parts.entries()) {
    if (part === '') {
      fail('EmptyFieldName', `The update path '${path}' contains an empty field name, which is not allowed.`)
    }
    if (index === 0 && (part === '$' || elementIdentifier(part) !== undefined)) {
      fail(
        'BadValue',
        `Cannot have array filter identifier or positional (i.e. '$') element in the first position in path '${path}'`,
      )
    }
    const special = part === '$' || elementIdentifier(part) !== undefined
    if (part.startsWith('$') && !special && !['$id', '$ref', '$db'].includes(part)) {
      fail(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${part}' in '${path}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      )
    }
  }
  if (parts.filter((part) => part === '$').length > 1) {
    fail('BadValue', `Too many positional (i.e. '$') elements found in path '${path}'`)
  }
}

/** Orders the names of new fields as MongoDB does: numbers by value, others by their text. */
function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  const left = indexOfPart(a)
  const right = indexOfPart(b)
  if (left !== undefined && right !== undefined) return left - right
  return a < b ? -1 : a > b ? 1 : 0
}

function merged(a: Node, b: Node, path: string): Node {
  if (a.kind === 'leaf' || b.kind === 'leaf' || a.kind !== b.kind) return conflict(path, path)
  const children = new Map(a.children)
  for (const [name, child] of b.children) {
    const other = children.get(name)
    children.set(name, other ? merged(other, child, `${path}.${name}`) : child)
  }
  return { kind: a.kind, children }
}

/** The operators of an update, arranged by the paths that they change; refuses paths that conflict (40). */
export class UpdateTree {
  private readonly root: Branch = { kind: 'branch', children: new Map() }
  /** The array filters that the paths name. */
  readonly identifiers = new Set<string>()
  /** The top-level fields that may change. */
  readonly fields = new Set<string>()

  add(path: string, operator: Operator): void {
    const parts = splitPath(path)
    checkPath(path, parts)
    this.fields.add(parts[0]!)
    let node: Branch | Elements = this.root
    for (const [index, part] of parts.entries()) {
      const identifier = elementIdentifier(part)
      if (identifier) this.identifiers.add(identifier)
      const last = index + 1 === parts.length
      const known: Node | undefined = node.children.get(identifier ?? part)
      if (known && (last || known.kind === 'leaf')) return conflict(path, parts.slice(0, index + 1).join('.'))
      if (last) {
        node.children.set(identifier ?? part, { kind: 'leaf', operator })
        return
      }
      const kind = elementIdentifier(parts[index + 1]!) === undefined ? 'branch' : 'elements'
      if (known && known.kind !== kind) return conflict(path, parts.slice(0, index + 1).join('.'))
      const next: Branch | Elements = (known as Branch | Elements | undefined) ?? { kind, children: new Map() }
      node.children.set(identifier ?? part, next)
      node = next
    }
  }

  /** Puts the fields into the order in which MongoDB changes them; call once after the last `add`. */
  close(): void {
    const arrange = (node: Node): void => {
      if (node.kind === 'leaf') return
      node.children = new Map([...node.children].sort(byName))
      for (const child of node.children.values()) arrange(child)
    }
    arrange(this.root)
  }

  /** The changed document; the same object where nothing changes. Unchanged parts are shared with the old one. */
  apply(application: Application): Doc {
    return changed(this.root, application.root, '', application) as Doc
  }
}

function changed(node: Node, value: Value | undefined, path: string, at: Application): Value | undefined {
  if (node.kind === 'leaf') {
    const next = node.operator.change(value, placeOf(path, at))
    return next !== undefined && identical(value, next) ? value : next
  }
  if (node.kind === 'elements') return changedElements(node, value, path, at)
  const children = positioned(node, path, at)
  if (isDoc(value)) return changedDoc(children, value, path, at)
  if (Array.isArray(value)) return changedArray(children, value, path, at)
  if (value !== undefined) return blocked(children, value, path, at)
  const created = changedDoc(children, new Map(), path, at)
  return created.size === 0 ? undefined : created
}

function placeOf(field: string, { root, id, inserting }: Application): Place {
  return { field, root, id, inserting }
}

/** Resolves the positional `$` of a branch to the position that the query matched. */
function positioned(node: Branch, path: string, at: Application): ReadonlyMap<string, Node> {
  const positional = node.children.get('$')
  if (!positional) return node.children
  if (at.position === undefined) {
    fail('BadValue', 'The positional operator did not find the match needed from the query.')
  }
  const children = new Map(node.children)
  children.delete('$')
  const name = String(at.position)
  const other = children.get(name)
  children.set(name, other ? merged(other, positional, below(path, name)) : positional)
  return new Map([...children].sort(byName))
}

function below(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

function changedDoc(children: ReadonlyMap<string, Node>, doc: Doc, path: string, at: Application): Doc {
  let copy: Doc | undefined
  for (const [name, child] of children) {
    const old = doc.get(name)
    const next = changed(child, old, below(path, name), at)
    if (next === old) continue
    copy ??= new Map(doc)
    if (next === undefined) copy.delete(name)
    else copy.set(name, next)
  }
  return copy ?? doc
}

function changedArray(children: ReadonlyMap<string, Node>, array: Value[], path: string, at: Application): Value[] {
  let copy: Value[] | undefined
  for (const [name, child] of children) {
    const index = indexOfPart(name)
    if (index === undefined) {
      checkBlocked(name, child, array, path, at)
      continue
    }
    const old = (copy ?? array)[index]
    const next = changed(child, old, below(path, name), at)
    if (next === old) continue
    copy ??= [...array]
    if (index - copy.length > MAX_PADDING) {
      fail('BadValue', `can't backfill more than ${MAX_PADDING} elements`)
    }
    while (copy.length < index) copy.push(null)
    copy[index] = next ?? null
  }
  return copy ?? array
}

/** The path of the first operator that must fail because nothing can stand below a scalar, or undefined. */
function refusing(node: Node, path: string, at: Application): { path: string; creating: boolean } | undefined {
  if (node.kind !== 'leaf') {
    for (const [name, child] of node.children) {
      const found = refusing(child, below(path, name), at)
      if (found) return found
    }
    return undefined
  }
  const { blocked, change } = node.operator
  if (blocked === 'ignore') return undefined
  const creating = blocked === 'refuse creating'
  return creating && change(undefined, placeOf(path, at)) === undefined ? undefined : { path, creating }
}

/** Checks one child of a value that can have no field of that name. */
function checkBlocked(name: string, child: Node, value: Value, path: string, at: Application): void {
  const found = refusing(child, below(path, name), at)
  if (!found) return
  if (found.creating) cannotCreate(name, value, path)
  const field = path.slice(path.lastIndexOf('.') + 1)
  fail(
    'PathNotViable',
    `Cannot use the part (${name}) of (${found.path}) to traverse the element ({${field}: ${show(value)}})`,
  )
}

function cannotCreate(name: string, value: Value, path: string): never {
  const field = path.slice(path.lastIndexOf('.') + 1)
  return fail('PathNotViable', `Cannot create field '${name}' in element {${field}: ${show(value)}}`)
}

/** A path that runs into a scalar: nothing to do for operators that only remove, an error for those that create. */
function blocked(children: ReadonlyMap<string, Node>, value: Value, path: string, at: Application): Value {
  for (const [name, child] of children) checkBlocked(name, child, value, path, at)
  return value
}

function changedElements(node: Elements, value: Value | undefined, path: string, at: Application): Value | undefined {
  if (value === undefined) {
    fail('BadValue', `The path '${path}' must exist in the document in order to apply array updates.`)
  }
  if (!Array.isArray(value)) {
    const field = path.slice(path.lastIndexOf('.') + 1)
    return fail('BadValue', `Cannot apply array updates to non-array element ${field}: ${show(value)}`)
  }
  let copy: Value[] | undefined
  for (const [index, element] of value.entries()) {
    let combined: Node | undefined
    for (const [identifier, child] of node.children) {
      if (identifier !== '' && !at.filters.get(identifier)!(element)) continue
      combined = combined ? merged(combined, child, below(path, String(index))) : child
    }
    if (!combined) continue
    const next = changed(combined, element, below(path, String(index)), at)
    if (next === element) continue
    copy ??= [...value]
    copy[index] = next ?? null
  }
  return copy ?? value
}
