import { fail } from './errors.ts'
import { type Key, keysOfDoc } from './key-paths.ts'
import { compoundKey } from './keys.ts'
import { compileFilter } from './matcher.ts'
import { splitPath } from './paths.ts'
import { type Doc, isDoc, isNumeric, isTruthy, toNumber, type Value } from './values.ts'

/** One index of a collection: its fields in order, how they run, and what it admits. `multikey` has a bit for each field in which an array was met. */
export interface Index {
  id: number
  name: string
  spec: Doc
  fields: string[]
  paths: string[][]
  descending: boolean[]
  unique: boolean
  sparse: boolean
  partial: Doc | undefined
  admits: (doc: Doc) => boolean
  expireAfterSeconds: number | undefined
  multikey: number
}

const KNOWN = new Set([
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'background',
  'partialFilterExpression',
  'expireAfterSeconds',
  'ns',
  'hidden',
])

function parallel(): never {
  return fail('CannotIndexParallelArrays', 'cannot index parallel arrays')
}

/** Whether a path meets an array in a document. */
function meetsArray(doc: Doc, parts: readonly string[]): boolean {
  let current: Value | undefined = doc
  for (const part of parts) {
    if (!isDoc(current)) return false
    current = current.get(part)
    if (Array.isArray(current)) return true
  }
  return false
}

/** An index from its stored specification. */
export function indexFromSpec(id: number, spec: Doc, multikey = 0): Index {
  const key = spec.get('key') as Doc
  const fields = [...key.keys()]
  const paths = fields.map(splitPath)
  const descending = [...key.values()].map((order) => isNumeric(order) && toNumber(order) < 0)
  const partial = spec.get('partialFilterExpression')
  const sparse = isTruthy(spec.get('sparse'))
  const passes = isDoc(partial) ? compileFilter(partial) : undefined
  const expire = spec.get('expireAfterSeconds')
  return {
    id,
    name: spec.get('name') as string,
    spec,
    fields,
    paths,
    descending,
    unique: isTruthy(spec.get('unique')),
    sparse,
    partial: isDoc(partial) ? partial : undefined,
    admits: (doc) => {
      if (passes && !passes(doc)) return false
      return !sparse || paths.some((parts) => present(doc, parts))
    },
    expireAfterSeconds: isNumeric(expire) ? toNumber(expire) : undefined,
    multikey,
  }
}

function present(doc: Doc, parts: readonly string[]): boolean {
  return keysOfDoc(doc, [parts], parallel).some(([value]) => value !== null) || hasField(doc, parts)
}

function hasField(doc: Doc, parts: readonly string[]): boolean {
  let current: Value | undefined = doc
  for (const part of parts) {
    if (!isDoc(current) || !current.has(part)) return false
    current = current.get(part)
  }
  return true
}

/** Checks the specification of a new index and completes it with version and name; unknown kinds and options are refused. */
export function normalSpec(given: Doc): Doc {
  const key = given.get('key')
  if (!isDoc(key) || key.size === 0) return fail('CannotCreateIndex', 'Index keys cannot be an empty object')
  for (const [field, order] of key) {
    if (order === 'text')
      return fail('NotImplemented', `text indexes are not supported by this store yet (field ${field})`)
    if (!isNumeric(order) || toNumber(order) === 0 || !Number.isFinite(toNumber(order))) {
      return fail(
        'CannotCreateIndex',
        `Values in v:2 index key pattern can be numbers only in this store; field ${field} has another`,
      )
    }
    if (field === '' || field.split('.').some((part) => part === '' || part.startsWith('$')) || field.includes('$**')) {
      return fail('CannotCreateIndex', `Index key contains an illegal field name: '${field}'`)
    }
  }
  for (const option of given.keys()) {
    if (!KNOWN.has(option))
      return fail(197, `The field '${option}' is not valid for an index specification in this store`)
  }
  const name = given.get('name')
  const spec: Doc = new Map<string, Value>([
    ['v', 2],
    ['key', key],
  ])
  spec.set(
    'name',
    typeof name === 'string'
      ? name
      : [...key].map(([field, order]) => `${field}_${isNumeric(order) ? toNumber(order) : String(order)}`).join('_'),
  )
  for (const [option, value] of given)
    if (!spec.has(option) && option !== 'background' && option !== 'ns') spec.set(option, value)
  return spec
}

/** The byte keys of a document in an index, each once; none when the index does not admit it. */
export function entriesOf(index: Index, doc: Doc): { keys: Buffer[]; values: Key[]; multikey: number } {
  if (!index.admits(doc)) return { keys: [], values: [], multikey: 0 }
  const values = keysOfDoc(doc, index.paths, parallel)
  const keys: Buffer[] = []
  const seen = new Set<string>()
  const kept: Key[] = []
  for (const value of values) {
    const key = compoundKey(value, index.descending)
    if (values.length > 1) {
      const mark = key.toString('latin1')
      if (seen.has(mark)) continue
      seen.add(mark)
    }
    keys.push(key)
    kept.push(value)
  }
  let multikey = 0
  for (let i = 0; i < index.paths.length; i++) if (meetsArray(doc, index.paths[i]!)) multikey |= 1 << i
  return { keys, values: kept, multikey }
}
