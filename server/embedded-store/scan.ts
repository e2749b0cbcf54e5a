import type { Collection, Row } from './collection.ts'
import type { Plan } from './planner.ts'

const FIRST_CHUNK = 32
const LARGEST_CHUNK = 512

/** Reads the rows of a plan piece by piece, so that nothing stays open in SQLite and writes in between do no harm. */
export class Scan {
  readonly #collection: Collection
  readonly #plan: Plan
  readonly #seen: Set<number> | undefined
  #rows: Row[] = []
  #at = 0
  #chunk = FIRST_CHUNK
  #interval = 0
  #key: Uint8Array | undefined
  #record = 0
  #done = false
  /** Index entries and documents looked at, for `explain`. */
  examined = 0

  constructor(collection: Collection, plan: Plan) {
    this.#collection = collection
    this.#plan = plan
    this.#seen = plan.index && (plan.index.multikey !== 0 || plan.intervals.length > 1) ? new Set() : undefined
    if (plan.backward) this.#interval = plan.intervals.length - 1
  }

  /** The next row, or undefined at the end. */
  next(): Row | undefined {
    for (;;) {
      while (this.#at < this.#rows.length) {
        const row = this.#rows[this.#at++]!
        this.examined += 1
        if (!this.#seen) return row
        if (this.#seen.has(row.r)) continue
        this.#seen.add(row.r)
        return row
      }
      if (this.#done) return undefined
      this.#fetch()
    }
  }

  #fetch(): void {
    this.#at = 0
    this.#rows = this.#plan.index ? this.#fetchIndexed(this.#plan.index.id) : this.#fetchAll()
    this.#chunk = Math.min(this.#chunk * 2, LARGEST_CHUNK)
  }

  #fetchAll(): Row[] {
    const rows = this.#collection.next(this.#record, this.#chunk)
    if (rows.length < this.#chunk) this.#done = true
    this.#record = rows.at(-1)?.r ?? this.#record
    return rows
  }

  #fetchIndexed(id: number): Row[] {
    const interval = this.#plan.intervals[this.#interval]
    if (!interval) {
      this.#done = true
      return []
    }
    const { backward } = this.#plan
    const way = backward ? 'DESC' : 'ASC'
    const resume = this.#key ? (backward ? 'AND (k, i.r) < (?, ?)' : 'AND (k, i.r) > (?, ?)') : ''
    const statement = this.#collection.storage.sql(
      `SELECT k, i.r AS r, doc FROM i${id} AS i CROSS JOIN d${this.#collection.id} AS d ON d.r = i.r WHERE k >= ? AND k < ? ${resume} ORDER BY k ${way}, i.r ${way} LIMIT ?`,
    )
    const bounds = this.#key ? [interval.from, interval.to, this.#key, this.#record] : [interval.from, interval.to]
    const rows = statement.all(...bounds, this.#chunk) as { k: Uint8Array; r: number; doc: Uint8Array }[]
    const last = rows.at(-1)
    if (rows.length < this.#chunk || !last) {
      this.#interval += backward ? -1 : 1
      this.#key = undefined
    } else {
      this.#key = last.k
      this.#record = last.r
    }
    return rows.map(({ r, doc }) => ({ r, bytes: doc }))
  }
}
