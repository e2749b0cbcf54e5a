import type { Request, Response } from 'express'
import { toLatinDigits } from '../domain/persian-text/index.ts'
import { NewsroomError, notFound } from '../errors.ts'
import type { House } from '../house.ts'
import type { Asker } from './captcha.service.ts'
import { blockedSentence, commentWaitSentence, waitSentence } from './commenting.service.ts'
import { knownVisitor, type Visitor } from './reader.ts'

/** Whether the answer is for a program: it prefers JSON to a page. */
export function wantsJson(req: Request): boolean {
  return req.accepts(['html', 'json']) === 'json'
}

/** The news code in an address, in any digits; anything else is not found. */
export function codeOf(req: Request): number {
  const code = toLatinDigits(String(req.params.code ?? ''))
  if (!/^\d{1,15}$/.test(code)) throw notFound('article-unknown', 'خبری با این کد پیدا نشد.')
  return Number(code)
}

/** The visitor, with a reader's cookie, as limits and captchas need them. */
export function askerOf(house: House, req: Request, res: Response): Asker & { visitor: Visitor } {
  const visitor = knownVisitor(house, req, res)
  return { visitor, reader: visitor.reader, limitKeys: visitor.limitKeys, limited: house.settings.LIMITS === 'on' }
}

function waitFor(res: Response, seconds: number, code: string, sentence: string): NewsroomError {
  res.set('Retry-After', String(seconds))
  return new NewsroomError('too-many', code, sentence, { details: { retryAfter: seconds } })
}

/** The refusal for whoever asks too often, with the seconds to wait. */
export function tooMany(res: Response, seconds: number): NewsroomError {
  return waitFor(res, seconds, 'too-many', waitSentence(seconds))
}

/** The same for whoever wrote a comment. */
export function tooManyComments(res: Response, seconds: number): NewsroomError {
  return waitFor(res, seconds, 'too-many', commentWaitSentence(seconds))
}

/** The refusal for whoever a moderator blocked, with the seconds until the block ends. */
export function blocked(res: Response, seconds: number): NewsroomError {
  return waitFor(res, seconds, 'blocked', blockedSentence(seconds))
}
