import type { Request, Response } from 'express'
import { Router } from 'express'
import { spend } from '../../models/limits.ts'
import type { House } from '../house.ts'
import { cookieName, cookieOptions } from '../http/cookies.ts'
import { readForm, typed } from '../http/form.ts'
import { renderPage } from '../http/views.ts'
import { formTokenDemanded, SESSION_COOKIE, signedIn, signedInOrNull, staffOnly } from './guards.ts'
import { codeForm, deskAddress, signInForm } from './signing-in.form.ts'
import type { SignInOutcome } from './signing-in.service.ts'
import { signIn, signInByCode, signOut } from './signing-in.service.ts'

const WRONG = 'نام کاربری یا گذرواژه درست نیست.'
const TOO_OFTEN = 'تلاش‌ها بیش از اندازه شد. چند دقیقهٔ دیگر دوباره وارد شوید.'

function signInPage(
  res: Response,
  status: number,
  data: { username: string; next: string; faults: Record<string, string> },
): void {
  res.status(status).set('Cache-Control', 'no-store')
  renderPage(res, 'signing-in/sign-in', { layout: 'plain', title: 'ورود به تحریریه', ...data })
}

const WRONG_CODE = 'این کد درست نیست یا پیش‌تر به کار رفته است. کد تازهٔ برنامه را بنویسید.'

function codePage(res: Response, status: number, data: { ticket: string; next: string; fault: string }): void {
  res.status(status).set('Cache-Control', 'no-store')
  renderPage(res, 'signing-in/code', { layout: 'plain', title: 'ورود به تحریریه', ...data })
}

/** Seconds to wait for whoever tried too often, or null. */
async function tooOften(house: House, req: Request, name: string): Promise<number | null> {
  if (house.settings.LIMITS !== 'on') return null
  return await spend('sign-in', [`address:${req.ip}`, `name:${name.toLowerCase()}`])
}

async function attempt(house: House, req: Request, res: Response): Promise<void> {
  const kept = typed(['username', 'next', 'ticket'], req.body)
  const next = deskAddress(kept.next)
  if (kept.ticket !== '') return await attemptCode(house, req, res, next)
  const form = readForm(signInForm, req.body)
  if (!form.ok) return signInPage(res, 422, { username: kept.username, next, faults: form.faults })
  const wait = await tooOften(house, req, form.value.username)
  if (wait !== null) {
    res.set('Retry-After', String(wait))
    return signInPage(res, 429, { username: kept.username, next, faults: { form: TOO_OFTEN } })
  }
  settle(house, res, await signIn(form.value, house.secret, house.now()), kept.username, next)
}

async function attemptCode(house: House, req: Request, res: Response, next: string): Promise<void> {
  const { ticket } = typed(['ticket'], req.body)
  const form = readForm(codeForm, req.body)
  if (!form.ok) return codePage(res, 422, { ticket, next, fault: form.faults.code ?? WRONG })
  const wait = await tooOften(house, req, ticket.slice(0, 24))
  if (wait !== null) {
    res.set('Retry-After', String(wait))
    return codePage(res, 429, { ticket, next, fault: TOO_OFTEN })
  }
  settle(house, res, await signInByCode(ticket, form.value.code, house.secret, house.now()), '', next)
}

function settle(house: House, res: Response, outcome: SignInOutcome, username: string, next: string): void {
  if (outcome.ok) {
    house.log.info({ staff: outcome.member.id }, 'signed in')
    res.cookie(cookieName(house.siteUrl, SESSION_COOKIE), outcome.token, cookieOptions(house.siteUrl))
    return res.redirect(303, next)
  }
  if (outcome.reason === 'code-needed') return codePage(res, 200, { ticket: outcome.ticket, next, fault: '' })
  house.log.warn({ id: res.locals.requestId }, 'sign-in refused')
  if (outcome.reason === 'code-wrong') return codePage(res, 422, { ticket: outcome.ticket, next, fault: WRONG_CODE })
  signInPage(res, 422, { username, next, faults: { form: WRONG } })
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
