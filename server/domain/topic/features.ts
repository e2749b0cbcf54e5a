import { fold, stem, type Word } from '../persian-text/index.ts'
import { COMMON_WORDS, telling } from './common.ts'
import { type Continuations, continuationsOf, fieldsOf, type SpokenFields } from './field-index.ts'
import { FIELDS } from './fields.ts'
import { THESAURUS } from './thesaurus/index.ts'

/** What comparing needs of one word: the hash of its stem, how much it tells of a topic (0 to 1.4), its broad and narrow fields, its letter groups. */
export interface WordFeatures extends SpokenFields {
  root: number
  weight: number
  /** What may follow it to make a compound of the thesaurus. */
  next: Continuations | undefined
  grams: Uint32Array
  /** How much each letter group tells: rare ones more. */
  gramWeights: Float32Array
  gramTotal: number
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash ^ (hash >>> 13)) >>> 0 || 1
}

const EDGE = 32

/** The hashes of a word's groups of four letters, edges of the word included. */
function gramsOf(word: string): Uint32Array {
  const grams = new Uint32Array(Math.max(0, word.length - 1))
  for (let at = 0; at < grams.length; at++) {
    let hash = at === 0 ? EDGE : word.charCodeAt(at - 1)
    hash = Math.imul(hash, 0x9e3779b1) ^ word.charCodeAt(at)
    hash = Math.imul(hash, 0x85ebca6b) ^ word.charCodeAt(at + 1)
    hash = Math.imul(hash, 0xc2b2ae35) ^ (at + 2 < word.length ? word.charCodeAt(at + 2) : EDGE)
    grams[at] = Math.imul(hash ^ (hash >>> 15), 0x27d4eb2f) >>> 0 || 1
  }
  return grams
}

const seen = new Map<number, number>()
function see(word: string, times: number): void {
  for (const gram of gramsOf(word.replaceAll('\u200c', ''))) seen.set(gram, (seen.get(gram) ?? 0) + times)
}
for (const [word, times] of COMMON_WORDS) see(word, times)
for (const [, list] of [...FIELDS, ...THESAURUS]) for (const word of list.trim().split(/\s+/)) see(fold(word), 1)

const RARE = Math.log(20_000 / 20)

/** Groups that our own lists hold often, such as endings, tell less than those they hardly hold. */
function gramWeight(gram: number): number {
  const rarity = Math.max(0.3, Math.log(20_000 / ((seen.get(gram) ?? 0) + 20)) / RARE)
  return rarity * rarity
}

const REMEMBERED = 20_000
const memory = new Map<string, WordFeatures>()

/** The features of a word; the latest words are remembered, because texts repeat them. */
export function featuresOf(word: Word): WordFeatures {
  const known = memory.get(word.text)
  if (known) return known
  const root = stem(word.text)
  const grams = gramsOf(word.joined.slice(0, 40))
  const gramWeights = Float32Array.from(grams, gramWeight)
  const features = {
    root: hashOf(root),
    weight: telling(word.joined, root),
    ...fieldsOf(word.joined, root),
    next: continuationsOf(word.joined),
    grams,
    gramWeights,
    gramTotal: gramWeights.reduce((sum, weight) => sum + weight, 0),
  }
  if (memory.size >= REMEMBERED) memory.clear()
  memory.set(word.text, features)
  return features
}
