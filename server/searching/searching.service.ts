import { latest, tagsInUse } from '../../models/article-lists.ts'
import { searchPublished } from '../../models/search.ts'
import type { PublicArticle } from '../domain/article.ts'
import { wantedKeys } from '../domain/search-keys.ts'

/** The results on one page. */
export const PAGE_SIZE = 20

const TOPICS_DAYS = 90

/** What is looked for: words, a section's slug ('' for all), and a span of time (to exclusive). */
export interface SearchAsked {
  words: string
  section: string
  from: Date | null
  to: Date | null
  page: number
}

/** One page of results; `more` says whether another follows. */
export interface SearchFound {
  articles: PublicArticle[]
  more: boolean
}

/** Published articles that have all the words, in whatever spelling, latest first; without words all within the section and span. */
export async function search(asked: SearchAsked): Promise<SearchFound> {
  const bounds = {
    ...(asked.section === '' ? {} : { section: asked.section }),
    ...(asked.from === null ? {} : { from: asked.from }),
    ...(asked.to === null ? {} : { to: asked.to }),
    skip: (asked.page - 1) * PAGE_SIZE,
    limit: PAGE_SIZE + 1,
  }
  const keys = wantedKeys(asked.words)
  if (keys.length === 0 && asked.words !== '') return { articles: [], more: false }
  const found = keys.length === 0 ? await latest(bounds) : await searchPublished(keys, bounds)
  return { articles: found.slice(0, PAGE_SIZE), more: found.length > PAGE_SIZE }
}

/** Tags that are in use, for whoever found nothing. */
export async function topics(now: Date): Promise<string[]> {
  const found = await tagsInUse(new Date(now.getTime() - TOPICS_DAYS * 86_400_000), 12)
  return found.map(({ tag }) => tag)
}
