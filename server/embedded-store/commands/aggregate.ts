import { encodeDoc } from '../codec.ts'
import type { Collection } from '../collection.ts'
import { compareValues, keyOf } from '../compare.ts'
import { fail } from '../errors.ts'
import { compileFilter } from '../matcher.ts'
import { add } from '../numbers.ts'
import { splitPath, valueAt } from '../paths.ts'
import { hits } from '../query.ts'
import { compileProjection } from '../simple-projection.ts'
import { compileSort, sortItems } from '../sort.ts'
import { type Doc, docOf, int32, isDoc, isNumeric, toInteger, type Value } from '../values.ts'
import { cursorReply } from '../wire.ts'
import { countField, deadlineOf, docField, refuseCollation, type StoreCommand, type Work } from './command.ts'

type Expression = (doc: Doc) => Value | undefined

function expression(value: Value): Expression {
  if (typeof value === 'string' && value.startsWith('$$'))
    return fail('NotImplemented', `the variable ${value} is not supported by this store yet`)
  if (typeof value === 'string' && value.startsWith('$')) {
    const parts = splitPath(value.slice(1))
    return (doc) => valueAt(doc, parts)
  }
  if (isDoc(value)) {
    if ([...value.keys()].some((name) => name.startsWith('$')))
      return fail('NotImplemented', `the expression ${[...value.keys()][0]} is not supported by this store yet`)
    const fields = [...value].map(([name, inner]) => [name, expression(inner)] as const)
    return (doc) => {
      const result: Doc = new Map()
      for (const [name, inner] of fields) {
        const got = inner(doc)
        if (got !== undefined) result.set(name, got)
      }
      return result
    }
  }
  if (Array.isArray(value)) return fail('NotImplemented', 'array expressions are not supported by this store yet')
  return () => value
}

interface Accumulator {
  start: () => Value | undefined
  step: (state: Value | undefined, value: Value | undefined) => Value | undefined
}

const ACCUMULATORS: Record<string, Accumulator> = {
  $sum: {
    start: () => int32(0),
    step: (state, value) => (isNumeric(value) && isNumeric(state) ? add(state, value) : state),
  },
  $min: {
    start: () => undefined,
    step: (state, value) =>
      value == null || (state !== undefined && compareValues(value, state) >= 0) ? state : value,
  },
  $max: {
    start: () => undefined,
    step: (state, value) =>
      value == null || (state !== undefined && compareValues(value, state) <= 0) ? state : value,
  },
  $first: { start: () => undefined, step: (state, value) => (state === undefined ? (value ?? null) : state) },
  $last: { start: () => undefined, step: (_state, value) => value ?? null },
  $push: { start: () => [], step: (state, value) => (value === undefined ? state : [...(state as Value[]), value]) },
}

function* group(source: Iterable<Doc>, spec: Doc): Generator<Doc> {
  if (!spec.has('_id')) fail(15955, 'a group specification must include an _id')
  const idOf = expression(spec.get('_id')!)
  const fields = [...spec]
    .filter(([name]) => name !== '_id')
    .map(([name, wish]) => {
      const [entry] = isDoc(wish) ? wish : fail(40234, `The field '${name}' must be an accumulator object`)
      const accumulator = ACCUMULATORS[entry![0]]
      if (!accumulator) return fail('NotImplemented', `the accumulator ${entry![0]} is not supported by this store yet`)
      return { name, accumulator, value: expression(entry![1]) }
    })
  const groups = new Map<string, { id: Value; states: (Value | undefined)[] }>()
  for (const doc of source) {
    const id = idOf(doc) ?? null
    const key = keyOf(id)
    let found = groups.get(key)
    if (!found) {
      found = { id, states: fields.map(({ accumulator }) => accumulator.start()) }
      groups.set(key, found)
    }
    for (let i = 0; i < fields.length; i++)
      found.states[i] = fields[i]!.accumulator.step(found.states[i], fields[i]!.value(doc))
  }
  for (const { id, states } of groups.values()) {
    const doc = docOf(['_id', id])
    for (let i = 0; i < fields.length; i++) doc.set(fields[i]!.name, states[i] ?? null)
    yield doc
  }
}

function* unwind(source: Iterable<Doc>, wish: Value): Generator<Doc> {
  if (typeof wish !== 'string' || !wish.startsWith('$') || wish.includes('.'))
    fail('NotImplemented', '$unwind takes a top-level field in this store yet')
  const field = (wish as string).slice(1)
  for (const doc of source) {
    const value = doc.get(field)
    if (value === undefined || value === null) continue
    for (const one of Array.isArray(value) ? value : [value]) yield new Map(doc).set(field, one)
  }
}

function* slice(source: Iterable<Doc>, skip: number, limit: number): Generator<Doc> {
  let at = 0
  for (const doc of source) {
    if (at++ < skip) continue
    yield doc
    if (at - skip >= limit) return
  }
}

function project(source: Iterable<Doc>, spec: Doc): Iterable<Doc> {
  const plain = [...spec.values()].every((value) => typeof value === 'boolean' || isNumeric(value))
  if (plain) {
    const run = compileProjection(spec)
    return map(source, run)
  }
  const keepId = spec.get('_id') === undefined || toInteger(spec.get('_id')) !== 0
  const fields = [...spec]
    .filter(([name]) => name !== '_id' || toInteger(spec.get('_id')) === undefined)
    .map(([name, value]) => ({
      name,
      value: toInteger(value) === 1 || value === true ? expression(`$${name}`) : expression(value),
    }))
  return map(source, (doc) => {
    const result: Doc = new Map()
    if (keepId && doc.has('_id')) result.set('_id', doc.get('_id')!)
    for (const { name, value } of fields) {
      const got = value(doc)
      if (got !== undefined) result.set(name, got)
    }
    return result
  })
}

function* map(source: Iterable<Doc>, change: (doc: Doc) => Doc): Generator<Doc> {
  for (const doc of source) yield change(doc)
}

function* counted(source: Iterable<Doc>, name: string): Generator<Doc> {
  let n = 0
  for (const _ of source) n += 1
  if (n > 0) yield docOf([name, int32(n)])
}

function* filtered(source: Iterable<Doc>, passes: (doc: Doc) => boolean): Generator<Doc> {
  for (const doc of source) if (passes(doc)) yield doc
}

function stage(source: Iterable<Doc>, name: string, wish: Value, now: Date): Iterable<Doc> {
  const doc = () => (isDoc(wish) ? wish : fail('FailedToParse', `the ${name} stage specification must be an object`))
  const number = () => toInteger(wish) ?? fail('FailedToParse', `the ${name} stage takes a whole number`)
  switch (name) {
    case '$match':
      return filtered(source, compileFilter(doc(), { now }))
    case '$sort':
      return sortItems(source, compileSort(doc()))
    case '$limit':
      return slice(source, 0, number())
    case '$skip':
      return slice(source, number(), Number.POSITIVE_INFINITY)
    case '$group':
      return group(source, doc())
    case '$unwind':
      return unwind(source, wish)
    case '$project':
      return project(source, doc())
    case '$count':
      return counted(source, String(wish))
    default:
      return fail(40324, `Unrecognized pipeline stage name: '${name}'`)
  }
}

function* documents(collection: Collection, filter: Doc, now: Date, deadline: number | undefined): Generator<Doc> {
  for (const hit of hits(collection, { filter, now, deadline })) yield hit.doc()
}

function* encoded(source: Iterable<Doc>): Generator<Buffer> {
  for (const doc of source) yield encodeDoc(doc)
}

function aggregate(body: Doc, { storage, cursors, db, now }: Work): Buffer {
  refuseCollation(body)
  const target = body.get('aggregate')
  if (typeof target !== 'string')
    return fail('NotImplemented', 'aggregations over a database are not supported by this store')
  const given = body.get('pipeline')
  if (!Array.isArray(given))
    return fail('TypeMismatch', "BSON field 'aggregate.pipeline' is the wrong type, expected type 'array'")
  const stages = given.map((one): [string, Value] =>
    isDoc(one) && one.size === 1
      ? [...one][0]!
      : fail(40323, 'A pipeline stage specification object must contain exactly one field.'),
  )
  const first = stages[0]?.[0] === '$match' && isDoc(stages[0][1]) ? (stages.shift()![1] as Doc) : new Map()
  const collection = storage.find(db, target)
  let source: Iterable<Doc> = collection ? documents(collection, first as Doc, now, deadlineOf(body)) : []
  for (const [name, wish] of stages) source = stage(source, name, wish, now)
  const cursor = docField(body, 'cursor')
  const batchSize = cursor ? countField(cursor, 'batchSize') : undefined
  const ns = `${db}.${target}`
  const { documents: batch, id } = cursors.start(ns, encoded(source), { batchSize })
  return cursorReply('firstBatch', batch, id, ns)
}

/** The aggregation command. */
export const AGGREGATE_COMMANDS: Record<string, StoreCommand> = {
  aggregate: {
    writes: false,
    fields: ['pipeline', 'cursor', 'allowDiskUse', 'explain', 'hint', 'collation', 'let', 'bypassDocumentValidation'],
    run: aggregate,
  },
}
