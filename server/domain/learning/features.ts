import type { PreparedText } from '../comment-rules/rule.ts'
import { stem } from '../persian-text/index.ts'

/** The number of places in which features are counted. */
export const DIMENSIONS = 1 << 18

/** A comment as the learner sees it: places in rising order, each once, with their values. */
export interface FeatureVector {
  places: Uint32Array
  values: Float32Array
}

/** What the rules already know of a comment. */
export interface RuleView {
  insult: number
  spans: number
}

function placeOf(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  hash ^= hash >>> 15
  return (hash >>> 0) & (DIMENSIONS - 1)
}

const SECOND = /^(?:تو|شما|شماها|خودت|خودتون|خودتان|تویی|امثال|هستی|هستید|هستین)$/
const EMOJI = /\p{Extended_Pictographic}/gu

/** One line of a comment for letter groups: words with single spaces, no letter more than twice running. */
function lineOf(text: PreparedText): string {
  return ` ${text.words.map(({ joined }) => joined.replace(/(.)\1{2,}/gu, '$1')).join(' ')} `
}

function letterGroups(line: string, into: Set<string>): void {
  for (let size = 2; size <= 5; size++) {
    for (let at = 0; at + size <= line.length; at++) into.add(`c${line.slice(at, at + size)}`)
  }
}

function wordGroups(text: PreparedText, into: Set<string>): void {
  const words = text.words.map(({ joined }) => joined.replace(/(.)\1{2,}/gu, '$1'))
  for (let at = 0; at < words.length; at++) {
    into.add(`w${words[at]}`)
    into.add(`s${stem(words[at]!)}`)
    if (at > 0) into.add(`b${words[at - 1]} ${words[at]}`)
    if (at > 1) into.add(`k${words[at - 2]} ${words[at]}`)
  }
  into.add(`first ${words[0] ?? ''}`)
  into.add(`last ${words.at(-1) ?? ''}`)
}

function otherSigns(text: PreparedText, rules: RuleView): Map<string, number> {
  const signs = new Map<string, number>()
  const count = text.words.length
  const second = text.words.filter(({ joined }) => SECOND.test(joined)).length
  signs.set(`length ${Math.min(8, Math.floor(Math.log2(count + 1)))}`, 0.5)
  signs.set('second person', Math.min(1, second / 2))
  for (const emoji of new Set(text.text.match(EMOJI) ?? [])) signs.set(`emoji ${emoji}`, 1)
  if (/[!！]/.test(text.text)) signs.set('exclamation', 0.5)
  if (/[?؟]/.test(text.text)) signs.set('question', 0.5)
  signs.set('rule insult', rules.insult * 2)
  signs.set(`rule insult ${Math.ceil(rules.insult * 8)}`, 1)
  signs.set('rule places', Math.min(1, rules.spans / 3))
  if (second > 0) signs.set('rule insult aimed', rules.insult)
  return signs
}

const LETTERS_WEIGHT = 1
const WORDS_WEIGHT = 0.7
const SIGNS_WEIGHT = 0.6

/** Every feature of a comment by name with its value; letter groups and words each have length one, so long comments do not outweigh short ones. */
export function namedFeatures(text: PreparedText, rules: RuleView): Map<string, number> {
  const letters = new Set<string>()
  letterGroups(lineOf(text), letters)
  const words = new Set<string>()
  wordGroups(text, words)
  const features = new Map<string, number>()
  for (const name of letters) features.set(name, LETTERS_WEIGHT / Math.sqrt(letters.size))
  for (const name of words) features.set(name, WORDS_WEIGHT / Math.sqrt(words.size))
  for (const [name, value] of otherSigns(text, rules)) features.set(name, SIGNS_WEIGHT * value)
  return features
}

/** The place at which a named feature is counted. */
export function featurePlace(name: string): number {
  return placeOf(name)
}

/** A comment's features by place. */
export function featuresOf(text: PreparedText, rules: RuleView): FeatureVector {
  const sums = new Map<number, number>()
  for (const [name, value] of namedFeatures(text, rules)) {
    const place = placeOf(name)
    sums.set(place, (sums.get(place) ?? 0) + value)
  }
  const places = Uint32Array.from(sums.keys())
  return { places, values: Float32Array.from(sums.values()) }
}
