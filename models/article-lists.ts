import mongoose from 'mongoose'
import type { Article, ArticleState, PublicArticle } from '../server/domain/article.ts'
import { type ArticleDoc, ArticleModel, TITLES_ONLY, tagKey, toArticle } from './articles.ts'
import { READ_OPTIONS } from './connection.ts'

/** Which published articles a list asks for: a section's slug, a tag in any spelling, a span of time (from inclusive, to exclusive). */
export interface LatestQuery {
  section?: string
  tag?: string
  from?: Date
  to?: Date
  exceptCode?: number
  skip?: number
  limit: number
  /** For lists that show no texts: bodies and names are not fetched and come empty. */
  withoutTexts?: true
}

const ALL_BUT_KEYS = { searchText: 0 }

/** The filter of published articles that a list asks for. */
export function publishedFilter(query: Omit<LatestQuery, 'limit' | 'skip'>): mongoose.QueryFilter<ArticleDoc> {
  const moments: Record<string, Date> = {}
  if (query.from) moments.$gte = query.from
  if (query.to) moments.$lt = query.to
  return {
    state: 'published' as ArticleState,
    ...(query.section === undefined ? {} : { section: query.section }),
    ...(query.tag === undefined ? {} : { tagKeys: tagKey(query.tag) }),
    ...(query.exceptCode === undefined ? {} : { code: mongoose.trusted({ $ne: query.exceptCode }) }),
    ...(Object.keys(moments).length === 0 ? {} : { publishedAt: mongoose.trusted(moments) }),
  } as mongoose.QueryFilter<ArticleDoc>
}

/** Published articles, latest first. */
export async function latest(query: LatestQuery): Promise<PublicArticle[]> {
  const docs = await ArticleModel.find(
    publishedFilter(query),
    query.withoutTexts ? TITLES_ONLY : ALL_BUT_KEYS,
    READ_OPTIONS,
  )
    .sort({ publishedAt: -1, _id: -1 })
    .skip(query.skip ?? 0)
    .limit(query.limit)
    .lean<ArticleDoc[]>()
  return docs.map((doc) => toArticle(doc) as PublicArticle)
}

/** How many published articles a list has in all. */
export async function countPublished(query: Omit<LatestQuery, 'limit' | 'skip'>): Promise<number> {
  return await ArticleModel.countDocuments(publishedFilter(query), READ_OPTIONS)
}

/** The codes of the latest public articles of a section, for questions about their comments. */
export async function codesOfSection(section: string, limit: number): Promise<number[]> {
  const docs = await ArticleModel.find({ section, state: 'published' }, { code: 1 }, READ_OPTIONS)
    .sort({ publishedAt: -1, _id: -1 })
    .limit(limit)
    .lean<{ code: number }[]>()
  return docs.map(({ code }) => code)
}

/** Published articles under any of these tags, latest first, without bodies and names. */
export async function latestUnderTags(tags: string[], exceptCode: number, limit: number): Promise<PublicArticle[]> {
  const keys = tags.map(tagKey).filter((key) => key !== '')
  if (keys.length === 0) return []
  const docs = await ArticleModel.find(
    {
      ...publishedFilter({ exceptCode }),
      tagKeys: mongoose.trusted({ $in: keys }),
    } as mongoose.QueryFilter<ArticleDoc>,
    TITLES_ONLY,
    READ_OPTIONS,
  )
    .sort({ publishedAt: -1, _id: -1 })
    .limit(limit)
    .lean<ArticleDoc[]>()
  return docs.map((doc) => toArticle(doc) as PublicArticle)
}

/** Published articles since a moment, most read first, without bodies and names. */
export async function mostRead(since: Date, limit: number): Promise<PublicArticle[]> {
  const docs = await ArticleModel.find(publishedFilter({ from: since }), TITLES_ONLY, READ_OPTIONS)
    .sort({ reads: -1, publishedAt: -1 })
    .limit(limit)
    .lean<ArticleDoc[]>()
  return docs.map((doc) => toArticle(doc) as PublicArticle)
}

/** Tags of the latest thousand published articles since a moment with their number, most used first. */
export async function tagsInUse(since: Date, limit: number): Promise<{ tag: string; count: number }[]> {
  return await ArticleModel.aggregate<{ tag: string; count: number }>([
    { $match: { state: 'published', publishedAt: { $gte: since } } },
    { $sort: { publishedAt: -1 } },
    { $limit: 1_000 },
    { $project: { _id: 0, tags: 1 } },
    { $unwind: '$tags' },
    { $group: { _id: '$tags', count: { $sum: 1 } } },
    { $sort: { count: -1, _id: 1 } },
    { $limit: limit },
    { $project: { _id: 0, tag: '$_id', count: 1 } },
  ])
}

/** What a site map says of an article. */
export interface ArticleAddress {
  code: number
  slug: string
  publishedAt: Date
  updatedAt: Date
}

/** Addresses of published articles, latest first, without their texts. */
export async function publishedAddresses(query: { skip: number; limit: number }): Promise<ArticleAddress[]> {
  const docs = await ArticleModel.find(
    publishedFilter({}),
    { _id: 0, code: 1, slug: 1, publishedAt: 1, updatedAt: 1 },
    READ_OPTIONS,
  )
    .sort({ publishedAt: -1, _id: -1 })
    .skip(query.skip)
    .limit(query.limit)
    .lean<ArticleAddress[]>()
  return docs
}

/** The desk's list: articles by state and author, last touched first; `before` is the updatedAt of the last one seen. */
export async function listForDesk(query: {
  state?: ArticleState
  authorId?: string
  before?: Date
  limit: number
}): Promise<Article[]> {
  const filter = {
    ...(query.state === undefined ? {} : { state: query.state }),
    ...(query.authorId === undefined ? {} : { 'author.id': query.authorId }),
    ...(query.before === undefined ? {} : { updatedAt: mongoose.trusted({ $lt: query.before }) }),
  } as mongoose.QueryFilter<ArticleDoc>
  const docs = await ArticleModel.find(filter, null, READ_OPTIONS)
    .sort({ updatedAt: -1, _id: -1 })
    .limit(query.limit)
    .lean<ArticleDoc[]>()
  return docs.map(toArticle)
}
