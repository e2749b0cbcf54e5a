import mongoose from 'mongoose'
import { fold, toLatinDigits } from '../server/domain/persian-text/index.ts'
import type { Role, StaffMember } from '../server/domain/staff.ts'
import { ROLES } from '../server/domain/staff.ts'
import { asId, isDuplicateKey, READ_OPTIONS } from './connection.ts'

interface StaffDoc {
  _id: mongoose.Types.ObjectId
  username: string
  usernameKey: string
  name: string
  roles: Role[]
  passwordHash: string
  twoStep?: TwoStep | null
  disabled: boolean
  createdAt: Date
}

/** Two-step sign-in of a member: the sealed key, and the last step whose code was used, so that none works twice. */
export interface TwoStep {
  sealed: string
  lastStep: number
}

/** What signing in asks of a member; never leaves the rooms of signing in. */
export interface StaffSecrets {
  member: StaffMember
  passwordHash: string
  twoStep: TwoStep | null
}

const staffSchema = new mongoose.Schema<StaffDoc>(
  {
    username: { type: String, required: true },
    usernameKey: { type: String, required: true },
    name: { type: String, required: true },
    roles: { type: [{ type: String, enum: ROLES }], required: true },
    passwordHash: { type: String, required: true },
    twoStep: { type: mongoose.Schema.Types.Mixed, default: null },
    disabled: { type: Boolean, default: false },
    createdAt: { type: Date, required: true },
  },
  { collection: 'staff', versionKey: false },
)

// Signing in asks by the folded username.
staffSchema.index({ usernameKey: 1 }, { unique: true })

const StaffModel = mongoose.model<StaffDoc>('Staff', staffSchema)

function toMember({ _id, username, name, roles, disabled, createdAt }: StaffDoc): StaffMember {
  return { id: String(_id), username, name, roles, disabled, createdAt }
}

/** The key under which a username is found: folded, without case, with Latin digits. */
export function usernameKey(username: string): string {
  return toLatinDigits(fold(username)).trim().toLowerCase()
}

/** Adds a member of staff; null when the username is taken. */
export async function addStaff(member: {
  username: string
  name: string
  roles: Role[]
  passwordHash: string
  now: Date
}): Promise<StaffMember | null> {
  try {
    const doc = await StaffModel.create({
      username: member.username,
      usernameKey: usernameKey(member.username),
      name: member.name,
      roles: member.roles,
      passwordHash: member.passwordHash,
      createdAt: member.now,
    })
    return toMember(doc.toObject())
  } catch (error) {
    if (isDuplicateKey(error)) return null
    throw error
  }
}

function toSecrets(doc: StaffDoc): StaffSecrets {
  return { member: toMember(doc), passwordHash: doc.passwordHash, twoStep: doc.twoStep ?? null }
}

/** The member with this username and what signing in needs, or null. */
export async function findForSignIn(username: string): Promise<StaffSecrets | null> {
  const doc = await StaffModel.findOne({ usernameKey: usernameKey(username) }, null, READ_OPTIONS).lean<StaffDoc>()
  return doc ? toSecrets(doc) : null
}

/** The same by id. */
export async function secretsOf(id: string): Promise<StaffSecrets | null> {
  const _id = asId(id)
  const doc = _id && (await StaffModel.findOne({ _id }, null, READ_OPTIONS).lean<StaffDoc>())
  return doc ? toSecrets(doc) : null
}

/** Gives a member another password; false when unknown. */
export async function setPassword(id: string, passwordHash: string): Promise<boolean> {
  const result = await StaffModel.updateOne({ _id: asId(id)! }, { $set: { passwordHash } })
  return result.matchedCount === 1
}

/** Turns two-step sign-in on with a key, or off. */
export async function setTwoStep(id: string, twoStep: TwoStep | null): Promise<void> {
  await StaffModel.updateOne({ _id: asId(id)! }, { $set: { twoStep } })
}

/** Uses up a step, and with it all earlier ones; false when it was used before. */
export async function useStep(id: string, step: number): Promise<boolean> {
  const result = await StaffModel.updateOne(
    { _id: asId(id)!, 'twoStep.lastStep': mongoose.trusted({ $lt: step }) } as never,
    { $set: { 'twoStep.lastStep': step } },
  )
  return result.modifiedCount === 1
}

/** The member with this id, or null. */
export async function findStaff(id: string): Promise<StaffMember | null> {
  const _id = asId(id)
  if (!_id) return null
  const doc = await StaffModel.findOne({ _id }, null, READ_OPTIONS).lean<StaffDoc>()
  return doc ? toMember(doc) : null
}

/** All staff by username. */
export async function allStaff(): Promise<StaffMember[]> {
  const docs = await StaffModel.find({}, null, READ_OPTIONS).sort({ usernameKey: 1 }).lean<StaffDoc[]>()
  return docs.map(toMember)
}

/** Lets a member in or keeps them out; false when unknown. */
export async function setDisabled(id: string, disabled: boolean): Promise<boolean> {
  const _id = asId(id)
  if (!_id) return false
  const result = await StaffModel.updateOne({ _id }, { $set: { disabled } })
  return result.matchedCount === 1
}

/** How many members the newsroom has. */
export async function countStaff(): Promise<number> {
  return await StaffModel.countDocuments({})
}
