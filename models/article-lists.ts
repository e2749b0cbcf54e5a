import mongoose from 'mongoose'
import type { PublicArticle } from '../server/domain/article.ts'
import { type ArticleDoc, ArticleModel, publishedFilter, TITLES_ONLY, tagKey, toArticle } from './articles.ts'
import { READ_OPTIONS } from './connection.ts'

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
