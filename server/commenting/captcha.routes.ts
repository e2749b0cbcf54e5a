import { type Request, type Response, Router } from 'express'
import { pictureOf } from '../../models/captchas.ts'
import { toLatinDigits } from '../domain/persian-text/index.ts'
import { notFound } from '../errors.ts'
import type { House } from '../house.ts'
import { cookieOptions } from '../http/cookies.ts'
import { askerOf, codeOf, tooMany } from './asking.ts'
import { type Challenge, captchaNeeded, issueCaptcha } from './captcha.service.ts'
import { drawCaptcha } from './captcha-pictures.ts'
import { rememberedOf } from './reader.ts'

/** The cookie, good under one article only, that carries the key of the picture shown there. */
export const CAPTCHA_COOKIE = 'captcha'

/** A challenge for this visitor and article; whoever asks too often is refused. */
export async function challengeFor(
  house: House,
  req: Request,
  res: Response,
  articleCode: number | null,
): Promise<Challenge> {
  const issued = await issueCaptcha(askerOf(house, req, res), articleCode, {
    secret: house.secret,
    now: house.now(),
    draw: drawCaptcha,
  })
  if (!issued.ok) throw tooMany(res, issued.wait)
  return issued.challenge
}

/** The article that a challenge is for: named in the query, or the page from which it is asked; null for neither. */
function articleAsked(req: Request): number | null {
  const named = typeof req.query.article === 'string' ? toLatinDigits(req.query.article) : ''
  if (/^\d{1,15}$/.test(named)) return Number(named)
  const page = /^https?:\/\/[^/]+\/news\/([^/?#]+)/.exec(req.get('referer') ?? '')
  if (!page) return null
  try {
    const code = toLatinDigits(decodeURIComponent(page[1]!))
    return /^\d{1,15}$/.test(code) ? Number(code) : null
  } catch {
    // What is no address at all names no article.
    return null
  }
}

function neverKept(res: Response): void {
  res.set('Cache-Control', 'no-store')
}

/** Challenges and their pictures. */
export function captchaRoutes(house: House): Router {
  const router = Router()
  router.get('/captcha', async (req, res) => {
    neverKept(res)
    const challenge = await challengeFor(house, req, res, articleAsked(req))
    const { visitor } = askerOf(house, req, res)
    const needed = await captchaNeeded(house.settings.CAPTCHA, visitor.reader, house.now())
    res.json({ ...challenge, needed, remembered: rememberedOf(house, req) })
  })

  // One address for all readers of a page: it draws a fresh picture and leaves its key in a cookie for this article.
  router.get('/captcha/under/:code', async (req, res) => {
    neverKept(res)
    const code = codeOf(req)
    const { key } = await challengeFor(house, req, res, code)
    res.cookie(CAPTCHA_COOKIE, key, cookieOptions(house.siteUrl, { path: `/news/${code}`, maxAge: 300_000 }))
    res.type('png').send(await pictureOf(key))
  })

  router.get('/captcha/:key', async (req, res) => {
    neverKept(res)
    const key = /^([\w-]{22})\.png$/.exec(req.params.key)?.[1]
    const png = key === undefined ? null : await pictureOf(key)
    if (!png) throw notFound('captcha-gone', 'این تصویر دیگر معتبر نیست. تصویر تازه بخواهید.')
    res.type('png').send(png)
  })
  return router
}
