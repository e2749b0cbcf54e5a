import { compareValues, keyOf } from './compare.ts'
import { fail } from './errors.ts'
import { argumentsOf, type Builder, isNullish } from './expression-types.ts'
import { distinctValues } from './expressions-array.ts'
import { isTruthy, typeNameOf, type Value } from './values.ts'

function keysOf(array: readonly Value[]): Set<string> {
  return new Set(array.map((item) => keyOf(item)))
}

/** MongoDB gives the results of set operators in the order of the values. */
function asSet(values: Iterable<Value>): Value[] {
  return distinctValues(values).sort(compareValues)
}

function combining(code: number, combine: (arrays: Value[][]) => Value[]): Builder {
  return (operand, scope, name) => {
    const lists = argumentsOf(operand, scope, name, 0, Number.POSITIVE_INFINITY)
    return (doc) => {
      const arrays: Value[][] = []
      for (const list of lists) {
        const array = list(doc)
        if (isNullish(array)) return null
        if (!Array.isArray(array)) {
          return fail(code, `All operands of ${name} must be arrays. One argument is of type: ${typeNameOf(array)}`)
        }
        arrays.push(array)
      }
      return combine(arrays)
    }
  }
}

function intersection(arrays: Value[][]): Value[] {
  const [first = [], ...others] = arrays
  const sets = others.map(keysOf)
  return asSet(first.filter((item) => sets.every((set) => set.has(keyOf(item)))))
}

function pairOfArrays(
  values: (Value | undefined)[],
  name: string,
  codes: readonly [number, number],
): [Value[], Value[]] {
  const [a, b] = values
  if (!Array.isArray(a))
    return fail(codes[0], `both operands of ${name} must be arrays. First argument is of type: ${typeNameOf(a)}`)
  if (!Array.isArray(b))
    return fail(codes[1], `both operands of ${name} must be arrays. Second argument is of type: ${typeNameOf(b)}`)
  return [a, b]
}

const $setDifference: Builder = (operand, scope) => {
  const lists = argumentsOf(operand, scope, '$setDifference', 2)
  return (doc) => {
    const values = lists.map((list) => list(doc))
    if (values.some(isNullish)) return null
    const [a, b] = pairOfArrays(values, '$setDifference', [17048, 17049])
    const without = keysOf(b)
    return distinctValues(a.filter((item) => !without.has(keyOf(item))))
  }
}

const $setIsSubset: Builder = (operand, scope) => {
  const lists = argumentsOf(operand, scope, '$setIsSubset', 2)
  return (doc) => {
    const [a, b] = pairOfArrays(
      lists.map((list) => list(doc)),
      '$setIsSubset',
      [17046, 17042],
    )
    const within = keysOf(b)
    return a.every((item) => within.has(keyOf(item)))
  }
}

const $setEquals: Builder = (operand, scope) => {
  const lists = argumentsOf(operand, scope, '$setEquals', 2, Number.POSITIVE_INFINITY)
  return (doc) => {
    const sets = lists.map((list) => {
      const array = list(doc)
      if (!Array.isArray(array)) {
        return fail(17044, `All operands of $setEquals must be arrays. One argument is of type: ${typeNameOf(array)}`)
      }
      return keysOf(array)
    })
    return sets.every((set) => set.size === sets[0]!.size && [...set].every((key) => sets[0]!.has(key)))
  }
}

function elements(code: number, test: (array: Value[]) => boolean): Builder {
  return (operand, scope, name) => {
    const [list] = argumentsOf(operand, scope, name, 1)
    return (doc) => {
      const array = list!(doc)
      if (!Array.isArray(array)) return fail(code, `${name}'s argument must be an array, but is ${typeNameOf(array)}`)
      return test(array)
    }
  }
}

/** The set operators of the expression language. */
export const setExpressions: Readonly<Record<string, Builder>> = {
  $setUnion: combining(17043, (arrays) => asSet(arrays.flat())),
  $setIntersection: combining(17047, intersection),
  $setDifference,
  $setIsSubset,
  $setEquals,
  $anyElementTrue: elements(17041, (array) => array.some(isTruthy)),
  $allElementsTrue: elements(17040, (array) => array.every(isTruthy)),
}
