import mongoose from 'mongoose'
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
