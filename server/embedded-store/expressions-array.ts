import { compareValues, equalValues, keyOf } from './compare.ts'
import { fail } from './errors.ts'
import {
  argumentsOf,
  type Builder,
  type Cell,
  type Expression,
  isNullish,
  namedArguments,
  optionalArgument,
} from './expression-types.ts'
import { compileSort } from './sort.ts'
import {
  type Doc,
  int32,
  isDoc,
  isNumeric,
  isTruthy,
  show,
  toInteger,
  toNumber,
  typeNameOf,
  type Value,
} from './values.ts'

function integerOf(value: Value | undefined, code: number, message: string): number {
  const number = isNumeric(value) ? toNumber(value) : Number.NaN
  return Number.isInteger(number) && Math.abs(number) <= 2_147_483_648 ? number : fail(code, message)
}

const $arrayElemAt: Builder = (operand, scope) => {
  const [list, place] = argumentsOf(operand, scope, '$arrayElemAt', 2)
  return (doc) => {
    const array = list!(doc)
    const at = place!(doc)
    if (isNullish(array) || isNullish(at)) return null
    if (!Array.isArray(array)) {
      return fail(28689, `$arrayElemAt's first argument must be an array, but is ${typeNameOf(array)}`)
    }
    const index = isNumeric(at)
      ? integerOf(at, 28691, `$arrayElemAt's second argument must be representable as a 32-bit integer: ${show(at)}`)
      : fail(28690, `$arrayElemAt's second argument must be a numeric value, but is ${typeNameOf(at)}`)
    return array[index < 0 ? array.length + index : index]
  }
}

/** `$first` and `$last` on an array. */
export function edgeOf(name: string, list: Expression, last: boolean): Expression {
  return (doc) => {
    const array = list(doc)
    if (isNullish(array)) return null
    if (!Array.isArray(array)) return fail(28689, `${name}'s argument must be an array, but is ${typeNameOf(array)}`)
    return array[last ? array.length - 1 : 0]
  }
}

const $concatArrays: Builder = (operand, scope) => {
  const lists = argumentsOf(operand, scope, '$concatArrays', 0, Number.POSITIVE_INFINITY)
  return (doc) => {
    const result: Value[] = []
    for (const list of lists) {
      const array = list(doc)
      if (isNullish(array)) return null
      if (!Array.isArray(array)) return fail(28664, `$concatArrays only supports arrays, not ${typeNameOf(array)}`)
      for (const item of array) result.push(item)
    }
    return result
  }
}

const $slice: Builder = (operand, scope) => {
  const [list, first, second] = argumentsOf(operand, scope, '$slice', 2, 3)
  return (doc) => {
    const array = list!(doc)
    const a = first!(doc)
    const b = second?.(doc)
    if (isNullish(array) || isNullish(a) || (second && isNullish(b))) return null
    if (!Array.isArray(array)) {
      return fail(28724, `First argument to $slice must be an array, but is of type: ${typeNameOf(array)}`)
    }
    const start = integerOf(
      a,
      28725,
      `Second argument to $slice must be a numeric value, but is of type: ${typeNameOf(a)}`,
    )
    if (!second) return start < 0 ? array.slice(start) : array.slice(0, start)
    const count = integerOf(b, 28727, `Third argument to $slice must be numeric, but is of type: ${typeNameOf(b)}`)
    if (count <= 0) fail(28729, `Third argument to $slice must be positive: ${count}`)
    const from = start < 0 ? Math.max(0, array.length + start) : start
    return array.slice(from, from + count)
  }
}

function variableName(named: Doc, name: string): string {
  const as = named.get('as') ?? 'this'
  if (typeof as !== 'string') return fail('TypeMismatch', `${name}: 'as' must be a string`)
  if (!/^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(as)) {
    fail('FailedToParse', `'${as}' starts with an invalid character for a user variable name`)
  }
  return as
}

const $map: Builder = (operand, scope) => {
  const named = namedArguments(operand, '$map', ['input', 'in'], ['as'])
  const input = scope.compile(named.get('input')!)
  const cell: Cell = { value: undefined }
  const body = scope.binding(new Map([[variableName(named, '$map'), cell]])).compile(named.get('in')!)
  return (doc) => {
    const array = input(doc)
    if (isNullish(array)) return null
    if (!Array.isArray(array)) return fail(16883, `input to $map must be an array not ${typeNameOf(array)}`)
    return array.map((item) => {
      cell.value = item
      return body(doc) ?? null
    })
  }
}

const $filter: Builder = (operand, scope) => {
  const named = namedArguments(operand, '$filter', ['input', 'cond'], ['as', 'limit'])
  const input = scope.compile(named.get('input')!)
  const limit = optionalArgument(named, 'limit', scope)
  const cell: Cell = { value: undefined }
  const test = scope.binding(new Map([[variableName(named, '$filter'), cell]])).compile(named.get('cond')!)
  return (doc) => {
    const array = input(doc)
    if (isNullish(array)) return null
    if (!Array.isArray(array)) return fail(28651, `input to $filter must be an array not ${typeNameOf(array)}`)
    const given = limit?.(doc)
    const most = isNullish(given)
      ? Number.POSITIVE_INFINITY
      : integerOf(given, 327391, `$filter: limit must be represented as a 32-bit integral value: ${show(given)}`)
    if (most < 1) fail(327392, `$filter: limit must be greater than 0: ${most}`)
    const kept: Value[] = []
    for (const item of array) {
      cell.value = item
      if (!isTruthy(test(doc))) continue
      kept.push(item)
      if (kept.length >= most) break
    }
    return kept
  }
}

const $reduce: Builder = (operand, scope) => {
  const named = namedArguments(operand, '$reduce', ['input', 'initialValue', 'in'])
  const input = scope.compile(named.get('input')!)
  const initial = scope.compile(named.get('initialValue')!)
  const item: Cell = { value: undefined }
  const sum: Cell = { value: undefined }
  const body = scope
    .binding(
      new Map([
        ['this', item],
        ['value', sum],
      ]),
    )
    .compile(named.get('in')!)
  return (doc) => {
    const array = input(doc)
    if (isNullish(array)) return null
    if (!Array.isArray(array)) {
      return fail(40080, `$reduce requires that 'input' be an array, found: ${show(array)}`)
    }
    let value = initial(doc)
    for (const element of array) {
      item.value = element
      sum.value = value
      value = body(doc)
    }
    return value
  }
}

const $in: Builder = (operand, scope) => {
  const [wanted, list] = argumentsOf(operand, scope, '$in', 2)
  return (doc) => {
    const array = list!(doc)
    if (!Array.isArray(array)) {
      return fail(40081, `$in requires an array as a second argument, found: ${typeNameOf(array)}`)
    }
    const value = wanted!(doc)
    return array.some((item) => equalValues(item, value))
  }
}

const $indexOfArray: Builder = (operand, scope) => {
  const [list, search, from, to] = argumentsOf(operand, scope, '$indexOfArray', 2, 4)
  return (doc) => {
    const array = list!(doc)
    if (isNullish(array)) return null
    if (!Array.isArray(array)) {
      return fail(40090, `$indexOfArray requires an array as a first argument, found: ${typeNameOf(array)}`)
    }
    const value = search!(doc)
    const bounds = [from, to].map((bound) => {
      if (!bound) return undefined
      const given = bound(doc)
      const at = integerOf(
        given,
        40096,
        `$indexOfArray requires an integral index, found a value of type: ${typeNameOf(given)}`,
      )
      return at < 0 ? fail(40097, `$indexOfArray requires a nonnegative index, found: ${at}`) : at
    })
    const end = Math.min(bounds[1] ?? array.length, array.length)
    for (let index = bounds[0] ?? 0; index < end; index++) if (equalValues(array[index], value)) return int32(index)
    return int32(-1)
  }
}

const $range: Builder = (operand, scope) => {
  const [from, to, by] = argumentsOf(operand, scope, '$range', 2, 3)
  return (doc) => {
    const [start, end, step] = [from, to, by].map((part, index) => {
      const names = ['a numeric starting value', 'a numeric ending value', 'a numeric step value'] as const
      const value = part ? part(doc) : int32(1)
      return integerOf(
        value,
        34443 + 2 * index,
        `$range requires ${names[index]}, found value of type: ${typeNameOf(value)}`,
      )
    }) as [number, number, number]
    if (step === 0) fail(34449, '$range requires a non-zero step value')
    if ((end - start) / step > 16_000_000) fail('ExceededMemoryLimit', '$range would use too much memory')
    const result: Value[] = []
    for (let value = start; step > 0 ? value < end : value > end; value += step) result.push(int32(value))
    return result
  }
}

const $zip: Builder = (operand, scope) => {
  const named = namedArguments(operand, '$zip', ['inputs'], ['useLongestLength', 'defaults'])
  const inputs = named.get('inputs')
  if (!Array.isArray(inputs) || inputs.length === 0) return fail(34461, 'inputs must be an array of expressions')
  const longest = named.get('useLongestLength') === true
  const defaults = named.get('defaults')
  if (defaults !== undefined && (!longest || !Array.isArray(defaults) || defaults.length !== inputs.length)) {
    fail(34466, 'cannot specify defaults unless useLongestLength is true, and one default is needed for each input')
  }
  const lists = inputs.map((input) => scope.compile(input))
  const fill = Array.isArray(defaults) ? defaults.map((value) => scope.compile(value)) : undefined
  return (doc) => {
    const arrays: Value[][] = []
    for (const list of lists) {
      const array = list(doc)
      if (isNullish(array)) return null
      if (!Array.isArray(array)) return fail(34468, `$zip found a non-array expression in input: ${show(array)}`)
      arrays.push(array)
    }
    const lengths = arrays.map((array) => array.length)
    const length = longest ? Math.max(...lengths) : Math.min(...lengths)
    const spare = fill?.map((value) => value(doc) ?? null)
    return Array.from({ length }, (_, row) => arrays.map((array, column) => array[row] ?? spare?.[column] ?? null))
  }
}

const $sortArray: Builder = (operand, scope) => {
  const named = namedArguments(operand, '$sortArray', ['input', 'sortBy'])
  const input = scope.compile(named.get('input')!)
  const by = named.get('sortBy')!
  const direction = isDoc(by) ? 0 : toInteger(by)
  if (!isDoc(by) && direction !== 1 && direction !== -1) fail(2942507, 'The $sort element value must be either 1 or -1')
  const sorter = isDoc(by) ? compileSort(by) : undefined
  const asDoc = (value: Value): Doc => (isDoc(value) ? value : new Map())
  return (doc) => {
    const array = input(doc)
    if (isNullish(array)) return null
    if (!Array.isArray(array)) {
      return fail(2942504, `The input argument to $sortArray must be an array, but was of type: ${typeNameOf(array)}`)
    }
    return array.toSorted((a, b) => (sorter ? sorter.compare(asDoc(a), asDoc(b)) : direction! * compareValues(a, b)))
  }
}

const $arrayToObject: Builder = (operand, scope) => {
  const [list] = argumentsOf(
    Array.isArray(operand) && operand.length === 1 ? operand : [operand],
    scope,
    '$arrayToObject',
    1,
  )
  return (doc) => {
    const array = list!(doc)
    if (isNullish(array)) return null
    if (!Array.isArray(array)) return fail(40386, `$arrayToObject requires an array input, found: ${typeNameOf(array)}`)
    const result: Doc = new Map()
    const lists = Array.isArray(array[0])
    for (const item of array) {
      if (Array.isArray(item) !== lists) {
        const [first, then] = lists ? ['Array', 'object'] : ['Object', 'array']
        fail(
          lists ? 40391 : 40396,
          `$arrayToObject requires a consistent input format. Elements must all be arrays or all be objects. ${first} was detected, now found: ${then}`,
        )
      }
      const [key, value] = pairOf(item)
      if (typeof key !== 'string')
        fail(
          40394,
          `$arrayToObject requires an array of key-value pairs, where the key must be of type string. Found key type: ${typeNameOf(key)}`,
        )
      else if (key.includes('\0')) fail(4940401, 'Key field cannot contain an embedded null byte')
      else if (value !== undefined) result.set(key, value)
    }
    return result
  }
}

function pairOf(item: Value): [Value | undefined, Value | undefined] {
  if (Array.isArray(item)) {
    if (item.length !== 2)
      fail(40397, `$arrayToObject requires an array of size 2 arrays,found array of size: ${item.length}`)
    return [item[0], item[1]]
  }
  if (!isDoc(item)) return fail(40398, `Unrecognised input type format for $arrayToObject: ${typeNameOf(item)}`)
  if (item.size !== 2 || !item.has('k') || !item.has('v')) {
    fail(40392, `$arrayToObject requires an object keys of 'k' and 'v'. Found incorrect number of keys:${item.size}`)
  }
  return [item.get('k'), item.get('v')]
}

/** The array operators of the expression language. */
export const arrayExpressions: Readonly<Record<string, Builder>> = {
  $arrayElemAt,
  $concatArrays,
  $slice,
  $map,
  $filter,
  $reduce,
  $in,
  $indexOfArray,
  $range,
  $zip,
  $sortArray,
  $arrayToObject,
  $isArray: (operand, scope) => {
    const [value] = argumentsOf(operand, scope, '$isArray', 1)
    return (doc) => Array.isArray(value!(doc))
  },
  $size: (operand, scope) => {
    const [list] = argumentsOf(operand, scope, '$size', 1)
    return (doc) => {
      const array = list!(doc)
      if (!Array.isArray(array)) {
        return fail(17124, `The argument to $size must be an array, but was of type: ${typeNameOf(array)}`)
      }
      return int32(array.length)
    }
  },
  $reverseArray: (operand, scope) => {
    const [list] = argumentsOf(operand, scope, '$reverseArray', 1)
    return (doc) => {
      const array = list!(doc)
      if (isNullish(array)) return null
      if (!Array.isArray(array)) {
        return fail(34435, `The argument to $reverseArray must be an array, but was of type: ${typeNameOf(array)}`)
      }
      return array.toReversed()
    }
  },
}

/** The values without repetition, in the order of their first appearance. */
export function distinctValues(values: Iterable<Value>): Value[] {
  const seen = new Map<string, Value>()
  for (const value of values) {
    const key = keyOf(value)
    if (!seen.has(key)) seen.set(key, value)
  }
  return [...seen.values()]
}
