import { NEAR } from '../language/index.ts'
import type { Rule } from './rule.ts'
import { NOTHING } from './rule.ts'

const NAMES: Record<string, string> = {
  ar: 'عربی',
  ur: 'اردو',
  ps: 'پشتو',
  ckb: 'کردی',
  sd: 'سندی',
  'az-Latn': 'ترکی آذربایجانی',
  'ku-Latn': 'کردی',
  azb: 'ترکی آذربایجانی',
  ug: 'اویغوری',
  tr: 'ترکی استانبولی',
  en: 'انگلیسی',
  glk: 'گیلکی',
  mzn: 'مازندرانی',
  bqi: 'بختیاری',
  tly: 'تالشی',
}

/** Comments in another language, or in Persian with Latin letters; what is near to Persian is held, never refused. */
export const nonPersian: Rule = {
  code: 'non-persian',
  label: 'غیرفارسی',
  threshold: 0.5,
  look({ text, language: { code, foreign, spans } }) {
    if (foreign < 0.1) return NOTHING
    const name = NAMES[code]
    const why =
      code === 'fa-Latn'
        ? 'این نظر فارسی است ولی با حروف لاتین نوشته شده.'
        : name
          ? `این نظر به زبان ${name} است.`
          : 'این نظر به زبان فارسی نیست.'
    const certain = foreign >= 0.9 && !NEAR.has(code) && text.words.length >= 3
    return {
      score: NEAR.has(code) ? Math.min(foreign, 0.8) : foreign,
      spans: spans.length > 0 ? spans : [[0, text.text.length]],
      why,
      certain,
    }
  },
  examples: {
    catches: [
      { text: 'salam, in khabar kheili khub bud' },
      { text: 'Thank you for this very good news' },
      { text: 'هذا الخبر جيد جدا وأنا أحب القراءة' },
      { text: 'یہ خبر بہت اچھی ہے' },
      { text: 'دا خبر ډېر ښه دی' },
      { text: 'ئەم هەواڵە زۆر باشە' },
      { text: 'بو خبر چوخ یاخشی ایدی، ساغ اولون قارداش' },
      { text: 'Bu haber çok güzel, teşekkürler' },
      { text: 'ونه دل خله خجیره و مه ریکا ره خوانه' },
      { text: 'مرا بوگفت کی ایتا زاک باموبو' },
      { text: 'لنذهب إلى البيت الآن' },
      { text: 'تہاڈا شکریہ، ایہ خبر ٹھیک اے' },
      { text: 'dametoon garm, vaghean aali bud' },
      { text: 'сегодня хорошая новость' },
    ],
    passes: [
      { text: 'سلام، خبر خوبی بود.' },
      { text: 'این را در Google دیدم.' },
      { text: 'عالی' },
      { text: 'إنا لله و إنا إلیه راجعون' },
      { text: 'اللهم صل علی محمد و آل محمد' },
      { text: 'ممنون از شما' },
      { text: 'هيچ كس نمي داند چرا اين كار را كردند' },
      { text: 'iPhone 15' },
      { text: 'نمیدونم چی بگم والا' },
      { text: '+۱' },
      { text: 'مسئول این کار رئیس سازمان است.' },
      { text: 'به قول سعدی «بنی آدم اعضای یکدیگرند»' },
      { text: 'ألا یا أیها الساقی أدر کأسا و ناولها که عشق آسان نمود اول ولی افتاد مشکل‌ها' },
      { text: 'حسبنا الله و نعم الوکیل، خدا جواب این ظلم را بدهد' },
      { text: 'یاشاسین تراختور، بازی خیلی خوبی بود' },
      { text: 'میخام بدونم چرا نمیدن حقوقمونو' },
      { text: 'گوشی Samsung Galaxy S24 Ultra خریدم، راضی‌ام' },
      { text: '😂😂😂 دمتون گرم' },
      { text: 'محمد رضایی' },
    ],
  },
}
