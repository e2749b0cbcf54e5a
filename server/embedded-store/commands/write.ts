import { ObjectId } from 'bson'
import { decodeDoc, MAX_DOCUMENT_BYTES } from '../codec.ts'
import type { Collection } from '../collection.ts'
import { fail, StoreError } from '../errors.ts'
import { compileMatcher } from '../matcher.ts'
import { plan } from '../planner.ts'
import { type Hit, hits, matching, type Query } from '../query.ts'
import { compileProjection } from '../simple-projection.ts'
import { compileUpdate } from '../updater.ts'
import { upsertedDoc } from '../upsert.ts'
import { type Doc, docOf, int32, isTruthy, type Value } from '../values.ts'
import {
  collectionName,
  docField,
  documentsOf,
  isOrdered,
  ok,
  refuseCollation,
  type StoreCommand,
  type Work,
} from './command.ts'

function asDoc(item: Doc | Buffer): Doc {
  return Buffer.isBuffer(item) ? decodeDoc(item) : item
}

function writeError(index: number, error: StoreError): Doc {
  const doc = docOf(['index', int32(index)], ['code', int32(error.code)], ['errmsg', error.message])
  for (const [name, value] of error.extra ?? []) doc.set(name, value)
  return doc
}

/** Does each item in turn; a fault is noted with its index and ends an ordered write. */
function each<T>(items: T[], ordered: boolean, act: (item: T, index: number) => void): Doc[] {
  const faults: Doc[] = []
  for (let index = 0; index < items.length; index++) {
    try {
      act(items[index]!, index)
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      faults.push(writeError(index, error))
      if (ordered) break
    }
  }
  return faults
}

function withFaults(reply: [string, Value][], faults: Doc[]): Doc {
  return ok(...reply, ...(faults.length > 0 ? ([['writeErrors', faults]] as [string, Value][]) : []))
}

function checkId(id: Value | undefined): void {
  if (Array.isArray(id)) fail('InvalidIdField', "The '_id' value cannot be of type array")
}

/** The document as it is stored: with an `_id`, which stands first. */
function withId(doc: Doc): Doc {
  const id = doc.get('_id')
  checkId(id)
  if (id !== undefined && doc.keys().next().value === '_id') return doc
  const result: Doc = new Map([['_id', id ?? new ObjectId()]])
  for (const [name, value] of doc) if (name !== '_id') result.set(name, value)
  return result
}

function insert(body: Doc, { storage, db, request }: Work): Doc {
  const items = documentsOf(body, request, 'documents')
  const collection = storage.ensure(db, collectionName(body))
  let n = 0
  const faults = each(items, isOrdered(body), (item) => {
    const doc = asDoc(item)
    const stored = withId(doc)
    if (Buffer.isBuffer(item) && stored === doc) {
      if (item.length > MAX_DOCUMENT_BYTES)
        fail('BSONObjectTooLarge', `object to insert too large. size in bytes: ${item.length}`)
      collection.insert(stored, item)
    } else collection.insert(stored)
    n += 1
  })
  return withFaults([['n', int32(n)]], faults)
}

interface UpdateWish {
  filter: Doc
  update: Value
  multi: boolean
  upsert: boolean
  arrayFilters: Value[] | undefined
  hint: Value | undefined
  sort?: Doc | undefined
}

function compiled(wish: UpdateWish, now: Date) {
  const updater = compileUpdate(wish.update, { now, ...(wish.arrayFilters ? { arrayFilters: wish.arrayFilters } : {}) })
  if (wish.multi && updater.replaces)
    fail('FailedToParse', 'multi update is not supported for replacement-style update')
  return { updater, matcher: compileMatcher(wish.filter, { now }) }
}

function change(collection: Collection, hit: Hit, tools: ReturnType<typeof compiled>): Doc {
  const before = hit.doc()
  const found = tools.matcher.matchWithPosition(before)
  const after = tools.updater.apply(before, { position: found ? found.position : undefined })
  if (after !== before) collection.replace(hit.r, before, after)
  return after
}

function updateOne(
  collection: Collection,
  wish: UpdateWish,
  now: Date,
): { matched: number; modified: number; upserted?: Value } {
  const tools = compiled(wish, now)
  const query: Query = { filter: wish.filter, sort: wish.sort, hint: wish.hint, limit: wish.multi ? 0 : 1, now }
  const found = [...hits(collection, query)]
  let modified = 0
  for (const hit of found) if (change(collection, hit, tools) !== hit.doc()) modified += 1
  if (found.length > 0 || !wish.upsert) return { matched: found.length, modified }
  const fresh = upsertedDoc(wish.filter, tools.updater)
  checkId(fresh.get('_id'))
  collection.insert(fresh)
  return { matched: 1, modified: 0, upserted: fresh.get('_id')! }
}

const UPDATE_FIELDS = new Set(['q', 'u', 'multi', 'upsert', 'arrayFilters', 'hint', 'collation', 'c', 'sort'])

function updateWish(item: Doc): UpdateWish {
  for (const name of item.keys())
    if (!UPDATE_FIELDS.has(name)) fail(40415, `BSON field 'update.updates.${name}' is an unknown field.`)
  refuseCollation(item)
  if (item.has('c')) fail('NotImplemented', 'constants (let) in updates are not supported by this store')
  const filters = item.get('arrayFilters')
  return {
    filter: docField(item, 'q') ?? new Map(),
    update: item.get('u') ?? fail('FailedToParse', "BSON field 'update.updates.u' is missing but a required field"),
    multi: isTruthy(item.get('multi')),
    upsert: isTruthy(item.get('upsert')),
    arrayFilters: Array.isArray(filters) ? filters : undefined,
    hint: item.get('hint') ?? undefined,
    sort: docField(item, 'sort'),
  }
}

function update(body: Doc, { storage, db, request, now }: Work): Doc {
  const items = documentsOf(body, request, 'updates').map(asDoc)
  const collection = storage.ensure(db, collectionName(body))
  let n = 0
  let nModified = 0
  const upserted: Doc[] = []
  const faults = each(items, isOrdered(body), (item, index) => {
    const outcome = updateOne(collection, updateWish(item), now)
    n += outcome.matched
    nModified += outcome.modified
    if (outcome.upserted !== undefined) upserted.push(docOf(['index', int32(index)], ['_id', outcome.upserted]))
  })
  return withFaults(
    [
      ['n', int32(n)],
      ['nModified', int32(nModified)],
      ...(upserted.length > 0 ? ([['upserted', upserted]] as [string, Value][]) : []),
    ],
    faults,
  )
}

function remove(body: Doc, { storage, db, request, now }: Work): Doc {
  const items = documentsOf(body, request, 'deletes').map(asDoc)
  const collection = storage.find(db, collectionName(body))
  let n = 0
  const faults = each(items, isOrdered(body), (item) => {
    refuseCollation(item)
    if (!collection) return
    const limit = isTruthy(item.get('limit')) ? 1 : 0
    const query: Query = { filter: docField(item, 'q') ?? new Map(), limit, hint: item.get('hint') ?? undefined, now }
    for (const hit of [...hits(collection, query)]) {
      collection.remove(hit.r, hit.doc())
      n += 1
    }
  })
  return withFaults([['n', int32(n)]], faults)
}

function findAndModify(body: Doc, { storage, db, now }: Work): Doc {
  refuseCollation(body)
  const name = collectionName(body)
  const removing = isTruthy(body.get('remove'))
  const wantsNew = isTruthy(body.get('new'))
  const update = body.get('update')
  if (removing === (update !== undefined)) fail('FailedToParse', 'Either an update or remove=true must be specified')
  if (removing && (wantsNew || isTruthy(body.get('upsert'))))
    fail(
      'FailedToParse',
      "Cannot specify both new=true or upsert=true and remove=true; 'remove' always returns the deleted document",
    )
  const fields = docField(body, 'fields') ?? docField(body, 'projection')
  const project = fields && fields.size > 0 ? compileProjection(fields) : (doc: Doc) => doc
  const filters = body.get('arrayFilters')
  const wish: UpdateWish = {
    filter: docField(body, 'query') ?? new Map(),
    update: update ?? new Map(),
    multi: false,
    upsert: isTruthy(body.get('upsert')),
    arrayFilters: Array.isArray(filters) ? filters : undefined,
    hint: body.get('hint') ?? undefined,
    sort: docField(body, 'sort'),
  }
  const collection = wish.upsert ? storage.ensure(db, name) : storage.find(db, name)
  const query: Query = { filter: wish.filter, sort: wish.sort, hint: wish.hint, limit: 1, now }
  const tools = removing ? undefined : compiled(wish, now)
  const [hit] = collection ? hits(collection, query) : []
  const answer = (n: number, value: Doc | null, more: [string, Value][]) =>
    ok(['lastErrorObject', docOf(['n', int32(n)], ...more)], ['value', value === null ? null : project(value)])
  if (hit && collection) {
    const before = hit.doc()
    if (!tools) {
      collection.remove(hit.r, before)
      return answer(1, before, [])
    }
    const after = change(collection, hit, tools)
    return answer(1, wantsNew ? after : before, [['updatedExisting', true]])
  }
  if (!tools) return answer(0, null, [])
  if (!wish.upsert || !collection) return answer(0, null, [['updatedExisting', false]])
  const fresh = upsertedDoc(wish.filter, tools.updater)
  checkId(fresh.get('_id'))
  collection.insert(fresh)
  return answer(1, wantsNew ? fresh : null, [
    ['updatedExisting', false],
    ['upserted', fresh.get('_id')!],
  ])
}

/** Deletes up to `most` documents whose date in a TTL index is over; gives the number. */
export function expire(collection: Collection, field: string, before: Date, most: number, now: Date): number {
  const filter: Doc = docOf([field, docOf(['$lt', before])])
  let n = 0
  for (const hit of [...take(matching(collection, plan(collection, filter, undefined), { filter, now }), most)]) {
    collection.remove(hit.r, hit.doc())
    n += 1
  }
  return n
}

function* take<T>(source: Iterable<T>, most: number): Generator<T> {
  let n = 0
  for (const one of source) {
    if (n++ >= most) return
    yield one
  }
}

/** Commands that write documents. */
export const WRITE_COMMANDS: Record<string, StoreCommand> = {
  insert: { writes: true, fields: ['documents', 'ordered', 'bypassDocumentValidation'], run: insert },
  update: { writes: true, fields: ['updates', 'ordered', 'bypassDocumentValidation'], run: update },
  delete: { writes: true, fields: ['deletes', 'ordered'], run: remove },
  findAndModify: {
    writes: true,
    fields: [
      'query',
      'sort',
      'remove',
      'update',
      'new',
      'fields',
      'projection',
      'upsert',
      'bypassDocumentValidation',
      'collation',
      'arrayFilters',
      'hint',
    ],
    run: findAndModify,
  },
}
WRITE_COMMANDS.findandmodify = WRITE_COMMANDS.findAndModify!
