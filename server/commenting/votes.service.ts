import { spend } from '../../models/limits.ts'
import { report } from '../../models/reports.ts'
import { type VoteCounts, type VoteValue, vote } from '../../models/votes.ts'
import { notFound } from '../errors.ts'
import type { Asker } from './captcha.service.ts'

const GONE = 'این نظر پیدا نشد یا دیگر منتشر نیست.'

/** A vote or report that was taken, or the seconds to wait. */
export type Taken<T> = { ok: true; value: T } | { ok: false; wait: number }

/** Gives or changes a reader's vote; one counts for each reader and comment. */
export async function castVote(asker: Asker, id: string, value: VoteValue, now: Date): Promise<Taken<VoteCounts>> {
  const wait = asker.limited ? await spend('vote', [...asker.limitKeys]) : null
  if (wait !== null) return { ok: false, wait }
  const counts = await vote(id, asker.reader, value, now)
  if (!counts) throw notFound('comment-unknown', GONE)
  return { ok: true, value: counts }
}

/** Takes a reader's complaint about a comment; the second one of the same reader changes nothing. */
export async function reportComment(
  asker: Asker,
  id: string,
  complaint: { reason: string; note: string },
  now: Date,
): Promise<Taken<true>> {
  const wait = asker.limited ? await spend('report', [...asker.limitKeys]) : null
  if (wait !== null) return { ok: false, wait }
  if (!(await report(id, asker.reader, { ...complaint, at: now }))) throw notFound('comment-unknown', GONE)
  return { ok: true, value: true }
}
