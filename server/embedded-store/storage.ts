/** Documents, index entries and the catalog of both in one SQLite file. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { decodeDoc, encodeDoc } from './codec.ts'
import { Index, type IndexSpec, readIndexSpec } from './index-spec.ts'
import { after } from './keys.ts'
import { checkName, refuseDuplicate } from './refusals.ts'
import { TextTable } from './text.ts'
import { type Doc, docOf, int32 } from './values.ts'

/** A collection that is open: its number names its table, its indexes stand in the order of their making. */
export interface Collection {
  id: number
  db: string
  name: string
  indexes: Index[]
}

/** One stored document: its record number and its BSON. */
export interface Row {
  rid: number
  bytes: Buffer
  /** The score of a text search. */
  score?: number
}

const FORMAT = 1
const SCHEMA = `
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS collections (id INTEGER PRIMARY KEY, db TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (db, name));
CREATE TABLE IF NOT EXISTS indexes (
  id INTEGER PRIMARY KEY, collection INTEGER NOT NULL, name TEXT NOT NULL, spec BLOB NOT NULL,
  multikey INTEGER NOT NULL, ready INTEGER NOT NULL, UNIQUE (collection, name));
INSERT OR IGNORE INTO meta VALUES ('format', ${FORMAT}), ('catalog', 0);
`
/** How many idle statements are kept for each text of SQL. */
const IDLE_STATEMENTS = 4

/** A Node buffer over the bytes that SQLite gave. */
export function asBuffer(bytes: unknown): Buffer {
  const { buffer, byteOffset, byteLength } = bytes as Uint8Array
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength)
}

/** The specification of the index on `_id`. */
function idSpec(): Doc {
  return docOf(['v', int32(2)], ['key', docOf(['_id', int32(1)])], ['name', '_id_'])
}

/** How a store is opened. */
export interface StorageOptions {
  readOnly?: boolean
  /** Bytes that the file may take; more fails with OutOfDiskSpace. */
  maxBytes?: number
}

/** The one door to the SQLite file. */
export class Storage {
  readonly database: DatabaseSync
  private readonly readOnly: boolean
  private readonly idle = new Map<string, StatementSync[]>()
  private readonly prepared = new Map<string, StatementSync>()
  private collections = new Map<string, Collection>()
  private catalogVersion = -1
  private open = false

  constructor(file: string, options: StorageOptions = {}) {
    this.readOnly = options.readOnly === true
    this.database = new DatabaseSync(file, { readOnly: this.readOnly, timeout: 10_000 })
    if (!this.readOnly) {
      this.database.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
      this.database.exec('PRAGMA journal_size_limit = 67108864')
      this.database.exec(SCHEMA)
      if (options.maxBytes) this.database.exec(`PRAGMA max_page_count = ${Math.floor(options.maxBytes / 8192)}`)
    }
    this.database.exec('PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY')
    const format = this.statement("SELECT value FROM meta WHERE name = 'format'").get() as { value: number }
    if (format.value !== FORMAT) throw new Error(`the store has format ${format.value}, this program reads ${FORMAT}`)
    this.refresh()
    if (!this.readOnly) this.dropUnfinished()
  }

  close(): void {
    this.database.close()
  }

  /**
   * The one statement of this text; for statements that end with their call. Writes use `get` too: `run` would report
   * SQLite's last row number, which FTS5 leaves beyond what a number of JavaScript holds.
   */
  statement(sql: string): StatementSync {
    let statement = this.prepared.get(sql)
    if (!statement) {
      if (this.prepared.size > 500) this.prepared.clear()
      statement = this.database.prepare(sql)
      this.prepared.set(sql, statement)
    }
    return statement
  }

  /** Lends a statement for stepping through its rows as arrays; `giveBack` it. */
  lend(sql: string): StatementSync {
    const statement = this.idle.get(sql)?.pop()
    if (statement) return statement
    const fresh = this.database.prepare(sql)
    fresh.setReturnArrays(true)
    return fresh
  }

  giveBack(sql: string, statement: StatementSync): void {
    const list = this.idle.get(sql)
    if (!list) this.idle.set(sql, [statement])
    else if (list.length < IDLE_STATEMENTS) list.push(statement)
    if (this.idle.size > 500) this.idle.clear()
  }

  get isOpen(): boolean {
    return this.open
  }

  /** Begins a transaction. */
  begin(): void {
    this.statement(this.readOnly ? 'BEGIN' : 'BEGIN IMMEDIATE').get()
    this.open = true
  }

  /** Makes what was written durable. */
  commit(): void {
    this.statement('COMMIT').get()
    this.open = false
  }

  /** Takes back what was written since `begin`, also in the catalog. */
  rollback(): void {
    this.open = false
    try {
      this.statement('ROLLBACK').get()
    } catch {
      // SQLite has rolled back by itself after some errors.
    }
    this.reload()
  }

  /** Reads the catalog from the file, whatever is in memory. */
  reload(): void {
    this.catalogVersion = -1
    this.refresh()
  }

  /** Reads the catalog again where another connection has changed it. */
  refresh(): void {
    const { value } = this.statement("SELECT value FROM meta WHERE name = 'catalog'").get() as { value: number }
    if (value === this.catalogVersion) return
    this.idle.clear()
    this.prepared.clear()
    this.collections = new Map()
    const byId = new Map<number, Collection>()
    for (const row of this.database.prepare('SELECT id, db, name FROM collections ORDER BY id').all()) {
      const collection: Collection = {
        id: row.id as number,
        db: row.db as string,
        name: row.name as string,
        indexes: [],
      }
      byId.set(collection.id, collection)
      this.collections.set(`${collection.db}.${collection.name}`, collection)
    }
    const indexes = 'SELECT id, collection, spec, multikey, ready FROM indexes ORDER BY id'
    for (const row of this.database.prepare(indexes).all()) {
      const spec = readIndexSpec(decodeDoc(asBuffer(row.spec)))
      const index = new Index(row.id as number, spec, row.multikey as number, row.ready === 1)
      byId.get(row.collection as number)?.indexes.push(index)
    }
    this.catalogVersion = value
  }

  private catalogChanged(): void {
    this.statement("UPDATE meta SET value = value + 1 WHERE name = 'catalog'").get()
    this.catalogVersion++
  }

  /** Drops indexes whose building did not end. */
  dropUnfinished(): void {
    for (const collection of this.collections.values()) {
      for (const index of collection.indexes.filter(({ ready }) => !ready)) {
        this.begin()
        this.dropIndex(collection, index)
        this.commit()
      }
    }
  }

  collection(db: string, name: string): Collection | undefined {
    return this.collections.get(`${db}.${name}`)
  }

  /** Every collection, or those of one database, by name. */
  list(db?: string): Collection[] {
    const all = [...this.collections.values()].filter((collection) => db === undefined || collection.db === db)
    return all.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  }

  /** Makes an empty collection with its index on `_id`. */
  create(db: string, name: string): Collection {
    checkName(db, name)
    const id = this.insertRow('INSERT INTO collections (db, name) VALUES (?, ?) RETURNING id', db, name)
    this.database.exec(`CREATE TABLE c${id} (rid INTEGER PRIMARY KEY, doc BLOB NOT NULL)`)
    const collection: Collection = { id, db, name, indexes: [] }
    this.collections.set(`${db}.${name}`, collection)
    this.addIndex(collection, readIndexSpec(idSpec()), true)
    return collection
  }

  drop(collection: Collection): void {
    for (const index of [...collection.indexes]) this.dropIndex(collection, index)
    this.forget(`c${collection.id}`)
    this.database.exec(`DROP TABLE c${collection.id}`)
    this.statement('DELETE FROM collections WHERE id = ?').get(collection.id)
    this.collections.delete(`${collection.db}.${collection.name}`)
    this.catalogChanged()
  }

  /** Adds an index without entries. */
  addIndex(collection: Collection, spec: IndexSpec, ready: boolean): Index {
    const kept: Doc = new Map(spec.shown)
    kept.set('key', spec.key)
    const id = this.insertRow(
      'INSERT INTO indexes (collection, name, spec, multikey, ready) VALUES (?, ?, ?, 0, ?) RETURNING id',
      ...[collection.id, spec.name, encodeDoc(kept), ready ? 1 : 0],
    )
    const index = new Index(id, spec, 0, ready)
    if (spec.text) new TextTable(this, index).create()
    else this.database.exec(`CREATE TABLE i${index.id} (k BLOB, r INTEGER, PRIMARY KEY (k, r)) WITHOUT ROWID`)
    collection.indexes.push(index)
    this.catalogChanged()
    return index
  }

  /** Lets a built index be read. */
  finishIndex(index: Index): void {
    this.statement('UPDATE indexes SET ready = 1 WHERE id = ?').get(index.id)
    index.ready = true
    this.catalogChanged()
  }

  dropIndex(collection: Collection, index: Index): void {
    const table = index.spec.text ? `t${index.id}` : `i${index.id}`
    this.forget(table)
    this.database.exec(`DROP TABLE ${table}`)
    this.statement('DELETE FROM indexes WHERE id = ?').get(index.id)
    collection.indexes.splice(collection.indexes.indexOf(index), 1)
    this.catalogChanged()
  }

  private forget(table: string): void {
    const name = new RegExp(`\\b${table}\\b`)
    for (const statements of [this.idle, this.prepared]) {
      for (const sql of statements.keys()) if (name.test(sql)) statements.delete(sql)
    }
  }

  get(collection: Collection, rid: number): Buffer | undefined {
    const row = this.statement(`SELECT doc FROM c${collection.id} WHERE rid = ?`).get(rid)
    return row && asBuffer(row.doc)
  }

  /** Stores a new document; throws DuplicateKey before anything is written. */
  insert(collection: Collection, doc: Doc, bytes: Buffer): number {
    const keys = this.keysFor(collection, doc)
    this.checkUnique(collection, doc, keys, 0)
    const rid = this.insertRow(`INSERT INTO c${collection.id} (doc) VALUES (?) RETURNING rid AS id`, bytes)
    for (const [place, index] of collection.indexes.entries()) this.addEntries(index, keys[place]!, rid, doc)
    return rid
  }

  /** Stores the new state of a document; only index entries that differ are touched. */
  replace(collection: Collection, rid: number, before: Doc, doc: Doc, bytes: Buffer): void {
    const old = this.keysFor(collection, before)
    const keys = this.keysFor(collection, doc)
    const gone = old.map((list, place) => list.filter((key) => !keys[place]!.some((other) => other.equals(key))))
    const fresh = keys.map((list, place) => list.filter((key) => !old[place]!.some((other) => other.equals(key))))
    this.checkUnique(collection, doc, fresh, rid)
    this.statement(`UPDATE c${collection.id} SET doc = ? WHERE rid = ?`).get(bytes, rid)
    for (const [place, index] of collection.indexes.entries()) {
      if (index.spec.text) new TextTable(this, index).replace(rid, before, doc)
      else {
        this.removeEntries(index, gone[place]!, rid)
        this.addEntries(index, fresh[place]!, rid, doc)
      }
    }
  }

  remove(collection: Collection, rid: number, doc: Doc): void {
    const keys = this.keysFor(collection, doc)
    for (const [place, index] of collection.indexes.entries()) {
      if (index.spec.text) new TextTable(this, index).remove(rid, doc)
      else this.removeEntries(index, keys[place]!, rid)
    }
    this.statement(`DELETE FROM c${collection.id} WHERE rid = ?`).get(rid)
  }

  /** Adds the entries of a stored document to one index that is being built. */
  index(collection: Collection, index: Index, rid: number, doc: Doc): void {
    const keys = this.keysOf(index, doc)
    this.checkUniqueIn(collection, index, doc, keys, rid)
    this.addEntries(index, keys, rid, doc)
  }

  private keysFor(collection: Collection, doc: Doc): Buffer[][] {
    return collection.indexes.map((index) => this.keysOf(index, doc))
  }

  private keysOf(index: Index, doc: Doc): Buffer[] {
    if (index.spec.text) return []
    const known = index.multikey
    const keys = index.keysOf(doc)
    if (index.multikey !== known) {
      this.statement('UPDATE indexes SET multikey = ? WHERE id = ?').get(index.multikey, index.id)
      this.catalogChanged()
    }
    return keys
  }

  private addEntries(index: Index, keys: Buffer[], rid: number, doc: Doc): void {
    if (index.spec.text) return new TextTable(this, index).add(rid, doc)
    const statement = this.statement(`INSERT OR IGNORE INTO i${index.id} VALUES (?, ?)`)
    for (const key of keys) statement.get(key, rid)
  }

  private removeEntries(index: Index, keys: Buffer[], rid: number): void {
    const statement = this.statement(`DELETE FROM i${index.id} WHERE k = ? AND r = ?`)
    for (const key of keys) statement.get(key, rid)
  }

  private checkUnique(collection: Collection, doc: Doc, keys: Buffer[][], rid: number): void {
    for (const [place, index] of collection.indexes.entries()) {
      this.checkUniqueIn(collection, index, doc, keys[place]!, rid)
    }
  }

  private checkUniqueIn(collection: Collection, index: Index, doc: Doc, keys: Buffer[], rid: number): void {
    if (!index.spec.unique) return
    const statement = this.statement(`SELECT r FROM i${index.id} WHERE k = ? AND r <> ? LIMIT 1`)
    for (const key of keys)
      if (statement.get(key, rid)) refuseDuplicate(`${collection.db}.${collection.name}`, index, doc, key)
  }

  /** How many documents a collection holds. */
  count(collection: Collection): number {
    const row = this.statement(`SELECT count(*) AS n FROM i${collection.indexes[0]!.id}`).get()
    return row!.n as number
  }

  /** How many entries an index holds. */
  entryCount(index: Index): number {
    return this.one(`SELECT count(*) AS n FROM i${index.id}`)!.n as number
  }

  /** Whether an index leads from a key to a record. */
  hasEntry(index: Index, key: Buffer, rid: number): boolean {
    return this.one(`SELECT 1 FROM i${index.id} WHERE k = ? AND r = ?`, key, rid) !== undefined
  }

  /** What SQLite itself finds wrong with the file. */
  integrity(): string[] {
    const rows = this.database.prepare('PRAGMA integrity_check(20)').all()
    return rows.map((row) => String(row.integrity_check)).filter((line) => line !== 'ok')
  }

  /** Bytes of the documents of a collection. */
  size(collection: Collection): number {
    return (this.one(`SELECT sum(length(doc)) AS n FROM c${collection.id}`)?.n as number | null) ?? 0
  }

  /** Bytes of the file. */
  fileSize(): number {
    const pages = this.one('PRAGMA page_count')!.page_count as number
    return pages * (this.one('PRAGMA page_size')!.page_size as number)
  }

  /** About how many documents a collection holds, without counting them. */
  roughCount(collection: Collection): number {
    return (this.one(`SELECT max(rid) AS n FROM c${collection.id}`)?.n as number | null) ?? 0
  }

  /** How many entries of an index lie in [low, high), counted up to a limit. */
  countRange(index: Index, low: Buffer, high: Buffer, limit = -1): number {
    const sql = `SELECT count(*) AS n FROM (SELECT 1 FROM i${index.id} WHERE k >= ? AND k < ? LIMIT ?)`
    return this.statement(sql).get(low, high, limit)!.n as number
  }

  /** Inserts one row; gives back its number, which the statement returns as `id`. */
  private insertRow(sql: string, ...values: SQLInputValue[]): number {
    return this.statement(sql).get(...values)!.id as number
  }

  /** One row of numbers or bytes from a statement that others have no name for. */
  one(sql: string, ...values: SQLInputValue[]): Record<string, unknown> | undefined {
    return this.statement(sql).get(...values)
  }
}

/** The range of every key that begins with this one. */
export function prefixRange(prefix: Buffer): { low: Buffer; high: Buffer } {
  return { low: prefix, high: after(prefix) }
}
