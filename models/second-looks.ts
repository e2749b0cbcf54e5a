import mongoose from 'mongoose'
import type { Actor } from '../server/domain/article.ts'
import type { Comment } from '../server/domain/comment.ts'
import type { CommentDoc } from './comments.ts'
import { CommentModel, toComment } from './comments.ts'
import { asId, isDuplicateKey, READ_OPTIONS } from './connection.ts'

/** What a moderator says of a comment: published, or refused under a rule. */
export type Judgement = 'published' | `refused:${string}`

/** A blind second look: what the first moderator decided and what a colleague says who did not see it. */
export interface SecondLook {
  commentId: string
  first: Judgement
  firstBy: Actor
  second: Judgement
  secondBy: Actor
  at: Date
}

interface SecondLookDoc extends Omit<SecondLook, 'commentId'> {
  _id: mongoose.Types.ObjectId
}

const secondLookSchema = new mongoose.Schema<SecondLookDoc>(
  {
    _id: { type: mongoose.Schema.Types.ObjectId, required: true },
    first: { type: String, required: true },
    firstBy: { type: mongoose.Schema.Types.Mixed, required: true },
    second: { type: String, required: true },
    secondBy: { type: mongoose.Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'secondLooks', versionKey: false },
)

// The looks of a stretch of time, for the page of agreement.
secondLookSchema.index({ at: -1 })

const SecondLookModel = mongoose.model<SecondLookDoc>('SecondLook', secondLookSchema)

const CANDIDATES = 40

/** A decided comment of the sample that this moderator neither decided nor looked at, and nobody else looked at; null when there is none. */
export async function nextSecondLook(moderatorId: string, since: Date): Promise<Comment | null> {
  const docs = await CommentModel.find(
    {
      sampled: true,
      state: mongoose.trusted({ $in: ['published', 'refused'] }),
      decidedAt: mongoose.trusted({ $gte: since }),
      'decidedBy.id': mongoose.trusted({ $ne: moderatorId }),
    } as never,
    null,
    READ_OPTIONS,
  )
    .sort({ decidedAt: -1 })
    .limit(CANDIDATES)
    .lean<CommentDoc[]>()
  const looked = await SecondLookModel.find(
    { _id: mongoose.trusted({ $in: docs.map(({ _id }) => _id) }) },
    { _id: 1 },
  ).lean<{ _id: mongoose.Types.ObjectId }[]>()
  const done = new Set(looked.map(({ _id }) => String(_id)))
  const open = docs.find((doc) => doc.decidedBy !== null && !done.has(String(doc._id)))
  return open ? toComment(open) : null
}

/** Keeps a second look; false when a colleague looked at the same comment first. */
export async function keepSecondLook(look: SecondLook): Promise<boolean> {
  const { commentId, ...rest } = look
  const _id = asId(commentId)
  if (!_id) return false
  try {
    await SecondLookModel.create({ ...rest, _id })
    return true
  } catch (error) {
    if (isDuplicateKey(error)) return false
    throw error
  }
}

/** All second looks since a moment. */
export async function secondLooksSince(since: Date): Promise<SecondLook[]> {
  const docs = await SecondLookModel.find({ at: mongoose.trusted({ $gte: since }) }, null, READ_OPTIONS)
    .sort({ at: -1 })
    .limit(20_000)
    .lean<SecondLookDoc[]>()
  return docs.map(({ _id, ...rest }) => ({ ...rest, commentId: String(_id) }))
}
