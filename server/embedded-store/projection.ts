import { fail } from './errors.ts'
import { fieldsOfExpression } from './expression-fields.ts'
import { compileExpression, type Expression, type ExpressionContext } from './expressions.ts'
import { compileMatcher, fieldsOfFilter } from './matcher.ts'
import { passMeta } from './meta.ts'
import { splitPath } from './paths.ts'
import { ProjectionTree } from './projection-tree.ts'
import { type Doc, docOf, isDoc, isNumeric, type Numeric, show, toNumber, type Value } from './values.ts'

/** A compiled projection. */
export interface Projection {
  /** The projected document; `position` is that of the array element that the query matched, for `a.$`. */
  project: (doc: Doc, position?: number) => Doc
  /** Whether the projection holds a positional `$`. */
  positional: boolean
  /** The top-level fields that it reads; undefined where it reads all. */
  needs: ReadonlySet<string> | undefined
}

interface Entry {
  path: string
  kind: 'keep' | 'drop' | 'compute' | 'slice' | 'elemMatch' | 'meta' | 'positional'
  operand: Value
}

type Change = (doc: Doc, position: number | undefined) => Doc

function kindOf(path: string, operand: Value, find: boolean): Entry {
  if (typeof operand === 'boolean') return { path, kind: operand ? 'keep' : 'drop', operand }
  if (isNumeric(operand)) return { path, kind: toNumber(operand) === 0 ? 'drop' : 'keep', operand }
  if (!isDoc(operand)) return { path, kind: 'compute', operand }
  const [name] = operand.keys()
  const argument = name === undefined ? undefined : operand.get(name)
  if (name === '$meta') return { path, kind: 'meta', operand }
  if (find && name === '$elemMatch') return { path, kind: 'elemMatch', operand: argument! }
  if (find && name === '$slice' && isFindSlice(argument)) return { path, kind: 'slice', operand: argument! }
  return { path, kind: 'compute', operand }
}

function isFindSlice(operand: Value | undefined): boolean {
  if (isNumeric(operand)) return true
  return Array.isArray(operand) && operand.length === 2 && operand.every((part) => isNumeric(part))
}

function collect(specification: Doc, prefix: string, find: boolean, out: Entry[]): void {
  for (const [name, operand] of specification) {
    const path = prefix + name
    if (name === '') fail(40352, 'FieldPath cannot be constructed with empty string')
    const [firstPart] = splitPath(name)
    if (firstPart!.startsWith('$')) {
      fail(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`)
    }
    const dollar = find ? /\.\$(?:\.|$)/.exec(path) : null
    if (dollar) out.push(positionalEntry(path, dollar.index, operand))
    else if (isDoc(operand) && !([...operand.keys()][0]?.startsWith('$') === true)) {
      if (operand.size === 0) {
        fail(51270, `An empty sub-projection is not a valid value. Found empty object at path ${path}`)
      }
      collect(operand, `${path}.`, find, out)
    } else out.push(kindOf(path, operand, find))
  }
}

function positionalEntry(path: string, at: number, operand: Value): Entry {
  if (isDoc(operand)) fail(31271, 'positional projection cannot be used with an expression or sub object')
  if (typeof operand !== 'boolean' && !isNumeric(operand)) {
    fail(31308, 'positional projection cannot be used with a literal')
  }
  if (path.endsWith('.$.')) fail(31270, "Path cannot end with '.$.'")
  if (/\.\$(?:\.|$)/.test(path.slice(at + 2))) fail(31287, `Cannot use positional operator twice: ${path}`)
  const kept = typeof operand === 'boolean' ? operand : toNumber(operand as Numeric) !== 0
  if (!kept) fail(31395, 'positional projection cannot be used with exclusion')
  return { path: path.slice(0, at), kind: 'positional', operand }
}

/** Whether the entries keep fields (true) or drop them (false), where their marks say it; mixing them is an error except for `_id`. */
function markedAs(entries: readonly Entry[]): boolean | undefined {
  let keeps: boolean | undefined
  for (const { path, kind, operand } of entries) {
    if (kind === 'slice' || kind === 'meta' || kind === 'elemMatch') continue
    if (path === '_id' && (kind === 'keep' || kind === 'drop')) continue
    if (kind === 'drop') {
      if (keeps) fail(31254, `Cannot do exclusion on field ${path} in inclusion projection`)
      keeps = false
      continue
    }
    if (keeps === false) {
      if (kind !== 'compute') fail(31253, `Cannot do inclusion on field ${path} in exclusion projection`)
      if (isDoc(operand)) fail(31252, 'Cannot use expression other than $meta in exclusion projection')
      fail(31310, `Cannot use an expression ${path}: ${show(operand)} in an exclusion projection`)
    }
    keeps = true
  }
  return keeps
}

/** Whether the entries keep fields, with MongoDB's defaults where no mark says it. */
function keepsFields(entries: readonly Entry[], find: boolean): boolean {
  const marked = markedAs(entries)
  if (marked !== undefined) return marked
  const has = (kind: Entry['kind']) => entries.some((entry) => entry.kind === kind)
  const idKept = entries.some(({ path, kind }) => path === '_id' && kind === 'keep')
  if (has('slice')) return idKept
  if (has('elemMatch') || (has('meta') && !find)) return true
  return idKept
}

function elemMatchExpression(path: string, operand: Value): Expression {
  if (path.includes('.')) fail(31275, 'Cannot use $elemMatch projection on a nested field.')
  if (!isDoc(operand)) fail(31274, `elemMatch: Invalid argument, object required, but got ${show(operand)}`)
  const matcher = compileMatcher(docOf([path, docOf(['$elemMatch', operand])]))
  return (doc) => {
    const array = doc.get(path)
    if (!Array.isArray(array)) return undefined
    const found = matcher.matchWithPosition(docOf([path, array]))
    return found && found.position !== undefined ? [array[found.position]!] : undefined
  }
}

function sliceOf(operand: Value): (array: Value[]) => Value[] {
  const [skip, limit] = (Array.isArray(operand) ? operand : [undefined, operand]).map((part) =>
    isNumeric(part) ? Math.trunc(toNumber(part)) : undefined,
  )
  if (skip === undefined) return (array) => (limit! < 0 ? array.slice(limit) : array.slice(0, limit))
  if (limit! <= 0) fail(31259, `$slice limit must be positive, got ${limit}`)
  return (array) => {
    const start = skip < 0 ? Math.max(0, array.length + skip) : skip
    return array.slice(start, start + limit!)
  }
}

function sliced(value: Value, parts: readonly string[], cut: (array: Value[]) => Value[]): Value {
  if (parts.length === 0) return Array.isArray(value) ? cut(value) : value
  if (Array.isArray(value)) return value.map((item) => (isDoc(item) ? sliced(item, parts, cut) : item))
  if (!isDoc(value)) return value
  const [first, ...rest] = parts
  const inner = value.get(first!)
  return inner === undefined ? value : new Map(value).set(first!, sliced(inner, rest, cut))
}

/** The document with the first array on the path cut down to the element that the query matched. */
function narrowed(doc: Doc, parts: readonly string[], position: number | undefined): Doc {
  const [first, ...rest] = parts
  const value = doc.get(first!)
  if (Array.isArray(value)) {
    const element = position === undefined ? undefined : value[position]
    if (element === undefined) {
      fail(
        51246,
        "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
      )
    }
    return new Map(doc).set(first!, [element!])
  }
  return isDoc(value) && rest.length > 0 ? new Map(doc).set(first!, narrowed(value, rest, position)) : doc
}

function changesOf(entries: readonly Entry[]): { before: Change[]; after: Change[] } {
  const positional = entries.filter(({ kind }) => kind === 'positional')
  if (positional.length > 1) fail(31276, 'Cannot specify more than one positional projection per query.')
  return {
    before: positional.map(({ path }) => {
      const parts = splitPath(path)
      return (doc, position) => narrowed(doc, parts, position)
    }),
    after: entries
      .filter(({ kind }) => kind === 'slice')
      .map(({ path, operand }) => {
        const parts = splitPath(path)
        const cut = sliceOf(operand)
        return (doc) => sliced(doc, parts, cut) as Doc
      }),
  }
}

function needsOf(entries: readonly Entry[], keeps: boolean): Set<string> | undefined {
  if (!keeps) return undefined
  const fields = new Set(['_id'])
  for (const { path, kind, operand } of entries) {
    if (kind === 'compute') {
      const read = fieldsOfExpression(operand)
      if (!read) return undefined
      for (const field of read) fields.add(field)
    }
    fields.add(splitPath(path)[0]!)
  }
  return fields
}

function compile(specification: Doc, context: ExpressionContext, find: boolean): Projection {
  const entries: Entry[] = []
  collect(specification, '', find, entries)
  const keeps = keepsFields(entries, find)
  const tree = new ProjectionTree()
  for (const { path, kind, operand } of entries) {
    if (kind === 'elemMatch') tree.add(path, elemMatchExpression(path, operand))
    else if (kind === 'compute' || kind === 'meta') tree.add(path, compileExpression(operand, context))
    else if (kind === 'slice' || kind === 'positional') {
      if (keeps) tree.add(path, 'keep')
    } else if (path !== '_id') tree.add(path, kind)
  }
  const id = entries.find(({ path, kind }) => path === '_id' && (kind === 'keep' || kind === 'drop'))?.kind
  const computedId = entries.some(
    ({ path, kind }) => path.split('.')[0] === '_id' && kind !== 'drop' && (path !== '_id' || kind === 'compute'),
  )
  if (keeps && id !== 'drop' && !computedId) tree.add('_id', 'keep')
  if (!keeps && id === 'drop') tree.add('_id', 'drop')
  const { before, after } = changesOf(entries)
  const core = keeps ? (doc: Doc) => tree.keeping(doc) : (doc: Doc) => tree.dropping(doc)
  return {
    positional: before.length > 0,
    needs: needsOf(entries, keeps),
    project: (doc, position) => {
      let result = doc
      for (const change of before) result = change(result, position)
      result = core(result)
      for (const change of after) result = change(result, position)
      return passMeta(doc, result)
    },
  }
}

function checkPositional(specification: Doc, filter: Doc): void {
  const entries: Entry[] = []
  collect(specification, '', true, entries)
  const read = fieldsOfFilter(filter)
  for (const { path, kind } of entries) {
    if (kind !== 'positional' || !read || read.has(splitPath(path)[0]!)) continue
    fail(31277, `Positional projection '${path}.$' does not match the query document.`)
  }
  if (entries.some(({ kind }) => kind === 'positional') && entries.some(({ kind }) => kind === 'elemMatch')) {
    fail(31255, 'Cannot specify positional operator and $elemMatch.')
  }
}

/** Compiles the projection of a find (with its filter, which a positional `$` must speak of); an empty one gives the whole document. */
export function compileProjection(specification: Doc, context: ExpressionContext, filter?: Doc): Projection {
  if (specification.size === 0) return { project: (doc) => doc, positional: false, needs: undefined }
  if (filter) checkPositional(specification, filter)
  return compile(specification, context, true)
}

/** Compiles a `$project` stage. */
export function compileProject(specification: Doc, context: ExpressionContext): Projection {
  if (specification.size === 0) {
    fail(51272, 'Invalid $project :: caused by :: projection specification must have at least one field')
  }
  return compile(specification, context, false)
}

/** Compiles the fields of `$set` and `$addFields`: nested documents name nested fields. */
export function compileAddFields(specification: Doc, context: ExpressionContext): (doc: Doc) => Doc {
  if (specification.size === 0) {
    fail(40177, 'Invalid $addFields :: caused by :: specification must have at least one field')
  }
  const tree = new ProjectionTree()
  addComputed(tree, specification, '', context)
  return (doc) => passMeta(doc, tree.adding(doc))
}

function addComputed(tree: ProjectionTree, fields: Doc, prefix: string, context: ExpressionContext): void {
  for (const [name, operand] of fields) {
    if (name.startsWith('$'))
      fail(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`)
    if (name === '') fail(40352, 'FieldPath cannot be constructed with empty string')
    const nested = isDoc(operand) && operand.size > 0 && ![...operand.keys()][0]!.startsWith('$')
    if (nested) addComputed(tree, operand, `${prefix}${name}.`, context)
    else tree.add(prefix + name, compileExpression(operand, context))
  }
}

/** Compiles an `$unset` stage: one field or a list of them. */
export function compileUnset(operand: Value): (doc: Doc) => Doc {
  const names = Array.isArray(operand) ? operand : [operand]
  if (names.length === 0) fail(31119, '$unset specification must be a string or an array with at least one field')
  const tree = new ProjectionTree()
  for (const name of names) {
    if (typeof name !== 'string')
      return fail(31120, '$unset specification must be a string or an array containing only string values')
    tree.add(name, 'drop')
  }
  return (doc) => passMeta(doc, tree.dropping(doc))
}
