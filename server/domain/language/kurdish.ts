import { kurdishSpellings } from './spellings.ts'
import { KURDISH_WORDS } from './words/kurdish.ts'
import { BADINI_WORDS, HAWRAMI_WORDS, SOUTHERN_KURDISH_WORDS } from './words/kurdish-dialects.ts'
import { KURDISH_NOUNS, MORE_KURDISH_NOUNS, YET_MORE_KURDISH_NOUNS } from './words/kurdish-nouns.ts'
import { KURDISH_SMALL, KURDISH_VERBS } from './words/kurdish-verbs.ts'

const words = (list: string): string[] => list.trim().split(/\s+/)

/** All Kurdish nouns as typed with Persian letters. */
export const kurdishNouns = new Set<string>()
for (const list of [KURDISH_NOUNS, MORE_KURDISH_NOUNS, YET_MORE_KURDISH_NOUNS])
  for (const word of words(list)) if (word.length > 2) for (const way of kurdishSpellings(word)) kurdishNouns.add(way)

const presentStems = new Set<string>()
const pastStems = new Set<string>()
const infinitives: string[] = []
for (const pair of KURDISH_VERBS.trim().split('|')) {
  const [past = '', present = ''] = pair.trim().split(' ')
  infinitives.push(`${past}ن`)
  for (const way of kurdishSpellings(past)) pastStems.add(way)
  for (const way of kurdishSpellings(present)) if (way.length > 1) presentStems.add(way)
}

/** All other Kurdish words as they are spelt. */
export const KURDISH_LISTED = [
  ...words(KURDISH_WORDS + KURDISH_SMALL + BADINI_WORDS + SOUTHERN_KURDISH_WORDS + HAWRAMI_WORDS),
  ...infinitives,
]
/** The same as typed with Persian letters. */
export const kurdishListed = new Set(KURDISH_LISTED.flatMap(kurdishSpellings))

/** Joins one part of each kind in every order and gives all spellings of the outcome. */
function endingsOf(...kinds: string[]): Set<string> {
  let joined = ['']
  for (const kind of kinds) joined = joined.flatMap((before) => ['', ...words(kind)].map((part) => before + part))
  const endings = new Set([...new Set(joined)].flatMap(kurdishSpellings))
  endings.delete('')
  return endings
}

const nounEndings = endingsOf(
  'ەکە ێک یەک ەیەک ەکان ان یان انێک ێکی ەگە ەگان ەیل گەل',
  'م ت ی مان تان یان',
  'ش یش ە یە ن دا یدا ەوە یەوە ڕا یشە ەش یەتی یەتیی ەیە ین و',
)
/** Noun endings that no Persian word has. */
const clearEndings = new Set([...nounEndings].filter((ending) => /هک|هو[هێ]|یهک|یهوه|یهتی|هگه|هگان|هیه/.test(ending)))
const presentEndings = endingsOf(
  'م ی یت ێ ێت ات ا ین ن ەم ەی ەن ەین وو وون ە رێ رێت رێن را ران راوە راون رابوو درێت درێ درا دراوە درێن ێنرێت',
  'ەوە ێتەوە ێ',
)
const pastEndings = endingsOf(
  `م ت ی یت ین ن مان تان یان ە نە یە یانە نی مە ێت بێت ووە وە وون وو ووی ووم وویت ووین وویەتی وویانە بوو بووم بوون بووی بوویان
  ینە اوە راوە راون را ران رابوو`,
  'ەوە دا',
)

const PRESENT_STARTS = ['ده', 'د', 'ئه', 'نا', 'نیه', 'ب', 'مه', 'نمه']
const PAST_STARTS = ['', 'نه', 'ن', 'ده', 'د', 'نهده', 'ند', 'ئه', 'بی', 'مه', 'نمه']
const CLITICS = ['', 'م', 'ت', 'ی', 'مان', 'تان', 'یان', 'ش']
const LONGEST_ENDING = 10

function hasStem(word: string, from: number, stems: ReadonlySet<string>, endings: ReadonlySet<string>): boolean {
  for (let cut = Math.max(from + 2, word.length - LONGEST_ENDING); cut < word.length; cut++)
    if (endings.has(word.slice(cut)) && (cut - from > 2 || word.length - cut > 1) && stems.has(word.slice(from, cut)))
      return true
  return false
}

/** Whether a prefix, perhaps a pronoun, a stem and an ending make up the word. */
function isVerb(
  word: string,
  starts: readonly string[],
  stems: ReadonlySet<string>,
  endings: ReadonlySet<string>,
): boolean {
  for (const start of starts) {
    if (!word.startsWith(start)) continue
    for (const clitic of start === '' ? [''] : CLITICS)
      if (word.startsWith(clitic, start.length) && hasStem(word, start.length + clitic.length, stems, endings))
        return true
  }
  return false
}

const PREPOSITIONS = ['لهگهل', 'له', 'به', 'بو']

/** Whether what follows a preposition that is grown together is Kurdish. */
function isJoined(rest: string, isPersian: (word: string) => boolean): boolean {
  return rest.length > 2 && !isPersian(rest) && (kurdishNouns.has(rest) || kurdishListed.has(rest))
}

/** How much a word that no lexicon knows, typed with Persian letters, looks like a form of a Kurdish word, from 0 to 0.9. */
export function kurdishForm(word: string, isPersian: (word: string) => boolean): number {
  if (word.length < 4) return 0
  for (let cut = Math.max(2, word.length - LONGEST_ENDING); cut < word.length; cut++) {
    const ending = word.slice(cut)
    if (!nounEndings.has(ending)) continue
    const stem = word.slice(0, cut)
    const persian = isPersian(stem)
    const known = kurdishNouns.has(stem) || (cut > 3 && kurdishListed.has(stem))
    if (clearEndings.has(ending) && (persian || known)) return 0.9
    if (!persian && cut > 3 && known) return ending.length > 1 || cut > 4 ? 0.6 : 0.4
  }
  for (const preposition of PREPOSITIONS)
    if (word.startsWith(preposition) && isJoined(word.slice(preposition.length), isPersian)) return 0.6
  if (isVerb(word, PRESENT_STARTS, presentStems, presentEndings)) return 0.7
  if (isVerb(word, PAST_STARTS, pastStems, pastEndings)) return 0.6
  return 0
}
