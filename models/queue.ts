import mongoose from 'mongoose'
import type { Comment, CommentState } from '../server/domain/comment.ts'
import { type CommentDoc, CommentModel, toComment } from './comments.ts'
import { asId, READ_OPTIONS } from './connection.ts'

/** Which comments the queue asks for; `after` is the rank, moment and id of the last one seen. */
export interface QueueQuery {
  states: CommentState[]
  rule?: string
  articleCode?: number
  /** Only under these articles, as those of one section. */
  articleCodes?: number[]
  /** Only with at least this rank. */
  leastRank?: number
  /** Only in this language, by the code that the rules found. */
  language?: string
  special?: 'reports' | 'appeals'
  after?: { rank: number; createdAt: Date; id: string }
  limit: number
}

/** Comments in the queue's order: rank from high to low, then age, oldest first. */
export async function queue(query: QueueQuery): Promise<Comment[]> {
  const filter: Record<string, unknown> = {
    state: query.states.length === 1 ? query.states[0] : mongoose.trusted({ $in: query.states }),
  }
  if (query.rule !== undefined) {
    // Among refused ones a moderator looks for the rule that was named, whether or not the rules themselves had found it.
    if (query.states.every((state) => state === 'refused'))
      filter.$and = [{ $or: [{ flags: query.rule }, { 'rule.code': query.rule }] }]
    else filter.flags = query.rule
  }
  if (query.articleCode !== undefined) filter.articleCode = query.articleCode
  if (query.articleCodes !== undefined) filter.articleCode = mongoose.trusted({ $in: query.articleCodes })
  if (query.leastRank !== undefined) filter.rank = mongoose.trusted({ $gte: query.leastRank })
  if (query.language !== undefined) filter['inspection.language.code'] = query.language
  if (query.special === 'reports') filter.reports = mongoose.trusted({ $gt: 0 })
  if (query.special === 'appeals') filter.appeal = mongoose.trusted({ $ne: null })
  if (query.after) {
    const { rank, createdAt, id } = query.after
    filter.$or = [
      { rank: mongoose.trusted({ $lt: rank }) },
      { rank, createdAt: mongoose.trusted({ $gt: createdAt }) },
      { rank, createdAt, _id: mongoose.trusted({ $gt: asId(id) }) },
    ]
  }
  const docs = await CommentModel.find(filter as never, null, READ_OPTIONS)
    .sort({ rank: -1, createdAt: 1, _id: 1 })
    .limit(query.limit)
    .lean<CommentDoc[]>()
  return docs.map(toComment)
}

/** What happened to a comment: it came, or somebody decided it. */
export interface CommentChange {
  id: string
  state: CommentState
  by: string | null
  changedAt: Date
}

/** Comments that came or were decided since a moment, oldest change first. */
export async function changesSince(since: Date, limit: number): Promise<CommentChange[]> {
  const docs = await CommentModel.find(
    { changedAt: mongoose.trusted({ $gt: since }) } as never,
    { state: 1, decidedBy: 1, changedAt: 1 },
    READ_OPTIONS,
  )
    .sort({ changedAt: 1 })
    .limit(limit)
    .lean<Pick<CommentDoc, '_id' | 'state' | 'decidedBy' | 'changedAt'>[]>()
  return docs.map(({ _id, state, decidedBy, changedAt }) => ({
    id: String(_id),
    state,
    by: decidedBy?.name ?? null,
    changedAt,
  }))
}
