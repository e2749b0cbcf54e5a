import { endingOf, LONGEST_ENDING, LONGEST_PREFIX, type Prefix, prefixOf } from './arabic-affixes.ts'
import { ANY_PAST, FEMININE, LISTED, NOUN, ONLY, ONLY_FEMININE, PERSIAN_TOO, rowsOf, SOUND } from './arabic-stems.ts'

/** How Arabic a word is: 0 not known as Arabic, 1 Arabic and perhaps Persian, 2 hardly Persian, 3 Arabic only. */
export type Arabicness = 0 | 1 | 2 | 3

const PERSIAN_LETTERS = /[پچژگ]/
const WITH_ARTICLE = /^(?:[وف]?[بک]?ال|[وف]?لل)\p{L}{3,}$/u
const LINKED = /^[وفبلک]/
const PREFIXED = /^[وفبلکسهحعیتنا]/

/** Whether a word in its lexicon spelling is one of the Arabic words listed in full. */
export function isListedArabic(word: string): boolean {
  return (rowsOf(word) & LISTED) !== 0
}

/** Whether a word in its lexicon spelling, which Arabic has too, is marked as one that Persians write. */
export function isMarkedPersian(word: string): boolean {
  return (rowsOf(word) & PERSIAN_TOO) !== 0
}

/** Whether a word in its lexicon spelling is, as it stands, an Arabic one that Persian could have. */
export function isSharedWithPersian(word: string): boolean {
  const rows = rowsOf(word)
  if ((rows & PERSIAN_TOO) !== 0 || ((rows & NOUN) !== 0 && (rows & ONLY) === 0)) return true
  if (!word.endsWith('ه')) return false
  const stem = rowsOf(word.slice(0, -1))
  return (stem & (NOUN | FEMININE)) !== 0 && (stem & (ONLY | ONLY_FEMININE)) === 0
}

/** How Arabic a word is by its parts: a known stem with what Arabic puts before and after it; the word is given in lexicon spelling. */
export function arabicness(word: string): Arabicness {
  if (word.length < 2 || PERSIAN_LETTERS.test(word)) return 0
  if (isSharedWithPersian(word)) return 1
  if (isListedArabic(word)) return word.length > 2 ? 3 : 2
  let best = word.length > 3 && LINKED.test(word) && isListedOnly(word.slice(1)) ? 2 : 0
  const longest = PREFIXED.test(word) ? Math.min(LONGEST_PREFIX, word.length - 2) : 0
  for (let from = 0; from <= longest; from++) {
    const prefix = prefixOf(word.slice(0, from))
    if (!prefix) continue
    for (let to = word.length; to >= from + 2 && to >= word.length - LONGEST_ENDING; to--) {
      const rows = rowsOf(word.slice(from, to))
      if ((rows & prefix.rows) === 0) continue
      for (const [after, sure] of endingOf(word.slice(to)) ?? []) {
        const fit = rows & prefix.rows & after
        if (fit !== 0) best = Math.max(best, weigh(fit, rows, prefix, sure, to - from, to - from === word.length))
      }
    }
  }
  return (best < 2 && WITH_ARTICLE.test(word) ? 2 : best) as Arabicness
}

/** Whether a word that is no Arabic form ends in the letter with which Persian writes Arabic's feminine ending. */
export function isPersianFeminine(word: string): boolean {
  return word.endsWith('ت') && (word.endsWith('یت') || (rowsOf(word.slice(0, -1)) & FEMININE) !== 0)
}

function isListedOnly(word: string): boolean {
  return isListedArabic(word) && !isSharedWithPersian(word)
}

/** How Arabic a stem of some letters makes a word, with its prefix and with how Arabic the ending is; `alone` when nothing stands around it. */
function weigh(fit: number, rows: number, prefix: Prefix, sure: number, length: number, alone: boolean): number {
  const short = length < 3
  switch (prefix.kind) {
    case 'mood':
      return short ? 1 : Math.min(3, prefix.sure + sure)
    case 'person':
      return Math.max(1, Math.min(3, prefix.sure + sure - (short ? 1 : 0)))
    case 'article':
      return sure > 1 && short ? 2 : 3
    case 'preposition':
      if (short) return 1
  }
  if ((fit & ANY_PAST) !== 0) {
    if (short) return Math.max(1, sure - 1)
    if (alone && (rows & SOUND) !== 0) return 2
    return Math.min(3, length >= 5 ? sure + 2 : length === 4 ? sure + 1 : sure)
  }
  const only = (rows & ((fit & NOUN) !== 0 ? ONLY : ONLY_FEMININE)) !== 0
  return only ? Math.min(3, sure + (alone ? 2 : 1)) : sure
}
