import type { NextFunction, Request, Response } from 'express'
import { NewsroomError } from '../errors.ts'

const KNOWN = ['GET', 'HEAD', 'POST', 'OPTIONS']

/** Refuses methods that no address here answers. */
export function knownMethodsOnly(req: Request, res: Response, next: NextFunction): void {
  if (KNOWN.includes(req.method)) return next()
  res.set('Allow', KNOWN.join(', '))
  next(new NewsroomError('not-allowed', 'method', 'این کار از این نشانی شدنی نیست.'))
}
