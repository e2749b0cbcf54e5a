import { randomBytes } from 'node:crypto'
import { StoreError } from './errors.ts'

const IDLE_MS = 10 * 60 * 1000
const MOST_BYTES = 16 * 1024 * 1024
const FIRST_BATCH = 101

interface Cursor {
  ns: string
  source: Iterator<Buffer>
  waiting: Buffer | undefined
  usedAt: number
}

/** One batch of a cursor; id 0 when it is exhausted. */
export interface Batch {
  documents: Buffer[]
  id: bigint
}

/** Open cursors; each lives ten minutes without use. */
export class Cursors {
  readonly #open = new Map<bigint, Cursor>()

  /** Takes the first batch of a source and keeps the rest under an id. */
  start(ns: string, source: Iterator<Buffer>, options: { batchSize?: number | undefined; single?: boolean }): Batch {
    const cursor: Cursor = { ns, source, waiting: undefined, usedAt: Date.now() }
    const documents = this.#take(cursor, options.batchSize ?? FIRST_BATCH)
    if (cursor.waiting === undefined || options.single) return { documents, id: 0n }
    const id = randomBytes(8).readBigUInt64LE() >> 1n || 1n
    this.#open.set(id, cursor)
    return { documents, id }
  }

  /** The next batch. */
  more(id: bigint, ns: string, batchSize: number | undefined): Batch {
    const cursor = this.#open.get(id)
    if (!cursor) throw new StoreError(43, `cursor id ${id} not found`)
    if (cursor.ns !== ns)
      throw new StoreError(
        13,
        `Requested getMore on namespace '${ns}', but cursor belongs to a different namespace ${cursor.ns}`,
      )
    cursor.usedAt = Date.now()
    const documents = this.#take(cursor, batchSize ?? Number.POSITIVE_INFINITY)
    if (cursor.waiting !== undefined) return { documents, id }
    this.#open.delete(id)
    return { documents, id: 0n }
  }

  #take(cursor: Cursor, most: number): Buffer[] {
    const documents: Buffer[] = []
    let bytes = 0
    for (;;) {
      if (cursor.waiting === undefined) {
        const next = cursor.source.next()
        if (next.done) return documents
        cursor.waiting = next.value
      }
      if (documents.length >= most || (documents.length > 0 && bytes + cursor.waiting.length > MOST_BYTES))
        return documents
      documents.push(cursor.waiting)
      bytes += cursor.waiting.length + 16
      cursor.waiting = undefined
    }
  }

  /** Ends a cursor; false when there is none. */
  kill(id: bigint): boolean {
    return this.#open.delete(id)
  }

  /** Ends the cursors of a collection, or of a whole database with a trailing dot. */
  killOf(ns: string): void {
    for (const [id, cursor] of this.#open) {
      if (cursor.ns === ns || (ns.endsWith('.') && cursor.ns.startsWith(ns))) this.#open.delete(id)
    }
  }

  /** Ends cursors that nobody used for ten minutes. */
  sweep(): void {
    const oldest = Date.now() - IDLE_MS
    for (const [id, cursor] of this.#open) if (cursor.usedAt < oldest) this.#open.delete(id)
  }
}
