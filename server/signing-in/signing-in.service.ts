import { createHash, randomBytes } from 'node:crypto'
import { closeSession, findSession, openSession, touchSession } from '../../models/sessions.ts'
import type { StaffSecrets, TwoStep } from '../../models/staff.ts'
import { findForSignIn, findStaff, secretsOf, useStep } from '../../models/staff.ts'
import type { StaffMember } from '../domain/staff.ts'
import { hashPassword, isPassword } from './passwords.service.ts'
import { isTicket, openKey, stepOf, ticketFor, ticketHolder } from './two-step.service.ts'

const IDLE_MS = 12 * 60 * 60 * 1000
const LONGEST_MS = 7 * 24 * 60 * 60 * 1000
const TOUCH_EVERY_MS = 60 * 1000

/** A signed-in member with the token that their forms carry. */
export interface SignedIn {
  member: StaffMember
  formToken: string
  sessionKey: string
}

/** What became of an attempt to sign in: the token goes into the cookie and is stored nowhere; with two-step on, the right password gives a ticket for the code. */
export type SignInOutcome =
  | { ok: true; token: string; member: StaffMember }
  | { ok: false; reason: 'wrong' }
  | { ok: false; reason: 'code-needed' | 'code-wrong'; ticket: string }

let decoyHash: Promise<string> | undefined

function keyOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** Signs in with username and password, and with the code where two-step is on; unknown, wrong and disabled take the same time and give the same answer. */
export async function signIn(
  given: { username: string; password: string; code: string },
  secret: Buffer,
  now: Date,
): Promise<SignInOutcome> {
  decoyHash ??= hashPassword(randomBytes(16).toString('hex'))
  const found = await findForSignIn(given.username)
  const right = await isPassword(given.password, found?.passwordHash ?? (await decoyHash))
  if (!found || !right || found.member.disabled) return { ok: false, reason: 'wrong' }
  return found.twoStep ? await secondStep(found, found.twoStep, given.code, secret, now) : await opened(found, now)
}

/** The second step alone: the ticket of the right password and the code. */
export async function signInByCode(ticket: string, code: string, secret: Buffer, now: Date): Promise<SignInOutcome> {
  const holder = ticketHolder(ticket, now)
  const found = holder === null ? null : await secretsOf(holder)
  if (!found?.twoStep || found.member.disabled) return { ok: false, reason: 'wrong' }
  if (!isTicket(secret, ticket, found.member.id, found.passwordHash)) return { ok: false, reason: 'wrong' }
  return await secondStep(found, found.twoStep, code, secret, now)
}

async function secondStep(
  found: StaffSecrets,
  twoStep: TwoStep,
  code: string,
  secret: Buffer,
  now: Date,
): Promise<SignInOutcome> {
  const ticket = ticketFor(secret, found.member.id, found.passwordHash, now)
  if (code.trim() === '') return { ok: false, reason: 'code-needed', ticket }
  const key = openKey(secret, twoStep.sealed)
  const step = key === null ? null : stepOf(key, code, now)
  if (step === null || !(await useStep(found.member.id, step))) return { ok: false, reason: 'code-wrong', ticket }
  return await opened(found, now)
}

async function opened({ member }: StaffSecrets, now: Date): Promise<SignInOutcome> {
  const token = randomBytes(32).toString('base64url')
  await openSession({
    key: keyOf(token),
    staffId: member.id,
    formToken: randomBytes(18).toString('base64url'),
    now,
    expiresAt: new Date(now.getTime() + IDLE_MS),
  })
  return { ok: true, token, member }
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
