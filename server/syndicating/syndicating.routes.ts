import { type Request, type Response, Router } from 'express'
import { countPublished } from '../../models/articles.ts'
import { allSections } from '../../models/sections.ts'
import { parseNewsCode } from '../domain/news-code.ts'
import { toLatinDigits } from '../domain/persian-text/digits.ts'
import { NewsroomError, notFound } from '../errors.ts'
import type { House } from '../house.ts'
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
  feeds(router, site)
  siteMaps(router, house, site)
  descriptions(router, site)
  router.use('/api/v1', readApi(site))
  return router
}

function feeds(router: Router, site: () => Site): void {
  for (const [file, { write, type }] of Object.entries(FEED_KINDS)) {
    const send = (req: Request, res: Response, contents: Omit<Feed, 'address'>) => {
      res.set('Cache-Control', PASSING).set('Content-Type', type)
      res.send(write({ ...contents, address: `${site().url}${req.path}` }))
    }
    router.get(`/feeds/${file}`, async (req, res) => send(req, res, await articleFeed(site(), {})))
    router.get(`/service/:section{/feeds}/${file}`, async (req, res) =>
      send(req, res, await articleFeed(site(), { section: req.params.section })),
    )
    router.get(`/tag/:tag{/feeds}/${file}`, async (req, res) =>
      send(req, res, await articleFeed(site(), { tag: req.params.tag.replace(/_/g, ' ') })),
    )
    router.get(`/news/:code/comments{/feeds}/${file}`, async (req, res) => {
      const article = await publishedArticle(parseNewsCode(req.params.code))
      send(req, res, await commentFeed(site(), article))
    })
  }
}

function siteMaps(router: Router, house: House, site: () => Site): void {
  router.get('/sitemap.xml', async (req, res) => {
    const total = await countPublished({})
    const maps = Math.max(1, Math.ceil(total / MAP_SIZE))
    const asked = req.query.page === undefined ? null : Number(req.query.page)
    if (asked !== null && !(Number.isInteger(asked) && asked >= 1 && asked <= maps)) throw notFound()
    res.set('Cache-Control', PASSING).type('application/xml')
    if (asked === null && maps > 1) {
      res.send(siteMapIndex(site().url, maps))
      return
    }
    const page = asked ?? 1
    const paths =
      page > 1
        ? []
        : ['/', ...(await allSections()).map(({ slug }) => `/service/${encodeURIComponent(slug)}`), '/popular']
    res.send(siteMap(site().url, paths, await addresses((page - 1) * MAP_SIZE, MAP_SIZE)))
  })
  router.get('/sitemap-news.xml', async (_req, res) => {
    res.set('Cache-Control', PASSING).type('application/xml')
    res.send(newsSiteMap(site(), await freshArticles(house.now())))
  })
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
