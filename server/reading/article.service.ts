import { addReads, findByCode, latest } from '../../models/articles.ts'
import { allSections } from '../../models/sections.ts'
import type { PublicArticle } from '../domain/article.ts'
import { plainText } from '../domain/article-text.ts'
import { NewsroomError, notFound } from '../errors.ts'
import { asStories, type Story } from './stories.service.ts'

const RELATED = 6
const WORDS_A_MINUTE = 200
const READS_KEPT_MS = 10_000

/** An article with all that stands around its text. */
export interface ReadableArticle {
  article: PublicArticle
  sectionName: string
  /** The body's words, without markup. */
  words: string
  minutes: number
  related: Story[]
}

/** The published article with this code; a withdrawn one is refused as gone, an unknown one as not found. */
export async function publishedArticle(code: number | null): Promise<PublicArticle> {
  const article = code === null ? null : await findByCode(code)
  if (!article || article.state === 'draft')
    throw notFound('article-unknown', 'خبری با این کد پیدا نشد. شاید کد نادرست نوشته شده باشد.')
  if (article.state === 'withdrawn')
    throw new NewsroomError('gone', 'article-withdrawn', 'این خبر پس از انتشار از خروجی برداشته شده است.', {
      details: { at: article.withdrawnAt ?? article.updatedAt },
    })
  return article
}

/** A published article with what a reader sees beside it. */
export async function readArticle(article: PublicArticle): Promise<ReadableArticle> {
  const [sections, related] = await Promise.all([allSections(), relatedTo(article)])
  const words = plainText(article.body)
  const counted = `${article.lead} ${words}`.split(/\s+/).length
  return {
    article,
    sectionName: sections.find(({ slug }) => slug === article.section)?.name ?? '',
    words,
    minutes: Math.max(1, Math.round(counted / WORDS_A_MINUTE)),
    related: await asStories(related, sections),
  }
}

/** Articles under the same tags, most tags in common first, then the latest of the section. */
async function relatedTo({ code, tags, section }: PublicArticle): Promise<PublicArticle[]> {
  const lists = await Promise.all([
    ...tags.slice(0, 4).map((tag) => latest({ tag, exceptCode: code, limit: RELATED })),
    latest({ section, exceptCode: code, limit: RELATED }),
  ])
  const found = new Map<number, { article: PublicArticle; shared: number }>()
  for (const [place, list] of lists.entries())
    for (const article of list) {
      const entry = found.get(article.code) ?? { article, shared: 0 }
      if (place < lists.length - 1) entry.shared++
      found.set(article.code, entry)
    }
  return [...found.values()]
    .sort(
      (one, other) =>
        other.shared - one.shared || other.article.publishedAt.getTime() - one.article.publishedAt.getTime(),
    )
    .slice(0, RELATED)
    .map(({ article }) => article)
}

/** Counts readings in memory and writes them to the store at most every ten seconds; what a crash loses is a few seconds' worth. */
export function readingCounter(onFailure: (error: unknown) => void) {
  let counted = new Map<number, number>()
  let writtenAt = 0
  return (code: number, now: Date): void => {
    counted.set(code, (counted.get(code) ?? 0) + 1)
    if (Math.abs(now.getTime() - writtenAt) < READS_KEPT_MS) return
    const written = counted
    counted = new Map()
    writtenAt = now.getTime()
    addReads(written).catch(onFailure)
  }
}
