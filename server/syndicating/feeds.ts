import type { Feed } from './contents.service.ts'
import { element, xmlDocument } from './xml.ts'

function newest(feed: Feed): Date {
  const moments = feed.entries.map(({ updatedAt }) => updatedAt.getTime())
  return new Date(Math.max(0, ...moments))
}

/** The feed as RSS 2.0, with each moment in ISO beside RSS's own form. */
export function rss(feed: Feed): string {
  const items = feed.entries.map((entry) =>
    element('item', {}, [
      element('title', {}, entry.title),
      element('link', {}, entry.address),
      element('guid', { isPermaLink: String(entry.id === entry.address) }, entry.id),
      element('pubDate', {}, entry.publishedAt.toUTCString()),
      element('dc:date', {}, entry.publishedAt.toISOString()),
      entry.author === '' ? null : element('dc:creator', {}, entry.author),
      ...[entry.section, ...entry.tags].filter((name) => name !== '').map((name) => element('category', {}, name)),
      entry.image === '' ? null : element('media:content', { url: entry.image, medium: 'image', type: 'image/jpeg' }),
      element('description', {}, entry.summary),
      element('content:encoded', {}, entry.html),
    ]),
  )
  return xmlDocument(
    element(
      'rss',
      {
        version: '2.0',
        'xmlns:atom': 'http://www.w3.org/2005/Atom',
        'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
        'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
        'xmlns:media': 'http://search.yahoo.com/mrss/',
      },
      [
        element('channel', {}, [
          element('title', {}, feed.title),
          element('link', {}, feed.page),
          element('atom:link', { href: feed.address, rel: 'self', type: 'application/rss+xml' }),
          element('description', {}, feed.description),
          element('language', {}, 'fa-IR'),
          element('lastBuildDate', {}, newest(feed).toUTCString()),
          element('dc:date', {}, newest(feed).toISOString()),
          ...items,
        ]),
      ],
    ),
  )
}

/** The feed as Atom. */
export function atom(feed: Feed): string {
  const entries = feed.entries.map((entry) =>
    element('entry', {}, [
      element('id', {}, entry.id),
      element('title', {}, entry.title),
      element('link', { rel: 'alternate', type: 'text/html', href: entry.address }),
      entry.image === '' ? null : element('link', { rel: 'enclosure', type: 'image/jpeg', href: entry.image }),
      element('published', {}, entry.publishedAt.toISOString()),
      element('updated', {}, entry.updatedAt.toISOString()),
      element('author', {}, [element('name', {}, entry.author === '' ? feed.siteName : entry.author)]),
      ...[entry.section, ...entry.tags].filter((name) => name !== '').map((term) => element('category', { term })),
      element('summary', {}, entry.summary),
      element('content', { type: 'html' }, entry.html),
    ]),
  )
  return xmlDocument(
    element('feed', { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': 'fa' }, [
      element('id', {}, feed.address),
      element('title', {}, feed.title),
      element('subtitle', {}, feed.description),
      element('link', { rel: 'self', type: 'application/atom+xml', href: feed.address }),
      element('link', { rel: 'alternate', type: 'text/html', href: feed.page }),
      element('updated', {}, newest(feed).toISOString()),
      element('author', {}, [element('name', {}, feed.siteName)]),
      ...entries,
    ]),
  )
}

/** The feed as JSON Feed 1.1. */
export function jsonFeed(feed: Feed): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    description: feed.description,
    home_page_url: feed.page,
    feed_url: feed.address,
    language: 'fa-IR',
    items: feed.entries.map((entry) => ({
      id: entry.id,
      url: entry.address,
      title: entry.title,
      summary: entry.summary,
      content_html: entry.html,
      ...(entry.image === '' ? {} : { image: entry.image }),
      date_published: entry.publishedAt.toISOString(),
      date_modified: entry.updatedAt.toISOString(),
      ...(entry.author === '' ? {} : { authors: [{ name: entry.author }] }),
      tags: [entry.section, ...entry.tags].filter((name) => name !== ''),
    })),
  })
}

/** The kinds of feed by file name: how each is written and what it is called. */
export const FEED_KINDS = {
  'rss.xml': { write: rss, type: 'application/rss+xml; charset=utf-8' },
  'atom.xml': { write: atom, type: 'application/atom+xml; charset=utf-8' },
  'feed.json': { write: jsonFeed, type: 'application/feed+json; charset=utf-8' },
} as const
