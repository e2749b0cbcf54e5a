import mongoose from 'mongoose'
import type { CommentState } from '../server/domain/comment.ts'
import type { CommentDoc } from './comments.ts'
import { CommentModel } from './comments.ts'
import { READ_OPTIONS } from './connection.ts'

interface TaughtDoc {
  _id: string
  model: string
  at: Date
}

const taughtSchema = new mongoose.Schema<TaughtDoc>(
  {
    _id: { type: String, required: true },
    model: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'taught', versionKey: false },
)

const TaughtModel = mongoose.model<TaughtDoc>('Taught', taughtSchema)

const MODEL = 'insult'

/** Keeps what the newsroom's decisions taught, in place of what was kept before. */
export async function keepModel(model: string, at: Date): Promise<void> {
  await TaughtModel.updateOne({ _id: MODEL }, { $set: { model, at } }, { upsert: true })
}

/** When the kept model was made, or null when there is none; cheaper than the model itself. */
export async function modelMoment(): Promise<Date | null> {
  const doc = await TaughtModel.findOne({ _id: MODEL }, { at: 1 }, READ_OPTIONS).lean<Pick<TaughtDoc, 'at'>>()
  return doc?.at ?? null
}

/** The kept model, or null. */
export async function keptModel(): Promise<string | null> {
  const doc = await TaughtModel.findOne({ _id: MODEL }, null, READ_OPTIONS).lean<TaughtDoc>()
  return doc?.model ?? null
}

/** What a learner wants to know of a comment that went through moderators' hands; `rule` is that of a refusal. */
export interface TaughtComment {
  id: string
  body: string
  state: CommentState
  revision: number
  rule: string | null
  changedAt: Date
}

const FIELDS = { body: 1, state: 1, revision: 1, rule: 1, changedAt: 1 }
type Taught = Pick<CommentDoc, '_id' | 'body' | 'state' | 'revision' | 'rule' | 'changedAt'>

function toTaught({ _id, body, state, revision, rule, changedAt }: Taught): TaughtComment {
  return { id: String(_id), body, state, revision, rule: rule?.code ?? null, changedAt }
}

/** The latest decisions of people after a moment, oldest first. */
export async function latestDecisions(after: Date, limit: number): Promise<TaughtComment[]> {
  const docs = await CommentModel.find(
    {
      state: mongoose.trusted({ $in: ['published', 'refused'] }),
      decidedAt: mongoose.trusted({ $gt: after }),
      decidedBy: mongoose.trusted({ $ne: null }),
      staff: null,
    } as never,
    FIELDS,
    READ_OPTIONS,
  )
    .sort({ decidedAt: -1 })
    .limit(limit)
    .lean<Taught[]>()
  return docs.map(toTaught).reverse()
}

/** Comments that people decided, or whose decision they took back, from a moment on, oldest first. */
export async function decisionsFrom(moment: Date, limit: number): Promise<TaughtComment[]> {
  const docs = await CommentModel.find(
    {
      changedAt: mongoose.trusted({ $gte: moment }),
      'history.by.id': mongoose.trusted({ $exists: true }),
      staff: null,
    } as never,
    FIELDS,
    READ_OPTIONS,
  )
    .sort({ changedAt: 1 })
    .limit(limit)
    .lean<Taught[]>()
  return docs.map(toTaught)
}
