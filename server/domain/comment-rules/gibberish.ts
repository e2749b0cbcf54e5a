import { toLatinDigits, type Word } from '../persian-text/index.ts'
import type { Look, Rule } from './rule.ts'
import { NOTHING } from './rule.ts'
import type { Span } from './types.ts'

const ROWS = ['ضصثقفغعهخحجچ', 'شسیبلاتنمکگ', 'ظطزرذدپو', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']
/** Laughter, cries and other sounds that people write drawn out. */
const LAUGHTER =
  /^(?:[هخ]+|(?:ها|خا|هه|هاها|لا|نا|دا|دی|بو){2,}[هی]?|[لو]ل+|او+[فهوخ]*|و+[اآ]*ی*[وه]*|[اآ]+ی*[هخ]*|هو+را*|یو+ه+و+|هی+س+|ج+و+ن+|[اآ]*خ+|ق+|ک+|ی+|ب+ه+|نه+|[a-z]|(?:ha|he|hi|ah){2,}h?|l+o+l+|w+o+w+|x+d+)$/u
const VOWELLESS = /^[بپتثجچحخدذرزژسشصضطظعغفقکگلمن]{7,}$/u
const RARE = /[ثذضطظعغقژح]{3}/u
/** Words made of neighbouring keys by chance. */
const REAL = new Set('مستنصر قسطنطنیه تشکر بلبل سلسله هعی نعنا نعناع خنک غفلت ثقفی عهده ههه'.split(' '))

const neighbours = new Map<string, Set<string>>()
for (const row of ROWS) {
  for (let i = 0; i < row.length; i++) {
    neighbours.set(row[i]!, new Set([row[i - 1], row[i + 1]].filter((letter) => letter !== undefined)))
  }
}

/** The share of steps in a word that go to the next key of the same row, always in one run. */
function rollOf(word: string): number {
  if (word.length < 5) return 0
  let steps = 0
  for (let i = 1; i < word.length; i++) if (neighbours.get(word[i - 1]!)?.has(word[i]!)) steps += 1
  return steps / (word.length - 1)
}

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
  if (word.length < 9) return false
  return (
    new Set(word).size <= Math.max(3, word.length * 0.5) &&
    ROWS.some((row) => [...word].every((one) => row.includes(one)))
  )
}

function strangeness(word: string): number {
  if (LAUGHTER.test(word) || REAL.has(word)) return 0
  const plain = word.length > 4 ? word.replace(/(.)\1{2,}/gu, '$1') : word
  if (plain.length === 1) return word.length >= 6 ? 0.7 : 0
  if (plain.length < 3) return 0
  if (rollOf(plain) >= 0.75) return 1
  if (plain.length > 30) return 0.9
  if (isLoop(plain) || isDrummed(plain)) return 0.8
  return VOWELLESS.test(plain) || (plain.length >= 5 && RARE.test(plain)) ? 0.7 : 0
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
  if (signs.length < 10) return false
  if (/\p{Extended_Pictographic}/u.test(text)) return signs.length >= 20
  return !/\p{N}/u.test(text) || new Set(signs).size === 1 || /0?123456789/.test(toLatinDigits(text))
}

/** Text without meaning: keyboard rolls, letter soup, walls of signs; laughter and drawn-out words are speech. */
export const gibberish: Rule = {
  code: 'gibberish',
  label: 'نامفهوم',
  threshold: 0.5,
  look({ text }): Look {
    const { words } = text
    if (words.every(({ joined }) => /^\d+$/.test(joined))) {
      if (!isWall(text.text)) return NOTHING
      return { score: 0.7, spans: [[0, text.text.length]], why: 'این نظر واژه‌ای ندارد.' }
    }
    const again = strewn(words)
    if (again) return { score: 0.7, spans: again, why: 'این نوشته تکرار یک واژه یا حرف‌های پراکنده است.' }
    const strange = words.map((word) => ({ word, weight: strangeness(word.joined) })).filter(({ weight }) => weight > 0)
    if (strange.length === 0) return NOTHING
    const letters = words.reduce((sum, word) => sum + word.joined.length, 0)
    const share = strange.reduce((sum, { word, weight }) => sum + word.joined.length * weight, 0) / letters
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
      { text: '۲۰' },
    ],
  },
}
