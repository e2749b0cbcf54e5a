import mongoose from 'mongoose'
import type { Comment } from '../server/domain/comment.ts'
import { type CommentDoc, CommentModel, toComment } from './comments.ts'
import { asId } from './connection.ts'

/** What a letter is about: the decision on a writer's comment, or an answer to it. */
export type LetterKind = 'decision' | 'answer'

/** Takes the next comment for which a letter is owed, decided within these moments, so that no other process writes it too; null when there is none. */
export async function takeLetter(kind: LetterKind, decided: { after: Date; before: Date }): Promise<Comment | null> {
  const states = kind === 'answer' ? ['published'] : ['published', 'refused']
  const doc = await CommentModel.findOneAndUpdate(
    {
      letters: kind,
      decidedAt: mongoose.trusted({ $gt: decided.after, $lte: decided.before }),
      state: mongoose.trusted({ $in: states }),
    } as never,
    { $pull: { letters: kind as never } },
    { returnDocument: 'after' },
  ).lean<CommentDoc>()
  return doc ? toComment(doc) : null
}

/** Owes a letter again that could not be sent. */
export async function oweLetterAgain(id: string, kind: LetterKind): Promise<void> {
  await CommentModel.updateOne({ _id: asId(id) }, { $addToSet: { letters: kind as never } })
}
