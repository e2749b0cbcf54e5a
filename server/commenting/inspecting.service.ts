import type { PublicArticle } from '../domain/article.ts'
import { inspect, type PreparedArticle, prepareArticle } from '../domain/comment-rules/index.ts'
import type { CommentText, Inspection } from '../domain/comment-rules/types.ts'
import { plainTextOf } from '../domain/safe-html/index.ts'

const KEPT = 200
const prepared = new Map<number, { revision: number; article: PreparedArticle }>()

/** The article as the rules need it, made once for each revision and kept while it is talked about. */
export function articleForRules(article: PublicArticle): PreparedArticle {
  const known = prepared.get(article.code)
  if (known?.revision === article.revision) {
    prepared.delete(article.code)
    prepared.set(article.code, known)
    return known.article
  }
  const { kicker, title, lead, body, tags, names } = article
  const made = prepareArticle({ kicker, title, lead, body: plainTextOf(body), tags, names })
  prepared.set(article.code, { revision: article.revision, article: made })
  if (prepared.size > KEPT) prepared.delete(prepared.keys().next().value!)
  return made
}

/** All that the rules find in a comment on this article. */
export function inspectComment(comment: CommentText, article: PublicArticle): Inspection {
  return inspect(comment, { article: articleForRules(article) })
}
