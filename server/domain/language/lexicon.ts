import { isListedArabic } from './arabic-forms.ts'
import { azeriWords } from './azeri.ts'
import { KURDISH_LISTED, kurdishListed, kurdishNouns } from './kurdish.ts'
import { PLACE, spell } from './script.ts'
import { persianSpellings } from './spellings.ts'
import { FORMULAS, IDIOMS, PERSIAN_WITH_ARTICLE } from './words/arabic.ts'
import { AZERI_WORDS } from './words/azeri.ts'
import { AZERI_SMALL } from './words/azeri-stems.ts'
import { FOREIGN_NAMES } from './words/foreign-names.ts'
import { GILAKI_WORDS, LURI_WORDS, MAZANDARANI_WORDS, TALYSHI_WORDS } from './words/near.ts'
import { PASHTO_WORDS } from './words/pashto.ts'
import { MORE_PASHTO_WORDS } from './words/pashto-more.ts'
import { PERSIAN_COMMON, PERSIAN_NAMES, PERSIAN_NOUNS, PERSIAN_VERBS } from './words/persian.ts'
import { MORE_PERSIAN_NOUNS } from './words/persian-more.ts'
import { PUNJABI_WORDS, SARAIKI_WORDS } from './words/punjabi.ts'
import { SINDHI_WORDS } from './words/sindhi.ts'
import { AZERI_TURNS, KURDISH_TURNS, PASHTO_TURNS, URDU_TURNS } from './words/turns.ts'
import { URDU_WORDS } from './words/urdu.ts'
import { MORE_URDU_WORDS } from './words/urdu-more.ts'
import { UYGHUR_WORDS } from './words/uyghur.ts'

/** What a word says: pairs of a language's place and a weight. */
export type Meaning = readonly [place: number, weight: number][]

const spelt = (list: string): string[] => list.trim().split(/\s+/).map(spell)

const PRESENT_ENDINGS = ['م', 'ی', 'د', 'یم', 'ید', 'ند', 'ه', 'ین', 'ن']
const PAST_ENDINGS = ['', 'م', 'ی', 'یم', 'ید', 'ین', 'ند', 'ن', 'ه']

const PARTICIPLE_ENDINGS = ['هام', 'های', 'هایم', 'هاید', 'هاند', 'هاست', 'ن', 'نی', 'نش', 'ار']

/** All forms of one verb, given as its past stem and its present stems. */
function verbForms(verb: string): string[] {
  const [past = '', ...presents] = verb.trim().split(' ')
  const forms: string[] = []
  for (const ending of PAST_ENDINGS) for (const prefix of ['', 'ن', 'می', 'نمی']) forms.push(prefix + past + ending)
  for (const tail of PARTICIPLE_ENDINGS) forms.push(past + tail, `ن${past}${tail}`)
  for (const present of presents)
    for (const ending of PRESENT_ENDINGS)
      for (const prefix of present.length > 1 ? ['', 'می', 'نمی', 'ب', 'ن'] : ['می', 'نمی', 'ب', 'ن'])
        forms.push(prefix + present + ending)
  for (const present of presents) if (present.length > 1) forms.push(`ب${present}`, `ن${present}`)
  return forms
}

const near = new Set([GILAKI_WORDS, MAZANDARANI_WORDS, LURI_WORDS, TALYSHI_WORDS].flatMap(spelt))
const morePersian = spelt(MORE_PERSIAN_NOUNS + FOREIGN_NAMES)

const common = spelt(PERSIAN_COMMON)
const nouns = spelt(PERSIAN_NOUNS)
const names = spelt(PERSIAN_NAMES)
const withArticle = spelt(PERSIAN_WITH_ARTICLE)

const persian = new Set(
  [
    common,
    nouns,
    morePersian.filter((word) => !near.has(word)),
    names,
    withArticle,
    PERSIAN_VERBS.trim().split('|').flatMap(verbForms),
  ].flat(),
)

for (const word of [...persian])
  if (word.length > 2 && word.startsWith('آ') && !near.has(`ا${word.slice(1)}`)) persian.add(`ا${word.slice(1)}`)

const loans = new Set([...nouns, ...morePersian, ...names].filter((word) => !/[پچژگ]/.test(word)))
for (const word of common) loans.delete(word)

/** Whether a Persian word is a noun or a name that Arabic could have too. */
export function couldBeArabic(word: string): boolean {
  return loans.has(word)
}

const core = new Set([...common, ...nouns, ...names, ...withArticle])
const further = new Set(morePersian.filter((word) => !core.has(word)))

/** Whether a Persian word is one of those that were listed to tell Persian from its neighbours, which Arabic may have too. */
export function isFurtherPersian(word: string): boolean {
  return further.has(word)
}

/** How much a word of another language says that Persian has too; Azerbaijani's smallest words are such. */
const shared = (place: number): number => (place === PLACE.azb ? 0.4 : 0.25)

/** Meanings of one language and weight, made once: the lexicon has tens of thousands of words. */
const plain = new Map<number, Meaning>()
function only(place: number, weight: number): Meaning {
  const key = place * 1000 + weight * 100
  let meaning = plain.get(key)
  if (!meaning) {
    meaning = [[place, weight]]
    plain.set(key, meaning)
  }
  return meaning
}

const meanings = new Map<string, Meaning>()
const inBoth: Meaning = [
  [PLACE.fa, 1],
  [PLACE.ar, 0.25],
]
for (const word of persian) meanings.set(word, isListedArabic(word) ? inBoth : only(PLACE.fa, 1))

/** How much a single letter says, which may be but an item of a list. */
const LONE_LETTER = 0.2

/** Lets a word speak for a language; the first weight given for a language stays. */
function speak(word: string, place: number, weight: number): void {
  const meaning = meanings.get(word)
  if (!meaning) meanings.set(word, only(place, weight))
  else if (!meaning.some(([spoken]) => spoken === place)) meanings.set(word, [...meaning, [place, weight]])
}

for (const word of morePersian) if (near.has(word)) speak(word, PLACE.fa, 0.5)

const pashto = PASHTO_WORDS + MORE_PASHTO_WORDS
const urdu = URDU_WORDS + MORE_URDU_WORDS + PUNJABI_WORDS + SARAIKI_WORDS
const OTHERS = [
  [PLACE.ur, urdu, 1],
  [PLACE.ps, pashto, 1],
  [PLACE.ckb, KURDISH_LISTED, 1],
  [PLACE.azb, AZERI_WORDS + AZERI_SMALL, 1],
  [PLACE.ug, UYGHUR_WORDS, 1],
  [PLACE.sd, SINDHI_WORDS, 1.3],
  [PLACE.glk, GILAKI_WORDS, 0.9],
  [PLACE.mzn, MAZANDARANI_WORDS, 0.9],
  [PLACE.bqi, LURI_WORDS, 0.9],
  [PLACE.tly, TALYSHI_WORDS, 0.9],
] as const
/** Words that could be typing errors or pieces of Persian words: short and without a letter of their own. */
const FAINT = /^[اآبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی]{2}$/
const OWN_SINDHI = /[ڪٿڏڀٽٺڙڦڄڃڳڱٻڌڊڇڻء۾۽]/

/** How much a word on a neighbour's own list says. */
function listed(raw: string, word: string, place: number, weight: number): number {
  if (word.length < 2) return LONE_LETTER
  if (persian.has(word)) return shared(place)
  if (place === PLACE.sd && !OWN_SINDHI.test(raw)) return word.length < 3 ? 0.3 : 1
  return place < PLACE.glk && FAINT.test(word) ? 0.5 : weight
}
for (const [place, list, weight] of OTHERS)
  for (const raw of typeof list === 'string' ? list.trim().split(/\s+/) : list) {
    const word = spell(raw)
    speak(word, place, listed(raw, word, place, weight))
  }

/** How much a spelling with Persian letters says: little when it is short, hardly anything when it is a Persian word. */
const typed = (word: string): number =>
  persian.has(word) ? 0.1 : isListedArabic(word) ? 0.2 : word.length < 3 ? 0.3 : word.length === 3 ? 0.6 : 0.85
for (const [place, list] of [
  [PLACE.ur, urdu],
  [PLACE.ps, pashto],
  [PLACE.sd, SINDHI_WORDS],
  [PLACE.ug, UYGHUR_WORDS],
] as const)
  for (const word of list.trim().split(/\s+/))
    for (const way of persianSpellings(word)) if (way.length > 1) speak(way, place, typed(way))

meanings.set(
  'و',
  Object.values(PLACE)
    .filter((place) => place < PLACE.glk)
    .map((place) => [place, 0.1]),
)

/** What a word in its lexicon spelling says, or undefined when the lexicon does not know it. */
export function meaningOf(word: string): Meaning | undefined {
  if (word.length > 1 && (kurdishListed.has(word) || (word.length > 2 && kurdishNouns.has(word))))
    speak(word, PLACE.ckb, typed(word))
  if (word.length > 2 && azeriWords.has(word)) speak(word, PLACE.azb, typed(word))
  return meanings.get(word)
}

/** Whether a word in its lexicon spelling is Persian as it stands. */
export function isPersian(word: string): boolean {
  return persian.has(word)
}

const ENDINGS =
  'هایشان هایمان هایتان هامون هاشون هاتون هایی های هایم هایش هاست هام هاش هات ها ترین ترها تری تره تر ایم اید اند ام ات اش مون تون شون مان تان شان ای ان ین یم یه ست رو و ی م ت ش ه ن ا'
    .split(' ')
    .map(spell)
const BEGINNINGS = ['می', 'نمی', 'بی', 'نا', 'هم', 'به', 'در', 'از', 'پر', 'ب', 'و', 'ن']
const endings = new Set(ENDINGS)
const longestEnding = Math.max(...ENDINGS.map((ending) => ending.length))

/** Whether a word becomes Persian when an ending or a beginning is taken off. */
export function isDerivedPersian(word: string): boolean {
  for (let length = Math.min(longestEnding, word.length - 2); length > 0; length--) {
    if (length === 1 && word.length < 4) break
    if (endings.has(word.slice(-length)) && persian.has(word.slice(0, -length))) return true
  }
  for (const beginning of BEGINNINGS)
    if (word.length - beginning.length >= 3 && word.startsWith(beginning) && persian.has(word.slice(beginning.length)))
      return true
  return false
}

/** Phrases by their first word, longest first. */
type Phrases = Map<string, string[][]>

function phrases(list: string): Phrases {
  const found: Phrases = new Map()
  for (const phrase of list.trim().split(/\s*[|\n]\s*/)) {
    if (phrase === '') continue
    const words = phrase.split(/\s+/).map(spell)
    const others = found.get(words[0]!) ?? []
    others.push(words)
    found.set(words[0]!, others)
  }
  for (const some of found.values()) some.sort((a, b) => b.length - a.length)
  return found
}

function phraseLength(known: Phrases, words: readonly string[], from: number): number {
  const candidates = known.get(words[from]!)
  if (!candidates) return 0
  for (const phrase of candidates) if (phrase.every((word, index) => words[from + index] === word)) return phrase.length
  return 0
}

const formulas = phrases(FORMULAS)
const idioms = phrases(IDIOMS)
const turns = [
  [PLACE.ckb, phrases(KURDISH_TURNS)],
  [PLACE.azb, phrases(AZERI_TURNS)],
  [PLACE.ps, phrases(PASHTO_TURNS)],
  [PLACE.ur, phrases(URDU_TURNS)],
] as const
const turnStarts = new Set(turns.flatMap(([, known]) => [...known.keys()]))
const NO_TURNS: readonly number[] = []
const KURDISH_ONLY: readonly number[] = [PLACE.ckb]

/** What follows «له» where it is Persian: crushed, or for and against. */
const AFTER_CRUSHED = /^(?:ش[دومینه]|ک[رن]|می|نمی|ب|ن|و$|له|تر|است|هست|گشت|داد|علیه|یا$|من|او)/

/** Kurdish in the older spelling with a space after each short vowel: neither part is a word. */
function isSplitKurdish(word: string, next: string | undefined): boolean {
  if (!next || word.length > 4 || !word.endsWith('ه')) return false
  const whole = word + next
  return whole.length > 3 && !persian.has(whole) && (kurdishListed.has(whole) || kurdishNouns.has(whole))
}

/** Names of Latin letters, and those of them that are nothing else. */
const LETTER_NAMES = new Set('ای بی سی دی اف جی اچ آی ال ام ان پی کیو آر اس تی یو وی ایکس زد'.split(' '))
const SURE_LETTER_NAMES = new Set('سی جی اف اچ پی کیو آر تی یو وی ایکس زد ال'.split(' '))

/** How many words from `from` on spell out an abbreviation. */
function abbreviationLength(words: readonly string[], from: number): number {
  let to = from
  let sure = false
  while (to < words.length && LETTER_NAMES.has(words[to]!)) sure = SURE_LETTER_NAMES.has(words[to++]!) || sure
  return to - from > (sure ? 1 : 2) ? to - from : 0
}

/** The languages of which a turn of several words begins at `from`. */
export function turnsAt(words: readonly string[], from: number): readonly number[] {
  const next = words[from + 1]
  if (isSplitKurdish(words[from]!, next)) return KURDISH_ONLY
  if (words[from] === 'له' && next && !AFTER_CRUSHED.test(next) && !isListedArabic(next)) return KURDISH_ONLY
  if (!turnStarts.has(words[from]!)) return NO_TURNS
  return turns.filter(([, known]) => phraseLength(known, words, from) > 0).map(([place]) => place)
}

/** How many words from `from` on make up a prayer, 0 when none do; the words are given in lexicon spelling. */
export function formulaLength(words: readonly string[], from: number): number {
  return phraseLength(formulas, words, from) || abbreviationLength(words, from)
}

/** How many words from `from` on make up an Arabic phrase that has become Persian, 0 when none do. */
export function idiomLength(words: readonly string[], from: number): number {
  return phraseLength(idioms, words, from)
}
