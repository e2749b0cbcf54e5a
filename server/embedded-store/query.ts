import { decodeDoc, decodeFields, encodeDoc } from './codec.ts'
import type { Collection, Row } from './collection.ts'
import { StoreError } from './errors.ts'
import { compileMatcher, fieldsOfFilter } from './matcher.ts'
import { splitPath } from './paths.ts'
import { type Plan, plan } from './planner.ts'
import { Scan } from './scan.ts'
import { compileProjection } from './simple-projection.ts'
import { compileSort, sortItems } from './sort.ts'
import type { Doc, Value } from './values.ts'

/** A question to one collection. */
export interface Query {
  filter: Doc
  sort?: Doc | undefined
  projection?: Doc | undefined
  skip?: number
  limit?: number
  hint?: Value | undefined
  now: Date
  /** The moment in milliseconds of `performance.now()` after which the question is given up with MaxTimeMSExpired (50). */
  deadline?: number | undefined
}

/** A stored document that matched. */
export interface Hit extends Row {
  doc: () => Doc
}

const LOOK_EVERY = 128

function hit(row: Row): Hit {
  let doc: Doc | undefined
  return {
    r: row.r,
    bytes: row.bytes,
    doc: () => {
      doc ??= decodeDoc(row.bytes)
      return doc
    },
  }
}

/** The matching documents of a plan, in its order. */
export function* matching(collection: Collection, chosen: Plan, query: Query): Generator<Hit> {
  const { filter } = query
  const test = filter.size === 0 ? undefined : compileMatcher(filter, { now: query.now })
  const fields = test ? fieldsOfFilter(filter) : undefined
  const scan = new Scan(collection, chosen)
  for (let row = scan.next(); row; row = scan.next()) {
    if (query.deadline !== undefined && scan.examined % LOOK_EVERY === 0 && performance.now() > query.deadline) {
      throw new StoreError(50, 'operation exceeded time limit')
    }
    if (!test) {
      yield hit(row)
      continue
    }
    const seen = fields ? decodeFields(row.bytes, fields) : decodeDoc(row.bytes)
    if (test.matches(seen)) yield hit(row)
  }
}

/** The hits of a query in the order asked for, after skip and within limit. */
export function* hits(collection: Collection, query: Query): Generator<Hit> {
  const { sort, skip = 0, limit = 0, hint } = query
  const ordered = sort !== undefined && sort.size > 0 && !sort.has('$natural')
  const chosen = plan(collection, query.filter, ordered ? sort : undefined, hint)
  const found = matching(collection, chosen, query)
  const source =
    ordered && !chosen.sorted ? sorted(found, sort, limit > 0 ? skip + limit : Number.POSITIVE_INFINITY) : found
  let passed = 0
  for (const one of source) {
    passed += 1
    if (passed <= skip) continue
    yield one
    if (limit > 0 && passed - skip >= limit) return
  }
}

function* sorted(found: Iterable<Hit>, sort: Doc, most: number): Generator<Hit> {
  const fields = new Set([...sort.keys()].map((path) => splitPath(path)[0]!))
  const hitOf = new Map<Doc, Hit>()
  function* keyed(): Generator<Doc> {
    for (const one of found) {
      const doc = decodeFields(one.bytes, fields)
      hitOf.set(doc, one)
      yield doc
    }
  }
  for (const doc of sortItems(keyed(), compileSort(sort), most)) yield hitOf.get(doc)!
}

/** The answers of a query as BSON, projected. */
export function* answers(collection: Collection, query: Query): Generator<Buffer> {
  const project = query.projection && query.projection.size > 0 ? compileProjection(query.projection) : undefined
  for (const one of hits(collection, query)) {
    yield project
      ? encodeDoc(project(one.doc()))
      : Buffer.from(one.bytes.buffer, one.bytes.byteOffset, one.bytes.byteLength)
  }
}
