import type { Token } from './tokens.ts'

/** A set of folded, joined words from one line. */
export const list = (words: string): ReadonlySet<string> => new Set(words.split(' '))

/** Marks of the object. */
export const OBJECT = list('را رو')

/** Officials whose word is reported, not the commenter's. */
export const OFFICIAL = list('دادستان دادستانی دادگاه قاضی پلیس قوه سخنگوی کمیسیون مرجع وکیل وکیلش بازپرس')

/** Small words that may stand between a deed and somebody. */
export const BETWEEN = list('تو توی در این همین ان اون همه از')

/** Where the sentence of word `at` begins. */
export const sentenceStart = (tokens: readonly Token[], at: number): number => {
  let start = at
  while (start > 0 && tokens[start - 1]!.sentence === tokens[at]!.sentence) start--
  return start
}

/** Where the sentence of word `at` ends. */
export const sentenceEnd = (tokens: readonly Token[], at: number): number => {
  let end = at
  while (end < tokens.length && tokens[end]!.sentence === tokens[at]!.sentence) end++
  return end
}

/** Whether one of the words stands in [from, to). */
export const has = (tokens: readonly Token[], from: number, to: number, words: ReadonlySet<string>): boolean => {
  for (let at = Math.max(0, from); at < Math.min(to, tokens.length); at++)
    if (words.has(tokens[at]!.joined)) return true
  return false
}
