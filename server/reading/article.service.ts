import { latest, latestUnderTags } from '../../models/article-lists.ts'
import { addReads, findByCode } from '../../models/articles.ts'
import { allSections } from '../../models/sections.ts'
import type { PublicArticle } from '../domain/article.ts'
import { plainText } from '../domain/article-text.ts'
import { NewsroomError, notFound } from '../errors.ts'
import { published } from './stories.service.ts'

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
  related: PublicArticle[]
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

/** A published article with what a reader sees beside it; `related` are the codes of `relatedCodes`, of which only those still published are shown. */
export async function readArticle(article: PublicArticle, related: number[]): Promise<ReadableArticle> {
  const [sections, shown] = await Promise.all([allSections(), published(related)])
  const words = plainText(article.body)
  const counted = `${article.lead} ${words}`.split(/\s+/).length
  return {
    article,
    sectionName: sections.find(({ slug }) => slug === article.section)?.name ?? '',
    words,
    minutes: Math.max(1, Math.round(counted / WORDS_A_MINUTE)),
    related: shown,
  }
}

/** Codes of articles under the same tags, most tags in common first, then of the latest in the section. */
export async function relatedCodes({ code, tags, section }: PublicArticle): Promise<number[]> {
  const [akin, near] = await Promise.all([
    latestUnderTags(tags, code, 4 * RELATED),
    latest({ section, exceptCode: code, limit: RELATED, withoutTexts: true }),
  ])
  const mine = new Set(tags)
  const shared = (article: PublicArticle) => article.tags.filter((tag) => mine.has(tag)).length
  const best = akin.toSorted((one, other) => shared(other) - shared(one)).slice(0, RELATED)
  return [...new Set([...best, ...near].map((article) => article.code))].slice(0, RELATED)
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
