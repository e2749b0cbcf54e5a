import { compareValues } from './compare.ts'
import { fail } from './errors.ts'
import { argumentsOf, type Builder, isNullish } from './expression-types.ts'
import { type Doc, int32, isDoc, isTruthy, type Value } from './values.ts'

function comparing(holds: (order: number) => boolean): Builder {
  return (operand, scope, name) => {
    const [left, right] = argumentsOf(operand, scope, name, 2)
    return (doc) => holds(compareValues(left!(doc), right!(doc)))
  }
}

function given(named: Doc, key: string, code: number, name: string): Value {
  const value = named.get(key)
  return value === undefined ? fail(code, `Missing '${key}' parameter to ${name}`) : value
}

const $cond: Builder = (operand, scope) => {
  let parts = operand
  if (isDoc(operand)) {
    for (const key of operand.keys()) {
      if (key !== 'if' && key !== 'then' && key !== 'else') fail(17083, `Unrecognized parameter to $cond: ${key}`)
    }
    parts = ['if', 'then', 'else'].map((key, index) => given(operand, key, 17080 + index, '$cond'))
  }
  const [test, yes, no] = argumentsOf(parts, scope, '$cond', 3)
  return (doc) => (isTruthy(test!(doc)) ? yes!(doc) : no!(doc))
}

const $ifNull: Builder = (operand, scope) => {
  if (!Array.isArray(operand) || operand.length < 2) {
    const count = Array.isArray(operand) ? operand.length : 1
    fail(1257300, `$ifNull needs at least two arguments, had: ${count}`)
  }
  const choices = argumentsOf(operand, scope, '$ifNull', 2, Number.POSITIVE_INFINITY)
  const last = choices.pop()!
  return (doc) => {
    for (const choice of choices) {
      const value = choice(doc)
      if (!isNullish(value)) return value
    }
    return last(doc)
  }
}

const $switch: Builder = (operand, scope) => {
  if (!isDoc(operand)) return fail(40060, '$switch requires an object as an argument')
  for (const key of operand.keys()) {
    if (key !== 'branches' && key !== 'default') fail(40067, `$switch found an unknown argument: ${key}`)
  }
  const branches = operand.get('branches')
  if (!Array.isArray(branches)) return fail(40061, "$switch expected an array for 'branches'")
  if (branches.length === 0 && !operand.has('default')) fail(40068, '$switch requires at least one branch.')
  const compiled = branches.map((branch) => {
    if (!isDoc(branch)) return fail(40062, '$switch expected each branch to be an object')
    for (const key of branch.keys()) {
      if (key !== 'case' && key !== 'then') fail(40063, `$switch found an unknown argument to a branch: ${key}`)
    }
    const test = scope.compile(given(branch, 'case', 40064, '$switch'))
    return { test, result: scope.compile(given(branch, 'then', 40065, '$switch')) }
  })
  const fallback = operand.get('default')
  const otherwise = fallback === undefined ? undefined : scope.compile(fallback)
  return (doc) => {
    for (const { test, result } of compiled) if (isTruthy(test(doc))) return result(doc)
    if (otherwise) return otherwise(doc)
    return fail(40066, '$switch could not find a matching branch for an input, and no default was specified.')
  }
}

/** Comparison, boolean and conditional operators of the expression language. */
export const logicExpressions: Readonly<Record<string, Builder>> = {
  $eq: comparing((order) => order === 0),
  $ne: comparing((order) => order !== 0),
  $gt: comparing((order) => order > 0),
  $gte: comparing((order) => order >= 0),
  $lt: comparing((order) => order < 0),
  $lte: comparing((order) => order <= 0),
  $cmp: (operand, scope) => {
    const [left, right] = argumentsOf(operand, scope, '$cmp', 2)
    return (doc) => int32(Math.sign(compareValues(left!(doc), right!(doc))))
  },
  $and: (operand, scope) => {
    const terms = argumentsOf(operand, scope, '$and', 0, Number.POSITIVE_INFINITY)
    return (doc) => terms.every((term) => isTruthy(term(doc)))
  },
  $or: (operand, scope) => {
    const terms = argumentsOf(operand, scope, '$or', 0, Number.POSITIVE_INFINITY)
    return (doc) => terms.some((term) => isTruthy(term(doc)))
  },
  $not: (operand, scope) => {
    const [term] = argumentsOf(operand, scope, '$not', 1)
    return (doc) => !isTruthy(term!(doc))
  },
  $cond,
  $ifNull,
  $switch,
}
