import { decodeDoc, encodeDoc, MAX_DOCUMENT_BYTES } from './codec.ts'
import { identical } from './compare.ts'
import { CODES, fail, StoreError } from './errors.ts'
import { entriesOf, type Index, indexFromSpec, normalSpec } from './index-spec.ts'
import type { Key } from './key-paths.ts'
import type { Storage } from './storage.ts'
import { type Doc, int32, show, type Value } from './values.ts'

const BUILD_CHUNK = 500

/** One stored document with its record number. */
export interface Row {
  r: number
  bytes: Uint8Array
}

interface IndexChange {
  index: Index
  add: Buffer[]
  remove: Buffer[]
  multikey: number
}

/** The documents of one collection with their indexes, always changed together. */
export class Collection {
  readonly id: number
  readonly db: string
  readonly name: string
  readonly indexes: Index[] = []
  readonly #storage: Storage

  constructor(storage: Storage, id: number, db: string, name: string) {
    this.#storage = storage
    this.id = id
    this.db = db
    this.name = name
  }

  get ns(): string {
    return `${this.db}.${this.name}`
  }

  get storage(): Storage {
    return this.#storage
  }

  #duplicate(index: Index, values: Key): StoreError {
    const pattern = index.spec.get('key') as Doc
    const keyValue: Doc = new Map(index.fields.map((field, i) => [field, values[i] ?? null]))
    const shown = index.fields.map((field, i) => `${field}: ${show(values[i] ?? null)}`).join(', ')
    return new StoreError(
      CODES.DuplicateKey,
      `E11000 duplicate key error collection: ${this.ns} index: ${index.name} dup key: { ${shown} }`,
      new Map<string, Value>([
        ['keyPattern', pattern],
        ['keyValue', keyValue],
      ]),
    )
  }

  /** Every change of index entries that a document's change brings; throws 11000 before anything is written. */
  #plan(before: Doc | undefined, after: Doc | undefined, r: number | undefined): IndexChange[] {
    return this.indexes.map((index) => {
      const old = before ? entriesOf(index, before).keys : []
      const fresh = after ? entriesOf(index, after) : { keys: [], values: [], multikey: 0 }
      const oldMarks = new Set(old.map((key) => key.toString('latin1')))
      const freshMarks = new Set(fresh.keys.map((key) => key.toString('latin1')))
      const add: Buffer[] = []
      fresh.keys.forEach((key, i) => {
        if (oldMarks.has(key.toString('latin1'))) return
        if (index.unique && this.#taken(index, key, r)) throw this.#duplicate(index, fresh.values[i]!)
        add.push(key)
      })
      const remove = old.filter((key) => !freshMarks.has(key.toString('latin1')))
      return { index, add, remove, multikey: fresh.multikey }
    })
  }

  #taken(index: Index, key: Buffer, r: number | undefined): boolean {
    const row = this.#storage.sql(`SELECT r FROM i${index.id} WHERE k = ? AND r <> ? LIMIT 1`).get(key, r ?? -1)
    return row !== undefined
  }

  #apply(plan: IndexChange[], r: number): void {
    for (const { index, add, remove, multikey } of plan) {
      for (const key of remove) this.#storage.sql(`DELETE FROM i${index.id} WHERE k = ? AND r = ?`).run(key, r)
      for (const key of add) this.#storage.sql(`INSERT INTO i${index.id} (k, r) VALUES (?, ?)`).run(key, r)
      if ((multikey & ~index.multikey) !== 0) {
        index.multikey |= multikey
        this.#storage.sql('UPDATE indexes SET multikey = ? WHERE id = ?').run(index.multikey, index.id)
      }
    }
  }

  /** Stores a new document; its `_id` is there already. */
  insert(doc: Doc, bytes: Uint8Array = this.#encode(doc)): void {
    const plan = this.#plan(undefined, doc, undefined)
    const { lastInsertRowid } = this.#storage.sql(`INSERT INTO d${this.id} (doc) VALUES (?)`).run(bytes)
    this.#apply(plan, Number(lastInsertRowid))
  }

  #encode(doc: Doc): Uint8Array {
    return encodeDoc(doc, MAX_DOCUMENT_BYTES)
  }

  /** Puts a document in the place of another. */
  replace(r: number, before: Doc, after: Doc): void {
    if (identical(before, after)) return
    const plan = this.#plan(before, after, r)
    const bytes = this.#encode(after)
    this.#storage.sql(`UPDATE d${this.id} SET doc = ? WHERE r = ?`).run(bytes, r)
    this.#apply(plan, r)
  }

  /** Removes a document. */
  remove(r: number, doc: Doc): void {
    const plan = this.#plan(doc, undefined, r)
    this.#storage.sql(`DELETE FROM d${this.id} WHERE r = ?`).run(r)
    this.#apply(plan, r)
  }

  /** The document of a record number, as BSON. */
  read(r: number): Uint8Array | undefined {
    const row = this.#storage.sql(`SELECT doc FROM d${this.id} WHERE r = ?`).get(r) as { doc: Uint8Array } | undefined
    return row?.doc
  }

  /** The next documents in the order in which they came, after a record number. */
  next(after: number, limit: number): Row[] {
    const rows = this.#storage
      .sql(`SELECT r, doc FROM d${this.id} WHERE r > ? ORDER BY r LIMIT ?`)
      .all(after, limit) as {
      r: number
      doc: Uint8Array
    }[]
    return rows.map(({ r, doc }) => ({ r, bytes: doc }))
  }

  /** How many documents there are. */
  count(): number {
    return (this.#storage.sql(`SELECT count(*) AS n FROM d${this.id}`).get() as { n: number }).n
  }

  /** Makes an index over all documents; the same one again changes nothing; gives whether it is new. */
  createIndex(given: Doc): boolean {
    const spec = normalSpec(given)
    const name = spec.get('name') as string
    const key = spec.get('key') as Doc
    const same = (other: Index) =>
      show(other.spec.get('key') as Doc) === show(key) &&
      show(other.partial) === show(spec.get('partialFilterExpression'))
    for (const other of this.indexes) {
      if (other.name === name) {
        if (!same(other))
          fail(
            'IndexKeySpecsConflict',
            `An existing index has the same name as the requested index. Requested index: ${show(spec)}, existing index: ${show(other.spec)}`,
          )
        const asked = indexFromSpec(0, spec)
        if (
          name !== '_id_' &&
          (asked.unique !== other.unique ||
            asked.sparse !== other.sparse ||
            asked.expireAfterSeconds !== other.expireAfterSeconds)
        ) {
          fail(
            'IndexOptionsConflict',
            `An equivalent index already exists with the same name but different options. Requested index: ${show(spec)}, existing index: ${show(other.spec)}`,
          )
        }
        return false
      }
      if (same(other)) {
        if (other.name === '_id_') return false
        fail('IndexOptionsConflict', `Index already exists with a different name: ${other.name}`)
      }
    }
    const index = indexFromSpec(this.#storage.keepIndex(this.id, name, spec), spec)
    this.#fill(index)
    this.indexes.push(index)
    return true
  }

  #fill(index: Index): void {
    const insert = this.#storage.sql(`INSERT INTO i${index.id} (k, r) VALUES (?, ?)`)
    let last = 0
    for (let rows = this.next(0, BUILD_CHUNK); rows.length > 0; rows = this.next(last, BUILD_CHUNK)) {
      for (const { r, bytes } of rows) {
        const { keys, values, multikey } = entriesOf(index, decodeDoc(bytes))
        keys.forEach((key, i) => {
          if (index.unique && this.#taken(index, key, r)) throw this.#duplicate(index, values[i]!)
          insert.run(key, r)
        })
        index.multikey |= multikey
        last = r
      }
    }
    this.#storage.sql('UPDATE indexes SET multikey = ? WHERE id = ?').run(index.multikey, index.id)
  }

  /** Drops an index by name; `_id_` stays. */
  dropIndex(name: string): void {
    const at = this.indexes.findIndex((index) => index.name === name)
    if (at === -1) fail('IndexNotFound', `index not found with name [${name}]`)
    if (name === '_id_') fail('InvalidOptions', 'cannot drop _id index')
    const [index] = this.indexes.splice(at, 1)
    this.#storage.forgetIndex(index!.id)
  }

  /** The indexes as `listIndexes` gives them. */
  describeIndexes(): Doc[] {
    return this.indexes.map(({ spec, name }) => {
      const shown: Doc = new Map(spec)
      shown.set('v', int32(2))
      if (name === '_id_') shown.delete('unique')
      return shown
    })
  }
}
