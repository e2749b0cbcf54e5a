import { BSONRegExp } from 'bson'
import { fail } from './errors.ts'
import { fieldsOfExpression } from './expression-fields.ts'
import { compileExpression, type ExpressionContext } from './expressions.ts'
import { compileSchema } from './json-schema.ts'
import {
  type BitTest,
  bitTest,
  type Comparison,
  comparison,
  isOperators,
  membership,
  modTest,
  regexTest,
  sizeTest,
  typeTest,
  type ValueTest,
} from './matcher-operators.ts'
import { splitPath, walkPath } from './paths.ts'
import { type Doc, docOf, isDoc, isTruthy, type Value } from './values.ts'

/** What a filter may need besides the document. */
export interface FilterContext extends Partial<ExpressionContext> {
  /** Serves `$text`: takes its argument, gives back a test on documents. */
  text?: (query: Doc) => (doc: Doc) => boolean
}

/** Receives the index of the array element that matched, for the positional `$`. */
interface Details {
  position?: number
}

/** Tests a value that a path reached, or the document as a whole. */
type ElementTest = (value: Value | undefined, details?: Details) => boolean
type DocTest = (doc: Doc, details?: Details) => boolean

/** One condition on a path, usable on a document and, inside `$elemMatch`, on one element. */
interface Condition {
  onPath: (parts: readonly string[]) => DocTest
  onElement: ElementTest
}

/** A compiled filter that also tells which array element matched. */
export interface Matcher {
  matches: (doc: Doc) => boolean
  /** The index for the positional `$` (undefined inside: no array took part), or false where the document does not match. */
  matchWithPosition: (doc: Doc) => { position: number | undefined } | false
}

function condition(test: ElementTest, leaves: boolean): Condition {
  return {
    onPath: (parts) => {
      const [only] = parts
      if (parts.length === 1) return (doc, details) => onField(doc.get(only!), test, leaves, details)
      return (doc, details) =>
        walkPath(doc, parts, 0, leaves, (value, offset) => {
          if (!test(value, details)) return false
          if (details && offset !== undefined) details.position = offset
          return true
        })
    },
    onElement: test,
  }
}

function onField(value: Value | undefined, test: ElementTest, leaves: boolean, details: Details | undefined): boolean {
  if (leaves && Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      if (!test(value[index], details)) continue
      if (details) details.position = index
      return true
    }
  }
  return test(value, details)
}

function onValue(test: ValueTest): Condition {
  return condition(test, true)
}

function negation(conditions: readonly Condition[]): Condition {
  return {
    onPath: (parts) => {
      const tests = conditions.map((inner) => inner.onPath(parts))
      return (doc) => !tests.every((test) => test(doc))
    },
    onElement: (value) => !conditions.every((inner) => inner.onElement(value)),
  }
}

function conjunction(conditions: readonly Condition[]): Condition {
  if (conditions.length === 1) return conditions[0]!
  return {
    onPath: (parts) => allOf(conditions.map((inner) => inner.onPath(parts))),
    onElement: (value, details) => conditions.every((inner) => inner.onElement(value, details)),
  }
}

const NEVER: Condition = { onPath: () => () => false, onElement: () => false }

function allOf(tests: readonly DocTest[]): DocTest {
  const [first, second] = tests
  if (!first) return () => true
  if (!second) return first
  if (tests.length === 2) return (doc, details) => first(doc, details) && second(doc, details)
  return (doc, details) => tests.every((test) => test(doc, details))
}

function literal(operand: Value): Condition {
  return onValue(
    operand instanceof BSONRegExp ? regexTest(operand.pattern, operand.options) : comparison('$eq', operand),
  )
}

function comparisonCondition(op: Comparison, operand: Value, path: string): Condition {
  if (operand instanceof BSONRegExp && op !== '$eq') {
    fail('BadValue', `Can't have RegEx as arg to predicate over field '${path}'.`)
  }
  return onValue(comparison(op, operand))
}

function listOf(op: string, operand: Value): Value[] {
  if (!Array.isArray(operand)) return fail('BadValue', `${op} needs an array`)
  for (const item of operand) if (isOperators(item)) fail('BadValue', `cannot nest $ under ${op}`)
  return operand
}

function regexCondition(operators: Doc): Condition {
  const operand = operators.get('$regex')
  const given = operators.get('$options')
  if (given !== undefined && typeof given !== 'string') fail('BadValue', '$options has to be a string')
  if (operand instanceof BSONRegExp) {
    if (given && operand.options !== '') fail(51075, 'options set in both $regex and $options')
    return onValue(regexTest(operand.pattern, typeof given === 'string' && given !== '' ? given : operand.options))
  }
  if (typeof operand !== 'string') return fail('BadValue', '$regex has to be a string')
  return onValue(regexTest(operand, typeof given === 'string' ? given : ''))
}

function asDoc(value: Value | undefined): Doc | undefined {
  if (isDoc(value)) return value
  if (!Array.isArray(value)) return undefined
  return new Map(value.map((item, index): [string, Value] => [String(index), item]))
}

const TREE_OPERATORS = new Set(['$and', '$or', '$nor', '$where', '$expr', '$text', '$comment', '$jsonSchema'])

/** The compiler of one filter: carries its context. */
class Compiler {
  private readonly context: FilterContext

  constructor(context: FilterContext) {
    this.context = context
  }

  filter(filter: Doc): DocTest {
    const tests: DocTest[] = []
    for (const [name, operand] of filter) {
      if (name === '$comment') continue
      tests.push(name.startsWith('$') ? this.tree(name, operand) : this.field(name, operand))
    }
    return allOf(tests)
  }

  private tree(name: string, operand: Value): DocTest {
    switch (name) {
      case '$and':
        return allOf(this.branches(name, operand))
      case '$or': {
        const tests = this.branches(name, operand)
        return (doc) => tests.some((test) => test(doc))
      }
      case '$nor': {
        const tests = this.branches(name, operand)
        return (doc) => !tests.some((test) => test(doc))
      }
      case '$expr': {
        const expression = compileExpression(operand, { ...this.context, now: this.context.now ?? new Date() })
        return (doc) => isTruthy(expression(doc))
      }
      case '$text':
        return this.text(operand)
      case '$jsonSchema': {
        if (!isDoc(operand)) return fail('TypeMismatch', '$jsonSchema must be an object')
        return compileSchema(operand)
      }
      case '$where':
      case '$sampleRate':
        return fail('NotImplemented', `the query operator ${name} is not supported by this store`)
      default:
        return fail(
          'BadValue',
          `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
        )
    }
  }

  private text(operand: Value): DocTest {
    if (!isDoc(operand)) return fail('TypeMismatch', '$text expects an object')
    if (!this.context.text) return fail(27, 'text index required for $text query')
    return this.context.text(operand)
  }

  private branches(name: string, operand: Value): DocTest[] {
    if (!Array.isArray(operand)) return fail('BadValue', `${name} must be an array`)
    if (operand.length === 0) fail('BadValue', '$and/$or/$nor must be a nonempty array')
    return operand.map((branch) =>
      isDoc(branch) ? this.filter(branch) : fail('BadValue', '$or/$and/$nor entries need to be full objects'),
    )
  }

  private field(path: string, operand: Value): DocTest {
    const parts = splitPath(path)
    if (!isOperators(operand)) return literal(operand).onPath(parts)
    return allOf(this.operators(operand as Doc, path).map((inner) => inner.onPath(parts)))
  }

  private operators(operators: Doc, path: string): Condition[] {
    const conditions: Condition[] = []
    for (const [op, operand] of operators) {
      const found = this.operator(op, operand, operators, path)
      if (found) conditions.push(found)
    }
    return conditions
  }

  private operator(op: string, operand: Value, all: Doc, path: string): Condition | undefined {
    switch (op) {
      case '$eq':
      case '$gt':
      case '$gte':
      case '$lt':
      case '$lte':
        return comparisonCondition(op, operand, path)
      case '$ne':
        if (operand instanceof BSONRegExp) fail('BadValue', "Can't have regex as arg to $ne.")
        return negation([onValue(comparison('$eq', operand))])
      case '$in':
        return onValue(membership(listOf(op, operand)))
      case '$nin':
        return negation([onValue(membership(listOf(op, operand)))])
      case '$not':
        return this.not(operand, path)
      case '$exists': {
        const exists = condition((value) => value !== undefined, true)
        return isTruthy(operand) ? exists : negation([exists])
      }
      case '$type':
        return onValue(typeTest(operand))
      case '$all':
        return this.all(operand, path)
      case '$elemMatch':
        return this.elemMatch(operand, path)
      case '$size':
        return condition(sizeTest(operand), false)
      case '$mod':
        return onValue(modTest(operand))
      case '$regex':
        return regexCondition(all)
      case '$options':
        return all.has('$regex') ? undefined : fail('BadValue', '$options needs a $regex')
      case '$bitsAllSet':
      case '$bitsAllClear':
      case '$bitsAnySet':
      case '$bitsAnyClear':
        return onValue(bitTest(op satisfies BitTest, operand))
      case '$comment':
        return undefined
      case '$near':
      case '$nearSphere':
      case '$geoWithin':
      case '$geoIntersects':
      case '$within':
        return fail('NotImplemented', `the geospatial query operator ${op} is not supported by this store`)
      default:
        return fail('BadValue', `unknown operator: ${op}`)
    }
  }

  private not(operand: Value, path: string): Condition {
    if (operand instanceof BSONRegExp) return negation([literal(operand)])
    if (!isDoc(operand)) return fail('BadValue', '$not needs a regex or a document')
    if (operand.size === 0) fail('BadValue', '$not cannot be empty')
    return negation(this.operators(operand, path))
  }

  private all(operand: Value, path: string): Condition {
    if (!Array.isArray(operand)) return fail('BadValue', '$all needs an array')
    if (operand.length === 0) return NEVER
    const nested = isDoc(operand[0]) && operand[0].keys().next().value === '$elemMatch'
    return conjunction(
      operand.map((item) => {
        if (nested) {
          const inner = isDoc(item) && item.size === 1 ? item.get('$elemMatch') : undefined
          if (inner === undefined) fail('BadValue', '$all/$elemMatch has to be consistent')
          return this.elemMatch(inner!, path)
        }
        if (isOperators(item)) fail('BadValue', `no $ expressions in $all`)
        return literal(item)
      }),
    )
  }

  private elemMatch(operand: Value, path: string): Condition {
    if (!isDoc(operand)) return fail('BadValue', '$elemMatch needs an Object')
    const [first] = operand.keys()
    const onScalars = isOperators(operand) && !TREE_OPERATORS.has(first!)
    const test = onScalars ? conjunction(this.operators(operand, path)).onElement : this.onElementDocs(operand)
    return condition((value, details) => {
      if (!Array.isArray(value)) return false
      for (let index = 0; index < value.length; index++) {
        if (!test(value[index])) continue
        if (details) details.position = index
        return true
      }
      return false
    }, false)
  }

  private onElementDocs(filter: Doc): ElementTest {
    const test = this.filter(filter)
    return (value) => {
      const doc = asDoc(value)
      return doc !== undefined && test(doc)
    }
  }
}

/** Compiles a filter to its two forms; throws a StoreError where MongoDB refuses the filter or this store does not know the operator. */
export function compileMatcher(filter: Doc, context: FilterContext = {}): Matcher {
  const test = new Compiler(context).filter(filter)
  return {
    matches: (doc) => test(doc),
    matchWithPosition: (doc) => {
      const details: Details = {}
      return test(doc, details) ? { position: details.position } : false
    },
  }
}

/** Compiles a filter to a test on documents. */
export function compileFilter(filter: Doc, context: FilterContext = {}): (doc: Doc) => boolean {
  return compileMatcher(filter, context).matches
}

/** The test of one array element as `$pull` applies it: operators on the value itself, a document as a filter of embedded documents, else equality. */
export function compileElementFilter(operand: Value, context: FilterContext = {}): (value: Value) => boolean {
  if (isOperators(operand)) {
    const test = compileFilter(docOf(['', operand]), context)
    return (value) => test(docOf(['', value]))
  }
  if (isDoc(operand)) {
    const test = compileFilter(operand, context)
    return (value) => {
      const doc = asDoc(value)
      return doc !== undefined && test(doc)
    }
  }
  const { onElement } = literal(operand)
  return (value) => onElement(value)
}

/** The top-level fields that a filter reads, for partial decoding; undefined where it may read all of them. */
export function fieldsOfFilter(filter: Doc): Set<string> | undefined {
  const fields = new Set<string>()
  for (const [name, operand] of filter) {
    if (name === '$comment') continue
    if (name === '$and' || name === '$or' || name === '$nor') {
      if (!Array.isArray(operand)) return undefined
      for (const branch of operand) {
        const inner = isDoc(branch) ? fieldsOfFilter(branch) : undefined
        if (!inner) return undefined
        for (const field of inner) fields.add(field)
      }
    } else if (name === '$expr') {
      const read = fieldsOfExpression(operand)
      if (!read) return undefined
      for (const field of read) fields.add(field)
    } else if (name.startsWith('$')) return undefined
    else fields.add(splitPath(name)[0]!)
  }
  return fields
}
