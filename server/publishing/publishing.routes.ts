import type { Request, Response } from 'express'
import { Router } from 'express'
import { findPicture, latestPictures } from '../../models/media.ts'
import { allSections } from '../../models/sections.ts'
import type { Article, ArticleState } from '../domain/article.ts'
import { ARTICLE_KINDS, ARTICLE_STATE_LABELS, COMMENT_MODE_LABELS } from '../domain/article.ts'
import { bodyToInput } from '../domain/article-text.ts'
import { toLatinDigits } from '../domain/persian-text/index.ts'
import { pictureShown } from '../domain/picture.ts'
import { isAllowed } from '../domain/staff.ts'
import { NewsroomError } from '../errors.ts'
import type { House } from '../house.ts'
import type { Faults } from '../http/form.ts'
import { readForm, typed } from '../http/form.ts'
import { renderPage } from '../http/views.ts'
import { allowedTo, signedIn } from '../signing-in/guards.ts'
import { ARTICLE_FORM_FIELDS, articleForm, namesToInput } from './article.form.ts'
import {
  articleHistory,
  listArticles,
  namesIn,
  openArticle,
  publishArticle,
  saveArticle,
  startArticle,
  withdrawArticle,
} from './publishing.service.ts'

type Typed = Record<(typeof ARTICLE_FORM_FIELDS)[number], string>

const PICTURES = 24

const CHANGED =
  'این مطلب پس از باز کردن شما تغییر کرده است. نوشتهٔ شما در همین صفحه مانده است؛ نسخهٔ تازه را ببینید و دوباره ذخیره کنید.'

function asTyped(article: Article): Typed {
  return {
    kind: article.kind,
    kicker: article.kicker,
    title: article.title,
    subtitle: article.subtitle,
    lead: article.lead,
    body: bodyToInput(article.body),
    dateline: article.dateline,
    byline: article.byline,
    source: article.source,
    section: article.section,
    tags: article.tags.join('، '),
    names: namesToInput(article.names),
    picture: article.picture?.id ?? '',
    pictureText: article.pictureText,
    commentMode: article.commentMode ?? '',
    correctionNote: '',
    revision: String(article.revision),
  }
}

function options(labels: Record<string, string>, chosen: string): { value: string; label: string; chosen: boolean }[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label, chosen: value === chosen }))
}

/** The latest pictures of the archive, and the chosen one wherever it stands. */
async function picturesToChoose(chosen: string) {
  const latest = await latestPictures(PICTURES)
  const other = chosen === '' || latest.some(({ id }) => id === chosen) ? null : await findPicture(chosen)
  return [...(other ? [other] : []), ...latest].map((picture) => ({
    ...pictureShown(picture),
    caption: picture.caption,
    chosen: picture.id === chosen,
  }))
}

async function editor(
  res: Response,
  page: { article: Article | null; fields: Typed; faults?: Faults; notice?: string; status?: number },
): Promise<void> {
  const { article, fields } = page
  const [sections, pictures] = await Promise.all([allSections(), picturesToChoose(fields.picture)])
  const { member } = signedIn(res)
  res.status(page.status ?? 200)
  renderPage(res, 'publishing/edit', {
    layout: 'desk',
    title: article ? article.title || 'ویرایش مطلب' : 'مطلب تازه',
    room: 'articles',
    article,
    action: article ? `/desk/articles/${article.id}` : '/desk/articles',
    fields,
    faults: page.faults ?? {},
    hasFaults: Object.keys(page.faults ?? {}).length > 0,
    notice: page.notice ?? '',
    isPublished: article?.state === 'published',
    isWithdrawn: article?.state === 'withdrawn',
    stateLabel: article ? ARTICLE_STATE_LABELS[article.state] : ARTICLE_STATE_LABELS.draft,
    mayWithdraw: isAllowed(member.roles, 'withdraw-articles'),
    kinds: options(ARTICLE_KINDS, fields.kind || 'news'),
    sections: sections.map(({ slug, name }) => ({ value: slug, label: name, chosen: slug === fields.section })),
    pictures,
    commentModes: options(COMMENT_MODE_LABELS, fields.commentMode),
  })
}

function revisionOf(req: Request): number {
  const { revision } = typed(['revision'], req.body)
  const latin = toLatinDigits(revision)
  if (!/^\d{1,9}$/.test(latin))
    throw new NewsroomError('bad-request', 'revision', 'شمارهٔ نسخه درست نیست؛ صفحه را دوباره باز کنید.')
  return Number(latin)
}

async function list(req: Request, res: Response): Promise<void> {
  const { member } = signedIn(res)
  const asked = typeof req.query.state === 'string' ? req.query.state : ''
  const state = Object.hasOwn(ARTICLE_STATE_LABELS, asked) ? (asked as ArticleState) : undefined
  const before = typeof req.query.before === 'string' ? new Date(req.query.before) : undefined
  const mine = req.query.mine === '1'
  const articles = await listArticles(member, {
    ...(state === undefined ? {} : { state }),
    mine,
    ...(before && !Number.isNaN(before.getTime()) ? { before } : {}),
  })
  const sections = new Map((await allSections()).map(({ slug, name }) => [slug, name]))
  const next = new URLSearchParams({ ...(state ? { state } : {}), ...(mine ? { mine: '1' } : {}) })
  const last = articles.at(-1)
  if (last) next.set('before', last.updatedAt.toISOString())
  renderPage(res, 'publishing/list', {
    layout: 'desk',
    title: 'مطالب',
    room: 'articles',
    articles: articles.map((article) => ({
      ...article,
      sectionName: sections.get(article.section) ?? article.section,
      stateLabel: ARTICLE_STATE_LABELS[article.state],
    })),
    chips: [
      { label: 'همه', href: '/desk/articles', current: state === undefined && !mine },
      ...Object.entries(ARTICLE_STATE_LABELS).map(([value, label]) => ({
        label,
        href: `/desk/articles?state=${value}`,
        current: state === value,
      })),
      { label: 'مطالب من', href: '/desk/articles?mine=1', current: mine },
    ],
    nextHref: articles.length === 50 ? `/desk/articles?${next}` : '',
  })
}

async function save(house: House, req: Request, res: Response, id: string | null): Promise<void> {
  const { member } = signedIn(res)
  const form = readForm(articleForm, req.body)
  const fields = typed(ARTICLE_FORM_FIELDS, req.body)
  const present = id === null ? null : await openArticle(id, member)
  if (!form.ok) return editor(res, { article: present, fields, faults: form.faults, status: 422 })
  const outcome =
    id === null
      ? await startArticle(form.value, member, house.now())
      : await saveArticle(id, form.value, member, house.now())
  if (!outcome.ok) {
    if (outcome.reason === 'faults')
      return editor(res, { article: present, fields, faults: outcome.faults, status: 422 })
    return editor(res, {
      article: outcome.article,
      fields: { ...fields, revision: String(outcome.article.revision) },
      notice: CHANGED,
      status: 409,
    })
  }
  const { step } = typed(['step'], req.body)
  if (step !== 'publish') return res.redirect(303, `/desk/articles/${outcome.article.id}?saved=1`)
  await publishAndShow(house, res, outcome.article.id, outcome.article.revision)
}

async function publishAndShow(house: House, res: Response, id: string, revision: number): Promise<void> {
  const { member } = signedIn(res)
  const outcome = await publishArticle(id, revision, member, house.now())
  if (outcome.ok) return res.redirect(303, `/desk/articles/${id}?published=1`)
  const article = await openArticle(id, member)
  if (outcome.reason === 'faults') {
    return editor(res, { article, fields: asTyped(article), faults: outcome.faults, status: 422 })
  }
  if (article.state === 'published') return res.redirect(303, `/desk/articles/${id}?published=1`)
  return editor(res, { article, fields: asTyped(article), notice: CHANGED, status: 409 })
}

/** The reporters' room: write, save, publish, correct, withdraw. */
export function publishingRoutes(house: House): Router {
  const router = Router()
  router.use(allowedTo('write-articles'))
  router.get('/', list)
  router.get('/new', async (_req, res) => {
    const fields = typed(ARTICLE_FORM_FIELDS, { kind: 'news', byline: signedIn(res).member.name })
    await editor(res, { article: null, fields })
  })
  router.post('/', (req, res) => save(house, req, res, null))
  router.get('/:id', async (req, res) => {
    const article = await openArticle(req.params.id, signedIn(res).member)
    const notice = req.query.published === '1' ? 'منتشر شد.' : req.query.saved === '1' ? 'ذخیره شد.' : ''
    await editor(res, { article, fields: asTyped(article), notice })
  })
  router.post('/:id', (req, res) => save(house, req, res, req.params.id))
  router.post('/:id/publish', allowedTo('publish-articles'), (req, res) =>
    publishAndShow(house, res, String(req.params.id), revisionOf(req)),
  )
  router.post('/:id/withdraw', allowedTo('withdraw-articles'), async (req, res) => {
    const { member } = signedIn(res)
    const id = String(req.params.id)
    const withdrawn = await withdrawArticle(id, revisionOf(req), member, house.now())
    if (withdrawn) return res.redirect(303, `/desk/articles/${id}`)
    const article = await openArticle(id, member)
    await editor(res, { article, fields: asTyped(article), notice: CHANGED, status: 409 })
  })
  router.get('/:id/names.json', async (req, res) => {
    const article = await openArticle(req.params.id, signedIn(res).member)
    res.json({ names: namesToInput(namesIn(article)) })
  })
  router.get('/:id/history', async (req, res) => {
    const { member } = signedIn(res)
    const article = await openArticle(req.params.id, member)
    const revisions = await articleHistory(req.params.id, member)
    renderPage(res, 'publishing/history', {
      layout: 'desk',
      title: `نسخه‌های «${article.title}»`,
      room: 'articles',
      article,
      revisions: revisions.map(({ revision, at, by, article: version }) => ({
        revision,
        at,
        by: by?.name ?? 'سامانه',
        title: version.title,
        stateLabel: ARTICLE_STATE_LABELS[version.state],
      })),
    })
  })
  return router
}
