/** aggregate: the leading stages through the planner, the rest as a pipeline over its documents. */
import { decodeDoc, decodeFields, encodeDoc } from '../codec.ts'
import type { Source } from '../cursors.ts'
import { fail } from '../errors.ts'
import type { ExpressionContext } from '../expressions.ts'
import { setTextScore } from '../meta.ts'
import { compilePipeline, fieldsOfPipeline, leadingStages, type PipelineContext } from '../pipeline.ts'
import { answersOf, Query, type QueryOptions } from '../query.ts'
import type { Collection } from '../storage.ts'
import { type Doc, docOf, int32, isDoc, isNumeric, toNumber, type Value } from '../values.ts'
import { cursorReply } from '../wire.ts'
import { Arguments } from './arguments.ts'
import type { Command, CommandContext } from './command.ts'
import { countAnswers } from './reading.ts'

function* documentsOf(query: Query, wanted: ReadonlySet<string> | undefined): Generator<Doc, void> {
  for (const { bytes, score } of answersOf(query)) {
    const doc = wanted ? decodeFields(bytes, wanted) : decodeDoc(bytes)
    if (score !== undefined) setTextScore(doc, score)
    yield doc
  }
}

/** The constant that a `$group` of countDocuments groups by, where the pipeline only counts. */
function onlyCounts(rest: readonly Doc[]): { id: Value; name: string } | undefined {
  const group = rest.length === 1 ? rest[0]!.get('$group') : undefined
  if (!isDoc(group) || group.size !== 2) return undefined
  const id = group.get('_id')
  const [, [name, sum]] = [...group] as [[string, Value], [string, Value]]
  const one = isDoc(sum) && sum.size === 1 ? sum.get('$sum') : undefined
  const isOne = isNumeric(one) && typeof one !== 'number' && toNumber(one) === 1
  return isOne && (id === null || isNumeric(id)) ? { id: id as Value, name } : undefined
}

function countSource(
  context: CommandContext,
  collection: Collection | undefined,
  options: QueryOptions,
  counts: { id: Value; name: string },
): Source {
  const n = collection ? countAnswers(context, collection, options) : 0
  const docs = n === 0 ? [] : [encodeDoc(docOf(['_id', counts.id], [counts.name, int32(n)]))]
  return { next: () => docs.shift(), pause: () => {}, collection: undefined }
}

function pipelineSource(
  context: CommandContext,
  query: Query | undefined,
  rest: Doc[],
  expressions: ExpressionContext,
): Source {
  const running = new Set<Query>()
  const pipelineContext: PipelineContext = {
    ...expressions,
    source: function* (name, filter) {
      const collection = context.storage.collection(context.db, name)
      if (!collection) return
      const inner = new Query(context, collection, { filter })
      running.add(inner)
      try {
        yield* documentsOf(inner, undefined)
      } finally {
        running.delete(inner)
      }
    },
  }
  const run = compilePipeline(rest, pipelineContext)
  const docs = run(query ? documentsOf(query, fieldsOfPipeline(rest)) : [])[Symbol.iterator]()
  return {
    next: () => {
      const { value, done } = docs.next()
      return done ? undefined : encodeDoc(value)
    },
    pause: () => {
      query?.pause()
      for (const inner of running) inner.pause()
    },
    collection: query?.collection,
  }
}

function stagesOf(args: Arguments): Doc[] {
  const pipeline = args.list('pipeline')
  if (!pipeline) return fail('FailedToParse', "BSON field 'aggregate.pipeline' is missing but a required field")
  return pipeline.map((stage) =>
    isDoc(stage) ? stage : fail('TypeMismatch', "Each element of the 'pipeline' array must be an object"),
  )
}

function batchSizeOf(args: Arguments): number | undefined {
  const cursor = args.doc('cursor')
  if (!cursor)
    return fail('FailedToParse', "The 'cursor' option is required, except for aggregate with the explain argument")
  return new Arguments('cursor', cursor).only('batchSize').integer('batchSize')
}

const aggregate: Command = {
  kind: 'read',
  run: (request, context) => {
    const args = new Arguments('aggregate', request.body)
      .only(
        ...['aggregate', 'pipeline', 'cursor', 'hint', 'let', 'allowDiskUse', 'bypassDocumentValidation', 'explain'],
      )
      .without('explain')
    if (typeof args.value('aggregate') !== 'string') {
      fail('NotImplemented', 'aggregations of a whole database are not supported by this store')
    }
    const name = args.text('aggregate')
    const ns = `${context.db}.${name}`
    const batchSize = batchSizeOf(args)
    const stages = stagesOf(args)
    const { filter, sort, skip, limit, rest } = leadingStages(stages)
    const variables = args.variables(context.now)
    const expressions: ExpressionContext = { now: context.now, ...(variables ? { variables } : {}) }
    compilePipeline(rest, { ...expressions, source: () => [] })
    const options: QueryOptions = { filter, sort, skip, hint: args.value('hint'), variables }
    const none = limit === 0
    const bounded = limit === Number.POSITIVE_INFINITY ? options : { ...options, limit }
    const collection = none ? undefined : context.storage.collection(context.db, name)
    const counts = sort === undefined ? onlyCounts(rest) : undefined
    if (counts) {
      const source = countSource(context, collection, bounded, counts)
      return cursorReply('firstBatch', context.cursors.begin(source, ns, { batchSize }).batch, 0n, ns)
    }
    const query = collection ? new Query(context, collection, bounded) : undefined
    const source =
      query && rest.length === 0
        ? { next: () => query.next()?.bytes, pause: () => query.pause(), collection }
        : pipelineSource(context, query, rest, expressions)
    const { id, batch } = context.cursors.begin(source, ns, { batchSize })
    return cursorReply('firstBatch', batch, id, ns)
  },
}

export const AGGREGATE_COMMANDS: Record<string, Command> = { aggregate }
