import { LRUCache } from 'lru-cache'
import type { PublicArticle } from '../domain/article.ts'
import { plainText } from '../domain/article-text.ts'
import { inspect, type PreparedArticle, prepareArticle } from '../domain/comment-rules/index.ts'
import type { RecentText } from '../domain/comment-rules/rule.ts'
import type { CommentText, Inspection } from '../domain/comment-rules/types.ts'
import { taughtModel } from './learning.service.ts'

const KEPT = 500

/** Articles prepared for their comments; a new revision is prepared anew. */
const prepared = new LRUCache<string, PreparedArticle>({ max: KEPT })

function preparedFor(article: PublicArticle): PreparedArticle {
  const key = `${article.id} ${article.revision}`
  const known = prepared.get(key)
  if (known) return known
  const { kicker, title, lead, body, tags, names } = article
  const fresh = prepareArticle({
    kicker,
    title,
    lead,
    body: plainText(body),
    tags,
    ...(names.length > 0 ? { names } : {}),
  })
  prepared.set(key, fresh)
  return fresh
}

/** All that the rules and the newsroom's own decisions say of a comment on this article, beside earlier texts that it may repeat. */
export async function inspectComment(
  comment: CommentText,
  article: PublicArticle,
  recent: readonly RecentText[],
  now: Date,
): Promise<Inspection> {
  const { model, taught } = await taughtModel(now)
  return inspect(comment, { article: preparedFor(article), recent, model, taught })
}
