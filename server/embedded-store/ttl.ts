/** Removes documents whose time is over, as the TTL indexes say. */
import { FULL, type Interval } from './bounds.ts'
import { decodeDoc } from './codec.ts'
import type { CommandContext } from './commands/command.ts'
import type { Index } from './index-spec.ts'
import { byteKey, CLASS } from './keys.ts'
import { type Plan, rangeOf } from './planner.ts'
import { scanOf } from './scan.ts'
import type { Collection } from './storage.ts'
import { type Doc, docOf, int32 } from './values.ts'

/** The entries of a TTL index whose dates lie before a moment. */
function overdue(index: Index, before: Date): Plan {
  const dates: Interval = {
    ...FULL,
    low: Buffer.of(CLASS.date - 1),
    high: byteKey(before),
    highOpen: false,
  }
  const range = rangeOf(Buffer.alloc(0), dates, index.descending[0]!)
  const rest = { reverse: false, sorted: false, merged: false, repeats: true, exact: false }
  return { kind: 'index', index, ranges: [{ ...range, fixed: 0 }], used: [[dates]], ...rest }
}

function* expireIn(context: CommandContext, collection: Collection, index: Index): Generator<undefined, number> {
  const before = new Date(context.now.getTime() - index.spec.expireAfterSeconds! * 1000)
  let removed = 0
  for (;;) {
    if (!collection.indexes.includes(index)) return removed
    const scan = scanOf(context.storage, collection, overdue(index, before), context.effort)
    const rows = []
    for (let row = scan.next(); row && rows.length < 100; row = scan.next()) rows.push(row)
    scan.pause()
    for (const { rid, bytes } of rows) context.storage.remove(collection, rid, decodeDoc(bytes))
    removed += rows.length
    if (rows.length === 0) return removed
    yield undefined
  }
}

/** One sweep over every TTL index, in steps. */
export function* expire(context: CommandContext): Generator<undefined, Doc> {
  let removed = 0
  for (const collection of context.storage.list()) {
    for (const index of collection.indexes.filter(
      ({ spec, ready }) => ready && spec.expireAfterSeconds !== undefined,
    )) {
      if (context.storage.collection(collection.db, collection.name)?.id !== collection.id) continue
      removed += yield* expireIn(context, collection, index)
    }
  }
  return docOf(['removed', int32(removed)], ['ok', 1])
}
