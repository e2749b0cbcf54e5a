import type { PreparedText } from '../comment-rules/rule.ts'
import type { Span } from '../comment-rules/types.ts'
import type { FeatureVector, RuleView } from './features.ts'
import { DIMENSIONS, featurePlace, featuresOf, namedFeatures, wordFeatures } from './features.ts'
import type { Case } from './svm.ts'
import { distance, tellingOf, train } from './svm.ts'

export type { RuleView } from './features.ts'

/** A past decision as the learner takes it: the text with what the insult rule said, and whether it was refused as an insult. */
export interface Decision {
  text: PreparedText
  rules: RuleView
  refused: boolean
}

/** What the newsroom's decisions taught: one weight a feature place, a curve from distance to chance, and the chance from which a comment is held. */
export interface Model {
  weights: Float32Array
  bias: number
  steepness: number
  shift: number
  threshold: number
  decisions: number
}

/** What one later decision changed, so that it can be forgotten exactly. */
export interface Lesson {
  step: number
}

const TRAINING = { cost: 0.8, refusedWeight: 1.2, epochs: 12 }
const SMOOTHING = 1
const FOLDS = 5
const LEAST_OF_EACH = 10
const STEP = 0.15

function scaled({ places, values }: FeatureVector, telling: Float32Array): FeatureVector {
  const result = new Float32Array(values.length)
  for (let i = 0; i < values.length; i++) result[i] = values[i]! * telling[places[i]!]!
  return { places, values: result }
}

function fit(cases: readonly Case[]): { weights: Float32Array; bias: number } {
  const telling = tellingOf(cases, SMOOTHING)
  const line = train(
    cases.map(({ features, refused }) => ({ features: scaled(features, telling), refused })),
    TRAINING,
  )
  const weights = new Float32Array(DIMENSIONS)
  for (let place = 0; place < DIMENSIONS; place++) weights[place] = line.weights[place]! * telling[place]!
  return { weights, bias: line.bias }
}

/** Distances of cases that the line was not trained on, fold by fold. */
function heldOut(cases: readonly Case[]): { at: number; refused: boolean }[] {
  const results: { at: number; refused: boolean }[] = []
  for (let fold = 0; fold < FOLDS; fold++) {
    const line = fit(cases.filter((_, i) => i % FOLDS !== fold))
    cases.forEach(({ features, refused }, i) => {
      if (i % FOLDS === fold) results.push({ at: distance(line, features), refused })
    })
  }
  return results
}

/** The logistic curve from distance to chance (Platt 1999), by Newton's method. */
function curve(points: readonly { at: number; refused: boolean }[]): { steepness: number; shift: number } {
  let steepness = 2
  let shift = 0
  for (let round = 0; round < 30; round++) {
    let g0 = 0
    let g1 = 0
    let h00 = 1e-6
    let h01 = 0
    let h11 = 1e-6
    for (const { at, refused } of points) {
      const chance = 1 / (1 + Math.exp(-(steepness * at + shift)))
      const error = chance - (refused ? 1 : 0)
      const spread = chance * (1 - chance)
      g0 += error * at
      g1 += error
      h00 += spread * at * at
      h01 += spread * at
      h11 += spread
    }
    const determinant = h00 * h11 - h01 * h01
    if (determinant <= 0) break
    steepness -= (h11 * g0 - h01 * g1) / determinant
    shift -= (h00 * g1 - h01 * g0) / determinant
  }
  return { steepness, shift }
}

/** The chance at which holding finds most with least error (greatest F1), kept between a third and two thirds. */
function bestThreshold(points: readonly { chance: number; refused: boolean }[]): number {
  const sorted = [...points].sort((a, b) => b.chance - a.chance)
  const refusals = points.filter(({ refused }) => refused).length
  let right = 0
  let best = { value: -1, chance: 0.5 }
  sorted.forEach(({ chance, refused }, i) => {
    if (refused) right += 1
    const value = (2 * right) / (i + 1 + refusals)
    if (value > best.value) best = { value, chance }
  })
  return Math.min(2 / 3, Math.max(1 / 3, best.chance))
}

const RULE_WEIGHT = 3
const RULE_BIAS = -2.4

/** A model that has seen no decision yet: it only repeats what the insult rule says. */
export function freshModel(): Model {
  const weights = new Float32Array(DIMENSIONS)
  weights[featurePlace('rule insult')] = RULE_WEIGHT
  return { weights, bias: RULE_BIAS, steepness: 1, shift: 0, threshold: 0.5, decisions: 0 }
}

const TEACHING_RULES = new Set<string | null>([null, 'insult', 'accusation'])

/** What a decision says about insults: true refused as one, false published, undefined nothing, as when it was refused under another rule. */
export function lessonOf(decision: 'publish' | 'refuse', rule: string | null): boolean | undefined {
  if (decision === 'publish') return false
  return TEACHING_RULES.has(rule) ? true : undefined
}

/** Learns from past decisions; the same decisions in the same order give the same model. Undefined with fewer than ten of either kind. */
export function learn(decisions: readonly Decision[]): Model | undefined {
  const cases = decisions.map(({ text, rules, refused }) => ({ features: featuresOf(text, rules), refused }))
  const refusals = cases.filter(({ refused }) => refused).length
  if (Math.min(refusals, cases.length - refusals) < LEAST_OF_EACH) return undefined
  const points = heldOut(cases)
  const { steepness, shift } = curve(points)
  const threshold = bestThreshold(
    points.map(({ at, refused }) => ({ chance: 1 / (1 + Math.exp(-(steepness * at + shift))), refused })),
  )
  return { ...fit(cases), steepness, shift, threshold, decisions: cases.length }
}

/** The chance that a moderator would refuse the comment as an insult. */
export function chanceOf(model: Model, text: PreparedText, rules: RuleView): number {
  return 1 / (1 + Math.exp(-(model.steepness * distance(model, featuresOf(text, rules)) + model.shift)))
}

function move(model: Model, { places, values }: FeatureVector, step: number): void {
  for (let i = 0; i < places.length; i++) model.weights[places[i]!]! += step * values[i]!
  model.bias += step
}

/** Takes one more decision on the spot, a step of the logistic loss; gives what is needed to forget it. */
export function teach(model: Model, decision: Decision): Lesson {
  const chance = chanceOf(model, decision.text, decision.rules)
  const step = STEP * ((decision.refused ? 1 : 0) - chance)
  move(model, featuresOf(decision.text, decision.rules), step)
  model.decisions += 1
  return { step }
}

/** Takes a later decision back: its step is undone. */
export function forget(model: Model, decision: Pick<Decision, 'text' | 'rules'>, lesson: Lesson): void {
  move(model, featuresOf(decision.text, decision.rules), -lesson.step)
  model.decisions -= 1
}

/** The features that spoke most, by name, positive for refusal. */
export function explain(
  model: Model,
  text: PreparedText,
  rules: RuleView,
  most = 8,
): { feature: string; weight: number }[] {
  return [...namedFeatures(text, rules)]
    .map(([feature, value]) => ({ feature, weight: value * model.weights[featurePlace(feature)]! }))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, most)
}

/** How much each word of a text speaks, by all features within it; positive for refusal. */
export function weighWords(model: Model, text: PreparedText): { span: Span; weight: number }[] {
  return text.words.map(({ joined, start, end }) => ({
    span: [start, end],
    weight: wordFeatures(joined).reduce((sum, feature) => sum + model.weights[featurePlace(feature)]!, 0),
  }))
}

const MOST_SPANS = 3

/** The words that spoke most for refusal, as places in the text; those far below the first are left out. */
export function tellingSpans(model: Model, text: PreparedText): Span[] {
  const weighed = weighWords(model, text)
  const most = Math.max(0, ...weighed.map(({ weight }) => weight))
  return weighed
    .filter(({ weight }) => weight > most / 2)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST_SPANS)
    .map(({ span }) => span)
    .sort((a, b) => a[0] - b[0])
}

const FORMAT = 'newsroom-model-1'
const GRAIN = 10_000

/** A model as text: weights as pairs of place and ten-thousandths. */
export function writeModel(model: Model): string {
  const pairs: number[] = []
  let last = 0
  model.weights.forEach((weight, place) => {
    const grains = Math.round(weight * GRAIN)
    if (grains === 0) return
    pairs.push(place - last, grains)
    last = place
  })
  const { bias, steepness, shift, threshold, decisions } = model
  return JSON.stringify({ format: FORMAT, bias, steepness, shift, threshold, decisions, pairs })
}

/** A model from its text; throws when it is none. */
export function readModel(text: string): Model {
  const stored = JSON.parse(text) as Omit<Model, 'weights'> & { format: string; pairs: number[] }
  if (stored.format !== FORMAT || !Array.isArray(stored.pairs))
    throw new Error('this file holds no model of a newsroom')
  const weights = new Float32Array(DIMENSIONS)
  let place = 0
  for (let i = 0; i + 1 < stored.pairs.length; i += 2) {
    place += stored.pairs[i]!
    if (place >= 0 && place < DIMENSIONS) weights[place] = stored.pairs[i + 1]! / GRAIN
  }
  const { bias, steepness, shift, threshold, decisions } = stored
  return { weights, bias, steepness, shift, threshold, decisions }
}
