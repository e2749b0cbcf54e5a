/** Collections and indexes: create, drop, dropDatabase, listCollections, listDatabases, createIndexes, listIndexes, dropIndexes, collStats, dbStats. */
import { decodeDoc, encodeDoc } from '../codec.ts'
import type { Source } from '../cursors.ts'
import { fail } from '../errors.ts'
import { type Index, type IndexSpec, readIndexSpec, sameIndex, sameKey } from '../index-spec.ts'
import { compileFilter } from '../matcher.ts'
import { scanOf } from '../scan.ts'
import type { Collection } from '../storage.ts'
import { type Doc, docOf, int32, isDoc, show, type Value } from '../values.ts'
import { cursorReply } from '../wire.ts'
import { Arguments } from './arguments.ts'
import { atOnce, type Command, type CommandContext, type Steps } from './command.ts'

function missing(context: CommandContext, name: string): never {
  return fail('NamespaceNotFound', `ns does not exist: ${context.db}.${name}`)
}

function cursorOver(context: CommandContext, docs: Doc[], ns: string, cursor: Doc | undefined): Buffer {
  const batchSize = cursor && new Arguments('cursor', cursor).only('batchSize').integer('batchSize')
  const left = docs.map((doc) => encodeDoc(doc))
  const source: Source = { next: () => left.shift(), pause: () => {}, collection: undefined }
  const { id, batch } = context.cursors.begin(source, ns, { batchSize: batchSize || docs.length + 1 })
  return cursorReply('firstBatch', batch, id, ns)
}

const create = atOnce((request, context) => {
  const known = ['create', 'autoIndexId', 'idIndex', 'encryptedFields', 'storageEngine', 'indexOptionDefaults', 'flags']
  const refused = ['capped', 'timeseries', 'viewOn', 'validator', 'clusteredIndex', 'changeStreamPreAndPostImages']
  const args = new Arguments('create', request.body)
    .only(...known, ...refused, 'size', 'max', 'pipeline', 'validationLevel', 'validationAction', 'expireAfterSeconds')
    .without(...refused, 'expireAfterSeconds', 'encryptedFields')
  const name = args.text('create')
  if (context.storage.collection(context.db, name)) {
    fail('NamespaceExists', `Collection ${context.db}.${name} already exists.`)
  }
  context.storage.create(context.db, name)
  return docOf(['ok', 1])
})

const drop = atOnce((request, context) => {
  const name = new Arguments('drop', request.body).only('drop').text('drop')
  const collection = context.storage.collection(context.db, name)
  if (!collection) return docOf(['ok', 1])
  const indexes = collection.indexes.length
  context.storage.drop(collection)
  return docOf(['nIndexesWas', int32(indexes)], ['ns', `${context.db}.${name}`], ['ok', 1])
})

const dropDatabase = atOnce((request, context) => {
  new Arguments('dropDatabase', request.body).only('dropDatabase')
  for (const collection of context.storage.list(context.db)) context.storage.drop(collection)
  return docOf(['dropped', context.db], ['ok', 1])
})

const listCollections: Command = {
  kind: 'read',
  run: (request, context) => {
    const args = new Arguments('listCollections', request.body).only(
      ...['listCollections', 'filter', 'cursor', 'nameOnly', 'authorizedCollections'],
    )
    const test = compileFilter(args.doc('filter') ?? new Map())
    const shown = context.storage.list(context.db).map(({ name, indexes }) => {
      const entry = docOf(['name', name], ['type', 'collection'])
      if (args.flag('nameOnly')) return entry
      return entry
        .set('options', new Map())
        .set('info', docOf(['readOnly', false]))
        .set('idIndex', indexes[0]!.spec.shown)
    })
    return cursorOver(context, shown.filter(test), `${context.db}.$cmd.listCollections`, args.doc('cursor'))
  },
}

const listDatabases: Command = {
  kind: 'read',
  run: (request, context) => {
    const args = new Arguments('listDatabases', request.body).only(
      ...['listDatabases', 'filter', 'nameOnly', 'authorizedDatabases'],
    )
    const test = compileFilter(args.doc('filter') ?? new Map())
    const names = [...new Set(context.storage.list().map(({ db }) => db))].sort()
    const shown = names.map((name) =>
      docOf(['name', name], ['sizeOnDisk', context.storage.fileSize()], ['empty', false]),
    )
    return docOf(['databases', shown.filter(test)], ['totalSize', context.storage.fileSize()], ['ok', 1])
  },
}

const listIndexes: Command = {
  kind: 'read',
  run: (request, context) => {
    const args = new Arguments('listIndexes', request.body).only(
      'listIndexes',
      'cursor',
      'includeBuildUUIDs',
      'includeIndexBuildInfo',
    )
    const name = args.text('listIndexes')
    const collection = context.storage.collection(context.db, name) ?? missing(context, name)
    const shown = collection.indexes.filter(({ ready }) => ready).map(({ spec }) => spec.shown)
    return cursorOver(context, shown, `${context.db}.${name}`, args.doc('cursor'))
  },
}

/** The index that says the same already, if there is one; throws where one with the same name or fields says otherwise. */
function existing(collection: Collection, spec: IndexSpec): Index | undefined {
  if (spec.fields.length === 1 && spec.fields[0]!.path === '_id' && !spec.fields[0]!.descending)
    return collection.indexes[0]
  for (const index of collection.indexes) {
    const named = index.spec.name === spec.name
    if (sameIndex(index.spec, spec)) {
      if (named) return index
      fail('IndexOptionsConflict', `Index already exists with a different name: ${index.spec.name}`)
    }
    if (named) {
      fail(
        'IndexKeySpecsConflict',
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${show(spec.shown)}, existing index: ${show(index.spec.shown)}`,
      )
    }
    if (sameKey(index.spec, spec) && !spec.partial && !index.spec.partial) {
      fail(
        'IndexOptionsConflict',
        `An equivalent index already exists with a different name and options. Requested index: ${show(spec.shown)}, existing index: ${show(index.spec.shown)}`,
      )
    }
    if (spec.text && index.spec.text) {
      fail('IndexOptionsConflict', 'only one text index per collection allowed')
    }
  }
  return undefined
}

/** Fills an index in steps; writes that come between keep it up to date. */
function* build(context: CommandContext, collection: Collection, index: Index): Generator<undefined, void> {
  const scan = scanOf(context.storage, collection, { kind: 'table', reverse: false, sorted: true }, context.effort)
  try {
    for (let row = scan.next(); row; row = scan.next()) {
      const { rid, bytes } = row
      if (context.rest()) {
        scan.pause()
        yield undefined
        if (!collection.indexes.includes(index)) fail('OperationFailed', 'the index was dropped while it was built')
        const now = context.storage.get(collection, rid)
        if (now) context.storage.index(collection, index, rid, decodeDoc(now))
      } else context.storage.index(collection, index, rid, decodeDoc(bytes))
    }
  } finally {
    scan.pause()
  }
}

const createIndexes: Command = {
  kind: 'write',
  run: function* (request, context): Steps {
    const args = new Arguments('createIndexes', request.body).only('createIndexes', 'indexes', 'commitQuorum')
    const name = args.text('createIndexes')
    const specs = (args.list('indexes') ?? []).map((given) =>
      isDoc(given) ? readIndexSpec(given) : fail('TypeMismatch', 'each index must be an object'),
    )
    if (specs.length === 0) fail('BadValue', 'Must specify at least one index to create')
    const created = context.storage.collection(context.db, name) === undefined
    const collection = context.storage.collection(context.db, name) ?? context.storage.create(context.db, name)
    const before = collection.indexes.length
    for (const spec of specs) {
      if (existing(collection, spec)) continue
      if (collection.indexes.length >= 64) fail('CannotCreateIndex', 'add index fails, too many indexes')
      const index = context.storage.addIndex(collection, spec, false)
      try {
        yield* build(context, collection, index)
      } catch (error) {
        if (collection.indexes.includes(index)) context.storage.dropIndex(collection, index)
        throw error
      }
      context.storage.finishIndex(index)
    }
    const reply = docOf(['numIndexesBefore', int32(before)], ['numIndexesAfter', int32(collection.indexes.length)])
    if (before === collection.indexes.length) reply.set('note', 'all indexes already exist')
    return reply.set('createdCollectionAutomatically', created).set('ok', 1)
  },
}

function indexesToDrop(collection: Collection, which: Value | undefined): Index[] {
  if (which === '*') return collection.indexes.slice(1)
  const wanted = Array.isArray(which) ? which : [which]
  return wanted.map((one) => {
    const found = collection.indexes.find(({ spec }) =>
      isDoc(one) ? encodeDoc(spec.key).equals(encodeDoc(one)) : spec.name === one,
    )
    if (!found) return fail('IndexNotFound', `index not found with name [${isDoc(one) ? show(one) : String(one)}]`)
    if (found === collection.indexes[0]) fail('InvalidOptions', 'cannot drop _id index')
    return found
  })
}

const dropIndexes = atOnce((request, context) => {
  const [command] = request.body.keys()
  const args = new Arguments(command!, request.body).only(command!, 'index')
  const name = args.text(command!)
  const collection = context.storage.collection(context.db, name)
  if (!collection) return fail('NamespaceNotFound', `ns not found ${context.db}.${name}`)
  const before = collection.indexes.length
  for (const index of indexesToDrop(collection, args.value('index'))) context.storage.dropIndex(collection, index)
  return docOf(['nIndexesWas', int32(before)], ['ok', 1])
})

const collStats: Command = {
  kind: 'read',
  run: (request, context) => {
    const args = new Arguments('collStats', request.body).only('collStats', 'scale')
    const name = args.text('collStats')
    const collection = context.storage.collection(context.db, name)
    const count = collection ? context.storage.count(collection) : 0
    const size = collection ? context.storage.size(collection) : 0
    return docOf(
      ['ns', `${context.db}.${name}`],
      ['count', int32(count)],
      ['size', size],
      ['avgObjSize', count > 0 ? Math.round(size / count) : 0],
      ['storageSize', size],
      ['nindexes', int32(collection?.indexes.length ?? 0)],
      ['ok', 1],
    )
  },
}

const dbStats: Command = {
  kind: 'read',
  run: (request, context) => {
    new Arguments('dbStats', request.body).only('dbStats', 'dbstats', 'scale', 'freeStorage')
    const collections = context.storage.list(context.db)
    const objects = collections.reduce((sum, collection) => sum + context.storage.count(collection), 0)
    const size = collections.reduce((sum, collection) => sum + context.storage.size(collection), 0)
    return docOf(
      ['db', context.db],
      ['collections', int32(collections.length)],
      ['views', int32(0)],
      ['objects', int32(objects)],
      ['dataSize', size],
      ['storageSize', context.storage.fileSize()],
      ['indexes', int32(collections.reduce((sum, { indexes }) => sum + indexes.length, 0))],
      ['ok', 1],
    )
  },
}

export const CATALOG_COMMANDS: Record<string, Command> = {
  create,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
  listIndexes,
  createIndexes,
  dropIndexes,
  deleteIndexes: dropIndexes,
  collStats,
  collstats: collStats,
  dbStats,
  dbstats: dbStats,
}
