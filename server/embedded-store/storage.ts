import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { decodeDoc, encodeDoc } from './codec.ts'
import { Collection } from './collection.ts'
import { StoreError } from './errors.ts'
import { indexFromSpec } from './index-spec.ts'
import type { Doc } from './values.ts'

const SCHEMA = `
CREATE TABLE IF NOT EXISTS collections (id INTEGER PRIMARY KEY, db TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (db, name));
CREATE TABLE IF NOT EXISTS indexes (id INTEGER PRIMARY KEY, collection INTEGER NOT NULL, name TEXT NOT NULL, spec BLOB NOT NULL, multikey INTEGER NOT NULL DEFAULT 0, UNIQUE (collection, name));
`

/** The SQLite file under the store: documents as BSON by record number, index entries as byte keys; one writer. */
export class Storage {
  readonly db: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  readonly #collections = new Map<string, Collection>()

  constructor(dataDir: string) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    this.db = new DatabaseSync(path.join(dataDir, 'store.sqlite'))
    this.db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 4000; PRAGMA busy_timeout = 5000',
    )
    this.db.exec(SCHEMA)
    this.#load()
  }

  /** A prepared statement, kept for the next time. */
  sql(text: string): StatementSync {
    let statement = this.#statements.get(text)
    if (!statement) {
      statement = this.db.prepare(text)
      this.#statements.set(text, statement)
    }
    return statement
  }

  #load(): void {
    this.#collections.clear()
    const indexes = this.sql('SELECT id, collection, spec, multikey FROM indexes ORDER BY id').all() as {
      id: number
      collection: number
      spec: Uint8Array
      multikey: number
    }[]
    for (const row of this.sql('SELECT id, db, name FROM collections').all() as {
      id: number
      db: string
      name: string
    }[]) {
      const collection = new Collection(this, row.id, row.db, row.name)
      for (const index of indexes) {
        if (index.collection === row.id)
          collection.indexes.push(indexFromSpec(index.id, decodeDoc(index.spec), index.multikey))
      }
      this.#collections.set(`${row.db}.${row.name}`, collection)
    }
  }

  /** Begins what one turn writes. */
  begin(): void {
    this.db.exec('BEGIN IMMEDIATE')
  }

  /** Makes durable what this turn wrote. */
  commit(): void {
    this.db.exec('COMMIT')
  }

  /** Takes back what this turn wrote, collections and indexes too. */
  rollback(): void {
    if (this.db.isTransaction) this.db.exec('ROLLBACK')
    this.#load()
  }

  /** The collection of this name, or undefined. */
  find(db: string, name: string): Collection | undefined {
    return this.#collections.get(`${db}.${name}`)
  }

  /** The collection of this name, made when it is not there. */
  ensure(db: string, name: string): Collection {
    const found = this.find(db, name)
    if (found) return found
    if (name === '' || name.includes('\0') || name.includes('$') || db === '') {
      throw new StoreError(73, `Invalid namespace specified '${db}.${name}'`)
    }
    const { lastInsertRowid } = this.sql('INSERT INTO collections (db, name) VALUES (?, ?)').run(db, name)
    const collection = new Collection(this, Number(lastInsertRowid), db, name)
    this.db.exec(`CREATE TABLE d${collection.id} (r INTEGER PRIMARY KEY AUTOINCREMENT, doc BLOB NOT NULL)`)
    this.#collections.set(`${db}.${name}`, collection)
    collection.createIndex(
      new Map<string, never>([
        ['key', new Map([['_id', 1]]) as never],
        ['name', '_id_' as never],
        ['unique', true as never],
      ]) as Doc,
    )
    return collection
  }

  /** Drops a collection; false when there was none. */
  drop(db: string, name: string): boolean {
    const collection = this.find(db, name)
    if (!collection) return false
    for (const index of collection.indexes) this.#dropTable(`i${index.id}`)
    this.#dropTable(`d${collection.id}`)
    this.sql('DELETE FROM indexes WHERE collection = ?').run(collection.id)
    this.sql('DELETE FROM collections WHERE id = ?').run(collection.id)
    this.#collections.delete(`${db}.${name}`)
    return true
  }

  #dropTable(name: string): void {
    for (const [text] of this.#statements) if (new RegExp(`\\b${name}\\b`).test(text)) this.#statements.delete(text)
    this.db.exec(`DROP TABLE IF EXISTS ${name}`)
  }

  /** Drops the table of an index that is gone. */
  forgetIndex(id: number): void {
    this.sql('DELETE FROM indexes WHERE id = ?').run(id)
    this.#dropTable(`i${id}`)
  }

  /** Keeps an index's specification and gives it a number. */
  keepIndex(collection: number, name: string, spec: Doc): number {
    const { lastInsertRowid } = this.sql('INSERT INTO indexes (collection, name, spec) VALUES (?, ?, ?)').run(
      collection,
      name,
      encodeDoc(spec),
    )
    const id = Number(lastInsertRowid)
    this.db.exec(`CREATE TABLE i${id} (k BLOB NOT NULL, r INTEGER NOT NULL, PRIMARY KEY (k, r)) WITHOUT ROWID`)
    return id
  }

  /** Every collection. */
  all(): Collection[] {
    return [...this.#collections.values()]
  }

  close(): void {
    this.db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    this.db.close()
  }
}
