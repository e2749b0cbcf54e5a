import type { Model, RuleView } from '../learning/index.ts'
import { chanceOf, tellingSpans } from '../learning/index.ts'
import { type CompiledLexicon, insult, marksOf } from './insult.ts'
import { asComment } from './prepare.ts'
import type { Look, PreparedText } from './rule.ts'

function viewOf({ score, spans }: Look, text: PreparedText, lexicon?: CompiledLexicon): RuleView {
  return { insult: score, spans: spans.length, marks: marksOf(text, lexicon) }
}

/** What the insult rule says of a text, in the form that the learner takes. */
export function ruleView(text: PreparedText, lexicon?: CompiledLexicon): RuleView {
  return viewOf(insult.look(asComment(text), lexicon ? { lexicon } : {}), text, lexicon)
}

const MOST = 0.999
const TAUGHT = 'ناظران نظرهای همانند این را پیش‌تر رد کرده‌اند.'

/**
 * What the insult rule saw, weighed by what the newsroom's decisions taught, on the rule's own scale:
 * where the taught chance passes its threshold, the score passes the rule's. What the rule calls certain never sinks.
 * The chance itself, between 0 and 1, is what ranks.
 */
export function withTaught(
  look: Look,
  text: PreparedText,
  model: Model,
  lexicon?: CompiledLexicon,
): { look: Look; chance: number } {
  const taught = chanceOf(model, text, viewOf(look, text, lexicon))
  const chance = Math.min(MOST, Math.max(1 - MOST, look.certain ? Math.max(look.score, taught) : taught))
  return { look: scaled(look, text, model, taught), chance }
}

function scaled(look: Look, text: PreparedText, model: Model, chance: number): Look {
  const score =
    chance >= model.threshold
      ? insult.threshold + ((chance - model.threshold) / (1 - model.threshold)) * (MOST - insult.threshold)
      : (chance / model.threshold) * insult.threshold
  if (look.certain) return { ...look, score: Math.max(look.score, score) }
  const unplaced = look.spans.length === 0 && chance >= model.threshold
  const spans = unplaced ? tellingSpans(model, text) : look.spans
  return { score, spans, why: look.score >= insult.threshold ? look.why : TAUGHT }
}
