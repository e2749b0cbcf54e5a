import type { Request, Response } from 'express'
import { Router } from 'express'
import type { DecisionOutcome } from '../../models/comments.ts'
import { countComments } from '../../models/comments.ts'
import { allSections } from '../../models/sections.ts'
import { suggestionFor } from '../commenting/learning.service.ts'
import { COMMENT_STATE_LABELS } from '../domain/comment.ts'
import { markedText } from '../domain/comment-marks.ts'
import { toPersianDigits } from '../domain/persian-text/index.ts'
import { REFUSAL_RULES } from '../domain/refusal-rules.ts'
import { isAllowed } from '../domain/staff.ts'
import { NewsroomError, notFound } from '../errors.ts'
import type { House } from '../house.ts'
import { typed } from '../http/form.ts'
import { renderPage } from '../http/views.ts'
import { allowedTo, signedIn } from '../signing-in/guards.ts'
import { blocksRoutes } from './blocks.routes.ts'
import { commentRulesRoutes } from './comment-rules.routes.ts'
import { fairnessRoutes } from './fairness.routes.ts'
import { liveChanges } from './live.ts'
import { backgroundOf, blockWriter, maskComment, setArticleComments } from './measures.service.ts'
import type { QueueAsked } from './moderating.form.ts'
import { batchForm, blockForm, decisionForm, maskForm, modeForm, queueForm } from './moderating.form.ts'
import type { ModeratorAct, QueueItem } from './moderating.service.ts'
import { claimComment, decideBatch, decideComment, openComment, openQueue, undoDecision } from './moderating.service.ts'

function wantsJson(req: Request): boolean {
  return req.is('application/json') === 'application/json' || req.accepts(['html', 'json']) === 'json'
}

function asJson({ comment, article, parent, claimedBy }: QueueItem) {
  return {
    id: comment.id,
    state: comment.state,
    revision: comment.revision,
    body: comment.body,
    name: comment.name,
    createdAt: comment.createdAt.toISOString(),
    article: { code: article.code, title: article.title },
    parent: parent ? { id: parent.id, name: parent.name, body: parent.body } : null,
    findings: comment.inspection.findings,
    rank: comment.inspection.rank,
    claimedBy: claimedBy?.name ?? null,
  }
}

function asView(item: QueueItem) {
  const { comment } = item
  return {
    ...item,
    marked: markedText(comment.body, comment.inspection.findings).map((stretch, at, all) => ({
      ...stretch,
      firstRule: stretch.rules[0]?.code ?? '',
      // A rule is named where its mark ends.
      ending: stretch.rules.filter(({ code }) => !all[at + 1]?.rules.some((next) => next.code === code)),
    })),
    firstLine: comment.body.replace(/\s+/g, ' ').slice(0, 140),
    stateLabel: COMMENT_STATE_LABELS[comment.state],
    isOpen: comment.state === 'waiting' || comment.state === 'held',
    rankPercent: Math.round(comment.inspection.rank * 100),
    rules: comment.inspection.findings.map(({ rule, why, score }) => ({
      code: rule,
      label: REFUSAL_RULES[rule].label,
      why,
      percent: Math.round(score * 100),
    })),
    historySteps: comment.history.map((step) => ({ ...step, label: COMMENT_STATE_LABELS[step.to] })),
  }
}

function linkTo(asked: QueueAsked, changes: Partial<QueueAsked>): string {
  const entries = Object.entries({ ...asked, open: '', cursor: '', ...changes }).filter(
    ([key, value]) => value !== '' && !(key === 'state' && value === 'waiting'),
  )
  const query = new URLSearchParams(entries as [string, string][]).toString()
  return query === '' ? '/desk/moderation' : `/desk/moderation?${query}`
}

const LANGUAGES: Record<string, string> = {
  fa: 'فارسی',
  'fa-Latn': 'فارسی با حروف لاتین',
  ar: 'عربی',
  en: 'انگلیسی',
  azb: 'ترکی آذربایجانی',
  ckb: 'کردی',
  glk: 'گیلکی',
  mzn: 'مازندرانی',
}

async function queuePage(house: House, req: Request, res: Response): Promise<void> {
  const asked = queueForm.parse(req.query)
  const now = house.now()
  const page = await openQueue(asked, now)
  const { member } = signedIn(res)
  const wanted =
    asked.open === ''
      ? page.items[0]
      : (page.items.find(({ comment }) => comment.id === asked.open) ?? (await openComment(asked.open, now)))
  const claimed =
    wanted && wanted.comment.state === 'waiting' ? await claimComment(wanted.comment.id, member, now) : null
  const open = wanted ? { ...asView(wanted), ...(await backgroundOf(wanted.comment)) } : null
  const suggestion = wanted ? await suggestionFor(wanted.comment.body, now) : undefined
  const openAt = page.items.findIndex(({ comment }) => comment.id === wanted?.comment.id)
  const following = page.items[openAt + 1] ?? page.items[openAt - 1]
  renderPage(res, 'moderating/queue', {
    layout: 'desk',
    title: 'صف بررسی نظرات',
    room: 'moderation',
    asked,
    counts: page.counts,
    items: page.items.map((item) => ({
      ...asView(item),
      href: linkTo(asked, { open: item.comment.id, cursor: asked.cursor }),
      current: item.comment.id === wanted?.comment.id,
    })),
    open,
    suggestion: suggestion && { ...suggestion, percent: Math.round(suggestion.chance * 100) },
    claimedByOther: claimed && !claimed.ok && claimed.reason === 'claimed' ? claimed.claim.by.name : '',
    backTo: linkTo(asked, { open: following?.comment.id ?? '' }),
    nextHref: page.next ? linkTo(asked, { cursor: page.next }) : '',
    states: Object.entries(COMMENT_STATE_LABELS).map(([value, label]) => ({
      label,
      href: linkTo(asked, { state: value as QueueAsked['state'] }),
      current: asked.state === value,
    })),
    rules: Object.entries(REFUSAL_RULES).map(([code, { label, text }], i) => ({
      code,
      label,
      text,
      key: i + 1,
      href: linkTo(asked, { rule: asked.rule === code ? '' : code }),
      current: asked.rule === code,
    })),
    sections: (await allSections()).map(({ slug, name }) => ({
      value: slug,
      label: name,
      chosen: slug === asked.section,
    })),
    languages: Object.entries(LANGUAGES).map(([value, label]) => ({ value, label, chosen: value === asked.language })),
    scores: ['30', '50', '80'].map((value) => ({
      value,
      label: `احتمال رد از ${toPersianDigits(value)}٪`,
      chosen: value === asked.score,
    })),
    narrowed: asked.section !== '' || asked.language !== '' || asked.score !== '' || asked.article !== '',
    specials: [
      { value: 'reports' as const, label: 'گزارش‌شده' },
      { value: 'appeals' as const, label: 'درخواست بازبینی' },
    ].map(({ value, label }) => ({
      label,
      href: linkTo(asked, { special: asked.special === value ? '' : value }),
      current: asked.special === value,
    })),
    scripts: ['js/moderation.js'],
    maySetRules: isAllowed(member.roles, 'set-comment-rules'),
    mayDecideHeld: isAllowed(member.roles, 'decide-held-comments'),
    notice: typeof req.query.notice === 'string' ? (NOTICES[req.query.notice] ?? '') : '',
    done: typeof req.query.done === 'string' && /^[0-9a-f]{24}$/.test(req.query.done) ? req.query.done : '',
  })
}

const NOTICES: Record<string, string> = {
  published: 'نظر منتشر شد.',
  refused: 'نظر رد شد.',
  held: 'نظر به سردبیر ارجاع شد.',
  waiting: 'تصمیم بازگردانده شد.',
  masked: 'پوشش ثبت شد.',
  blocked: 'ارسال نظر از این نویسنده برای مدتی بسته شد.',
  mode: 'شیوهٔ دریافت نظر این خبر تغییر کرد.',
  taken: 'همکار دیگری پیش از شما دربارهٔ این نظر تصمیم گرفته است.',
}

function backWith(req: Request, notice: string, done: string): string {
  const body: unknown = req.body
  const wished =
    typeof body === 'object' && body !== null && 'backTo' in body && typeof body.backTo === 'string' ? body.backTo : ''
  const back = new URL(wished.startsWith('/desk/moderation') ? wished : '/desk/moderation', 'http://desk')
  back.searchParams.set('notice', notice)
  if (done !== '') back.searchParams.set('done', done)
  return `${back.pathname}${back.search}`
}

function answer(req: Request, res: Response, outcome: DecisionOutcome): void {
  if (!outcome.ok && outcome.reason === 'unknown') throw notFound('comment-unknown', 'این نظر پیدا نشد.')
  const { comment } = outcome as Exclude<DecisionOutcome, { reason: 'unknown' }>
  const { id, state, revision, decidedBy, decidedAt } = comment
  if (wantsJson(req)) {
    if (outcome.ok) res.json({ id, state, revision })
    else
      res
        .status(409)
        .json({ state, revision, decidedBy: decidedBy?.name ?? null, decidedAt: decidedAt?.toISOString() ?? null })
    return
  }
  res.redirect(
    303,
    outcome.ok
      ? backWith(req, state, state === 'waiting' ? '' : id)
      : `${linkTo(queueForm.parse({}), { open: id, state })}&notice=taken`,
  )
}

const PERSIAN = /^[\u0600-\u06ff]/

/** The field and the sentence of a fault; where the schema has no sentence of ours, a plain one. */
function faultOf({ path, message }: { path: PropertyKey[]; message: string }): [field: string, sentence: string] {
  return [String(path[0] ?? 'form'), PERSIAN.test(message) ? message : 'این مقدار درست نیست.']
}

function parsed<T>(
  schema: {
    safeParse(
      value: unknown,
    ): { success: true; data: T } | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } }
  },
  body: unknown,
): T {
  const result = schema.safeParse(body ?? {})
  if (result.success) return result.data
  throw new NewsroomError('invalid', 'form', 'درخواست درست نیست؛ صفحه را دوباره باز کنید.', {
    details: { faults: Object.fromEntries(result.error.issues.map(faultOf)) },
  })
}

/** The moderators' room: the queue, claims, decisions, undo and batches. */
export function moderatingRoutes(house: House): Router {
  const router = Router()
  router.use(allowedTo('moderate-comments'))
  router.get('/', (req, res) => queuePage(house, req, res))
  router.get('/queue.json', async (req, res) => {
    const page = await openQueue(queueForm.parse(req.query), house.now())
    res.json({
      items: page.items.map(asJson),
      next: page.next,
      counts: page.counts,
      formToken: signedIn(res).formToken,
    })
  })
  router.get('/counts.json', async (_req, res) => {
    res.json(await countComments())
  })
  router.get('/live', liveChanges(house))
  router.use('/fairness', fairnessRoutes(house))
  router.use('/blocks', blocksRoutes(house))
  router.use('/rules', commentRulesRoutes(house))
  for (const act of ['approve', 'refuse', 'hold'] as const satisfies ModeratorAct[]) {
    router.post(`/:id/${act}`, async (req, res) => {
      const attempt = parsed(decisionForm, req.body)
      answer(req, res, await decideComment(String(req.params.id), act, attempt, signedIn(res).member, house.now()))
    })
  }
  router.post('/:id/undo', async (req, res) => {
    const { revision } = parsed(decisionForm, req.body)
    answer(req, res, await undoDecision(String(req.params.id), revision, signedIn(res).member, house.now()))
  })
  router.post('/:id/claim', async (req, res) => {
    const outcome = await claimComment(req.params.id, signedIn(res).member, house.now())
    if (outcome.ok) return res.json({ claimedBy: outcome.claim.by.name, until: outcome.claim.until.toISOString() })
    if (outcome.reason === 'unknown') throw notFound('comment-unknown', 'این نظر پیدا نشد.')
    res.status(409).json({ claimedBy: outcome.claim.by.name, until: outcome.claim.until.toISOString() })
  })
  router.post('/:id/mask', async (req, res) => {
    const { words, revision } = parsed(maskForm, req.body)
    const id = String(req.params.id)
    const masked = await maskComment(id, words, revision, signedIn(res).member, house.now())
    if (!masked)
      answer(req, res, { ok: false, reason: 'already-decided', comment: (await openComment(id, house.now())).comment })
    else if (wantsJson(req)) res.json({ id, state: masked.state, revision: masked.revision, masks: masked.masks })
    else res.redirect(303, `/desk/moderation?state=${masked.state}&open=${id}&notice=masked`)
  })
  router.post('/:id/block', async (req, res) => {
    const block = parsed(blockForm, req.body)
    const until = await blockWriter(String(req.params.id), block, signedIn(res).member, house.now())
    house.log.info({ by: signedIn(res).member.id, kind: block.kind, until }, 'writer blocked')
    if (wantsJson(req)) res.json({ until: until.toISOString() })
    else res.redirect(303, backWith(req, 'blocked', ''))
  })
  router.post('/articles/:code/comments', async (req, res) => {
    const { mode } = parsed(modeForm, req.body)
    await setArticleComments(Number(req.params.code), mode === '' ? null : mode)
    if (wantsJson(req)) res.json({ mode })
    else res.redirect(303, backWith(req, 'mode', ''))
  })
  router.post('/similar/:id', async (req, res) => {
    const { decision, rule } = typed(['decision', 'rule'], req.body)
    const now = house.now()
    const { comment } = await openComment(req.params.id, now)
    const { similar } = await backgroundOf(comment)
    const ids = [comment.id, ...similar.map(({ id }) => id)]
    const act = rule === '' && decision === 'approve' ? 'approve' : 'refuse'
    const results = await decideBatch(ids, act, act === 'refuse' ? rule : undefined, signedIn(res).member, now)
    if (wantsJson(req)) res.json({ results })
    else res.redirect(303, backWith(req, act === 'approve' ? 'published' : 'refused', ''))
  })
  router.post('/batch', async (req, res) => {
    const { ids, decision, rule } = parsed(batchForm, req.body)
    res.json({ results: await decideBatch(ids, decision, rule, signedIn(res).member, house.now()) })
  })
  return router
}
