import type { RuleCode } from './types.ts'
import { RULE_CODES } from './types.ts'

const BIAS = -2.6

/** How much each rule's score speaks for refusal; chosen by hand from how often newsrooms refuse for it. */
const WEIGHTS: Record<RuleCode, number> = {
  insult: 7,
  accusation: 3.2,
  'non-persian': 4.2,
  'off-topic': 1.6,
  advertising: 4.4,
  'personal-data': 3.4,
  duplicate: 2.6,
  gibberish: 4,
}

/**
 * The estimated chance that a moderator would refuse, from the scores of all rules.
 * Where decisions taught the chance of a refusal as an insult, that chance stands in place of the insult rule's part.
 */
export function rankOf(scores: Record<RuleCode, number>, taughtChance?: number): number {
  let sum =
    taughtChance === undefined ? BIAS + WEIGHTS.insult * scores.insult : Math.log(taughtChance / (1 - taughtChance))
  for (const rule of RULE_CODES) if (rule !== 'insult') sum += WEIGHTS[rule] * scores[rule]
  return 1 / (1 + Math.exp(-sum))
}
