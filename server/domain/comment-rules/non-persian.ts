import type { Rule } from './rule.ts'
import { NOTHING } from './rule.ts'

/** Comments in another language or in Latin letters. */
export const nonPersian: Rule = {
  code: 'non-persian',
  label: 'غیرفارسی',
  threshold: 0.5,
  look({ text }) {
    const latin = text.text.match(/[a-z]/gi)?.length ?? 0
    const persian = text.text.match(/[\u0600-\u06ff]/g)?.length ?? 0
    if (latin < 12 || latin < persian * 2) return NOTHING
    return { score: 0.9, spans: [[0, text.text.length]], why: 'این نظر به خط فارسی نیست.' }
  },
  examples: {
    catches: [{ text: 'salam, in khabar kheili khub bud' }],
    passes: [{ text: 'سلام، خبر خوبی بود.' }, { text: 'این را در Google دیدم.' }],
  },
}
