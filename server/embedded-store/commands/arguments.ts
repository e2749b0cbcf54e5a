/** Reading the fields of commands, strictly: what a command does not know is refused by name. */
import { decodeDoc } from '../codec.ts'
import { fail } from '../errors.ts'
import { type Cell, variablesOf } from '../expressions.ts'
import { type Doc, isDoc, isNumeric, isTruthy, toNumber, typeNameOf, type Value } from '../values.ts'
import type { Request } from '../wire.ts'

const COMMON = new Set([
  '$db',
  'lsid',
  '$clusterTime',
  '$readPreference',
  'readConcern',
  'writeConcern',
  'comment',
  'maxTimeMS',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'maxTimeMSOpOnly',
])
const TRANSACTIONS = ['txnNumber', 'startTransaction', 'autocommit', 'stmtId', 'stmtIds']
const READ_CONCERNS = new Set(['local', 'available', 'majority'])

/** Refuses what this store does not do for any command: transactions, other read concerns, collations. */
export function checkCommon(body: Doc): void {
  for (const name of TRANSACTIONS) {
    if (body.has(name)) {
      fail('IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos')
    }
  }
  const concern = body.get('readConcern')
  if (isDoc(concern)) {
    const level = concern.get('level')
    if (level !== undefined && !READ_CONCERNS.has(level as string)) {
      fail('NotImplemented', `readConcern level ${String(level)} is not supported by this store`)
    }
    if (concern.has('afterClusterTime') || concern.has('atClusterTime')) {
      fail('IllegalOperation', 'Cannot specify a cluster time: this store is no replica set')
    }
  }
  checkCollation(body)
}

/** Refuses every collation but the simple one. */
export function checkCollation(options: Doc): void {
  const collation = options.get('collation')
  if (collation === undefined || (isDoc(collation) && (collation.size === 0 || collation.get('locale') === 'simple')))
    return
  fail('NotImplemented', 'collations are not supported by this store')
}

/** The arguments of one command (or of one part of it, with `parent` in its name). */
export class Arguments {
  readonly command: string
  private readonly body: Doc

  constructor(command: string, body: Doc) {
    this.command = command
    this.body = body
  }

  /** Refuses fields that are neither among these nor common to all commands. */
  only(...names: string[]): this {
    for (const name of this.body.keys()) {
      if (COMMON.has(name) || names.includes(name) || name === 'collation') continue
      fail(40415, `BSON field '${this.command}.${name}' is an unknown field.`)
    }
    return this
  }

  /** Refuses options that MongoDB has and this store does not, unless they are off. */
  without(...names: string[]): this {
    for (const name of names) {
      if (isTruthy(this.body.get(name))) {
        fail('NotImplemented', `the option '${name}' of ${this.command} is not supported by this store`)
      }
    }
    return this
  }

  has(name: string): boolean {
    return this.body.has(name)
  }

  value(name: string): Value | undefined {
    return this.body.get(name)
  }

  private wrong(name: string, expected: string): never {
    const got = typeNameOf(this.body.get(name))
    return fail(
      'TypeMismatch',
      `BSON field '${this.command}.${name}' is the wrong type '${got}', expected type '${expected}'`,
    )
  }

  text(name: string): string {
    const value = this.body.get(name)
    return typeof value === 'string' ? value : this.wrong(name, 'string')
  }

  doc(name: string): Doc | undefined {
    const value = this.body.get(name)
    if (value === undefined || value === null) return undefined
    return isDoc(value) ? value : this.wrong(name, 'object')
  }

  list(name: string): Value[] | undefined {
    const value = this.body.get(name)
    if (value === undefined || value === null) return undefined
    return Array.isArray(value) ? value : this.wrong(name, 'array')
  }

  /** An integer that is not below `least`. */
  integer(name: string, least = 0): number | undefined {
    const value = this.body.get(name)
    if (value === undefined || value === null) return undefined
    if (!isNumeric(value)) return this.wrong(name, 'long')
    const number = Math.trunc(toNumber(value))
    if (!(number >= least)) {
      fail(51024, `BSON field '${name}' value must be >= ${least}, actual value '${number}'`)
    }
    return number
  }

  flag(name: string): boolean {
    return isTruthy(this.body.get(name))
  }

  /** The variables of `let`. */
  variables(now: Date): Map<string, Cell> | undefined {
    const given = this.doc('let')
    return given && variablesOf(given, { now })
  }
}

/** The documents of a field, whether they came in the body or as a sequence. */
export function documentsOf(request: Request, field: string): (Buffer | Doc)[] {
  const sequence = request.sequences.get(field)
  if (sequence) return sequence
  const list = request.body.get(field)
  if (!Array.isArray(list)) {
    return fail(40414, `BSON field '${field}' is missing but a required field`)
  }
  return list.map((one) =>
    isDoc(one)
      ? one
      : fail('TypeMismatch', `BSON field '${field}' holds the wrong type '${typeNameOf(one)}', expected type 'object'`),
  )
}

/** A decoded document. */
export function decoded(given: Buffer | Doc): Doc {
  return Buffer.isBuffer(given) ? decodeDoc(given) : given
}
