import type { CommentMode } from './article.ts'
import { COMMENT_MODE_LABELS } from './article.ts'
import type { Policy } from './comment-rules/policy.ts'
import { DEFAULT_POLICY } from './comment-rules/policy.ts'
import type { RuleCode } from './comment-rules/types.ts'
import { RULE_CODES } from './comment-rules/types.ts'
import type { ListedStrength, WordListEntry } from './comment-rules/word-list.ts'
import { checkWordList } from './comment-rules/word-list.ts'
import { REFUSAL_RULES } from './refusal-rules.ts'

/** What a newsroom sets of its comment rules: its words, from which score each rule speaks (for all, or for one section by its slug) and refuses, and how comments reach readers where nothing else is said. */
export interface CommentPolicy {
  words: WordListEntry[]
  thresholds: Partial<Record<RuleCode, number>>
  refuse: Partial<Record<RuleCode, number | null>>
  sections: Record<string, Partial<Record<RuleCode, number>>>
  mode: CommentMode
}

/** The policy of a newsroom that set nothing. */
export const BLANK_POLICY: CommentPolicy = { words: [], thresholds: {}, refuse: {}, sections: {}, mode: 'all-wait' }

/** One change: a word's line put into the list or taken out of it, the scores for all or for one section, or the newsroom's mode. */
export type PolicyChange =
  | { kind: 'word'; entry: WordListEntry }
  | { kind: 'forget-word'; word: string }
  | {
      kind: 'scores'
      section: string
      thresholds: Partial<Record<RuleCode, number>>
      refuse: Partial<Record<RuleCode, number | null>>
    }
  | { kind: 'mode'; mode: CommentMode }

/** The policy after a change and the change as one Persian sentence, or the fault that stands in its way. */
export type ChangedPolicy = { ok: true; policy: CommentPolicy; sentence: string } | { ok: false; fault: string }

const STRENGTHS = {
  severe: 'توهین شدید',
  insult: 'توهین',
  context: 'توهین اگر رو به شخص باشد',
  off: 'خاموش',
  'as-is': 'شدت خود سامانه، با استثنا',
} as const satisfies Record<ListedStrength, string>

/** The Persian words for the strengths of a listed word. */
export const STRENGTH_LABELS: Readonly<Record<ListedStrength, string>> = STRENGTHS

/** The rules' own policy with the newsroom's scores on top; those of the article's section count most. */
export function policyFor(policy: CommentPolicy, section: string): Policy {
  const own = Object.hasOwn(policy.sections, section) ? policy.sections[section] : {}
  return {
    thresholds: { ...DEFAULT_POLICY.thresholds, ...policy.thresholds, ...own },
    refuse: { ...DEFAULT_POLICY.refuse, ...policy.refuse },
  }
}

function scoresSentence(section: string): string {
  return section === '' ? 'آستانه‌های همهٔ سایت تغییر کرد.' : `آستانه‌های سرویس «${section}» تغییر کرد.`
}

/** Puts one change into a policy; the policy given stays as it was. */
export function applyChange(policy: CommentPolicy, change: PolicyChange): ChangedPolicy {
  if (change.kind === 'mode') {
    const sentence = `شیوهٔ دریافت نظر در همهٔ سایت: «${COMMENT_MODE_LABELS[change.mode]}».`
    return { ok: true, policy: { ...policy, mode: change.mode }, sentence }
  }
  if (change.kind === 'forget-word') {
    const words = policy.words.filter(({ word }) => word !== change.word)
    if (words.length === policy.words.length) return { ok: false, fault: `«${change.word}» در فهرست نیست.` }
    return { ok: true, policy: { ...policy, words }, sentence: `«${change.word}» از فهرست برداشته شد.` }
  }
  if (change.kind === 'word') {
    const { entry } = change
    const words = [...policy.words.filter(({ word }) => word !== entry.word), entry]
    const fault = checkWordList(words)[0]
    if (fault) return { ok: false, fault: fault.message }
    return { ok: true, policy: { ...policy, words }, sentence: `«${entry.word}»: ${STRENGTHS[entry.strength]}.` }
  }
  const { section, thresholds, refuse } = change
  const scores = [...Object.values(thresholds), ...Object.values(refuse)]
  if (scores.some((score) => score !== null && !(score >= 0.01 && score <= 1))) {
    return { ok: false, fault: 'آستانه‌ها باید عددی از ۱ تا ۱۰۰ باشند.' }
  }
  if (section === '') return { ok: true, policy: { ...policy, thresholds, refuse }, sentence: scoresSentence(section) }
  const { [section]: _before, ...others } = policy.sections
  const sections = Object.keys(thresholds).length === 0 ? others : { ...others, [section]: thresholds }
  return { ok: true, policy: { ...policy, sections }, sentence: scoresSentence(section) }
}

/** The rules with the scores that a newsroom set, for a page: null where the rule's own holds, `never` where nothing is refused. */
export function scoresShown(policy: CommentPolicy, section: string) {
  const own = section === '' ? policy.thresholds : (policy.sections[section] ?? {})
  const effective = policyFor(policy, section)
  return RULE_CODES.map((code) => ({
    code,
    label: REFUSAL_RULES[code].label,
    threshold: own[code] ?? null,
    refuse: effective.refuse[code],
  }))
}
