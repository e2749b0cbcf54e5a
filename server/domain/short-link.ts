import { LARGEST_NEWS_CODE } from './news-code.ts'

const ALPHABET = '23456789bcdfghjkmnpqrstvwxyzBCDFGHJKLMNPQRSTVWXYZ'
const BASE = ALPHABET.length

/** The short name of a news code: its digits in base 49 over letters that cannot be misread; 3735708 is `FLTX`. RangeError for what is no code. */
export function shortNameOf(code: number): string {
  if (!Number.isSafeInteger(code) || code < 1) throw new RangeError(`no news code: ${code}`)
  let name = ''
  for (let rest = code; rest > 0; rest = Math.floor(rest / BASE)) name = ALPHABET[rest % BASE] + name
  return name
}

/** The news code that a short name stands for; null for other letters, a leading zero-letter, or a number too large. */
export function codeOfShortName(name: string): number | null {
  if (name === '' || name.length > 9 || name.startsWith(ALPHABET[0]!)) return null
  let code = 0
  for (const letter of name) {
    const value = ALPHABET.indexOf(letter)
    if (value < 0) return null
    code = code * BASE + value
  }
  return code <= LARGEST_NEWS_CODE ? code : null
}

/** The path of an article's short link, such as `/xFLTX`. */
export function shortPath(code: number): string {
  return `/x${shortNameOf(code)}`
}
