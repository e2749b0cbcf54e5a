import { fold } from './fold.ts'

const HALF_SPACE = '\u200c'

const set = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/).map(fold))

/** Endings that stand behind a half-space. */
const LOOSE_ENDINGS = set(
  'ها های هایی هایم هایت هایش هایمان هایتان هایشان هام هات هاش هامون هاتون هاشون ام ات اش مان تان شان مون تون شون ای اند ایم اید ست تر ترین تری ترها ترین‌ها یی ی گی گان ان',
)

/** Verb stems, present and past, that are recognised under می and نمی, ب and ن, and personal endings. */
const VERB_STEMS = set(`
  کن کرد گو گفت شو شد رو رفت خور خورد زن زد ده داد دان دانست خواه خواست توان توانست بین دید گیر گرفت گذار گذاشت
  آور آورد بر برد پرس پرسید فهم فهمید خر خرید فروش فروخت نویس نوشت خوان خواند ساز ساخت باش دار داشت رس رسید رسان رساند
  کش کشید کشت مان ماند نشین نشست شنو شنید شناس شناخت فرست فرستاد گرد گشت گردان گرداند افت افتاد انداز انداخت ریز ریخت
  بند بست سوز سوخت پذیر پذیرفت پرداز پرداخت کوش کوشید ترس ترسید خند خندید میر مرد چرخ چرخید فریب فریفت دزد دزدید
  گذر گذشت بخش بخشید پوش پوشید آموز آموخت آی آمد یاب یافت گریز گریخت ستیز جنگ جنگید نما نمود فرما فرمود دو دوید خواب خوابید
`)

const VERB_ENDINGS = set('م ی د یم ید ند ه ن یه')

/** Words whose last letters only look like an ending. */
const WHOLE = set(`
  ایران تهران جهان زمان زبان انسان استان خیابان میدان پایان جریان بیان امکان درمان سازمان ایمان فرمان آسمان ساختمان دهان نشان
  باران تابستان زمستان بهار سلطان شیطان قرآن عنوان میزان کودکان دوران بحران داستان بیمارستان دبستان دبیرستان گلستان افغانستان
  پاکستان عربستان خوزستان کردستان بلوچستان لرستان سیستان گیلان مازندران اصفهان کرمان همدان زنجان سمنان آلمان یونان عمان لبنان
  جان نان کان آن این چنان همچنان همان زندان دندان پنهان آسان ارزان گران فراوان مهربان پشتیبان نگهبان قهرمان پهلوان درخشان
  تن من زن بدن وطن دشمن سخن روشن تلفن معدن
  حیات ملاقات ذات نجات لات بات مات نبات ثبات
  کشتی بازی زندگی ماهی قاضی راضی ماضی حتی علی ولی مهدی موسی عیسی مصطفی مرتضی یعنی برای وقتی گاهی خیلی کسی چیزی سعی وحی نفی
  ملی جدی قوی غنی شاکی آری دی می وی
  دختر دفتر مادر برادر پدر بهتر کمتر بیشتر تیتر لیتر متر کنتر تئاتر موتور دکتر مشتری دیگر اثر کوثر
  مرد درد سرد زرد نبرد مورد برخورد عملکرد دستاورد
  میز میل میهن میوه میان میراث میلیون میلیارد نمک نماز نمایش نماینده نمره نمونه نمایندگان
  شان نام کام جام بام دام گام شام انجام اقدام مقام اسلام سلام کلام تمام نظام امام پیام قیام کدام آرام اعلام حرام احترام الهام
  دانش ارزش آتش کوشش بخش نقش آرامش ورزش آموزش پژوهش گزارش نمایش افزایش کاهش سفارش پرسش رامش خواهش جنبش شورش تنش بینش روش خوش
  مشت پشت گوشت دشت وقت سخت درخت تخت رخت بخت دولت ملت حکومت عدالت سلامت قیمت خدمت نعمت حرکت شرکت شهادت سیاست ریاست امنیت
`)

const ARABIC_BROKEN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    اخبار: 'خبر',
    افراد: 'فرد',
    مسائل: 'مساله',
    مسایل: 'مساله',
    مسئله: 'مساله',
    مسولان: 'مسول',
    مسولین: 'مسول',
    مسوولان: 'مسول',
    مسوولین: 'مسول',
    مسوول: 'مسول',
    مسئولان: 'مسول',
    مسئولین: 'مسول',
    مسئول: 'مسول',
    وزرا: 'وزیر',
    علما: 'عالم',
    شهدا: 'شهید',
    مناطق: 'منطقه',
    مدارس: 'مدرسه',
    مراکز: 'مرکز',
    شرایط: 'شرط',
    حقوق: 'حق',
    قوانین: 'قانون',
    مواد: 'ماده',
    اموال: 'مال',
    آثار: 'اثر',
    مفاسد: 'فساد',
    تصاویر: 'تصویر',
    کتب: 'کتاب',
    اشخاص: 'شخص',
  }).map(([from, to]) => [fold(from), fold(to)]),
)

const MIN = 3

/** Noun endings without a half-space, longest first; the second item is what takes the ending's place, the third the least rest. */
const NOUN_ENDINGS: readonly (readonly [ending: string, instead: string, least: number])[] = [
  ['هایشان', '', 2],
  ['هایتان', '', 2],
  ['هایمان', '', 2],
  ['هاشون', '', 2],
  ['هاتون', '', 2],
  ['هامون', '', 2],
  ['ترین', '', 2],
  ['هایی', '', 2],
  ['هایم', '', 2],
  ['هایت', '', 2],
  ['هایش', '', 2],
  ['های', '', 2],
  ['هام', '', 3],
  ['هات', '', 3],
  ['هاش', '', 3],
  ['ندگان', 'نده', 2],
  ['دگان', 'ده', 2],
  ['یشان', '', 3],
  ['یتان', '', 3],
  ['یمان', '', 3],
  ['شان', '', 3],
  ['تان', '', 4],
  ['مان', '', 4],
  ['شون', '', 3],
  ['ها', '', 2],
  ['تر', '', 3],
  ['ات', '', 3],
  ['ین', '', 4],
  ['ان', '', 3],
  ['ای', '', 3],
  ['ند', '', 4],
  ['ی', '', 3],
  ['م', '', 4],
  ['ش', '', 4],
].map(([ending, instead, least]) => [fold(String(ending)), fold(String(instead)), Number(least)] as const)

function verb(word: string): string | undefined {
  let rest = word
  const continuous = /^ن?می/.exec(rest)
  const prefix = continuous ? continuous[0].length : /^[بن]/.test(rest) ? 1 : 0
  if (!prefix) return undefined
  rest = rest.slice(prefix)
  if (VERB_STEMS.has(rest) && continuous) return rest
  for (let cut = 1; cut <= 2; cut++) {
    const stem = rest.slice(0, -cut)
    if (stem.length >= 2 && VERB_ENDINGS.has(rest.slice(-cut)) && VERB_STEMS.has(stem)) {
      if (continuous || stem.length > 2 || cut === 2) return stem
    }
  }
  return undefined
}

function noun(word: string): string {
  for (const [ending, instead, least] of NOUN_ENDINGS) {
    if (!word.endsWith(ending)) continue
    const rest = word.slice(0, -ending.length) + instead
    if (rest.length < Math.max(least, instead ? MIN : 2)) continue
    return rest
  }
  return word
}

function loosened(word: string): string {
  const parts = word.split(HALF_SPACE).filter(Boolean)
  while (parts.length > 1 && LOOSE_ENDINGS.has(parts.at(-1)!)) parts.pop()
  if (parts.length > 1 && /^ن?می$/.test(parts[0]!)) {
    const whole = verb(parts.join(''))
    if (whole) return whole
    return parts.slice(1).join('')
  }
  return parts.join('')
}

/**
 * The light stem of a folded word: plural, possessive, ezafe, comparative and verbal affixes gone, some broken plurals led back.
 * For matching one text with another, not for showing; words that are whole by nature stay.
 */
export function stem(word: string): string {
  const at = ARABIC_BROKEN.get(word)
  if (at) return at
  let rest = word.includes(HALF_SPACE) ? loosened(word) : word
  if (WHOLE.has(rest)) return rest
  const acted = verb(rest)
  if (acted) return acted
  for (let round = 0; round < 3; round++) {
    if (WHOLE.has(rest) || rest.length <= MIN) break
    const known = ARABIC_BROKEN.get(rest)
    if (known) return known
    const shorter = noun(rest)
    if (shorter === rest) break
    rest = shorter
  }
  return ARABIC_BROKEN.get(rest) ?? rest
}
