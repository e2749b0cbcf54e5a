import { lettersOf } from '../near-duplicates.ts'
import type { Look, Rule } from './rule.ts'
import { NOTHING } from './rule.ts'

const GRAM = 3
const SHORT = 5
/** From so many letters on, the same text by another writer is no coincidence. */
const LONG = 50

/** Runs of three letters, after spaces, marks and drawn-out letters are gone. */
function grams(text: string): Set<string> {
  const letters = lettersOf(text).replace(/(.)\1{2,}/gu, '$1')
  const found = new Set<string>()
  if (letters.length <= GRAM) found.add(letters)
  for (let at = 0; at + GRAM <= letters.length; at++) found.add(letters.slice(at, at + GRAM))
  return found
}

function alike(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one]
  let both = 0
  for (const gram of small) if (large.has(gram)) both += 1
  const resemblance = both / (one.size + other.size - both)
  const isPart = small.size >= LONG - GRAM && small.size >= large.size * 0.4
  return isPart ? Math.max(resemblance, (0.9 * both) / small.size) : resemblance
}

/** How alike two texts are, 0 to 1: the share of three-letter runs that both have, or how much of the shorter one stands in the other (Broder 1997). */
export function similarity(one: string, other: string): number {
  return alike(grams(one), grams(other))
}

/** The same or nearly the same text again: by the same writer at once suspicious, by others when it is long enough to be no coincidence. */
export const duplicate: Rule = {
  code: 'duplicate',
  label: 'تکراری',
  threshold: 0.6,
  look({ text }, { recent = [] }): Look {
    if (recent.length === 0) return NOTHING
    const count = text.words.length
    const own = grams(text.text)
    let score = 0
    let bySame = false
    for (const { text: earlier, sameWriter } of recent) {
      if (!sameWriter && count < SHORT) continue
      const likeness = alike(own, grams(earlier))
      const weighed = sameWriter ? likeness : likeness * Math.min(1, (own.size + GRAM) / LONG)
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
      {
        text: 'این طرح از اول اشتباه بود و پول مردم را هدر داد و همه باید پاسخگو باشند',
        recent: [
          { text: 'این طرح از ابتدا اشتباه بود و پول مردم را هدر داد و همه باید پاسخگو باشند', sameWriter: false },
        ],
      },
      {
        text: 'لطفا به وضع بازنشستگان رسیدگی کنید، حقوق ما کفاف زندگی را نمی‌دهد. منتظریم!',
        recent: [{ text: 'لطفا به وضع بازنشستگان رسیدگی کنید حقوق ما کفاف زندگی را نمی دهد', sameWriter: false }],
      },
      {
        text: 'ل ط ف ا به وضع بازنشستگان رسیدگی کنیدددد حقوق ما کفاف زندگی را نمی‌دهد',
        recent: [{ text: 'لطفا به وضع بازنشستگان رسیدگی کنید حقوق ما کفاف زندگی را نمی‌دهد', sameWriter: false }],
      },
      { text: 'چرا منتشر نکردید؟؟؟', recent: [{ text: 'چرا منتشر نکردید', sameWriter: true }] },
      { text: '+۱', recent: [{ text: '+1', sameWriter: true }] },
      { text: 'مـمـنـون', recent: [{ text: 'ممنون', sameWriter: true }] },
    ],
    passes: [
      { text: 'ممنون', recent: [{ text: 'ممنون', sameWriter: false }] },
      { text: 'خدا قوت به همه', recent: [{ text: 'خدا قوت به همه', sameWriter: false }] },
      { text: 'پل تازه زیباست', recent: [{ text: 'کتابخانه دور است', sameWriter: true }] },
      { text: 'خبر خوبی بود' },
      { text: 'احسنت', recent: [{ text: 'احسنت', sameWriter: false }] },
      { text: 'روحش شاد و یادش گرامی', recent: [{ text: 'روحش شاد و یادش گرامی', sameWriter: false }] },
      { text: 'خدا قوت به همهٔ عزیزان زحمتکش', recent: [{ text: 'خدا قوت به همه عزیزان زحمتکش', sameWriter: false }] },
      {
        text: 'حقوق کارگران کفاف اجارهٔ خانه را نمی‌دهد و دولت باید کاری کند',
        recent: [{ text: 'دولت باید برای اجارهٔ خانهٔ مستأجران کاری کند و جلوی گرانی را بگیرد', sameWriter: true }],
      },
      {
        text: 'من هم با نظر بالا موافقم ولی راه حل دیگری هم هست',
        recent: [{ text: 'من با نظر بالا مخالفم و راهی نمی‌بینم', sameWriter: true }],
      },
    ],
  },
}
