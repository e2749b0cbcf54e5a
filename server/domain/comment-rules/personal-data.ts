import { toLatinDigits } from '../persian-text/index.ts'
import type { Look, Rule } from './rule.ts'
import { NOTHING } from './rule.ts'
import type { Span } from './types.ts'

/** A run of digits with the separators that people put between them. */
const RUN = /(?<!\d)(?:[+(]?\d(?:[\s\u200c._/()*-]{0,2}\d){5,27})(?!\d)/g
const IBAN = /ir\s?(?:\d[\s-]?){24}/gi
const EMAIL =
  /(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}(?:@|\s?[[(]\s?at\s?[\])]\s?|\sat\s)[a-z0-9-]{1,63}(?:(?:\.|\sdot\s|\s?[[(]\s?dot\s?[\])]\s?)[a-z0-9-]{2,24}){1,3}/gi
const ADDRESS =
  /(?:خیابان|خ\.?|بلوار|میدان|کوچه|کوچهٔ|کوی|بزرگراه|شهرک|محله|پاساژ)\s[^.\n]{2,60}?(?<!\p{L})(?:پلاک|پ\.?|واحد|طبقه|طبقهٔ|کد\s?پستی)\s*(?:شماره\s*)?\d+(?:\s*(?:واحد|طبقه)\s*\d+)?/gu
const LABELLED: [label: RegExp, digits: RegExp, what: string, score: number][] = [
  [/کد[\s\u200c]?پستی/, /^\d{10}$/, 'کد پستی', 0.8],
  [/(?:شماره|تلفن|تماس|موبایل|همراه)/, /^9\d{9}$/, 'شمارهٔ تلفن همراه', 0.9],
  [/(?:تلفن|شماره (?:خون|خان|منزل|محل)|شمارهٔ منزل)/, /^[2-8]\d{7}$/, 'شمارهٔ تلفن', 0.7],
  [/(?:شماره|کارت)/, /^[2-9]\d{15}$/, 'شمارهٔ کارت بانکی', 0.6],
  [/(?:کد ملی|شماره ملی|شمارهٔ ملی|شناسنامه)/, /^\d{10}$/, 'کد ملی', 0.7],
]
/** A mobile number read out in words: nine hundred and something, then more numbers. */
const SPOKEN =
  /(?<!\p{L})(?:صفر\s?)?نهصد\s?و\s?(?:ده|یازده|دوازده|سیزده|چهارده|پانزده|شانزده|هفده|هجده|نوزده|سی|سی\s?و\s?\p{L}{2,4}|یک|دو|سه|پنج|نود)\s+(?:\d{7}(?!\d)|(?:(?:صفر|یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|\p{L}{0,6}صد|\d+|ده|بیست|سی|چهل|پنجاه|شصت|هفتاد|هشتاد|نود)(?:\s?و\s?|\s+|$)){2,})/gu

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

function seenIn(text: string): Seen[] {
  const latin = toLatinDigits(text)
  const seen: Seen[] = []
  for (const match of latin.matchAll(IBAN)) {
    if (isAccountNumber(match[0].replace(/\D/g, ''))) {
      seen.push({ what: 'شمارهٔ شبا', score: 0.95, span: [match.index, match.index + match[0].length] })
    }
  }
  for (const match of latin.matchAll(RUN)) {
    const digits = match[0].replace(/\D/g, '')
    const end = match.index + match[0].length
    const around = latin.slice(Math.max(0, match.index - 24), match.index) + latin.slice(end, end + 14)
    const kind = kindOf(digits, match[0].startsWith('+')) ?? labelled(digits, around)
    if (kind) seen.push({ what: kind[0], score: kind[1], span: [match.index, match.index + match[0].length] })
  }
  for (const match of latin.matchAll(EMAIL)) {
    seen.push({ what: 'نشانی ایمیل', score: 0.7, span: [match.index, match.index + match[0].length] })
  }
  for (const match of latin.matchAll(ADDRESS)) {
    seen.push({ what: 'نشانی خانه', score: 0.75, span: [match.index, match.index + match[0].length] })
  }
  for (const match of latin.matchAll(SPOKEN)) {
    seen.push({ what: 'شمارهٔ تلفن همراه', score: 0.7, span: [match.index, match.index + match[0].trimEnd().length] })
  }
  return seen
}

/** Personal data: phone numbers, bank cards, accounts and national ids by their checksums, postal and e-mail addresses. */
export const personalData: Rule = {
  code: 'personal-data',
  label: 'اطلاعات شخصی',
  threshold: 0.5,
  look({ text }): Look {
    if (!/[\d۰-۹٠-٩@]|نهصد|[ [(]at[ \])]/.test(text.text)) return NOTHING
    const seen = seenIn(text.text)
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
    ],
  },
}
