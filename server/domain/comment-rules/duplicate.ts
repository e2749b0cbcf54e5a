import { fold } from '../persian-text/index.ts'
import type { Look, Rule } from './rule.ts'
import { NOTHING } from './rule.ts'

const SHINGLE = 3
const SHORT = 5

function keyWords(text: string): string[] {
  return fold(text)
    .replace(/\u200c/g, '')
    .replace(/(.)\1{2,}/gu, '$1')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

function shingles(text: string): string[] {
  const words = keyWords(text)
  if (words.length <= SHINGLE) return [words.join(' ')]
  return Array.from({ length: words.length - SHINGLE + 1 }, (_, i) => words.slice(i, i + SHINGLE).join(' '))
}

/** How alike two texts are, 0 to 1: the share of three-word runs that both have (Broder 1997). */
export function similarity(one: string, other: string): number {
  const first = new Set(shingles(one))
  const second = new Set(shingles(other))
  let both = 0
  for (const shingle of first) if (second.has(shingle)) both += 1
  return both / (first.size + second.size - both)
}

/** The same or nearly the same text again: by the same writer at once suspicious, by others when it is long enough to be no coincidence. */
export const duplicate: Rule = {
  code: 'duplicate',
  label: 'تکراری',
  threshold: 0.6,
  look({ text }, { recent = [] }): Look {
    if (recent.length === 0) return NOTHING
    const count = text.words.length
    let score = 0
    let bySame = false
    for (const { text: earlier, sameWriter } of recent) {
      if (!sameWriter && count < SHORT) continue
      const alike = similarity(text.text, earlier)
      const weighed = sameWriter ? alike : alike * Math.min(1, 0.5 + count / 24)
      if (weighed <= score) continue
      score = weighed
      bySame = sameWriter
    }
    if (score === 0) return NOTHING
    const why = bySame ? 'همین نویسنده همین متن را پیش‌تر فرستاده است.' : 'متنی تقریباً یکسان پیش‌تر فرستاده شده است.'
    return { score: Math.min(0.99, score), spans: [[0, text.text.length]], why }
  },
  examples: {
    catches: [
      { text: 'ممنون از خبر خوبتان', recent: [{ text: 'ممنون از خبر خوبتان', sameWriter: true }] },
      {
        text: 'این طرح از اول هم اشتباه بود و پول مردم را هدر داد، همه باید پاسخگو باشند.',
        recent: [
          { text: 'اين طرح از اول هم اشتباه بود و پول مردم را هدر داد، همه بايد پاسخگو باشند!', sameWriter: false },
        ],
      },
    ],
    passes: [
      { text: 'ممنون', recent: [{ text: 'ممنون', sameWriter: false }] },
      { text: 'خدا قوت به همه', recent: [{ text: 'خدا قوت به همه', sameWriter: false }] },
      { text: 'پل تازه زیباست', recent: [{ text: 'کتابخانه دور است', sameWriter: true }] },
      { text: 'خبر خوبی بود' },
    ],
  },
}
