import { Binary } from 'bson'
import { encodeDoc } from '../codec.ts'
import { fail } from '../errors.ts'
import { compileFilter } from '../matcher.ts'
import { type Doc, docOf, int32, isDoc, type Value } from '../values.ts'
import { cursorReply } from '../wire.ts'
import { collectionName, docField, ok, type StoreCommand, type Work } from './command.ts'

function listing(docs: Doc[], ns: string): Buffer {
  return cursorReply(
    'firstBatch',
    docs.map((doc) => encodeDoc(doc)),
    0n,
    ns,
  )
}

function createIndexes(body: Doc, { storage, db }: Work): Doc {
  const name = collectionName(body)
  const wanted = body.get('indexes')
  if (!Array.isArray(wanted) || wanted.length === 0)
    return fail('BadValue', 'Must specify at least one index to create')
  const created = storage.find(db, name) === undefined
  const collection = storage.ensure(db, name)
  const before = collection.indexes.length
  for (const index of wanted) {
    if (!isDoc(index)) return fail('TypeMismatch', 'every index must be an object')
    collection.createIndex(index)
  }
  const after = collection.indexes.length
  return ok(
    ['numIndexesBefore', int32(before)],
    ['numIndexesAfter', int32(after)],
    ['createdCollectionAutomatically', created],
    ...(before === after ? ([['note', 'all indexes already exist']] as [string, Value][]) : []),
  )
}

function dropIndexes(body: Doc, { storage, db }: Work): Doc {
  const collection = storage.find(db, collectionName(body))
  if (!collection) return fail('NamespaceNotFound', `ns not found ${db}.${collectionName(body)}`)
  const before = collection.indexes.length
  const wanted = body.get('index')
  const names = Array.isArray(wanted) ? wanted : [wanted]
  for (const name of names) {
    if (name === '*')
      for (const index of collection.indexes.filter((one) => one.name !== '_id_')) collection.dropIndex(index.name)
    else if (typeof name === 'string') collection.dropIndex(name)
    else return fail('NotImplemented', 'indexes are dropped by name in this store')
  }
  return ok(['nIndexesWas', int32(before)])
}

function listCollections(body: Doc, { storage, db }: Work): Buffer {
  const filter = docField(body, 'filter')
  const passes = filter ? compileFilter(filter) : () => true
  const docs = storage
    .all()
    .filter((collection) => collection.db === db)
    .map((collection) =>
      docOf(
        ['name', collection.name],
        ['type', 'collection'],
        ['options', new Map()],
        [
          'info',
          docOf(
            ['readOnly', false],
            ['uuid', new Binary(Buffer.from(collection.id.toString(16).padStart(32, '0'), 'hex'), 4)],
          ),
        ],
        ['idIndex', collection.describeIndexes()[0]!],
      ),
    )
    .filter(passes)
  return listing(docs, `${db}.$cmd.listCollections`)
}

function listIndexes(body: Doc, { storage, db }: Work): Buffer {
  const name = collectionName(body)
  const collection = storage.find(db, name)
  if (!collection) return fail('NamespaceNotFound', `ns does not exist: ${db}.${name}`)
  return listing(collection.describeIndexes(), `${db}.${name}`)
}

function sizeOf(work: Work, table: string): number {
  const row = work.storage.sql(`SELECT coalesce(sum(length(doc)), 0) AS n FROM ${table}`).get() as { n: number }
  return row.n
}

function collStats(body: Doc, work: Work): Doc {
  const name = collectionName(body)
  const collection = work.storage.find(work.db, name)
  const count = collection?.count() ?? 0
  const size = collection ? sizeOf(work, `d${collection.id}`) : 0
  return ok(
    ['ns', `${work.db}.${name}`],
    ['count', int32(count)],
    ['size', size],
    ['storageSize', size],
    ['nindexes', int32(collection?.indexes.length ?? 0)],
  )
}

/** Commands about databases, collections and indexes. */
export const CATALOG_COMMANDS: Record<string, StoreCommand> = {
  createIndexes: { writes: true, fields: ['indexes', 'commitQuorum'], run: createIndexes },
  dropIndexes: { writes: true, fields: ['index'], run: dropIndexes },
  listIndexes: { writes: false, fields: ['cursor'], run: listIndexes },
  listCollections: {
    writes: false,
    fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
    run: listCollections,
  },
  listDatabases: {
    writes: false,
    fields: ['filter', 'nameOnly', 'authorizedDatabases'],
    run: (_body, { storage }) => {
      const names = [...new Set(storage.all().map(({ db }) => db))].sort()
      return ok(
        ['databases', names.map((name) => docOf(['name', name], ['sizeOnDisk', 0], ['empty', false]))],
        ['totalSize', 0],
      )
    },
  },
  create: {
    writes: true,
    fields: [],
    run: (body, { storage, db }) => {
      const name = collectionName(body)
      if (storage.find(db, name)) return fail('NamespaceExists', `Collection ${db}.${name} already exists.`)
      storage.ensure(db, name)
      return ok()
    },
  },
  drop: {
    writes: true,
    fields: [],
    run: (body, { storage, db, cursors }) => {
      const name = collectionName(body)
      const collection = storage.find(db, name)
      if (!collection) return fail('NamespaceNotFound', 'ns not found')
      const indexes = collection.indexes.length
      cursors.killOf(`${db}.${name}`)
      storage.drop(db, name)
      return ok(['nIndexesWas', int32(indexes)], ['ns', `${db}.${name}`])
    },
  },
  dropDatabase: {
    writes: true,
    fields: [],
    run: (_body, { storage, db, cursors }) => {
      cursors.killOf(`${db}.`)
      for (const collection of storage.all().filter((one) => one.db === db)) storage.drop(db, collection.name)
      return ok(['dropped', db])
    },
  },
  collStats: { writes: false, fields: ['scale'], run: collStats },
  dbStats: {
    writes: false,
    fields: ['scale', 'freeStorage'],
    run: (_body, work) => {
      const collections = work.storage.all().filter(({ db }) => db === work.db)
      const objects = collections.reduce((sum, collection) => sum + collection.count(), 0)
      const size = collections.reduce((sum, collection) => sum + sizeOf(work, `d${collection.id}`), 0)
      return ok(
        ['db', work.db],
        ['collections', int32(collections.length)],
        ['objects', int32(objects)],
        ['dataSize', size],
      )
    },
  },
}
