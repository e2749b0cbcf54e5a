import { BSONRegExp, MaxKey, MinKey } from 'bson'
import type { Collection } from './collection.ts'
import type { Index } from './index-spec.ts'
import { after, byteKey, classOf, inverted } from './keys.ts'
import { isOperators } from './matcher-operators.ts'
import { type Doc, isDoc, isNumeric, show, toNumber, type Value } from './values.ts'

const MOST_POINTS = 200

/** What a filter demands of one path, as far as an index can use it. */
interface Demand {
  /** The values of which one must stand there. */
  points?: Value[]
  gt?: { value: Value; inclusive: boolean }
  lt?: { value: Value; inclusive: boolean }
  exists?: boolean
}

/** A stretch of an index: from a key on, up to but without another. */
export interface Interval {
  from: Buffer
  to: Buffer
}

/** How a query runs: through an index over some intervals, or over all documents; `sorted` when the order asked for comes by itself. */
export interface Plan {
  index: Index | undefined
  intervals: Interval[]
  backward: boolean
  sorted: boolean
}

/** Values that compare only within their own type and have a key that equality can be looked up by. */
function usable(value: Value | undefined): value is Value {
  return (
    value !== undefined &&
    !Array.isArray(value) &&
    !(value instanceof BSONRegExp) &&
    !(value instanceof MinKey) &&
    !(value instanceof MaxKey)
  )
}

function rangeable(value: Value): boolean {
  return usable(value) && value !== null && !isDoc(value) && !(isNumeric(value) && Number.isNaN(toNumber(value)))
}

function demandOf(operand: Value, into: Demand): void {
  if (!isOperators(operand)) {
    if (usable(operand)) into.points = [operand]
    return
  }
  for (const [op, value] of operand as Doc) {
    if (op === '$eq' && usable(value)) into.points = [value]
    else if (op === '$in' && Array.isArray(value) && value.length > 0 && value.every(usable)) into.points ??= value
    else if (op === '$exists' && value === true) into.exists = true
    else if ((op === '$gt' || op === '$gte') && rangeable(value)) into.gt = { value, inclusive: op === '$gte' }
    else if ((op === '$lt' || op === '$lte') && rangeable(value)) into.lt = { value, inclusive: op === '$lte' }
  }
}

function demandsOf(filter: Doc, demands = new Map<string, Demand>()): Map<string, Demand> {
  for (const [name, operand] of filter) {
    if (name === '$and' && Array.isArray(operand)) {
      for (const branch of operand) if (isDoc(branch)) demandsOf(branch, demands)
    } else if (!name.startsWith('$')) {
      const demand = demands.get(name) ?? {}
      demandOf(operand, demand)
      demands.set(name, demand)
    }
  }
  return demands
}

function impliesExistence(demand: Demand | undefined): boolean {
  if (!demand) return false
  return (
    demand.exists === true ||
    demand.gt !== undefined ||
    demand.lt !== undefined ||
    (demand.points?.every((point) => point !== null) ?? false)
  )
}

/** Whether every document that the filter can match stands in the index. */
function covers(index: Index, demands: Map<string, Demand>): boolean {
  if (index.sparse && !index.fields.some((field) => impliesExistence(demands.get(field)))) return false
  if (!index.partial) return true
  for (const [path, condition] of index.partial) {
    const demand = demands.get(path)
    if (isDoc(condition) && condition.size === 1 && condition.get('$exists') === true) {
      if (!impliesExistence(demand)) return false
    } else if (isOperators(condition) || demand?.points?.length !== 1 || show(demand.points[0]) !== show(condition))
      return false
  }
  return true
}

function pieces(values: Value[], descending: boolean): Buffer[] {
  const keys = values.map((value) => (descending ? inverted(byteKey(value)) : Buffer.from(byteKey(value))))
  keys.sort(Buffer.compare)
  return keys.filter((key, i) => i === 0 || !key.equals(keys[i - 1]!))
}

/** The keys that a range of one field takes; type bracketing keeps it within the type of its bound. Over an array only one bound can be used. */
function rangePiece(demand: Demand, descending: boolean, multikey: boolean): Interval {
  const bound = demand.gt ?? demand.lt!
  const kind = classOf(bound.value)
  const sameKind = demand.gt && demand.lt && classOf(demand.lt.value) === kind
  const lower = demand.gt
  const upper = !lower || (sameKind && !multikey) ? demand.lt : undefined
  if (!descending) {
    const from = lower ? (lower.inclusive ? byteKey(lower.value) : after(byteKey(lower.value))) : Buffer.of(kind)
    const to = upper ? (upper.inclusive ? after(byteKey(upper.value)) : byteKey(upper.value)) : Buffer.of(kind + 1)
    return { from, to }
  }
  const turned = ~kind & 0xff
  const low = upper && inverted(byteKey(upper.value))
  const high = lower && inverted(byteKey(lower.value))
  return {
    from: low ? (upper.inclusive ? low : after(low)) : Buffer.of(turned),
    to: high ? (lower.inclusive ? after(high) : high) : Buffer.of(turned + 1),
  }
}

interface Use {
  index: Index
  intervals: Interval[]
  fixed: number
  ranged: boolean
  points: number
}

function useOf(index: Index, demands: Map<string, Demand>): Use | undefined {
  if (!covers(index, demands)) return undefined
  let prefixes: Buffer[] = [Buffer.alloc(0)]
  let fixed = 0
  let arrays = 0
  // Two conditions on one array may be met by different elements, so only one field that met an array narrows the search.
  const crowded = (field: number) => (index.multikey & (1 << field)) !== 0 && arrays > 0
  for (; fixed < index.fields.length; fixed++) {
    if (crowded(fixed)) break
    const points = demands.get(index.fields[fixed]!)?.points
    if (!points || prefixes.length * points.length > MOST_POINTS) break
    if (index.multikey & (1 << fixed)) arrays += 1
    const keys = pieces(points, index.descending[fixed]!)
    prefixes = prefixes.flatMap((prefix) => keys.map((key) => Buffer.concat([prefix, key])))
  }
  const demand = fixed < index.fields.length && !crowded(fixed) ? demands.get(index.fields[fixed]!) : undefined
  const ranged = demand !== undefined && (demand.gt !== undefined || demand.lt !== undefined)
  const intervals = prefixes.map((prefix): Interval => {
    if (!ranged) return { from: prefix, to: after(prefix) }
    const { from, to } = rangePiece(demand, index.descending[fixed]!, (index.multikey & (1 << fixed)) !== 0)
    return { from: Buffer.concat([prefix, from]), to: Buffer.concat([prefix, to]) }
  })
  return { index, intervals, fixed, ranged, points: prefixes.length }
}

/** Whether an index gives the order asked for: undefined when not, else whether it must be read backward. */
function orderBy(use: Use, demands: Map<string, Demand>, sort: Doc): { backward: boolean } | undefined {
  if (use.points > 1) return undefined
  const { index } = use
  let at = 0
  let backward: boolean | undefined
  for (const [field, order] of sort) {
    if (!isNumeric(order)) return undefined
    if ((demands.get(field)?.points?.length ?? 0) === 1 && !(index.multikey & bitOf(index, field))) continue
    while (at < use.fixed && index.fields[at] !== field) at += 1
    if (index.fields[at] !== field || index.multikey & (1 << at)) return undefined
    const turned = index.descending[at]! !== toNumber(order) < 0
    if (backward !== undefined && backward !== turned) return undefined
    backward = turned
    at += 1
  }
  return { backward: backward ?? false }
}

function bitOf(index: Index, field: string): number {
  const at = index.fields.indexOf(field)
  return at === -1 ? 0 : 1 << at
}

/** Chooses how a query runs: the index with the longest run of equalities, then one that gives the order, then one with a range. */
export function plan(collection: Collection, filter: Doc, sort: Doc | undefined, hint?: Value): Plan {
  const demands = demandsOf(filter)
  let best: { use: Use; order: { backward: boolean } | undefined; value: number } | undefined
  for (const index of collection.indexes) {
    if (hint !== undefined && hint !== index.name && show(hint) !== show(index.spec.get('key') as Doc)) continue
    const use = useOf(index, demands)
    if (!use) continue
    const order = sort && sort.size > 0 ? orderBy(use, demands, sort) : undefined
    const unique = index.unique && use.fixed === index.fields.length ? 1_000 : 0
    const value = unique + use.fixed * 100 + (order ? 60 : 0) + (use.ranged ? 50 : 0) - (use.points > 1 ? 10 : 0)
    if (value <= 0 && hint === undefined) continue
    if (!best || value > best.value) best = { use, order, value }
  }
  if (!best) return { index: undefined, intervals: [], backward: false, sorted: false }
  return {
    index: best.use.index,
    intervals: best.use.intervals,
    backward: best.order?.backward ?? false,
    sorted: best.order !== undefined,
  }
}
