import { type Accumulator, type AccumulatorFactory, compileAccumulator } from './accumulators.ts'
import { compareValues, equalValues, keyOf, rankOf } from './compare.ts'
import { fail } from './errors.ts'
import { compileExpression, type Expression, type ExpressionContext, scopeOf } from './expressions.ts'
import { compileSort, sortItems } from './sort.ts'
import type { Stage, StageBuilder } from './stage-types.ts'
import { type Doc, docOf, int32, isDoc, toInteger, typeNameOf, type Value } from './values.ts'

/** More groups than this are refused rather than held in memory. */
const MAX_GROUPS = 2_000_000

type Output = [name: string, factory: AccumulatorFactory]

function accumulatorsOf(fields: Iterable<[string, Value]>, context: ExpressionContext): Output[] {
  const scope = scopeOf(context)
  return Array.from(fields, ([name, operand]): Output => {
    if (name.includes('.')) fail(40235, `The field name '${name}' cannot contain '.'`)
    if (name.startsWith('$')) fail(40236, `The field name '${name}' cannot be an operator name`)
    if (!isDoc(operand)) return fail(40234, `The field '${name}' must be an accumulator object`)
    if (operand.size !== 1) fail(40238, `The field '${name}' must specify one accumulator`)
    const [[accumulator, argument]] = operand as unknown as [[string, Value]]
    return [name, compileAccumulator(accumulator, argument, scope)]
  })
}

interface Group {
  id: Value
  totals: Accumulator[]
}

function newGroup(id: Value, outputs: readonly Output[]): Group {
  return { id, totals: outputs.map(([, factory]) => factory()) }
}

function groupDoc({ id, totals }: Group, outputs: readonly Output[]): Doc {
  const doc: Doc = new Map([['_id', id]])
  for (const [index, [name]] of outputs.entries()) doc.set(name, totals[index]!.result())
  return doc
}

function grouping(id: Expression, outputs: readonly Output[]): Stage {
  return function* (input) {
    const groups = new Map<string, Group>()
    for (const doc of input) {
      const value = id(doc) ?? null
      const key = keyOf(value)
      let group = groups.get(key)
      if (!group) {
        if (groups.size >= MAX_GROUPS)
          fail(
            'QueryExceededMemoryLimitNoDiskUseAllowed',
            `Exceeded memory limit for $group: more than ${MAX_GROUPS} groups`,
          )
        group = newGroup(value, outputs)
        groups.set(key, group)
      }
      for (const total of group.totals) total.add(doc)
    }
    for (const group of groups.values()) yield groupDoc(group, outputs)
  }
}

const $group: StageBuilder = (operand, context) => {
  if (!isDoc(operand)) return fail(15947, "a group's fields must be specified in an object")
  const id = operand.get('_id')
  if (id === undefined) return fail(15955, 'a group specification must include an _id')
  const fields = [...operand].filter(([name]) => name !== '_id')
  return grouping(compileExpression(id, context), accumulatorsOf(fields, context))
}

const $sortByCount: StageBuilder = (operand, context) => {
  const plain = typeof operand === 'string' && operand.startsWith('$')
  if (!plain && !(isDoc(operand) && [...operand.keys()][0]?.startsWith('$'))) {
    fail(40149, 'the sortByCount field must be defined as a $-prefixed path or an expression inside an object')
  }
  const group = grouping(
    compileExpression(operand, context),
    accumulatorsOf([['count', docOf(['$sum', int32(1)])]], context),
  )
  const sorter = compileSort(docOf(['count', int32(-1)]))
  return function* (input) {
    yield* sortItems(group(input), sorter)
  }
}

function outputsOf(spec: Doc, context: ExpressionContext): Output[] {
  const output = spec.get('output')
  if (output !== undefined && !isDoc(output)) {
    return fail(40196, `The 'output' field must be an object, but found type: ${typeNameOf(output)}.`)
  }
  const fields: [string, Value][] = output ? [...output] : [['count', docOf(['$sum', int32(1)])]]
  return accumulatorsOf(fields, context)
}

function checkOptions(spec: Doc, known: readonly string[], name: string, code: number): void {
  for (const key of spec.keys()) if (!known.includes(key)) fail(code, `Unrecognized option to ${name}: ${key}.`)
}

function boundariesOf(spec: Doc, context: ExpressionContext): Value[] {
  const given = spec.get('boundaries')
  if (!Array.isArray(given))
    return fail(40200, `The $bucket 'boundaries' field must be an array, but found type: ${typeNameOf(given)}.`)
  if (given.length < 2)
    fail(40192, `The $bucket 'boundaries' field must have at least 2 values, but found ${given.length} value(s).`)
  const boundaries = given.map((value) => compileExpression(value, context)(new Map()) ?? null)
  for (let index = 1; index < boundaries.length; index++) {
    const [lower, upper] = [boundaries[index - 1], boundaries[index]]
    if (rankOf(lower) !== rankOf(upper)) {
      fail(
        40193,
        `All values in the the 'boundaries' option to $bucket must have the same type. Found conflicting types ${typeNameOf(lower)} and ${typeNameOf(upper)}.`,
      )
    }
    if (compareValues(lower, upper) >= 0)
      fail(40194, "The 'boundaries' option to $bucket must be sorted in ascending order.")
  }
  return boundaries
}

const $bucket: StageBuilder = (operand, context) => {
  if (!isDoc(operand))
    return fail(40201, `Argument to $bucket stage must be an object, but found type: ${typeNameOf(operand)}.`)
  checkOptions(operand, ['groupBy', 'boundaries', 'default', 'output'], '$bucket', 40197)
  const by = operand.get('groupBy')
  if (by === undefined || !operand.has('boundaries'))
    return fail(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.")
  if (!isDoc(by) && !(typeof by === 'string' && by.startsWith('$'))) {
    fail(40202, "The $bucket 'groupBy' field must be defined as a $-prefixed path or an expression object")
  }
  const expression = compileExpression(by, context)
  const boundaries = boundariesOf(operand, context)
  const fallback = operand.get('default')
  if (fallback !== undefined) {
    const inside = compareValues(fallback, boundaries[0]) >= 0 && compareValues(fallback, boundaries.at(-1)) < 0
    if (inside)
      fail(
        40199,
        "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
      )
  }
  const bucketOf: Expression = (doc) => {
    const value = expression(doc)
    for (let index = 1; index < boundaries.length; index++) {
      if (compareValues(value, boundaries[index - 1]) >= 0 && compareValues(value, boundaries[index]) < 0)
        return boundaries[index - 1]
    }
    return (
      fallback ?? fail(40066, '$switch could not find a matching branch for an input, and no default was specified.')
    )
  }
  const group = grouping(bucketOf, outputsOf(operand, context))
  const sorter = compileSort(docOf(['_id', int32(1)]))
  return function* (input) {
    yield* sortItems(group(input), sorter)
  }
}

const $bucketAuto: StageBuilder = (operand, context) => {
  if (!isDoc(operand))
    return fail(40240, `The argument to $bucketAuto must be an object, but found type: ${typeNameOf(operand)}.`)
  checkOptions(operand, ['groupBy', 'buckets', 'output', 'granularity'], '$bucketAuto', 40245)
  if (operand.has('granularity'))
    fail('NotImplemented', "the option 'granularity' of $bucketAuto is not supported by this store")
  const by = operand.get('groupBy')
  const buckets = toInteger(operand.get('buckets'))
  if (by === undefined || !operand.has('buckets'))
    return fail(40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified.")
  if (buckets === undefined) return fail(40241, "The $bucketAuto 'buckets' field must be a numeric value")
  if (buckets <= 0) fail(40243, `The $bucketAuto 'buckets' field must be greater than 0, but found: ${buckets}`)
  const expression = compileExpression(by, context)
  const outputs = outputsOf(operand, context)
  return function* (input) {
    const entries = Array.from(input, (doc) => ({ doc, value: expression(doc) ?? null }))
    entries.sort((a, b) => compareValues(a.value, b.value))
    yield* evenBuckets(entries, buckets, outputs)
  }
}

function* evenBuckets(
  entries: { doc: Doc; value: Value }[],
  buckets: number,
  outputs: readonly Output[],
): Iterable<Doc> {
  const size = Math.max(1, Math.round(entries.length / buckets))
  let at = 0
  for (let bucket = 1; bucket <= buckets && at < entries.length; bucket++) {
    const start = at
    let end = bucket === buckets ? entries.length : Math.min(start + size, entries.length)
    while (end < entries.length && equalValues(entries[end]!.value, entries[end - 1]!.value)) end++
    const group = newGroup(null, outputs)
    for (const { doc } of entries.slice(start, end)) for (const total of group.totals) total.add(doc)
    const max = end < entries.length ? entries[end]!.value : entries[end - 1]!.value
    group.id = docOf(['min', entries[start]!.value], ['max', max])
    yield groupDoc(group, outputs)
    at = end
  }
}

/** The stages that gather documents into groups. */
export const groupStages: Readonly<Record<string, StageBuilder>> = { $group, $sortByCount, $bucket, $bucketAuto }
