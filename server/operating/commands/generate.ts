import { parseArgs } from 'node:util'
import type { BulkArticle, BulkComment } from '../../../models/bulk.ts'
import { insertArticles, insertComments } from '../../../models/bulk.ts'
import { saveSection } from '../../../models/sections.ts'
import { blankArticle } from '../../domain/article.ts'
import { bodyFromParagraphs } from '../../domain/article-text.ts'
import type { CommentState } from '../../domain/comment.ts'
import { inspect } from '../../domain/comment-rules/index.ts'
import type { Inspection } from '../../domain/comment-rules/types.ts'
import { slugOf } from '../../domain/news-code.ts'
import type { Command } from '../command.ts'
import { UsageError } from '../command.ts'
import { DEMO_SECTIONS } from '../demo/sections.ts'
import { seededChance } from '../generating/chance.ts'
import { madeUpArticle, madeUpComment, pick } from '../generating/texts.ts'
import { withNewsroom } from '../open-newsroom.ts'

const BATCH = 500
const EVERY_MS = 7 * 60 * 1000
/** Made-up articles end at this moment, so that the same seed gives the same newsroom on any day. */
const LAST_MOMENT = Date.UTC(2026, 9, 1)
const STATES: CommentState[] = ['published', 'published', 'published', 'waiting', 'refused']

function wholeNumber(name: string, given: string | undefined, fallback: string): number {
  const text = given ?? fallback
  if (!/^\d{1,8}$/.test(text)) throw new UsageError(`--${name} takes a whole number`)
  return Number(text)
}

function articlesFor(from: number, count: number, total: number, chance: () => number): BulkArticle[] {
  return Array.from({ length: count }, (_, i) => {
    const number = from + i
    const { paragraphs, ...words } = madeUpArticle(number + 1, chance)
    return {
      ...blankArticle(),
      ...words,
      body: bodyFromParagraphs(paragraphs),
      section: pick(DEMO_SECTIONS, chance).slug,
      slug: slugOf(words.title),
      publishedAt: new Date(LAST_MOMENT - (total - number) * EVERY_MS),
    }
  })
}

/** Makes Persian content up for load tests. */
export const command: Command = {
  name: 'generate',
  usage: 'generate --articles N [--comments M] [--seed S]',
  summary: 'Makes up N articles and M comments in Persian for load tests; the same seed gives the same content.',
  async run({ args, stdout, env }) {
    let values: { articles?: string; comments?: string; seed?: string }
    try {
      const text = { type: 'string' } as const
      values = parseArgs({ args, options: { articles: text, comments: text, seed: text } }).values
    } catch (error) {
      throw new UsageError((error as Error).message)
    }
    // Never by default: this is for load tests, and a newsroom at work would publish what it makes up.
    if (values.articles === undefined) throw new UsageError('--articles is needed')
    const articles = wholeNumber('articles', values.articles, '0')
    const comments = wholeNumber('comments', values.comments, '0')
    if (articles === 0 && comments > 0) throw new UsageError('comments need at least one article')
    const chance = seededChance(wholeNumber('seed', values.seed, '1'))
    return await withNewsroom(env, async () => {
      for (const section of DEMO_SECTIONS) await saveSection(section)
      const made: { code: number; publishedAt: Date }[] = []
      for (let from = 0; from < articles; from += BATCH) {
        const batch = articlesFor(from, Math.min(BATCH, articles - from), articles, chance)
        const codes = await insertArticles(batch)
        codes.forEach((code, i) => {
          made.push({ code, publishedAt: batch[i]!.publishedAt })
        })
      }
      const known = new Map<string, Inspection>()
      for (let from = 0; from < comments; from += BATCH) {
        const batch = Array.from({ length: Math.min(BATCH, comments - from) }, (): BulkComment => {
          const { code, publishedAt } = pick(made, chance)
          const words = madeUpComment(chance)
          let inspection = known.get(words.body)
          if (!inspection) {
            inspection = inspect({ text: words.body })
            known.set(words.body, inspection)
          }
          const createdAt = new Date(publishedAt.getTime() + Math.floor(chance() * 48 * 60) * 60_000)
          return { ...words, articleCode: code, createdAt, state: pick(STATES, chance), inspection }
        })
        await insertComments(batch)
      }
      stdout.write(`made up ${articles} articles and ${comments} comments\n`)
      return 0
    })
  },
}
