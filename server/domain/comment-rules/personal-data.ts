import { toLatinDigits } from '../persian-text/index.ts'
import { phonesIn } from './phone-numbers.ts'
import type { Look, PreparedText, Rule } from './rule.ts'
import { NOTHING } from './rule.ts'
import type { ArticleText, Span } from './types.ts'

/** A run of digits with the separators that people put between them. */
const RUN = /(?<!\d)(?:[+(]?\d(?:[\s\u200c._/()*-]{0,2}\d){5,27})(?!\d)/g
const IBAN = /ir\s?(?:\d[\s-]?){24}/gi
const EMAIL =
  /(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}(?:@|\s?[[(]\s?at\s?[\])]\s?|\sat\s)[a-z0-9-]{1,63}(?:(?:\.|\sdot\s|\s?[[(]\s?dot\s?[\])]\s?)[a-z0-9-]{2,24}){1,3}/gi
const LABELLED: [label: RegExp, digits: RegExp, what: string, score: number][] = [
  [/کد[\s\u200c]?پستی/, /^\d{10}$/, 'کد پستی', 0.8],
  [/(?:شمار[هش]|تلفن|تماس|موبایل|همراه|گوشی|زنگ|واتس|پیامک)/, /^9\d{9}$/, 'شمارهٔ تلفن همراه', 0.9],
  [/(?:تلفن|تماس|زنگ|شماره[\s\u200c]?[یٔ]?\s?(?:خون|خان|منزل|محل|خود|ما|من|اش|شون))/, /^[2-8]\d{7}$/, 'شمارهٔ تلفن', 0.7],
  [/تلفن|شماره/, /^[2-8]\d{7}0[1-8]\d$/, 'شمارهٔ تلفن', 0.8],
  [/(?:شماره|کارت)/, /^[2-9]\d{15}$/, 'شمارهٔ کارت بانکی', 0.6],
  [/شبا/, /^\d{24}$/, 'شمارهٔ شبا', 0.8],
  [/(?:شماره[\s\u200c]?[یٔ]?\s?حساب|حساب(?:م|ش)?\s+(?:\p{L}+\s){0,2}|سیبا)/u, /^\d{8,16}$/, 'شمارهٔ حساب', 0.7],
  [/(?:کد[\s\u200c]?ملی|شماره[\s\u200c]?[یٔ]?\s?ملی|کارت[\s\u200c]ملی|شناسنامه)/, /^\d{10}$/, 'کد ملی', 0.7],
]
/** Without one of these no personal data can stand in a folded text. */
const MAYBE = /\d|@|[ [(]at[ \])]|صد|صفر|زیرو|zero|دات|پلاک|واحد|زنگ|[a-z] ات /
const NUMBER = '(?:\\d+|اول|دوم|سوم|چهارم|پنجم|یک|دو|سه|چهار|پنج)'
const STREET = '(?:خیابان|خیابون|خ|بلوار|میدان|میدون|فلکه|کوچهٔ?|کوی|بزرگراه|شهرک|محلهٔ?|پاساژ|بن[\\s\\u200c]?بست|روستای)'
const DOOR = `(?:پلاک|پ|واحد|زنگ|طبقهٔ?|بلوک|ورودی)\\.?\\s*(?:شماره\\s*)?${NUMBER}(?!\\p{L})`
const ADDRESSES = [
  new RegExp(`(?<!\\p{L})${STREET}\\.?\\s[^.\\n؟!]{1,70}?(?<!\\p{L})${DOOR}(?:[\\s،,]*${DOOR})*`, 'gu'),
  new RegExp(`(?<!\\p{L})${DOOR}[\\s،,]+${STREET}\\s\\p{L}{2,}`, 'gu'),
  new RegExp(`(?<!\\p{L})${DOOR}[\\s،,]+${DOOR}(?:[\\s،,]+${DOOR})*`, 'gu'),
]
const PLATES = [
  /(?<![\d\p{L}])\d{2}\s?(?:[بتجدزسصطعفقکگلمنوهیپثشرغخ]|الف|ژ)\s?\d{3}[\s_–-]{0,3}(?:ایران|ایرا)?[\s_–-]{0,3}\d{2}(?!\d)/gu,
  /(?<!\p{L})ایران\s?[_–-]?\s?\d{2}[\s،_–-]{0,3}(?:\d{3}\s?(?:[بتجدزسصطعفقکگلمنوهیپثشرغخ]|الف|ژ)\s?\d{2}|\d{2}\s?(?:[بتجدزسصطعفقکگلمنوهیپثشرغخ]|الف|ژ)\s?\d{3})(?!\d)/gu,
]
const PASSPORT = /(?:پاسپورت|گذرنامه|پاس[مش](?!\p{L}))[^\d\n]{0,24}?[a-z]\s?\d{8}(?!\d)/giu
/** Verbs of what happened at a place; no address runs across them. */
const HAPPENED = /(?<!\p{L})(?:شد|شده|گرفت|گرفته|سوخت|کرد|کرده|بود|ریخت|افتاد|است)(?!\p{L})/u
const SPELLED_EMAIL =
  /[a-z0-9._%+-]{2,64}\s?(?:@|ات|اَت|ات ساین|at)\s?(?:جی\s?میل|جیمیل|یاهو|هات\s?میل|[a-z0-9-]{2,30})\s?(?:\.|دات|نقطه|dot)\s?(?:کام|آی\s?آر|ای\s?آر|نت|com|ir|net|org)/giu
/** Offices and public houses, whose address is nobody's, and words of a home, whose address is. */
const OFFICE =
  /(?:وزارت|اداره|سازمان|شهرداری|بانک|دادگاه|دادسرا|کلانتری|بیمارستان|دانشگاه|مسجد|دفتر|شعبه|استانداری|فرمانداری|سفارت|موزه|سینما|کتابخانه|رستوران|فروشگاه|کتابفروشی|درمانگاه|مجلس|نهاد|ستاد|روزنامه|هتل)[^.\n؟!]{0,24}$/
const HOME = /خونه|خانه[\s\u200c]?(?:ی|ٔ|ا?ش|ا?م|شان|مان|ما|او)(?!\p{L})|خونش|منزل|زندگی|ساکن|همسایه/u
/** What makes a number an amount and nobody's. */
const UNIT = /^\s*(?:میلیون|میلیارد|هزار|ریال|تومن|تومان|نفر|دلار|یورو|کیلو|متر|تن|بشکه|سهم|درصد|٪|%|رای|رأی)(?!\p{L})/u

/** Whether digits pass the check of bank cards (Luhn). */
export function isCardNumber(digits: string): boolean {
  if (digits.length !== 16 || /^(\d)\1+$/.test(digits)) return false
  let sum = 0
  for (let i = 0; i < 16; i++) {
    const doubled = Number(digits[i]) * (i % 2 === 0 ? 2 : 1)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** Whether ten digits pass the check of the Iranian national id. */
export function isNationalId(digits: string): boolean {
  if (digits.length !== 10 || /^(\d)\1+$/.test(digits)) return false
  let sum = 0
  for (let i = 0; i < 9; i++) sum += Number(digits[i]) * (10 - i)
  const rest = sum % 11
  return Number(digits[9]) === (rest < 2 ? rest : 11 - rest)
}

/** Whether 24 digits are an Iranian account number (ISO 13616, remainder 97). */
export function isAccountNumber(digits: string): boolean {
  if (digits.length !== 24) return false
  return BigInt(`${digits.slice(2)}1827${digits.slice(0, 2)}`) % 97n === 1n
}

function kindOf(digits: string, international: boolean): [what: string, score: number] | null {
  const local = digits.replace(/^0098|^98(?=9\d{9}$)/, '0')
  if (/^09\d{9}$/.test(local) || (international && /^989\d{9}$/.test(digits))) return ['شمارهٔ تلفن همراه', 0.95]
  if (isCardNumber(digits)) return ['شمارهٔ کارت بانکی', 0.95]
  if (/^0[1-8]\d{9}$/.test(digits)) return ['شمارهٔ تلفن', 0.8]
  if (isAccountNumber(digits)) return ['شمارهٔ شبا', 0.95]
  if (isNationalId(digits) && !/000000/.test(digits)) return ['کد ملی', 0.8]
  return null
}

/** What digits are when the words just before or after them say so. */
function labelled(digits: string, around: string): [what: string, score: number] | null {
  for (const [label, form, what, score] of LABELLED) if (form.test(digits) && label.test(around)) return [what, score]
  return null
}

interface Seen {
  what: string
  score: number
  span: Span
}

/** Patterns of what is not told by its digits alone. */
const SHAPES: [pattern: RegExp, what: string, score: number, needs: RegExp][] = [
  [EMAIL, 'نشانی ایمیل', 0.7, /[@[(]|\sat\s/i],
  [SPELLED_EMAIL, 'نشانی ایمیل', 0.7, /دات|نقطه|dot|@/i],
  [PASSPORT, 'شمارهٔ گذرنامه', 0.8, /پاسپورت|گذرنامه|پاس[مش]/],
  ...PLATES.map((plate): [RegExp, string, number, RegExp] => [plate, 'پلاک خودرو', 0.7, /\d{3}/]),
  ...ADDRESSES.map((address): [RegExp, string, number, RegExp] => [
    address,
    'نشانی خانه',
    0.75,
    /پلاک|پ\.?\s?\d|واحد|زنگ|طبقه|بلوک|ورودی/,
  ]),
]

function numbersIn(latin: string): Seen[] {
  const seen: Seen[] = []
  for (const match of latin.matchAll(RUN)) {
    const digits = match[0].replace(/\D/g, '')
    const end = match.index + match[0].length
    if (UNIT.test(latin.slice(end, end + 12))) continue
    const around = latin.slice(Math.max(0, match.index - 24), match.index) + latin.slice(end, end + 14)
    const kind = kindOf(digits, match[0].startsWith('+')) ?? labelled(digits, around)
    if (kind) seen.push({ what: kind[0], score: kind[1], span: [match.index, end] })
  }
  return seen
}

function seenIn(prepared: PreparedText): Seen[] {
  const latin = toLatinDigits(prepared.text)
  const seen: Seen[] = []
  for (const match of latin.matchAll(IBAN)) {
    if (isAccountNumber(match[0].replace(/\D/g, ''))) {
      seen.push({ what: 'شمارهٔ شبا', score: 0.95, span: [match.index, match.index + match[0].trimEnd().length] })
    }
  }
  seen.push(...numbersIn(latin))
  for (const { span, mobile } of phonesIn(prepared)) {
    seen.push({ what: mobile ? 'شمارهٔ تلفن همراه' : 'شمارهٔ تلفن', score: mobile ? 0.9 : 0.8, span })
  }
  for (const [pattern, what, score, needs] of SHAPES) {
    if (!needs.test(latin)) continue
    for (const match of latin.matchAll(pattern)) {
      if (HAPPENED.test(match[0])) continue
      if (what === 'نشانی خانه' && OFFICE.test(latin.slice(0, match.index)) && !HOME.test(latin)) continue
      seen.push({ what, score, span: [match.index, match.index + match[0].length] })
    }
  }
  return seen
}

/** Whether the article itself prints what stands at a place of the comment: the number or address of an office in the news. */
function isPrinted(text: string, [start, end]: Span, article: ArticleText): boolean {
  const piece = toLatinDigits(text.slice(start, end))
  const digits = piece.replace(/\D/g, '')
  const printed = toLatinDigits([article.title, article.lead ?? '', article.body ?? ''].join('\n'))
  if (digits.length >= 7) return printed.replace(/(?<=\d)[\s\u200c._/()*-]{1,2}(?=\d)/g, '').includes(digits)
  return printed.toLowerCase().includes(piece.trim().toLowerCase())
}

/** Personal data: phone numbers, bank cards, accounts and national ids by their checksums, postal and e-mail addresses. */
export const personalData: Rule = {
  code: 'personal-data',
  label: 'اطلاعات شخصی',
  threshold: 0.5,
  look({ text }, { article }): Look {
    if (!MAYBE.test(text.folded)) return NOTHING
    const found = seenIn(text)
    const seen = article ? found.filter(({ span }) => !isPrinted(text.text, span, article.article)) : found
    if (seen.length === 0) return NOTHING
    const top = seen.reduce((best, one) => (one.score > best.score ? one : best))
    return { score: top.score, spans: seen.map(({ span }) => span), why: `${top.what} در متن آمده است.` }
  },
  examples: {
    catches: [
      { text: 'شمارهٔ من ۰۹۰۰۰۰۰۰۰۰۰ است.' },
      { text: 'با 0900-000-0000 تماس بگیرید' },
      { text: 'با ‎+98 900 000 0000 تماس بگیرید' },
      { text: 'کارت 6037-9900-0000-0006' },
      { text: 'کد ملی او ۰۰۱۲۳۴۵۶۷۹ است' },
      { text: 'برای من به test@example.com بفرستید' },
      { text: 'خیابان گلستان، کوچهٔ سوم، پلاک ۱۲' },
      { text: 'تلفن ۰۲۱۰۰۰۰۰۰۰۰' },
      { text: 'test [at] example.com' },
      { text: 'کد پستی ۱۲۳۴۵-۶۷۸۹۰' },
      { text: 'شبای من IR06 2960 0000 0010 0324 2000 01' },
      { text: '۰ ۹ ۰ ۰ ۰ ۰ ۰ ۰ ۰ ۰ ۰' },
      { text: 'شمارهٔ خانه: ۸۸۰۰۰۰۰۰، تلفن همانجا' },
      { text: 'صفر نهصد و دوازده صد و یک صفر دو' },
      { text: 'پیکان به پلاک ۱۱ ب ۱۱۱ ایران ۱۱ در رفت' },
      { text: 'گذرنامهٔ من A00000000 گم شد' },
      { text: 'بلوک ۳، ورودی ۱، واحد ۵ هستیم' },
      { text: 'پلاک ۲ کوچهٔ نسترن خانهٔ اوست' },
      { text: 'test ات جیمیل دات کام' },
      { text: 'نه صفر صفر، یک یک یک، دو دو سه سه' },
      { text: 'صفر نهصد بعدش ۱۱۱ بعدش سه تا دو، یازده' },
      { text: 'O9OO 000 0000 را بگیرید' },
      { text: 'صفر۹۰۰دوصفر۱۱سه‌هفت۴چهار' },
      { text: 'زیرو ناین زیرو زیرو وان تو تری فور فایو سیکس سون' },
    ],
    passes: [
      { text: 'با ۱۱۰ و ۱۱۵ تماس بگیرید.' },
      { text: 'بودجه ۱۲۳۴۵۶۷۸۹۰۱۲۳ ریال بود.' },
      { text: 'سال ۱۴۰۵ و ۱۴۰۶ را ببینید.' },
      { text: 'کد خبر ۳۷۳۵۷۰۸ را خواندم.' },
      { text: 'خیابان آزادی همیشه شلوغ است.' },
      { text: 'قیمت از ۲۰۰۰۰۰۰ به ۳۰۰۰۰۰۰ رسید' },
      { text: 'نتیجه ۲-۱ شد و در ۳-۰ ماند' },
      { text: 'ساعت ۱۸:۲۳ روز ۱۸ مرداد' },
      { text: 'مبلغ ۱۰۰۰۰۰۰۰۰۰ تومان' },
      { text: 'نهصد و دوازده نفر و صد خودرو' },
      { text: 'پلاک ماشین ۱۲ ب ۳۴۵' },
      { text: 'طبقهٔ ۲ پلاسکو' },
      { text: '۱۳۵۷ ۱۳۶۷ ۱۳۷۶ ۱۳۸۸' },
      { text: 'ساختمان سینا طبقهٔ ۴ آتش گرفت' },
      { text: 'از نهصد و دوازده تا نهصد و بیست نفر' },
      { text: 'وام ۹۱۲۰۰۰۰۰۰۰ تومان شد' },
      { text: 'ادارهٔ برق، خیابان آزادی، پلاک ۱ جواب نمی‌دهد' },
      { text: 'از نه صبح تا نه شب، سه تا چهار نفر در صف بودند' },
    ],
  },
}
