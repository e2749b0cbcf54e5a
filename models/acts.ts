import mongoose from 'mongoose'
import type { Actor } from '../server/domain/article.ts'
import { READ_OPTIONS } from './connection.ts'

/** One act of staff that leaves no trace of its own elsewhere: who did what when, as one Persian sentence. */
export interface Act {
  at: Date
  by: Actor
  what: string
}

const actSchema = new mongoose.Schema<Act>(
  {
    at: { type: Date, required: true },
    by: { type: mongoose.Schema.Types.Mixed, required: true },
    what: { type: String, required: true },
  },
  { collection: 'acts', versionKey: false },
)

// What was done last.
actSchema.index({ at: -1 })

const ActModel = mongoose.model<Act>('Act', actSchema)

/** Keeps an act. */
export async function rememberAct(act: Act): Promise<void> {
  await ActModel.create(act)
}

/** The latest acts, latest first. */
export async function latestActs(limit: number): Promise<Act[]> {
  const docs = await ActModel.find({}, null, READ_OPTIONS).sort({ at: -1, _id: -1 }).limit(limit).lean<Act[]>()
  return docs.map(({ at, by, what }) => ({ at, by, what }))
}
