import type { Actor } from './article.ts'
import type { Inspection, RuleCode, Span } from './comment-rules/types.ts'

/** The states of a comment; a held one waits for the chief and counts as waiting for readers. */
export const COMMENT_STATES = ['waiting', 'held', 'published', 'refused'] as const

/** Where a comment stands. */
export type CommentState = (typeof COMMENT_STATES)[number]

/** Persian words for the states, as the desk shows them. */
export const COMMENT_STATE_LABELS = {
  waiting: 'در انتظار بررسی',
  held: 'نزد سردبیر',
  published: 'انتشار یافته',
  refused: 'غیر قابل انتشار',
} as const satisfies Record<CommentState, string>

/** The three numbers that stand under an article, held comments among the waiting. */
export interface CommentCounts {
  published: number
  waiting: number
  refused: number
}

/** What a reader sees as the state of a comment. */
export function publicState(state: CommentState): 'waiting' | 'published' | 'refused' {
  return state === 'held' ? 'waiting' : state
}

/** The rule under which a comment was refused, with the text and version of the rule that then held. */
export interface RefusalRule {
  code: RuleCode | string
  text: string
  version: number
}

/** One entry of a comment's history: who moved it when, from where to where, under which rule and with which note. */
export interface CommentStep {
  at: Date
  by: Actor | null
  from: CommentState
  to: CommentState
  act: 'approve' | 'refuse' | 'hold' | 'undo' | 'overrule' | 'appeal' | 'requeue' | 'mask' | 'rules'
  rule: RefusalRule | null
  note: string
}

/** A moderator's passing hold on a comment, so that no two decide the same one. */
export interface Claim {
  by: Actor
  until: Date
}

/** A stored comment with all that was found and decided about it; `revision` grows with every decision. */
export interface Comment {
  id: string
  articleCode: number
  parentId: string | null
  rootId: string | null
  depth: number
  name: string
  email: string
  body: string
  createdAt: Date
  state: CommentState
  revision: number
  inspection: Inspection
  decidedAt: Date | null
  decidedBy: Actor | null
  rule: RefusalRule | null
  history: CommentStep[]
  claim: Claim | null
  appeal: { text: string; at: Date } | null
  masks: Span[]
  agree: number
  disagree: number
  reports: number
  pick: boolean
  staff: Actor | null
  fingerprint: string
  subnet: string
}
