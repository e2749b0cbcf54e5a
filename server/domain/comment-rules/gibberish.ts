import type { Look, Rule } from './rule.ts'
import { NOTHING } from './rule.ts'

const ROWS = ['ضصثقفغعهخحجچ', 'شسیبلاتنمکگ', 'ظطزرذدپو', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']
const LAUGHTER = /^(?:[هخ]{2,}|(?:ها|خا|هه|هاها){2,}|لول+|او+|و+[اآ]+ی*|ا+ی+|آ+[هخ]+)$/u
const VOWELLESS = /^[بپتثجچحخدذرزژسشصضطظعغفقکگلمن]{6,}$/u

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

/** Whether a word is the same short piece again and again. */
function isLoop(word: string): boolean {
  return /^(.{1,3})\1{3,}$/u.test(word)
}

function strangeness(word: string): number {
  if (LAUGHTER.test(word)) return 0
  if (rollOf(word) >= 0.75) return 1
  if (word.length > 30) return 0.9
  if (VOWELLESS.test(word)) return 0.7
  return isLoop(word) ? 0.6 : 0
}

/** Text without meaning: keyboard rolls, letter soup, walls of signs; laughter and drawn-out words are speech. */
export const gibberish: Rule = {
  code: 'gibberish',
  label: 'نامفهوم',
  threshold: 0.5,
  look({ text }): Look {
    const { words } = text
    if (words.length === 0) {
      const signs = [...text.text.replace(/\s/g, '')].length
      if (signs < 12) return NOTHING
      return { score: 0.7, spans: [[0, text.text.length]], why: 'این نظر واژه‌ای ندارد.' }
    }
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
    ],
  },
}
