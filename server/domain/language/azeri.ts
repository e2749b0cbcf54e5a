import { spell } from './script.ts'
import { AZERI_NOUNS, AZERI_VERBS } from './words/azeri-stems.ts'

const words = (list: string): string[] => list.trim().split(/\s+/)

/** All Azerbaijani words without endings, in every spelling. */
export const azeriWords = new Set<string>()
const azeriStems = new Set<string>()
/** The spelling under which an Azerbaijani stem is kept: hamza chairs as their bare letters, long alef short. */
const azeriKey = (word: string): string => word.replaceAll('ؤ', 'و').replaceAll('ئ', 'ی').replaceAll('آ', 'ا')
/** Verbs that end with a vowel lose it before the present tense. */
const shortened = words(AZERI_VERBS)
  .filter((word) => word.length > 3 && /[اه]$/.test(word))
  .map((word) => word.slice(0, -1))
for (const word of [...words(AZERI_NOUNS), ...words(AZERI_VERBS), ...shortened]) {
  const stem = spell(word)
  azeriWords.add(stem)
  for (const way of [
    azeriKey(stem),
    azeriKey(stem.replaceAll('ئ', '')),
    azeriKey(stem).replace(/[قخ]$/, 'غ'),
    azeriKey(stem).replace(/ک$/, 'ی'),
  ])
    if (way.length > 1) {
      azeriStems.add(way)
      azeriWords.add(way)
    }
}

const AZERI_ENDINGS = new Set(
  words(`
    لار لر م یم وم ن ین ون ی سی سو و یی میز یمیز یمز وموز موز نیز ینیز ز یز وز ا ه یا یه نا نه نی نو یو دا ده دان دن نان نن نین نون لا له یلا یله
    ایله ینان اینان دیر دی دور دو یام ام سان سن ییک ییق یک یق سیز سوز لی لو لیق لیک لوق لوک لیغ لیگ لوغ چی چو جی جو جا جه کی می مو داش راق رک
    دیم دوم دین دون دیک دیق دوک دوق دیلر دیلار دولار دولر دیز دوز یر ور ییر یور ار ر میش موش جک اجک اجاق جاق اجاغ سین سون سا سه ما مه میر مور ماز
    مز مالی ملی ماق مک ماغ مگ ان یب وب ییب اندا نده دیغ دوغ دیگ دوگ اراق ارک یل ول ت ش یش وش مایین میین ماسینلار ماسین مسین ماییب مییب مادان مدن ینجا ینجه یرم یرام یرسن یرلر یرلار
    سینلر سونلار لاری لری لارین لرین لارا لره لاردا لرده لاردان لردن ینی ینا ینه یندا ینده یندان یندن سینی سینا سینه سیندا سینده
  `),
)
const LONGEST_ENDING = Math.max(...[...AZERI_ENDINGS].map((ending) => ending.length))

/** How many letters of the endings of two letters or more lie between a known stem and the end of the word; -1 when no stem is found. */
function stemLength(word: string, depth: number, clear: number, isPersian: (word: string) => boolean): number {
  const known = azeriStems.has(word)
  if (known && depth > 0 && word.length > 2 && (!isPersian(word) || clear > 4)) return clear
  if (depth === 5) return -1
  for (let length = Math.min(LONGEST_ENDING, word.length - 2); length > 0; length--) {
    const ending = word.slice(-length)
    if (!AZERI_ENDINGS.has(ending)) continue
    const found = stemLength(word.slice(0, -length), depth + 1, clear + (length > 1 ? length : 0), isPersian)
    if (found >= 0) return found
  }
  return -1
}

/** Plurals and cases of words that Persian has too, above all names. */
const PLURAL = /^(\p{L}{4,})(?:لار|لر|لاری|لری|لارین|لرین|لارا|لره|لاردا|لرده|لاردان|لردن|نین|دا|یندا|ینده)$/u

/** What has been found for words before, for comments repeat them. */
const weighed = new Map<string, number>()

/** How much a word that no lexicon knows looks like a form of an Azerbaijani word, from 0 to 0.85. */
export function azeriForm(word: string, isPersian: (word: string) => boolean): number {
  if (word.length < 4) return 0
  const key = azeriKey(word)
  const known = weighed.get(key)
  const clear = known ?? stemLength(key, 0, 0, isPersian)
  if (known === undefined) {
    if (weighed.size > 4000) weighed.clear()
    weighed.set(key, clear)
  }
  if (clear < 0) {
    const plural = PLURAL.exec(word)
    return plural && isPersian(plural[1]!) ? 0.7 : 0
  }
  return clear === 0 ? 0.15 : clear === 2 ? 0.4 : 0.7
}
