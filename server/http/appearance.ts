import { type Request, type Response, Router } from 'express'
import type { House } from '../house.ts'
import { cookieOptions } from './cookies.ts'
import { TEXT_SIZES, THEMES } from './frame.ts'

const YEAR_MS = 365 * 24 * 3_600_000

/** A path of this site to go back to, or the front page for anything else. */
export function localPath(given: unknown): string {
  return typeof given === 'string' && /^\/(?![/\\])[^\s\\\p{C}]*$/u.test(given) && given.length <= 2_000 ? given : '/'
}

/** Remembers how a reader wants pages to look; works without scripts, and answers 204 to scripts. */
export function appearanceRoutes(house: House): Router {
  const router = Router()
  router.post('/appearance', (req: Request, res: Response) => {
    const body = (req.body ?? {}) as Record<string, unknown>
    const theme = THEMES.find((name) => name === body.theme)
    const size = TEXT_SIZES.find((name) => name === body.size)
    const options = cookieOptions(house.siteUrl, { maxAge: YEAR_MS, httpOnly: false })
    if (theme) res.cookie('theme', theme, options)
    if (size) res.cookie('text-size', size, options)
    if (req.get('x-requested-by') === 'script') res.status(204).end()
    else res.redirect(303, localPath(body.next))
  })
  return router
}
