import { Router } from 'express'
import { REFUSAL_RULES } from '../domain/refusal-rules.ts'
import type { House } from '../house.ts'
import { typed } from '../http/form.ts'
import { renderPage } from '../http/views.ts'
import { signedIn } from '../signing-in/guards.ts'
import { fairnessReport, judgeAgain, openSecondLook } from './fairness.service.ts'
import { withSurroundings } from './moderating.service.ts'

const TWO_PLACES = new Intl.NumberFormat('fa-IR', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const HOURS = new Intl.NumberFormat('fa-IR', { maximumFractionDigits: 1 })

function figure(value: number | null): string {
  return value === null ? '—' : TWO_PLACES.format(value)
}

function span(milliseconds: number | null): string {
  if (milliseconds === null) return '—'
  const minutes = milliseconds / 60_000
  return minutes < 90 ? `${HOURS.format(Math.max(minutes, 0.1))} دقیقه` : `${HOURS.format(minutes / 60)} ساعت`
}

/** The page of agreement and the blind second look. */
export function fairnessRoutes(house: House): Router {
  const router = Router()
  router.get('/', async (_req, res) => {
    const report = await fairnessReport(house.now())
    renderPage(res, 'moderating/fairness', {
      layout: 'desk',
      title: 'سنجش انصاف',
      room: 'moderation',
      looks: report.looks,
      kappa: figure(report.kappa),
      perRule: report.perRule.map((rule) => ({ ...rule, kappa: figure(rule.kappa) })),
      findings: report.findings,
      median: span(report.time.median),
      slow: span(report.time.slow),
      decided: report.time.decided,
    })
  })
  router.get('/second-look', async (_req, res) => {
    const now = house.now()
    const comment = await openSecondLook(signedIn(res).member, now)
    const [item] = comment ? await withSurroundings([comment], now) : []
    renderPage(res, 'moderating/second-look', {
      layout: 'desk',
      title: 'نگاه دوم',
      room: 'moderation',
      item: item ?? null,
      rules: Object.entries(REFUSAL_RULES).map(([code, { label }]) => ({ code, label })),
    })
  })
  router.post('/second-look/:id', async (req, res) => {
    const { decision, rule } = typed(['decision', 'rule'], req.body)
    await judgeAgain(req.params.id, rule === '' ? decision : 'refuse', rule, signedIn(res).member, house.now())
    res.redirect(303, '/desk/moderation/fairness/second-look')
  })
  return router
}
