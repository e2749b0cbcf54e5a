import { rememberAct } from '../../models/acts.ts'
import { type Section, saveSection } from '../../models/sections.ts'
import { closeSessionsOf } from '../../models/sessions.ts'
import { addStaff, findStaff, setDisabled, setPassword, setTwoStep } from '../../models/staff.ts'
import type { Actor } from '../domain/article.ts'
import type { Role, StaffMember } from '../domain/staff.ts'
import { ROLE_LABELS } from '../domain/staff.ts'
import { NewsroomError, notFound } from '../errors.ts'
import { hashPassword, passwordFault } from '../signing-in/passwords.service.ts'

function actorOf(member: StaffMember): Actor {
  return { id: member.id, name: member.name }
}

/** A new member, or the faults by field. */
export type HireOutcome = { ok: true; member: StaffMember } | { ok: false; faults: Record<string, string> }

/** Adds a member of staff with a password that may be used. */
export async function hire(
  wanted: { username: string; name: string; role: Role; password: string },
  by: StaffMember,
  now: Date,
): Promise<HireOutcome> {
  const fault = passwordFault(wanted.password, wanted.username)
  if (fault !== null) return { ok: false, faults: { password: fault } }
  const member = await addStaff({
    username: wanted.username,
    name: wanted.name,
    roles: [wanted.role],
    passwordHash: await hashPassword(wanted.password),
    now,
  })
  if (!member) return { ok: false, faults: { username: 'این نام کاربری از آن همکار دیگری است.' } }
  await rememberAct({ at: now, by: actorOf(by), what: `همکار تازه: ${member.name}، ${ROLE_LABELS[wanted.role]}.` })
  return { ok: true, member }
}

/** Shuts a member out at once, sessions included, or lets them in again; nobody shuts themselves out. */
export async function setAccess(id: string, disabled: boolean, by: StaffMember, now: Date): Promise<void> {
  if (id === by.id) throw new NewsroomError('invalid', 'oneself', 'دسترسی خودتان را نمی‌توانید ببندید.')
  if (!(await setDisabled(id, disabled))) throw notFound('staff-unknown', 'این همکار پیدا نشد.')
  if (disabled) await closeSessionsOf(id)
  const member = await findStaff(id)
  const what = `دسترسی ${member?.name ?? ''} ${disabled ? 'بسته' : 'باز'} شد.`
  await rememberAct({ at: now, by: actorOf(by), what })
}

/** Adds a section or changes the one with this address; false when another section goes by this name. */
export async function keepSection(section: Section, by: StaffMember, now: Date): Promise<boolean> {
  if (!(await saveSection(section))) return false
  await rememberAct({ at: now, by: actorOf(by), what: `سرویس «${section.name}» ذخیره شد.` })
  return true
}

/** Gives a colleague who lost theirs another password; two-step sign-in goes off and every session ends. */
export async function renewPassword(
  id: string,
  password: string,
  by: StaffMember,
  now: Date,
): Promise<{ ok: true } | { ok: false; fault: string }> {
  if (id === by.id) throw new NewsroomError('invalid', 'oneself', 'گذرواژهٔ خودتان را در «حساب من» تغییر دهید.')
  const member = await findStaff(id)
  if (!member) throw notFound('staff-unknown', 'این همکار پیدا نشد.')
  const fault = passwordFault(password, member.username)
  if (fault !== null) return { ok: false, fault }
  await setPassword(id, await hashPassword(password))
  await setTwoStep(id, null)
  await closeSessionsOf(id)
  await rememberAct({ at: now, by: actorOf(by), what: `گذرواژهٔ ${member.name} تازه شد و ورود دومرحله‌ای‌اش خاموش است.` })
  return { ok: true }
}
