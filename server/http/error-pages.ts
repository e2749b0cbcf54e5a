import type { NextFunction, Request, Response } from 'express'
import { isStoreAway, storeAway } from '../../models/connection.ts'
import { toPersianDigits } from '../domain/persian-text/digits.ts'
import { NewsroomError, notFound } from '../errors.ts'
import type { House } from '../house.ts'
import { frameOf } from './frame.ts'
import { renderPage } from './views.ts'

const TITLES: Record<number, string> = {
  400: 'این درخواست خوانده نشد',
  401: 'باید وارد شوید',
  403: 'اجازهٔ این کار را ندارید',
  404: 'این صفحه پیدا نشد',
  405: 'این کار از این نشانی شدنی نیست',
  409: 'پیش از شما تغییر کرده است',
  410: 'این خبر از خروجی برداشته شده است',
  413: 'آنچه فرستادید بیش از اندازه بزرگ است',
  422: 'آنچه فرستادید کامل نیست',
  429: 'درخواست‌ها بیش از اندازه شد',
  500: 'کار شما ناتمام ماند',
  503: 'برای لحظاتی در دسترس نیستیم',
}

const UNKNOWN = 'مشکلی از سوی ما پیش آمد و ثبت شد. چیزی که پیش‌تر فرستاده‌اید سر جایش است؛ کمی بعد دوباره تلاش کنید.'

/** Errors that express and its parsers throw carry a status of their own. */
function fromParser(error: unknown): NewsroomError | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null
  if (error.status === 413)
    return new NewsroomError('too-large', 'too-large', 'متن یا پرونده‌ای که فرستادید از اندازهٔ مجاز بزرگ‌تر است.', {
      cause: error,
    })
  if (error.status === 404) return notFound()
  if (error.status >= 400 && error.status < 500)
    return new NewsroomError('bad-request', 'unreadable', 'آنچه فرستاده شد خوانا نبود. صفحه را دوباره باز کنید.', {
      cause: error,
    })
  return null
}

function known(error: unknown): NewsroomError | null {
  if (error instanceof NewsroomError) return error
  return isStoreAway(error) ? storeAway(error) : fromParser(error)
}

function againIn(seconds: unknown): string {
  const wait = typeof seconds === 'number' ? seconds : 30
  return wait < 90
    ? `حدود ${toPersianDigits(Math.ceil(wait))} ثانیهٔ دیگر دوباره سر بزنید.`
    : `حدود ${toPersianDigits(Math.ceil(wait / 60))} دقیقهٔ دیگر دوباره سر بزنید.`
}

function sendError(req: Request, res: Response, status: number, sentence: string, error: NewsroomError | null): void {
  const details = error?.details ?? {}
  const passing = status === 429 || status === 503
  res.status(status).set('Cache-Control', 'no-store')
  if (passing && !res.get('Retry-After')) {
    res.set('Retry-After', String(typeof details.retryAfter === 'number' ? Math.ceil(details.retryAfter) : 30))
  }
  const wantsJson =
    req.path.startsWith('/api/') || req.path.endsWith('.json') || req.accepts(['html', 'json']) === 'json'
  if (wantsJson) {
    res.json({ error: error?.code ?? 'internal', message: sentence, ...details })
    return
  }
  renderPage(res, 'errors/error', {
    layout: req.path.startsWith('/desk') && res.locals.signedIn ? 'desk' : 'site',
    title: TITLES[status] ?? TITLES[500]!,
    robots: 'noindex',
    status,
    sentence,
    moment: details.at instanceof Date ? details.at : null,
    again: passing ? againIn(Number(res.get('Retry-After'))) : '',
    search: status === 404 || status === 410,
    retry: status >= 500 || status === 429 || status === 409,
  })
}

/** The page for every address that nobody answered. */
export function notFoundPage() {
  return (_req: Request, _res: Response, next: NextFunction): void =>
    next(notFound('no-such-page', 'شاید نشانی جابه‌جا شده یا نادرست نوشته شده باشد. می‌توانید خبر را جست‌وجو کنید.'))
}

/** Turns every error into a page for people or JSON for programs; what is not of our making is written to the log and hidden from both. */
export function errorPages(house: House) {
  return (error: unknown, req: Request, res: Response, next: NextFunction): void => {
    const refusal = known(error)
    if (!refusal || refusal.kind === 'unavailable')
      house.log.error({ err: refusal?.cause ?? error, id: res.locals.requestId, path: req.path }, 'request failed')
    if (res.headersSent) return next(error)
    try {
      res.locals.frame ??= frameOf(house, req, res, [])
      sendError(req, res, refusal?.status ?? 500, refusal?.sentence ?? UNKNOWN, refusal)
    } catch (fault) {
      house.log.error({ err: fault, id: res.locals.requestId }, 'the error page failed')
      res.status(500).type('text/plain; charset=utf-8').send(UNKNOWN)
    }
  }
}
