import { createHash, randomBytes } from 'node:crypto'
import { closeSession, findSession, openSession, touchSession } from '../../models/sessions.ts'
import { findForSignIn, findStaff } from '../../models/staff.ts'
import type { StaffMember } from '../domain/staff.ts'
import { hashPassword, isPassword } from './passwords.service.ts'

const IDLE_MS = 12 * 60 * 60 * 1000
const LONGEST_MS = 7 * 24 * 60 * 60 * 1000
const TOUCH_EVERY_MS = 60 * 1000

/** A signed-in member with the token that their forms carry. */
export interface SignedIn {
  member: StaffMember
  formToken: string
  sessionKey: string
}

/** What became of an attempt to sign in; the token goes into the cookie and is stored nowhere. */
export type SignInOutcome = { ok: true; token: string; member: StaffMember } | { ok: false; reason: 'wrong' }

let decoyHash: Promise<string> | undefined

function keyOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** Signs in with username and password; unknown, wrong and disabled take the same time and give the same answer. */
export async function signIn(username: string, password: string, now: Date): Promise<SignInOutcome> {
  decoyHash ??= hashPassword(randomBytes(16).toString('hex'))
  const found = await findForSignIn(username)
  const right = await isPassword(password, found?.passwordHash ?? (await decoyHash))
  if (!found || !right || found.member.disabled) return { ok: false, reason: 'wrong' }
  const token = randomBytes(32).toString('base64url')
  await openSession({
    key: keyOf(token),
    staffId: found.member.id,
    formToken: randomBytes(18).toString('base64url'),
    now,
    expiresAt: new Date(now.getTime() + IDLE_MS),
  })
  return { ok: true, token, member: found.member }
}

/** The member behind a cookie's token, or null when it is over or the member was shut out. */
export async function whoIs(token: string, now: Date): Promise<SignedIn | null> {
  const sessionKey = keyOf(token)
  const session = await findSession(sessionKey, now)
  if (!session) return null
  if (now.getTime() - session.createdAt.getTime() > LONGEST_MS) {
    await closeSession(sessionKey)
    return null
  }
  const member = await findStaff(session.staffId)
  if (!member || member.disabled) return null
  if (now.getTime() - session.seenAt.getTime() > TOUCH_EVERY_MS) {
    await touchSession(sessionKey, now, new Date(now.getTime() + IDLE_MS))
  }
  return { member, formToken: session.formToken, sessionKey }
}

/** Ends a session at once. */
export async function signOut(sessionKey: string): Promise<void> {
  await closeSession(sessionKey)
}
