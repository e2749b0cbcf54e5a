import type { PublicArticle } from '../domain/article.ts'
import { type CommentText, type Inspection, RULE_CODES, type RuleCode } from '../domain/comment-rules/types.ts'

/** All that the rules find in a comment on this article. */
export function inspectComment(_comment: CommentText, _article: PublicArticle): Inspection {
  const scores = Object.fromEntries(RULE_CODES.map((code) => [code, 0])) as Record<RuleCode, number>
  return { verdict: 'hold', findings: [], scores, language: { code: 'und', score: 0 }, rank: 0.5 }
}
