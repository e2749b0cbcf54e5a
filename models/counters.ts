import mongoose from 'mongoose'

interface CounterDoc {
  _id: string
  value: number
}

const counterSchema = new mongoose.Schema<CounterDoc>(
  { _id: { type: String, required: true }, value: { type: Number, required: true } },
  { collection: 'counters', versionKey: false },
)

const Counter = mongoose.model<CounterDoc>('Counter', counterSchema)

const NEWS_CODE = 'news-code'

/** Takes the next free news code in one atomic step; a code is never given twice, and gaps stay gaps. */
export async function takeNewsCode(): Promise<number> {
  const counter = await Counter.findOneAndUpdate(
    { _id: NEWS_CODE },
    { $inc: { value: 1 } },
    { upsert: true, returnDocument: 'after' },
  ).lean<CounterDoc>()
  return counter!.value
}

/** Makes sure that codes given from now on are above `code`, as when an article arrives with a code of its own. */
export async function keepNewsCodesAbove(code: number): Promise<void> {
  await Counter.updateOne({ _id: NEWS_CODE }, { $max: { value: code } }, { upsert: true })
}

/** The last news code given, 0 when none was. */
export async function lastNewsCode(): Promise<number> {
  const counter = await Counter.findById(NEWS_CODE).lean<CounterDoc>()
  return counter?.value ?? 0
}
