/** How long requests may take, and how errors are told. */
import { CODES, codeNameOf, fail, StoreError } from './errors.ts'
import { type Doc, docOf, int32, isNumeric, toNumber } from './values.ts'

/** The moment after which a request gives up, by its `maxTimeMS`. */
export function deadlineOf(body: Doc): number {
  const most = body.get('maxTimeMS')
  const limit = isNumeric(most) ? toNumber(most) : 0
  return limit > 0 ? performance.now() + limit : Number.POSITIVE_INFINITY
}

/** A hook for scans that gives up past the deadline and calls `others` now and then. */
export function watch(deadline: number, others: () => void = () => {}): () => void {
  let ticks = 0
  return () => {
    if ((++ticks & 15) !== 0) return
    if (performance.now() > deadline) fail(50, 'operation exceeded time limit')
    others()
  }
}

/** An error as its reply. */
export function errorReply(error: unknown): Doc {
  const known = error instanceof StoreError ? error : fromSqlite(error)
  const reply = docOf(['ok', 0], ['errmsg', known.message], ['code', int32(known.code)], ['codeName', known.codeName])
  if (known.code === 50) reply.set('codeName', 'MaxTimeMSExpired')
  for (const [name, value] of known.extra ?? []) reply.set(name, value)
  return reply
}

/** Whether an error is a fault of this program rather than of a request or the disk. */
export function isFault(error: unknown): boolean {
  return !(error instanceof StoreError) && fromSqlite(error).code === CODES.InternalError
}

const SQLITE_IOERR = 10
const SQLITE_CORRUPT = 11
const SQLITE_FULL = 13

/** What SQLite's errors mean to a client; a full disk is OutOfDiskSpace (14031). */
function fromSqlite(error: unknown): StoreError {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0
  if (code === SQLITE_FULL) {
    return new StoreError(14031, 'the disk of the embedded store is full: nothing of this was written')
  }
  if (code === SQLITE_IOERR) {
    return new StoreError(14031, `the disk of the embedded store does not take this write: ${message}`)
  }
  if (code === SQLITE_CORRUPT) return new StoreError(8, `the file of the embedded store is damaged: ${message}`)
  if (/no such table/.test(message)) return new StoreError(175, 'collection or index dropped while it was in use')
  return new StoreError(1, `${codeNameOf(1)}: ${message}`)
}
