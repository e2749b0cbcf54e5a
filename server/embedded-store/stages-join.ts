import { BSONRegExp } from 'bson'
import { keyOf } from './compare.ts'
import { fail } from './errors.ts'
import { type Cell, checkVariableName, compileExpression, type Expression, pathValue } from './expressions.ts'
import { splitPath } from './paths.ts'
import { compilePipeline, leadingFilter } from './pipeline.ts'
import { type PipelineContext, type StageBuilder, sourceOf } from './stage-types.ts'
import { withField } from './stages-basic.ts'
import { type Doc, docOf, isDoc, show, typeNameOf, type Value } from './values.ts'

/** Joined documents are remembered for later values that are the same, up to this many documents. */
const REMEMBERED = 10_000

interface Lookup {
  from: string
  as: string[]
  local: string[] | undefined
  foreign: string | undefined
  variables: { cell: Cell; expression: Expression }[]
  cells: Map<string, Cell>
  pipeline: Doc[]
}

function textOption(spec: Doc, key: string): string | undefined {
  const value = spec.get(key)
  if (value === undefined || typeof value === 'string') return value
  return fail(
    'FailedToParse',
    `$lookup argument '${key}: ${show(value)}' must be a string, is type ${typeNameOf(value)}`,
  )
}

function stagesOf(value: Value | undefined, name: string): Doc[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) return fail('TypeMismatch', `'pipeline' option must be specified as an array in ${name}`)
  return value.map((stage) =>
    isDoc(stage) ? stage : fail('TypeMismatch', "Each element of the 'pipeline' array must be an object"),
  )
}

function lookupOf(spec: Value, context: PipelineContext): Lookup {
  if (!isDoc(spec)) return fail('FailedToParse', 'the $lookup specification must be an Object')
  const known = ['from', 'as', 'localField', 'foreignField', 'let', 'pipeline']
  for (const key of spec.keys()) if (!known.includes(key)) fail('FailedToParse', `unknown argument to $lookup: ${key}`)
  if (isDoc(spec.get('from'))) fail('NotImplemented', '$lookup into another database is not supported by this store')
  const from = textOption(spec, 'from') ?? fail('FailedToParse', "must specify 'from' field for a $lookup")
  const as = textOption(spec, 'as') ?? fail('FailedToParse', "must specify 'as' field for a $lookup")
  const local = textOption(spec, 'localField')
  const foreign = textOption(spec, 'foreignField')
  if ((local === undefined) !== (foreign === undefined)) {
    fail('FailedToParse', "$lookup requires both or neither of 'localField' and 'foreignField' to be specified")
  }
  if (local === undefined && !spec.has('pipeline')) {
    fail('FailedToParse', "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified")
  }
  const given = spec.get('let') ?? new Map()
  if (!isDoc(given))
    return fail(
      'FailedToParse',
      `$lookup argument 'let: ${show(given)}' must be an object, is type ${typeNameOf(given)}`,
    )
  const cells = new Map<string, Cell>()
  const variables = [...given].map(([name, expression]) => {
    checkVariableName(name)
    const cell: Cell = { value: undefined }
    cells.set(name, cell)
    return { cell, expression: compileExpression(expression, context) }
  })
  const pipeline = stagesOf(spec.get('pipeline'), '$lookup')
  return {
    from,
    as: splitPath(as),
    local: local === undefined ? undefined : splitPath(local),
    foreign,
    variables,
    cells,
    pipeline,
  }
}

/** The filter that finds the foreign documents for a local value: equality, with the elements of arrays one by one. */
function joinFilter(foreign: string, value: Value | undefined): Doc {
  if (!Array.isArray(value)) return docOf([foreign, docOf(['$eq', value ?? null])])
  if (!value.some((item) => item instanceof BSONRegExp)) return docOf([foreign, docOf(['$in', value])])
  return docOf(['$or', value.map((item) => docOf([foreign, docOf(['$eq', item])]))])
}

function together(...filters: (Doc | undefined)[]): Doc {
  const present = filters.filter((filter) => filter !== undefined && filter.size > 0) as Doc[]
  if (present.length === 0) return new Map()
  return present.length === 1 ? present[0]! : docOf(['$and', present])
}

const $lookup: StageBuilder = (operand, context) => {
  const { from, as, local, foreign, variables, cells, pipeline } = lookupOf(operand, context)
  const source = sourceOf(context)
  const visible = new Map([...(context.variables ?? []), ...cells])
  const inner = { ...context, variables: visible }
  const { filter, rest } = leadingFilter(pipeline)
  const constant = visible.size === 0
  const test = filter && !constant ? compilePipeline([docOf(['$match', filter])], inner) : undefined
  const run = compilePipeline(rest, inner)
  const remembered = new Map<string, Doc[]>()
  let held = 0

  const joined = (value: Value | undefined): Doc[] => {
    const key = constant ? keyOf(value) : ''
    const known = remembered.get(key)
    if (known) return known
    const join = foreign === undefined ? undefined : joinFilter(foreign, value)
    const found = test
      ? test(source(from, together(join, bound(filter!, visible))))
      : source(from, together(join, filter))
    const docs = [...run(found)]
    if (constant) {
      held += docs.length + 1
      if (held > REMEMBERED) {
        remembered.clear()
        held = docs.length + 1
      }
      remembered.set(key, docs)
    }
    return docs
  }

  return function* (input) {
    for (const doc of input) {
      for (const { cell, expression } of variables) cell.value = expression(doc)
      const value = local ? pathValue(doc, local, 0) : undefined
      yield withField(doc, as, [...joined(value)])
    }
  }
}

/** The parts of a filter that do not depend on variables; a condition `$expr: { $eq: ["$field", "$$variable"] }` becomes one that an index can serve. */
function bound(filter: Doc, cells: ReadonlyMap<string, Cell>): Doc {
  const result: Doc = new Map()
  const equalities: Doc[] = []
  for (const [name, operand] of filter) {
    if (name === '$expr') equalities.push(...equalitiesOf(operand, cells))
    else if (name === '$and' && Array.isArray(operand)) {
      for (const branch of operand) if (isDoc(branch)) equalities.push(bound(branch, cells))
    } else if (!/\$\$|\$expr/.test(show(operand))) result.set(name, operand)
  }
  return together(result, ...equalities)
}

/** Conditions of the query language that every document matching the expression fulfils. */
function equalitiesOf(expression: Value, cells: ReadonlyMap<string, Cell>): Doc[] {
  if (!isDoc(expression) || expression.size !== 1) return []
  const all = expression.get('$and')
  if (Array.isArray(all)) return all.flatMap((part) => equalitiesOf(part, cells))
  const pair = expression.get('$eq')
  if (!Array.isArray(pair) || pair.length !== 2) return []
  const [field, value] = isVariable(pair[0], cells) ? [pair[1], pair[0]] : pair
  if (typeof field !== 'string' || !/^\$[^$.]+$/.test(field) || !isVariable(value, cells)) return []
  const wanted = cells.get(value.slice(2))!.value
  if (wanted === undefined || wanted === null || Array.isArray(wanted)) return []
  return [docOf([field.slice(1), docOf(['$eq', wanted])])]
}

function isVariable(value: Value | undefined, cells: ReadonlyMap<string, Cell>): value is string {
  return typeof value === 'string' && value.startsWith('$$') && cells.has(value.slice(2))
}

const $unionWith: StageBuilder = (operand, context) => {
  const spec = typeof operand === 'string' ? docOf(['coll', operand]) : operand
  if (!isDoc(spec))
    return fail(
      'FailedToParse',
      `the $unionWith stage specification must be an object or string, but found ${typeNameOf(operand)}`,
    )
  const collection = spec.get('coll')
  if (typeof collection !== 'string') return fail('TypeMismatch', "$unionWith needs 'coll' to be a string")
  for (const key of spec.keys())
    if (key !== 'coll' && key !== 'pipeline') fail(40415, `BSON field '$unionWith.${key}' is an unknown field.`)
  const source = sourceOf(context)
  const { filter, rest } = leadingFilter(stagesOf(spec.get('pipeline'), '$unionWith'))
  const run = compilePipeline(rest, context)
  return function* (input) {
    yield* input
    yield* run(source(collection, filter ?? new Map()))
  }
}

const $facet: StageBuilder = (operand, context) => {
  if (!isDoc(operand) || operand.size === 0) return fail(40169, 'the $facet specification must be a non-empty object')
  const facets = [...operand].map(([name, stages]) => {
    if (!Array.isArray(stages))
      return fail(40170, `arguments to $facet must be arrays, ${name} is type ${typeNameOf(stages)}`)
    const pipeline = stagesOf(stages, '$facet')
    for (const stage of pipeline) {
      const [inner] = stage.keys()
      if (inner === '$facet') fail(40600, '$facet is not allowed to be used within a $facet stage')
    }
    return { name, run: compilePipeline(pipeline, context) }
  })
  return function* (input) {
    const docs = [...input]
    yield new Map(facets.map(({ name, run }): [string, Value] => [name, [...run(docs)]]))
  }
}

/** The stages that bring other collections or other pipelines in. */
export const joinStages: Readonly<Record<string, StageBuilder>> = { $lookup, $unionWith, $facet }
