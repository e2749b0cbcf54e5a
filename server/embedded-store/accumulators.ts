import { Int32 } from 'bson'
import { compareValues, keyOf } from './compare.ts'
import { addParts, decimalOf, divideParts, type Parts } from './decimal.ts'
import { fail } from './errors.ts'
import {
  argumentsOf,
  type Builder,
  type Expression,
  isNullish,
  namedArguments,
  type Scope,
} from './expression-types.ts'
import { edgeOf } from './expressions-array.ts'
import { mergeInto } from './expressions-object.ts'
import type { Key } from './key-paths.ts'
import { asDecimal, fitsLong, integer } from './numbers.ts'
import { compileSort, type Sorter } from './sort.ts'
import {
  type Doc,
  int32,
  isDoc,
  isNumeric,
  type Numeric,
  toInteger,
  toNumber,
  typeNameOf,
  type Value,
} from './values.ts'

/** One running total of a group. */
export interface Accumulator {
  add: (doc: Doc) => void
  result: () => Value
}

/** Makes the running total of each new group. */
export type AccumulatorFactory = () => Accumulator

/** A running total over values rather than documents. */
interface Fold {
  add: (value: Value | undefined) => void
  result: () => Value
}

/** Sums numbers of all types: integers exactly, doubles with the rounding errors carried along. */
class Sum {
  count = 0
  private whole = 0n
  private small = 0
  private high = 0
  private low = 0
  private decimal: Parts | undefined
  private hasDouble = false
  private hasLong = false

  add(value: Numeric): void {
    this.count++
    if (value instanceof Int32) this.addSmall(value.value)
    else if (typeof value === 'number') {
      this.hasDouble = true
      this.addDouble(value)
    } else if (typeof value === 'bigint') {
      this.hasLong = true
      this.whole += value
    } else this.decimal = this.decimal ? addParts(this.decimal, asDecimal(value)) : asDecimal(value)
  }

  private addSmall(value: number): void {
    this.small += value
    if (this.small > 2 ** 52 || this.small < -(2 ** 52)) {
      this.whole += BigInt(this.small)
      this.small = 0
    }
  }

  private addDouble(value: number): void {
    const sum = this.high + value
    if (!Number.isFinite(sum)) {
      this.high = sum
      this.low = 0
      return
    }
    const part = sum - this.high
    this.low += this.high - (sum - part) + (value - part)
    this.high = sum
  }

  private integers(): bigint {
    return this.whole + BigInt(this.small)
  }

  /** The sum of all but decimals, as a double. */
  private double(): number {
    if (!Number.isFinite(this.high)) return this.high
    return this.high + Number(this.integers()) + this.low
  }

  total(): Numeric {
    if (this.decimal) return decimalOf(addParts(this.decimal, this.rest()))
    if (this.hasDouble) return this.double()
    const whole = this.integers()
    if (!fitsLong(whole)) return Number(whole)
    return this.hasLong ? whole : integer(whole)
  }

  /** Integers and doubles beside decimals. */
  private rest(): Parts {
    const whole = asDecimal(this.integers())
    return this.hasDouble ? addParts(whole, asDecimal(this.high + this.low)) : whole
  }

  mean(): Value {
    if (this.count === 0) return null
    if (this.decimal) return decimalOf(divideParts(asDecimal(this.total()), asDecimal(int32(this.count))))
    return this.double() / this.count
  }
}

function summing(result: (sum: Sum) => Value): () => Fold {
  return () => {
    const sum = new Sum()
    return {
      add: (value) => {
        if (isNumeric(value)) sum.add(value)
      },
      result: () => result(sum),
    }
  }
}

function extreme(direction: 1 | -1): () => Fold {
  return () => {
    let best: Value | undefined
    return {
      add: (value) => {
        if (isNullish(value)) return
        if (best === undefined || direction * compareValues(value, best) > 0) best = value
      },
      result: () => best ?? null,
    }
  }
}

/** Deviation by Welford's method. */
function deviation(sample: boolean): () => Fold {
  return () => {
    let count = 0
    let mean = 0
    let squares = 0
    return {
      add: (value) => {
        if (!isNumeric(value)) return
        const number = toNumber(value)
        count++
        const delta = number - mean
        mean += delta / count
        squares += delta * (number - mean)
      },
      result: () => {
        const divisor = sample ? count - 1 : count
        return divisor > 0 ? Math.sqrt(squares / divisor) : null
      },
    }
  }
}

/** One accumulator may hold this many values. */
const MAX_HELD = 1_000_000

function checkHeld(name: string, count: number): void {
  if (count > MAX_HELD) fail('ExceededMemoryLimit', `${name} used too much memory: more than ${MAX_HELD} values`)
}

const FOLDS: Readonly<Record<string, () => Fold>> = {
  $sum: summing((sum) => sum.total()),
  $avg: summing((sum) => sum.mean()),
  $min: extreme(-1),
  $max: extreme(1),
  $stdDevPop: deviation(false),
  $stdDevSamp: deviation(true),
  $first: () => {
    let first: Value | undefined
    return {
      add: (value) => {
        if (first === undefined) first = value ?? null
      },
      result: () => first ?? null,
    }
  },
  $last: () => {
    let last: Value | undefined
    return {
      add: (value) => {
        last = value
      },
      result: () => last ?? null,
    }
  },
  $push: () => {
    const values: Value[] = []
    return {
      add: (value) => {
        if (value === undefined) return
        values.push(value)
        checkHeld('$push', values.length)
      },
      result: () => values,
    }
  },
  $addToSet: () => {
    const values = new Map<string, Value>()
    return {
      add: (value) => {
        if (value === undefined) return
        const key = keyOf(value)
        if (values.has(key)) return
        values.set(key, value)
        checkHeld('$addToSet', values.size)
      },
      result: () => [...values.values()],
    }
  },
  $mergeObjects: () => {
    const merged: Doc = new Map()
    return { add: (value) => mergeInto(merged, value), result: () => merged }
  },
}

function countOf(operand: Value, scope: Scope, name: string): () => number {
  const expression = scope.compile(operand)
  return () => {
    const count = toInteger(expression(new Map()))
    if (count === undefined) return fail(5787902, `Value for 'n' must be of integral type in ${name}`)
    return count > 0 ? count : fail(5787908, `'n' must be greater than 0, found ${count}`)
  }
}

/** `$firstN`, `$lastN`, `$minN` and `$maxN` over a list of values. */
function chosen(name: string, values: Value[], count: number): Value[] {
  if (name === '$firstN') return values.slice(0, count)
  if (name === '$lastN') return values.slice(-count)
  const direction = name === '$minN' ? 1 : -1
  return values
    .filter((value) => value !== null)
    .sort((a, b) => direction * compareValues(a, b))
    .slice(0, count)
}

const N_NAMES = ['$firstN', '$lastN', '$minN', '$maxN'] as const

function severalFactory(name: string, operand: Value, scope: Scope): AccumulatorFactory {
  const named = namedArguments(operand, name, ['input', 'n'])
  const input = scope.compile(named.get('input')!)
  const count = countOf(named.get('n')!, scope, name)
  return () => {
    let values: Value[] = []
    const most = count()
    return {
      add: (doc) => {
        if (name === '$firstN' && values.length >= most) return
        values.push(input(doc) ?? null)
        if (values.length > 2 * most + 64) values = chosen(name, values, most)
      },
      result: () => chosen(name, values, most),
    }
  }
}

/** `$top`, `$bottom` and their N forms: outputs of the first or last documents by a sort. */
function topFactory(name: string, operand: Value, scope: Scope): AccumulatorFactory {
  const several = name.endsWith('N')
  const named = namedArguments(operand, name, several ? ['n', 'sortBy', 'output'] : ['sortBy', 'output'])
  const by = named.get('sortBy')!
  if (!isDoc(by)) return fail(5788604, `'sortBy' must be an object in ${name}`)
  const sorter: Sorter = compileSort(by)
  const output = scope.compile(named.get('output')!)
  const count = several ? countOf(named.get('n')!, scope, name) : () => 1
  const top = name.startsWith('$top')
  return () => {
    let entries: { key: Key; value: Value; arrival: number }[] = []
    let arrival = 0
    const most = count()
    const trim = () => {
      entries.sort((a, b) => sorter.compareKeys(a.key, b.key) || a.arrival - b.arrival)
      entries = top ? entries.slice(0, most) : entries.slice(-most)
    }
    return {
      add: (doc) => {
        entries.push({ key: sorter.keyOf(doc), value: output(doc) ?? null, arrival: arrival++ })
        if (entries.length > 2 * most + 64) trim()
      },
      result: () => {
        trim()
        const values = entries.map(({ value }) => value)
        return several ? values : (values[0] ?? null)
      },
    }
  }
}

/** Compiles an accumulator of `$group` or `$bucket`; throws 15952 for an unknown one. */
export function compileAccumulator(name: string, operand: Value, scope: Scope): AccumulatorFactory {
  if (name === '$count') {
    if (!isDoc(operand) || operand.size > 0) fail('TypeMismatch', '$count takes no arguments, i.e. $count:{}')
    return () => {
      let count = 0
      return { add: () => void count++, result: () => int32(count) }
    }
  }
  if ((N_NAMES as readonly string[]).includes(name)) return severalFactory(name, operand, scope)
  if (/^\$(?:top|bottom)N?$/.test(name)) return topFactory(name, operand, scope)
  const fold = Object.hasOwn(FOLDS, name) ? FOLDS[name] : undefined
  if (!fold) {
    if (['$accumulator', '$median', '$percentile'].includes(name)) {
      return fail('NotImplemented', `the accumulator ${name} is not supported by this store`)
    }
    return fail(15952, `unknown group operator '${name}'`)
  }
  if (Array.isArray(operand) && operand.length !== 1) fail(40237, `The ${name} accumulator is a unary operator`)
  const input = scope.compile(Array.isArray(operand) ? operand[0]! : operand)
  return () => {
    const { add, result } = fold()
    return { add: (doc) => add(input(doc)), result }
  }
}

/** An accumulator as an expression: over the elements of its one array, or over its several arguments. */
function folding(name: string): Builder {
  return (operand, scope) => {
    const parts = argumentsOf(operand, scope, name, 0, Number.POSITIVE_INFINITY)
    return (doc) => {
      const { add, result } = FOLDS[name]!()
      const single = parts.length === 1 ? parts[0]!(doc) : undefined
      if (Array.isArray(single)) for (const item of single) add(item)
      else if (parts.length === 1) add(single)
      else for (const part of parts) add(part(doc))
      return result()
    }
  }
}

function severalExpression(name: string): Builder {
  return (operand, scope) => {
    const named = namedArguments(operand, name, ['input', 'n'])
    const input: Expression = scope.compile(named.get('input')!)
    const count = scope.compile(named.get('n')!)
    return (doc) => {
      const array = input(doc)
      if (!Array.isArray(array)) return fail(5788200, `Input must be an array in ${name}, found: ${typeNameOf(array)}`)
      const n = toInteger(count(doc)) ?? fail(5787902, `Value for 'n' must be of integral type in ${name}`)
      return n > 0 ? chosen(name, [...array], n) : fail(5787908, `'n' must be greater than 0, found ${n}`)
    }
  }
}

/** The accumulators that may also stand in expressions. */
export const accumulatorExpressions: Readonly<Record<string, Builder>> = {
  ...Object.fromEntries(
    ['$sum', '$avg', '$min', '$max', '$stdDevPop', '$stdDevSamp'].map((name) => [name, folding(name)]),
  ),
  ...Object.fromEntries(N_NAMES.map((name) => [name, severalExpression(name)])),
  $first: (operand, scope) => edgeOf('$first', argumentsOf(operand, scope, '$first', 1)[0]!, false),
  $last: (operand, scope) => edgeOf('$last', argumentsOf(operand, scope, '$last', 1)[0]!, true),
}
