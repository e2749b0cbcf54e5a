import type { Language } from '../language/index.ts'
import type { NameProfile } from '../names/index.ts'
import type { Word } from '../persian-text/index.ts'
import type { TopicProfile } from '../topic/index.ts'
import type { Reported } from './accusation/index.ts'
import type { CompiledLexicon } from './insult.ts'
import type { ArticleText, RuleCode, Span } from './types.ts'

/** A text read once for all rules: as received, folded with the way back to its offsets, and cut into words. */
export interface PreparedText {
  text: string
  folded: string
  map: Uint16Array | Uint32Array
  words: Word[]
}

/** A comment read once for all rules; its language is found when first asked for. */
export interface PreparedComment {
  text: PreparedText
  name?: PreparedText
  parent?: PreparedText
  readonly language: Language
}

/** An article read once for all its comments. */
export interface PreparedArticle {
  topic: TopicProfile
  names: NameProfile
  reported: Reported
  article: ArticleText
}

/** An earlier comment that a new one may repeat: its text and whether the same writer sent it. */
export interface RecentText {
  text: string
  sameWriter: boolean
}

/** What a rule may look at beside the comment. */
export interface Context {
  lexicon?: CompiledLexicon
  article?: PreparedArticle
  recent?: readonly RecentText[]
}

/** What a rule noticed: a score from 0 to 1, where, and one Persian sentence; `certain` only when it is beyond doubt, which refusal needs. */
export interface Look {
  score: number
  spans: Span[]
  why: string
  certain?: boolean
}

/** A worked example of a rule. */
export interface Example {
  text: string
  article?: ArticleText
  parent?: string
  recent?: readonly RecentText[]
}

/** One rule: what it is called, from which score on it speaks, how it looks at a comment, and examples of what it catches and passes. */
export interface Rule {
  code: RuleCode
  label: string
  threshold: number
  look(comment: PreparedComment, context: Context): Look
  examples: { catches: Example[]; passes: Example[] }
}

/** A rule that saw nothing. */
export const NOTHING: Look = { score: 0, spans: [], why: '' }
