/** find, getMore, killCursors, count, distinct and explain. */
import { decodeDoc, decodeFields, encodeDoc } from '../codec.ts'
import { keyOf } from '../compare.ts'
import type { Source } from '../cursors.ts'
import { fail } from '../errors.ts'
import type { Index } from '../index-spec.ts'
import { setTextScore } from '../meta.ts'
import { splitPath, walkPath } from '../paths.ts'
import { compileProjection } from '../projection.ts'
import { answersOf, type Context, Query, type QueryOptions, refuseScore } from '../query.ts'
import type { Collection } from '../storage.ts'
import { type Doc, docOf, int32, isDoc, type Value } from '../values.ts'
import { cursorReply, type Request } from '../wire.ts'
import { Arguments } from './arguments.ts'
import type { Command, CommandContext } from './command.ts'
import { showPlan } from './plan-shown.ts'

/** The source of a question's documents, projected and encoded. */
export function sourceOf(context: Context, query: Query, projection: Doc | undefined, options: QueryOptions): Source {
  const { collection } = query
  const pause = () => query.pause()
  if (!projection || projection.size === 0) {
    return { next: () => query.next()?.bytes, pause, collection }
  }
  if (query.plan.kind !== 'text') refuseScore(projection)
  const { variables } = options
  const compiled = compileProjection(projection, { now: context.now, ...(variables ? { variables } : {}) })
  const next = () => {
    const found = query.next()
    if (!found) return undefined
    const doc = decodeDoc(found.bytes)
    if (found.score !== undefined) setTextScore(doc, found.score)
    return encodeDoc(compiled.project(doc, found.position))
  }
  return { next, pause, collection }
}

/** The fields of find that say which documents, in which order. */
function questionOf(args: Arguments, now: Date, filterName = 'filter'): QueryOptions {
  return {
    filter: args.doc(filterName) ?? new Map(),
    sort: args.doc('sort'),
    skip: args.integer('skip'),
    limit: args.integer('limit'),
    hint: args.value('hint'),
    variables: args.variables(now),
  }
}

function findArguments(request: Request): Arguments {
  return new Arguments('find', request.body)
    .only(
      ...['find', 'filter', 'projection', 'sort', 'skip', 'limit', 'batchSize', 'singleBatch', 'hint', 'let'],
      ...['min', 'max', 'returnKey', 'showRecordId', 'tailable', 'awaitData', 'noCursorTimeout', 'allowDiskUse'],
      ...['allowPartialResults', 'oplogReplay'],
    )
    .without('min', 'max', 'returnKey', 'showRecordId', 'tailable', 'awaitData')
}

const find: Command = {
  kind: 'read',
  run: (request, context) => {
    const args = findArguments(request)
    const name = args.text('find')
    const ns = `${context.db}.${name}`
    const options = questionOf(args, context.now)
    const batchSize = args.integer('batchSize')
    const collection = context.storage.collection(context.db, name)
    const query = new Query(context, collection ?? EMPTY, options)
    if (!collection) return cursorReply('firstBatch', [], 0n, ns)
    const source = sourceOf(context, query, args.doc('projection'), options)
    const keeps = args.flag('noCursorTimeout')
    const { id, batch } = context.cursors.begin(source, ns, { batchSize, single: args.flag('singleBatch'), keeps })
    return cursorReply('firstBatch', batch, id, ns)
  },
}

/** Stands for a collection that does not exist. */
const EMPTY: Collection = { id: 0, db: '', name: '', indexes: [] }

const getMore: Command = {
  kind: 'read',
  run: (request, context) => {
    const args = new Arguments('getMore', request.body).only('getMore', 'collection', 'batchSize', 'term')
    const id = args.value('getMore')
    if (typeof id !== 'bigint') return fail('TypeMismatch', "BSON field 'getMore.getMore' must be of type long")
    const ns = `${context.db}.${args.text('collection')}`
    const size = args.integer('batchSize')
    const more = context.cursors.more(context.storage, id, ns, size === 0 ? undefined : size)
    return cursorReply('nextBatch', more.batch, more.id, ns)
  },
}

const killCursors: Command = {
  kind: 'read',
  run: (request, context) => {
    const args = new Arguments('killCursors', request.body).only('killCursors', 'cursors')
    const killed: Value[] = []
    const notFound: Value[] = []
    for (const id of args.list('cursors') ?? []) {
      if (typeof id === 'bigint' && context.cursors.kill(id)) killed.push(id)
      else notFound.push(id)
    }
    return docOf(
      ['cursorsKilled', killed],
      ['cursorsNotFound', notFound],
      ['cursorsAlive', []],
      ['cursorsUnknown', []],
      ['ok', 1],
    )
  },
}

const EVERYTHING = { low: Buffer.alloc(0), high: Buffer.of(0xff) }
/** Up to this many entries are counted in the engine's thread, within two or three milliseconds. */
const QUICK_COUNT = 30_000

function entriesIn({ storage, effort }: Context, index: Index, { low, high }: { low: Buffer; high: Buffer }): number {
  const quick = storage.countRange(index, low, high, QUICK_COUNT)
  if (quick < QUICK_COUNT) return quick
  effort.heavy()
  return storage.countRange(index, low, high)
}

/** How many documents answer, by the index alone where it tells. */
export function countAnswers(context: Context, collection: Collection, options: QueryOptions): number {
  const { skip = 0, limit = 0 } = options
  const cut = (all: number) => (limit > 0 ? Math.min(limit, Math.max(0, all - skip)) : Math.max(0, all - skip))
  if (options.filter.size === 0) return cut(entriesIn(context, collection.indexes[0]!, EVERYTHING))
  const query = new Query(context, collection, options)
  const { plan } = query
  if (plan.kind === 'index' && plan.exact && !plan.repeats) {
    const { index, ranges } = plan
    return cut(ranges.reduce((sum, range) => sum + entriesIn(context, index, range), 0))
  }
  let count = 0
  for (const _ of answersOf(query)) count++
  return count
}

const count: Command = {
  kind: 'read',
  run: (request, context) => {
    const args = new Arguments('count', request.body).only('count', 'query', 'limit', 'skip', 'hint', 'fields')
    const collection = context.storage.collection(context.db, args.text('count'))
    const limit = args.value('limit')
    const options = questionOf(
      new Arguments('count', new Map([...request.body, ...(limit ? [['limit', positive(limit)] as const] : [])])),
      context.now,
      'query',
    )
    const n = collection ? countAnswers(context, collection, options) : 0
    return docOf(['n', int32(n)], ['ok', 1])
  },
}

function positive(limit: Value): Value {
  const number = Number(limit)
  return Number.isNaN(number) ? limit : Math.abs(number)
}

const distinct: Command = {
  kind: 'read',
  run: (request, context) => {
    const args = new Arguments('distinct', request.body).only('distinct', 'key', 'query', 'hint')
    const parts = splitPath(args.text('key'))
    const collection = context.storage.collection(context.db, args.text('distinct'))
    const seen = new Map<string, Value>()
    if (collection) {
      const query = new Query(context, collection, questionOf(args, context.now, 'query'))
      const wanted = new Set([parts[0]!])
      for (const { bytes } of answersOf(query)) {
        walkPath(decodeFields(bytes, wanted), parts, 0, true, (value) => {
          if (value !== undefined && !Array.isArray(value)) seen.set(keyOf(value), value)
          return false
        })
      }
    }
    return docOf(['values', [...seen.values()]], ['ok', 1])
  },
}

/** The question that explain asks about. */
function explained(command: Doc, context: CommandContext): { name: string; options: QueryOptions } {
  const [name] = command.keys()
  const args = new Arguments(name!, command)
  const { now } = context
  switch (name) {
    case 'find':
      return { name: args.text('find'), options: questionOf(args, now) }
    case 'count':
      return { name: args.text('count'), options: questionOf(args, now, 'query') }
    case 'distinct':
      return { name: args.text('distinct'), options: questionOf(args, now, 'query') }
    case 'findAndModify':
      return { name: args.text('findAndModify'), options: questionOf(args, now, 'query') }
    case 'update':
    case 'delete': {
      const [first] = args.list(name === 'update' ? 'updates' : 'deletes') ?? []
      const filter = isDoc(first) ? first.get('q') : undefined
      return { name: args.text(name), options: { filter: isDoc(filter) ? filter : new Map() } }
    }
    case 'aggregate': {
      const [first, second] = args.list('pipeline') ?? []
      const filter = isDoc(first) ? first.get('$match') : undefined
      const sort = [first, second].map((stage) => (isDoc(stage) ? stage.get('$sort') : undefined)).find(isDoc)
      return { name: args.text('aggregate'), options: { filter: isDoc(filter) ? filter : new Map(), sort } }
    }
    default:
      return fail('CommandNotSupported', `Explain failed due to unknown command: ${name}`)
  }
}

const explain: Command = {
  kind: 'read',
  run: (request, context) => {
    const args = new Arguments('explain', request.body).only('explain', 'verbosity')
    const command = args.doc('explain') ?? new Map<string, Value>()
    const { name, options } = explained(command, context)
    const collection = context.storage.collection(context.db, name)
    const query = new Query(context, collection ?? EMPTY, options)
    const sorts = options.sort !== undefined && options.sort.size > 0
    const shown = collection ? showPlan(query.plan, sorts) : docOf(['stage', 'EOF'])
    const reply = docOf(
      [
        'queryPlanner',
        docOf(
          ['namespace', `${context.db}.${name}`],
          ['parsedQuery', options.filter],
          ['winningPlan', shown],
          ['rejectedPlans', []],
        ),
      ],
      ['command', command],
    )
    if (args.value('verbosity') !== 'queryPlanner' && collection) {
      context.effort.keys = 0
      context.effort.docs = 0
      let returned = 0
      for (const _ of answersOf(query)) returned++
      const { keys, docs } = context.effort
      const examined = query.plan.kind === 'table' ? 0 : keys
      reply.set(
        'executionStats',
        docOf(
          ['executionSuccess', true],
          ['nReturned', int32(returned)],
          ['totalKeysExamined', int32(examined)],
          ['totalDocsExamined', int32(docs)],
        ),
      )
    }
    return reply.set('ok', 1)
  },
}

export const READ_COMMANDS: Record<string, Command> = { find, getMore, killCursors, count, distinct, explain }
