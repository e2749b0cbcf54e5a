import { fail } from './errors.ts'
import { fieldsOfExpression } from './expression-fields.ts'
import { fieldsOfFilter } from './matcher.ts'
import type { PipelineContext, Stage, StageBuilder } from './stage-types.ts'
import { basicStages, countOperand, sortStage } from './stages-basic.ts'
import { groupStages } from './stages-group.ts'
import { joinStages } from './stages-join.ts'
import { type Doc, docOf, isDoc, isNumeric, toNumber, type Value } from './values.ts'

export type { PipelineContext } from './stage-types.ts'

function builderOf(name: string): StageBuilder {
  for (const group of [basicStages, groupStages, joinStages]) {
    if (Object.hasOwn(group, name)) return group[name]!
  }
  return fail(40324, `Unrecognized pipeline stage name: '${name}' (it is not supported by this store)`)
}

/** The name and the operand of a stage; throws 40323 where it has not exactly one field. */
export function stageParts(stage: Value): [string, Value] {
  if (!isDoc(stage)) return fail('TypeMismatch', "Each element of the 'pipeline' array must be an object")
  if (stage.size !== 1) fail(40323, 'A pipeline stage specification object must contain exactly one field.')
  const [[name, operand]] = stage as unknown as [[string, Value]]
  return [name, operand]
}

/** How many documents the stages after a sort can use, where `$skip` and `$limit` follow it directly. */
function limitAfter(stages: readonly [string, Value][], from: number): number {
  let skipped = 0
  for (const [name, operand] of stages.slice(from)) {
    if (name === '$skip' && isNumeric(operand)) skipped += Math.max(0, toNumber(operand))
    else if (name === '$limit' && isNumeric(operand)) return skipped + countOperand(name, operand)
    else return Number.POSITIVE_INFINITY
  }
  return Number.POSITIVE_INFINITY
}

/** Compiles a pipeline to one stage; every stage is checked before the first document is read. */
export function compilePipeline(pipeline: readonly Value[], context: PipelineContext): Stage {
  const parts = pipeline.map((stage) => stageParts(stage))
  const stages = parts.map(([name, operand], index) =>
    name === '$sort' ? sortStage(operand, limitAfter(parts, index + 1)) : builderOf(name)(operand, context, name),
  )
  return (input) => stages.reduce((docs, stage) => stage(docs), input)
}

/** What of a pipeline's beginning a planner can do through indexes, and the stages that are left to run. */
export interface Leading {
  filter: Doc
  sort: Doc | undefined
  skip: number
  limit: number
  rest: Doc[]
}

/** Takes the leading `$match` stages (as one filter) off a pipeline. */
export function leadingFilter(pipeline: readonly Doc[]): { filter: Doc | undefined; rest: Doc[] } {
  const filters: Doc[] = []
  let at = 0
  for (; at < pipeline.length; at++) {
    const filter = pipeline[at]!.size === 1 ? pipeline[at]!.get('$match') : undefined
    if (!isDoc(filter)) break
    filters.push(filter)
  }
  const [only] = filters
  const filter = filters.length > 1 ? docOf(['$and', filters]) : only
  return { filter, rest: pipeline.slice(at) }
}

/** Takes the leading `$match`, `$sort`, `$skip` and `$limit` off a pipeline, in that order, as far as they come. */
export function leadingStages(pipeline: readonly Doc[]): Leading {
  const { filter, rest } = leadingFilter(pipeline)
  const leading: Leading = {
    filter: filter ?? new Map(),
    sort: undefined,
    skip: 0,
    limit: Number.POSITIVE_INFINITY,
    rest,
  }
  const take = (name: string): Value | undefined => {
    const operand = leading.rest[0]?.size === 1 ? leading.rest[0].get(name) : undefined
    return operand
  }
  const sort = take('$sort')
  if (isDoc(sort) && sort.size > 0) {
    leading.sort = sort
    leading.rest = leading.rest.slice(1)
  }
  const skip = take('$skip')
  if (skip !== undefined) {
    leading.skip = countOperand('$skip', skip)
    leading.rest = leading.rest.slice(1)
  }
  const limit = take('$limit')
  if (limit !== undefined) {
    leading.limit = countOperand('$limit', limit)
    leading.rest = leading.rest.slice(1)
  }
  return leading
}

/** Stages after which only the fields that they name themselves are left. */
const CLOSING = new Set(['$group', '$sortByCount', '$bucket', '$bucketAuto', '$count'])

/** The top-level fields that a pipeline reads of its input, for partial decoding; undefined where it may read all of them. */
export function fieldsOfPipeline(pipeline: readonly Doc[]): Set<string> | undefined {
  const fields = new Set<string>()
  const note = (read: Iterable<string> | undefined): boolean => {
    if (!read) return false
    for (const field of read) fields.add(field)
    return true
  }
  for (const stage of pipeline) {
    const [name, operand] = stageParts(stage)
    if (CLOSING.has(name)) return note(fieldsOfExpression(operand)) ? fields : undefined
    if (name === '$project' && isDoc(operand)) {
      const read = fieldsOfInclusion(operand)
      return note(read) ? fields : undefined
    }
    if (name === '$match' && isDoc(operand)) {
      if (!note(fieldsOfFilter(operand))) return undefined
    } else if (name === '$sort' && isDoc(operand)) note([...operand.keys()].map((path) => path.split('.')[0]!))
    else if (name === '$unwind') {
      const path = isDoc(operand) ? operand.get('path') : operand
      if (!note(fieldsOfExpression(path))) return undefined
    } else if (name === '$set' || name === '$addFields') {
      if (!isDoc(operand) || !note(fieldsOfExpression(operand))) return undefined
      note([...operand.keys()].map((path) => path.split('.')[0]!))
    } else if (name !== '$skip' && name !== '$limit' && name !== '$sample') return undefined
  }
  return undefined
}

function fieldsOfInclusion(operand: Doc): Set<string> | undefined {
  const fields = new Set(['_id'])
  let keeps = false
  for (const [path, mark] of operand) {
    const number = typeof mark === 'boolean' ? Number(mark) : isNumeric(mark) ? toNumber(mark) : undefined
    if (number === 0 && path !== '_id') return undefined
    if (number !== 0) keeps = true
    const read = fieldsOfExpression(mark)
    if (!read) return undefined
    for (const field of read) fields.add(field)
    fields.add(path.split('.')[0]!)
  }
  return keeps ? fields : undefined
}
