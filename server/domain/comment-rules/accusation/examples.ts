import type { Example } from '../rule.ts'
import type { ArticleText } from '../types.ts'

const BRIDGE: ArticleText = {
  title: 'فرماندار نیک‌دره: پل روستا تا بهار تمام می‌شود',
  lead: 'فرماندار نیک‌دره از پیشرفت هفتاد درصدی پل روستای بالا خبر داد.',
  body: 'مهندس جواد مرادیان، فرماندار نیک‌دره، گفت: شرکت راه‌گستر پیمانکار پل است. مرادیان از شهرداری نیک‌دره تشکر کرد.',
}
const VERDICT: ArticleText = {
  title: 'رئیس پیشین تعاونی سپهر محکوم شد',
  lead: 'دادگاه ایرج صفایی را به جرم اختلاس به هفت سال زندان محکوم کرد.',
  body: 'ایرج صفایی، رئیس پیشین تعاونی سپهر، سی میلیارد تومان اختلاس کرده بود.',
}

/** Worked examples of the accusation rule. */
export const EXAMPLES: { catches: Example[]; passes: Example[] } = {
  catches: [
    { article: BRIDGE, text: 'فرماندار دزد است، پول پل را خورده.' },
    { article: BRIDGE, text: 'مرادیان از شرکت راه‌گستر رشوه گرفته است.' },
    { article: BRIDGE, text: 'آقای مرادیان، دستت توی جیب مردم است.' },
    { article: BRIDGE, text: 'شهرداری نیک‌دره اختلاس کرد و صدایش درنیامد.' },
    { article: BRIDGE, text: 'این فرماندار مدرکش جعلیه.' },
    { article: BRIDGE, text: 'مردک کلاهبردار خودش پیمانکار است!' },
    { article: BRIDGE, text: 'ایشان دروغگوی بزرگی هستند.', parent: 'فرماندار آدم خوبی است' },
    { article: BRIDGE, text: 'شرکت راه‌گستر با تبانی برندهٔ مناقصه شد.' },
    { article: BRIDGE, text: 'مرادیان با پارتی فرماندار شد.' },
    { article: BRIDGE, text: 'اگر فرماندار دزد نبود پل پارسال تمام شده بود.' },
    { article: VERDICT, text: 'قاضی هم رشوه گرفته که فقط هفت سال داده.' },
    { text: 'وزیر خائن است و کشور را فروخت.' },
    { text: 'د.ز.د یعنی همین شهردار.' },
  ],
  passes: [
    { article: BRIDGE, text: 'فرماندار دزد نیست.' },
    { article: BRIDGE, text: 'آیا مرادیان رشوه گرفته است؟' },
    { article: BRIDGE, text: 'امیدوارم فرماندار تازه دزد نباشد.' },
    { article: BRIDGE, text: 'اگر مرادیان رشوه گرفته باشد باید برکنار شود.' },
    { article: BRIDGE, text: 'دزدی کار بدی است.' },
    { article: BRIDGE, text: 'فرماندار با رشوه‌خواران برخورد کرد.' },
    { article: BRIDGE, text: 'به گفتهٔ دادستان یکی از کارمندان اختلاس کرده است.' },
    { article: BRIDGE, text: 'این پل دل ما را دزدید.' },
    { article: BRIDGE, text: 'فیلم «دزد شب» را هم در همین روستا ساختند.' },
    { article: VERDICT, text: 'صفایی اختلاس کرد و به سزایش رسید.' },
    { article: VERDICT, text: 'این دزد پول ما را کی پس می‌دهد؟' },
    { text: 'پلیس دزد را گرفت، دستش درد نکند.' },
    { text: 'من دروغ نمی‌گویم.' },
  ],
}
