import { FOLDED_SIGNS, RAW_SIGNS, STEMS } from './advertising-signs.ts'
import type { Look, PreparedText, Rule } from './rule.ts'
import { NOTHING } from './rule.ts'
import type { Span } from './types.ts'

interface Seen {
  weight: number
  what: string
  span: Span
}

function seenIn({ text, folded, map }: PreparedText): Seen[] {
  const seen: Seen[] = []
  if (/[@./\])]/.test(text))
    for (const { pattern, weight, what } of RAW_SIGNS)
      for (const match of text.matchAll(pattern))
        seen.push({ weight, what, span: [match.index, match.index + match[0].length] })
  if (STEMS.test(folded))
    for (const { pattern, weight, what } of FOLDED_SIGNS)
      for (const match of folded.matchAll(pattern))
        seen.push({ weight, what, span: [map[match.index]!, map[match.index + match[0].length]!] })
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
      { text: 'عضو کانال تلگرام ما شوید' },
      { text: 'در روبیکا عضو شید' },
      { text: 'آیدی تلگرام: shop_best' },
      { text: 'پایان‌نامه ارزان انجام می‌دهیم' },
      { text: 'آموزش فارکس رایگان در کانال' },
      { text: 'با کد تخفیف off50 خرید کنید' },
      { text: 'شاپ کالا دات کام' },
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
      { text: 'شرط‌بندی در فوتبال باید جمع شود.' },
      { text: 'فیلترشکن‌فروش‌ها خوشحال شدند.' },
      { text: 'گوشی را با ارسال رایگان گرفتم و راضی‌ام.' },
      { text: 'خرید و فروش رأی جرم است.' },
      { text: 'رمال‌ها مردم را فریب می‌دهند.' },
      { text: 'درآمد روزانهٔ یک کارگر چقدر است؟' },
    ],
  },
}
