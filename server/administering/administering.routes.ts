import type { Request, Response } from 'express'
import { Router } from 'express'
import { allSections } from '../../models/sections.ts'
import { allStaff } from '../../models/staff.ts'
import { COMMENT_MODE_LABELS } from '../domain/article.ts'
import { ROLE_LABELS } from '../domain/staff.ts'
import type { House } from '../house.ts'
import type { Faults } from '../http/form.ts'
import { readForm, typed } from '../http/form.ts'
import { renderPage } from '../http/views.ts'
import { SETTING_SPECS, type SettingName } from '../settings.ts'
import { allowedTo, signedIn } from '../signing-in/guards.ts'
import { STAFF_FORM_FIELDS, sectionForm, staffForm } from './administering.form.ts'
import { hire, keepSection, renewPassword, setAccess } from './administering.service.ts'
import { AUDIT_ROOMS, type AuditRoom, latestToAudit } from './audit.service.ts'
import { SETTING_TEXTS, valueShown } from './setting-texts.ts'

async function staffPage(
  res: Response,
  page: { status?: number; fields?: Record<string, string>; faults?: Faults },
): Promise<void> {
  const staff = await allStaff()
  const fields = page.fields ?? typed(STAFF_FORM_FIELDS, {})
  res.status(page.status ?? 200)
  renderPage(res, 'administering/staff', {
    layout: 'desk',
    title: 'همکاران',
    room: 'admin',
    staff: staff.map((member) => ({
      ...member,
      roleLabels: member.roles.map((role) => ROLE_LABELS[role]).join('، '),
      oneself: member.id === signedIn(res).member.id,
    })),
    roles: Object.entries(ROLE_LABELS).map(([value, label]) => ({ value, label, chosen: value === fields.role })),
    fields,
    faults: page.faults ?? {},
  })
}

async function sectionsPage(
  res: Response,
  page: { status?: number; fields?: Record<string, string>; faults?: Faults },
): Promise<void> {
  const sections = await allSections()
  const modes = (chosen: string | null) => [
    { value: '', label: 'مانند همهٔ سایت', chosen: chosen === null },
    ...Object.entries(COMMENT_MODE_LABELS).map(([value, label]) => ({ value, label, chosen: value === chosen })),
  ]
  res.status(page.status ?? 200)
  renderPage(res, 'administering/sections', {
    layout: 'desk',
    title: 'سرویس‌ها',
    room: 'admin',
    sections: sections.map((section) => ({ ...section, modes: modes(section.commentMode) })),
    fields: page.fields ?? { slug: '', name: '', order: String(sections.length + 1), commentMode: '' },
    modes: modes(null),
    faults: page.faults ?? {},
  })
}

const SHOWN_ACTS = 100

async function auditPage(req: Request, res: Response): Promise<void> {
  const { room } = typed(['room'], req.query)
  const asked = Object.hasOwn(AUDIT_ROOMS, room) ? (room as AuditRoom) : null
  renderPage(res, 'administering/audit', {
    layout: 'desk',
    title: 'رویدادها',
    room: 'admin',
    told: (await latestToAudit(asked, SHOWN_ACTS)).map((act) => ({ ...act, roomLabel: AUDIT_ROOMS[act.room] })),
    chips: [
      { label: 'همه', href: '/desk/admin/audit', current: asked === null },
      ...Object.entries(AUDIT_ROOMS).map(([value, label]) => ({
        label,
        href: `/desk/admin/audit?room=${value}`,
        current: value === asked,
      })),
    ],
  })
}

function settingsPage(house: House, res: Response): void {
  renderPage(res, 'administering/settings', {
    layout: 'desk',
    title: 'تنظیمات',
    room: 'admin',
    settings: (Object.keys(SETTING_SPECS) as SettingName[]).map((name) => ({
      name,
      text: SETTING_TEXTS[name],
      value: valueShown(name, house.settings[name]),
      fallback: SETTING_SPECS[name].fallback,
    })),
  })
}

/** The admins' room: staff, sections, settings as they stand, and what staff did. */
export function administeringRoutes(house: House): Router {
  const router = Router()
  router.use(allowedTo('administer'))
  router.get('/', (_req, res) => res.redirect(303, '/desk/admin/staff'))
  router.get('/staff', (_req, res) => staffPage(res, {}))
  router.post('/staff', async (req: Request, res) => {
    const fields = typed(STAFF_FORM_FIELDS, req.body)
    const kept = { ...fields, password: '' }
    const form = readForm(staffForm, req.body)
    if (!form.ok) return staffPage(res, { status: 422, fields: kept, faults: form.faults })
    const outcome = await hire(form.value, signedIn(res).member, house.now())
    if (!outcome.ok) return staffPage(res, { status: 422, fields: kept, faults: outcome.faults })
    house.log.info({ by: signedIn(res).member.id, staff: outcome.member.id }, 'staff added')
    res.redirect(303, '/desk/admin/staff')
  })
  for (const [step, disabled] of [
    ['disable', true],
    ['enable', false],
  ] as const) {
    router.post(`/staff/:id/${step}`, async (req, res) => {
      await setAccess(String(req.params.id), disabled, signedIn(res).member, house.now())
      house.log.info({ by: signedIn(res).member.id, staff: req.params.id, disabled }, 'access changed')
      res.redirect(303, '/desk/admin/staff')
    })
  }
  router.post('/staff/:id/password', async (req, res) => {
    const { renewed } = typed(['renewed'], req.body)
    const outcome = await renewPassword(String(req.params.id), renewed, signedIn(res).member, house.now())
    if (!outcome.ok) return staffPage(res, { status: 422, faults: { renewed: outcome.fault } })
    house.log.info({ by: signedIn(res).member.id, staff: req.params.id }, 'password renewed')
    res.redirect(303, '/desk/admin/staff')
  })
  router.get('/sections', (_req, res) => sectionsPage(res, {}))
  router.post('/sections', async (req, res) => {
    const form = readForm(sectionForm, req.body)
    const fields = typed(['slug', 'name', 'order', 'commentMode'], req.body)
    if (!form.ok) return sectionsPage(res, { status: 422, fields, faults: form.faults })
    if (!(await keepSection(form.value, signedIn(res).member, house.now())))
      return sectionsPage(res, { status: 422, fields, faults: { name: 'سرویس دیگری همین نام را دارد.' } })
    res.redirect(303, '/desk/admin/sections')
  })
  router.get('/rules', (_req, res) => res.redirect(303, '/desk/moderation/rules'))
  router.get('/settings', (_req, res) => settingsPage(house, res))
  router.get('/audit', (req, res) => auditPage(req, res))
  return router
}
