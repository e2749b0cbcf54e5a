import { fail } from './errors.ts'
import { type Doc, isDoc, show, type Value } from './values.ts'

/** A variable of the expression language: whoever binds it writes its value before the body runs. */
export interface Cell {
  value: Value | undefined
}

/** What an expression may look up besides the document. */
export interface ExpressionContext {
  now: Date
  variables?: ReadonlyMap<string, Cell>
}

/** A compiled expression; a missing result is undefined. */
export type Expression = (doc: Doc) => Value | undefined

/** Compiles the parts of an expression, knowing the variables that are bound around it. */
export interface Scope {
  context: ExpressionContext
  compile: (expression: Value) => Expression
  /** A scope inside this one, with further variables. */
  binding: (cells: ReadonlyMap<string, Cell>) => Scope
}

/** Compiles one operator from its operand. */
export type Builder = (operand: Value, scope: Scope, name: string) => Expression

export function isNullish(value: Value | undefined): value is null | undefined {
  return value === undefined || value === null
}

/** The compiled arguments of an operator that takes a list; a single argument may stand without brackets. */
export function argumentsOf(operand: Value, scope: Scope, name: string, least: number, most = least): Expression[] {
  const list = Array.isArray(operand) ? operand : [operand]
  if (list.length < least || list.length > most) {
    if (least === most) {
      fail(16020, `Expression ${name} takes exactly ${least} arguments. ${list.length} were passed in.`)
    }
    fail(
      28667,
      `Expression ${name} takes at least ${least} arguments, and at most ${most}, but ${list.length} were passed in.`,
    )
  }
  return list.map((item) => scope.compile(item))
}

/** The named arguments of an operator that takes a document; refuses unknown names and missing required ones. */
export function namedArguments(
  operand: Value,
  name: string,
  required: readonly string[],
  optional: readonly string[] = [],
): Doc {
  if (!isDoc(operand))
    return fail('FailedToParse', `${name} only supports an object as its argument, found: ${show(operand)}`)
  for (const key of operand.keys()) {
    if (!required.includes(key) && !optional.includes(key)) {
      fail('FailedToParse', `Unrecognized argument to ${name}: ${key}`)
    }
  }
  for (const key of required) {
    if (!operand.has(key)) fail('FailedToParse', `Missing '${key}' parameter to ${name}`)
  }
  return operand
}

/** The compiled named argument, or undefined where it is not given. */
export function optionalArgument(named: Doc, key: string, scope: Scope): Expression | undefined {
  const operand = named.get(key)
  return operand === undefined ? undefined : scope.compile(operand)
}
