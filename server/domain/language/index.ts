import { fold } from '../persian-text/index.ts'
import { ENGLISH, FOREIGN_WORDS, type Foreign, LATIN_PERSIAN, PERSIAN_WORDS } from './words.ts'

/** Languages near to Persian: held for a person, never refused. */
export const NEAR = new Set(['glk', 'mzn', 'bqi', 'tly'])

/** The language of a text: its code (`und` when it cannot be told), how sure from 0 to 1, and how much of it is foreign from 0 to 1. */
export interface Language {
  code: string
  score: number
  foreign: number
}

const LETTERS: [language: Foreign, letters: RegExp, weight: number][] = [
  ['ckb', /[ەێۆڕڵڤۊ]/g, 0.7],
  ['ug', /[ۇۈۋڭېھ]/g, 0.6],
  ['ps', /[ښځڅڼېۍړږډټګۀ]/g, 0.9],
  ['ur', /[ٹڈڑہںےۓڻݨ۽ڪٿڇڏڀٽڙٺڦڄڃڳڱ]/g, 0.9],
  ['bqi', /[ڌڽؽۉٱݩ]/g, 0.9],
  ['ar', /[ةأإٱ]/g, 0.35],
]

const AZERI_VOWELS = /[گدویسکبچتنم]ئ(?!و[لم])|ائ(?!ی|[لمن]ه?$|ات)|[گسکدبیچتاقه]ؤ(?!ا)|^ئ|ؤز/
const AZERI_ENDING =
  /^\p{L}{2,}(?:لار|لری|لاری|لرین|لارین|لاردا|لرده|لردن|لاردان|یندا|یندن|یندان|دیر|دیلار|دیلر|میش|میشدی|ماق|مک|ییر|اجاق|ونون|ینین|سونلار|میشدیر|دوغو|دیغی|ارکن)$/u
const AZERI_FORM = /^\p{L}{2,}(?:یب|وب|دی|دو|دیم|دیق|یرم|یرسن|میر|مور|ینا|ونا|ونه|لیق|لیک|سیز|یجی|مدن|وندا|ونده|یله)$/u
const AZERI_STEM =
  /^(?:گئت|ائت|ائل|اولور|اولد|اولم|اولس|اولا|وئر|گؤر|دئی|دئم|دئد|دئم|بیلم|بیلیر|بیلد|ایسته‌?[ییمد]|چیخ|دوشد|دوشو|یازد|یازی[رب]|اوخو|باخی|باخد|باخا|توتد|توتو|گتیر|آپاری|آپارد|قاچد|قاچی|اوتور|یاتد|یاتی|قالخ|سئو|اؤل|یاشا[ییدمر]|چالیش|باشلا|سوروش|دانیشی|دانیشد|سؤیل|ائشیت|گؤندر|قازان|اوینا|آغلا|قورتار|ائوی|ائول|اورگ|اوزون|قیزی|اوغلا|اوشاق|آروا|کیشی|بؤیو|کیچی|گؤز|سؤز|اؤز|گون[وده]|گئج|یوخ[ودس]|چوخ|بیرینج|بیری|بیرد|ایکی|اوچ|دؤر|یئد|ایچر|ائشی|قاباغ|اوسته|آلتی|یانی[ن]|آراس)\p{L}*$/u
const ARABIC_ARTICLE = /^(?:[وفبكکل]?ال|لل)\p{L}{3,}$/u
const MAZANDARANI_ENDING = /^\p{L}{2,}(?:ردمه|ستمه|شتمه|یتمه|دیمه|مبه|نده|ننه|سسه|سمه|سنه|سسی|مومه|نونه)$/u
const GILAKI_SIGN = /ˇ|[\p{L}][أؤۊ][\p{L}]|[أؤ]$|^أ\p{L}/u
const GILAKI_VERB = /^(?:بو|نو)(?:کو|گو|گذ|خو|بو|ست|شو|دو|پر|تا|سو|شک|رس)\p{L}*$/u
/** Vowel signs within a word or short a at its end: Persian writes at most the linking e. */
const MARKED = /[\u064e\u064f\u0652]|\u0650\p{L}/u
const PERSIAN_LETTERS = /[پچژگکی]/
const PERSIAN_FORM =
  /^(?:ن?می\u200c\p{L}+|ن?می(?:شو|کن|گوی|خواه|توان|رو|گیر|ده|خور|دان|آی|زن|بین|گذار|مان)\p{L}+|\p{L}{2,}\u200c(?:ها|های|هایی|ای|اند|ام|ات|اش|تر|ترین|مان|تان|شان)|\p{L}{3,}(?:هایشان|هایمان|های|هایی|ترین))$/u
const PRAYERS =
  /(?:بسم ?الله|الحمد ?لله|سبحان ?الله|ان ?شا ?ء? ?الله|انشاالله|ما ?شا ?ء? ?الله|لا حول و ?لا قوه|لا اله الا الله|الله اکبر|اللهم صل|اللهم عجل|انا لله و ?انا الیه|صلوات|رحمه الله|سلام الله|علیه السلام|استغفر ?الله|یا (?:حسین|علی|زهرا|مهدی|ابالفضل))/

const wordSets = new Map<Foreign, Set<string>>(
  Object.entries(FOREIGN_WORDS).map(([language, words]) => [
    language as Foreign,
    new Set(words.map((word) => word.replaceAll('\u200c', ''))),
  ]),
)
const persian = new Set(PERSIAN_WORDS)
const latinPersian = new Set(LATIN_PERSIAN)
const english = new Set(ENGLISH)

const TOKEN = /[\p{L}\p{M}\u200c]+/gu
const MARKS = /[\u064b-\u065f\u0670ـ]/g

type Tally = Map<string, number>

function add(tally: Tally, language: string, weight: number): void {
  tally.set(language, (tally.get(language) ?? 0) + weight)
}

function isArabicScript(token: string): boolean {
  const code = token.codePointAt(0)!
  return (code >= 0x600 && code <= 0x6ff) || (code >= 0x750 && code <= 0x77f) || (code >= 0xfb50 && code <= 0xfeff)
}

/** Counts what one word of Arabic letters says for each language; gives whether it is Persian beyond doubt. */
function weighWord(token: string, tally: Tally): void {
  const plain = token.replace(MARKS, '').replaceAll('\u200c', '')
  const spelt = plain.replaceAll('ي', 'ی').replaceAll('ك', 'ک')
  const isPersian = isPersianWord(token)
  if (isPersian) add(tally, 'fa', 1)
  for (const [language, letters, weight] of LETTERS) {
    const count = token.match(letters)?.length ?? 0
    if (count > 0) add(tally, language, Math.min(1.5, weight * count))
  }
  for (const [language, words] of wordSets) {
    if (words.has(plain) || (language !== 'ar' && words.has(spelt)))
      add(tally, language, isPersian ? 0.25 : NEAR.has(language) ? 0.9 : 1)
  }
  if (isPersian) return
  if (ARABIC_ARTICLE.test(plain)) add(tally, 'ar', 0.7)
  if (AZERI_VOWELS.test(spelt)) add(tally, 'azb', 0.9)
  if (AZERI_ENDING.test(spelt)) add(tally, 'azb', 0.6)
  if (MAZANDARANI_ENDING.test(spelt)) add(tally, 'mzn', 0.8)
  if (GILAKI_SIGN.test(token)) add(tally, 'glk', 0.7)
  if (GILAKI_VERB.test(spelt)) add(tally, 'glk', 0.8)
  if (AZERI_STEM.test(spelt)) add(tally, 'azb', 0.8)
  if (AZERI_FORM.test(spelt)) add(tally, 'azb', 0.3)
}

function best(tally: Tally, except: string): [string, number] {
  let found: [string, number] = ['und', 0]
  for (const [language, weight] of tally) if (language !== except && weight > found[1]) found = [language, weight]
  return found
}

const TURKISH = /[ğışçöüİ]/i
const AZERI_LATIN = /[əƏ]/
const KURDISH_LATIN = /[êîûÊÎÛ]/

function latinLanguage(tokens: readonly string[], text: string): [code: string, share: number] {
  let finglish = 0
  let englishWords = 0
  for (const token of tokens) {
    const word = token.toLowerCase()
    if (
      latinPersian.has(word) ||
      /^n?e?mi[a-z]{3,}(?:am|i|ad|im|id|in|an|and|e)$/.test(word) ||
      /^[a-z]{3,}(?:ha|haye|tarin|eshun|eshoon|etoon|emoon)$/.test(word)
    )
      finglish += 1
    if (english.has(word)) englishWords += 1
  }
  if (AZERI_LATIN.test(text)) return ['az-Latn', 1]
  if (KURDISH_LATIN.test(text) && !/[ığ]/.test(text)) return ['ku-Latn', 1]
  if (finglish > englishWords) return ['fa-Latn', Math.min(1, 0.5 + finglish / tokens.length)]
  if (TURKISH.test(text)) return ['tr', 1]
  if (englishWords > 0) return ['en', Math.min(1, 0.5 + englishWords / tokens.length)]
  return finglish > 0 ? ['fa-Latn', 0.6] : ['en', 0.5]
}

/** Tells in which language a text is written, from its letters, its small words and its endings; names, links and numbers say nothing. */
export function detectLanguage(raw: string): Language {
  const text = raw.replace(/https?:\/\/\S+|\S+@\S+|@[\w.]+|#[\w\u0600-\u06ff_]+/g, ' ')
  const tokens = text.match(TOKEN) ?? []
  const arabicScript = tokens.filter(isArabicScript)
  const latin = tokens.filter((token) => /^[A-Za-zÀ-ɏəƏ]/.test(token))
  const latinLetters = latin.reduce((sum, token) => sum + token.length, 0)
  const arabicLetters = arabicScript.reduce((sum, token) => sum + token.length, 0)
  const others = tokens.length - arabicScript.length - latin.length
  if (tokens.length === 0) return { code: 'und', score: 0.5, foreign: 0 }
  if (others > arabicScript.length + latin.length) return { code: 'und', score: 0.9, foreign: 1 }
  if (latinLetters > arabicLetters * 1.5) {
    if (latin.length < 2 && latinLetters < 16) {
      const [code] = latinLanguage(latin, text)
      const known = latinPersian.has(latin[0]!.toLowerCase()) || english.has(latin[0]!.toLowerCase())
      return { code: known ? code : 'und', score: 0.5, foreign: known && latinLetters > 3 ? 0.9 : 0.2 }
    }
    const [code, score] = latinLanguage(latin, text)
    return { code, score, foreign: latinLetters / (latinLetters + arabicLetters) }
  }
  return arabicScriptLanguage(arabicScript, text)
}

const ARABIC_FORM =
  /^(?:[يتنأس][\u0621-\u064a]{3,}|[\u0621-\u064a]{2,}(?:تم|نا|هما|كم|ته|تها|وا|ون|ين|ات|ك|ني|تي|دي|بي|ية))$/u
const ARABIC_SMALL = new Set('من ما لا كل آخر به إن أن يا أي عن مع بعد قبل هو هي أحد غير'.split(' '))

function isPersianWord(token: string): boolean {
  return persian.has(fold(token).replaceAll('\u200c', '')) || PERSIAN_FORM.test(token)
}

/** Arabic that has no letter of Persian's own and no Persian word, however short. */
function isPlainArabic(tokens: readonly string[], text: string, tally: Tally): boolean {
  const count = tokens.length
  if (PERSIAN_LETTERS.test(text)) return false
  const own = tokens.filter((token) => !ARABIC_SMALL.has(token) && isPersianWord(token)).length
  if (own > count * 0.2) return false
  const weight = tally.get('ar') ?? 0
  if (count >= 2 && weight / count >= 0.1 && weight >= (own > 0 ? 0.7 : 0.35)) return true
  if (own > 0 || count < 2) return false
  const plain = tokens.map((token) => token.replace(MARKS, ''))
  const forms = plain.filter((token) => ARABIC_FORM.test(token) || ARABIC_SMALL.has(token)).length
  return forms >= 2 && forms / count >= 0.5
}

function arabicScriptLanguage(tokens: readonly string[], text: string): Language {
  const tally: Tally = new Map()
  for (const token of tokens) weighWord(token, tally)
  const own = tally.get('fa') ?? 0
  const count = tokens.length
  const marked = tokens.filter((token) => MARKED.test(token)).length
  if (PRAYERS.test(fold(text)) && count < 14) return { code: 'fa', score: 0.7, foreign: 0.3 }
  if (isPlainArabic(tokens, text, tally)) return { code: 'ar', score: 0.9, foreign: 0.95 }
  if (marked >= 2 && marked >= count * 0.2 && own < count * 0.6 && (tally.get('ar') ?? 0) < count * 0.3) {
    return { code: (tally.get('glk') ?? 0) > (tally.get('tly') ?? 0) ? 'glk' : 'tly', score: 0.7, foreign: 0.7 }
  }
  const [code, weight] = best(tally, 'fa')
  const near = NEAR.has(code)
  const share = weight / count
  const letters = LETTERS.some(
    ([language, pattern]) => language === code && code !== 'ar' && new RegExp(pattern.source).test(text),
  )
  const least = letters && own === 0 && count > 1 ? 0.65 : code === 'azb' && own < count * 0.25 ? 0.9 : 1.3
  const enough = near ? weight >= 1.25 && share >= 0.17 : weight >= least && share >= 0.15
  const beats = near ? weight > own * 0.8 + 0.1 : weight > own * 1.1 + 0.2
  if (!enough || !beats)
    return { code: 'fa', score: Math.min(1, 0.6 + own / count), foreign: Math.min(0.45, share / 2) }
  return { code, score: Math.min(1, 0.5 + share), foreign: Math.min(1, 0.6 + share * 0.4) }
}
