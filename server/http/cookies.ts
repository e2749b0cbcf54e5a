import { parseCookie } from 'cookie'
import type { CookieOptions, Request } from 'express'

/** The value of a cookie of this request, or null. */
export function cookieOf(req: Request, name: string): string | null {
  const header = req.headers.cookie
  if (header === undefined) return null
  return parseCookie(header)[name] ?? null
}

/** Options of every cookie of ours: not for scripts, not across sites, and only over TLS where the site has it. */
export function cookieOptions(siteUrl: string, more: CookieOptions = {}): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', secure: siteUrl.startsWith('https:'), path: '/', ...more }
}

/** The full name of a cookie: with the host prefix where TLS makes browsers hold to it. */
export function cookieName(siteUrl: string, name: string): string {
  return siteUrl.startsWith('https:') ? `__Host-${name}` : name
}
