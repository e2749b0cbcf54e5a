/** From a filter to intervals of byte keys: what each path of a filter lets an index skip. */
import { BSONRegExp, MaxKey, MinKey } from 'bson'
import { compareValues } from './compare.ts'
import { byteKey, CLASS, classOf } from './keys.ts'
import { isOperators } from './matcher-operators.ts'
import { type Doc, isDoc, isNumeric, isTruthy, type Value } from './values.ts'

/** An interval of the keys of one ascending field; `point` marks a single value. */
export interface Interval {
  low: Buffer
  lowOpen: boolean
  high: Buffer
  highOpen: boolean
  point: boolean
}

/** What one condition says about one path; `exact` when every entry inside the intervals matches the condition. */
export interface Bound {
  path: string
  intervals: Interval[]
  exact: boolean
}

/** What a filter offers a planner. */
export interface Bounds {
  bounds: Bound[]
  /** Filters of which one must hold, for each `$or` at the top. */
  alternatives: Doc[][]
  text: Doc | undefined
  /** Whether the bounds say everything that the filter says. */
  complete: boolean
}

/** All values. */
export const FULL: Interval = {
  low: Buffer.of(0x01),
  lowOpen: true,
  high: Buffer.of(0xfe),
  highOpen: true,
  point: false,
}

function point(value: Value | undefined): Interval {
  const key = byteKey(value)
  return { low: key, lowOpen: false, high: key, highOpen: false, point: true }
}

function bracket(kind: number): Interval {
  return { low: Buffer.of(kind - 1), lowOpen: true, high: Buffer.of(kind + 1), highOpen: true, point: false }
}

const NULLS = [point(undefined), point(null)]

function equalTo(value: Value): { intervals: Interval[]; exact: boolean } {
  if (value === null) return { intervals: NULLS, exact: false }
  if (!Array.isArray(value)) return { intervals: [point(value)], exact: true }
  const [first] = value
  return { intervals: sorted([point(value), point(first)]), exact: false }
}

/** Disjoint intervals in order. */
function sorted(intervals: Interval[]): Interval[] {
  const inOrder = [...intervals].sort((a, b) => compareLows(a, b))
  const result: Interval[] = []
  for (const interval of inOrder) {
    const last = result.at(-1)
    if (!last || !overlap(last, interval)) result.push(interval)
    else if (compareHighs(last, interval) < 0) {
      result[result.length - 1] = { ...last, high: interval.high, highOpen: interval.highOpen, point: false }
    }
  }
  return result
}

function compareLows(a: Interval, b: Interval): number {
  return Buffer.compare(a.low, b.low) || Number(a.lowOpen) - Number(b.lowOpen)
}

function compareHighs(a: Interval, b: Interval): number {
  return Buffer.compare(a.high, b.high) || Number(b.highOpen) - Number(a.highOpen)
}

/** Whether two intervals, the first not beginning later, share a value. */
function overlap(a: Interval, b: Interval): boolean {
  const order = Buffer.compare(b.low, a.high)
  return order < 0 || (order === 0 && !a.highOpen && !b.lowOpen)
}

/** The values that lie in both lists. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const result: Interval[] = []
  for (const left of a) {
    for (const right of b) {
      const low = compareLows(left, right) >= 0 ? left : right
      const high = compareHighs(left, right) <= 0 ? left : right
      const order = Buffer.compare(low.low, high.high)
      if (order > 0 || (order === 0 && (low.lowOpen || high.highOpen))) continue
      result.push({
        low: low.low,
        lowOpen: low.lowOpen,
        high: high.high,
        highOpen: high.highOpen,
        point: left.point || right.point,
      })
    }
  }
  return sorted(result)
}

/** Whether every value of the first list lies in the second. */
export function within(a: readonly Interval[], b: readonly Interval[]): boolean {
  return a.every((inner) => b.some((outer) => compareLows(outer, inner) <= 0 && compareHighs(outer, inner) >= 0))
}

/** Whether a list holds null or missing. */
export function holdsNull(intervals: readonly Interval[]): boolean {
  return intersect(intervals, NULLS).length > 0
}

function compared(op: string, value: Value): { intervals: Interval[]; exact: boolean } | undefined {
  if (value === null) return op === '$gte' || op === '$lte' ? equalTo(null) : undefined
  if (value instanceof BSONRegExp || value instanceof MinKey || value instanceof MaxKey || Array.isArray(value)) {
    return undefined
  }
  if (isNumeric(value) && compareValues(value, Number.NaN) === 0) return undefined
  const whole = bracket(classOf(value))
  const key = byteKey(value)
  const exact = !isDoc(value)
  if (op === '$gt' || op === '$gte') {
    return { intervals: [{ ...whole, low: key, lowOpen: op === '$gt' }], exact }
  }
  return {
    intervals: [{ ...whole, high: key, highOpen: op === '$lt' }],
    exact: exact && !isNumeric(value),
  }
}

function pattern(source: string, options: string): { intervals: Interval[]; exact: boolean } {
  const strings = [bracket(CLASS.string), bracket(CLASS.regex)]
  const literal = /^\^([^\\.*+?()[\]{}|^$/]+)(?![*?{])/u.exec(source)?.[1]
  if (literal === undefined || options.replace('s', '') !== '' || source.includes('|')) {
    return { intervals: strings, exact: false }
  }
  const low = byteKey(literal)
  const high = Buffer.concat([low.subarray(0, -1), Buffer.of(0xff)])
  return { intervals: [{ low, lowOpen: false, high, highOpen: true, point: false }, strings[1]!], exact: false }
}

function memberOf(values: Value[]): { intervals: Interval[]; exact: boolean } {
  const parts = values.map((value) =>
    value instanceof BSONRegExp ? pattern(value.pattern, value.options) : equalTo(value),
  )
  return { intervals: sorted(parts.flatMap(({ intervals }) => intervals)), exact: parts.every(({ exact }) => exact) }
}

function fromOperators(path: string, operators: Doc, into: Bounds): void {
  for (const [op, value] of operators) {
    let found: { intervals: Interval[]; exact: boolean } | undefined
    if (op === '$eq') found = value instanceof BSONRegExp ? undefined : equalTo(value)
    else if (op === '$gt' || op === '$gte' || op === '$lt' || op === '$lte') found = compared(op, value)
    else if (op === '$in' && Array.isArray(value)) found = memberOf(value)
    else if (op === '$all' && Array.isArray(value) && value.length > 0) found = allOf(value)
    else if (op === '$regex') found = fromRegex(value, operators.get('$options'))
    else if (op === '$exists' && !isTruthy(value)) found = { intervals: NULLS, exact: false }
    if (found) into.bounds.push({ path, ...found })
    if (!found?.exact) into.complete = false
  }
}

function allOf(values: Value[]): { intervals: Interval[]; exact: boolean } | undefined {
  const scalar = values.find((value) => !isDoc(value) && !Array.isArray(value) && !(value instanceof BSONRegExp))
  return scalar === undefined ? undefined : { intervals: equalTo(scalar).intervals, exact: false }
}

function fromRegex(value: Value, options: Value | undefined): { intervals: Interval[]; exact: boolean } | undefined {
  if (value instanceof BSONRegExp) return pattern(value.pattern, typeof options === 'string' ? options : value.options)
  return typeof value === 'string' ? pattern(value, typeof options === 'string' ? options : '') : undefined
}

/** Reads what a filter offers; conditions that no index serves only make it incomplete. */
export function boundsOf(filter: Doc): Bounds {
  const into: Bounds = { bounds: [], alternatives: [], text: undefined, complete: true }
  collect(filter, into)
  return into
}

function collect(filter: Doc, into: Bounds): void {
  for (const [name, operand] of filter) {
    if (name === '$comment') continue
    if (name === '$and' && Array.isArray(operand)) {
      for (const branch of operand) if (isDoc(branch)) collect(branch, into)
    } else if (name === '$or' && Array.isArray(operand)) {
      into.alternatives.push(operand.filter(isDoc))
      into.complete = false
    } else if (name === '$text' && isDoc(operand)) into.text = operand
    else if (name.startsWith('$')) into.complete = false
    else if (isOperators(operand)) fromOperators(name, operand as Doc, into)
    else {
      const found = operand instanceof BSONRegExp ? pattern(operand.pattern, operand.options) : equalTo(operand)
      into.bounds.push({ path: name, ...found })
      if (!found.exact) into.complete = false
    }
  }
}
