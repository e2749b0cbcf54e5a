import { type Request, type Response, Router } from 'express'
import { roomUnder, spend } from '../../models/limits.ts'
import { COMMENT_STATE_LABELS } from '../domain/comment.ts'
import { isRuleCode, REFUSAL_RULES } from '../domain/refusal-rules.ts'
import { NewsroomError, notFound } from '../errors.ts'
import type { House } from '../house.ts'
import { readForm, typed } from '../http/form.ts'
import { renderPage } from '../http/views.ts'
import { tooMany, wantsJson } from './asking.ts'
import { appealForm } from './comment.form.ts'
import { appealRefusal, type FollowUp, followUp } from './follow-up.service.ts'
import { visitorOf } from './reader.ts'

const UNKNOWN = 'نظری با این کد پیگیری پیدا نشد. کد را دوباره نگاه کنید.'

/** Answers about one writer's comment concern nobody else: not kept, not indexed, not told to other sites. */
function confidential(res: Response): void {
  res.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex' })
}

async function found(house: House, req: Request, res: Response): Promise<FollowUp> {
  confidential(res)
  const { limitKeys } = visitorOf(house, req)
  const limited = house.settings.LIMITS === 'on'
  const wait = limited ? await roomUnder('follow-up', limitKeys) : null
  if (wait !== null) throw tooMany(res, wait)
  const result = await followUp(house.secret, String(req.params.code))
  if (result) return result
  if (limited) await spend('follow-up', limitKeys)
  throw notFound('follow-up-unknown', UNKNOWN)
}

function ruleLabel(code: string): string {
  return isRuleCode(code) ? REFUSAL_RULES[code].label : 'قواعد انتشار'
}

function showPage(req: Request, res: Response, { comment, article, state, mayAppeal }: FollowUp, more = {}): void {
  const code = String(req.params.code)
  const refused = state === 'refused'
  renderPage(res, 'commenting/follow-up', {
    title: 'پیگیری نظر',
    robots: 'noindex',
    scripts: ['js/comments.js'],
    fresh: req.query.new === '1' && comment.history.every((step) => step.act === 'rules'),
    followUpCode: code,
    action: `/comments/follow-up/${encodeURIComponent(code)}`,
    id: comment.id,
    state,
    label: COMMENT_STATE_LABELS[state],
    waiting: state === 'waiting',
    published: state === 'published',
    refused,
    appealed: comment.appeal !== null,
    ruleLabel: refused ? ruleLabel(comment.rule?.code ?? '') : '',
    reason: refused ? (comment.rule?.text ?? 'این نظر با قواعد انتشار سازگار نبود.') : '',
    article: article?.state === 'published' ? article : null,
    body: comment.body,
    createdAt: comment.createdAt,
    mayAppeal,
    appealText: '',
    ...more,
  })
}

async function show(house: House, req: Request, res: Response): Promise<void> {
  const result = await found(house, req, res)
  if (!wantsJson(req)) return showPage(req, res, result)
  const { comment, state } = result
  const refusal = state === 'refused' ? { rule: comment.rule?.code ?? 'other', reason: comment.rule?.text ?? '' } : {}
  res.json({ state, article: comment.articleCode, ...refusal })
}

async function sendAppeal(house: House, req: Request, res: Response): Promise<void> {
  const result = await found(house, req, res)
  const form = readForm(appealForm, req.body)
  if (!form.ok) {
    res.status(422)
    if (wantsJson(req)) res.json({ faults: form.faults })
    else showPage(req, res, result, { faults: form.faults, appealText: typed(['text'], req.body).text })
    return
  }
  const code = String(req.params.code)
  if (!(await appealRefusal(house.secret, code, form.value.text, house.now()))) {
    throw new NewsroomError('conflict', 'no-appeal', 'بازبینی این نظر یک بار درخواست شده یا نظر در صف بررسی است.')
  }
  if (wantsJson(req)) res.json({ state: 'waiting' })
  else res.redirect(303, `/comments/follow-up/${encodeURIComponent(code)}`)
}

/** What became of a comment, for whoever holds its follow-up code. */
export function followUpRoutes(house: House): Router {
  const router = Router()
  router.get('/comments/follow-up', (req, res) => {
    confidential(res)
    const code = typeof req.query.code === 'string' ? req.query.code.trim() : ''
    if (code !== '') return res.redirect(303, `/comments/follow-up/${encodeURIComponent(code)}`)
    renderPage(res, 'commenting/follow-up-search', { title: 'پیگیری نظر', robots: 'noindex', typedCode: '' })
  })
  router.get('/comments/follow-up/:code', (req, res) => show(house, req, res))
  router.post('/comments/follow-up/:code/appeal', (req, res) => sendAppeal(house, req, res))
  return router
}
