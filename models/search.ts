import mongoose from 'mongoose'
import type { PublicArticle } from '../server/domain/article.ts'
import { type ArticleDoc, ArticleModel, type LatestQuery, publishedFilter, toArticle } from './articles.ts'
import { READ_OPTIONS } from './connection.ts'

let textIndex: Promise<boolean> | null = null

/** Whether the store has an index of words for us; made at the first search, and given up where the store knows none. */
async function hasTextIndex(): Promise<boolean> {
  textIndex ??= ArticleModel.collection
    .createIndex({ searchText: 'text' }, { name: 'search', default_language: 'none' })
    .then(
      () => true,
      () => false,
    )
  return await textIndex
}

function escaped(key: string): string {
  return key.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

type Filter = mongoose.QueryFilter<ArticleDoc>

async function find(filter: Filter, query: { skip: number; limit: number }): Promise<PublicArticle[]> {
  const docs = await ArticleModel.find(filter, { body: 0, searchText: 0, names: 0 }, READ_OPTIONS)
    .sort({ publishedAt: -1, _id: -1 })
    .skip(query.skip)
    .limit(query.limit)
    .lean<ArticleDoc[]>()
  return docs.map((doc) => toArticle(doc) as PublicArticle)
}

/** Published articles whose words have every one of these keys (see `wantedKeys`), latest first, without bodies and names, within the other bounds of a list. */
export async function searchPublished(
  keys: string[],
  query: Omit<LatestQuery, 'skip'> & { skip: number },
): Promise<PublicArticle[]> {
  const { skip, limit, ...bounds } = query
  const among = publishedFilter(bounds)
  if (await hasTextIndex()) {
    const phrases = keys.map((key) => `"${key}"`).join(' ')
    try {
      return await find({ ...among, $text: mongoose.trusted({ $search: phrases }) } as Filter, { skip, limit })
    } catch (error) {
      if (!(error instanceof Error && error.name === 'MongoServerError')) throw error
      textIndex = Promise.resolve(false)
    }
  }
  const every = keys.map((key) => ({
    searchText: mongoose.trusted({ $regex: `(?:^| )${escaped(key)}(?: |$)` }),
  }))
  return await find({ ...among, $and: every } as unknown as Filter, { skip, limit })
}
