/** The codes of all comment rules, in the order in which findings are listed. */
export const RULE_CODES = [
  'insult',
  'accusation',
  'non-persian',
  'off-topic',
  'advertising',
  'personal-data',
  'duplicate',
  'gibberish',
] as const

/** One rule's code, as it stands in stored findings and in the operator's tool. */
export type RuleCode = (typeof RULE_CODES)[number]

/** A place in a text: start and end as UTF-16 offsets into the text exactly as received, start < end. */
export type Span = [start: number, end: number]

/** What one rule noticed in one comment; score is 0 to 1, `why` one Persian sentence for people. */
export interface Finding {
  rule: RuleCode
  score: number
  spans: Span[]
  why: string
}

/** A person or body that an article speaks of; `forms` are further spellings or shortened forms under which it appears. */
export interface ArticleName {
  name: string
  kind: 'person' | 'body'
  role?: string
  forms?: string[]
}

/** The texts of an article as the rules need them: plain text without markup. */
export interface ArticleText {
  kicker?: string
  title: string
  lead?: string
  body?: string
  tags?: string[]
  names?: ArticleName[]
}

/** A comment as received: only `text` is required; `parent` is the text of the comment that it answers. */
export interface CommentText {
  text: string
  name?: string
  parent?: string
}

/** What the rules advise: publishable, for a person to decide, or to refuse. */
export type Verdict = 'clean' | 'hold' | 'refuse'

/** All that the rules say of one comment; `topic` is absent without an article, `rank` estimates the chance of refusal. */
export interface Inspection {
  verdict: Verdict
  findings: Finding[]
  scores: Record<RuleCode, number>
  language: { code: string; score: number }
  topic?: { score: number }
  rank: number
}
