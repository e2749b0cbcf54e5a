import type { ArticleText } from '../comment-rules/types.ts'
import { type Word, words } from '../persian-text/index.ts'
import { featuresOf, type WordFeatures } from './features.ts'
import { FIELD_COUNT, fieldName, fieldsOfCompound, fieldWeight } from './field-index.ts'
import { addGram, closeTally } from './gram-tally.ts'
import { type Weights, weigh, weightsOf } from './weights.ts'

/** What is kept of an article for comparing comments with it: under 45 KB however long the article is. */
export interface TopicProfile {
  stems: Weights
  grams: Weights
  gramNorm: number
  fields: Float32Array
  fieldNorm: number
  /** Where a text that says nothing is ranked: higher for longer articles, with which every text shares something. */
  neutral: number
  /** What fields of life weigh: less for longer articles, whose own words tell more. */
  kinshipWeight: number
}

/** How a text lies to an article. */
export interface Closeness {
  /** 0 to 1, higher is closer. */
  score: number
  /** The score of a text that says nothing under this article. */
  neutral: number
  /** The weight of its telling words; an ordinary sentence has 3 to 8. */
  telling: number
  /** The weight of those telling words that the article has too. */
  shared: number
  /** The field of life it mostly speaks of, in Persian. */
  field: string | undefined
  /** How near its fields are to the article's, 0 to 1. */
  kinship: number; cosine?: number; repeated?: number; spelt?: number
}

/** The words of a text, as the comment rules prepare them once for all. */
export interface TopicText {
  words: readonly Word[]
}

const MOST_STEMS = 1500
const MOST_GRAMS = 4500
const GROUND = 0.12
const LEAST_FIELD_WEIGHT = 0.2
const DOUBT = 2.2
const SHORT = 1.5

/** What one text weighs: its stems, letter groups and fields. */
class Tally {
  readonly stems = new Map<number, number>()
  readonly grams = new Map<number, number>()
  readonly fields = new Float32Array(FIELD_COUNT)

  add(words: readonly Word[], times: number): void {
    let before: WordFeatures | undefined
    for (const [at, word] of words.entries()) {
      const features = featuresOf(word)
      const { root, weight } = features
      if (weight > 0) this.stems.set(root, (this.stems.get(root) ?? 0) + weight * times)
      addGrams(this.grams, features, (GROUND + weight) * times)
      speak(this.fields, features, times)
      if (before?.opens) speakCompound(this.fields, words[at - 1]!.joined + word.joined, times)
      before = features
    }
  }
}

/** Adds what one word says to the fields it speaks of, spread evenly over them. */
function speak(into: Float32Array, { fields, weight }: WordFeatures, times: number): void {
  for (const field of fields) into[field]! += (Math.max(weight, LEAST_FIELD_WEIGHT) * times) / fields.length
}

function speakCompound(into: Float32Array, joined: string, times: number): void {
  const fields = fieldsOfCompound(joined)
  for (const field of fields) into[field]! += times / fields.length
}

function addGrams(into: Map<number, number>, { grams, gramWeights }: WordFeatures, weight: number): void {
  for (let at = 0; at < grams.length; at++)
    into.set(grams[at]!, (into.get(grams[at]!) ?? 0) + weight * gramWeights[at]!)
}

function dampFields(fields: Float32Array): number {
  let norm = 0
  for (let field = 0; field < fields.length; field++) {
    if (fields[field] === 0) continue
    fields[field] = fieldWeight(field) * fields[field]! ** 0.85
    norm += fields[field]! ** 2
  }
  return Math.sqrt(norm)
}

const scoreOf = (evened: number): number => 1 - Math.exp(-2.2 * evened)

/** 0 for a question or a short notice, 1 for a full news text, from the weight of its different words. */
const fullness = (size: number): number => Math.min(1, Math.max(0, (size - 25) / 35))

function profileOf(tally: Tally): TopicProfile {
  let size = 0
  for (const weight of tally.stems.values()) size += Math.min(weight, 1)
  let norm = 0
  for (const [gram, weight] of tally.grams) {
    tally.grams.set(gram, Math.sqrt(weight))
    norm += weight
  }
  return {
    fieldNorm: dampFields(tally.fields),
    fields: tally.fields,
    stems: weightsOf(tally.stems, MOST_STEMS),
    grams: weightsOf(tally.grams, MOST_GRAMS),
    gramNorm: Math.sqrt(norm),
    neutral: 0.22 + 0.22 * fullness(size),
    kinshipWeight: 0.15 * (1 - 0.6 * fullness(size)),
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
  const fields = new Float32Array(FIELD_COUNT)
  let telling = 0
  let shared = 0
  let repeated = 0
  let spelt = 0
  let before: WordFeatures | undefined
  for (const [at, word] of text.words.entries()) {
    const features = featuresOf(word)
    const { root, weight, grams, gramWeights, gramTotal } = features
    let known = 0
    for (let at = 0; at < grams.length; at++)
      if (addGram(grams[at]!, (GROUND + weight) * gramWeights[at]!, profile.grams) > 0) known += gramWeights[at]!
    speak(fields, features, 1)
    if (before?.opens) speakCompound(fields, text.words[at - 1]!.joined + word.joined, 1)
    before = features
    if (weight === 0) continue
    telling += weight
    const often = weigh(profile.stems, root) / weight
    if (often > 0) {
      shared += weight
      repeated += weight * Math.min(1, often / 3)
    }
    if (known > 0) spelt += weight * (known / gramTotal) ** 2.5
  }
  return { cosine: closeTally(profile.gramNorm), fields, telling, shared, repeated, spelt }
}

function fieldCosine(fields: Float32Array, profile: TopicProfile): number {
  const norm = dampFields(fields)
  if (norm === 0 || profile.fieldNorm === 0) return 0
  let dot = 0
  for (let field = 0; field < fields.length; field++) dot += fields[field]! * profile.fields[field]!
  return dot / (norm * profile.fieldNorm)
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
  const kinship = fieldCosine(fields, profile)
  const raw = 0.7 * cosine + (0.65 * spelt + 0.35 * repeated) / (telling + SHORT) + profile.kinshipWeight * kinship
  const evened = (telling * raw + DOUBT * profile.neutral) / (telling + DOUBT)
  const top = fields.reduce((best, weight, field) => (weight > fields[best]! ? field : best), 0)
  return {
    score: scoreOf(evened),
    neutral: scoreOf(profile.neutral),
    telling,
    shared,
    field: fields[top]! > 0 ? fieldName(top) : undefined,
    kinship, cosine, repeated, spelt,
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
