import { type Request, type Response, Router } from 'express'
import { countPublished } from '../../models/article-lists.ts'
import { allSections } from '../../models/sections.ts'
import { parseNewsCode } from '../domain/news-code.ts'
import { toLatinDigits } from '../domain/persian-text/digits.ts'
import { NewsroomError, notFound } from '../errors.ts'
import type { House } from '../house.ts'
import { type SendShared, sharedPages } from '../http/shared-pages.ts'
import { assetAddress } from '../http/static-files.ts'
import { publishedArticle } from '../reading/article.service.ts'
import {
  addresses,
  articleFeed,
  articlesAfter,
  commentFeed,
  commentsForApi,
  type Feed,
  forApi,
  freshArticles,
  ninjsOf,
  type Site,
} from './contents.service.ts'
import { cursorOf, placeOf } from './cursor.ts'
import { FEED_KINDS } from './feeds.ts'
import { openApi } from './openapi.ts'
import { MAP_SIZE, newsSiteMap, siteMap, siteMapIndex } from './site-maps.ts'
import { element, xmlDocument } from './xml.ts'

const PASSING = 'public, max-age=60'
const MOST = 100

/** Everything that goes out to other programs: feeds, site maps, and what describes the site to browsers and robots. */
export function syndicatingRoutes(house: House): Router {
  const router = Router()
  const site = (): Site => ({ name: house.settings.SITE_NAME, url: house.siteUrl })
  const send = sharedPages(house)
  feeds(router, site, send)
  siteMaps(router, house, site, send)
  descriptions(router, site)
  router.use('/api/v1', readApi(site))
  return router
}

function feeds(router: Router, site: () => Site, send: SendShared): void {
  for (const [file, { write, type }] of Object.entries(FEED_KINDS)) {
    const sendFeed = (req: Request, res: Response, contents: () => Promise<Omit<Feed, 'address'>>) =>
      send(req, res, async () => ({
        text: write({ ...(await contents()), address: `${site().url}${req.path}` }),
        type,
        cacheControl: PASSING,
      }))
    router.get(`/feeds/${file}`, (req, res) => sendFeed(req, res, () => articleFeed(site(), {})))
    router.get(`/service/:section{/feeds}/${file}`, (req, res) =>
      sendFeed(req, res, () => articleFeed(site(), { section: req.params.section })),
    )
    router.get(`/tag/:tag{/feeds}/${file}`, (req, res) =>
      sendFeed(req, res, () => articleFeed(site(), { tag: req.params.tag.replace(/_/g, ' ') })),
    )
    router.get(`/news/:code/comments{/feeds}/${file}`, (req, res) =>
      sendFeed(req, res, async () => commentFeed(site(), await publishedArticle(parseNewsCode(req.params.code)))),
    )
  }
}

const XML = { type: 'application/xml; charset=utf-8', cacheControl: PASSING }

/** The site map that was asked for: of everything, of one page, or the list of pages. */
async function siteMapText(site: Site, asked: unknown): Promise<string> {
  const maps = Math.max(1, Math.ceil((await countPublished({})) / MAP_SIZE))
  const page = asked === undefined ? null : Number(asked)
  if (page !== null && !(Number.isInteger(page) && page >= 1 && page <= maps)) throw notFound()
  if (page === null && maps > 1) return siteMapIndex(site.url, maps)
  const first = page === null || page === 1
  const sections = first ? await allSections() : []
  const paths = first ? ['/', ...sections.map(({ slug }) => `/service/${encodeURIComponent(slug)}`), '/popular'] : []
  return siteMap(site.url, paths, await addresses(((page ?? 1) - 1) * MAP_SIZE, MAP_SIZE))
}

function siteMaps(router: Router, house: House, site: () => Site, send: SendShared): void {
  router.get('/sitemap.xml', (req, res) =>
    send(req, res, async () => ({ text: await siteMapText(site(), req.query.page), ...XML })),
  )
  router.get('/sitemap-news.xml', (req, res) =>
    send(req, res, async () => ({ text: newsSiteMap(site(), await freshArticles(house.now())), ...XML })),
  )
}

function descriptions(router: Router, site: () => Site): void {
  router.get('/robots.txt', (_req, res) => {
    res
      .type('text/plain')
      .send(
        [
          'User-agent: *',
          'Disallow: /desk',
          'Disallow: /captcha',
          'Disallow: /comments/',
          'Disallow: /search',
          'Disallow: /appearance',
          '',
          `Sitemap: ${site().url}/sitemap.xml`,
          `Sitemap: ${site().url}/sitemap-news.xml`,
          '',
        ].join('\n'),
      )
  })
  router.get('/manifest.webmanifest', (_req, res) => {
    res.type('application/manifest+json').send(
      JSON.stringify({
        name: site().name,
        short_name: site().name,
        lang: 'fa',
        dir: 'rtl',
        start_url: '/',
        display: 'browser',
        theme_color: '#0b5661',
        background_color: '#fdfdfc',
        icons: [{ src: assetAddress('icons/mark.svg'), sizes: 'any', type: 'image/svg+xml' }],
      }),
    )
  })
  router.get('/opensearch.xml', (_req, res) => {
    res
      .type('application/opensearchdescription+xml')
      .send(
        xmlDocument(
          element('OpenSearchDescription', { xmlns: 'http://a9.com/-/spec/opensearch/1.1/' }, [
            element('ShortName', {}, site().name.slice(0, 16)),
            element('Description', {}, `جست‌وجو در خبرهای ${site().name}`),
            element('InputEncoding', {}, 'UTF-8'),
            element('Url', { type: 'text/html', template: `${site().url}/search?q={searchTerms}` }),
          ]),
        ),
      )
  })
  router.get('/favicon.ico', (_req, res) => {
    res.redirect(302, assetAddress('icons/mark.svg'))
  })
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined)

function limitOf(asked: unknown): number {
  const latin = typeof asked === 'string' ? toLatinDigits(asked) : ''
  if (asked === undefined) return 20
  if (!/^[1-9]\d{0,2}$/.test(latin) || Number(latin) > MOST)
    throw new NewsroomError('bad-request', 'limit', 'limit عددی از ۱ تا ۱۰۰ است.')
  return Number(latin)
}

function momentOf(name: string, asked: unknown): Record<string, Date> {
  const typed = text(asked)
  if (typed === undefined) return {}
  const moment = new Date(typed)
  if (!/^\d{4}-\d\d-\d\d/.test(typed) || Number.isNaN(moment.getTime()))
    throw new NewsroomError('bad-request', name, `${name} تاریخی به شکل ISO است، مانند 2026-11-24T00:00:00Z.`)
  return { [name]: moment }
}

function readApi(site: () => Site): Router {
  const router = Router()
  router.use((_req, res, next) => {
    res.set({
      'Cache-Control': 'public, max-age=5',
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    })
    next()
  })
  router.get('/openapi.json', (_req, res) => {
    res.json(openApi(site()))
  })
  router.get('/articles', async (req, res) => {
    const section = text(req.query.section)
    const tag = text(req.query.tag)
    const query = {
      ...(section === undefined ? {} : { section }),
      ...(tag === undefined ? {} : { tag }),
      ...momentOf('from', req.query.from),
      ...momentOf('to', req.query.to),
    }
    const { articles, next } = await articlesAfter(query, placeOf(req.query.cursor), limitOf(req.query.limit))
    res.json({ items: await forApi(site(), articles), next: next && cursorOf(next) })
  })
  router.get('/articles/:file', async (req, res) => {
    const found = /^([0-9۰-۹٠-٩]+)(\.ninjs)?$/.exec(req.params.file)
    const article = await publishedArticle(parseNewsCode(found?.[1] ?? ''))
    if (found?.[2] !== undefined) res.json(await ninjsOf(site(), article))
    else res.json((await forApi(site(), [article]))[0])
  })
  router.get('/articles/:code/comments', async (req, res) => {
    const article = await publishedArticle(parseNewsCode(req.params.code))
    const cursor = req.query.cursor === undefined ? '0' : String(req.query.cursor)
    if (!/^\d{1,6}$/.test(cursor)) throw new NewsroomError('bad-request', 'cursor', 'نشانگر صفحه درست نیست.')
    const { items, next } = await commentsForApi(article.code, Number(cursor), limitOf(req.query.limit))
    res.json({ items, next: next === null ? null : String(next) })
  })
  return router
}
