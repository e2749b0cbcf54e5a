import type { NextFunction, Request, Response } from 'express'
import { NewsroomError } from '../errors.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Refuses changes that another site's page asks for, by Sec-Fetch-Site or else by Origin; programs send neither and pass. */
export function sameOriginOnly(siteUrl: () => string) {
  return (req: Request, _res: Response, next: NextFunction): void => {
    if (SAFE.has(req.method)) return next()
    const site = req.get('sec-fetch-site')
    const origin = req.get('origin')
    const foreign =
      site !== undefined
        ? site !== 'same-origin' && site !== 'none'
        : origin !== undefined &&
          origin !== new URL(siteUrl()).origin &&
          origin !== `${req.protocol}://${req.get('host')}`
    if (!foreign) return next()
    next(new NewsroomError('forbidden', 'foreign-origin', 'این درخواست از صفحهٔ دیگری فرستاده شده و پذیرفته نشد.'))
  }
}
