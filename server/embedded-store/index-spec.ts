/** What an index is: its specification as createIndexes takes it and listIndexes shows it. */
import { BSONRegExp } from 'bson'
import { encodeDoc } from './codec.ts'
import { equalValues } from './compare.ts'
import { fail } from './errors.ts'
import { keysOfDoc } from './key-paths.ts'
import { compoundKey } from './keys.ts'
import { compileFilter } from './matcher.ts'
import { splitPath, walkPath } from './paths.ts'
import { type Doc, docOf, int32, isDoc, isNumeric, isTruthy, show, toNumber, type Value } from './values.ts'

/** A specification that was checked; `shown` is the document of listIndexes. */
export interface IndexSpec {
  name: string
  key: Doc
  fields: { path: string; parts: readonly string[]; descending: boolean }[]
  unique: boolean
  sparse: boolean
  partial: Doc | undefined
  expireAfterSeconds: number | undefined
  /** Weights by path (`$**` for every string) of a text index. */
  text: ReadonlyMap<string, number> | undefined
  shown: Doc
}

const OPTIONS = new Set([
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'background',
  'weights',
  'default_language',
  'language_override',
  'textIndexVersion',
  'ns',
])

function cannot(sentence: string): never {
  return fail('CannotCreateIndex', sentence)
}

/** Checks a specification of createIndexes; throws MongoDB's errors for what is wrong or not known to this store. */
export function readIndexSpec(given: Doc): IndexSpec {
  const key = given.get('key')
  const name = given.get('name')
  if (!isDoc(key)) return fail('FailedToParse', "The 'key' field is a required property of an index specification")
  if (typeof name !== 'string' || name === '') {
    return fail('FailedToParse', "The 'name' field is a required property of an index specification")
  }
  if (key.size === 0) cannot('Index keys cannot be an empty object')
  if (key.size > 32) cannot('compound key may not contain more than 32 fields')
  for (const option of given.keys()) {
    if (
      option === 'collation' ||
      option === 'hidden' ||
      option === 'wildcardProjection' ||
      option === 'storageEngine'
    ) {
      fail('NotImplemented', `the index option '${option}' is not supported by this store`)
    }
    if (!OPTIONS.has(option)) {
      fail(
        'InvalidOptions',
        `The field '${option}' is not valid for an index specification. Specification: ${show(given)}`,
      )
    }
  }
  const text = textOf(key, given)
  const fields = text ? [] : [...key].map(([path, order]) => fieldOf(path, order, key))
  const partial = given.get('partialFilterExpression')
  if (partial !== undefined && !isDoc(partial)) {
    return fail('TypeMismatch', "The field 'partialFilterExpression' must be an object")
  }
  if (isDoc(partial)) checkPartial(partial, given)
  const ttl = given.get('expireAfterSeconds')
  const expireAfterSeconds = isNumeric(ttl) ? toNumber(ttl) : undefined
  if (ttl !== undefined) checkTtl(expireAfterSeconds, fields)
  return {
    name,
    key,
    fields,
    unique: isTruthy(given.get('unique')) || name === '_id_',
    sparse: isTruthy(given.get('sparse')),
    partial,
    expireAfterSeconds,
    text,
    shown: shownOf(given, key, name, text),
  }
}

function fieldOf(path: string, order: Value, key: Doc): IndexSpec['fields'][number] {
  if (typeof order === 'string') {
    fail(
      order === 'hashed' || order.startsWith('2d') ? 'NotImplemented' : 'CannotCreateIndex',
      `the index type '${order}' is not supported by this store`,
    )
  }
  if (!isNumeric(order) || toNumber(order) === 0 || Number.isNaN(toNumber(order))) {
    cannot(`Values in the index key pattern cannot be 0 or other than numbers and index types: ${show(key)}`)
  }
  const parts = splitPath(path)
  if (parts.includes('')) cannot('Index keys cannot contain an empty field.')
  if (parts.includes('$**')) fail('NotImplemented', 'wildcard indexes are not supported by this store')
  if (path.startsWith('$')) cannot("Index key contains an illegal field name: field name starts with '$'.")
  return { path, parts, descending: toNumber(order as number) < 0 }
}

function textOf(key: Doc, given: Doc): Map<string, number> | undefined {
  if (![...key.values()].includes('text')) return undefined
  if ([...key.values()].some((order) => order !== 'text')) {
    fail('NotImplemented', 'text indexes with other fields beside are not supported by this store')
  }
  const language = given.get('default_language')
  if (language !== undefined && language !== 'none') {
    fail('NotImplemented', `text indexes are served with default_language 'none' only, not ${show(language)}`)
  }
  if (isTruthy(given.get('unique')) || isTruthy(given.get('sparse')))
    cannot('a text index is neither unique nor sparse')
  const weights = given.get('weights')
  const result = new Map<string, number>()
  for (const path of key.keys()) result.set(path, 1)
  if (isDoc(weights)) {
    for (const [path, weight] of weights) {
      if (!isNumeric(weight) || toNumber(weight) < 1 || toNumber(weight) > 99999) {
        cannot(`text index weight must be in the exclusive interval (0,100000) but found: ${show(weight)}`)
      }
      result.set(path, toNumber(weight as number))
    }
  }
  return result
}

const PARTIAL_OPERATORS = new Set(['$eq', '$gt', '$gte', '$lt', '$lte', '$exists', '$type', '$in'])

function checkPartial(partial: Doc, given: Doc): void {
  compileFilter(partial)
  const refuse = (what: string): never => cannot(`Expression not supported in partial index: ${what}: ${show(given)}`)
  for (const [name, operand] of partial) {
    if (name === '$and' || name === '$or') {
      for (const branch of operand as Value[]) checkPartial(branch as Doc, given)
    } else if (name.startsWith('$')) refuse(name)
    else if (operand instanceof BSONRegExp) refuse('$regex')
    else if (isDoc(operand)) {
      for (const [op, value] of operand) {
        if (!op.startsWith('$')) continue
        if (!PARTIAL_OPERATORS.has(op) || (op === '$exists' && !isTruthy(value))) refuse(op)
      }
    }
  }
}

function checkTtl(seconds: number | undefined, fields: IndexSpec['fields']): void {
  if (seconds === undefined || Number.isNaN(seconds)) cannot("TTL index 'expireAfterSeconds' option must be numeric")
  if (seconds! < 0 || seconds! > 2_147_483_647) {
    cannot(`TTL index 'expireAfterSeconds' option must be within an acceptable range, not ${seconds}`)
  }
  if (fields.length !== 1) cannot('TTL indexes are single-field indexes, compound indexes do not support TTL')
  if (fields[0]!.path === '_id') cannot('_id index cannot have TTL')
}

function shownOf(given: Doc, key: Doc, name: string, text: ReadonlyMap<string, number> | undefined): Doc {
  const shown = docOf(
    ['v', int32(2)],
    ['key', text ? docOf(['_fts', 'text'], ['_ftsx', int32(1)]) : key],
    ['name', name],
  )
  for (const option of ['unique', 'sparse'] as const) if (isTruthy(given.get(option))) shown.set(option, true)
  for (const option of ['partialFilterExpression', 'expireAfterSeconds'] as const) {
    const value = given.get(option)
    if (value !== undefined) shown.set(option, value)
  }
  if (text) {
    shown.set(
      'weights',
      new Map([...text].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, weight]) => [path, int32(weight)])),
    )
    shown.set('default_language', 'none')
    shown.set('language_override', 'language')
    shown.set('textIndexVersion', int32(3))
  }
  return shown
}

/** Whether two specifications say the same but for their names. */
export function sameIndex(a: IndexSpec, b: IndexSpec): boolean {
  const rest = ({ shown }: IndexSpec): Doc => {
    const copy: Doc = new Map([...shown].filter(([name]) => name !== 'name' && name !== 'key'))
    return new Map([...copy].sort(([x], [y]) => (x < y ? -1 : 1)))
  }
  return sameKey(a, b) && equalValues(rest(a), rest(b))
}

/** Whether two specifications index the same fields in the same order. */
export function sameKey(a: IndexSpec, b: IndexSpec): boolean {
  return encodeDoc(a.shown.get('key') as Doc).equals(encodeDoc(b.shown.get('key') as Doc))
}

/** An index of a collection that is open. */
export class Index {
  readonly id: number
  readonly spec: IndexSpec
  readonly descending: readonly boolean[]
  readonly paths: readonly (readonly string[])[]
  /** One bit a field: some document held an array on its path. */
  multikey: number
  /** False while it is being built: written, but not yet read. */
  ready: boolean
  readonly admits: ((doc: Doc) => boolean) | undefined

  constructor(id: number, spec: IndexSpec, multikey: number, ready: boolean) {
    this.id = id
    this.spec = spec
    this.multikey = multikey
    this.ready = ready
    this.descending = spec.fields.map((field) => field.descending)
    this.paths = spec.fields.map((field) => field.parts)
    this.admits = spec.partial ? compileFilter(spec.partial) : undefined
  }

  /** The byte keys of a document, without doubles and in order; notes in `multikey` where its paths hold arrays. */
  keysOf(doc: Doc): Buffer[] {
    if (this.admits && !this.admits(doc)) return []
    if (this.spec.sparse && !this.paths.some((parts) => exists(doc, parts))) return []
    const keys = keysOfDoc(doc, this.paths, () => parallel(this.spec.key, doc))
    this.noteArrays(doc)
    if (keys.length === 1) return [compoundKey(keys[0]!, this.descending)]
    const sorted = keys.map((key) => compoundKey(key, this.descending)).sort(Buffer.compare)
    return sorted.filter((key, place) => place === 0 || !key.equals(sorted[place - 1]!))
  }

  /** The byte key of values, one a field. */
  keyOfValues(values: readonly (Value | undefined)[]): Buffer {
    return compoundKey(values, this.descending)
  }

  private noteArrays(doc: Doc): void {
    for (let place = 0; place < this.paths.length; place++) {
      if ((this.multikey & (1 << place)) === 0 && meetsArray(doc, this.paths[place]!)) this.multikey |= 1 << place
    }
  }

  /** Whether a field of the index may hold several entries for one document. */
  isMultikey(place: number): boolean {
    return (this.multikey & (1 << place)) !== 0
  }
}

function exists(doc: Doc, parts: readonly string[]): boolean {
  return walkPath(doc, parts, 0, false, (value) => value !== undefined)
}

function meetsArray(doc: Doc, parts: readonly string[]): boolean {
  let current: Value | undefined = doc
  for (const part of parts) {
    if (!(current instanceof Map)) return false
    current = current.get(part)
    if (Array.isArray(current)) return true
  }
  return false
}

function parallel(key: Doc, doc: Doc): never {
  const arrays = [...key.keys()].filter((path) => meetsArray(doc, splitPath(path))).map((path) => splitPath(path)[0]!)
  return fail('CannotIndexParallelArrays', `cannot index parallel arrays [${arrays.at(-1)}] [${arrays[0]}]`)
}
