/** Runs one question: plan, scan, filter, sort, skip and limit, in steps that may be paused and taken up again. */
import { decodeDoc, decodeFields } from './codec.ts'
import { fail } from './errors.ts'
import type { Cell } from './expressions.ts'
import { compileMatcher, type FilterContext, fieldsOfFilter, type Matcher } from './matcher.ts'
import { setTextScore } from './meta.ts'
import { type Plan, planFor } from './planner.ts'
import { type Effort, type Scan, scanOf } from './scan.ts'
import { compileSort, type Sorter } from './sort.ts'
import type { Collection, Row, Storage } from './storage.ts'
import { type Doc, isDoc, type Value } from './values.ts'

/** What the commands of a thread share; the moment and the effort are set anew for each request. */
export interface Context {
  storage: Storage
  now: Date
  effort: Effort
  /** Whether the step has taken long enough that others should have their turn. */
  rest: () => boolean
  /** The questions that this request has begun. */
  running: Set<Query>
}

/** Lets go of every read lock that the questions of a request hold. */
export function pauseAll({ running }: Context): void {
  for (const query of running) query.pause()
  running.clear()
}

/** A question to one collection. */
export interface QueryOptions {
  filter: Doc
  sort?: Doc | undefined
  skip?: number | undefined
  /** 0 or absent: no limit. */
  limit?: number | undefined
  hint?: Value | undefined
  variables?: ReadonlyMap<string, Cell> | undefined
}

/** A document that answers; `position` is the array element for the positional `$`. */
export interface Found extends Row {
  position: number | undefined
}

/** Up to this many documents of a limited sort are kept as a whole; else they are read again in order. */
const KEEP_WHOLE = 1000

interface Sortable {
  key: ReturnType<Sorter['keyOf']>
  row: Found
  arrival: number
}

/** One running question. */
export class Query {
  readonly plan: Plan
  readonly collection: Collection
  private readonly context: Context
  private readonly options: QueryOptions
  private readonly matcher: Matcher
  private readonly wanted: ReadonlySet<string> | undefined
  private readonly sorter: Sorter | undefined
  private readonly scan: Scan
  private readonly steps: Generator<Found | undefined, void>

  constructor(context: Context, collection: Collection, options: QueryOptions) {
    this.context = context
    this.collection = collection
    this.options = options
    let texts = 0
    const filterContext: FilterContext = {
      now: context.now,
      text: () => {
        texts++
        return () => true
      },
      ...(options.variables ? { variables: options.variables } : {}),
    }
    this.matcher = compileMatcher(options.filter, filterContext)
    const { filter, hint, skip = 0, limit = 0 } = options
    const most = limit > 0 ? skip + limit : 0
    const sort = options.sort && options.sort.size > 0 ? options.sort : undefined
    const natural = sort?.has('$natural') === true
    this.sorter = sort && !natural ? compileSort(sort) : undefined
    this.plan = planFor(context.storage, collection, { filter, sort, hint, most })
    if (texts > 0) checkText(this.plan, texts)
    if (sort && this.plan.kind !== 'text') refuseScore(sort)
    this.wanted = this.fieldsWanted(sort)
    this.scan = scanOf(context.storage, collection, this.plan, context.effort)
    this.steps = this.run()
    context.running.add(this)
  }

  private get sorted(): boolean {
    return this.sorter === undefined || (this.plan.kind !== 'or' && this.plan.kind !== 'none' && this.plan.sorted)
  }

  private fieldsWanted(sort: Doc | undefined): Set<string> | undefined {
    const fields = fieldsOfFilter(this.options.filter)
    if (!fields) return undefined
    for (const path of sort?.keys() ?? []) fields.add(path.split('.')[0]!)
    return fields
  }

  /** The next answer, `undefined` at the end; `null` asks to be called again in a later turn. */
  next(): Found | undefined | null {
    const { value, done } = this.steps.next()
    if (done) return undefined
    return value ?? null
  }

  pause(): void {
    this.scan.pause()
  }

  private *run(): Generator<Found | undefined, void> {
    const { skip = 0, limit = 0 } = this.options
    let skipped = 0
    let given = 0
    for (const found of this.sorted ? this.matching() : this.inOrder(limit > 0 ? skip + limit : 0)) {
      if (!found) yield undefined
      else if (skipped < skip) skipped++
      else {
        yield found
        if (limit > 0 && ++given >= limit) return
      }
    }
  }

  private partial(row: Row): Doc {
    const doc = this.wanted ? decodeFields(row.bytes, this.wanted) : decodeDoc(row.bytes)
    if (row.score !== undefined) setTextScore(doc, row.score)
    return doc
  }

  private *matching(): Generator<Found | undefined, void> {
    const all = this.options.filter.size === 0
    for (let row = this.scan.next(); row; row = this.scan.next()) {
      if (this.context.rest()) {
        this.scan.pause()
        yield undefined
      }
      if (all) {
        yield { ...row, position: undefined }
        continue
      }
      const match = this.matcher.matchWithPosition(this.partial(row))
      if (match) yield { ...row, position: match.position }
    }
  }

  /** Everything that matches, in the order of the sort; with `most` only the first ones. */
  private *inOrder(most: number): Generator<Found | undefined, void> {
    const sorter = this.sorter!
    const whole = most > 0 && most <= KEEP_WHOLE
    const order = (a: Sortable, b: Sortable) => sorter.compareKeys(a.key, b.key) || a.arrival - b.arrival
    let kept: Sortable[] = []
    let arrival = 0
    for (const found of this.matching()) {
      if (!found) {
        yield undefined
        continue
      }
      const key = sorter.keyOf(this.partial(found))
      const row = whole ? found : { ...found, bytes: EMPTY }
      kept.push({ key, row, arrival: arrival++ })
      if (most > 0 && kept.length >= most * 2 + 64) kept = kept.sort(order).slice(0, most)
    }
    kept.sort(order)
    this.scan.pause()
    for (const { row } of kept) {
      const bytes = whole ? row.bytes : this.context.storage.get(this.collection, row.rid)
      if (bytes) yield { ...row, bytes }
    }
  }

  /** Whether a document, read again, still answers. */
  stillMatches(doc: Doc): { position: number | undefined } | false {
    return this.matcher.matchWithPosition(doc)
  }
}

/** Refuses `$text` anywhere but once at the top of a filter: elsewhere no plan would serve it. */
function checkText(plan: Plan, texts: number): void {
  if (texts > 1) fail('BadValue', 'Too many text expressions')
  if (plan.kind !== 'text') {
    fail(
      'NotImplemented',
      '$text inside $or, $nor or $not is not supported by this store: it stands at the top of a filter',
    )
  }
}

/** Refuses `$meta: "textScore"` where no `$text` gives a score. */
export function refuseScore(specification: Doc): void {
  for (const value of specification.values()) {
    if (isDoc(value) && value.get('$meta') === 'textScore') {
      fail(40218, 'query requires text score metadata, but it is not available')
    }
  }
}

const EMPTY = Buffer.alloc(0)

/** The answers of a question to the end, for callers that cannot rest. */
export function* answersOf(query: Query): Generator<Found, void> {
  try {
    for (let found = query.next(); found !== undefined; found = query.next()) if (found) yield found
  } finally {
    query.pause()
  }
}

/** Throws where the collection of a running question is gone. */
export function checkAlive(storage: Storage, collection: Collection): void {
  if (storage.collection(collection.db, collection.name)?.id !== collection.id) {
    fail('QueryPlanKilled', `collection dropped. UUID ${collection.db}.${collection.name}`)
  }
}
