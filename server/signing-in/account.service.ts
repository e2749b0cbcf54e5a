import { rememberAct } from '../../models/acts.ts'
import { closeSessionsOf } from '../../models/sessions.ts'
import { secretsOf, setPassword, setTwoStep } from '../../models/staff.ts'
import { hashPassword, isPassword, passwordFault } from './passwords.service.ts'
import type { SignedIn } from './signing-in.service.ts'
import { openKey, sealKey, stepOf } from './two-step.service.ts'

/** Done, or the Persian sentences for the fields that were wrong. */
export type AccountOutcome = { ok: true } | { ok: false; faults: Record<string, string> }

const WRONG_CODE = 'این کد درست نیست. کد تازهٔ برنامه را بنویسید.'

/** Whether two-step sign-in is on for a member. */
export async function hasTwoStep(staffId: string): Promise<boolean> {
  return ((await secretsOf(staffId))?.twoStep ?? null) !== null
}

/** Changes one's own password and ends all one's other sessions. */
export async function changePassword(
  { member, sessionKey }: SignedIn,
  { present, wanted }: { present: string; wanted: string },
  now: Date,
): Promise<AccountOutcome> {
  const secrets = await secretsOf(member.id)
  if (!secrets || !(await isPassword(present, secrets.passwordHash)))
    return { ok: false, faults: { present: 'گذرواژهٔ کنونی درست نیست.' } }
  const fault = passwordFault(wanted, member.username)
  if (fault !== null) return { ok: false, faults: { wanted: fault } }
  await setPassword(member.id, await hashPassword(wanted))
  await closeSessionsOf(member.id, sessionKey)
  await rememberAct({ at: now, by: { id: member.id, name: member.name }, what: 'گذرواژهٔ خود را تغییر داد.' })
  return { ok: true }
}

/** Turns two-step sign-in on with a key whose code proves that the app has it, or off with a code; all one's other sessions end. */
export async function switchTwoStep(
  { member, sessionKey }: SignedIn,
  given: { key: string | undefined; code: string },
  secret: Buffer,
  now: Date,
): Promise<AccountOutcome> {
  const present = (await secretsOf(member.id))?.twoStep ?? null
  const key = present ? openKey(secret, present.sealed) : (given.key ?? null)
  const step = key === null ? null : stepOf(key, given.code, now)
  if (key === null || step === null || (present && step <= present.lastStep))
    return { ok: false, faults: { code: WRONG_CODE } }
  await setTwoStep(member.id, present ? null : { sealed: sealKey(secret, key), lastStep: step })
  await closeSessionsOf(member.id, sessionKey)
  const what = present ? 'ورود دومرحله‌ای خود را خاموش کرد.' : 'ورود دومرحله‌ای خود را روشن کرد.'
  await rememberAct({ at: now, by: { id: member.id, name: member.name }, what })
  return { ok: true }
}
