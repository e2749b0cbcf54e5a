import { publishedThread } from '../../models/comments.ts'
import { requeue } from '../../models/moderation.ts'
import type { Actor, ArticleFields } from '../domain/article.ts'
import { plainText } from '../domain/article-text.ts'
import { droppedPhrases, quotesAny } from '../domain/quoting.ts'

const MOST = 5_000

function wholeText({ kicker, title, subtitle, lead, body }: ArticleFields): string {
  return [kicker, title, subtitle, lead, plainText(body)].join('\n')
}

/** Brings published comments that quote what an article no longer says back into the queue; gives their number. */
export async function requeueQuoting(
  code: number,
  before: ArticleFields,
  after: ArticleFields,
  by: Actor,
  now: Date,
): Promise<number> {
  const dropped = droppedPhrases(wholeText(before), wholeText(after))
  if (dropped.size === 0) return 0
  const quoting = (await publishedThread(code, MOST)).filter(({ body }) => quotesAny(body, dropped))
  const note = 'جمله‌ای که این نظر نقل کرده در خبر تغییر کرده است.'
  return await requeue(
    quoting.map(({ id }) => id),
    { at: now, by, rule: null, note },
  )
}
