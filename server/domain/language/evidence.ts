import { arabicness, isMarkedPersian, isPersianFeminine, isSharedWithPersian } from './arabic-forms.ts'
import { azeriForm } from './azeri.ts'
import { GILAKI_SPELLING, KURDISH_SPELLING, MARKED, UYGHUR_SPELLING, weighForms } from './forms.ts'
import { kurdishForm } from './kurdish.ts'
import {
  couldBeArabic,
  formulaLength,
  idiomLength,
  isDerivedPersian,
  isFurtherPersian,
  isPersian,
  meaningOf,
  turnsAt,
} from './lexicon.ts'
import { LANGUAGES, PLACE, spell, weighLetters } from './script.ts'

/** What the words of a text say: a tally by language, by language what only Persian says (`rival`), what words say that Persian has not (`alone`) and how many words say something (`speaking`), what Persian's near relatives say together (`near`), and counts of words of several kinds, and whether a letter told its language and a word is long; words of prayers are not counted. */
export interface Evidence extends Signs {
  speaking: Float64Array
  near: number
  count: number
  long: boolean
  foreignWords: boolean[]
}

/** What one word, or all words together, say by language, and what kinds of word they are. */
interface Signs {
  tally: Float64Array
  rival: Float64Array
  alone: Float64Array
  persianOnly: number
  loans: number
  derived: number
  certain: number
  likely: number
  possible: number
  unknown: number
  spellings: number
  marked: number
  arabicLetters: boolean
  told: boolean
}

const COUNTS = [
  'persianOnly',
  'loans',
  'derived',
  'certain',
  'likely',
  'possible',
  'unknown',
  'spellings',
  'marked',
] as const

function noSigns(): Signs {
  return {
    tally: new Float64Array(LANGUAGES.length),
    rival: new Float64Array(LANGUAGES.length),
    alone: new Float64Array(LANGUAGES.length),
    persianOnly: 0,
    loans: 0,
    derived: 0,
    certain: 0,
    likely: 0,
    possible: 0,
    unknown: 0,
    spellings: 0,
    marked: 0,
    arabicLetters: false,
    told: false,
  }
}

const REMEMBERED = 20_000
const memory = new Map<string, Signs>()
const NOTHING = new Float64Array(LANGUAGES.length)
const orNothing = (weights: Float64Array): Float64Array => (weights.some((weight) => weight !== 0) ? weights : NOTHING)

/** The signs of one word; the latest words are remembered, because texts repeat them. */
function signsOf(word: string, spelling: string): Signs {
  const known = memory.get(word)
  if (known) return known
  const signs = noSigns()
  weighWord(word, spelling, signs.tally, signs)
  signs.rival = orNothing(signs.rival)
  signs.alone = orNothing(signs.alone)
  if (memory.size >= REMEMBERED) memory.clear()
  memory.set(word, signs)
  return signs
}

/** Letters that only Arabic has, or has there. */
const ARABIC_LETTERS = /[إةٱ]|^[وفلبكس]?أ/
/** The same with what an Arabic keyboard gives, also to a Persian. */
const ARABIC_SPELLING = /[إةٱىيك]|^[وفلبك]?أ|ئ$/
/** What a word says for Arabic, by how Arabic it is. */
const ARABIC_WEIGHT = [0, 0.15, 0.5, 0.9] as const
/** A hamza on or under alif where a Persian would write none. */
const ARABIC_HAMZA = /^[وفلبكس]?[أإ]/

/** Words of both languages that are far more frequent in Persian. */
const COMMON_TO_BOTH = /^(?:به|این|هم|ها|ان|همه|بی|یه|کن|یک|شو|شد|را)$/

/** Letters that a Persian would not type in an idiom. */
const ARABIC_TYPING = /[أإى]/
const HALF_SPACED = /^(?:ن?می\u200c\p{L}+|\p{L}{2,}\u200c(?:ها|های|هایی|ای|اند|ام|ات|اش|تر|ترین|مان|تان|شان))$/u

/** How much a noun that all neighbours could have says for Persian against them. */
const LOAN = 0.6

/** How much a turn of several words says. */
const TURN = 0.8

/** Weighs every word of a text in Arabic letters. */
export function gather(words: readonly string[]): Evidence {
  const spelt = words.map(spell)
  const evidence: Evidence = {
    ...noSigns(),
    speaking: new Float64Array(LANGUAGES.length),
    near: 0,
    count: 0,
    long: words.some((word) => word.length > 4),
    foreignWords: new Array<boolean>(words.length).fill(false),
  }
  for (let index = 0; index < words.length; index++) {
    const skipped = formulaLength(spelt, index) || quotedIdiom(words, spelt, index)
    if (skipped > 0) {
      index += skipped - 1
      continue
    }
    const signs = signsOf(words[index]!, spelt[index]!)
    const own = signs.tally
    for (const name of COUNTS) evidence[name] += signs[name]
    if (signs.arabicLetters) evidence.arabicLetters = true
    if (signs.told) evidence.told = true
    evidence.count += 1
    const again = index > 0 && spelt[index] === spelt[index - 1]
    const loan = couldBeArabic(spelt[index]!)
    let foreign = 0
    for (let place = 0; place < own.length; place++) {
      evidence.tally[place] = evidence.tally[place]! + own[place]!
      evidence.rival[place] = evidence.rival[place]! + signs.rival[place]! + own[PLACE.fa]! * (loan ? LOAN : 1)
      evidence.alone[place] = evidence.alone[place]! + signs.alone[place]!
      if (own[PLACE.fa]! <= 0.5 && !again) evidence.alone[place] = evidence.alone[place]! + own[place]!
      if (own[place]! >= 0.25 && !again) evidence.speaking[place] = evidence.speaking[place]! + 1
      if (place > 0 && own[place]! > foreign) foreign = own[place]!
    }
    for (const place of turnsAt(spelt, index)) {
      evidence.tally[place] = evidence.tally[place]! + TURN
      evidence.alone[place] = evidence.alone[place]! + TURN
    }
    evidence.near += Math.max(own[PLACE.glk]!, own[PLACE.mzn]!, own[PLACE.bqi]!, own[PLACE.tly]!)
    evidence.foreignWords[index] = foreign > own[PLACE.fa]! && foreign >= 0.4
  }
  return evidence
}

/** The length of an idiom that is typed as a Persian does. */
function quotedIdiom(words: readonly string[], spelt: readonly string[], from: number): number {
  const length = idiomLength(spelt, from)
  return words.slice(from, from + length).some((word) => ARABIC_TYPING.test(word)) ? 0 : length
}

/** Adds to an empty tally of one word all that it says, and counts what kind of word it is. */
function weighWord(word: string, spelling: string, own: Float64Array, evidence: Signs): void {
  if (word.endsWith('ە') && isPersian(`${spelling.slice(0, -1)}ه`)) {
    own[PLACE.fa] = 0.3
    own[PLACE.ckb] = 0.3
    return
  }
  if (weighLetters(word, own)) {
    if (own[PLACE.ar]! === 0) evidence.told = true
    for (let place = PLACE.ur; place < PLACE.glk; place++) evidence.alone[place] = evidence.alone[place]! + own[place]!
    if (GILAKI_SPELLING.test(word)) own[PLACE.glk] = own[PLACE.glk]! + 0.7
  }
  if (ARABIC_SPELLING.test(word)) evidence.spellings += 1
  if (ARABIC_LETTERS.test(word)) evidence.arabicLetters = true
  if (MARKED.test(word)) evidence.marked += 1
  const meaning = meaningOf(spelling)
  const persian = isPersian(spelling)
  if (meaning)
    for (const [place, weight] of meaning) {
      own[place] = own[place]! + weight
      if (persian)
        evidence.rival[place] =
          evidence.rival[place]! - Math.min(couldBeArabic(spelling) ? LOAN : own[PLACE.fa]!, weight * 4)
    }
  if (meaning && !persian && own[PLACE.fa] === 0 && isDerivedPersian(spelling)) yieldToPersian(own, evidence)
  const arabic = arabicness(spelling)
  const hamza = ARABIC_HAMZA.test(word)
  if (hamza || (arabic > 1 && word.endsWith('ة'))) {
    const known = arabic > 0 || persian
    own[PLACE.ar] = own[PLACE.ar]! + ARABIC_WEIGHT[known ? 3 : 2]
    own[PLACE.fa] = 0
    if (known) evidence.certain += 1
    else evidence.likely += 1
    return
  }
  if (persian && !isFurtherPersian(spelling)) {
    if (COMMON_TO_BOTH.test(spelling)) evidence.persianOnly += 0.5
    if (own[PLACE.ar]! >= 0.2 || (arabic > 1 && /^ب?ال/.test(spelling))) return
    if (!couldBeArabic(spelling)) evidence.persianOnly += arabic > 0 && !isMarkedPersian(spelling) ? 0.5 : 1
    else if (!isSharedWithPersian(spelling)) evidence.loans += 1
    return
  }
  const derived =
    !meaning &&
    ((word !== spelling && HALF_SPACED.test(word)) ||
      isDerivedPersian(spelling) ||
      (arabic === 0 && isPersianFeminine(spelling)))
  const sure = derived ? Math.max(0, arabic - 1) : arabic > 0 && MARKED.test(word) ? Math.min(3, arabic + 1) : arabic
  own[PLACE.ar] = own[PLACE.ar]! + ARABIC_WEIGHT[sure]!
  if (sure === 3) evidence.certain += 1
  else if (sure === 2) evidence.likely += 1
  else if (sure === 1 && !derived && !isSharedWithPersian(spelling)) evidence.possible += 1
  if (derived) {
    own[PLACE.fa] = own[PLACE.fa]! + 0.8
    if (arabic === 0) evidence.derived += 1
    own[PLACE.ckb] = own[PLACE.ckb]! + kurdishForm(spelling, isPersian) * 0.3
    own[PLACE.azb] = own[PLACE.azb]! + azeriForm(spelling, isPersian) * 0.3
  } else if (persian && arabic === 0) evidence.derived += 1
  else if (!meaning && arabic < 2) {
    if (arabic === 0) evidence.unknown += 1
    if (KURDISH_SPELLING.test(word)) own[PLACE.ckb] = own[PLACE.ckb]! + 0.7
    if (UYGHUR_SPELLING.test(word)) own[PLACE.ug] = own[PLACE.ug]! + 0.5
    weighForms(spelling, own)
    own[PLACE.ckb] = Math.max(own[PLACE.ckb]!, kurdishForm(spelling, isPersian))
    own[PLACE.azb] = Math.max(own[PLACE.azb]!, azeriForm(spelling, isPersian))
  }
}

/** How much of a word on a neighbour's own list, not only of one of its spellings, goes to Persian when both could have it. */
const SURE_SHARE = 0.3

/** What a word says that is on a neighbour's list but could be a Persian word with an ending: something for both. */
function yieldToPersian(own: Float64Array, evidence: Signs): void {
  let most = 0
  for (let place = PLACE.ur; place < PLACE.glk; place++) most = Math.max(most, own[place]!)
  const share = most >= 1 ? SURE_SHARE : 0.5
  own[PLACE.fa] = share
  for (let place = PLACE.ur; place < PLACE.glk; place++) own[place] = own[place]! * (1 - share)
  for (let place = PLACE.glk; place <= PLACE.tly; place++) evidence.rival[place] = evidence.rival[place]! - share
}
