import { LISTED_ARABIC } from './arabic-forms.ts'
import { PLACE, spell } from './script.ts'
import { FORMULAS, PERSIAN_WITH_ARTICLE } from './words/arabic.ts'
import { AZERI_WORDS, UYGHUR_WORDS } from './words/azeri.ts'
import { KURDISH_WORDS } from './words/kurdish.ts'
import { GILAKI_WORDS, LURI_WORDS, MAZANDARANI_WORDS, TALYSHI_WORDS } from './words/near.ts'
import { PASHTO_WORDS } from './words/pashto.ts'
import { PERSIAN_COMMON, PERSIAN_NAMES, PERSIAN_NOUNS, PERSIAN_VERBS } from './words/persian.ts'
import { SINDHI_WORDS, URDU_WORDS } from './words/urdu.ts'

/** What a word says: pairs of a language's place and a weight. */
export type Meaning = readonly [place: number, weight: number][]

const spelt = (list: string): string[] => list.trim().split(/\s+/).map(spell)

const WRITTEN_ENDINGS = ['م', 'ی', 'د', 'یم', 'ید', 'ند']
const SPOKEN_ENDINGS = ['م', 'ی', 'ه', 'یم', 'ین', 'ید', 'ن']
const PAST_ENDINGS = ['', 'م', 'ی', 'یم', 'ید', 'ین', 'ند', 'ن', 'ه']

/** All forms of one verb, given as its past stem and its present stems. */
function verbForms(verb: string): string[] {
  const [past = '', ...presents] = verb.trim().split(' ')
  const forms: string[] = []
  for (const ending of PAST_ENDINGS) for (const prefix of ['', 'ن', 'می', 'نمی']) forms.push(prefix + past + ending)
  for (const tail of ['ه‌ام', 'ه‌ای', 'ه‌ایم', 'ه‌اید', 'ه‌اند', 'ه‌است', 'ن', 'نی', 'نش', 'ار'])
    forms.push(spell(past + tail), spell(`ن${past}${tail}`))
  for (const present of presents)
    for (const ending of [...WRITTEN_ENDINGS, ...SPOKEN_ENDINGS])
      for (const prefix of present.length > 1 ? ['', 'می', 'نمی', 'ب', 'ن'] : ['می', 'نمی', 'ب', 'ن'])
        forms.push(prefix + present + ending)
  for (const present of presents) if (present.length > 1) forms.push(`ب${present}`, `ن${present}`)
  return forms
}

const persian = new Set(
  [
    spelt(PERSIAN_COMMON),
    spelt(PERSIAN_NOUNS),
    spelt(PERSIAN_NAMES),
    spelt(PERSIAN_WITH_ARTICLE),
    PERSIAN_VERBS.trim().split('|').flatMap(verbForms).map(spell),
  ].flat(),
)

const loans = new Set([...spelt(PERSIAN_NOUNS), ...spelt(PERSIAN_NAMES)].filter((word) => !/[پچژگ]/.test(word)))
for (const word of spelt(PERSIAN_COMMON)) loans.delete(word)

/** Whether a Persian word is a noun or a name that Arabic could have too. */
export function couldBeArabic(word: string): boolean {
  return loans.has(word)
}

/** How much a word of another language says that Persian has too; Azerbaijani's smallest words are such. */
const shared = (place: number): number => (place === PLACE.azb ? 0.4 : 0.25)

/** Kurdish words as they look on a Persian or Arabic keyboard. */
function onOtherKeys(words: string): string {
  const close = words.replace(/[ێڕڵۆ]/g, (letter) => ({ ێ: 'ی', ڕ: 'ر', ڵ: 'ل', ۆ: 'و' })[letter]!)
  return ['ه', '']
    .map((vowel) => ` ${close.replaceAll('ە', vowel)}`)
    .join('')
    .replace(/(?<!\S)\S{1,2}(?!\S)/g, '')
}

const meanings = new Map<string, [number, number][]>()
for (const word of persian)
  meanings.set(
    word,
    LISTED_ARABIC.has(word)
      ? [
          [PLACE.fa, 1],
          [PLACE.ar, 0.25],
        ]
      : [[PLACE.fa, 1]],
  )
const OTHERS = [
  [PLACE.ur, URDU_WORDS, 1],
  [PLACE.ps, PASHTO_WORDS, 1],
  [PLACE.ckb, KURDISH_WORDS + onOtherKeys(KURDISH_WORDS), 1],
  [PLACE.azb, AZERI_WORDS, 1],
  [PLACE.ug, UYGHUR_WORDS, 1],
  [PLACE.sd, SINDHI_WORDS.replace(/(?<!\S)\S{1,2}(?!\S)/g, ''), 1.3],
  [PLACE.glk, GILAKI_WORDS, 0.9],
  [PLACE.mzn, MAZANDARANI_WORDS, 0.9],
  [PLACE.bqi, LURI_WORDS, 0.9],
  [PLACE.tly, TALYSHI_WORDS, 0.9],
] as const
for (const [place, list, weight] of OTHERS)
  for (const word of new Set(spelt(list))) {
    if (word.length < 2 && weight < 1) continue
    const meaning = meanings.get(word)
    if (meaning) meaning.push([place, persian.has(word) ? shared(place) : weight])
    else meanings.set(word, [[place, weight]])
  }

meanings.set(
  'و',
  Object.values(PLACE)
    .filter((place) => place < PLACE.glk)
    .map((place) => [place, 0.1]),
)

/** What a word in its lexicon spelling says, or undefined when the lexicon does not know it. */
export function meaningOf(word: string): Meaning | undefined {
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

const formulas = new Map<string, string[][]>()
for (const formula of FORMULAS.trim().split(/\s*[|\n]\s*/)) {
  if (formula === '') continue
  const words = formula.trim().split(/\s+/).map(spell)
  const list = formulas.get(words[0]!) ?? []
  list.push(words)
  formulas.set(words[0]!, list)
}
for (const list of formulas.values()) list.sort((a, b) => b.length - a.length)

/** How many words from `from` on make up a set phrase of prayer or praise; 0 when none does. */
export function formulaLength(words: readonly string[], from: number): number {
  const candidates = formulas.get(words[from]!)
  if (!candidates) return 0
  for (const formula of candidates)
    if (formula.every((word, index) => words[from + index] === word)) return formula.length
  return 0
}
