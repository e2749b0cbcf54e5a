import { compareValues, identical } from './compare.ts'
import { fail } from './errors.ts'
import { compileFilter, type FilterContext } from './matcher.ts'
import { compileDocStages } from './pipeline-update.ts'
import { operatorOf, renameOperators } from './update-operators.ts'
import { type Application, UpdateTree } from './update-tree.ts'
import { type Doc, docOf, isDoc, show, typeNameOf, type Value } from './values.ts'

/** What an update needs besides itself: the moment for `$currentDate` and `$$NOW`, filters for `$[id]`, variables. */
export interface UpdateContext extends FilterContext {
  now: Date
  arrayFilters?: readonly Value[]
}

/** How one document is updated: the position that the query matched (for `$`), and whether an upsert inserts it. */
export interface Occasion {
  position?: number | undefined
  inserting?: boolean
}

/** A compiled update. */
export interface Updater {
  /** Whether the update replaces the document as a whole. */
  replaces: boolean
  /** The top-level fields that may change; undefined where any may. */
  fields: ReadonlySet<string> | undefined
  /** The updated document, the very same object where nothing changes; throws ImmutableField (66) where `_id` would change. */
  apply: (doc: Doc, occasion?: Occasion) => Doc
}

function isReplacement(update: Doc): boolean {
  const [first] = update.keys()
  return first?.startsWith('$') !== true
}

/** Compiles an update document, a replacement or a pipeline; throws MongoDB's errors for what cannot be an update. */
export function compileUpdate(update: Value, context: UpdateContext): Updater {
  const { arrayFilters } = context
  if (Array.isArray(update)) {
    if (arrayFilters && arrayFilters.length > 0) {
      fail('FailedToParse', 'arrayFilters may not be specified for pipeline-style updates')
    }
    const change = compileDocStages(update, context)
    return { replaces: false, fields: undefined, apply: (doc) => settled(doc, change(doc)) }
  }
  if (!isDoc(update)) return fail('FailedToParse', 'Update argument must be either an object or an array')
  if (isReplacement(update)) {
    if (arrayFilters && arrayFilters.length > 0) {
      fail('FailedToParse', 'arrayFilters may not be specified for replacement-style updates')
    }
    return replacement(update)
  }
  return modifiers(update, context)
}

function replacement(update: Doc): Updater {
  for (const name of update.keys()) {
    if (name.startsWith('$')) {
      fail(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      )
    }
  }
  return { replaces: true, fields: undefined, apply: (doc) => settled(doc, update) }
}

/** Keeps `_id` first and as it was. */
function settled(before: Doc, after: Doc): Doc {
  const id = before.get('_id')
  const given = after.get('_id')
  if (id === undefined) {
    const rest: Doc = new Map(after)
    rest.delete('_id')
    return given === undefined ? rest : new Map([['_id', given], ...rest])
  }
  if (given !== undefined && compareValues(given, id) !== 0) {
    fail(
      'ImmutableField',
      `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(given)}`,
    )
  }
  const result: Doc = new Map([['_id', id]])
  for (const [name, value] of after) if (name !== '_id') result.set(name, value)
  return identical(before, result) ? before : result
}

function modifiers(update: Doc, context: UpdateContext): Updater {
  const tree = new UpdateTree()
  for (const [name, operand] of update) {
    if (!isDoc(operand)) {
      if (!name.startsWith('$')) operatorOf(name, operand, '', context)
      fail(
        'FailedToParse',
        `Modifiers operate on fields but we found type ${typeNameOf(operand)} instead. For example: {$mod: {<field>: ...}} not {${name}: ${show(operand)}}`,
      )
    }
    for (const [path, argument] of operand as Doc) {
      if (name === '$rename') {
        const { source, target } = renameOperators(path, argument)
        tree.add(path, source)
        tree.add(argument as string, target)
      } else tree.add(path, operatorOf(name, argument, path, context))
    }
    if ((operand as Doc).size === 0 && name !== '$rename') operatorOf(name, emptyOperand(name), '', context)
  }
  tree.close()
  const filters = elementFilters(context, tree.identifiers, update)
  return {
    replaces: false,
    fields: tree.fields,
    apply: (doc, { position, inserting = false } = {}) => {
      const id = doc.get('_id')
      const application: Application = { root: doc, id, inserting, position, filters }
      const after = tree.apply(application)
      checkId(id, after, inserting)
      return after
    },
  }
}

/** An operand with which every known operator compiles, so that an empty `{ $foo: {} }` is refused for its name alone. */
function emptyOperand(name: string): Value {
  if (name === '$currentDate') return true
  if (name === '$bit') return docOf(['or', 0n])
  if (name === '$pullAll') return []
  return 1
}

function checkId(id: Value | undefined, after: Doc, inserting: boolean): void {
  const now = after.get('_id')
  if (now === id || (id === undefined && inserting)) return
  if (now === undefined || id === undefined || compareValues(now, id) !== 0) {
    fail('ImmutableField', "Performing an update on the path '_id' would modify the immutable field '_id'")
  }
}

function identifierOf(filter: Doc): string | undefined {
  for (const [name, operand] of filter) {
    if (name === '$and' || name === '$or' || name === '$nor') {
      for (const branch of Array.isArray(operand) ? operand : []) {
        const found = isDoc(branch) ? identifierOf(branch) : undefined
        if (found !== undefined) return found
      }
    } else if (!name.startsWith('$')) return name.split('.')[0]!
  }
  return undefined
}

function elementFilters(context: UpdateContext, used: ReadonlySet<string>, update: Doc): Application['filters'] {
  const filters = new Map<string, (element: Value) => boolean>()
  for (const filter of context.arrayFilters ?? []) {
    if (!isDoc(filter)) return fail('TypeMismatch', 'Each array filter must be an object')
    const identifier = identifierOf(filter)
    if (identifier === undefined) {
      return fail('FailedToParse', 'Cannot use an expression without a top-level field name in arrayFilters')
    }
    if (!/^[a-z][a-zA-Z0-9]*$/.test(identifier)) {
      fail(
        'BadValue',
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${identifier}'`,
      )
    }
    if (filters.has(identifier)) {
      fail('FailedToParse', `Found multiple array filters with the same top-level field name ${identifier}`)
    }
    if (!used.has(identifier)) {
      fail(
        'FailedToParse',
        `The array filter for identifier '${identifier}' was not used in the update ${show(update)}`,
      )
    }
    const test = compileFilter(filter, context)
    filters.set(identifier, (element) => test(docOf([identifier, element])))
  }
  for (const identifier of used) {
    if (!filters.has(identifier)) {
      fail('BadValue', `No array filter found for identifier '${identifier}' in path '${pathWith(update, identifier)}'`)
    }
  }
  return filters
}

function pathWith(update: Doc, identifier: string): string {
  for (const operand of update.values()) {
    for (const path of isDoc(operand) ? operand.keys() : []) if (path.includes(`$[${identifier}]`)) return path
  }
  return ''
}
