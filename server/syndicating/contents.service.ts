import { latest, publishedAddresses } from '../../models/article-lists.ts'
import { tagKey } from '../../models/articles.ts'
import { countPublishedOf, latestPublished } from '../../models/comments.ts'
import { allSections } from '../../models/sections.ts'
import { repliesUnder, roots } from '../../models/threads.ts'
import { leadAsRead, type PublicArticle, signedBy } from '../domain/article.ts'
import { escapeHtml, plainText } from '../domain/article-text.ts'
import type { Comment } from '../domain/comment.ts'
import { maskedText } from '../domain/comment-marks.ts'
import { articlePath } from '../domain/news-code.ts'
import { picturePath, SHARED_FILE } from '../domain/picture.ts'
import { shortPath } from '../domain/short-link.ts'
import { notFound } from '../errors.ts'

const ENTRIES = 40
const NOBODY = 'ناشناس'

/** One entry of a feed; `html` is safe HTML, `summary` plain text. */
export interface FeedEntry {
  id: string
  address: string
  title: string
  summary: string
  html: string
  author: string
  section: string
  tags: string[]
  /** The address of its picture as JPEG; '' for none. */
  image: string
  publishedAt: Date
  updatedAt: Date
}

/** A feed with its own address and the address of the page that it follows. */
export interface Feed {
  title: string
  description: string
  siteName: string
  address: string
  page: string
  entries: FeedEntry[]
}

/** The site in whose name everything is sent out. */
export interface Site {
  name: string
  url: string
}

/** The moment of an article's last change that readers are told of. */
function changedAt({ publishedAt, correctedAt }: PublicArticle): Date {
  return correctedAt ?? publishedAt
}

/** The address of an article's picture for other sites; '' for none. */
function imageOf(site: Site, { picture }: PublicArticle): string {
  return picture ? `${site.url}${picturePath(picture.id, SHARED_FILE)}` : ''
}

/** The name under which a comment stands. */
function shownName({ staff, name }: Comment): string {
  return staff?.name ?? (name === '' ? NOBODY : name)
}

/** Sections' names by their slugs. */
async function sectionNames(): Promise<Map<string, string>> {
  return new Map((await allSections()).map(({ slug, name }) => [slug, name]))
}

/** The latest articles of the whole site, of a section (its slug) or under a tag, as a feed without its own address. */
export async function articleFeed(site: Site, of: { section?: string; tag?: string }): Promise<Omit<Feed, 'address'>> {
  const names = await sectionNames()
  if (of.section !== undefined && !names.has(of.section)) throw notFound()
  if (of.tag !== undefined && tagKey(of.tag) === '') throw notFound()
  const articles = await latest({ ...of, limit: ENTRIES })
  const title = of.section !== undefined ? names.get(of.section)! : (of.tag ?? '')
  const path =
    of.section !== undefined
      ? `/service/${encodeURIComponent(of.section)}`
      : of.tag !== undefined
        ? `/tag/${encodeURIComponent(of.tag.replace(/ /g, '_'))}`
        : '/'
  return {
    title: title === '' ? site.name : `${title} | ${site.name}`,
    description: title === '' ? `تازه‌ترین خبرهای ${site.name}` : `تازه‌ترین خبرهای ${title} در ${site.name}`,
    siteName: site.name,
    page: `${site.url}${path}`,
    entries: articles.map((article) => ({
      id: `${site.url}/news/${article.code}`,
      address: `${site.url}${articlePath(article)}`,
      title: article.title,
      summary: leadAsRead(article),
      html: `${article.lead === '' ? '' : `<p><strong>${escapeHtml(leadAsRead(article))}</strong></p>`}${article.body}`,
      author: signedBy(article),
      section: names.get(article.section) ?? '',
      tags: article.tags,
      image: imageOf(site, article),
      publishedAt: article.publishedAt,
      updatedAt: changedAt(article),
    })),
  }
}

/** The latest published comments under an article as a feed without its own address. */
export async function commentFeed(site: Site, article: PublicArticle): Promise<Omit<Feed, 'address'>> {
  const comments = await latestPublished(article.code, ENTRIES)
  const page = `${site.url}${articlePath(article)}`
  return {
    title: `نظرات «${article.title}» | ${site.name}`,
    description: `تازه‌ترین نظرهای منتشرشده دربارهٔ «${article.title}»`,
    siteName: site.name,
    page,
    entries: comments.map((comment) => {
      const words = maskedText(comment.body, comment.masks)
      return {
        id: `${site.url}/comments/${comment.id}`,
        address: `${page}#comment-${comment.id}`,
        title: `نظر ${shownName(comment)}`,
        summary: words,
        html: `<p>${escapeHtml(words).replace(/\n/g, '<br>')}</p>`,
        author: shownName(comment),
        section: '',
        tags: [],
        image: '',
        publishedAt: comment.createdAt,
        updatedAt: comment.decidedAt ?? comment.createdAt,
      }
    }),
  }
}

/** An article as the read API gives it. */
export interface ApiArticle {
  code: number
  kind: string
  kicker: string
  title: string
  subtitle: string
  lead: string
  body: string
  dateline: string
  byline: string
  source: string
  section: { slug: string; name: string } | null
  tags: string[]
  publishedAt: string
  correctedAt: string | null
  correctionNote: string
  picture: { url: string; caption: string } | null
  commentCount: number
  url: string
  shortUrl: string
}

/** Articles as the read API gives them. */
export async function forApi(site: Site, articles: PublicArticle[]): Promise<ApiArticle[]> {
  if (articles.length === 0) return []
  const [names, counts] = await Promise.all([sectionNames(), countPublishedOf(articles.map(({ code }) => code))])
  return articles.map((article) => ({
    code: article.code,
    kind: article.kind,
    kicker: article.kicker,
    title: article.title,
    subtitle: article.subtitle,
    lead: article.lead,
    body: article.body,
    dateline: article.dateline,
    byline: signedBy(article),
    source: article.source,
    section: article.section === '' ? null : { slug: article.section, name: names.get(article.section) ?? '' },
    tags: article.tags,
    publishedAt: article.publishedAt.toISOString(),
    correctedAt: article.correctedAt?.toISOString() ?? null,
    correctionNote: article.correctionNote,
    picture: article.picture ? { url: imageOf(site, article), caption: article.pictureText } : null,
    commentCount: counts.get(article.code) ?? 0,
    url: `${site.url}${articlePath(article)}`,
    shortUrl: `${site.url}${shortPath(article.code)}`,
  }))
}

/** A place in a list that goes from the latest to the oldest: a moment, and how many of that very moment have been given. */
export interface ListPlace {
  moment: Date
  given: number
}

/** One stretch of the list of articles after a place, and the place where the next begins (null at the end). */
export async function articlesAfter(
  query: { section?: string; tag?: string; from?: Date; to?: Date },
  place: ListPlace | null,
  limit: number,
): Promise<{ articles: PublicArticle[]; next: ListPlace | null }> {
  const bounds = place === null ? {} : { to: new Date(place.moment.getTime() + 1), skip: place.given }
  const found = await latest({ ...query, ...bounds, limit: limit + 1 })
  const articles = found.slice(0, limit)
  const last = articles.at(-1)
  if (found.length <= limit || !last) return { articles, next: null }
  const same = articles.filter(({ publishedAt }) => publishedAt.getTime() === last.publishedAt.getTime()).length
  const before = place?.moment.getTime() === last.publishedAt.getTime() ? place.given : 0
  return { articles, next: { moment: last.publishedAt, given: before + same } }
}

/** A published comment with its answers, as the read API gives it. */
export interface ApiComment {
  id: string
  parentId: string | null
  name: string
  body: string
  createdAt: string
  agree: number
  disagree: number
  replies: ApiComment[]
}

function commentForApi(comment: Comment, replies: ApiComment[]): ApiComment {
  return {
    id: comment.id,
    parentId: comment.parentId,
    name: shownName(comment),
    body: maskedText(comment.body, comment.masks),
    createdAt: comment.createdAt.toISOString(),
    agree: comment.agree,
    disagree: comment.disagree,
    replies,
  }
}

/** Published comments that answer no other, oldest first, each with all answers under it; `next` is how many to skip next time, null at the end. */
export async function commentsForApi(
  articleCode: number,
  skip: number,
  limit: number,
): Promise<{ items: ApiComment[]; next: number | null }> {
  const found = await roots(articleCode, { sort: 'old', skip, limit: limit + 1 })
  const shown = found.slice(0, limit)
  const replies = Map.groupBy(
    await repliesUnder(
      shown.map(({ id }) => id),
      1_000,
    ),
    ({ rootId }) => rootId ?? '',
  )
  return {
    items: shown.map((root) =>
      commentForApi(
        root,
        (replies.get(root.id) ?? []).map((reply) => commentForApi(reply, [])),
      ),
    ),
    next: found.length > limit ? skip + limit : null,
  }
}

/** The article in the form that news agencies exchange: IPTC ninjs 2.1, the kicker and the news code in their own roles. */
export async function ninjsOf(site: Site, article: PublicArticle): Promise<Record<string, unknown>> {
  const names = await sectionNames()
  const signed = signedBy(article)
  const headline = (role: string, value: string) => (value === '' ? [] : [{ role, value }])
  return {
    uri: `${site.url}/news/${article.code}`,
    standard: { name: 'ninjs', version: '2.1', schema: 'https://www.iptc.org/std/ninjs/ninjs-schema_2.1.json' },
    type: 'text',
    profile: article.kind,
    language: 'fa',
    pubstatus: 'usable',
    firstcreated: article.publishedAt.toISOString(),
    contentcreated: article.publishedAt.toISOString(),
    versioncreated: changedAt(article).toISOString(),
    altids: [
      { role: 'newsCode', value: String(article.code) },
      { role: 'shortLink', value: `${site.url}${shortPath(article.code)}` },
    ],
    headlines: [
      ...headline('main', article.title),
      ...headline('kicker', article.kicker),
      ...headline('subtitle', article.subtitle),
    ],
    descriptions: article.lead === '' ? [] : [{ role: 'lead', contenttype: 'text/plain', value: article.lead }],
    bodies: [
      { role: 'main', contenttype: 'text/html', value: article.body },
      { role: 'text', contenttype: 'text/plain', value: plainText(article.body) },
    ],
    ...(signed === '' ? {} : { by: signed }),
    ...(article.dateline === '' ? {} : { located: article.dateline }),
    subjects: [
      ...(names.has(article.section) ? [{ name: names.get(article.section)!, rel: 'section' }] : []),
      ...article.tags.map((name) => ({ name, rel: 'keyword' })),
    ],
    infosources: [{ name: article.source === '' ? site.name : article.source }],
    renditions: article.picture ? [{ name: 'main', contenttype: 'image/jpeg', href: imageOf(site, article) }] : [],
    copyrightholder: site.name,
  }
}

/** Addresses for a site map: so many after the first so many, latest first. */
export async function addresses(skip: number, limit: number) {
  return await publishedAddresses({ skip, limit })
}

/** Articles of the last two days, as news site maps want them. */
export async function freshArticles(now: Date): Promise<PublicArticle[]> {
  return await latest({ from: new Date(now.getTime() - 2 * 86_400_000), limit: 1_000 })
}
