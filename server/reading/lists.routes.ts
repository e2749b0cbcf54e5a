import { type Request, type Response, Router } from 'express'
import { tagsInUse } from '../../models/article-lists.ts'
import { allSections } from '../../models/sections.ts'
import { jalaliOf } from '../domain/calendar/index.ts'
import { notFound } from '../errors.ts'
import type { House } from '../house.ts'
import type { Answer, SendShared } from '../http/shared-pages.ts'
import { shortMemory } from '../http/short-memory.ts'
import { pageHtml } from '../http/views.ts'
import { type ArchiveAsked, archiveAsked, archivePath, boundsOf, calendarSheet, nameOf } from './archive.ts'
import { feedsOf } from './feed-links.ts'
import { pageAsked, pagingOf } from './paging.ts'
import {
  frontPage,
  mostDiscussedCodes,
  mostReadCodes,
  PAGE_SIZE,
  popularPage,
  type Ranking,
  storyPage,
} from './stories.service.ts'

/** How many are enough for a list of the week, and how many are ranked at all. */
const RANKED = 20
const MOST_RANKED = 100
const RANKING_KEPT_MS = 10_000
const TOPICS = 8
const TOPICS_MS = 30 * 86_400_000

async function rankingOf(now: Date): Promise<Ranking> {
  const [read, discussed, topics] = await Promise.all([
    mostReadCodes(now, RANKED, MOST_RANKED),
    mostDiscussedCodes(now, RANKED, MOST_RANKED),
    tagsInUse(new Date(now.getTime() - TOPICS_MS), TOPICS),
  ])
  return { read, discussed, topics }
}

/** What tells one list from another. */
interface List {
  heading: string
  label: string
  path: string
  query: { section?: string; tag?: string }
  inSection: string
  empty: string
}

async function sectionList(slug: string): Promise<List> {
  const section = (await allSections()).find((one) => one.slug === slug)
  if (!section) throw notFound('section-unknown', 'چنین سرویسی نداریم. از نوار بالا یکی از سرویس‌ها را برگزینید.')
  return {
    heading: section.name,
    label: 'سرویس',
    path: `/service/${encodeURIComponent(slug)}`,
    query: { section: slug },
    inSection: slug,
    empty: 'در این سرویس هنوز خبری منتشر نشده است.',
  }
}

function everything(siteName: string): List {
  return { heading: 'همهٔ خبرها', label: siteName, path: '/', query: {}, inSection: '', empty: '' }
}

function tagList(named: string): List {
  const tag = named.replace(/_/g, ' ').trim()
  if (!/[\p{L}\p{N}]/u.test(tag) || tag.length > 100) throw notFound()
  return {
    heading: tag,
    label: 'برچسب',
    path: `/tag/${encodeURIComponent(tag.replace(/ /g, '_'))}`,
    query: { tag },
    inSection: '',
    empty: 'هنوز خبری با این برچسب منتشر نشده است.',
  }
}

async function listPage(siteName: string, res: Response, list: List, page: number): Promise<Answer> {
  const found = await storyPage(list.query, page)
  const paging = pagingOf(list.path, page, found.pages)
  const html = pageHtml(res, 'reading/list', {
    title: list.heading,
    description: `تازه‌ترین خبرهای ${list.heading} در ${siteName}`,
    canonical: page > 1 ? `${list.path}?page=${page}` : list.path,
    previousPage: paging.previous,
    nextPage: paging.next,
    robots: found.total === 0 ? 'noindex' : '',
    feeds: list.path === '/' ? feedsOf(siteName) : feedsOf(list.heading, list.path),
    ...list,
    ...found,
    paging,
  })
  return { text: html }
}

async function archivePage(house: House, res: Response, asked: ArchiveAsked, page: number): Promise<Answer> {
  const path = archivePath(asked)
  const found = await storyPage(boundsOf(asked), page)
  const paging = pagingOf(path, page, found.pages)
  const heading = nameOf(asked)
  const html = pageHtml(res, 'reading/archive', {
    title: `خبرهای ${heading}`,
    description: `خبرهای ${heading} در ${house.settings.SITE_NAME}`,
    canonical: page > 1 ? `${path}?page=${page}` : path,
    previousPage: paging.previous,
    nextPage: paging.next,
    robots: found.total === 0 ? 'noindex' : '',
    heading,
    sheet: calendarSheet(asked, house.now()),
    paging,
    ...found,
  })
  return { text: html }
}

/** The front page and every list of articles. */
export function listRoutes(house: House, send: SendShared): Router {
  const router = Router()
  const siteName = house.settings.SITE_NAME
  const ranking = shortMemory(RANKING_KEPT_MS, rankingOf, (found) => found.read.length >= RANKED)

  router.get('/', (req, res) =>
    send(req, res, async () => {
      const page = pageAsked(req.query.page)
      if (page > 1) return await listPage(siteName, res, everything(siteName), page)
      const front = await frontPage(await ranking(house.now()))
      const description = `آخرین خبرهای ${siteName}`
      const feeds = feedsOf(siteName)
      const nextPage = front.more ? '/?page=2' : ''
      return {
        text: pageHtml(res, 'reading/front', { title: '', description, canonical: '/', nextPage, feeds, ...front }),
      }
    }),
  )

  router.get('/popular', (req, res) =>
    send(req, res, async () => {
      const page = pageAsked(req.query.page)
      const popular = await popularPage(await ranking(house.now()), page)
      const paging = pagingOf('/popular', page, popular.pages)
      const title = 'پربازدیدها و پربحث‌ها'
      const description = 'خبرهایی که بیش از همه خوانده شد و بیشترین نظر را داشت'
      const html = pageHtml(res, 'reading/popular', {
        title,
        description,
        canonical: page > 1 ? `/popular?page=${page}` : '/popular',
        previousPage: paging.previous,
        nextPage: paging.next,
        ...popular,
        first: (page - 1) * PAGE_SIZE + 1,
        paging,
      })
      return { text: html }
    }),
  )

  router.get('/service/:section', (req, res) =>
    send(req, res, async () => {
      const list = await sectionList(req.params.section)
      return await listPage(siteName, res, list, pageAsked(req.query.page))
    }),
  )
  router.get('/tag/:tag', (req, res) =>
    send(req, res, () => listPage(siteName, res, tagList(req.params.tag), pageAsked(req.query.page))),
  )

  router.get('/archive', (_req, res) => {
    const { year, month, day } = jalaliOf(house.now())
    res.redirect(302, archivePath({ year, month, day }))
  })
  const archive = (req: Request<{ jyear: string; jmonth: string; jday?: string }>, res: Response) => {
    const asked = archiveAsked(req.params)
    return send(req, res, () => archivePage(house, res, asked, pageAsked(req.query.page)))
  }
  router.get('/archive/:jyear/:jmonth', archive)
  router.get('/archive/:jyear/:jmonth/:jday', archive)
  return router
}
