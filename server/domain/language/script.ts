/** Languages written in Arabic letters that are told apart, in the order of their places in a tally. */
export const LANGUAGES = ['fa', 'ar', 'ur', 'ps', 'ckb', 'azb', 'ug', 'sd', 'glk', 'mzn', 'bqi', 'tly'] as const

/** One of the languages told apart in Arabic letters. */
export type ArabicScriptLanguage = (typeof LANGUAGES)[number]

/** A language's place in a tally. */
export const PLACE = Object.fromEntries(LANGUAGES.map((language, place) => [language, place])) as Record<
  ArabicScriptLanguage,
  number
>

/** Letters that speak for a language, and how much each does. */
const TELLING: [letters: string, language: ArabicScriptLanguage, weight: number][] = [
  ['ەێۆڕڵڤ', 'ckb', 0.7],
  ['ۊۏ', 'ckb', 0.35],
  ['ۇۈۋڭې', 'ug', 0.6],
  ['ھ', 'ug', 0.2],
  ['ښځڅڼېۍړږډټ', 'ps', 0.9],
  ['ګ', 'ps', 0.6],
  ['ٹڈڑںےۓ', 'ur', 0.9],
  ['ہ', 'ur', 0.7],
  ['ھ', 'ur', 0.3],
  ['ݨڻڋݙ', 'ur', 0.9],
  ['۽۾ٿڏڀٽڙٺڦڄڃڳڱڪ', 'sd', 0.9],
  ['ڌڽؽۉٱݩ', 'bqi', 0.8],
  ['ة', 'ar', 0.5],
  ['إٱ', 'ar', 0.4],
  ['أ', 'ar', 0.3],
  ['ٚ', 'glk', 0.7],
  ['ۊۋ', 'glk', 0.5],
]

const SAME: Record<string, string> = {
  ي: 'ی',
  ى: 'ی',
  ك: 'ک',
  ڪ: 'ک',
  ہ: 'ه',
  ھ: 'ه',
  ۂ: 'ه',
  ۀ: 'ه',
  أ: 'ا',
  إ: 'ا',
  ٱ: 'ا',
}

const FIRST = 0x600
const COUNT = 0x200
const spelling = new Uint16Array(COUNT)
const telling: ([place: number, weight: number][] | undefined)[] = new Array(COUNT)
for (let index = 0; index < COUNT; index++) {
  const character = String.fromCharCode(FIRST + index)
  if (/[\p{M}ـ]/u.test(character)) spelling[index] = 0
  else spelling[index] = (SAME[character] ?? character).charCodeAt(0)
}
for (const [letters, language, weight] of TELLING)
  for (const letter of letters) {
    const at = letter.charCodeAt(0) - FIRST
    telling[at] = [...(telling[at] ?? []), [PLACE[language], weight]]
  }

/** The spelling under which a word stands in the lexicon: letters of one shape alike, marks, kashida and half-spaces gone. */
export function spell(word: string): string {
  let out = ''
  let from = 0
  for (let index = 0; index < word.length; index++) {
    const code = word.charCodeAt(index)
    const at = code - FIRST
    const to = at >= 0 && at < COUNT ? spelling[at]! : code === 0x200c || code === 0xad || code === 0x200d ? 0 : code
    if (to === code) continue
    out += word.slice(from, index)
    if (to !== 0) out += String.fromCharCode(to)
    from = index + 1
  }
  return from === 0 ? word : out + word.slice(from)
}

/** Adds to one word's empty tally what its letters say, at most 1.5 for each language; gives whether any letter spoke. */
export function weighLetters(word: string, tally: Float64Array): boolean {
  let told = false
  for (let index = 0; index < word.length; index++) {
    const at = word.charCodeAt(index) - FIRST
    const list = at >= 0 && at < COUNT ? telling[at] : undefined
    if (!list) continue
    told = true
    for (const [place, weight] of list) tally[place] = Math.min(1.5, tally[place]! + weight)
  }
  return told
}
