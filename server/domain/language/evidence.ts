import { GILAKI_SPELLING, KURDISH_SPELLING, MARKED, weighForms } from './forms.ts'
import { couldBeArabic, formulaLength, isDerivedPersian, isPersian, meaningOf } from './lexicon.ts'
import { LANGUAGES, PLACE, spell, weighLetters } from './script.ts'

/** What the words of a text say: a tally by language, by language what only Persian says (`rival`), what Persian's near relatives say together (`near`), and counts of words of several kinds; words of prayers are not counted. */
export interface Evidence {
  tally: Float64Array
  rival: Float64Array
  near: number
  count: number
  persianOnly: number
  loans: number
  derived: number
  arabicOnly: number
  arabicLetters: boolean
  spellings: number
  forms: number
  marked: number
  told: boolean
  foreignWords: boolean[]
}

const ARABIC_SPELLING = /[أإةىيك]|ئ$/
const ARABIC_FORM =
  /^(?:[يتنأس][\u0621-\u064a]{3,}|[\u0621-\u064a]{2,}(?:تم|نا|هما|كم|ته|تها|وا|ون|ين|ات|ك|ني|تي|دي|بي|ية|ة))$/u
const HALF_SPACED = /^(?:ن?می\u200c\p{L}+|\p{L}{2,}\u200c(?:ها|های|هایی|ای|اند|ام|ات|اش|تر|ترین|مان|تان|شان))$/u

/** Weighs every word of a text in Arabic letters. */
export function gather(words: readonly string[]): Evidence {
  const spelt = words.map(spell)
  const evidence: Evidence = {
    tally: new Float64Array(LANGUAGES.length),
    rival: new Float64Array(LANGUAGES.length),
    near: 0,
    count: 0,
    persianOnly: 0,
    loans: 0,
    derived: 0,
    arabicOnly: 0,
    arabicLetters: false,
    spellings: 0,
    forms: 0,
    marked: 0,
    told: false,
    foreignWords: new Array<boolean>(words.length).fill(false),
  }
  const own = new Float64Array(LANGUAGES.length)
  for (let index = 0; index < words.length; index++) {
    const skipped = formulaLength(spelt, index)
    if (skipped > 0) {
      index += skipped - 1
      continue
    }
    own.fill(0)
    weighWord(words[index]!, spelt[index]!, own, evidence)
    evidence.count += 1
    let foreign = 0
    for (let place = 0; place < own.length; place++) {
      evidence.tally[place] = evidence.tally[place]! + own[place]!
      evidence.rival[place] = evidence.rival[place]! + own[PLACE.fa]!
      if (place > 0 && own[place]! > foreign) foreign = own[place]!
    }
    evidence.near += Math.max(own[PLACE.glk]!, own[PLACE.mzn]!, own[PLACE.bqi]!, own[PLACE.tly]!)
    evidence.foreignWords[index] = foreign > own[PLACE.fa]! && foreign >= 0.4
  }
  return evidence
}

/** Adds to an empty tally of one word all that it says, and counts what kind of word it is. */
function weighWord(word: string, spelling: string, own: Float64Array, evidence: Evidence): void {
  if (weighLetters(word, own)) {
    if (own[PLACE.ar]! === 0) evidence.told = true
    else evidence.arabicLetters = true
    if (GILAKI_SPELLING.test(word)) own[PLACE.glk] = own[PLACE.glk]! + 0.7
  }
  if (ARABIC_SPELLING.test(word)) evidence.spellings += 1
  if (MARKED.test(word)) evidence.marked += 1
  const meaning = meaningOf(spelling)
  const persian = isPersian(spelling)
  if (meaning)
    for (const [place, weight] of meaning) {
      own[place] = own[place]! + weight
      if (persian) evidence.rival[place] = evidence.rival[place]! - 1
    }
  const arabic = own[PLACE.ar]!
  if (persian) {
    if (arabic < 0.2 && couldBeArabic(spelling)) evidence.loans += 1
    else if (arabic < 0.2) evidence.persianOnly += 1
    return
  }
  if (arabic >= 0.5 || ARABIC_FORM.test(word)) evidence.forms += 1
  if (meaning) {
    if (arabic > 0) evidence.arabicOnly += 1
    return
  }
  if ((word !== spelling && HALF_SPACED.test(word)) || isDerivedPersian(spelling)) {
    own[PLACE.fa] = own[PLACE.fa]! + 0.8
    evidence.derived += 1
    return
  }
  if (KURDISH_SPELLING.test(word)) own[PLACE.ckb] = own[PLACE.ckb]! + 0.7
  weighForms(spelling, own)
  if (own[PLACE.ar]! > arabic) evidence.arabicOnly += 1
}
