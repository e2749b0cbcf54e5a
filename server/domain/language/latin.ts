import { ENGLISH, LATIN_PERSIAN } from './words/latin.ts'

const latinPersian = new Set(LATIN_PERSIAN.trim().split(/\s+/))
const english = new Set(ENGLISH.trim().split(/\s+/))

const TURKISH = /[ğışçöüİ]/i
const AZERI_LATIN = /[əƏ]/
const KURDISH_LATIN = /[êîûÊÎÛ]/
const PERSIAN_FORM =
  /^(?:n?e?mi[a-z]{3,}(?:am|i|ad|im|id|in|an|and|e)|[a-z]{3,}(?:ha|haye|tarin|eshun|eshoon|etoon|emoon))$/

/** Letter pairs and endings that Persian in Latin letters has and English seldom. */
const PERSIAN_LOOK =
  /aa|kh|gh|zh|[bdfjkmnrstvyz]eh$|[aeiou]{1,2}sh(?:o|am|im)?$|(?:etam|esham|oon|eton|eshan|amun|imun|hast)$|^(?:na|be)[a-z]{3,}(?:am|im|id|and|e)$|i(?:st|stam)$/
const TURKISH_LOOK = /(?:lar|ler|dir|d\u0131r|yor|yorum|mak|mek|siniz|imiz|larin|lerin)$/

/** Whether a word in Latin letters is one that Persian or English comments are made of. */
export function isKnownLatin(word: string): boolean {
  return latinPersian.has(word) || english.has(word)
}

/** The language of words in Latin letters, and how sure that is from 0 to 1. */
export function latinLanguage(words: readonly string[]): [code: string, score: number] {
  let persian = 0
  let englishWords = 0
  let turkish = 0
  for (const word of words) {
    const isEnglish = english.has(word)
    if (latinPersian.has(word) || PERSIAN_FORM.test(word)) persian += isEnglish ? 0.5 : 1
    else if (!isEnglish && PERSIAN_LOOK.test(word)) persian += 0.6
    if (isEnglish) englishWords += latinPersian.has(word) ? 0.4 : 1
    else if (TURKISH_LOOK.test(word)) turkish += 1
  }
  const all = words.join(' ')
  if (AZERI_LATIN.test(all)) return ['az-Latn', 1]
  if (KURDISH_LATIN.test(all) && !/[ığ]/.test(all)) return ['ku-Latn', 1]
  if (TURKISH.test(all) && persian < words.length * 0.5) return ['tr', 1]
  if (turkish > Math.max(persian, englishWords)) return ['tr', 0.7]
  if (persian > englishWords) return ['fa-Latn', Math.min(1, 0.5 + persian / words.length)]
  if (englishWords > 0) return ['en', Math.min(1, 0.5 + englishWords / words.length)]
  return persian > 0 ? ['fa-Latn', 0.6] : ['en', 0.5]
}
