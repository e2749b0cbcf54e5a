import { keyOf } from '../compare.ts'
import { fail } from '../errors.ts'
import { splitPath, walkPath } from '../paths.ts'
import { plan } from '../planner.ts'
import { answers, hits, type Query } from '../query.ts'
import { type Doc, docOf, int32, isDoc, isTruthy, type Value } from '../values.ts'
import { cursorReply } from '../wire.ts'
import {
  collectionName,
  countField,
  deadlineOf,
  docField,
  ok,
  refuseCollation,
  type StoreCommand,
  type Work,
} from './command.ts'

const NOTHING = function* nothing(): Generator<Buffer> {}

function queryOf(body: Doc, filterField: string, now: Date): Query {
  refuseCollation(body)
  return {
    filter: docField(body, filterField) ?? new Map(),
    sort: docField(body, 'sort'),
    skip: countField(body, 'skip') ?? 0,
    limit: countField(body, 'limit') ?? 0,
    hint: body.get('hint') ?? undefined,
    now,
    deadline: deadlineOf(body),
  }
}

function find(body: Doc, { storage, cursors, db, now }: Work): Buffer {
  const name = collectionName(body)
  for (const refused of ['tailable', 'awaitData', 'returnKey', 'showRecordId', 'min', 'max']) {
    const value = body.get(refused)
    if (value !== undefined && (isDoc(value) ? value.size > 0 : isTruthy(value)))
      fail('NotImplemented', `find's option '${refused}' is not supported by this store`)
  }
  const query: Query = { ...queryOf(body, 'filter', now), projection: docField(body, 'projection') }
  const collection = storage.find(db, name)
  const ns = `${db}.${name}`
  const source = collection ? answers(collection, query) : NOTHING()
  const limit = query.limit ?? 0
  const single = isTruthy(body.get('singleBatch')) || limit === 1
  const batchSize = countField(body, 'batchSize')
  const { documents, id } = cursors.start(ns, source, {
    batchSize: batchSize ?? (limit > 0 ? Math.max(limit, 101) : undefined),
    single,
  })
  return cursorReply('firstBatch', documents, id, ns)
}

function getMore(body: Doc, { cursors, db }: Work): Buffer {
  const id = body.get('getMore')
  const collection = body.get('collection')
  if (typeof id !== 'bigint')
    return fail('TypeMismatch', "BSON field 'getMore.getMore' is the wrong type, expected type 'long'")
  if (typeof collection !== 'string')
    return fail('TypeMismatch', "BSON field 'getMore.collection' is the wrong type, expected type 'string'")
  const ns = `${db}.${collection}`
  const { documents, id: rest } = cursors.more(id, ns, countField(body, 'batchSize') || undefined)
  return cursorReply('nextBatch', documents, rest, ns)
}

function killCursors(body: Doc, { cursors }: Work): Doc {
  const ids = body.get('cursors')
  if (!Array.isArray(ids))
    return fail('TypeMismatch', "BSON field 'killCursors.cursors' is the wrong type, expected type 'array'")
  const killed: Value[] = []
  const missing: Value[] = []
  for (const id of ids) (typeof id === 'bigint' && cursors.kill(id) ? killed : missing).push(id)
  return ok(['cursorsKilled', killed], ['cursorsNotFound', missing], ['cursorsAlive', []], ['cursorsUnknown', []])
}

function count(body: Doc, { storage, db, now }: Work): Doc {
  const collection = storage.find(db, collectionName(body))
  if (!collection) return ok(['n', int32(0)])
  const query = queryOf(body, 'query', now)
  if (query.filter.size === 0 && !query.skip && !query.limit) return ok(['n', int32(collection.count())])
  let n = 0
  for (const _ of hits(collection, query)) n += 1
  return ok(['n', int32(n)])
}

function distinct(body: Doc, { storage, db, now }: Work): Doc {
  const collection = storage.find(db, collectionName(body))
  const key = body.get('key')
  if (typeof key !== 'string')
    return fail('TypeMismatch', "BSON field 'distinct.key' is the wrong type, expected type 'string'")
  if (!collection) return ok(['values', []])
  const parts = splitPath(key)
  const values = new Map<string, Value>()
  for (const hit of hits(collection, queryOf(body, 'query', now))) {
    walkPath(hit.doc(), parts, 0, true, (value) => {
      for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) values.set(keyOf(one), one)
      return false
    })
  }
  return ok(['values', [...values.values()]])
}

function explain(body: Doc, { storage, db }: Work): Doc {
  const command = docField(body, 'explain')
  if (!command) return fail('TypeMismatch', "BSON field 'explain' is the wrong type, expected type 'object'")
  const [kind] = command.keys()
  if (kind !== 'find' && kind !== 'count' && kind !== 'distinct')
    return fail('NotImplemented', `explain of '${kind}' is not supported by this store yet`)
  const collection = storage.find(db, collectionName(command))
  const filter = docField(command, kind === 'find' ? 'filter' : 'query') ?? new Map()
  const sort = docField(command, 'sort')
  const chosen = collection && plan(collection, filter, sort, command.get('hint') ?? undefined)
  const scan: Doc = chosen?.index
    ? docOf(
        ['stage', 'FETCH'],
        [
          'inputStage',
          docOf(
            ['stage', 'IXSCAN'],
            ['indexName', chosen.index.name],
            ['keyPattern', chosen.index.spec.get('key')!],
            ['isMultiKey', chosen.index.multikey !== 0],
            ['direction', chosen.backward ? 'backward' : 'forward'],
          ),
        ],
      )
    : docOf(['stage', collection ? 'COLLSCAN' : 'EOF'])
  const winning =
    sort && sort.size > 0 && !chosen?.sorted
      ? docOf(['stage', 'SORT'], ['sortPattern', sort], ['inputStage', scan])
      : scan
  return ok([
    'queryPlanner',
    docOf(['namespace', `${db}.${collectionName(command)}`], ['winningPlan', winning], ['rejectedPlans', []]),
  ])
}

/** Commands that only read. */
export const READ_COMMANDS: Record<string, StoreCommand> = {
  find: {
    writes: false,
    fields: [
      'filter',
      'sort',
      'projection',
      'hint',
      'skip',
      'limit',
      'batchSize',
      'singleBatch',
      'max',
      'min',
      'returnKey',
      'showRecordId',
      'tailable',
      'awaitData',
      'noCursorTimeout',
      'allowPartialResults',
      'collation',
      'allowDiskUse',
      'let',
      'oplogReplay',
    ],
    run: find,
  },
  getMore: { writes: false, fields: ['collection', 'batchSize'], run: getMore },
  killCursors: { writes: false, fields: ['cursors'], run: killCursors },
  count: { writes: false, fields: ['query', 'limit', 'skip', 'hint', 'collation', 'fields'], run: count },
  distinct: { writes: false, fields: ['key', 'query', 'collation', 'hint'], run: distinct },
  explain: { writes: false, fields: ['verbosity'], run: explain },
}
