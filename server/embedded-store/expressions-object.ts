import { fail } from './errors.ts'
import { argumentsOf, type Builder, isNullish, namedArguments } from './expression-types.ts'
import { type Doc, docOf, isDoc, typeNameOf, type Value } from './values.ts'

/** A field's name that must be known when the expression is compiled. */
function constantField(operand: Value | undefined, name: string): string {
  const value = isDoc(operand) && operand.size === 1 ? (operand.get('$literal') ?? operand.get('$const')) : operand
  if (typeof value !== 'string' || (value === operand && value.startsWith('$'))) {
    return fail(5654602, `${name} requires 'field' to evaluate to a constant String`)
  }
  return value
}

const $getField: Builder = (operand, scope) => {
  const short = !isDoc(operand) || [...operand.keys()][0]?.startsWith('$') === true
  const named = short
    ? docOf(['field', operand], ['input', '$$CURRENT'])
    : namedArguments(operand, '$getField', ['field', 'input'])
  const field = constantField(named.get('field'), '$getField')
  const input = scope.compile(named.get('input')!)
  return (doc) => {
    const value = input(doc)
    if (isDoc(value)) return value.get(field)
    return value === null ? null : undefined
  }
}

function setField(removing: boolean): Builder {
  return (operand, scope, name) => {
    const named = namedArguments(operand, name, removing ? ['field', 'input'] : ['field', 'input', 'value'])
    const field = constantField(named.get('field'), name)
    const input = scope.compile(named.get('input')!)
    const given = removing ? () => undefined : scope.compile(named.get('value')!)
    return (doc) => {
      const base = input(doc)
      if (isNullish(base)) return null
      if (!isDoc(base)) return fail(4161105, `${name} requires 'input' to evaluate to type Object`)
      const value = given(doc)
      const result: Doc = new Map(base)
      if (value === undefined) result.delete(field)
      else result.set(field, value)
      return result
    }
  }
}

const $objectToArray: Builder = (operand, scope) => {
  const [input] = argumentsOf(operand, scope, '$objectToArray', 1)
  return (doc) => {
    const value = input!(doc)
    if (isNullish(value)) return null
    if (!isDoc(value)) return fail(40390, `$objectToArray requires a document input, found: ${typeNameOf(value)}`)
    return Array.from(value, ([k, v]) => docOf(['k', k], ['v', v]))
  }
}

/** Lays one document over another, as `$mergeObjects` does. */
export function mergeInto(target: Doc, value: Value | undefined): void {
  if (isNullish(value)) return
  if (!isDoc(value)) fail(40400, `$mergeObjects requires object inputs, but input is of type ${typeNameOf(value)}`)
  else for (const [name, inner] of value) target.set(name, inner)
}

/** The object operators of the expression language. */
export const objectExpressions: Readonly<Record<string, Builder>> = {
  $getField,
  $setField: setField(false),
  $unsetField: setField(true),
  $objectToArray,
  $mergeObjects: (operand, scope) => {
    const parts = argumentsOf(operand, scope, '$mergeObjects', 0, Number.POSITIVE_INFINITY)
    return (doc) => {
      const result: Doc = new Map()
      for (const part of parts) mergeInto(result, part(doc))
      return result
    }
  },
}
