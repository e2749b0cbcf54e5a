/** insert, update, delete and findAndModify: written in steps, so that a long one lets others have their turn. */
import { ObjectId, Timestamp } from 'bson'
import { decodeDoc, encodeDoc, MAX_DOCUMENT_BYTES } from '../codec.ts'
import { fail, StoreError } from '../errors.ts'
import { compileProjection } from '../projection.ts'
import { type Found, Query, type QueryOptions } from '../query.ts'
import { checkName } from '../refusals.ts'
import type { Collection } from '../storage.ts'
import { nextTimestamp } from '../update-operators.ts'
import { compileUpdate, type Updater } from '../updater.ts'
import { upsertedDoc } from '../upsert.ts'
import { type Doc, docOf, int32, isDoc, show, typeNameOf, type Value } from '../values.ts'
import type { Request } from '../wire.ts'
import { Arguments, checkCollation, decoded, documentsOf } from './arguments.ts'
import type { Command, CommandContext, Steps } from './command.ts'

/** A part of a command that may rest, and gives something in the end. */
type Part<T> = Generator<undefined, T>

const MOST_WRITES = 100_000

/** Runs the parts of a bulk in order; errors are gathered, an ordered bulk stops at the first. */
function* bulk(
  count: number,
  ordered: boolean,
  context: CommandContext,
  write: (place: number) => Part<void> | undefined,
): Part<Value[]> {
  if (count === 0 || count > MOST_WRITES) {
    fail('InvalidLength', `Write batch sizes must be between 1 and ${MOST_WRITES}. Got ${count} operations.`)
  }
  const errors: Value[] = []
  for (let place = 0; place < count; place++) {
    if (place > 0 && context.rest()) yield undefined
    try {
      const steps = write(place)
      if (steps) yield* steps
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      errors.push(writeError(place, error))
      if (ordered) break
    }
  }
  return errors
}

function writeError(place: number, error: StoreError): Doc {
  const shown = docOf(['index', int32(place)], ['code', int32(error.code)])
  for (const [name, value] of error.extra ?? []) shown.set(name, value)
  return shown.set('errmsg', error.message)
}

function collectionFor(context: CommandContext, name: string): Collection {
  return context.storage.collection(context.db, name) ?? context.storage.create(context.db, name)
}

function checkId(id: Value | undefined): void {
  if (Array.isArray(id)) fail('InvalidIdField', "The '_id' value cannot be of type array")
  const type = typeNameOf(id)
  if (type === 'regex') fail('InvalidIdField', `The '_id' value cannot be of type ${type}`)
  if (isDoc(id)) {
    for (const name of id.keys()) {
      if (name.startsWith('$')) {
        fail(
          'DollarPrefixedFieldName',
          `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`,
        )
      }
    }
  }
}

/** Stores a new document with `_id` in front; gives back its `_id`. */
function store(context: CommandContext, collection: Collection, doc: Doc, given?: Buffer): Value {
  const [first] = doc.keys()
  let stored = doc
  let bytes = given
  if (first !== '_id') {
    stored = new Map([['_id', doc.get('_id') ?? new ObjectId()], ...doc])
    bytes = undefined
  }
  if (hasEmptyTimestamp(stored)) {
    stored = withTimestamps(stored, context.now)
    bytes = undefined
  }
  const id = stored.get('_id')!
  checkId(id)
  if (bytes && bytes.length > MAX_DOCUMENT_BYTES) tooLarge(bytes.length)
  context.storage.insert(collection, stored, bytes ?? encodeDoc(stored, MAX_DOCUMENT_BYTES))
  return id
}

function isEmptyTimestamp(name: string, value: Value): boolean {
  return name !== '_id' && value instanceof Timestamp && value.isZero()
}

function hasEmptyTimestamp(doc: Doc): boolean {
  for (const [name, value] of doc) if (isEmptyTimestamp(name, value)) return true
  return false
}

/** An empty timestamp in a field of a new document becomes the present one, as MongoDB has it. */
function withTimestamps(doc: Doc, now: Date): Doc {
  return new Map(Array.from(doc, ([name, value]) => [name, isEmptyTimestamp(name, value) ? nextTimestamp(now) : value]))
}

function tooLarge(size: number): never {
  return fail('BadValue', `object to insert too large. size in bytes: ${size}, max size: ${MAX_DOCUMENT_BYTES}`)
}

const insert: Command = {
  kind: 'write',
  run: function* (request, context): Steps {
    const args = new Arguments('insert', request.body).only(
      'insert',
      'documents',
      'ordered',
      'bypassDocumentValidation',
    )
    const documents = documentsOf(request, 'documents')
    const name = args.text('insert')
    checkName(context.db, name)
    let n = 0
    const errors = yield* bulk(documents.length, ordered(args), context, (place) => {
      const given = documents[place]!
      store(context, collectionFor(context, name), decoded(given), Buffer.isBuffer(given) ? given : undefined)
      n++
      return undefined
    })
    return reply([['n', int32(n)]], errors)
  },
}

function ordered(args: Arguments): boolean {
  return args.value('ordered') !== false
}

function reply(entries: [string, Value][], errors: Value[]): Doc {
  const shown = docOf(...entries)
  if (errors.length > 0) shown.set('writeErrors', errors)
  return shown.set('ok', 1)
}

/** What is asked of each document that a filter finds. */
type Apply = (found: Found, before: Doc) => void

/** Finds one document and applies a change to it in the same step; false where none answers. */
function* one(context: CommandContext, collection: Collection, options: QueryOptions, apply: Apply): Part<boolean> {
  const query = new Query(context, collection, options)
  for (let found = query.next(); found !== undefined; found = query.next()) {
    query.pause()
    if (found === null) {
      yield undefined
      continue
    }
    const bytes = context.storage.get(collection, found.rid)
    if (!bytes) continue
    const before = decodeDoc(bytes)
    const match = query.stillMatches(before)
    if (!match) continue
    apply({ ...found, bytes, position: match.position }, before)
    return true
  }
  return false
}

/** Applies a change to every document that a filter finds, each once; gives back how many. */
function* each(context: CommandContext, collection: Collection, options: QueryOptions, apply: Apply): Part<void> {
  const query = new Query(context, collection, options)
  const done = new Set<number>()
  for (let batch = 32; ; batch = Math.min(batch * 2, 256)) {
    const rids: number[] = []
    let found = query.next()
    for (; found && rids.length < batch; found = query.next()) if (!done.has(found.rid)) rids.push(found.rid)
    if (found && !done.has(found.rid)) rids.push(found.rid)
    query.pause()
    for (const rid of rids) {
      if (context.rest()) yield undefined
      const bytes = context.storage.get(collection, rid)
      if (!bytes || done.has(rid)) continue
      const before = decodeDoc(bytes)
      const match = query.stillMatches(before)
      if (!match) continue
      done.add(rid)
      apply({ rid, bytes, position: match.position }, before)
    }
    if (found === undefined) return
    if (found === null) yield undefined
  }
}

/** Writes what an update makes of a document; false where it changes nothing. */
function change(context: CommandContext, collection: Collection, found: Found, before: Doc, updater: Updater): Doc {
  const after = updater.apply(before, { position: found.position })
  if (after === before) return before
  const bytes = encodeDoc(after, MAX_DOCUMENT_BYTES)
  if (bytes.equals(found.bytes)) return before
  context.storage.replace(collection, found.rid, decodeDoc(found.bytes), after, bytes)
  return after
}

interface UpdateResult {
  matched: number
  modified: number
  upserted: Value | undefined
}

interface UpdateStatement extends QueryOptions {
  updater: Updater
  multi: boolean
  upsert: boolean
}

function updateStatement(context: CommandContext, given: Doc, letOf: Arguments): UpdateStatement {
  const args = new Arguments('update.updates', given)
    .only('q', 'u', 'c', 'multi', 'upsert', 'arrayFilters', 'hint', 'sort', 'upsertSupplied')
    .without('c', 'upsertSupplied')
  checkCollation(given)
  const filter = args.doc('q')
  const update = args.value('u')
  if (!filter || update === undefined)
    return fail(40414, "BSON field 'update.updates.q' or '.u' is missing but a required field")
  const multi = args.flag('multi')
  const variables = letOf.variables(context.now)
  const arrayFilters = args.list('arrayFilters')
  const updater = compileUpdate(update, {
    now: context.now,
    ...(variables ? { variables } : {}),
    ...(arrayFilters ? { arrayFilters } : {}),
  })
  if (multi && updater.replaces) fail('FailedToParse', 'multi update is not supported for replacement-style update')
  if (multi && args.has('sort')) fail('FailedToParse', 'Cannot specify sort with multi=true')
  return {
    filter,
    hint: args.value('hint'),
    sort: args.doc('sort'),
    variables,
    updater,
    multi,
    upsert: args.flag('upsert'),
  }
}

function* runUpdate(context: CommandContext, name: string, statement: UpdateStatement): Part<UpdateResult> {
  const result: UpdateResult = { matched: 0, modified: 0, upserted: undefined }
  const collection = context.storage.collection(context.db, name)
  const { updater, multi, upsert, filter } = statement
  const apply: Apply = (found, before) => {
    result.matched++
    if (change(context, collection!, found, before, updater) !== before) result.modified++
  }
  if (collection) {
    if (multi) yield* each(context, collection, statement, apply)
    else yield* one(context, collection, statement, apply)
  } else new Query(context, { id: 0, db: '', name: '', indexes: [] }, statement)
  if (result.matched === 0 && upsert) {
    result.upserted = store(context, collectionFor(context, name), upsertedDoc(filter, updater))
  }
  return result
}

const update: Command = {
  kind: 'write',
  run: function* (request, context): Steps {
    const args = new Arguments('update', request.body).only(
      'update',
      'updates',
      'ordered',
      'let',
      'bypassDocumentValidation',
    )
    const name = args.text('update')
    checkName(context.db, name)
    const updates = documentsOf(request, 'updates')
    let matched = 0
    let modified = 0
    const upserted: Value[] = []
    const errors = yield* bulk(updates.length, ordered(args), context, function* (place) {
      const result = yield* runUpdate(context, name, updateStatement(context, decoded(updates[place]!), args))
      matched += result.matched
      modified += result.modified
      if (result.upserted !== undefined) {
        upserted.push(docOf(['index', int32(place)], ['_id', result.upserted]))
        matched++
      }
    })
    const entries: [string, Value][] = [
      ['n', int32(matched)],
      ['nModified', int32(modified)],
    ]
    if (upserted.length > 0) entries.push(['upserted', upserted])
    return reply(entries, errors)
  },
}

const remove: Command = {
  kind: 'write',
  run: function* (request, context): Steps {
    const args = new Arguments('delete', request.body).only('delete', 'deletes', 'ordered', 'let')
    const name = args.text('delete')
    const deletes = documentsOf(request, 'deletes')
    let n = 0
    const errors = yield* bulk(deletes.length, ordered(args), context, function* (place) {
      const given = decoded(deletes[place]!)
      const part = new Arguments('delete.deletes', given).only('q', 'limit', 'hint')
      checkCollation(given)
      const filter = part.doc('q') ?? fail(40414, "BSON field 'delete.deletes.q' is missing but a required field")
      const limit = part.integer('limit')
      if (limit !== 0 && limit !== 1)
        fail('FailedToParse', `The limit field in delete objects must be 0 or 1. Got ${show(part.value('limit'))}`)
      const collection = context.storage.collection(context.db, name)
      if (!collection) return
      const options = { filter, hint: part.value('hint'), variables: args.variables(context.now) }
      const apply: Apply = ({ rid }, before) => {
        context.storage.remove(collection, rid, before)
        n++
      }
      if (limit === 1) yield* one(context, collection, options, apply)
      else yield* each(context, collection, options, apply)
    })
    return reply([['n', int32(n)]], errors)
  },
}

function modifyArguments(request: Request): Arguments {
  const [name] = request.body.keys()
  return new Arguments('findAndModify', request.body).only(
    ...[name!, 'query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert', 'arrayFilters', 'hint', 'let'],
    'bypassDocumentValidation',
  )
}

function checkModify(args: Arguments): void {
  const removes = args.flag('remove')
  if (removes && args.has('update')) fail('FailedToParse', 'Cannot specify both an update and remove=true')
  if (removes && args.flag('upsert')) fail('FailedToParse', 'Cannot specify both upsert=true and remove=true')
  if (removes && args.flag('new')) {
    fail('FailedToParse', "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document")
  }
  if (!removes && !args.has('update')) fail('FailedToParse', 'Either an update or remove=true must be specified')
}

const findAndModify: Command = {
  kind: 'write',
  run: function* (request, context): Steps {
    const args = modifyArguments(request)
    checkModify(args)
    const [[, named]] = request.body as unknown as [[string, Value]]
    const name =
      typeof named === 'string' ? named : fail('InvalidNamespace', 'findAndModify needs the name of a collection')
    const filter = args.doc('query') ?? new Map<string, Value>()
    const variables = args.variables(context.now)
    const options: QueryOptions = { filter, sort: args.doc('sort'), hint: args.value('hint'), variables }
    const arrayFilters = args.list('arrayFilters')
    const expressions = { now: context.now, ...(variables ? { variables } : {}) }
    const projection = compileProjection(args.doc('fields') ?? new Map(), expressions)
    const updater = args.flag('remove')
      ? undefined
      : compileUpdate(args.value('update')!, { ...expressions, ...(arrayFilters ? { arrayFilters } : {}) })
    const collection = context.storage.collection(context.db, name)
    let value: Doc | null = null
    const apply: Apply = (found, before) => {
      if (!updater) context.storage.remove(collection!, found.rid, before)
      const after = updater ? change(context, collection!, found, before, updater) : before
      value = projection.project(args.flag('new') ? after : decodeDoc(found.bytes), found.position)
    }
    const matched = collection ? yield* one(context, collection, options, apply) : false
    if (matched || !updater || !args.flag('upsert')) return modified(matched, updater !== undefined, value, undefined)
    const inserted = upsertedDoc(filter, updater)
    const id = store(context, collectionFor(context, name), inserted)
    return modified(false, true, args.flag('new') ? projection.project(inserted) : null, id)
  },
}

function modified(matched: boolean, updates: boolean, value: Doc | null, upserted: Value | undefined): Doc {
  const last = docOf(['n', int32(matched || upserted !== undefined ? 1 : 0)])
  if (updates) last.set('updatedExisting', matched)
  if (upserted !== undefined) last.set('upserted', upserted)
  return docOf(['lastErrorObject', last], ['value', value], ['ok', 1])
}

export const WRITE_COMMANDS: Record<string, Command> = {
  insert,
  update,
  delete: remove,
  findAndModify,
  findandmodify: findAndModify,
}
