import { type Request, type Response, Router } from 'express'
import { allSections } from '../../models/sections.ts'
import { type PublicArticle, signedBy } from '../domain/article.ts'
import { jalaliOf } from '../domain/calendar/index.ts'
import { articlePath, parseNewsCode } from '../domain/news-code.ts'
import { codeOfShortName } from '../domain/short-link.ts'
import { notFound } from '../errors.ts'
import type { House } from '../house.ts'
import { renderPage } from '../http/views.ts'
import { archiveAsked, archivePath, boundsOf, calendarSheet, nameOf } from './archive.ts'
import { publishedArticle, readArticle, readingCounter } from './article.service.ts'
import { datelineOf, type KnownComment, newsArticleData, shareLinks } from './article-page.ts'
import { pageAsked, pagingOf } from './paging.ts'
import { asStories, frontPage, mostDiscussedStories, mostReadStories, storyPage } from './stories.service.ts'

/** What the commenting room puts under an article: the data of its parts, in the names that those parts use. */
export type CommentSection = (
  req: Request,
  res: Response,
  article: PublicArticle,
) => Promise<{
  thread: { counts: { published: number }; threads: { root: KnownComment; replies: KnownComment[] }[] }
  form: unknown
}>

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** The feeds of a list, as its page names them. */
function feedsOf(title: string, path = ''): { title: string; address: string; type: string }[] {
  return [
    { title: `${title} (RSS)`, address: `${path}/feeds/rss.xml`, type: 'application/rss+xml' },
    { title: `${title} (Atom)`, address: `${path}/feeds/atom.xml`, type: 'application/atom+xml' },
    { title: `${title} (JSON)`, address: `${path}/feeds/feed.json`, type: 'application/feed+json' },
  ]
}

/** The public pages: front, lists, articles, short links, print. `comments` is the commenting room's part of an article's page. */
export function readingRoutes(house: House, comments?: CommentSection): Router {
  const router = Router()
  const count = readingCounter((error) => house.log.warn({ err: error }, 'readings were not written'))

  router.get('/', async (_req, res) => {
    const front = await frontPage(house.now())
    renderPage(res, 'reading/front', {
      title: '',
      description: `آخرین خبرهای ${house.settings.SITE_NAME}`,
      canonical: '/',
      feeds: feedsOf(house.settings.SITE_NAME),
      ...front,
    })
  })

  router.get('/service/:section', async (req, res) => {
    const slug = req.params.section
    const section = (await allSections()).find((one) => one.slug === slug)
    if (!section) throw notFound('section-unknown', 'چنین سرویسی نداریم. از نوار بالا یکی از سرویس‌ها را برگزینید.')
    const path = `/service/${encodeURIComponent(slug)}`
    await listPage(req, res, {
      heading: section.name,
      label: 'سرویس',
      path,
      query: { section: slug },
      inSection: slug,
      empty: 'در این سرویس هنوز خبری منتشر نشده است.',
    })
  })

  router.get('/tag/:tag', async (req, res) => {
    const tag = req.params.tag.replace(/_/g, ' ').trim()
    if (!/[\p{L}\p{N}]/u.test(tag) || tag.length > 100) throw notFound()
    const path = `/tag/${encodeURIComponent(tag.replace(/ /g, '_'))}`
    await listPage(req, res, {
      heading: tag,
      label: 'برچسب',
      path,
      query: { tag },
      inSection: '',
      empty: 'هنوز خبری با این برچسب منتشر نشده است.',
    })
  })

  router.get('/archive', (_req, res) => {
    const { year, month, day } = jalaliOf(house.now())
    res.redirect(302, archivePath({ year, month, day }))
  })
  const archive = async (req: Request<{ jyear: string; jmonth: string; jday?: string }>, res: Response) => {
    const asked = archiveAsked(req.params)
    const path = archivePath(asked)
    const found = await storyPage(boundsOf(asked), pageAsked(req.query.page))
    const paging = pagingOf(path, found.page, found.pages)
    const heading = nameOf(asked)
    renderPage(res, 'reading/archive', {
      title: `خبرهای ${heading}`,
      description: `خبرهای ${heading} در ${house.settings.SITE_NAME}`,
      canonical: path,
      previousPage: paging.previous,
      nextPage: paging.next,
      robots: found.total === 0 ? 'noindex' : '',
      heading,
      sheet: calendarSheet(asked, house.now()),
      paging,
      ...found,
    })
  }
  router.get('/archive/:jyear/:jmonth', archive)
  router.get('/archive/:jyear/:jmonth/:jday', archive)

  router.get('/popular', async (_req, res) => {
    const now = house.now()
    const [read, discussed] = await Promise.all([mostReadStories(now, 20), mostDiscussedStories(now, 20)])
    renderPage(res, 'reading/popular', {
      title: 'پربازدیدها و پربحث‌ها',
      description: 'خبرهایی که بیش از همه خوانده شد و بیشترین نظر را داشت',
      canonical: '/popular',
      read: await asStories(read),
      discussed: await asStories(discussed),
    })
  })

  router.get('/news/:code', article)
  router.get('/news/:code/print', async (req, res) => {
    const found = await publishedArticle(parseNewsCode(req.params.code))
    const readable = await readArticle(found)
    renderPage(res, 'reading/print', {
      layout: 'print',
      title: found.title,
      canonical: articlePath(found),
      robots: 'noindex',
      ...readable,
      dateline: datelineOf(found),
      signed: signedBy(found),
    })
  })
  // The comments of an article have a page of their own in another room.
  router.get('/news/:code/comments', (_req, _res, next) => next('router'))
  router.get('/news/:code/:slug', article)

  router.get(/^\/x([2-9b-zB-Z]{1,9})$/, async (req, res) => {
    const found = await publishedArticle(codeOfShortName(text(req.params[0])))
    res.set('Cache-Control', 'public, max-age=60').redirect(301, articlePath(found))
  })

  async function listPage(
    req: Request,
    res: Response,
    list: {
      heading: string
      label: string
      path: string
      query: { section?: string; tag?: string }
      inSection: string
      empty: string
    },
  ): Promise<void> {
    const found = await storyPage(list.query, pageAsked(req.query.page))
    const paging = pagingOf(list.path, found.page, found.pages)
    renderPage(res, 'reading/list', {
      title: list.heading,
      description: `تازه‌ترین خبرهای ${list.heading} در ${house.settings.SITE_NAME}`,
      canonical: found.page > 1 ? `${list.path}?page=${found.page}` : list.path,
      previousPage: paging.previous,
      nextPage: paging.next,
      robots: found.total === 0 ? 'noindex' : '',
      feeds: feedsOf(list.heading, list.path),
      ...list,
      ...found,
      paging,
    })
  }

  async function article(req: Request<{ code: string; slug?: string }>, res: Response): Promise<void> {
    const found = await publishedArticle(parseNewsCode(req.params.code))
    const path = articlePath(found)
    if (req.params.code !== String(found.code) || (req.params.slug ?? '') !== found.slug) {
      res.set('Cache-Control', 'public, max-age=60').redirect(301, path)
      return
    }
    const [readable, section] = await Promise.all([readArticle(found), comments?.(req, res, found) ?? null])
    const shown = section?.thread.threads.flatMap(({ root, replies }) => [root, ...replies]) ?? []
    count(found.code, house.now())
    renderPage(res, 'reading/article', {
      title: found.title,
      description: found.lead,
      canonical: path,
      kind: 'article',
      inSection: found.section,
      feeds: feedsOf(`نظرات «${found.title}»`, `/news/${found.code}/comments`),
      jsonLd: newsArticleData(
        readable,
        { name: house.settings.SITE_NAME, url: house.siteUrl },
        { count: section?.thread.counts.published ?? 0, shown },
      ),
      scripts: section ? ['js/comments.js'] : [],
      ...readable,
      dateline: datelineOf(found),
      signed: signedBy(found),
      share: shareLinks(found, house.siteUrl),
      thread: section?.thread ?? null,
      form: section?.form ?? null,
    })
  }

  return router
}
