import { type Closeness, closeness, closenessToParent, mainField } from '../topic/index.ts'
import type { Rule } from './rule.ts'
import { NOTHING } from './rule.ts'
import type { ArticleText } from './types.ts'

/** How far a text is, 0 to 1: below what a text without content would be given, weighed by how much it says and by how foreign its fields are. */
function farness({ below, telling, kinship }: Closeness): number {
  const substance = telling ** 2 / (telling ** 2 + 40)
  return below * substance * Math.max(0, 1 - 1.6 * kinship)
}

function reason({ shared, fields }: Closeness): string {
  const field = mainField(fields)
  const apart = shared === 0 ? 'این نظر واژهٔ مشترکی با خبر ندارد' : 'این نظر از موضوع خبر دور است'
  return field ? `${apart} و بیشتر دربارهٔ «${field}» است.` : `${apart}.`
}

const DAM: ArticleText = {
  title: 'سد لار نیمه‌خالی شد',
  lead: 'مدیرعامل شرکت آب گفت ذخیرهٔ سد لار به کمترین اندازه در ده سال گذشته رسیده است.',
  body: 'بارش امسال یک‌سوم سال پیش بود و رودخانه‌ها کم‌آب‌اند. از مردم خواسته شد در مصرف آب صرفه‌جویی کنند تا تابستان به جیره‌بندی نرسد.',
  tags: ['سد لار', 'کم‌آبی'],
}
const DERBY: ArticleText = {
  title: 'دربی بدون گل تمام شد',
  lead: 'استقلال و پرسپولیس در ورزشگاه آزادی صفر صفر مساوی کردند.',
  body: 'دو تیم در نیمهٔ دوم چند موقعیت گل داشتند. داور یک پنالتی استقلال را پس از بازبینی پس گرفت و سرمربی پرسپولیس از بازی تیمش راضی نبود.',
  tags: ['دربی', 'لیگ برتر'],
}
const SCHOOL: ArticleText = {
  title: 'مدرسه‌ها شنبه باز می‌شود',
  lead: 'وزیر آموزش و پرورش گفت کلاس‌ها از شنبه حضوری است.',
  body: 'معلمان و دانش‌آموزان از شنبه به مدرسه برمی‌گردند و امتحان‌های نیم‌سال اول هم حضوری برگزار می‌شود.',
}

/** Comments that are clearly about something else than the article and the comment they answer; it ranks and holds, never refuses. */
export const offTopic: Rule = {
  code: 'off-topic',
  label: 'نامرتبط با خبر',
  threshold: 0.5,
  look({ text, parent }, { article }) {
    if (!article) return NOTHING
    const near = closeness(text, article.topic)
    const score = farness(near)
    if (!parent || score === 0) return score === 0 ? NOTHING : { score, spans: [], why: reason(near) }
    const answer = farness(closenessToParent(text, parent))
    return answer === 0 ? NOTHING : { score: Math.min(score, answer), spans: [], why: reason(near) }
  },
  examples: {
    catches: [
      {
        article: DAM,
        text: 'دستور کیک شکلاتی: آرد و شکر و کره و تخم‌مرغ را مخلوط کنید، وانیل و بکینگ‌پودر بزنید و نیم ساعت در فر بگذارید تا کیک خوب پف کند و خامه رویش بمالید.',
      },
      {
        article: SCHOOL,
        text: 'داور پنالتی روشن ما را نگرفت و دروازه‌بان حریف هم دو بار خطا کرد، لیگ پر از اشتباه داوری شده و سرمربی استقلال و هواداران سرخابی معترض‌اند.',
      },
      {
        article: DAM,
        text: 'نوزادم شب‌ها تب می‌کند و سرفه دارد، بعد از واکسن استامینوفن دادم ولی باز گریه می‌کند و شیر نمی‌خورد، دکتر اطفال خوب معرفی کنید.',
      },
      { article: DERBY, text: 'کرم ضدآفتاب و ماسک مو برای پوست چرب و موی خشک با تخفیف ویژه، رنگ مو و لاک هم داریم.' },
      {
        article: SCHOOL,
        text: 'موکت را با سرکه و جوش شیرین بشورید و پرده را با بخارشوی، لکهٔ چربی کابینت هم با همین پاک می‌شود.',
      },
      {
        article: SCHOOL,
        text: 'گوشی سامسونگ من آپدیت اندروید نمی‌گیرد و باتری زود خالی می‌شود، کسی تنظیمات شارژ را بلد است؟',
      },
      {
        article: DAM,
        text: 'سریال جدید شبکهٔ خانگی کارگردان خوبی دارد ولی بازیگر نقش اول اغراق می‌کند و دیالوگ‌ها سانسور شده.',
      },
      { article: DERBY, text: 'سپردهٔ بانکی سود کمتری از تورم دارد، طلا و دلار بخرید، بورس هم شاخصش فردا قرمز است.' },
      { article: SCHOOL, text: 'شوهرم با مادرشوهرم قهر کرده و مهریه و طلاق را پیش کشیده، عقد خواهرش هم عقب افتاد.' },
      {
        article: DAM,
        text: 'تلگرام و واتساپ فیلتر شد و فیلترشکن هم قطع می‌شود، پیج اینستاگرام ما فالوور از دست داد و سیم‌کارت ایرانسل هم آنتن ندارد.',
      },
      {
        article: DERBY,
        text: 'گلدان پتوس را کم آب بدهید، خاک سبک و کود مایع، برگ زرد هم هرس شود تا ریشه نپوسد، کاکتوس و ساکولنت نور مستقیم می‌خواهند.',
      },
      {
        article: DERBY,
        text: 'پراید را فروختم و دنا ثبت‌نام کردم، قرعه‌کشی سایپا عقب افتاد، لاستیک و روغن و بنزین هم گران شد و راننده‌های تاکسی ناراضی‌اند.',
      },
    ],
    passes: [
      { article: DAM, text: 'سلام و خسته نباشید به همکاران خوب شما.' },
      { article: DAM, text: 'کاملاً درست است.' },
      { article: DAM, text: 'تا وقتی لوله‌ها نشت می‌کند صرفه‌جویی ما چه فایده دارد؟' },
      { article: DAM, text: 'کشاورزی با این خشکسالی نابود می‌شود، چاه‌ها هم خشک شده.' },
      { article: DERBY, text: 'بازی خسته‌کننده‌ای بود، پول بلیتم حرام شد.' },
      { article: DERBY, text: 'مهاجم اگر آن توپ را گل می‌کرد قهرمان می‌شدیم.' },
      { article: DERBY, text: 'تسلیت به هواداران.' },
      { article: SCHOOL, text: 'پسرم کلاس سوم است و از درس عقب مانده.' },
      { article: SCHOOL, text: 'مرسی که خبر دادید.' },
      { article: SCHOOL, text: 'اتوبوس سرویس هنوز معلوم نیست.' },
      {
        article: SCHOOL,
        text: 'آرد سبوس‌دار را با شکر کمتر بپزید، کیک خوشمزه‌تر و سبک‌تر می‌شود.',
        parent: 'برای زنگ تفریح بچه‌ها کیک پختم، آرد معمولی زدم ولی خوشمزه نشد، شکر کم بود؟',
      },
      { text: 'دستور کیک شکلاتی: آرد و شکر و کره و تخم‌مرغ را مخلوط کنید و نیم ساعت در فر بگذارید.' },
    ],
  },
}
