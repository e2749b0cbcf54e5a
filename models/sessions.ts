import mongoose from 'mongoose'
import { asId, READ_OPTIONS } from './connection.ts'

/** A staff session: whose it is, the token that its forms carry, and until when it lives. */
export interface StaffSession {
  key: string
  staffId: string
  formToken: string
  createdAt: Date
  seenAt: Date
}

interface SessionDoc {
  _id: string
  staffId: mongoose.Types.ObjectId
  formToken: string
  createdAt: Date
  seenAt: Date
  expiresAt: Date
}

const sessionSchema = new mongoose.Schema<SessionDoc>(
  {
    _id: { type: String, required: true },
    staffId: { type: mongoose.Schema.Types.ObjectId, required: true },
    formToken: { type: String, required: true },
    createdAt: { type: Date, required: true },
    seenAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'sessions', versionKey: false },
)

// Sessions go away by themselves; those of one member go at once.
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })
sessionSchema.index({ staffId: 1 })

const SessionModel = mongoose.model<SessionDoc>('Session', sessionSchema)

/** Opens a session; `key` is the hash of the cookie's token, never the token itself. */
export async function openSession(session: {
  key: string
  staffId: string
  formToken: string
  now: Date
  expiresAt: Date
}): Promise<void> {
  await SessionModel.create({
    _id: session.key,
    staffId: asId(session.staffId)!,
    formToken: session.formToken,
    createdAt: session.now,
    seenAt: session.now,
    expiresAt: session.expiresAt,
  })
}

/** The living session with this key, or null. */
export async function findSession(key: string, now: Date): Promise<StaffSession | null> {
  const doc = await SessionModel.findOne({ _id: key }, null, READ_OPTIONS).lean<SessionDoc>()
  if (!doc || doc.expiresAt <= now) return null
  return { key, staffId: String(doc.staffId), formToken: doc.formToken, createdAt: doc.createdAt, seenAt: doc.seenAt }
}

/** Notes that a session was used, which moves its idle end. */
export async function touchSession(key: string, now: Date, expiresAt: Date): Promise<void> {
  await SessionModel.updateOne({ _id: key }, { $set: { seenAt: now, expiresAt } })
}

/** Ends one session. */
export async function closeSession(key: string): Promise<void> {
  await SessionModel.deleteOne({ _id: key })
}

/** Ends every session of a member at once, but for one that may stay. */
export async function closeSessionsOf(staffId: string, exceptKey = ''): Promise<void> {
  const id = asId(staffId)
  if (id) await SessionModel.deleteMany({ staffId: id, _id: mongoose.trusted({ $ne: exceptKey }) } as never)
}
