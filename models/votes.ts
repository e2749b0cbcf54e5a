import mongoose from 'mongoose'
import { CommentModel } from './comments.ts'
import { asId, isDuplicateKey, READ_OPTIONS } from './connection.ts'

/** A reader's opinion of a comment: 1 agrees, -1 disagrees. */
export type VoteValue = 1 | -1

interface VoteDoc {
  commentId: mongoose.Types.ObjectId
  reader: string
  value: VoteValue
  at: Date
}

const voteSchema = new mongoose.Schema<VoteDoc>(
  {
    commentId: { type: mongoose.Schema.Types.ObjectId, required: true },
    reader: { type: String, required: true },
    value: { type: Number, enum: [1, -1], required: true },
    at: { type: Date, required: true },
  },
  { collection: 'votes', versionKey: false, strict: 'throw' },
)

// One vote of one reader on one comment.
voteSchema.index({ commentId: 1, reader: 1 }, { unique: true })

const VoteModel = mongoose.model<VoteDoc>('Vote', voteSchema)

/** The votes on a comment as all readers see them. */
export interface VoteCounts {
  agree: number
  disagree: number
}

/**
 * Gives or changes one reader's vote on a published comment; null when there is no such comment.
 * The earlier vote comes back from the same step that replaces it, so that parallel votes add up whatever their order.
 */
export async function vote(id: string, reader: string, value: VoteValue, at: Date): Promise<VoteCounts | null> {
  const _id = asId(id)
  if (!_id || !(await CommentModel.exists({ _id, state: 'published' }))) return null
  const before = await replaceVote(_id, reader, value, at)
  const agree = (value === 1 ? 1 : 0) - (before === 1 ? 1 : 0)
  const disagree = (value === -1 ? 1 : 0) - (before === -1 ? 1 : 0)
  const doc = await CommentModel.findOneAndUpdate(
    { _id },
    { $inc: { agree, disagree } },
    { returnDocument: 'after', projection: { agree: 1, disagree: 1 } },
  ).lean<VoteCounts>()
  return doc && { agree: doc.agree, disagree: doc.disagree }
}

async function replaceVote(
  commentId: mongoose.Types.ObjectId,
  reader: string,
  value: VoteValue,
  at: Date,
): Promise<VoteValue | null> {
  for (;;) {
    try {
      const before = await VoteModel.findOneAndUpdate(
        { commentId, reader },
        { $set: { value, at } },
        { upsert: true, returnDocument: 'before' },
      ).lean<VoteDoc>()
      return before?.value ?? null
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
    }
  }
}

/** What one reader thinks of each of these comments, by id. */
export async function votesOf(reader: string, ids: string[]): Promise<Map<string, VoteValue>> {
  const known = ids.map(asId).filter((id) => id !== null)
  if (known.length === 0) return new Map()
  const docs = await VoteModel.find(
    { reader, commentId: mongoose.trusted({ $in: known }) } as never,
    { commentId: 1, value: 1 },
    READ_OPTIONS,
  ).lean<VoteDoc[]>()
  return new Map(docs.map(({ commentId, value }) => [String(commentId), value]))
}
