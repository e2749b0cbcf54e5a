import { fold } from '../../persian-text/index.ts'
import { OTHER_VERBS } from './deeds.ts'
import { familyNamed } from './labels.ts'
import { OBJECT, sentenceEnd } from './scan.ts'
import type { Token } from './tokens.ts'
import { DENIALS, verbOf } from './verbs.ts'

type Kind =
  | 'purpose'
  | 'victim'
  | 'harm'
  | 'foreign'
  | 'money'
  | 'wealth'
  | 'own'
  | 'self'
  | 'hidden'
  | 'wrong'
  | 'office'

/** What each kind of hint adds to the suspicion of its sentence, once. */
const WEIGHTS: Record<Kind, number> = {
  money: 1,
  wealth: 1,
  own: 1.2,
  self: 0.7,
  hidden: 1.4,
  wrong: 1.4,
  office: 0.7,
  harm: 1,
  foreign: 0.5,
  purpose: 1.4,
  victim: 0.6,
}

const WORDS: Record<Exclude<Kind, 'purpose'>, string> = {
  victim:
    'مردم ملت مریض مریضا مریض‌ها بیمارا بیمارها مرده مرده‌ها پیرزن پیرزن‌ها پیرزنا روستایی یتیم یتیما یتیم‌ها زلزله‌زده زلزله‌زده‌ها سیل‌زده سیل‌زده‌ها کارگر کارگرا کارگرها بازنشسته بازنشسته‌ها سپرده‌گذار سپرده‌گذارا مشتری مشتریا مشترک مشترکین جوونا کشاورز کشاورزا محروم محرومین فقرا بیت‌المال',
  harm: 'کشت کشتن مرگ خون خونش قتل مست زخمی نصفه بی‌هوشی جنازه کتک شکنجه آزار اذیت',
  foreign: 'سفارت سفارتخونه بیگانه اجنبی غرب غربی‌ها اونور اونوری‌ها کانادا ترکیه دبی لندن تایلند آمریکا اسرائیل دشمن',
  money:
    'پول پولی پولا پولها پول‌های پولو پولش پولشو سهم سهمش سهمشو حقشو پورسانت پاکت پاکتشو سکه وام بودجه ارز ارزو کمیسیون جریمه سود سودش سفته کادو هدیه پاداش پاداشش حق‌حساب شیرینی',
  wealth:
    'ویلا ویلاها برج آپارتمان پنت‌هاوس باغش زمینش ویلاش شاسی‌بلند میلیارد میلیاردی میلیاردها میلیون دلار دلارها سهام سهامدار اقامت گرین‌کارت',
  own: 'پسرش پسرشو دامادش برادرش زنش همسرش خانمش خانومش دخترش فامیلش فامیلاش رفیقش رفقاش رفیقاش دوستاش باجناقش پدرزنش عموش داییش برادرزاده‌ش خواهرزاده‌ش باجناق داماد فامیل رفقا رفیق قوم‌وخویش ایل‌وتبار برادرخانمش برادرزنش پسرخاله پسرعمو خواهرزاده برادرزاده ازمابهترون نورچشمی نورچشمی‌ها خودی‌ها دلال دلال‌ها دلالا آشناهاش',
  self: 'خودش خودشو خودشون خودشان جیب جیبش جیبشون',
  hidden:
    'پنهان پنهانی قایم قایمش مخفی مخفیانه یواشکی پشت‌پرده دستکاری دست‌کاری پاره لاپوشونی پاک سرپوش چشمشو دهنشو ساکت تهدید عمدا بلوکه فشار گم حذف سانسور خفه لو نابود لاپوشونی بی‌سروصدا شبونه دزدکی پنهانکی کشو زیرمیز فتوشاپ مسکوت صداشو صداش جابه‌جا جابجا پنهون گرو گروگان گیر',
  wrong:
    'تقلبی صوری سوری فرمایشی سفارشی نمایشی قلابی جعلی ساختگی الکی کثیف ناحق حرام حروم رانت باند مافیا قاچاق قاچاقی قاچاقچی قاچاقچیها تبانی رابطه پارتی سفارش دزدی زوری فاسد تاریخ‌گذشته دوبل کلک حقه قمار سرقتی بی‌مجوز غیرمجاز نامرغوب غیرقانونی خلاف حق‌السکوت کلاه شیره توبره آخور زیرمیزی کپی تصادفی حق‌سکوت بالا نجومی رانتی صغر دوپینگ پادو پادوی نوچه نوکر خفت غنیمت',
  office:
    'مناقصه مزایده مجوز مجوزها قرارداد قراردادها پست پروانه امضا سهمیه سهمیهٔ استخدام حکم رأی رای سوال سوالا سوال‌ها سوالها جایزه پرونده انحصار گزارش مدارک اسناد سند مدرک آمار سوابق سوابقش فاکتور نمره رتبه رتبه‌ها کنکور داور داورا مدال رکورد نمونه تست تستش آزمایش گمرک شناسنامه کارت لیست فهرست صندوق صندلی تاریخ انقضا انقضای',
}

const kinds = new Map<string, Kind>()
for (const [kind, words] of Object.entries(WORDS) as [Kind, string][])
  for (const word of words.split(' ')) kinds.set(fold(word).replaceAll('\u200c', ''), kind)

/** Verbs of taking, giving away, selling and tampering. */
const MOVES = new Set(
  'گرفتن خوردن بردن برداشتن کشیدن زدن ریختن دادن فروختن خریدن گذاشتن بستن فرستادن ساختن کردن رفتن آوردن انداختن'.split(
    ' ',
  ),
)

/** Words of sentences that ask for, praise, judge or wish, and accuse nobody. */
const CALM = new Set(
  'مراقب مواظب باید نباید کاش ایکاش کاشکی لطفا لطفاً خواهشا امیدوارم امیدواریم قانون طبق جرم مجازات محکوم دادگاه ممنون تشکر سپاس افرین درود دمش دمت خداقوت احسنت اگر اگه شاید ممکنه ممکن ایا یا یعنی من فیلم نقش سریال تهمت شایعه نگید نگین نزنید تایید تائید گفت گفته گفتند گفتن میگوید افزود خبر مادرم پدرم همسایه'.split(
    ' ',
  ),
)

/** After these a denial says why, not that it is not so: «گرفت که گزارش ندهد». */
const BINDS = new Set(['که', 'تا', 'چون', 'وگرنه'])

/** What somebody is paid not to do: to speak, tell, give or do. */
const QUIET = new Set('گفتن دادن زدن کردن نوشتن رفتن دیدن گرفتن'.split(' '))

/** A sentence that hints at wrongdoing: words [from, to), the person of its verb, and how much it says. */
export interface Hint {
  from: number
  to: number
  person: 1 | 2 | 3 | undefined
  total: number
  weak: boolean
}

/** Kinds that do instead if one of the article's names stands by. */
const WEAK: readonly Kind[] = ['self', 'victim', 'own', 'purpose']

/** Kinds without which money and offices are everyday matters. */
const GRAVE: readonly Kind[] = ['hidden', 'wrong', 'own', 'harm', 'purpose']

const LEAST = 2.6

/** From which total a sentence is held if the article's own names stand in it. */
const LEAST_NAMED = 2.3

function hintIn(tokens: readonly Token[], start: number, end: number): Hint | undefined {
  const seen = new Set<Kind>()
  let [from, to, total] = [end, start, 0]
  let bound = false
  let named = false
  let person: Hint['person']
  for (let at = start; at < end; at++) {
    const word = tokens[at]!.joined
    if (CALM.has(word) || DENIALS.has(word)) return undefined
    if (BINDS.has(word)) bound = true
    if (kinds.get(word) === 'self' && OBJECT.has(tokens[at + 1]?.joined ?? '')) return undefined
    const family = familyNamed(word)
    if (family) named = true
    const kind = kinds.get(word) ?? (family ? 'wrong' : undefined)
    if (kind) {
      if (!seen.has(kind)) total += WEIGHTS[kind]
      seen.add(kind)
      from = Math.min(from, at)
      to = at + 1
      continue
    }
    const verb = verbOf(word)
    if (!verb) continue
    if (verb.person === 1) return undefined
    if (verb.negated) {
      if (bound && verb.open && QUIET.has(verb.verb) && !seen.has('purpose')) {
        total += WEIGHTS.purpose
        seen.add('purpose')
        to = at + 1
      }
      if (MOVES.has(verb.verb) && !bound) return undefined
      continue
    }
    if (verb.open || verb.bare || !MOVES.has(verb.verb) || seen.size === 0 || OTHER_VERBS.has(tokens[at - 1]!.joined))
      continue
    if (person === undefined) total += 1
    person = verb.person
    to = at + 1
  }
  if (person === undefined && seen.size < 3) return undefined
  const sure = total - (seen.has('victim') ? WEIGHTS.victim : 0) >= LEAST && GRAVE.some((kind) => seen.has(kind))
  if (sure) return { from, to, person, total, weak: false }
  return !named && total >= LEAST_NAMED && WEAK.some((kind) => seen.has(kind))
    ? { from, to, person, total, weak: true }
    : undefined
}

/** The sentences of a text in which several hints meet: money and taking, kin and posts, what is hidden, sold or false. */
export function hintsIn(tokens: readonly Token[]): Hint[] {
  const found: Hint[] = []
  for (let start = 0; start < tokens.length; ) {
    const end = sentenceEnd(tokens, start)
    const hint = tokens[start]!.asks ? undefined : hintIn(tokens, start, end)
    if (hint) found.push(hint)
    start = end
  }
  return found
}
