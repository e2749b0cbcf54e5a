import { type Request, type Response, Router } from 'express'
import { findComment } from '../../models/comments.ts'
import { isStoreAway, storeAway } from '../../models/connection.ts'
import { setPick } from '../../models/threads.ts'
import type { Actor, PublicArticle } from '../domain/article.ts'
import { publicState } from '../domain/comment.ts'
import { maskedText } from '../domain/comment-marks.ts'
import { isAllowed } from '../domain/staff.ts'
import { NewsroomError, notFound } from '../errors.ts'
import type { House } from '../house.ts'
import { cookieOf } from '../http/cookies.ts'
import { readForm, typed } from '../http/form.ts'
import { renderPage } from '../http/views.ts'
import { allowedTo, formTokenDemanded, signedInOrNull, staffOnly } from '../signing-in/guards.ts'
import { askerOf, blocked, codeOf, tooMany, tooManyComments, wantsJson } from './asking.ts'
import { CAPTCHA_COOKIE, captchaRoutes, challengeFor } from './captcha.routes.ts'
import { captchaNeeded } from './captcha.service.ts'
import { commentForm, REPORT_REASONS, reportForm, TYPED_FIELDS, voteForm } from './comment.form.ts'
import { commentSection, type FormState } from './comment-section.ts'
import { articleOf, articleToComment, type Submission, type Submitted, submitComment } from './commenting.service.ts'
import { followUpRoutes } from './follow-up.routes.ts'
import { remember, rememberedOf, visitorOf } from './reader.ts'
import { placeOf } from './thread.service.ts'
import { castVote, reportComment } from './votes.service.ts'

/** The member of staff who asks, if their roles let them answer in the newsroom's name. */
function staffOf(res: Response): Actor | null {
  const signed = signedInOrNull(res)
  if (!signed) return null
  const { id, name, roles } = signed.member
  return isAllowed(roles, 'write-articles') || isAllowed(roles, 'moderate-comments') ? { id, name } : null
}

/** Whether whoever asks may choose the editors' picks. */
function mayPick(res: Response): boolean {
  const signed = signedInOrNull(res)
  return signed !== null && isAllowed(signed.member.roles, 'moderate-comments')
}

/** The comments of an article on a page of their own, with the form as far as it was filled. */
async function commentsPage(
  house: House,
  req: Request,
  res: Response,
  article: PublicArticle,
  form: FormState,
): Promise<void> {
  const { reader } = visitorOf(house, req)
  const section = await commentSection(house, article, req.query, {
    reader,
    mayPick: mayPick(res),
    form: { staffName: staffOf(res)?.name ?? '', ...form },
  })
  res.set('Cache-Control', 'no-store')
  renderPage(res, 'commenting/comments', {
    title: `نظرات: ${article.title}`,
    canonical: section.thread.base,
    previousPage: section.thread.previous,
    nextPage: section.thread.next,
    robots: form.faults || form.notice ? 'noindex' : '',
    scripts: ['js/comments.js'],
    article,
    ...section,
  })
}

async function needed(house: House, req: Request, res: Response): Promise<boolean> {
  if (staffOf(res)) return false
  return await captchaNeeded(house.settings.CAPTCHA, visitorOf(house, req).reader, house.now())
}

/** A fresh challenge for the form, null where none is needed; a visitor who asked for too many gets the picture's own address. */
async function challengeOnPage(
  house: House,
  req: Request,
  res: Response,
  code: number,
): Promise<FormState['challenge']> {
  if (!(await needed(house, req, res))) return null
  try {
    return await challengeFor(house, req, res, code)
  } catch (error) {
    if (error instanceof NewsroomError && error.kind === 'too-many') return undefined
    throw error
  }
}

async function readComments(house: House, req: Request, res: Response): Promise<void> {
  const article = await articleOf(codeOf(req))
  const challenge = await challengeOnPage(house, req, res, article.code)
  const kept = rememberedOf(house, req)
  const name = {
    values: kept,
    remember: kept.name !== '' || kept.email !== '',
    first: req.query.reply !== undefined,
  }
  await commentsPage(house, req, res, article, challenge === undefined ? name : { ...name, challenge })
}

/** The comments under an article's own page: `{ thread, form }` for its parts. The picture is drawn only when it comes into view. */
export function commentsUnder(house: House) {
  return async (req: Request, res: Response, article: PublicArticle) => {
    const { reader } = visitorOf(house, req)
    const kept = rememberedOf(house, req)
    const spared = reader !== '' && !(await needed(house, req, res))
    return await commentSection(house, article, req.query, {
      reader,
      mayPick: mayPick(res),
      form: {
        values: kept,
        remember: kept.name !== '' || kept.email !== '',
        staffName: staffOf(res)?.name ?? '',
        ...(spared || staffOf(res) ? { challenge: null } : {}),
      },
    })
  }
}

/** What was typed, in full, whatever was wrong with it. */
function typedState(req: Request): FormState & { values: Record<(typeof TYPED_FIELDS)[number], string> } {
  return { values: typed(TYPED_FIELDS, req.body), remember: typed(['remember'], req.body).remember !== '' }
}

async function formAgain(
  house: House,
  req: Request,
  res: Response,
  code: number,
  status: number,
  state: Pick<FormState, 'faults' | 'notice'>,
): Promise<void> {
  const challenge = await challengeOnPage(house, req, res, code)
  res.status(status).set('Cache-Control', 'no-store')
  if (wantsJson(req)) {
    const { findings = [], marked = [] } = state.notice ?? {}
    res.json({ faults: state.faults ?? {}, findings, marked, ...(challenge ? { captcha: challenge } : {}) })
    return
  }
  const article = await articleOf(code)
  const faults = { form: status === 422 ? MEND : '', ...state.faults }
  const form = { ...typedState(req), ...state, faults, first: true }
  await commentsPage(house, req, res, article, challenge === undefined ? form : { ...form, challenge })
}

const MEND = 'نظر شما هنوز فرستاده نشده است. آنچه را مشخص شده اصلاح کنید و دوباره بفرستید.'
const REWRITE_NAME = 'این نام با قواعد انتشار سازگار به نظر نمی‌رسد. نام دیگری بنویسید یا همین را دوباره بفرستید.'
const REWRITE =
  'این نوشته با قواعد انتشار سازگار به نظر نمی‌رسد. می‌توانید آن را بازنویسی کنید یا همین را دوباره بفرستید.'

async function sendComment(house: House, req: Request, res: Response): Promise<void> {
  const code = codeOf(req)
  if (typed(['again'], req.body).again !== '') return await formAgain(house, req, res, code, 200, {})
  const open = await articleToComment(code, house.now())
  const form = readForm(commentForm, req.body)
  if (!form.ok) return await formAgain(house, req, res, code, 422, { faults: form.faults })

  const { visitor, ...asker } = askerOf(house, req, res)
  const staff = form.value.asStaff === '' ? null : staffOf(res)
  const captchaKey = form.value.captchaKey || (cookieOf(req, CAPTCHA_COOKIE) ?? '')
  const submission: Submission = {
    ...open,
    attempt: { ...form.value, captchaKey },
    asker,
    fingerprint: visitor.fingerprint,
    subnet: visitor.subnet,
    captchaDemanded: await needed(house, req, res),
    staff,
  }
  const outcome = await submitComment(submission, { secret: house.secret, now: house.now() })
  if (outcome.ok) return commentTaken(house, req, res, form.value, outcome)
  await commentNotTaken(house, req, res, code, outcome)
}

function commentTaken(
  house: House,
  req: Request,
  res: Response,
  who: { name: string; email: string; remember: string },
  { followUp, comment }: Submitted & { ok: true },
): void {
  if (who.remember !== '') remember(house, res, who)
  else if (rememberedOf(house, req).name !== '' || rememberedOf(house, req).email !== '') remember(house, res, null)
  res.set('Cache-Control', 'no-store')
  if (wantsJson(req)) {
    res.status(201).json({ followUp, state: publicState(comment.state) })
    return
  }
  res.redirect(303, `/comments/follow-up/${followUp}?new=1`)
}

async function commentNotTaken(
  house: House,
  req: Request,
  res: Response,
  code: number,
  outcome: Submitted & { ok: false },
): Promise<void> {
  if (outcome.reason === 'too-many' || outcome.reason === 'blocked') {
    const refusal = (outcome.reason === 'blocked' ? blocked : tooManyComments)(res, outcome.wait)
    if (wantsJson(req)) throw refusal
    return await formAgain(house, req, res, code, 429, { faults: { form: refusal.sentence } })
  }
  if (outcome.reason === 'faults') return await formAgain(house, req, res, code, 422, { faults: outcome.faults })
  const { findings, marked } = outcome
  const faults: Record<string, string> = findings.every(({ spans }) => spans.length === 0)
    ? { name: REWRITE_NAME }
    : { body: REWRITE }
  await formAgain(house, req, res, code, 422, { faults, notice: { findings, marked } })
}

/** While the store is away or comments are closed, nothing typed is lost: the page that says so carries it. */
function keepTyped(house: House, act: (house: House, req: Request, res: Response) => Promise<void>) {
  return async (req: Request, res: Response): Promise<void> => {
    try {
      await act(house, req, res)
    } catch (error) {
      const refusal = isStoreAway(error) ? storeAway(error) : error
      const kept = refusal instanceof NewsroomError && (refusal.kind === 'unavailable' || refusal.kind === 'conflict')
      if (!kept || wantsJson(req) || res.headersSent) throw error
      const { values } = typedState(req)
      if (refusal.kind === 'unavailable') res.set('Retry-After', '30')
      res.status(refusal.status).set('Cache-Control', 'no-store')
      renderPage(res, 'commenting/kept', {
        title: 'نظر ثبت نشد',
        robots: 'noindex',
        sentence: refusal.sentence,
        action: `/news/${codeOf(req)}/comments`,
        values,
      })
    }
  }
}

async function voteOnComment(house: House, req: Request, res: Response): Promise<void> {
  const value = (req.body as Record<string, unknown> | undefined)?.value
  const form = readForm(voteForm, { value: typeof value === 'number' ? String(value) : value })
  if (!form.ok)
    throw new NewsroomError('invalid', 'vote', form.faults.value ?? '', { details: { faults: form.faults } })
  const id = String(req.params.id)
  const taken = await castVote(askerOf(house, req, res), id, form.value.value, house.now())
  if (!taken.ok) throw tooMany(res, taken.wait)
  res.set('Cache-Control', 'no-store')
  if (wantsJson(req)) res.json({ ...taken.value, mine: form.value.value })
  else res.redirect(303, `/comments/${id}`)
}

async function reportPage(req: Request, res: Response, more: Record<string, unknown> = {}): Promise<void> {
  const comment = await findComment(String(req.params.id))
  if (comment?.state !== 'published') throw notFound('comment-unknown', 'این نظر پیدا نشد یا دیگر منتشر نیست.')
  res.set('Cache-Control', 'no-store')
  renderPage(res, 'commenting/report', {
    title: 'گزارش نظر',
    robots: 'noindex',
    id: comment.id,
    body: maskedText(comment.body, comment.masks),
    reasons: Object.entries(REPORT_REASONS).map(([value, label]) => ({ value, label })),
    note: '',
    done: false,
    ...more,
  })
}

async function sendReport(house: House, req: Request, res: Response): Promise<void> {
  const form = readForm(reportForm, req.body)
  if (!form.ok) {
    res.status(422)
    if (wantsJson(req)) res.json({ faults: form.faults })
    else await reportPage(req, res, { faults: form.faults, note: typed(['note'], req.body).note })
    return
  }
  const taken = await reportComment(askerOf(house, req, res), String(req.params.id), form.value, house.now())
  if (!taken.ok) throw tooMany(res, taken.wait)
  if (wantsJson(req)) res.status(201).json({ reported: true })
  else await reportPage(req, res, { done: true })
}

async function pickComment(req: Request, res: Response): Promise<void> {
  const id = String(req.params.id)
  const pick = typed(['pick'], req.body).pick === '1'
  if (!(await setPick(id, pick))) throw notFound('comment-unknown', 'این نظر پیدا نشد یا دیگر منتشر نیست.')
  if (wantsJson(req)) res.json({ pick })
  else res.redirect(303, `/comments/${id}`)
}

async function permalink(req: Request, res: Response): Promise<void> {
  const id = String(req.params.id)
  const place = await placeOf(id)
  if (!place) throw notFound('comment-unknown', 'این نظر پیدا نشد یا دیگر منتشر نیست.')
  const query = place.thread ? `?thread=${place.thread}` : place.page > 1 ? `?page=${place.page}` : ''
  res.set('Cache-Control', 'no-store').redirect(302, `/news/${place.articleCode}/comments${query}#comment-${id}`)
}

/** What readers do about comments: read, write, follow up, vote, report. */
export function commentingRoutes(house: House): Router {
  const router = Router()
  router.use(captchaRoutes(house))
  router.get('/news/:code/comments', (req, res) => readComments(house, req, res))
  router.post('/news/:code/comments', keepTyped(house, sendComment))
  router.use(followUpRoutes(house))
  router.get('/comments/:id', permalink)
  router.post('/comments/:id/vote', (req, res) => voteOnComment(house, req, res))
  router.get('/comments/:id/report', (req, res) => reportPage(req, res))
  router.post('/comments/:id/pick', staffOnly, allowedTo('moderate-comments'), formTokenDemanded, pickComment)
  router.post('/comments/:id/report', (req, res) => sendReport(house, req, res))
  return router
}
