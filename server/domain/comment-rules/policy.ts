import type { Finding, RuleCode, Verdict } from './types.ts'

/** What a newsroom sets: from which score each rule speaks (its own threshold where nothing is set) and from which certain score it refuses (null: never). */
export interface Policy {
  thresholds: Partial<Record<RuleCode, number>>
  refuse: Record<RuleCode, number | null>
}

/** Refuses only what is severe and certain; all else that a rule noticed waits for a person. */
export const DEFAULT_POLICY: Policy = {
  thresholds: {},
  refuse: {
    insult: 0.95,
    accusation: null,
    'non-persian': 0.98,
    'off-topic': null,
    advertising: 0.95,
    'personal-data': null,
    duplicate: null,
    gibberish: 0.95,
  },
}

/** A finding with the score at which the rule itself, whatever was taught, calls it beyond doubt; null when it does not. */
export type JudgedFinding = Finding & { certain: number | null }

/** The verdict on all findings: refused when one is certain and severe enough, held when there is any, else clean. */
export function decide(findings: readonly JudgedFinding[], policy: Policy): Verdict {
  for (const { rule, certain } of findings) {
    const from = policy.refuse[rule]
    if (certain !== null && from !== null && certain >= from) return 'refuse'
  }
  return findings.length > 0 ? 'hold' : 'clean'
}
