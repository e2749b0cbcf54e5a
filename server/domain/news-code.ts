import { toLatinDigits } from './persian-text/digits.ts'

/** The largest news code that is taken from an address. */
export const LARGEST_NEWS_CODE = 999_999_999_999

/** The news code that a text spells in Persian, Arabic or Latin digits; null for anything else, for zero and for leading zeros. */
export function parseNewsCode(text: string): number | null {
  if (text.length > 12) return null
  const latin = toLatinDigits(text)
  return /^[1-9][0-9]*$/.test(latin) ? Number(latin) : null
}

const SLUG_LENGTH = 80

/** The words of a title as they stand in an address: letters and digits, spaces and half-spaces as hyphens, cut at a whole word. */
export function slugOf(title: string): string {
  const words = title
    .normalize('NFC')
    .replace(/[يى]/g, 'ی')
    .replace(/ك/g, 'ک')
    .replace(/\u0647\u0654|\u06c0/g, 'ه')
    .replace(/[\p{M}ـ]+/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  let slug = ''
  for (const word of words) {
    const longer = slug === '' ? word : `${slug}-${word}`
    if (longer.length > SLUG_LENGTH) break
    slug = longer
  }
  return slug === '' ? (words[0] ?? '').slice(0, SLUG_LENGTH) : slug
}

/** The path of an article's page, as it stands in links and in the address bar. */
export function articlePath(article: { code: number; slug: string }): string {
  return article.slug === '' ? `/news/${article.code}` : `/news/${article.code}/${encodeURIComponent(article.slug)}`
}
