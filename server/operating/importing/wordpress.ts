import { XMLParser } from 'fast-xml-parser'
import type { CommentRecord } from './record.ts'

type Xml = Record<string, unknown>

function list(value: unknown): Xml[] {
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]) as Xml[]
}

function text(value: unknown): string {
  if (typeof value === 'object' && value !== null) return text((value as Xml)['#text'])
  return value === undefined || value === null ? '' : String(value).trim()
}

function instant(...given: unknown[]): string | null {
  for (const value of given) {
    const said = text(value)
    if (said === '' || said.startsWith('0000')) continue
    const moment = new Date(/^\d{4}-\d{2}-\d{2} /.test(said) ? `${said.replace(' ', 'T')}Z` : said)
    if (!Number.isNaN(moment.getTime())) return moment.toISOString()
  }
  return null
}

const STATES: Record<string, CommentRecord['state']> = { '1': 'published', '0': 'waiting' }

function commentsOf(item: Xml): CommentRecord[] {
  const known = new Map<string, CommentRecord>()
  const roots: CommentRecord[] = []
  for (const comment of list(item['wp:comment'])) {
    const state = STATES[text(comment['wp:comment_approved'])]
    const createdAt = instant(comment['wp:comment_date_gmt'], comment['wp:comment_date'])
    const body = text(comment['wp:comment_content'])
    if (!state || !createdAt || body === '' || ['pingback', 'trackback'].includes(text(comment['wp:comment_type'])))
      continue
    const record: CommentRecord = { name: text(comment['wp:comment_author']), body, createdAt, state, replies: [] }
    known.set(text(comment['wp:comment_id']), record)
    const parent = known.get(text(comment['wp:comment_parent']))
    if (parent) parent.replies!.push(record)
    else roots.push(record)
  }
  return roots
}

function paragraphs(html: string): string {
  if (/<p[\s>]/i.test(html)) return html
  return html
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => `<p>${part.replaceAll('\n', '<br>')}</p>`)
    .join('\n')
}

/** The published posts of a WordPress export (WXR) as records to be checked; comments keep their state, spam stays out. */
export function* readWordPress(xml: string): Generator<unknown> {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    trimValues: true,
    processEntities: true,
  })
  const channel = ((parser.parse(xml) as Xml).rss as Xml | undefined)?.channel as Xml | undefined
  if (!channel) throw new Error('this is no WordPress export')
  for (const item of list(channel.item)) {
    if (text(item['wp:post_type']) !== 'post' || text(item['wp:status']) !== 'publish') continue
    const labels = list(item.category)
    const named = (domain: string) => labels.filter((label) => label['@domain'] === domain).map(text)
    yield {
      title: text(item.title),
      lead: text(item['excerpt:encoded']).replace(/<[^>]*>/g, ''),
      body: paragraphs(text(item['content:encoded'])),
      byline: text(item['dc:creator']),
      section: named('category')[0] ?? '',
      tags: named('post_tag'),
      publishedAt: instant(item['wp:post_date_gmt'], item.pubDate, item['wp:post_date']) ?? undefined,
      comments: commentsOf(item),
    }
  }
}
