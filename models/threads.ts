import mongoose from 'mongoose'
import type { Comment, CommentStep } from '../server/domain/comment.ts'
import { type CommentDoc, CommentModel, toComment } from './comments.ts'
import { asId, READ_OPTIONS } from './connection.ts'

/** The orders in which readers see the comments of an article. */
export type ThreadSort = 'new' | 'old' | 'agreed' | 'answered'

const ORDERS = {
  new: { createdAt: -1, _id: -1 },
  old: { createdAt: 1, _id: 1 },
  agreed: { agree: -1, createdAt: -1, _id: -1 },
} as const

/** Published comments of an article that answer no other, by the order asked for. */
export async function roots(
  articleCode: number,
  query: { sort: ThreadSort; skip: number; limit: number },
): Promise<Comment[]> {
  if (query.sort === 'answered') return await mostAnswered(articleCode, query)
  const docs = await CommentModel.find({ articleCode, state: 'published', rootId: null }, null, READ_OPTIONS)
    .sort(ORDERS[query.sort])
    .skip(query.skip)
    .limit(query.limit)
    .lean<CommentDoc[]>()
  return docs.map(toComment)
}

async function mostAnswered(articleCode: number, query: { skip: number; limit: number }): Promise<Comment[]> {
  const rows = await CommentModel.aggregate<{ _id: mongoose.Types.ObjectId; count: number }>([
    { $match: { articleCode, state: 'published' } },
    { $group: { _id: { $ifNull: ['$rootId', '$_id'] }, count: { $sum: 1 } } },
    { $sort: { count: -1, _id: -1 } },
    { $skip: query.skip },
    { $limit: query.limit },
  ])
  const docs = await CommentModel.find(
    { _id: mongoose.trusted({ $in: rows.map((row) => row._id) }), state: 'published' } as never,
    null,
    READ_OPTIONS,
  ).lean<CommentDoc[]>()
  const place = new Map(rows.map((row, i) => [String(row._id), i]))
  return docs.map(toComment).sort((a, b) => place.get(a.id)! - place.get(b.id)!)
}

/** How many published comments of an article answer no other. */
export async function countRoots(articleCode: number): Promise<number> {
  return await CommentModel.countDocuments({ articleCode, state: 'published', rootId: null }, READ_OPTIONS)
}

/** How many of them came after a moment: the place of a comment that came then, latest first. */
export async function countRootsAfter(articleCode: number, moment: Date): Promise<number> {
  return await CommentModel.countDocuments(
    { articleCode, state: 'published', rootId: null, createdAt: mongoose.trusted({ $gt: moment }) } as never,
    READ_OPTIONS,
  )
}

/** How many published answers stand under each of these comments, however deep; those without any are left out. */
export async function countReplies(rootIds: string[]): Promise<Map<string, number>> {
  const ids = rootIds.map(asId).filter((id) => id !== null)
  if (ids.length === 0) return new Map()
  const rows = await CommentModel.aggregate<{ _id: mongoose.Types.ObjectId; count: number }>([
    { $match: { rootId: { $in: ids }, state: 'published' } },
    { $group: { _id: '$rootId', count: { $sum: 1 } } },
  ])
  return new Map(rows.map(({ _id, count }) => [String(_id), count]))
}

/** Published answers under these comments, however deep, oldest first. */
export async function repliesUnder(rootIds: string[], limit: number, skip = 0): Promise<Comment[]> {
  const ids = rootIds.map(asId).filter((id) => id !== null)
  if (ids.length === 0) return []
  const rootId = ids.length === 1 ? ids[0] : mongoose.trusted({ $in: ids })
  const docs = await CommentModel.find({ rootId, state: 'published' } as never, null, READ_OPTIONS)
    .sort({ createdAt: 1, _id: 1 })
    .skip(skip)
    .limit(limit)
    .lean<CommentDoc[]>()
  return docs.map(toComment)
}

/** Makes a published comment the editors' pick, or no longer; false when it is not published. */
export async function setPick(id: string, pick: boolean): Promise<boolean> {
  const _id = asId(id)
  if (!_id) return false
  const { matchedCount } = await CommentModel.updateOne({ _id, state: 'published' }, { $set: { pick } })
  return matchedCount === 1
}

/** How many comments of one reader are published, and how many were refused since a moment. */
export async function standingOf(reader: string, since: Date): Promise<{ published: number; refused: number }> {
  const [published, refused] = await Promise.all([
    CommentModel.countDocuments({ reader, state: 'published' }, READ_OPTIONS),
    CommentModel.countDocuments(
      { reader, state: 'refused', createdAt: mongoose.trusted({ $gte: since }) } as never,
      READ_OPTIONS,
    ),
  ])
  return { published, refused }
}

/** Whether this writer has sent a text with the same key to the same article since a moment. */
export async function sentBefore(articleCode: number, fingerprint: string, key: string, since: Date): Promise<boolean> {
  const found = await CommentModel.exists({
    articleCode,
    fingerprint,
    duplicateKeys: key,
    createdAt: mongoose.trusted({ $gte: since }),
  } as never)
  return found !== null
}

/** The latest texts of any article that share a key with a new one and the writer's own latest, whether the same writer sent them: for each key a few by the index's own order, so that a flood of one text costs no more than a single one. */
export async function textsLike(
  keys: string[],
  fingerprint: string,
  since: Date,
): Promise<{ text: string; sameWriter: boolean }[]> {
  const createdAt = mongoose.trusted({ $gte: since })
  const asked: [filter: object, limit: number][] = keys.map((key) => [{ duplicateKeys: key, createdAt }, 3])
  asked.push([{ fingerprint, createdAt }, 6])
  const found = await Promise.all(
    asked.map(([filter, limit]) =>
      CommentModel.find(filter as never, { body: 1, fingerprint: 1 }, READ_OPTIONS)
        .sort({ createdAt: -1 })
        .limit(limit)
        .lean<Pick<CommentDoc, '_id' | 'body' | 'fingerprint'>[]>(),
    ),
  )
  const different = new Map(found.flat().map((doc) => [String(doc._id), doc]))
  return [...different.values()].map((doc) => ({ text: doc.body, sameWriter: doc.fingerprint === fingerprint }))
}

/** Lets the writer of a refused comment ask for a second look, once; null when it is not refused or was appealed before. */
export async function appeal(followUpKey: string, text: string, at: Date): Promise<Comment | null> {
  const step: CommentStep = { at, by: null, from: 'refused', to: 'waiting', act: 'appeal', rule: null, note: text }
  const doc = await CommentModel.findOneAndUpdate(
    { followUpKey, state: 'refused', appeal: null },
    {
      $set: {
        state: 'waiting',
        appeal: { text, at },
        decidedAt: null,
        decidedBy: null,
        rule: null,
        claim: null,
        changedAt: at,
      },
      $inc: { revision: 1 },
      $push: { history: step as never },
      $addToSet: { flags: 'appeal' as never, letters: 'decision' as never },
    },
    { returnDocument: 'after' },
  ).lean<CommentDoc>()
  return doc ? toComment(doc) : null
}
