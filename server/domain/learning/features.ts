import type { PreparedText } from '../comment-rules/rule.ts'
import { stem } from '../persian-text/index.ts'
import { narrowFieldsOf } from '../topic/index.ts'

/** The number of places in which features are counted. */
export const DIMENSIONS = 1 << 18

/** A comment as the learner sees it: places, each once, with their values. */
export interface FeatureVector {
  places: Uint32Array
  values: Float32Array
}

/** What the insult rule already knows of a comment: its score, how many places it saw, and the lexicon's words, senses and strengths found, aimed or not. */
export interface RuleView {
  insult: number
  spans: number
  marks: readonly string[]
}

const SEED = 0x811c9dc5

/** One more letter of a running hash (FNV-1a over UTF-16 units). */
function withLetter(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193)
}

function hashOf(name: string, hash = SEED): number {
  let running = hash
  for (let i = 0; i < name.length; i++) running = withLetter(running, name.charCodeAt(i))
  return running
}

function placeOfHash(hash: number): number {
  let mixed = hash ^ (hash >>> 15)
  mixed = Math.imul(mixed, 0x2c1b3c6d)
  mixed ^= mixed >>> 12
  return (mixed >>> 0) & (DIMENSIONS - 1)
}

/** The place at which a named feature is counted. */
export function featurePlace(name: string): number {
  return placeOfHash(hashOf(name))
}

const SECOND = /^(?:تو|شما|شماها|خودت|خودتون|خودتان|تویی|امثال|هستی|هستید|هستین)$/
const EMOJI = /\p{Extended_Pictographic}/gu
const DRAWN_OUT = /(.)\1{2,}/gu
const GROUP_SIZES = { least: 2, most: 5 }

/** The words of a comment without half-spaces, drawn-out letters written once. */
function plainWords(text: PreparedText): string[] {
  return text.words.map(({ joined }) => joined.replace(DRAWN_OUT, '$1'))
}

/** Every group of 2 to 5 letters of a line, by name. */
function letterGroups(line: string): Set<string> {
  const groups = new Set<string>()
  for (let size = GROUP_SIZES.least; size <= GROUP_SIZES.most; size++) {
    for (let at = 0; at + size <= line.length; at++) groups.add(`c${line.slice(at, at + size)}`)
  }
  return groups
}

const LETTER_SEED = hashOf('c')

/** The places of `letterGroups` without making the names. */
function letterPlaces(line: string): Set<number> {
  const places = new Set<number>()
  for (let from = 0; from < line.length; from++) {
    let hash = LETTER_SEED
    const end = Math.min(line.length, from + GROUP_SIZES.most)
    for (let at = from; at < end; at++) {
      hash = withLetter(hash, line.charCodeAt(at))
      if (at - from + 1 >= GROUP_SIZES.least) places.add(placeOfHash(hash))
    }
  }
  return places
}

/** Words, stems, pairs, pairs over one word, first and last word, by name. */
function wordGroups(words: readonly string[]): Set<string> {
  const groups = new Set<string>()
  for (let at = 0; at < words.length; at++) {
    groups.add(`w${words[at]}`)
    groups.add(`s${stem(words[at]!)}`)
    if (at > 0) groups.add(`b${words[at - 1]} ${words[at]}`)
    if (at > 1) groups.add(`k${words[at - 2]} ${words[at]}`)
  }
  groups.add(`first ${words[0] ?? ''}`)
  groups.add(`last ${words.at(-1) ?? ''}`)
  return groups
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

/** What the lexicon found, and the narrow fields of life that the comment speaks of. */
function knownSigns(text: PreparedText, { marks }: RuleView): Set<string> {
  return new Set([...marks, ...narrowFieldsOf(text).map((field) => `field ${field}`)])
}

/** The features that lie within one word, by name. */
export function wordFeatures(joined: string): string[] {
  const word = joined.replace(DRAWN_OUT, '$1')
  return [...letterGroups(` ${word} `), `w${word}`, `s${stem(word)}`]
}

/** How much each kind of feature counts; letter groups, words and marks each have this length in all, so long comments do not outweigh short ones. */
const WEIGHTS = { letters: 1, words: 1, marks: 0.5, signs: 0.6 }

/** Every feature of a comment by name with its value, for explaining. */
export function namedFeatures(text: PreparedText, rules: RuleView): Map<string, number> {
  const words = plainWords(text)
  const features = new Map<string, number>()
  const add = (names: ReadonlySet<string>, weight: number) => {
    for (const name of names) features.set(name, weight / Math.sqrt(names.size))
  }
  add(letterGroups(` ${words.join(' ')} `), WEIGHTS.letters)
  add(wordGroups(words), WEIGHTS.words)
  add(knownSigns(text, rules), WEIGHTS.marks)
  for (const [name, value] of otherSigns(text, rules)) features.set(name, WEIGHTS.signs * value)
  return features
}

/** A comment's features by place: the same as `namedFeatures`, without their names. */
export function featuresOf(text: PreparedText, rules: RuleView): FeatureVector {
  const words = plainWords(text)
  const sums = new Map<number, number>()
  const add = (places: ReadonlySet<number>, weight: number) => {
    const value = weight / Math.sqrt(places.size)
    for (const place of places) sums.set(place, (sums.get(place) ?? 0) + value)
  }
  const placesOf = (names: Iterable<string>) => new Set([...names].map(featurePlace))
  add(letterPlaces(` ${words.join(' ')} `), WEIGHTS.letters)
  add(placesOf(wordGroups(words)), WEIGHTS.words)
  add(placesOf(knownSigns(text, rules)), WEIGHTS.marks)
  for (const [name, value] of otherSigns(text, rules)) {
    const place = featurePlace(name)
    sums.set(place, (sums.get(place) ?? 0) + WEIGHTS.signs * value)
  }
  return { places: Uint32Array.from(sums.keys()), values: Float32Array.from(sums.values()) }
}
