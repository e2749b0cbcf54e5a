import type { Cursors } from '../cursors.ts'
import { fail } from '../errors.ts'
import type { Storage } from '../storage.ts'
import { type Doc, isDoc, isNumeric, isTruthy, toNumber, type Value } from '../values.ts'
import type { Request } from '../wire.ts'

/** What a command works with. */
export interface Work {
  storage: Storage
  cursors: Cursors
  request: Request
  db: string
  now: Date
}

/** One command: whether it writes, the fields that it knows beside those of every command, and how it answers (a document, or BSON). */
export interface StoreCommand {
  writes: boolean
  fields: readonly string[]
  run: (body: Doc, work: Work) => Doc | Buffer
}

/** Fields that every command may carry. */
export const COMMON_FIELDS = new Set([
  '$db',
  'lsid',
  '$clusterTime',
  '$readPreference',
  'writeConcern',
  'readConcern',
  'comment',
  'maxTimeMS',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  '$audit',
  '$client',
  '$configServerState',
  'signature',
  'timeoutMS',
])

/** A document with `ok: 1` at its end. */
export function ok(...entries: [string, Value][]): Doc {
  return new Map<string, Value>([...entries, ['ok', 1]])
}

/** The collection that a command names in its first field. */
export function collectionName(body: Doc): string {
  const name = body.values().next().value
  if (typeof name !== 'string') return fail('InvalidNamespace', 'collection name has invalid type')
  return name
}

/** A field that must be a document where it is given. */
export function docField(body: Doc, name: string): Doc | undefined {
  const value = body.get(name)
  if (value === undefined || value === null) return undefined
  return isDoc(value) ? value : fail('TypeMismatch', `BSON field '${name}' is the wrong type, expected type 'object'`)
}

/** A field that must be a whole number of at least zero where it is given. */
export function countField(body: Doc, name: string): number | undefined {
  const value = body.get(name)
  if (value === undefined || value === null) return undefined
  if (!isNumeric(value))
    return fail('TypeMismatch', `BSON field '${name}' is the wrong type, expected types '[long, int, decimal, double]'`)
  const number = Math.trunc(toNumber(value))
  if (number < 0) return fail(51024, `BSON field '${name}' value must be >= 0, actual value '${number}'`)
  return number
}

/** The documents of a write: in the body's array, or in a sequence beside it. */
export function documentsOf(body: Doc, request: Request, name: string): (Doc | Buffer)[] {
  const sequence = request.sequences.get(name)
  if (sequence) return sequence
  const array = body.get(name)
  if (!Array.isArray(array))
    return fail('TypeMismatch', `BSON field '${name}' is missing or has the wrong type, expected type 'array'`)
  return array.map((item) =>
    isDoc(item) ? item : fail('TypeMismatch', `BSON field '${name}' holds something that is no object`),
  )
}

/** Refuses collations other than the simple one. */
export function refuseCollation(body: Doc): void {
  const collation = docField(body, 'collation')
  if (collation && collation.size > 0 && collation.get('locale') !== 'simple')
    fail('NotImplemented', 'collations are not supported by this store')
}

/** The moment at which a command is given up, from its maxTimeMS. */
export function deadlineOf(body: Doc): number | undefined {
  const most = countField(body, 'maxTimeMS')
  return most === undefined || most === 0 ? undefined : performance.now() + most
}

/** Whether a write stops at its first fault. */
export function isOrdered(body: Doc): boolean {
  const value = body.get('ordered')
  return value === undefined || isTruthy(value)
}
