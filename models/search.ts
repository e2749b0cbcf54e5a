import mongoose from 'mongoose'
import type { PublicArticle } from '../server/domain/article.ts'
import { type LatestQuery, publishedFilter } from './article-lists.ts'
import { type ArticleDoc, ArticleModel, toArticle } from './articles.ts'
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

/** From so many matches on, walking the list from its latest end finds a page sooner than sorting all matches. */
const COMMON = 500

/** The words' index as a filter, or null where the store has none or so many articles match that the list itself is the better way. */
async function byIndex(keys: string[], among: Filter): Promise<Filter | null> {
  if (!(await hasTextIndex())) return null
  const filter = { ...among, $text: mongoose.trusted({ $search: keys.map((key) => `"${key}"`).join(' ') }) } as Filter
  try {
    const matches = await ArticleModel.find(filter, { _id: 1 }, READ_OPTIONS).limit(COMMON).lean()
    return matches.length < COMMON ? filter : null
  } catch (error) {
    if (!(error instanceof Error && error.name === 'MongoServerError')) throw error
    textIndex = Promise.resolve(false)
    return null
  }
}

/** Published articles whose words have every one of these keys (see `wantedKeys`), latest first, without bodies and names, within the other bounds of a list. */
export async function searchPublished(
  keys: string[],
  query: Omit<LatestQuery, 'skip'> & { skip: number },
): Promise<PublicArticle[]> {
  const { skip, limit, ...bounds } = query
  const among = publishedFilter(bounds)
  const indexed = await byIndex(keys, among)
  if (indexed) return await find(indexed, { skip, limit })
  const every = keys.map((key) => ({
    searchText: mongoose.trusted({ $regex: `(?:^| )${escaped(key)}(?: |$)` }),
  }))
  return await find({ ...among, $and: every } as unknown as Filter, { skip, limit })
}
