import { randomBytes } from 'node:crypto'
import mongoose from 'mongoose'

interface SecretDoc {
  _id: string
  value: string
}

const secretSchema = new mongoose.Schema<SecretDoc>(
  { _id: { type: String, required: true }, value: { type: String, required: true } },
  { collection: 'secrets', versionKey: false },
)

const SecretModel = mongoose.model<SecretDoc>('Secret', secretSchema)

/** The newsroom's secret of this name, 32 random bytes made on first use and the same for all its processes. */
export async function secretOf(name: string): Promise<Buffer> {
  const doc = await SecretModel.findOneAndUpdate(
    { _id: name },
    { $setOnInsert: { value: randomBytes(32).toString('base64') } },
    { upsert: true, returnDocument: 'after' },
  ).lean<SecretDoc>()
  return Buffer.from(doc!.value, 'base64')
}
