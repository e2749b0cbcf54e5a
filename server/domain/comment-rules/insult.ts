import type { PreparedComment, Rule } from './rule.ts'
import { NOTHING } from './rule.ts'
import type { Span } from './types.ts'

const WORDS = new Set([
  'احمق',
  'احمقاند',
  'بیشعور',
  'بیشعوری',
  'کثافت',
  'عوضی',
  'نفهم',
  'بیشرف',
  'بیناموس',
  'حرومزاده',
  'حرامزاده',
  'الدنگ',
  'خرفت',
  'کودن',
  'ابله',
  'پفیوز',
  'دیوث',
  'گمشو',
  'خفهشو',
])

function placesIn({ text }: PreparedComment): Span[] {
  const spans: Span[] = []
  text.words.forEach((word, i) => {
    const next = text.words[i + 1]
    if (WORDS.has(word.joined)) spans.push([word.start, word.end])
    else if (next && WORDS.has(word.joined + next.joined)) spans.push([word.start, next.end])
  })
  return spans
}

/** Insults to persons. */
export const insult: Rule = {
  code: 'insult',
  label: 'توهین',
  threshold: 0.5,
  look(comment) {
    const spans = placesIn(comment)
    if (spans.length === 0) return NOTHING
    const [start, end] = spans[0]!
    return { score: 0.9, spans, why: `واژهٔ «${comment.text.text.slice(start, end)}» توهین است.` }
  },
  examples: {
    catches: [{ text: 'این مدیر احمق است.' }, { text: 'بی شعور کیست؟' }],
    passes: [{ text: 'کار خوبی بود.' }],
  },
}
