import { LRUCache } from 'lru-cache'
import type { PublicArticle } from '../domain/article.ts'
import { plainText } from '../domain/article-text.ts'
import { policyFor } from '../domain/comment-policy.ts'
import { inspect, type PreparedArticle, prepareArticle } from '../domain/comment-rules/index.ts'
import type { RecentText } from '../domain/comment-rules/rule.ts'
import type { CommentText, Inspection } from '../domain/comment-rules/types.ts'
import { type CompiledPolicy, currentPolicy } from './comment-policy.service.ts'
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
  const [{ model, taught }, rules] = await Promise.all([taughtModel(now), currentPolicy(now)])
  return inspect(comment, { ...optionsFor(article, rules), recent, model, taught })
}

function optionsFor(article: PublicArticle, { policy, lexicon }: CompiledPolicy) {
  return {
    article: preparedFor(article),
    policy: policyFor(policy, article.section),
    ...(lexicon ? { lexicon } : {}),
  }
}

/** What a policy says of a comment on this article, whatever was taught and whatever else was sent. */
export function inspectUnder(rules: CompiledPolicy, comment: CommentText, article: PublicArticle): Inspection {
  return inspect(comment, optionsFor(article, rules))
}
