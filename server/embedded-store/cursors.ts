/** Cursors that wait for getMore. */
import { randomBytes } from 'node:crypto'
import { fail } from './errors.ts'
import { checkAlive } from './query.ts'
import type { Collection, Storage } from './storage.ts'

/** A source of encoded documents that may be paused. */
export interface Source {
  next(): Buffer | undefined
  pause(): void
  /** The collection that must still be there when it goes on. */
  collection: Collection | undefined
}

interface Cursor {
  source: Source
  ns: string
  usedAt: number
  keeps: boolean
  /** A document that found no room in the batch before. */
  held: Buffer | undefined
}

const FIRST_BATCH = 101
const MOST_BYTES = 16 * 1024 * 1024
const IDLE_FOR = 10 * 60_000
/** Cursor numbers are this many times something plus the number of the thread that holds the cursor. */
const THREADS = 16n

/** The number of the thread that holds a cursor. */
export function holderOf(id: bigint): number {
  return Number(id % THREADS)
}

/** The cursors of one thread. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>()
  private readonly thread: bigint
  private readonly beforeOpening: () => void

  /** `beforeOpening` may throw to keep cursors of collections out of a thread. */
  constructor(thread: number, beforeOpening: () => void = () => {}) {
    this.thread = BigInt(thread)
    this.beforeOpening = beforeOpening
  }

  /** The first batch of a source; a cursor stays where more is left. */
  begin(
    source: Source,
    ns: string,
    options: { batchSize?: number | undefined; single?: boolean; keeps?: boolean },
  ): { id: bigint; batch: Buffer[] } {
    const cursor: Cursor = { source, ns, usedAt: Date.now(), keeps: options.keeps === true, held: undefined }
    const { batch, more } = this.fill(cursor, options.batchSize ?? FIRST_BATCH)
    if (!more || options.single) return { id: 0n, batch }
    if (source.collection) this.beforeOpening()
    const id = (randomBytes(8).readBigUInt64LE() >> 6n) * THREADS + this.thread
    this.open.set(id, cursor)
    return { id, batch }
  }

  /** The next batch; throws CursorNotFound (43). */
  more(storage: Storage, id: bigint, ns: string, batchSize: number | undefined): { id: bigint; batch: Buffer[] } {
    const cursor = this.open.get(id)
    if (!cursor) return fail('CursorNotFound', `cursor id ${id} not found`)
    if (cursor.ns !== ns) {
      fail(
        'Unauthorized',
        `Requested getMore on namespace '${ns}', but cursor belongs to a different namespace ${cursor.ns}`,
      )
    }
    let filled: { batch: Buffer[]; more: boolean }
    try {
      if (cursor.source.collection) checkAlive(storage, cursor.source.collection)
      filled = this.fill(cursor, batchSize ?? Number.POSITIVE_INFINITY)
    } catch (error) {
      this.open.delete(id)
      throw error
    }
    cursor.usedAt = Date.now()
    if (!filled.more) this.open.delete(id)
    return { id: filled.more ? id : 0n, batch: filled.batch }
  }

  private fill(cursor: Cursor, size: number): { batch: Buffer[]; more: boolean } {
    const batch: Buffer[] = []
    let bytes = 0
    let more = true
    try {
      while (batch.length < size) {
        const doc = cursor.held ?? cursor.source.next()
        cursor.held = undefined
        if (!doc) {
          more = false
          break
        }
        if (batch.length > 0 && bytes + doc.length > MOST_BYTES) {
          cursor.held = doc
          break
        }
        batch.push(doc)
        bytes += doc.length + 12
      }
      if (more && !cursor.held && size > 0) {
        cursor.held = cursor.source.next()
        more = cursor.held !== undefined
      }
    } finally {
      cursor.source.pause()
    }
    return { batch, more }
  }

  /** Forgets a cursor; false where there is none. */
  kill(id: bigint): boolean {
    return this.open.delete(id)
  }

  /** Forgets cursors that nobody has used for ten minutes. */
  sweep(now: number): void {
    for (const [id, { usedAt, keeps }] of this.open) if (!keeps && now - usedAt > IDLE_FOR) this.open.delete(id)
  }

  get size(): number {
    return this.open.size
  }
}
