import { timingSafeEqual } from 'node:crypto'
import type { NextFunction, Request, Response } from 'express'
import type { Permission } from '../domain/staff.ts'
import { isAllowed } from '../domain/staff.ts'
import { NewsroomError } from '../errors.ts'
import type { House } from '../house.ts'
import { cookieName, cookieOf } from '../http/cookies.ts'
import type { SignedIn } from './signing-in.service.ts'
import { whoIs } from './signing-in.service.ts'

/** The cookie of staff sessions. */
export const SESSION_COOKIE = 'desk-session'

/** Finds out who is signed in, for every room behind it; asks the store only when the cookie is there. */
export function knowStaff(house: House) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const token = cookieOf(req, cookieName(house.siteUrl, SESSION_COOKIE))
    res.locals.signedIn = token === null ? null : await whoIs(token, house.now())
    next()
  }
}

/** Who is signed in on this request, or null. */
export function signedInOrNull(res: Response): SignedIn | null {
  return (res.locals.signedIn as SignedIn | null | undefined) ?? null
}

/** Who is signed in on this request; only behind `staffOnly`. */
export function signedIn(res: Response): SignedIn {
  const found = signedInOrNull(res)
  if (!found) throw new NewsroomError('unsigned', 'sign-in', 'برای این کار باید وارد شوید.')
  return found
}

/** Lets only signed-in staff pass: browsers are led to the sign-in page, programs get 401. Nothing behind it is cached. */
export function staffOnly(req: Request, res: Response, next: NextFunction): void {
  res.set('Cache-Control', 'no-store')
  if (signedInOrNull(res)) return next()
  if (req.method === 'GET' && req.accepts(['html', 'json']) === 'html') {
    res.redirect(303, `/desk/sign-in?next=${encodeURIComponent(req.originalUrl)}`)
    return
  }
  next(new NewsroomError('unsigned', 'sign-in', 'برای این کار باید وارد شوید.'))
}

/** Lets only staff pass whose roles give the permission. */
export function allowedTo(permission: Permission) {
  return (_req: Request, res: Response, next: NextFunction): void => {
    if (isAllowed(signedIn(res).member.roles, permission)) return next()
    next(new NewsroomError('forbidden', 'not-your-role', 'این کار در اختیار نقش شما نیست.'))
  }
}

/** Demands the form token of a staff session, as field `formToken` or header `X-Form-Token`, on everything that changes something. */
export function formTokenDemanded(req: Request, res: Response, next: NextFunction): void {
  if (req.method === 'GET' || req.method === 'HEAD') return next()
  const body: unknown = req.body
  const field =
    typeof body === 'object' && body !== null && 'formToken' in body && typeof body.formToken === 'string'
      ? body.formToken
      : undefined
  const given = Buffer.from(req.get('x-form-token') ?? field ?? '')
  const wanted = Buffer.from(signedIn(res).formToken)
  if (given.length === wanted.length && timingSafeEqual(given, wanted)) return next()
  next(
    new NewsroomError('forbidden', 'form-token', 'این صفحه کهنه شده است. صفحه را دوباره باز کنید و کار را تکرار کنید.'),
  )
}
