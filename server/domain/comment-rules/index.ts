import type { Model } from '../learning/index.ts'
import { topicScore } from '../topic/index.ts'
import { accusation } from './accusation.ts'
import { advertising } from './advertising.ts'
import { duplicate } from './duplicate.ts'
import { gibberish } from './gibberish.ts'
import { type CompiledLexicon, insult } from './insult.ts'
import { nonPersian } from './non-persian.ts'
import { offTopic } from './off-topic.ts'
import { personalData } from './personal-data.ts'
import type { JudgedFinding, Policy } from './policy.ts'
import { DEFAULT_POLICY, decide } from './policy.ts'
import { prepareComment } from './prepare.ts'
import { rankOf } from './rank.ts'
import type { Context, PreparedArticle, RecentText, Rule } from './rule.ts'
import { withTaught } from './taught.ts'
import type { CommentText, Inspection, RuleCode, Span } from './types.ts'
import { RULE_CODES } from './types.ts'

export { prepareArticle } from './prepare.ts'
export type { PreparedArticle } from './rule.ts'
export { ruleView } from './taught.ts'

/** All rules, in the order in which their findings are listed. */
export const RULES: readonly Rule[] = [
  // What the first published rule forbids.
  insult,
  accusation,
  // What the second published rule forbids.
  nonPersian,
  offTopic,
  // What newsrooms refuse besides.
  advertising,
  personalData,
  duplicate,
  gibberish,
]

/** What an inspection may use beside the comment. */
export interface InspectOptions {
  article?: PreparedArticle
  policy?: Policy
  recent?: readonly RecentText[]
  lexicon?: CompiledLexicon
  /** What the newsroom's decisions taught. */
  model?: Model
  /** Whether what was taught may hold a comment, or only rank it. */
  taught?: 'holds' | 'ranks'
}

/** Spans in order, within the text, overlapping ones joined. */
function tidySpans(spans: readonly Span[], length: number): Span[] {
  const sorted = spans
    .map(([start, end]): Span => [Math.max(0, start), Math.min(length, end)])
    .filter(([start, end]) => start < end)
    .sort((a, b) => a[0] - b[0])
  const joined: Span[] = []
  for (const [start, end] of sorted) {
    const last = joined.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else joined.push([start, end])
  }
  return joined
}

/** All that the rules say of one comment: every finding at once, scores of every rule, language, topic, verdict and rank. */
export function inspect(comment: CommentText, options: InspectOptions = {}): Inspection {
  const { article, policy = DEFAULT_POLICY, recent, lexicon, model, taught = 'holds' } = options
  const prepared = prepareComment(comment)
  const context: Context = {
    ...(article ? { article } : {}),
    ...(recent ? { recent } : {}),
    ...(lexicon ? { lexicon } : {}),
  }
  const scores = Object.fromEntries(RULE_CODES.map((code) => [code, 0])) as Record<RuleCode, number>
  let chance: number | undefined
  const findings: JudgedFinding[] = []
  for (const rule of RULES) {
    const seen = rule.look(prepared, context)
    const weighed = rule === insult && model ? withTaught(seen, prepared.text, model, lexicon) : undefined
    const look = weighed && taught === 'holds' ? weighed.look : seen
    chance = weighed?.chance ?? chance
    scores[rule.code] = look.score
    if (look.score < (policy.thresholds[rule.code] ?? rule.threshold)) continue
    const spans = tidySpans(look.spans, comment.text.length)
    findings.push({
      rule: rule.code,
      score: look.score,
      spans,
      why: look.why,
      certain: seen.certain ? seen.score : null,
    })
  }
  return {
    verdict: decide(findings, policy),
    findings: findings.map(({ certain: _certain, ...finding }) => finding),
    scores,
    language: { code: prepared.language.code, score: prepared.language.score },
    ...(article ? { topic: { score: topicScore(prepared.text, article.topic, prepared.parent) } } : {}),
    rank: rankOf(scores, chance),
  }
}
