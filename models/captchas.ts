import mongoose from 'mongoose'
import { READ_OPTIONS } from './connection.ts'

/** A challenge that was given out: its picture, keyed hashes of both right answers, and for whom and which article it is good. */
export interface Captcha {
  key: string
  articleCode: number | null
  reader: string
  pictureAnswer: string
  wordsAnswer: string
  picture: Buffer
  issuedAt: Date
  expiresAt: Date
}

type CaptchaDoc = Omit<Captcha, 'key'> & { _id: string }

const captchaSchema = new mongoose.Schema<CaptchaDoc>(
  {
    _id: { type: String, required: true },
    articleCode: { type: Number, default: null },
    reader: { type: String, required: true },
    pictureAnswer: { type: String, required: true },
    wordsAnswer: { type: String, required: true },
    picture: { type: Buffer, required: true },
    issuedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'captchas', versionKey: false, strict: 'throw' },
)

// Challenges that nobody answered go by themselves.
captchaSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 60 })

const CaptchaModel = mongoose.model<CaptchaDoc>('Captcha', captchaSchema)

/** Keeps a challenge until it is answered or too old. */
export async function keepCaptcha({ key, ...captcha }: Captcha): Promise<void> {
  await CaptchaModel.collection.insertOne({ _id: key as never, ...captcha }, { writeConcern: { w: 1 } })
}

/** Takes a challenge out of the store in one step, so that of many answers to it only one finds it; null when it is gone. */
export async function takeCaptcha(key: string): Promise<Omit<Captcha, 'picture'> | null> {
  const doc = await CaptchaModel.findOneAndDelete({ _id: key }).lean<CaptchaDoc>()
  if (!doc) return null
  const { _id, picture: _picture, ...rest } = doc
  return { key: _id, ...rest }
}

/** The PNG of a challenge that is still open, or null. */
export async function pictureOf(key: string): Promise<Buffer | null> {
  const doc = await CaptchaModel.findOne({ _id: key }, { picture: 1 }, READ_OPTIONS).lean<{
    picture: Buffer | mongoose.mongo.Binary
  }>()
  if (!doc) return null
  return Buffer.isBuffer(doc.picture) ? doc.picture : Buffer.from(doc.picture.buffer)
}
