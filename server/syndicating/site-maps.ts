import { articlePath } from '../domain/news-code.ts'
import { element, xmlDocument } from './xml.ts'

/** How many addresses one site map holds. */
export const MAP_SIZE = 10_000

const MAPS = 'http://www.sitemaps.org/schemas/sitemap/0.9'

interface Address {
  code: number
  slug: string
  publishedAt: Date
  updatedAt: Date
}

/** A site map of some paths and articles. */
export function siteMap(siteUrl: string, paths: string[], articles: Address[]): string {
  return xmlDocument(
    element('urlset', { xmlns: MAPS }, [
      ...paths.map((path) => element('url', {}, [element('loc', {}, `${siteUrl}${path}`)])),
      ...articles.map((article) =>
        element('url', {}, [
          element('loc', {}, `${siteUrl}${articlePath(article)}`),
          element('lastmod', {}, article.updatedAt.toISOString()),
        ]),
      ),
    ]),
  )
}

/** The list of all site maps where one cannot hold everything. */
export function siteMapIndex(siteUrl: string, count: number): string {
  const maps = Array.from({ length: count }, (_, place) =>
    element('sitemap', {}, [element('loc', {}, `${siteUrl}/sitemap.xml?page=${place + 1}`)]),
  )
  return xmlDocument(element('sitemapindex', { xmlns: MAPS }, maps))
}

/** The news site map: what was published lately, with title and moment. */
export function newsSiteMap(site: { name: string; url: string }, articles: (Address & { title: string })[]): string {
  return xmlDocument(
    element(
      'urlset',
      { xmlns: MAPS, 'xmlns:news': 'http://www.google.com/schemas/sitemap-news/0.9' },
      articles.map((article) =>
        element('url', {}, [
          element('loc', {}, `${site.url}${articlePath(article)}`),
          element('news:news', {}, [
            element('news:publication', {}, [element('news:name', {}, site.name), element('news:language', {}, 'fa')]),
            element('news:publication_date', {}, article.publishedAt.toISOString()),
            element('news:title', {}, article.title),
          ]),
        ]),
      ),
    ),
  )
}
