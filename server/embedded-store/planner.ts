/** Chooses how a question is answered: which index, which ranges of it, in which direction, and what is left to sort. */
import { type Bound, type Bounds, boundsOf, FULL, holdsNull, type Interval, intersect, within } from './bounds.ts'
import { encodeDoc } from './codec.ts'
import { fail } from './errors.ts'
import type { Index } from './index-spec.ts'
import { inverted } from './keys.ts'
import { isOperators } from './matcher-operators.ts'
import { type Collection, prefixRange, type Storage } from './storage.ts'
import { readSearch } from './text.ts'
import { type Doc, isDoc, isNumeric, isTruthy, show, toNumber, type Value } from './values.ts'

/** A stretch of an index: keys from `low` up to before `high`. */
export interface Range {
  low: Buffer
  high: Buffer
  /** How many bytes of `low` are one fixed prefix; what follows is in the order of the sort. */
  fixed: number
}

/** How to reach the documents of a question. */
export type Plan =
  | { kind: 'none' }
  | { kind: 'table'; reverse: boolean; sorted: boolean }
  | {
      kind: 'index'
      index: Index
      ranges: Range[]
      reverse: boolean
      /** Whether the rows come in the order of the sort. */
      sorted: boolean
      /** Whether the ranges are merged into one order. */
      merged: boolean
      /** Whether one document may come more than once. */
      repeats: boolean
      /** The intervals of each used field, for explain. */
      used: Interval[][]
      /** Whether each entry in the ranges answers the filter. */
      exact: boolean
    }
  | { kind: 'or'; branches: Plan[] }
  | { kind: 'text'; index: Index; expression: string | undefined; byScore: boolean; sorted: boolean }

/** What a planner is asked. */
export interface Question {
  filter: Doc
  sort?: Doc | undefined
  hint?: Value | undefined
  /** How many documents of the answer are wanted at most; absent or 0: all. */
  most?: number | undefined
}

type IndexPlan = Extract<Plan, { kind: 'index' }>

const MOST_RANGES = 1000
const MOST_MERGED = 100
const ESTIMATE = 1000

/** Chooses the plan of a question. */
export function planFor(storage: Storage, collection: Collection, question: Question): Plan {
  const bounds = boundsOf(question.filter)
  if (bounds.text) return textPlan(collection, bounds.text, question)
  const natural = naturalOrder(question)
  if (natural !== undefined) return { kind: 'table', reverse: natural < 0, sorted: true }
  const hinted = hintedIndex(collection, question.hint)
  if (hinted) return indexPlan(hinted, bounds, question.sort, true)!
  const plans: IndexPlan[] = []
  for (const index of collection.indexes) {
    if (!index.ready || index.spec.text) continue
    const plan = indexPlan(index, bounds, question.sort, false)
    if (plan && index.spec.unique && isOnePoint(plan)) return plan
    if (plan) plans.push(plan)
  }
  const best = cheapest(storage, collection, plans, question)
  if (best && hasBounds(best)) return best
  return orPlan(storage, collection, bounds) ?? best ?? { kind: 'table', reverse: false, sorted: !question.sort }
}

function isOnePoint(plan: IndexPlan): boolean {
  return plan.used.length === plan.index.paths.length && plan.used.every((list) => list.length === 1 && list[0]!.point)
}

function hasBounds(plan: IndexPlan): boolean {
  return plan.used.length > 0
}

function naturalOrder({ sort, hint }: Question): number | undefined {
  for (const given of [sort, hint]) {
    const order = isDoc(given) ? given.get('$natural') : undefined
    if (isNumeric(order)) return toNumber(order)
  }
  return undefined
}

function hintedIndex(collection: Collection, hint: Value | undefined): Index | undefined {
  if (hint === undefined || (isDoc(hint) && hint.size === 0)) return undefined
  const found = collection.indexes.find(({ spec, ready }) => {
    if (!ready) return false
    return typeof hint === 'string' ? spec.name === hint : isDoc(hint) && encodeDoc(spec.key).equals(encodeDoc(hint))
  })
  if (!found || found.spec.text) {
    fail('BadValue', `error processing query: hint provided does not correspond to an existing index: ${show(hint)}`)
  }
  return found
}

/** The plan over one index, or undefined where the index is of no use (or may lack documents of the answer). */
function indexPlan(index: Index, bounds: Bounds, sort: Doc | undefined, hinted: boolean): IndexPlan | undefined {
  const byPath = new Map<string, Bound[]>()
  for (const bound of bounds.bounds) {
    const list = byPath.get(bound.path)
    if (list) list.push(bound)
    else byPath.set(bound.path, [bound])
  }
  if (!hinted && !holdsAnswer(index, byPath, bounds)) return undefined
  const used: Interval[][] = []
  let paths = 0
  let exact = bounds.complete
  for (let place = 0; place < index.paths.length; place++) {
    const list = byPath.get(index.spec.fields[place]!.path)
    if (!list || sharesArray(index, place)) break
    const combined = combine(list, index.isMultikey(place))
    if (list.length > 1 && index.isMultikey(place)) exact = false
    used.push(combined)
    paths++
    if (!combined.every(({ point }) => point)) break
  }
  if (paths < byPath.size) exact = false
  const order = orderOf(index, used, sort)
  if (used.length === 0 && !order.useful && !hinted) return undefined
  const ranges = rangesOf(index, used, order.after)
  if (ranges.length > MOST_RANGES && used.length > 1) return indexPlanShorter(index, used, sort, order, bounds)
  return finish(index, used, ranges, sort, order, exact)
}

/** The plan with fewer fields, where the combinations of points are too many. */
function indexPlanShorter(
  index: Index,
  used: Interval[][],
  sort: Doc | undefined,
  order: Order,
  bounds: Bounds,
): IndexPlan {
  const shorter = used.slice(0, 1)
  return finish(
    index,
    shorter,
    rangesOf(index, shorter, 0),
    sort,
    { ...order, satisfied: !sort },
    bounds.complete && used.length === 1,
  )
}

function finish(
  index: Index,
  used: Interval[][],
  ranges: Range[],
  sort: Doc | undefined,
  order: Order,
  exact: boolean,
): IndexPlan {
  const needsMerge = sort !== undefined && order.satisfied && used.slice(0, order.after).some((list) => list.length > 1)
  const merged = needsMerge && ranges.length <= MOST_MERGED
  const sorted = sort === undefined || (order.satisfied && (!needsMerge || merged))
  const ordered = order.reverse ? [...ranges].reverse() : ranges
  return {
    kind: 'index',
    index,
    ranges: ordered,
    reverse: sort !== undefined && order.reverse,
    sorted,
    merged,
    repeats: index.multikey !== 0,
    used,
    exact,
  }
}

function combine(list: Bound[], multikey: boolean): Interval[] {
  if (list.length === 1) return list[0]!.intervals
  if (!multikey) return list.map(({ intervals }) => intervals).reduce((a, b) => intersect(a, b))
  const points = list.filter(({ intervals }) => intervals.every(({ point }) => point))
  const candidates = points.length > 0 ? points : list
  return candidates.reduce((a, b) => (b.intervals.length < a.intervals.length ? b : a)).intervals
}

/** Whether an earlier field of the index walks through the same array, so that both need not hold in one entry. */
function sharesArray(index: Index, place: number): boolean {
  if (!index.isMultikey(place)) return false
  const root = index.paths[place]![0]
  return index.paths.some((parts, other) => other < place && index.isMultikey(other) && parts[0] === root)
}

/** Whether every document of the answer has entries in a sparse or partial index. */
function holdsAnswer(index: Index, byPath: ReadonlyMap<string, Bound[]>, bounds: Bounds): boolean {
  const { sparse, partial, fields } = index.spec
  const demanded = (path: string) => byPath.get(path)?.some(({ intervals }) => !holdsNull(intervals)) === true
  if (sparse && !fields.some(({ path }) => demanded(path))) return false
  return partial === undefined || implies(byPath, partial, demanded, bounds)
}

function implies(
  byPath: ReadonlyMap<string, Bound[]>,
  partial: Doc,
  demanded: (path: string) => boolean,
  bounds: Bounds,
): boolean {
  for (const [path, operand] of partial) {
    if (path === '$and') {
      if (!(operand as Doc[]).every((branch) => implies(byPath, branch, demanded, bounds))) return false
      continue
    }
    if (path.startsWith('$')) return false
    if (isOperators(operand) && [...(operand as Doc)].every(([op, value]) => op === '$exists' && isTruthy(value))) {
      if (!demanded(path)) return false
      continue
    }
    const needed = boundsOf(new Map([[path, operand]]))
    if (needed.bounds.some(({ intervals }) => holdsNull(intervals)) || needed.bounds.length === 0) return false
    if (isDoc(operand) && isOperators(operand) && operand.size !== needed.bounds.length) return false
    const offered = byPath.get(path) ?? []
    const covered = needed.bounds.every((bound) => offered.some(({ intervals }) => within(intervals, bound.intervals)))
    if (!covered) return false
  }
  return true
}

interface Order {
  satisfied: boolean
  reverse: boolean
  /** Whether the index's own order serves the sort from its very first field. */
  useful: boolean
  /** The place of the first field that sorts. */
  after: number
}

/** Whether the index gives the order of the sort behind fields that are fixed to points. */
function orderOf(index: Index, used: Interval[][], sort: Doc | undefined): Order {
  const none: Order = { satisfied: sort === undefined, reverse: false, useful: false, after: 0 }
  if (!sort || sort.size === 0) return { ...none, satisfied: true }
  let place = 0
  let reverse: boolean | undefined
  let after = index.paths.length
  for (const [path, direction] of sort) {
    if (!isNumeric(direction)) return none
    while (place < index.paths.length && index.spec.fields[place]!.path !== path && isFixed(used[place])) place++
    const field = index.spec.fields[place]
    if (!field) return none
    if (field.path !== path) {
      const fixed = used.findIndex((list, other) => index.spec.fields[other]!.path === path && list.length === 1)
      if (fixed >= 0 && isFixed(used[fixed]) && !index.isMultikey(fixed)) continue
      return none
    }
    if (index.isMultikey(place)) return none
    const opposite = field.descending !== toNumber(direction) < 0
    if (reverse !== undefined && reverse !== opposite) return none
    reverse = opposite
    after = Math.min(after, place)
    place++
  }
  return { satisfied: true, reverse: reverse ?? false, useful: true, after }
}

function isFixed(intervals: Interval[] | undefined): boolean {
  return intervals?.every(({ point }) => point) === true
}

/** The byte ranges of combinations of points with one last list of intervals; what lies before the place `after` is fixed. */
function rangesOf(index: Index, used: Interval[][], after: number): Range[] {
  let prefixes: { bytes: Buffer; fixed: number }[] = [{ bytes: Buffer.alloc(0), fixed: 0 }]
  for (let place = 0; place < used.length; place++) {
    const list = used[place]!
    const descending = index.descending[place]!
    const inOrder = descending ? [...list].reverse() : list
    if (!list.every(({ point }) => point)) {
      return prefixes.flatMap(({ bytes, fixed }) =>
        inOrder.map((interval) => ({ ...rangeOf(bytes, interval, descending), fixed })),
      )
    }
    prefixes = prefixes.flatMap(({ bytes, fixed }) =>
      inOrder.map(({ low }) => {
        const longer = Buffer.concat([bytes, descending ? inverted(low) : low])
        return { bytes: longer, fixed: place < after ? longer.length : fixed }
      }),
    )
    if (prefixes.length > MOST_RANGES * 100) break
  }
  if (used.length === 0) return [{ ...rangeOf(Buffer.alloc(0), FULL, false), fixed: 0 }]
  return prefixes.map(({ bytes, fixed }) => ({ ...prefixRange(bytes), fixed }))
}

const AFTER = Buffer.of(0xff)

/** The byte range of an interval of one field behind a fixed prefix. */
export function rangeOf(prefix: Buffer, interval: Interval, descending: boolean): { low: Buffer; high: Buffer } {
  const { low, lowOpen, high, highOpen } = interval
  if (!descending) {
    return {
      low: Buffer.concat(lowOpen ? [prefix, low, AFTER] : [prefix, low]),
      high: Buffer.concat(highOpen ? [prefix, high] : [prefix, high, AFTER]),
    }
  }
  return {
    low: Buffer.concat(highOpen ? [prefix, inverted(high), AFTER] : [prefix, inverted(high)]),
    high: Buffer.concat(lowOpen ? [prefix, inverted(low)] : [prefix, inverted(low), AFTER]),
  }
}

/** The plan that is likely to look at the fewest documents: an order that comes by itself lets a limit stop early. */
function cheapest(
  storage: Storage,
  collection: Collection,
  plans: IndexPlan[],
  question: Question,
): IndexPlan | undefined {
  if (plans.length < 2) return plans[0]
  const total = storage.roughCount(collection)
  const sized = plans.map((plan) => {
    const counted = hasBounds(plan) ? entriesOf(storage, plan) : total
    return { plan, entries: counted >= ESTIMATE ? Math.max(counted, total / 3) : counted }
  })
  const answers = Math.max(1, Math.min(...sized.map(({ entries }) => entries)))
  const sorts = question.sort !== undefined && question.sort.size > 0
  const scored = sized.map(({ plan, entries }) => {
    const early = plan.sorted && question.most ? Math.min(entries, (question.most * entries) / answers) : entries
    const sorting = sorts && !plan.sorted ? 1 + entries * 0.3 : 0
    return { plan, cost: early + sorting - plan.used.length * 0.01 }
  })
  return scored.reduce((a, b) => (b.cost < a.cost ? b : a)).plan
}

/** How many entries a plan reads, counted up to a limit. */
function entriesOf(storage: Storage, plan: IndexPlan): number {
  let entries = 0
  for (const { low, high } of plan.ranges) {
    entries += storage.countRange(plan.index, low, high, ESTIMATE - entries)
    if (entries >= ESTIMATE) break
  }
  return entries
}

function orPlan(storage: Storage, collection: Collection, bounds: Bounds): Plan | undefined {
  for (const alternative of bounds.alternatives) {
    const branches = alternative.map((filter) => planFor(storage, collection, { filter }))
    if (branches.length > 0 && branches.every(isBounded)) return { kind: 'or', branches }
  }
  return undefined
}

function isBounded(plan: Plan): boolean {
  return plan.kind === 'or' || plan.kind === 'none' || (plan.kind === 'index' && hasBounds(plan))
}

function textPlan(collection: Collection, query: Doc, { sort }: Question): Plan {
  const index = collection.indexes.find(({ spec, ready }) => spec.text && ready)
  if (!index) fail('IndexNotFound', 'text index required for $text query')
  const meta = sort?.size === 1 ? [...sort.values()][0] : undefined
  const byScore = isDoc(meta) && meta.get('$meta') === 'textScore'
  return { kind: 'text', index: index!, expression: readSearch(query), byScore, sorted: !sort || byScore }
}
