import type { Request, Response } from 'express'
import { Router } from 'express'
import { spend } from '../../models/limits.ts'
import type { House } from '../house.ts'
import { cookieName, cookieOptions } from '../http/cookies.ts'
import { readForm, typed } from '../http/form.ts'
import { renderPage } from '../http/views.ts'
import { formTokenDemanded, SESSION_COOKIE, signedIn, signedInOrNull, staffOnly } from './guards.ts'
import { deskAddress, signInForm } from './signing-in.form.ts'
import { signIn, signOut } from './signing-in.service.ts'

const WRONG = 'نام کاربری یا گذرواژه درست نیست.'

function signInPage(
  res: Response,
  status: number,
  data: { username: string; next: string; faults: Record<string, string> },
): void {
  res.status(status).set('Cache-Control', 'no-store')
  renderPage(res, 'signing-in/sign-in', { layout: 'plain', title: 'ورود به تحریریه', ...data })
}

async function attempt(house: House, req: Request, res: Response): Promise<void> {
  const kept = typed(['username', 'next'], req.body)
  const next = deskAddress(kept.next)
  const form = readForm(signInForm, req.body)
  if (!form.ok) return signInPage(res, 422, { username: kept.username, next, faults: form.faults })
  if (house.settings.LIMITS === 'on') {
    const wait = await spend('sign-in', [`address:${req.ip}`, `name:${form.value.username.toLowerCase()}`])
    if (wait !== null) {
      res.set('Retry-After', String(wait))
      return signInPage(res, 429, {
        username: kept.username,
        next,
        faults: { form: 'تلاش‌ها بیش از اندازه شد. چند دقیقهٔ دیگر دوباره وارد شوید.' },
      })
    }
  }
  const outcome = await signIn(form.value.username, form.value.password, house.now())
  if (!outcome.ok) {
    house.log.warn({ id: res.locals.requestId }, 'sign-in refused')
    return signInPage(res, 422, { username: kept.username, next, faults: { form: WRONG } })
  }
  house.log.info({ staff: outcome.member.id }, 'signed in')
  res.cookie(cookieName(house.siteUrl, SESSION_COOKIE), outcome.token, cookieOptions(house.siteUrl))
  res.redirect(303, next)
}

/** Signing in and out; open to everybody, so mounted before the desk's guards. */
export function signingInRoutes(house: House): Router {
  const router = Router()
  router.get('/sign-in', (req, res) => {
    const next = deskAddress(typeof req.query.next === 'string' ? req.query.next : '')
    if (signedInOrNull(res)) return res.redirect(303, next)
    signInPage(res, 200, { username: '', next, faults: {} })
  })
  router.post('/sign-in', (req, res) => attempt(house, req, res))
  router.post('/sign-out', staffOnly, formTokenDemanded, async (_req, res) => {
    await signOut(signedIn(res).sessionKey)
    res.clearCookie(cookieName(house.siteUrl, SESSION_COOKIE), cookieOptions(house.siteUrl))
    res.redirect(303, '/desk/sign-in')
  })
  return router
}
