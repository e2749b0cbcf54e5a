import type { ArticleText } from '../comment-rules/types.ts'
import { type Word, words } from '../persian-text/index.ts'
import { featuresOf, type WordFeatures } from './features.ts'
import { fieldName } from './field-index.ts'
import { addGram, closeTally } from './gram-tally.ts'
import { type FieldProfile, FieldTally, kinshipOf } from './kinship.ts'
import { type Weights, weigh, weightsOf } from './weights.ts'

export { mainField } from './kinship.ts'

/** What is kept of an article for comparing comments with it: under 45 KB however long the article is. */
export interface TopicProfile {
  stems: Weights
  grams: Weights
  gramNorm: number
  fields: FieldProfile
  /** What kind of text it is, from 0 for a question or a short notice to 1 for a full news text. */
  fullness: number
}

/** How a text lies to an article. */
export interface Closeness {
  /** 0 to 1, higher is closer. */
  score: number
  /** The score of a text that says nothing under this article. */
  neutral: number
  /** How far what it says lies below what a text that says nothing would be given, 0 to 1, however little it says. */
  below: number
  /** The weight of its telling words; an ordinary sentence has 3 to 8. */
  telling: number
  /** The weight of those telling words that the article has too. */
  shared: number
  /** The fields of life that it speaks of. */
  fields: FieldProfile
  /** How near its fields are to the article's, 0 to 1. */
  kinship: number
}

/** The words of a text, as the comment rules prepare them once for all. */
export interface TopicText {
  words: readonly Word[]
}

const MOST_STEMS = 1500
const MOST_GRAMS = 4500
const GROUND = 0.12
const SHORT = 1.5

/** The constants of a comparison, for a question or short notice and for a full news text: what the fields of life weigh, where a text that says nothing is ranked, and how many telling words that is worth. A full text shares something with every comment, and its own words tell more than its fields. */
const CONSTANTS = {
  question: { broad: 0.15, narrow: 0.2, neutral: 0.22, doubt: 2.2 },
  news: { broad: 0, narrow: 0.08, neutral: 0.5, doubt: 4 },
}

function between(name: keyof typeof CONSTANTS.question, fullness: number): number {
  return CONSTANTS.question[name] * (1 - fullness) + CONSTANTS.news[name] * fullness
}

/** What one text weighs: its stems, letter groups and fields. */
class Tally {
  readonly stems = new Map<number, number>()
  readonly grams = new Map<number, number>()
  readonly fields = new FieldTally()

  add(words: readonly Word[], times: number): void {
    for (const word of words) {
      const features = featuresOf(word)
      const { root, weight } = features
      if (weight > 0) this.stems.set(root, (this.stems.get(root) ?? 0) + weight * times)
      addGrams(this.grams, features, (GROUND + weight) * times)
      this.fields.add(word, features, times)
    }
  }
}

function addGrams(into: Map<number, number>, { grams, gramWeights }: WordFeatures, weight: number): void {
  for (let at = 0; at < grams.length; at++)
    into.set(grams[at]!, (into.get(grams[at]!) ?? 0) + weight * gramWeights[at]!)
}

const scoreOf = (evened: number): number => 1 - Math.exp(-2.2 * evened)

const fullnessOf = (size: number): number => Math.min(1, Math.max(0, (size - 25) / 35))

function profileOf(tally: Tally): TopicProfile {
  let size = 0
  for (const weight of tally.stems.values()) size += Math.min(weight, 1)
  let norm = 0
  for (const [gram, weight] of tally.grams) {
    tally.grams.set(gram, Math.sqrt(weight))
    norm += weight
  }
  return {
    fields: tally.fields.profile(),
    stems: weightsOf(tally.stems, MOST_STEMS),
    grams: weightsOf(tally.grams, MOST_GRAMS),
    gramNorm: Math.sqrt(norm),
    fullness: fullnessOf(size),
  }
}

/** Prepares an article once, so that comments are compared with it in microseconds; the title counts twice. */
export function prepareTopic(article: ArticleText): TopicProfile {
  const tally = new Tally()
  tally.add(words(article.title), 2)
  const names = (article.names ?? []).flatMap(({ name, role, forms }) => [name, role ?? '', ...(forms ?? [])])
  const rest = [article.kicker, article.lead, article.body, ...(article.tags ?? []), ...names]
  for (const text of rest) if (text) tally.add(words(text), 1)
  return profileOf(tally)
}

/** What a text shares with an article: the weight of its telling words, and of those the article has by stem (`shared`; `repeated` when it says them often) or by letter groups (`spelt`). */
function wordMatch(text: TopicText, profile: TopicProfile) {
  const fields = new FieldTally()
  let telling = 0
  let shared = 0
  let repeated = 0
  let spelt = 0
  for (const word of text.words) {
    const features = featuresOf(word)
    const { root, weight, grams, gramWeights, gramTotal } = features
    let known = 0
    for (let at = 0; at < grams.length; at++)
      if (addGram(grams[at]!, (GROUND + weight) * gramWeights[at]!, profile.grams) > 0) known += gramWeights[at]!
    fields.add(word, features, 1)
    if (weight === 0) continue
    telling += weight
    const often = weigh(profile.stems, root) / weight
    if (often > 0) {
      shared += weight
      repeated += weight * Math.min(1, often / 3)
    }
    if (known > 0) spelt += weight * (known / gramTotal) ** 2.5
  }
  return { cosine: closeTally(profile.gramNorm), fields: fields.profile(), telling, shared, repeated, spelt }
}

/** The latest comparison, because the rule on topic and the topic's score ask for the same one. */
let last: { words: readonly Word[]; profile: TopicProfile; result: Closeness } | undefined

/**
 * How close a text is to an article. Letter groups (cosine), stems, and fields of life each speak; a text with few telling words stays near the middle.
 * No weight is learned: the constants are chosen by hand.
 */
export function closeness(text: TopicText, profile: TopicProfile): Closeness {
  if (last?.words !== text.words || last.profile !== profile)
    last = { words: text.words, profile, result: compare(text, profile) }
  return last.result
}

function compare(text: TopicText, profile: TopicProfile): Closeness {
  const { cosine, fields, telling, shared, repeated, spelt } = wordMatch(text, profile)
  const { broad, narrow } = kinshipOf(fields, profile.fields)
  const constant = (name: keyof typeof CONSTANTS.question): number => between(name, profile.fullness)
  const words = (0.65 * spelt + 0.35 * repeated) / (telling + SHORT)
  const raw = 0.7 * cosine + words + constant('broad') * broad + constant('narrow') * narrow
  const doubt = constant('doubt')
  return {
    score: scoreOf((telling * raw + doubt * constant('neutral')) / (telling + doubt)),
    neutral: scoreOf(constant('neutral')),
    below: Math.max(0, 1 - raw / constant('neutral')),
    telling,
    shared,
    fields,
    kinship: Math.max(broad, narrow),
  }
}

/** How much a comment is on topic, 0 to 1, higher is more: close to the article, or to the comment that it answers. */
export function topicScore(comment: TopicText, profile: TopicProfile, parent?: TopicText): number {
  const { score } = closeness(comment, profile)
  return parent ? Math.max(score, 0.9 * closenessToParent(comment, parent).score) : score
}

/** How close a reply is to the comment that it answers. */
export function closenessToParent(comment: TopicText, parent: TopicText): Closeness {
  const tally = new Tally()
  tally.add(parent.words, 1)
  return closeness(comment, profileOf(tally))
}

/** The Persian names of the narrow fields of life that the words of a text speak of, each once. */
export function narrowFieldsOf(text: TopicText): string[] {
  return [...new Set(text.words.flatMap((word) => featuresOf(word).narrow))].map(fieldName)
}
