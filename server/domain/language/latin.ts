import { ENGLISH, LATIN_PERSIAN } from './words/latin.ts'

const latinPersian = new Set(LATIN_PERSIAN.trim().split(/\s+/))
const english = new Set(ENGLISH.trim().split(/\s+/))

const TURKISH = /[ğışçöüİ]/i
const AZERI_LATIN = /[əƏ]/
const KURDISH_LATIN = /[êîûÊÎÛ]/
const PERSIAN_FORM =
  /^(?:n?e?mi[a-z]{3,}(?:am|i|ad|im|id|in|an|and|e)|[a-z]{3,}(?:ha|haye|tarin|eshun|eshoon|etoon|emoon))$/

/** Whether a word in Latin letters is one that Persian or English comments are made of. */
export function isKnownLatin(word: string): boolean {
  return latinPersian.has(word) || english.has(word)
}

/** The language of words in Latin letters, and how sure that is from 0 to 1. */
export function latinLanguage(words: readonly string[]): [code: string, score: number] {
  let persian = 0
  let englishWords = 0
  for (const word of words) {
    if (latinPersian.has(word) || PERSIAN_FORM.test(word)) persian += 1
    if (english.has(word)) englishWords += 1
  }
  const all = words.join(' ')
  if (AZERI_LATIN.test(all)) return ['az-Latn', 1]
  if (KURDISH_LATIN.test(all) && !/[ığ]/.test(all)) return ['ku-Latn', 1]
  if (persian > englishWords) return ['fa-Latn', Math.min(1, 0.5 + persian / words.length)]
  if (TURKISH.test(all)) return ['tr', 1]
  if (englishWords > 0) return ['en', Math.min(1, 0.5 + englishWords / words.length)]
  return persian > 0 ? ['fa-Latn', 0.6] : ['en', 0.5]
}
