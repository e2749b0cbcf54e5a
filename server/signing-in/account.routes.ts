import type { Request, Response } from 'express'
import { Router } from 'express'
import { spend } from '../../models/limits.ts'
import type { House } from '../house.ts'
import type { Faults } from '../http/form.ts'
import { readForm, typed } from '../http/form.ts'
import { renderPage } from '../http/views.ts'
import { changePassword, hasTwoStep, switchTwoStep } from './account.service.ts'
import { signedIn } from './guards.ts'
import { passwordForm, twoStepForm } from './signing-in.form.ts'
import { newTwoStepKey, setUpAddress } from './two-step.service.ts'

const DONE: Record<string, string> = {
  password: 'گذرواژه تغییر کرد. نشست‌های دیگر شما بسته شد.',
  'two-step': 'ورود دومرحله‌ای تغییر کرد. نشست‌های دیگر شما بسته شد.',
}

async function accountPage(
  house: House,
  req: Request,
  res: Response,
  status = 200,
  faults: Faults = {},
): Promise<void> {
  const { member } = signedIn(res)
  const { key: shown } = typed(['key'], req.body)
  const key = /^[A-Z2-7]{32}$/.test(shown) ? shown : newTwoStepKey()
  res.status(status)
  renderPage(res, 'signing-in/account', {
    layout: 'desk',
    title: 'حساب من',
    username: member.username,
    done: DONE[typed(['done'], req.query).done] ?? '',
    twoStep: await hasTwoStep(member.id),
    key,
    keyShown: key.replace(/(.{4})(?=.)/g, '$1 '),
    setUp: setUpAddress(key, house.settings.SITE_NAME, member.username),
    faults,
  })
}

/** The page of one's own account: password and two-step sign-in. */
export function accountRoutes(house: House): Router {
  const router = Router()
  router.get('/', (req, res) => accountPage(house, req, res))
  // Guessing a password or a code from an open session costs as much as from outside.
  router.use(async (req, res, next) => {
    const name = `name:${signedIn(res).member.id}`
    const wait = house.settings.LIMITS === 'on' && req.method === 'POST' ? await spend('sign-in', [name]) : null
    if (wait === null) return next()
    res.set('Retry-After', String(wait))
    await accountPage(house, req, res, 429, { form: 'تلاش‌ها بیش از اندازه شد. چند دقیقهٔ دیگر دوباره تلاش کنید.' })
  })
  router.post('/password', async (req, res) => {
    const form = readForm(passwordForm, req.body)
    const outcome = form.ok ? await changePassword(signedIn(res), form.value, house.now()) : form
    if (!outcome.ok) return await accountPage(house, req, res, 422, outcome.faults)
    res.redirect(303, '/desk/account?done=password')
  })
  router.post('/two-step', async (req, res) => {
    const form = readForm(twoStepForm, req.body)
    const outcome = form.ok
      ? await switchTwoStep(signedIn(res), { key: form.value.key, code: form.value.code }, house.secret, house.now())
      : form
    if (!outcome.ok) return await accountPage(house, req, res, 422, outcome.faults)
    res.redirect(303, '/desk/account?done=two-step')
  })
  return router
}
