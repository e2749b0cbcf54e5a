import { spell } from './script.ts'

const KURDISH_KEYS: Record<string, string> = { ێ: 'ی', ڕ: 'ر', ڵ: 'ل', ۆ: 'و', ڤ: 'و', ۊ: 'و', ۏ: 'و' }

/** The ways in which a Kurdish word is typed with Persian letters: the short vowel as he, as he at the end only, or left out; doubled letters single; a hamza chair at the beginning kept, turned into alef or left out. */
export function kurdishSpellings(word: string): string[] {
  let full = ''
  let bare = ''
  let single = ''
  let last = ''
  const spelling = spell(word)
  for (let index = 0; index < spelling.length; index++) {
    const letter = spelling[index]!
    const ending = index === spelling.length - 1
    const key = letter === 'ە' ? 'ه' : (KURDISH_KEYS[letter] ?? letter)
    full += key
    if (letter !== 'ە' || ending) bare += key
    if ((letter !== 'ە' || ending) && !((key === 'و' || key === 'ی') && key === last)) single += key
    last = key
  }
  const found = [full]
  if (bare !== full) found.push(bare)
  if (single !== bare) found.push(single)
  if (spelling.endsWith('ە')) found.push(bare.slice(0, -1))
  if (!spelling.startsWith('ئ')) return found
  if (spelling[1] === 'ا') return found.flatMap((way) => [way.slice(1), `آ${way.slice(2)}`])
  return found.flatMap((way) => [way, `ا${way.slice(1)}`, way.slice(1)])
}

/** Letters of Pashto, Urdu, Sindhi and Uyghur and what stands for them on a Persian keyboard. */
const PERSIAN_KEYS: Record<string, readonly string[]> = {
  ے: ['ی'],
  ۓ: ['ی'],
  ں: ['ن'],
  ٹ: ['ت'],
  ڈ: ['د'],
  ڑ: ['ر'],
  ݙ: ['د'],
  ݨ: ['ن'],
  ٻ: ['ب'],
  ڄ: ['ج'],
  ڳ: ['گ'],
  ښ: ['ش', 'خ'],
  ځ: ['ز', 'ج'],
  څ: ['س', 'چ'],
  ڼ: ['ن'],
  ې: ['ی'],
  ۍ: ['ی'],
  ړ: ['ر'],
  ږ: ['ژ', 'ز'],
  ډ: ['د'],
  ټ: ['ت'],
  ګ: ['گ'],
  ڪ: ['ک'],
  ٿ: ['ت'],
  ڏ: ['د'],
  ڀ: ['ب'],
  ٽ: ['ت'],
  ٺ: ['ت'],
  ڙ: ['ر'],
  ڦ: ['پ'],
  ڃ: ['ن'],
  ڱ: ['ن'],
  ڌ: ['د'],
  ڊ: ['د'],
  ڇ: ['چ'],
  ڻ: ['ن'],
  ۇ: ['و'],
  ۆ: ['و'],
  ۈ: ['و'],
  ۋ: ['و'],
  ە: ['ه'],
  ڭ: ['نگ'],
  ؤ: ['و'],
  ئ: ['ی'],
}

const OWN_LETTER = new RegExp(`[${Object.keys(PERSIAN_KEYS).join('')}]`)

/** The ways in which a word of a neighbouring language is typed with Persian letters only: none when it has no letter of its own, else one or two. */
export function persianSpellings(word: string): string[] {
  if (!OWN_LETTER.test(word)) return []
  let first = ''
  let second = ''
  for (const letter of spell(word)) {
    const keys = PERSIAN_KEYS[letter]
    first += keys ? keys[0]! : letter
    second += keys ? keys.at(-1)! : letter
  }
  return first === second ? [first] : [first, second]
}
