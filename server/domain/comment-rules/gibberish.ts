import { isKnownLatin } from '../language/latin.ts'
import { isDerivedPersian, isPersian } from '../language/lexicon.ts'
import { toLatinDigits, type Word } from '../persian-text/index.ts'
import { isOnOneRow, isRun, rollOf } from './keyboard.ts'
import { strangeTriples } from './letter-triples.ts'
import type { Look, Rule } from './rule.ts'
import { NOTHING } from './rule.ts'
import type { Span } from './types.ts'

/** Laughter, cries and other sounds that people write drawn out. */
const LAUGHTER =
  /^(?:[هخ]+|(?:ها|خا|هه|هاها|لا|نا|دا|دی|بو){2,}[هی]?|[لو]ل+|او+[فهوخ]*|و+[اآ]*ی*[وه]*|[اآ]+ی*[هخ]*|هو+را*|یو+ه+و+|هی+س+|ج+و+ن+|[اآ]*خ+|ق+|ک+|ی+|ب+ه+|نه+|[a-z]|(?:ha|he|hi|ah){2,}h?|l+o+l+|w+o+w+|x+d+)$/u
const LATIN = /^[a-z]+$/
const USED = new Set(
  'pdf html mp3 mp4 vpn fbi pubg https http www gps sms dvd nft btc xxx rtx gtx hdr css php sql wtf thx pls btw vpns mvp nba wwe'.split(
    ' ',
  ),
)
const CONSONANTS = /[b-df-hj-np-tv-xz]{5}/
/** Words made of neighbouring keys or of rare letters by chance. */
const REAL = new Set('مستنصر قسطنطنیه تشکر بلبل سلسله هعی نعنا نعناع خنک غفلت ثقفی عهده ههه کمنت سیبل'.split(' '))

/** Whether a word is the same short piece again and again, however it ends. */
function isLoop(word: string): boolean {
  for (let length = 2; length <= 4; length++) {
    if (word.length < length * 3 - (length > 2 ? 1 : 0) || word.length < 8) continue
    let same = true
    for (let index = length; index < word.length && same; index++) same = word[index] === word[index - length]
    if (same) return true
  }
  return false
}

/** How many of a word's letters lie on one row of keys and how few they are: fingers that drum on the home row. */
function isDrummed(word: string): boolean {
  return word.length >= 9 && new Set(word).size <= Math.max(3, word.length * 0.5) && isOnOneRow(word)
}

/** Whether a word is several letters, each held down. */
function isHeld(word: string): boolean {
  return word.length >= 6 && /^(?:(.)\1{2,}){2,}$/u.test(word) && !/^[هخاویح]+$/u.test(word)
}

/** Whether a word in small Latin letters has too few vowels to be one. */
function isLatinSoup(word: string, original: string): boolean {
  if (word.length < 5 || !LATIN.test(word) || original === original.toUpperCase()) return false
  return CONSONANTS.test(word) && (word.length >= 6 || !/[aeiouy]/.test(word))
}

/** Whether three to five small Latin letters stand without a vowel and are no abbreviation that people use. */
function isLatinSplinter(word: string, original: string): boolean {
  return (
    /^[b-df-hj-np-tv-xz]{3,5}$/.test(word) &&
    original !== original.toUpperCase() &&
    !USED.has(word) &&
    !isKnownLatin(word)
  )
}

/** Whether two letters are written three times, as in a short drumming. */
function isShortLoop(word: string): boolean {
  return word.length >= 6 && /^(..)\1{2,}.?$/u.test(word)
}

function isKnown(word: string): boolean {
  return LATIN.test(word) ? isKnownLatin(word) : isPersian(word) || isDerivedPersian(word)
}

/** Whether a text is several words of one row of keys of which none is known. */
function isHomeRow(words: readonly Word[]): boolean {
  if (words.length < 2 || !isOnOneRow(words[0]!.joined)) return false
  let letters = 0
  const first = words[0]!.joined
  for (const { joined } of words) {
    if (joined.length < 3 || !isOnOneRow(joined) || LAUGHTER.test(joined) || isKnown(joined)) return false
    letters += joined.length
  }
  return letters >= 9 && words.some(({ joined }) => joined !== first)
}

/** Whether a word has nothing that any further look could find strange. */
function isOrdinary(word: string, all: number, strange: number): boolean {
  if (all === 0 || strange > 1 || isRun(word)) return false
  if (word.length < 5) return all >= word.length - 1
  return (
    all >= word.length &&
    word.length < 30 &&
    rollOf(word) < 0.75 &&
    !isOnOneRow(word) &&
    !isLoop(word) &&
    !isShortLoop(word)
  )
}

/** What a word shows: certainly rolled over the keys 1, soup .9 to .7, 0 nothing; below .7 what convicts only in company. */
function strangeness(word: string, original: string): number {
  if (word.length < 3) return 0
  const [all, strange] = strangeTriples(word)
  if (isOrdinary(word, all, strange)) return 0
  if (LAUGHTER.test(word) || REAL.has(word)) return 0
  const plain = word.length > 4 ? word.replace(/(.)\1{2,}/gu, '$1') : word
  if (isHeld(word)) return 0.8
  if (plain.length === 1) return word.length >= 6 ? 0.7 : 0
  if (/^(.)\1{3,}$/u.test(plain)) return 0.6
  if (plain.length < 3) return 0
  if (rollOf(plain) >= 0.75) return 1
  if (isRun(plain)) return 0.6
  if (plain.length > 30) return 0.9
  if (isLoop(plain) || isDrummed(plain) || isLatinSoup(plain, original)) return 0.8
  if (strange >= 3 && strange >= all * 0.45 && word.length >= 6) return 0.8
  if (strange >= 2 && strange >= all * 0.5) return 0.6
  if (isShortLoop(plain) || isLatinSplinter(plain, original)) return 0.6
  return plain.length >= 6 && isOnOneRow(plain) && !isKnown(plain) ? 0.6 : 0
}

/** Spans of words that are only said again and again, or of letters strewn one by one; null when the text is not made of them. */
function strewn(words: readonly Word[]): Span[] | null {
  if (words.length < 7) return null
  const spellings = new Set(words.map(({ joined }) => joined))
  const single = words.filter(({ joined }) => joined.length === 1).length
  if (single < words.length * 0.9 && spellings.size > words.length / 7) return null
  return [[words[0]!.start, words.at(-1)!.end]]
}

/** The same emoji or sign thirty times, or a wall of punctuation. */
function isWall(text: string): boolean {
  const signs = [...text.replace(/[\s\ufe0f\u200d\u{1f3fb}-\u{1f3ff}]/gu, '')]
  if (signs.length < 7) return false
  const digits = toLatinDigits(signs.join(''))
  if (/^\d+$/.test(digits)) return (digits.length >= 9 && isLoop(digits)) || /0?123456789/.test(digits)
  if (/\p{Extended_Pictographic}/u.test(text)) return signs.length >= 20
  return !/\p{N}/u.test(text) || new Set(signs).size === 1
}

/** Text without meaning: keyboard rolls, letter soup, walls of signs; laughter and drawn-out words are speech. */
export const gibberish: Rule = {
  code: 'gibberish',
  label: 'نامفهوم',
  threshold: 0.5,
  look({ text }): Look {
    const { words } = text
    if (words.every(({ joined }) => joined.charCodeAt(0) < 58 && /^\d+$/.test(joined))) {
      if (!isWall(text.text)) return NOTHING
      return { score: 0.7, spans: [[0, text.text.length]], why: 'این نظر واژه‌ای ندارد.' }
    }
    const again = strewn(words)
    if (again) return { score: 0.7, spans: again, why: 'این نوشته تکرار یک واژه یا حرف‌های پراکنده است.' }
    if (isHomeRow(words))
      return { score: 0.7, spans: [[words[0]!.start, words.at(-1)!.end]], why: 'این نوشته معنای روشنی ندارد.' }
    const letters = words.reduce((sum, word) => sum + word.joined.length, 0)
    const strange: { word: Word; weight: number }[] = []
    let ordinary = 0
    for (const word of words) {
      const weight = strangeness(word.joined, text.text.slice(word.start, word.end))
      if (weight > 0) strange.push({ word, weight })
      else ordinary += word.joined.length
      if (ordinary > letters * 0.6) return NOTHING
    }
    if (strange.length === 1 && strange[0]!.weight < 0.7) return NOTHING
    const least = strange.length > 1 ? 0.7 : 0
    const share =
      strange.reduce((sum, { word, weight }) => sum + word.joined.length * Math.max(weight, least), 0) / letters
    return {
      score: Math.min(0.99, share * 1.1),
      spans: strange.map(({ word }) => [word.start, word.end]),
      why: 'این نوشته معنای روشنی ندارد.',
      certain: share >= 0.9 && strange.some(({ weight }) => weight === 1),
    }
  },
  examples: {
    catches: [
      { text: 'شسیبلاتنم' },
      { text: 'ضصثقفغعه شسیبلات' },
      { text: 'asdfghjkl' },
      { text: 'سشسشسشسشسشسش' },
      { text: '؟؟؟؟؟؟؟؟؟؟؟؟؟؟؟؟؟' },
      { text: 'بپتسشکگ جچحخدذر' },
      { text: 'dsfsdfdsfsdf' },
      { text: 'هعخعهخعهخغف' },
      { text: 'ی ب ل ا ت ن م ک گ' },
      { text: 'خوب خوب خوب خوب خوب خوب خوب خوب' },
      { text: '1234567890' },
      { text: '😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂' },
      { text: 'کگکگکگکگکگ' },
      { text: 'خصهعقثچ ضچخهعث' },
      { text: 'sdkfjh skdjf' },
      { text: 'سیمنتبم بسینمل تسنمبل' },
      { text: '۴۵۶۴۵۶۴۵۶۴۵۶' },
    ],
    passes: [
      { text: 'هههههههه' },
      { text: 'خخخخخخ' },
      { text: 'وااااای چه خبر خوبی' },
      { text: 'عالیییییی' },
      { text: '👏👏👏' },
      { text: 'نه!' },
      { text: 'قسطنطنیه شهری بود' },
      { text: 'خیلیییی ممنونممم' },
      { text: '❤️❤️❤️❤️❤️❤️' },
      { text: 'لبیک لبیک لبیک' },
      { text: 'دمتتتت گرررررم' },
      { text: 'قضیهٔ تبعیض و مستضعفان' },
      { text: 'لالالالا' },
      { text: 'گل گل گل' },
      { text: 'NBA و FBI' },
      { text: 'چکسلواکی و ژوهانسبورگ' },
      { text: 'خش‌خش برگ' },
      { text: '۲۰' },
    ],
  },
}
