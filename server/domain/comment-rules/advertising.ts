import type { Look, PreparedText, Rule } from './rule.ts'
import { NOTHING } from './rule.ts'
import type { Span } from './types.ts'

/** One sign of advertising: how it looks in the text, or in the folded text, and how much it says. */
interface Sign {
  pattern: RegExp
  weight: number
  what: string
}

/** Signs looked for in the text as it came. */
const RAW: Sign[] = [
  { pattern: /(?:https?:\/\/|www\.)[^\s<>«»]+/giu, weight: 0.55, what: 'پیوند' },
  {
    pattern:
      /(?<![\w.@])(?:[a-z0-9-]{2,}\s?(?:\.|\(dot\)|\[dot\])\s?)+(?:com|ir|net|org|info|shop|xyz|online|site|club|bet|casino|me|io|app|link)(?![\w])/giu,
    weight: 0.5,
    what: 'نشانی سایت',
  },
  {
    pattern:
      /(?<![\w.])(?:t\s*\.\s*me|telegram\s*\.\s*me|wa\s*\.\s*me|eitaa\s*\.\s*com|rubika\s*\.\s*ir|ble\s*\.\s*ir|instagram\s*\.\s*com)\s*\/\s*[\w+-]+/giu,
    weight: 0.7,
    what: 'نشانی کانال',
  },
  { pattern: /(?<![\w.])@[a-z][\w.]{3,30}/giu, weight: 0.42, what: 'شناسهٔ کانال' },
]

/** Signs looked for in the folded text, so that spelling and half-spaces do not matter. */
const FOLDED: Sign[] = [
  {
    pattern:
      /(?:فروش|حراج|تخفیف|آف|قیمت)[\s\u200c]*(?:ویژه|استثنایی|فوق\s*العاده|باورنکردنی|محدود)|(?:ویژه|فوری)[\s\u200c]*فروش/gu,
    weight: 0.45,
    what: 'پیشنهاد فروش',
  },
  {
    pattern: /(?:\d{1,2}|پنجاه|هفتاد|نود)\s*(?:درصد|٪|%)\s*تخفیف|تخفیف\s*(?:\d{1,2}|پنجاه)\s*(?:درصد|٪|%)/gu,
    weight: 0.35,
    what: 'تخفیف',
  },
  {
    pattern:
      /(?:سفارش|خرید|ثبت[\s\u200c]*نام|مشاوره|اطلاعات بیشتر|عضویت|عضو شوید|عضو بشید|جوین)[^.\n]{0,25}(?:تلگرام|تلگرم|واتساپ|واتس\s*اپ|ایتا|روبیکا|اینستا\u200c?گرام|اینستا|دایرکت|پیوی|پی[\s\u200c]*وی|کانال|سایت|لینک)/gu,
    weight: 0.55,
    what: 'دعوت به خرید یا عضویت',
  },
  {
    pattern:
      /(?:کسب[\s\u200c]*درآمد|درآمد[\s\u200c]*(?:دلاری|روزانه|میلیونی|در منزل)|پول[\s\u200c]*دربیار|پولدار[\s\u200c]*(?:شوید|شو))/gu,
    weight: 0.6,
    what: 'وعدهٔ درآمد',
  },
  {
    pattern:
      /(?:وام[\s\u200c]*(?:فوری|بدون[\s\u200c]*ضامن|آنی)|نقد[\s\u200c]*کردن[\s\u200c]*چک|خرید[\s\u200c]*و[\s\u200c]*فروش[\s\u200c]*(?:وام|امتیاز))/gu,
    weight: 0.65,
    what: 'وام فوری',
  },
  {
    pattern:
      /(?:شرط[\s\u200c]*بندی|سایت[\s\u200c]*(?:انفجار|بازی[\s\u200c]*انفجار|پیش[\s\u200c]*بینی)|پیش[\s\u200c]*بینی[\s\u200c]*(?:فوتبال|ورزشی)[\s\u200c]*با|کازینو|بت[\s\u200c]*(?:فا|کارت)|پوکر[\s\u200c]*آنلاین|شارژ[\s\u200c]*اولیه)/gu,
    weight: 0.6,
    what: 'قمار',
  },
  {
    pattern:
      /(?:لاغری|چاقی|تقویت|بزرگ[\s\u200c]*کننده|افزایش[\s\u200c]*قد|رشد[\s\u200c]*مو|ترک[\s\u200c]*اعتیاد|دعا[\s\u200c]*نویس|طلسم|سرکتاب|فال[\s\u200c]*(?:قهوه|تاروت)|رمل)[^.\n]{0,30}(?:تضمینی|بدون[\s\u200c]*بازگشت|صددرصد|فوری|ارسال|سفارش|تماس)/gu,
    weight: 0.65,
    what: 'تبلیغ',
  },
  {
    pattern:
      /(?:ارسال[\s\u200c]*(?:رایگان|به[\s\u200c]*سراسر)|پرداخت[\s\u200c]*(?:درب[\s\u200c]*منزل|در[\s\u200c]*محل)|ضمانت[\s\u200c]*(?:بازگشت|اصالت)|مستقیم[\s\u200c]*از[\s\u200c]*(?:کارخانه|تولید)|بهترین[\s\u200c]*قیمت[\s\u200c]*بازار|با[\s\u200c]*نازل[\s\u200c]*ترین[\s\u200c]*قیمت)/gu,
    weight: 0.45,
    what: 'تبلیغ فروش',
  },
  {
    pattern:
      /(?:vpn|فیلتر[\s\u200c]*شکن|وی[\s\u200c]*پی[\s\u200c]*ان)[^.\n]{0,25}(?:خرید|فروش|پرسرعت|ارزان|تست|رایگان)|(?:خرید|فروش)[^.\n]{0,12}(?:فالوور|لایک|ممبر|اکانت|بازدید)/gu,
    weight: 0.65,
    what: 'تبلیغ خدمات',
  },
  { pattern: /دات\s*(?:کام|آی\s*آر|ir|com|نت)/gu, weight: 0.5, what: 'نشانی سایت' },
]

interface Seen {
  weight: number
  what: string
  span: Span
}

function seenIn({ text, folded, map }: PreparedText): Seen[] {
  const seen: Seen[] = []
  for (const { pattern, weight, what } of RAW) {
    for (const match of text.matchAll(pattern))
      seen.push({ weight, what, span: [match.index, match.index + match[0].length] })
  }
  for (const { pattern, weight, what } of FOLDED) {
    for (const match of folded.matchAll(pattern)) {
      seen.push({ weight, what, span: [map[match.index]!, map[match.index + match[0].length]!] })
    }
  }
  return seen
}

/** Advertising and links: addresses, channels, offers; a lone link within a real sentence weighs less than an offer with one. */
export const advertising: Rule = {
  code: 'advertising',
  label: 'تبلیغ',
  threshold: 0.5,
  look({ text, name }): Look {
    const seen = seenIn(text)
    const inName = name ? seenIn(name).filter(({ weight }) => weight >= 0.5) : []
    if (seen.length === 0 && inName.length === 0) return NOTHING
    const kinds = new Map<string, number>()
    for (const { what, weight } of [...seen, ...inName]) kinds.set(what, Math.max(weight, kinds.get(what) ?? 0))
    const score = 1 - [...kinds.values()].reduce((rest, weight) => rest * (1 - weight), 1)
    const strongest = [...kinds].reduce((best, one) => (one[1] > best[1] ? one : best))[0]
    return {
      score: Math.min(0.99, score),
      spans: seen.map(({ span }) => span),
      why: seen.length > 0 ? `نشانهٔ تبلیغ دیده می‌شود: ${strongest}.` : 'نام فرستنده تبلیغ است.',
      certain: kinds.size >= 3,
    }
  },
  examples: {
    catches: [
      { text: 'فروش ویژهٔ گوشی با ۵۰ درصد تخفیف، سفارش در تلگرام @shop_best' },
      { text: 'کسب درآمد روزانه در منزل، لینک در کانال t.me/pool123' },
      { text: 'وام فوری بدون ضامن' },
      { text: 'بهترین سایت شرط‌بندی با شارژ اولیه' },
      { text: 'به سایت ما سر بزنید: https://example.shop/off' },
      { text: 'خرید فالوور ارزان' },
      { text: 'برای اطلاعات بیشتر به t . me / mychannel بیایید' },
      { text: 'فروش فیلترشکن پرسرعت' },
    ],
    passes: [
      { text: 'قیمت گوشی خیلی گران شده است.' },
      { text: 'کاش تخفیف دانشجویی هم می‌دادند.' },
      { text: 'فروش نفت امسال بیشتر شد.' },
      { text: 'در تلگرام هم همین خبر را دیدم.' },
      { text: 'وام ازدواج را افزایش دهید.' },
      { text: 'سایت دانشگاه باز نمی‌شود.' },
      { text: 'شرکت در انتخابات حق ماست.' },
      { text: 'ساعت ۱۰.۳۰ رسیدم.' },
    ],
  },
}
