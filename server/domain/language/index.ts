import { type Evidence, gather } from './evidence.ts'
import { isKnownLatin, latinLanguage } from './latin.ts'
import { LANGUAGES, PLACE } from './script.ts'

/** Languages near to Persian: held for a person, never refused. */
export const NEAR = new Set(['glk', 'mzn', 'bqi', 'tly'])

/** The language of a text: its code (`und` when it cannot be told), how sure from 0 to 1, how much of it is foreign from 0 to 1, and where the foreign stretches are. */
export interface Language {
  code: string
  score: number
  foreign: number
  spans: [start: number, end: number][]
}

/** Places of the languages that are told by weight. */
const RIVALS = LANGUAGES.map((_, place) => place).slice(PLACE.ur)

const OUTSIDE_SPEECH = /https?:\/\/\S+|\S+@\S+|@[\w.]+|#[\w\u0600-\u06ff\u200c]+/g
const TOKEN = /\p{L}[\p{L}\p{M}\u200c\u00ad]*/gu
const PERSIAN_KEYS = /[یک]/
const HAMZA_FIRST = /^\P{L}*[أإ]\p{L}{2}/u
const PERSIAN_LETTERS = /[پچژگ]/

function isArabicScript(code: number): boolean {
  return (code >= 0x600 && code <= 0x6ff) || (code >= 0x750 && code <= 0x77f) || (code >= 0xfb50 && code <= 0xfeff)
}

function isLatin(code: number): boolean {
  return (code >= 0x41 && code <= 0x7a) || (code >= 0xc0 && code <= 0x24f) || code === 0x259 || code === 0x18f
}

/** Tells in which language a text is written, from its letters, its words and their endings; names, links, numbers and prayers say nothing. */
export function detectLanguage(raw: string): Language {
  const text = /[@#]|:\/\//.test(raw) ? raw.replace(OUTSIDE_SPEECH, (found) => ' '.repeat(found.length)) : raw
  const arabic: RegExpExecArray[] = []
  const latin: RegExpExecArray[] = []
  const others: RegExpExecArray[] = []
  let arabicLetters = 0
  let latinLetters = 0
  let otherLetters = 0
  for (const token of text.matchAll(TOKEN)) {
    const code = token[0].charCodeAt(0)
    if (isArabicScript(code)) {
      arabic.push(token)
      arabicLetters += token[0].length
    } else if (isLatin(code)) {
      latin.push(token)
      latinLetters += token[0].length
    } else {
      others.push(token)
      otherLetters += token[0].length * 2
    }
  }
  if (arabicLetters + latinLetters + otherLetters === 0) return { code: 'und', score: 0.5, foreign: 0, spans: [] }
  if (otherLetters > arabicLetters + latinLetters) return { code: 'und', score: 0.9, foreign: 1, spans: around(others) }
  if (latinLetters > arabicLetters * 1.5) return fromLatin(latin, latinLetters / (latinLetters + arabicLetters))
  return fromArabicScript(arabic, text)
}

function around(tokens: readonly RegExpExecArray[]): [number, number][] {
  const first = tokens[0]
  const last = tokens.at(-1)
  return first && last ? [[first.index, last.index + last[0].length]] : []
}

function fromLatin(tokens: readonly RegExpExecArray[], share: number): Language {
  const words = tokens.map((token) => token[0].toLowerCase())
  const [code, score] = latinLanguage(words)
  const spans = around(tokens)
  if (words.length > 1 || words[0]!.length >= 16) return { code, score, foreign: share, spans }
  const known = isKnownLatin(words[0]!)
  return { code: known ? code : 'und', score: 0.5, foreign: known && words[0]!.length > 3 ? 0.9 : 0.2, spans }
}

/**
 * Whether a text is Arabic, however short: it has no letter of Persian's own, and its Arabic outweighs its Persian.
 * Without a word of Persian's own, where every word could be Arabic, one that is hardly Persian is enough, or one
 * inflected as only Arabic is, if the keyboard was Arabic. A Persian keyboard asks for far more: it is more likely a
 * verse or a saying that a Persian quotes.
 */
function isPlainArabic(evidence: Evidence, text: string): boolean {
  const { tally, count, possible, unknown, arabicLetters } = evidence
  if (PERSIAN_LETTERS.test(text)) return false
  for (let place = PLACE.ur; place < LANGUAGES.length; place++) if (tally[place]! > tally[PLACE.ar]! + 0.5) return false
  const onArabicKeys = evidence.spellings > 0
  const arabic = evidence.certain + evidence.likely * 0.5
  const persian =
    evidence.persianOnly + evidence.derived * 0.7 + evidence.loans * 0.5 + (onArabicKeys ? 0 : unknown * 0.8)
  if (PERSIAN_KEYS.test(text)) return arabic >= 3 && arabic >= count * 0.5 && arabic > persian * 2
  if (count === 1) return (evidence.certain === 1 && text.trim().length > 5) || HAMZA_FIRST.test(text)
  if (persian === 0) {
    if (unknown === 0 && (arabic > 0 || possible >= (onArabicKeys ? 1 : 3))) return true
    if (onArabicKeys && (arabicLetters || (count > 2 && unknown <= count / 3))) return true
  }
  const sure = arabic + (arabicLetters ? 0.5 : 0)
  return sure >= (persian > 0 || !onArabicKeys ? 1 : 0.5) && sure > persian * 1.3 && sure >= count * 0.2
}

function fromArabicScript(tokens: readonly RegExpExecArray[], text: string): Language {
  const evidence = gather(tokens.map((token) => token[0]))
  const { tally, count, foreignWords } = evidence
  weighSindhiSigns(text, evidence)
  const own = tally[PLACE.fa]!
  if (count === 0) return { code: 'fa', score: 0.7, foreign: 0.2, spans: [] }
  const spans = (): [number, number][] => stretches(tokens, foreignWords)
  if (isPlainArabic(evidence, text)) {
    const found = spans()
    return { code: 'ar', score: 0.9, foreign: 0.95, spans: found.length > 0 ? found : around(tokens) }
  }
  if (evidence.marked >= 2 && evidence.marked >= count * 0.2 && own < count * 0.6 && tally[PLACE.ar]! < count * 0.3) {
    const code = tally[PLACE.glk]! > tally[PLACE.tly]! ? 'glk' : 'tly'
    return { code, score: 0.7, foreign: 0.7, spans: spans() }
  }
  const order = [...RIVALS].sort((a, b) => tally[b]! - tally[a]!)
  const place = order.find((each, rank) => (rank === 0 || each < PLACE.glk) && isEnough(each, evidence)) ?? 0
  const code = LANGUAGES[place]!
  const weight = tally[place || order[0]!]!
  const share = weight / count
  if (place === 0)
    return { code: 'fa', score: Math.min(1, 0.6 + own / count), foreign: Math.min(0.45, share / 2), spans: spans() }
  return { code, score: Math.min(1, 0.5 + share), foreign: Math.min(1, 0.6 + share * 0.4), spans: spans() }
}

/** Sindhi's signs for and and in are no letters and stand alone. */
function weighSindhiSigns(text: string, evidence: Evidence): void {
  const signs = text.match(/[۽۾]/g)?.length ?? 0
  if (signs === 0) return
  evidence.told = true
  evidence.tally[PLACE.sd] = evidence.tally[PLACE.sd]! + signs * 0.9
  evidence.alone[PLACE.sd] = evidence.alone[PLACE.sd]! + signs * 0.9
}

/** How many times what Persian says a language has to say, where not 1.1: words of these two are seldom mistaken. */
const OVER_PERSIAN: Partial<Record<string, number>> = { azb: 0.7, ckb: 0.9 }

/** Whether a language says enough to stop a text: more than Persian says, and by words that Persian has not. */
function isEnough(place: number, evidence: Evidence): boolean {
  const { tally, rival, alone, speaking, near, count, told, long } = evidence
  const code = LANGUAGES[place]!
  const own = rival[place]!
  if (NEAR.has(code))
    return near >= (count < 4 ? 1.5 : 1.35) && near / count >= 0.17 && near > own * 0.5 + 0.1 && tally[place]! >= 0.9
  const azeri = code === 'azb'
  const arabicToo = told && code === 'ckb' ? tally[PLACE.ar]! * 0.5 : 0
  const weight = tally[place]! + arabicToo
  const hardlyPersian = own <= count * 0.15 && (told || count > 3 || speaking[place]! >= Math.min(2, count))
  const alien = alone[place]!
  if (alien < (told ? 0.6 : azeri ? 0.7 : 1)) return false
  if (weight < count * 0.15 || weight <= own * (told ? 0.55 : (OVER_PERSIAN[code] ?? 1.1)) + 0.2) return false
  if (told && hardlyPersian && (count > 1 || long)) return weight >= 0.65
  if (hardlyPersian && count > 1 && alien >= (azeri ? 0.7 : 1)) return weight >= (azeri ? 0.9 : 1)
  if (code !== 'sd' && count <= 3 && !told) return weight >= (alien >= 1.2 && speaking[place]! > 1 ? 1.2 : 1.6)
  return weight >= (azeri && own < count * 0.25 ? 0.9 : 1.3)
}

/** The foreign stretches: foreign words in a row, with at most two words between them. */
function stretches(tokens: readonly RegExpExecArray[], foreign: readonly boolean[]): [number, number][] {
  const found: [number, number][] = []
  let last = -9
  for (let index = 0; index < tokens.length; index++) {
    if (!foreign[index]) continue
    const token = tokens[index]!
    const end = token.index + token[0].length
    const before = found.at(-1)
    if (before && index - last <= 3) before[1] = end
    else found.push([token.index, end])
    last = index
  }
  return found
}
