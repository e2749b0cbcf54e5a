import type { Word } from '../persian-text/index.ts'

const set = (list: string) => new Set(list.split(' '))

/** Verbs that say the word of the writer himself, deny it or ask nobody to be so. */
const OWN_VERB = set(
  'بودم بودیم شدم شدیم هستم هستیم نیستم نیستیم نباشم نباشیم باشم باشیم نیستی نیستید نیستین نبودم نبودیم نشیم نشویم',
)
const OWN = set('من منه منم خودم خودمون خودمان')
const BETWEEN = set('چه چقدر چقد عجب هم یه یک که اون واقعا مثل عین')
const MENTIONED = set('کلمه کلمهی کلمات واژه واژهی واژگان لفظ لفظی اصطلاح لقب لقبش صفت عبارت معنی معنای فحش ناسزای')
const ONLY = set('یک یه فقط تنها همین')
const MEANING = set('یعنی معنی معنیش معنایش معناش ریشه واژه واژهی کلمه کلمهی لفظ لقب توصیف')
const CALLED = set('خواند خواندند خوانده خواندن نامید نامیدند نامیده خطاب')
const SAYS = set('میگن میگویند میگه میگوید گفت گفتن گفتند گفته میگی میگفتن میگفتند میگفت')
const TOLD = set('نگویید نگوییم نگو نگید نگین بگوید بگویند بگه بگن گفتند گفته گفتهاند گفتن میگویید می‌گویید')
const TO_US = set('بهم بهمون بهش بهشون')
const FOND = set('قربونت قربانت قربون فدات فداتشم بگردم بانمک بامزه نازنین جیگر جیگرم عشقم خوشگلم بخورمت')
const YOU = set('تو شما شماها خودت خودتون بهت بهتون')
const WORK = set(
  'فیلم سریال رمان کتاب نمایش نمایشنامه تئاتر داستان ترانه آهنگ ترجمه مجموعه مستند انیمیشن ستون شعر قصه عنوان بازیگر کارگردان تارانتینو',
)

const REACH = 5

/** The joined words from a place on, as far as given. */
function joinedWords(words: readonly Word[], from: number, to: number): string[] {
  return words.slice(Math.max(0, from), Math.max(0, to)).map(({ joined }) => joined)
}

/** Whether the writer says the word of himself («چه احمقی بودم»), or of nobody («بی‌شعور نباشیم»). */
function isOwn(before: readonly string[], after: readonly string[]): boolean {
  if (before.some((word) => YOU.has(word)) && !after.slice(0, 1).some((word) => OWN_VERB.has(word))) return false
  if (after.slice(0, 2).some((word) => OWN_VERB.has(word))) return true
  let at = before.length - 1
  while (at >= 0 && BETWEEN.has(before[at]!)) at -= 1
  return at >= 0 && OWN.has(before[at]!) && before[at - 1] !== 'به' && before[at - 1] !== 'از'
}

/** Whether the word is spoken about, or told as somebody else's («واژهٔ …»، «… یعنی چه»، «او را … خواند»). */
function isMentioned(before: readonly string[], after: readonly string[]): boolean {
  return (
    (MENTIONED.has(before.at(-1) ?? '') && !ONLY.has(before.at(-2) ?? '')) ||
    before.slice(-1).some((word) => TOLD.has(word)) ||
    after.slice(0, 1).some((word) => MEANING.has(word)) ||
    after.slice(0, 2).some((word) => CALLED.has(word)) ||
    (before.slice(-2).some((word) => SAYS.has(word)) && before.some((word) => TO_US.has(word)))
  )
}

/** Whether the span stands between quotation marks where somebody is told to have said it or a work of art is spoken of. */
function isQuoted(text: string, start: number, end: number, near: readonly string[]): boolean {
  const open = text.lastIndexOf('«', start)
  if (open === -1 || start - open > 40) return false
  const close = text.indexOf('»', open)
  return (
    close >= end &&
    close - open < 60 &&
    near.some((word) => WORK.has(word) || SAYS.has(word) || TOLD.has(word) || CALLED.has(word))
  )
}

/** Whether an insulting word, from one word of the text up to another, is meant for nobody: the writer himself, a word spoken about, a title, or affection. */
export function isMeantForNobody(
  text: string,
  words: readonly Word[],
  [from, to]: readonly [number, number],
  [start, end]: readonly [number, number],
): boolean {
  const before = joinedWords(words, from - REACH, from)
  const after = joinedWords(words, to, to + REACH)
  return (
    isOwn(before, after) ||
    isMentioned(before, after) ||
    [...before, ...after].some((word) => FOND.has(word)) ||
    isQuoted(text, start, end, [...before, ...after])
  )
}
