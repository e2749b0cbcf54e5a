/** Steps through the documents that a plan reaches; between steps it may be paused, and goes on behind the last key whatever was written meanwhile. */
import type { StatementSync } from 'node:sqlite'
import type { Plan, Range } from './planner.ts'
import { asBuffer, type Collection, type Row, type Storage } from './storage.ts'
import { TextTable } from './text.ts'

/** What a scan has looked at, and the hook that may stop it. */
export interface Effort {
  keys: number
  docs: number
  /** Called for each document; may throw to give up. */
  tick: () => void
  /** Called before work that cannot be stopped on its way; may throw to give up. */
  heavy: () => void
}

/** A source of documents. */
export interface Scan {
  next(): Row | undefined
  /** Lets go of SQLite's read lock; the next step takes it again. */
  pause(): void
}

type Entry = { key: Buffer; row: Row }

/** Begins the scan of a plan. */
export function scanOf(storage: Storage, collection: Collection, plan: Plan, effort: Effort): Scan {
  switch (plan.kind) {
    case 'none':
      return { next: () => undefined, pause: () => {} }
    case 'table':
      return counted(new TableScan(storage, collection, plan.reverse), effort)
    case 'text':
      effort.heavy()
      return counted(new TextScan(storage, collection, plan), effort)
    case 'or':
      return new Union(plan.branches.map((branch) => scanOf(storage, collection, branch, effort)))
    case 'index': {
      const scans = plan.ranges.map((range) => new RangeScan(storage, collection, plan.index.id, range, plan.reverse))
      const joined = plan.merged ? new Merge(scans, plan.reverse) : new Sequence(scans)
      return counted(plan.repeats ? new Once(joined) : joined, effort)
    }
  }
}

function counted(scan: Scan, effort: Effort): Scan {
  return {
    next: () => {
      const row = scan.next()
      if (row) {
        effort.keys++
        effort.docs++
        effort.tick()
      }
      return row
    },
    pause: () => scan.pause(),
  }
}

/** Steps through one statement and begins anew behind its last row after a pause. */
abstract class Stepper {
  protected readonly storage: Storage
  private rows: Iterator<unknown> | undefined
  private sql = ''
  private statement: StatementSync | undefined
  private done = false

  constructor(storage: Storage) {
    this.storage = storage
  }

  /** The SQL and its values for the rows that are left. */
  protected abstract rest(): { sql: string; values: (Buffer | number)[] }

  protected step(): unknown[] | undefined {
    if (this.done) return undefined
    if (!this.rows) {
      const { sql, values } = this.rest()
      this.sql = sql
      this.statement = this.storage.lend(sql)
      this.rows = this.statement.iterate(...values)
    }
    const { value, done } = this.rows.next()
    if (!done) return value as unknown[]
    this.done = true
    this.release()
    return undefined
  }

  private release(): void {
    if (this.statement) this.storage.giveBack(this.sql, this.statement)
    this.rows = undefined
    this.statement = undefined
  }

  pause(): void {
    this.rows?.return?.()
    this.release()
  }
}

class TableScan extends Stepper implements Scan {
  private readonly table: string
  private readonly reverse: boolean
  private last: number

  constructor(storage: Storage, collection: Collection, reverse: boolean) {
    super(storage)
    this.table = `c${collection.id}`
    this.reverse = reverse
    this.last = reverse ? Number.MAX_SAFE_INTEGER : 0
  }

  protected rest(): { sql: string; values: number[] } {
    const [sign, order] = this.reverse ? ['<', 'DESC'] : ['>', 'ASC']
    return {
      sql: `SELECT rid, doc FROM ${this.table} WHERE rid ${sign} ? ORDER BY rid ${order}`,
      values: [this.last],
    }
  }

  next(): Row | undefined {
    const row = this.step()
    if (!row) return undefined
    this.last = row[0] as number
    return { rid: this.last, bytes: asBuffer(row[1]) }
  }
}

/** One range of an index with its documents. */
class RangeScan extends Stepper {
  readonly fixed: number
  private readonly range: Range
  private readonly from: string
  private readonly reverse: boolean
  private last: { key: Buffer; rid: number } | undefined
  private ahead: Entry | undefined

  constructor(storage: Storage, collection: Collection, index: number, range: Range, reverse: boolean) {
    super(storage)
    this.range = range
    this.fixed = range.fixed
    this.reverse = reverse
    this.from = `SELECT i.k, i.r, c.doc FROM i${index} AS i CROSS JOIN c${collection.id} AS c ON c.rid = i.r`
  }

  protected rest(): { sql: string; values: (Buffer | number)[] } {
    const { low, high } = this.range
    const order = this.reverse ? 'ORDER BY i.k DESC, i.r DESC' : 'ORDER BY i.k, i.r'
    if (!this.last) return { sql: `${this.from} WHERE i.k >= ? AND i.k < ? ${order}`, values: [low, high] }
    const { key, rid } = this.last
    return this.reverse
      ? { sql: `${this.from} WHERE (i.k, i.r) < (?, ?) AND i.k >= ? ${order}`, values: [key, rid, low] }
      : { sql: `${this.from} WHERE (i.k, i.r) > (?, ?) AND i.k < ? ${order}`, values: [key, rid, high] }
  }

  /** The next entry without taking it. */
  peek(): Entry | undefined {
    if (this.ahead) return this.ahead
    const row = this.step()
    if (!row) return undefined
    this.ahead = { key: asBuffer(row[0]), row: { rid: row[1] as number, bytes: asBuffer(row[2]) } }
    return this.ahead
  }

  next(): Row | undefined {
    const entry = this.peek()
    this.ahead = undefined
    if (!entry) return undefined
    this.last = { key: entry.key, rid: entry.row.rid }
    return entry.row
  }

  override pause(): void {
    this.ahead = undefined
    super.pause()
  }
}

/** Ranges one after another. */
class Sequence implements Scan {
  private readonly scans: RangeScan[]
  private at = 0

  constructor(scans: RangeScan[]) {
    this.scans = scans
  }

  next(): Row | undefined {
    for (; this.at < this.scans.length; this.at++) {
      const row = this.scans[this.at]!.next()
      if (row) return row
    }
    return undefined
  }

  pause(): void {
    this.scans[this.at]?.pause()
  }
}

/** Ranges with a fixed prefix each, merged by what follows the prefix. */
class Merge implements Scan {
  private readonly scans: RangeScan[]
  private readonly sign: number

  constructor(scans: RangeScan[], reverse: boolean) {
    this.scans = scans
    this.sign = reverse ? -1 : 1
  }

  next(): Row | undefined {
    let best: RangeScan | undefined
    let bestEntry: Entry | undefined
    for (const scan of this.scans) {
      const entry = scan.peek()
      if (entry && (!bestEntry || this.order(entry, scan, bestEntry, best!) < 0)) {
        best = scan
        bestEntry = entry
      }
    }
    return best?.next()
  }

  private order(a: Entry, from: RangeScan, b: Entry, other: RangeScan): number {
    const bySuffix = Buffer.compare(a.key.subarray(from.fixed), b.key.subarray(other.fixed))
    return this.sign * (bySuffix || a.row.rid - b.row.rid)
  }

  pause(): void {
    for (const scan of this.scans) scan.pause()
  }
}

/** Each document once. */
class Once implements Scan {
  private readonly scan: Scan
  private readonly seen = new Set<number>()

  constructor(scan: Scan) {
    this.scan = scan
  }

  next(): Row | undefined {
    for (let row = this.scan.next(); row; row = this.scan.next()) {
      if (this.seen.has(row.rid)) continue
      this.seen.add(row.rid)
      return row
    }
    return undefined
  }

  pause(): void {
    this.scan.pause()
  }
}

/** The documents of several scans, each once. */
class Union implements Scan {
  private readonly scans: Scan[]
  private readonly seen = new Set<number>()
  private at = 0

  constructor(scans: Scan[]) {
    this.scans = scans
  }

  next(): Row | undefined {
    for (; this.at < this.scans.length; this.at++) {
      for (let row = this.scans[this.at]!.next(); row; row = this.scans[this.at]!.next()) {
        if (this.seen.has(row.rid)) continue
        this.seen.add(row.rid)
        return row
      }
    }
    return undefined
  }

  pause(): void {
    this.scans[this.at]?.pause()
  }
}

class TextScan implements Scan {
  private readonly found: { rid: number; score: number }[]
  private readonly storage: Storage
  private readonly collection: Collection
  private at = 0

  constructor(storage: Storage, collection: Collection, plan: Extract<Plan, { kind: 'text' }>) {
    this.storage = storage
    this.collection = collection
    const { expression, index, byScore } = plan
    this.found = expression === undefined ? [] : new TextTable(storage, index).search(expression, byScore)
  }

  next(): Row | undefined {
    while (this.at < this.found.length) {
      const { rid, score } = this.found[this.at++]!
      const bytes = this.storage.get(this.collection, rid)
      if (bytes) return { rid, bytes, score }
    }
    return undefined
  }

  pause(): void {}
}
