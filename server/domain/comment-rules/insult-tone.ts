import type { Word } from '../persian-text/index.ts'

const set = (list: string) => new Set(list.split(' '))

/** Verbs that say the word of the writer himself, deny it or ask nobody to be so. */
const OWN_VERB = set(
  'بودم بودیم شدم شدیم هستم نیستند نیستن هستیم نیستم نیستیم نباشم نباشیم باشم باشیم نیستی نیستید نیستین نبودم نبودیم نشیم نشویم',
)
const DENIED = set('نیست نبود نبودند نبودن')
const DOUBTING = set('مگه مگر اگه اگر کم پس')
const OWN = set('من منه منم خودم خودمون خودمان خودمو خودمونو')
const ALIKE = set('مثل عین مث مثه عینهو')
const BETWEEN = set('چه چقدر چقد عجب هم یه یک که اون واقعا مثل عین')
const MENTIONED = set(
  'هشتگ کلمه کلمهی کلمات واژه واژهی واژگان لفظ لفظی اصطلاح لقب لقبش صفت عبارت معنی معنای فحش ناسزای',
)
const LISTED =
  /^(?:واژه|کلمه|کلمات|فحش|ناسزا|لفظ|الفاظ|توهین|دشنام|لقب|القاب|صفت|صفات|عبارت|عبارات)(?:ها|های|هایی|ی|اتی)?$/u
const LIKE = set('مثل مانند همچون نظیر چون از')
const I_VERB = /\p{L}(?:[دتنش]م|[دتنش]یم)$/u
const ONLY = set('یک یه فقط تنها همین')
const MEANING = set('یعنی معنی معنیش معنایش معناش ریشه واژه واژهی کلمه کلمهی لفظ لقب توصیف')
const CALLED = set('نامیدن خواند خواندند خوانده نامید نامیدند نامیده خطاب صدا')
const SAYS = set('میگن میگویند میگه میگوید گفت گفتن گفتند گفته میگی میگفتن میگفتند میگفت')
const TOLD = set('نگویید نگوییم نگو نگید نگین بگوید بگویند بگه بگن گفتند گفته گفتهاند گفتن میگویید می‌گویید')
const TOLD_HIM = set('گفت گفتند گفتن گفته میگفت میگفتند میگفتن گفتید گفتهاند')
const CHANTED = set('شعار شعارهای فریاد صدا')
const HISTORY = set(
  'یزید شمر معاویه حرمله ابوجهل ابولهب فرعون نمرود چنگیز تیمور مغول صدام هیتلر نرون ضحاک قاجار صفوی فتحعلیشاه محمدشاه ناصرالدینشاه مظفرالدینشاه احمدشاه نادرشاه یزدگرد خوارزمشاه محمدخان آغامحمدخان حسین شعبان ابنملجم ملجم ابنزیاد خولی چنگیزخان حجاج افراسیاب',
)
const TO_US = set('بهم بهمون بهش بهشون')
const FOND = set(
  'دوستت قربونت قربانت قربون فدات فداتشم بگردم بانمک بامزه نازنین جیگر جیگرم عشقم خوشگلم بخورمت دوستداشتنی دمت دمش باهوشه دلبر نانازی',
)
const ADMIRED = set(
  'گلی شوتی پاسی سیوی دریبلی ضربهای صدایی صدای سوپرگلی شیرجهای قلمی گزارشی مهاری پنالتی پنالتیای چیپی سانتری کنترلی آهنگی',
)
const ADMIRING = set('چه عجب')
const LOVELY = set('قشنگ خوشگل عالی ناز تمیز شیرین زیبا')
const WELL_DONE = set('خوند زد بازی نوشت گرفت')
const NAMED = set('اسم نام عنوان دیالوگ')
const NAMED_WORK = /^(?:معروف|آهنگ|فیلم|کتاب|سریال|رمان|شعر|ترانه|نمایش)/u
const I_SAY = set('گفتم میگم میگفتم')
const MINE = set('بچه بچم بچهم پسرم دخترم خانمم خانومم شوهرم مامانم مادرم بابام پدرم داداشم رفیقم دوستم')
const SEEM = set('رسیدن آمدن اومدن برسم نرسم بیام نیام نیایم')
const ROLE = set('نقش کاراکتر شخصیت')
const HEADED = set('تیتر تیتری عنوان جمله ادبیات')
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
  if (DENIED.has(after[0] ?? '') && !before.some((word) => DOUBTING.has(word))) return true
  if (ALIKE.has(before.at(-1) ?? '') && after.some((word) => I_VERB.test(word))) return true
  let at = before.length - 1
  while (at >= 0 && BETWEEN.has(before[at]!)) at -= 1
  return at >= 0 && OWN.has(before[at]!) && before[at - 1] !== 'به' && before[at - 1] !== 'از'
}

/** Whether the writer said it to himself, somebody of his own said it, or somebody in a film («به خودم گفتم …», «پسرم میگه …»). */
function isSaidAtHome(before: readonly string[]): boolean {
  const last = before.at(-1) ?? ''
  if (I_SAY.has(last)) return before.includes('خودم')
  return SAYS.has(last) && before.some((word) => MINE.has(word) || WORK.has(word)) && !before.includes('باید')
}

/** Whether the word is spoken about, or told as somebody else's («واژهٔ …»، «… یعنی چه»، «او را … خواند»). */
function isMentioned(before: readonly string[], after: readonly string[]): boolean {
  return (
    (MENTIONED.has(before.at(-1) ?? '') && !ONLY.has(before.at(-2) ?? '')) ||
    TOLD.has(before.at(-1) ?? '') ||
    (before.at(-1) === 'و' && TOLD.has(before.at(-3) ?? '')) ||
    (after[0] === 'به' && after[1] === 'نظر' && SEEM.has(after[2] ?? '')) ||
    CHANTED.has(before.at(-1) ?? '') ||
    before.some((word, at) => LISTED.test(word) && LIKE.has(before[at + 1] ?? '')) ||
    after[0] === 'فرض' ||
    isSaidAtHome(before) ||
    (NAMED.has(after[0] ?? '') && NAMED_WORK.test(after[1] ?? '')) ||
    (TOLD_HIM.has(before.at(-1) ?? '') &&
      before.some((word) => word === 'به' || TO_US.has(word)) &&
      !before.includes('باید')) ||
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
    near.some(
      (word) =>
        WORK.has(word) || SAYS.has(word) || TOLD.has(word) || CHANTED.has(word) || CALLED.has(word) || HEADED.has(word),
    )
  )
}

/** Whether a part in a play is spoken of («نقش یک مرد بی‌غیرت را بازی کرد»). */
function isRole(before: readonly string[], after: readonly string[]): boolean {
  if (before.some((word) => YOU.has(word)) || after.some((word) => YOU.has(word))) return false
  const played = (word: string) => WORK.has(word) || word === 'بازی'
  if (before.some((word) => ROLE.has(word))) return before.some(played) || after.some(played)
  return after.some((word, at) => ROLE.has(word) && WORK.has(after[at - 1] ?? ''))
}

/** Whether it is said in admiration («عجب گلی زد»). */
function isAdmiring(after: readonly string[]): boolean {
  return after.some(
    (word, at) =>
      (ADMIRING.has(word) && ADMIRED.has(after[at + 1] ?? '')) ||
      (/^(?:چه|چقد|چقدر)$/u.test(word) &&
        (LOVELY.has(after[at + 1] ?? '') || (after[at + 1] === 'خوب' && WELL_DONE.has(after[at + 2] ?? '')))),
  )
}

/** Whether an insulting word, from one word of the text up to another, is only told, quoted, or said in admiration. */
export function isToldOrAdmiring(
  text: string,
  words: readonly Word[],
  [from, to]: readonly [number, number],
  [start, end]: readonly [number, number],
): boolean {
  const before = joinedWords(words, from - REACH, from)
  const after = joinedWords(words, to, to + REACH)
  return (
    isMentioned(before, after) ||
    isRole(before, after) ||
    isAdmiring(after) ||
    isQuoted(text, start, end, [...before, ...after])
  )
}

/** Whether the very next word says it of the writer himself, whatever the word («بی‌شرف باشم اگر …»). */
export function isOwnOath(words: readonly Word[], to: number): boolean {
  return /^(?:باشم|باشیم|بودیم|نباشیم|نیستیم|نیستم)$/u.test(words[to]?.joined ?? '')
}

/** Whether it is meant for nobody who could be insulted: the writer himself, a figure of history, somebody dear. */
export function isMeantForNobody(words: readonly Word[], [from, to]: readonly [number, number]): boolean {
  const before = joinedWords(words, from - REACH, from)
  const after = joinedWords(words, to, to + REACH)
  const near = [...before, ...after]
  return (
    isOwn(before, after) ||
    near.some((word) => FOND.has(word)) ||
    (before.slice(-2).some((word) => HISTORY.has(word)) && !near.some((word) => YOU.has(word)))
  )
}
