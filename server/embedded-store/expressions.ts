import { randomBytes } from 'node:crypto'
import { accumulatorExpressions } from './accumulators.ts'
import { fail } from './errors.ts'
import type { Builder, Cell, Expression, ExpressionContext, Scope } from './expression-types.ts'
import { arithmeticExpressions } from './expressions-arithmetic.ts'
import { arrayExpressions } from './expressions-array.ts'
import { conversionExpressions } from './expressions-convert.ts'
import { dateExpressions } from './expressions-date.ts'
import { logicExpressions } from './expressions-logic.ts'
import { objectExpressions } from './expressions-object.ts'
import { setExpressions } from './expressions-set.ts'
import { stringExpressions } from './expressions-string.ts'
import { textScoreOf } from './meta.ts'
import { type Doc, isDoc, show, type Value } from './values.ts'

export type { Cell, Expression, ExpressionContext } from './expression-types.ts'

/** A marker that `$$REMOVE` and missing fields share. */
const MISSING: Expression = () => undefined

const basicExpressions: Readonly<Record<string, Builder>> = {
  $literal: (operand) => () => operand,
  $const: (operand) => () => operand,
  $let: (operand, scope) => {
    const vars = isDoc(operand) ? operand.get('vars') : undefined
    const body = isDoc(operand) ? operand.get('in') : undefined
    if (!isDoc(vars)) return fail(16876, "Missing 'vars' parameter to $let")
    if (body === undefined) return fail(16877, "Missing 'in' parameter to $let")
    const cells = new Map<string, Cell>()
    const bindings = [...vars].map(([name, expression]) => {
      checkVariableName(name)
      const cell: Cell = { value: undefined }
      cells.set(name, cell)
      return { cell, expression: scope.compile(expression) }
    })
    const inside = scope.binding(cells).compile(body!)
    return (doc) => {
      const values = bindings.map(({ expression }) => expression(doc))
      for (const [index, { cell }] of bindings.entries()) cell.value = values[index]
      return inside(doc)
    }
  },
  $rand: (operand) => {
    const empty = isDoc(operand) ? operand.size === 0 : Array.isArray(operand) && operand.length === 0
    if (!empty) fail(10065, '$rand does not currently accept arguments')
    return () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48
  },
  $meta: (operand) => {
    if (operand !== 'textScore') {
      return fail('NotImplemented', `$meta: ${show(operand)} is not supported by this store; only "textScore" is`)
    }
    return (doc) => textScoreOf(doc)
  },
}

const BUILDERS = new Map<string, Builder>(
  [
    basicExpressions,
    arithmeticExpressions,
    logicExpressions,
    stringExpressions,
    arrayExpressions,
    setExpressions,
    objectExpressions,
    conversionExpressions,
    dateExpressions,
    accumulatorExpressions,
  ].flatMap((group) => Object.entries(group)),
)

/** Operators that MongoDB has and this store does not. */
const MISSING_OPERATORS = new Set([
  '$function',
  '$accumulator',
  '$median',
  '$percentile',
  '$toHashedIndexKey',
  '$binarySize',
  '$tsSecond',
  '$tsIncrement',
])

/** Refuses a name that no variable may bear. */
export function checkVariableName(name: string): void {
  if (name === '') fail('FailedToParse', 'empty variable names are not allowed')
  if (!/^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(name)) {
    fail('FailedToParse', `'${name}' starts with an invalid character for a user variable name`)
  }
}

function checkedParts(path: string): string[] {
  if (path === '') fail(16872, "'$' by itself is not a valid FieldPath")
  if (path.endsWith('.')) fail(40353, "FieldPath must not end with a '.'.")
  const parts = path.split('.')
  for (const part of parts) {
    if (part === '') fail(15998, 'FieldPath field names may not be empty strings.')
    if (part.startsWith('$')) {
      fail(16410, "FieldPath field names may not start with '$'. Consider using $getField or $setField.")
    }
    if (part.includes('\0')) fail(16411, 'FieldPath field names may not contain null bytes.')
  }
  return parts
}

/** The value at a path as expressions see it: arrays on the way give an array of what their documents hold. */
export function pathValue(value: Value | undefined, parts: readonly string[], from: number): Value | undefined {
  let current = value
  for (let index = from; index < parts.length; index++) {
    if (current instanceof Map) current = current.get(parts[index]!)
    else if (Array.isArray(current)) {
      const found: Value[] = []
      for (const element of current) {
        if (!(element instanceof Map)) continue
        const inner = pathValue(element, parts, index)
        if (inner !== undefined) found.push(inner)
      }
      return found
    } else return undefined
  }
  return current
}

function fieldExpression(path: string): Expression {
  const parts = checkedParts(path)
  const [first, second] = parts
  if (parts.length === 1) return (doc) => doc.get(first!)
  if (parts.length === 2) {
    return (doc) => {
      const outer = doc.get(first!)
      return outer instanceof Map ? outer.get(second!) : pathValue(outer, parts, 1)
    }
  }
  return (doc) => pathValue(doc, parts, 0)
}

function variableExpression(text: string, context: ExpressionContext): Expression {
  const dot = text.indexOf('.')
  const name = dot < 0 ? text : text.slice(0, dot)
  const parts = dot < 0 ? [] : checkedParts(text.slice(dot + 1))
  if (name === 'ROOT' || name === 'CURRENT') {
    return parts.length === 0 ? (doc) => doc : (doc) => pathValue(doc, parts, 0)
  }
  if (name === 'REMOVE') return MISSING
  if (name === 'NOW') {
    const { now } = context
    return () => now
  }
  const cell = context.variables?.get(name)
  if (cell) return parts.length === 0 ? () => cell.value : () => pathValue(cell.value, parts, 0)
  if (['CLUSTER_TIME', 'JS_SCOPE', 'IS_MR', 'SEARCH_META', 'USER_ROLES'].includes(name)) {
    return fail('NotImplemented', `the variable $$${name} is not supported by this store`)
  }
  return fail(17276, `Use of undefined variable: ${name}`)
}

function objectExpression(fields: Doc, scope: Scope): Expression {
  const parts = [...fields].map(([name, operand]): [string, Expression] => {
    if (name.includes('.'))
      fail(16412, `FieldPath field names may not contain '.'. Consider using $getField or $setField.`)
    if (name === '') fail(15998, 'FieldPath field names may not be empty strings.')
    if (name.startsWith('$'))
      fail(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`)
    return [name, scope.compile(operand)]
  })
  return (doc) => {
    const result: Doc = new Map()
    for (const [name, expression] of parts) {
      const value = expression(doc)
      if (value !== undefined) result.set(name, value)
    }
    return result
  }
}

function compileIn(expression: Value, scope: Scope): Expression {
  if (typeof expression === 'string') {
    if (expression.startsWith('$$')) return variableExpression(expression.slice(2), scope.context)
    return expression.startsWith('$') ? fieldExpression(expression.slice(1)) : () => expression
  }
  if (Array.isArray(expression)) {
    const items = expression.map((item) => scope.compile(item))
    return (doc) => items.map((item) => item(doc) ?? null)
  }
  if (!isDoc(expression)) return () => expression
  const [name] = expression.keys()
  if (!name?.startsWith('$')) return objectExpression(expression, scope)
  if (expression.size > 1) {
    fail(15983, `An object representing an expression must have exactly one field: ${show(expression)}`)
  }
  const builder = BUILDERS.get(name)
  if (builder) return builder(expression.get(name)!, scope, name)
  if (MISSING_OPERATORS.has(name)) {
    return fail('NotImplemented', `the expression operator ${name} is not supported by this store`)
  }
  return fail('InvalidPipelineOperator', `Unrecognized expression '${name}'`)
}

/** The outermost scope of an expression. */
export function scopeOf(context: ExpressionContext): Scope {
  const scope: Scope = {
    context,
    compile: (expression) => compileIn(expression, scope),
    binding: (cells) => scopeOf({ ...context, variables: new Map([...(context.variables ?? []), ...cells]) }),
  }
  return scope
}

/** Compiles an aggregation expression; throws MongoDB's error for an operator that does not exist or that this store does not know. */
export function compileExpression(expression: Value, context: ExpressionContext): Expression {
  return compileIn(expression, scopeOf(context))
}

/** The variables of a command's `let`, evaluated without a document. */
export function variablesOf(definitions: Doc, context: ExpressionContext): Map<string, Cell> {
  const cells = new Map<string, Cell>(context.variables)
  const none: Doc = new Map()
  for (const [name, expression] of definitions) {
    checkVariableName(name)
    cells.set(name, { value: compileExpression(expression, { ...context, variables: cells })(none) ?? null })
  }
  return cells
}
