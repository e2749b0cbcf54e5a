import { closeSessionsOf } from '../../models/sessions.ts'
import { addStaff, setDisabled } from '../../models/staff.ts'
import type { Role, StaffMember } from '../domain/staff.ts'
import { NewsroomError, notFound } from '../errors.ts'
import { hashPassword, passwordFault } from '../signing-in/passwords.service.ts'

/** A new member, or the faults by field. */
export type HireOutcome = { ok: true; member: StaffMember } | { ok: false; faults: Record<string, string> }

/** Adds a member of staff with a password that may be used. */
export async function hire(
  wanted: { username: string; name: string; role: Role; password: string },
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
  return member ? { ok: true, member } : { ok: false, faults: { username: 'این نام کاربری از آن همکار دیگری است.' } }
}

/** Shuts a member out at once, sessions included, or lets them in again; nobody shuts themselves out. */
export async function setAccess(id: string, disabled: boolean, by: StaffMember): Promise<void> {
  if (id === by.id) throw new NewsroomError('invalid', 'oneself', 'دسترسی خودتان را نمی‌توانید ببندید.')
  if (!(await setDisabled(id, disabled))) throw notFound('staff-unknown', 'این همکار پیدا نشد.')
  if (disabled) await closeSessionsOf(id)
}
