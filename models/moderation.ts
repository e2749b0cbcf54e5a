import mongoose from 'mongoose'
import type { Comment, CommentState, CommentStep } from '../server/domain/comment.ts'
import type { CommentDoc } from './comments.ts'
import { CommentModel, toComment } from './comments.ts'
import { asId, READ_OPTIONS } from './connection.ts'

/** How a writer's comments fared so far, by state. */
export type WriterHistory = Record<CommentState, number>

/** How the comments of one fingerprint fared; all zero for none. */
export async function writerHistory(fingerprint: string): Promise<WriterHistory> {
  const history: WriterHistory = { waiting: 0, held: 0, published: 0, refused: 0 }
  if (fingerprint === '') return history
  const rows = await CommentModel.aggregate<{ _id: CommentState; count: number }>([
    { $match: { fingerprint } },
    { $group: { _id: '$state', count: { $sum: 1 } } },
  ])
  for (const { _id, count } of rows) history[_id] = count
  return history
}

/** Waiting comments that are nearly the same text as this one, oldest first, itself among them. */
export async function similarWaiting(id: string, limit: number): Promise<Comment[]> {
  const _id = asId(id)
  const doc = _id && (await CommentModel.findOne({ _id }, { duplicateKeys: 1 }, READ_OPTIONS).lean<CommentDoc>())
  if (!doc || doc.duplicateKeys.length === 0) return []
  const docs = await CommentModel.find(
    { duplicateKeys: mongoose.trusted({ $in: doc.duplicateKeys }), state: 'waiting' } as never,
    null,
    READ_OPTIONS,
  )
    .sort({ createdAt: 1 })
    .limit(limit)
    .lean<CommentDoc[]>()
  return docs.map(toComment)
}

/** Decisions of a stretch of time: how many comments with a finding of each rule were published and how many refused. */
export async function decisionsByFinding(since: Date): Promise<{ rule: string; published: number; refused: number }[]> {
  const rows = await CommentModel.aggregate<{ _id: { rule: string; state: string }; count: number }>([
    { $match: { state: { $in: ['published', 'refused'] }, decidedAt: { $gte: since } } },
    { $unwind: '$flags' },
    { $group: { _id: { rule: '$flags', state: '$state' }, count: { $sum: 1 } } },
  ])
  const byRule = new Map<string, { published: number; refused: number }>()
  for (const { _id, count } of rows) {
    const entry = byRule.get(_id.rule) ?? { published: 0, refused: 0 }
    entry[_id.state as 'published' | 'refused'] = count
    byRule.set(_id.rule, entry)
  }
  return [...byRule].map(([rule, counts]) => ({ rule, ...counts }))
}

/** How many comments were refused under each rule since a moment. */
export async function refusalsByRule(since: Date): Promise<{ rule: string; count: number }[]> {
  const rows = await CommentModel.aggregate<{ _id: string; count: number }>([
    { $match: { state: 'refused', decidedAt: { $gte: since } } },
    { $group: { _id: '$rule.code', count: { $sum: 1 } } },
    { $sort: { count: -1, _id: 1 } },
  ])
  return rows.map(({ _id, count }) => ({ rule: _id, count }))
}

/** Milliseconds from coming to decision of the latest decided comments since a moment. */
export async function decisionTimes(since: Date, limit: number): Promise<number[]> {
  const docs = await CommentModel.find(
    {
      state: mongoose.trusted({ $in: ['published', 'refused'] }),
      decidedAt: mongoose.trusted({ $gte: since }),
    } as never,
    { createdAt: 1, decidedAt: 1 },
    READ_OPTIONS,
  )
    .sort({ decidedAt: -1 })
    .limit(limit)
    .lean<Pick<CommentDoc, 'createdAt' | 'decidedAt'>[]>()
  return docs.map(({ createdAt, decidedAt }) => decidedAt!.getTime() - createdAt.getTime())
}

/** Brings these published comments back into the queue with an entry in their history; gives the number that moved. */
export async function requeue(ids: string[], step: Omit<CommentStep, 'from' | 'to' | 'act'>): Promise<number> {
  let moved = 0
  for (const id of ids) {
    const entry: CommentStep = { ...step, from: 'published', to: 'waiting', act: 'requeue' }
    const result = await CommentModel.updateOne(
      { _id: asId(id)!, state: 'published' },
      {
        $set: { state: 'waiting', decidedAt: null, decidedBy: null, rule: null, claim: null, changedAt: step.at },
        $inc: { revision: 1 },
        $push: { history: entry as never },
      },
    )
    moved += result.modifiedCount
  }
  return moved
}

/** The comments that came or changed last, latest first, without those of staff; read bit by bit, as fast as they are used. */
export async function* latestComments(limit: number): AsyncGenerator<Comment> {
  const cursor = CommentModel.find({ staff: null } as never, null, READ_OPTIONS)
    .sort({ changedAt: -1 })
    .limit(limit)
    .lean<CommentDoc[]>()
    .cursor({ batchSize: 500 })
  for await (const doc of cursor) yield toComment(doc as unknown as CommentDoc)
}

/** How many comments readers have sent. */
export async function countReadersComments(): Promise<number> {
  return await CommentModel.countDocuments({ staff: null } as never, READ_OPTIONS)
}

/** The steps that staff took last on comments, latest first, out of the two thousand comments that changed last. */
export async function latestSteps(
  limit: number,
): Promise<(CommentStep & { commentId: string; articleCode: number })[]> {
  const docs = await CommentModel.find({}, { history: 1, articleCode: 1 }, READ_OPTIONS)
    .sort({ changedAt: -1 })
    .limit(2_000)
    .lean<Pick<CommentDoc, '_id' | 'history' | 'articleCode'>[]>()
  return docs
    .flatMap(({ _id, history, articleCode }) =>
      history.map((step) => ({ ...step, commentId: String(_id), articleCode })),
    )
    .filter(({ by }) => by !== null)
    .sort((one, other) => other.at.getTime() - one.at.getTime())
    .slice(0, limit)
}
