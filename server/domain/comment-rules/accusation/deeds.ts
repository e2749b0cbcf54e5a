import { fold } from '../../persian-text/index.ts'
import type { Family } from './labels.ts'

const bare = (word: string): string => fold(word).replaceAll('\u200c', '')

/** A deed: nouns of which one begins it, further words that must stand near (each group by any of its words), and the verbs that complete it; without verbs the nouns suffice. */
export interface Deed {
  family: Family
  nouns: string
  also?: readonly string[]
  verbs: string
  reach?: number
  /** Somebody who stands as the object may be the accused: «داور را خریدند». */
  buys?: true
  /** A denial after it denies nothing: «جز دزدی بلد نیست». */
  firm?: true
  /** It is said in the form of a question: «ویلا را با کدام حقوق خریده؟». */
  sly?: true
  /** A verb that is only wished or supposed says it all the same: «که مالیات ندهند». */
  open?: true
  /** Somebody else from whom it was taken must stand by: «از مدیرعامل پول گرفت» (`taken`, after «از»), «نان خودروسازها را می‌خورد» (`near`). */
  from?: 'taken' | 'near'
  /** Its further words must stand in the same clause. */
  tight?: true
  weight?: number
}

/** Deeds, each as people say them. */
export const DEEDS: readonly Deed[] = [
  {
    family: 'corruption',
    nouns: 'دنبال مشغول ترویج گسترش سرگرم',
    also: ['دزدی غارت چپاول اختلاس رشوه کلاهبرداری جاسوسی خیانت'],
    verbs: '',
    reach: 4,
    weight: 0.8,
  },
  {
    family: 'theft',
    nouns: 'سیر',
    also: ['خوردی خوردید خوردین خوردند خوردن میخوری میخورید'],
    verbs: '',
    reach: 3,
    weight: 0.8,
  },
  { family: 'theft', nouns: 'همه همشو همشونو', also: ['خودشون خودشان'], verbs: 'خوردن بردن' },
  { family: 'theft', nouns: 'دست‌درازی', verbs: 'کردن' },
  {
    family: 'corruption',
    nouns: 'بوی بو ردپای ردپا',
    also: ['رانت فساد رشوه تبانی دزدی اختلاس'],
    verbs: '',
    reach: 5,
    weight: 0.75,
  },
  { family: 'theft', nouns: 'پول پول‌ها پولا', also: ['تقسیم', 'خودشان خودشون'], verbs: 'کردن', reach: 7 },
  { family: 'theft', nouns: 'ملاخور', verbs: 'کردن شدن' },
  { family: 'theft', nouns: 'پول پول‌های بودجه', also: ['صرف', 'عیاشی خوش‌گذرانی خوشگذرانی'], verbs: '', reach: 5 },
  { family: 'favour', nouns: 'رانت', also: ['استفاده'], verbs: 'کردن' },
  { family: 'favour', nouns: 'پارتی رانت رشوه', also: ['با'], verbs: 'کردن گذاشتن', buys: true },
  { family: 'forgery', nouns: 'پرونده‌سازی پرونده‌سازی‌ها سندسازی', verbs: 'کردن' },
  { family: 'murder', nouns: 'خون', also: ['گردن گردنت گردنش'], verbs: '', reach: 6, weight: 0.85 },
  {
    family: 'corruption',
    nouns: 'همکاری',
    also: ['قاچاقچی قاچاقچیان دزد دزدان دزدها سارق سارقان مافیا'],
    verbs: 'داشتن کردن',
  },
  {
    family: 'corruption',
    nouns: 'جز',
    also: ['دزدی رشوه پارتی‌بازی اختلاس کلاهبرداری فساد دروغ'],
    verbs: '',
    reach: 3,
    firm: true,
  },
  { family: 'theft', nouns: 'پول پول‌ها پولا', also: ['با', 'در فرار'], verbs: 'رفتن کردن', reach: 6 },
  {
    family: 'theft',
    nouns: 'پول بودجه بیت‌المال',
    also: ['خرج', 'دخترش پسرش زنش خودش خانواده‌اش عروسی سفر'],
    verbs: 'کردن',
    reach: 8,
  },
  { family: 'theft', nouns: 'اختلاس دزدی', also: ['جرم', 'باید'], verbs: '', reach: 6, weight: 0.75 },
  { family: 'treason', nouns: 'خیانت جاسوسی', also: ['جرم', 'باید'], verbs: '', reach: 6, weight: 0.75 },
  {
    family: 'corruption',
    nouns: 'فساد دزدی رشوه پارتی‌بازی',
    also: ['می‌بارد می‌باره بیداد غوغا'],
    verbs: '',
    reach: 7,
    weight: 0.8,
  },
  { family: 'murder', nouns: 'عامل مسئول مسبب مقصر', also: ['قتل کشتار جنایت مرگ'], verbs: '', reach: 2, weight: 0.8 },
  { family: 'forgery', nouns: 'حکم پروانه مجوز گواهی', also: ['جعلی قلابی تقلبی'], verbs: '', reach: 2 },
  { family: 'theft', nouns: 'هاپولی تلکه لفت‌ولیس', verbs: 'کردن' },
  { family: 'theft', nouns: 'تیغ', also: ['مردم ملت مشتری'], verbs: 'زدن' },
  { family: 'theft', nouns: 'پول پول‌ها پولا', also: ['جیب جیبشان'], verbs: 'رفتن', reach: 7 },
  {
    family: 'theft',
    nouns: 'پول پول‌ها پولا میلیارد',
    also: ['خارج کانادا ترکیه دبی سوئیس'],
    verbs: 'بردن فرستادن',
    reach: 7,
  },
  { family: 'theft', nouns: 'بیت‌المال بودجه صندوق حساب', also: ['برداشت'], verbs: 'کردن' },
  { family: 'theft', nouns: 'اختلاس', also: ['فرار'], verbs: 'کردن', reach: 6 },
  { family: 'theft', nouns: 'جیب', also: ['مردم ملت ما'], verbs: 'خوردن' },
  { family: 'theft', nouns: 'حق', also: ['پایمال ضایع'], verbs: 'کردن', reach: 6, weight: 0.7 },
  { family: 'favour', nouns: 'حقوق پاداش فیش', also: ['نجومی'], verbs: 'گرفتن برداشتن دادن', weight: 0.75 },
  {
    family: 'favour',
    nouns: 'باجناقش دامادش پسرش برادرش خواهرزاده‌اش فامیلش فامیلاش فامیل‌هایش زنش دخترش آشناهاش دوستاش رفقاش',
    also: ['مدیر رئیس معاون استخدام منصوب سرکار مشاور'],
    verbs: 'کردن گذاشتن دادن',
    weight: 0.75,
  },
  { family: 'favour', nouns: 'رفیق‌بازی پارتی‌بازی فامیل‌بازی باندبازی', verbs: 'کردن' },
  { family: 'bribe', nouns: 'رشوه', verbs: 'دادن شدن آمدن رسیدن بردن' },
  { family: 'bribe', nouns: 'پول', also: ['زیرمیز زیرمیزی میز'], verbs: 'گرفتن خواستن' },
  { family: 'forgery', nouns: 'مدرک مدرکش مدارکش دکترایش دکتراش', verbs: 'خریدن' },
  { family: 'fraud', nouns: 'شیره', also: ['سر'], verbs: 'مالیدن' },
  { family: 'fraud', nouns: 'کم‌فروشی گران‌فروشی گرون‌فروشی', verbs: 'کردن', weight: 0.75 },
  { family: 'fraud', nouns: 'ارز دلار', also: ['دولتی', 'آزاد'], verbs: 'فروختن', reach: 7 },
  { family: 'treason', nouns: 'اطلاعات', also: ['دشمن اسرائیل بیگانه آمریکا موساد'], verbs: 'فروختن دادن' },
  { family: 'treason', nouns: 'موساد سیا اسرائیل داعش', also: ['کار همکاری'], verbs: 'کردن' },
  {
    family: 'lie',
    nouns: 'حرف حرف‌های ادعا ادعاهای آمار وعده وعده‌های',
    also: ['دروغ دروغه دروغین'],
    verbs: '',
    weight: 0.75,
  },
  { family: 'murder', nouns: 'دست دستش دستشان دستشون', also: ['خون'], verbs: '', weight: 0.85 },
  { family: 'murder', nouns: 'شریک', also: ['قتل جنایت'], verbs: '' },
  { family: 'smuggling', nouns: 'کار', also: ['قاچاق قاچاقه'], verbs: '', reach: 2 },
  { family: 'corruption', nouns: 'سوءاستفاده سو‌استفاده لاپوشانی لاپوشونی ماست‌مالی', verbs: 'کردن', weight: 0.75 },
  { family: 'corruption', nouns: 'تخلف تخلفات', verbs: 'کردن', weight: 0.75 },
  { family: 'corruption', nouns: 'شریک', also: ['جرم'], verbs: '', reach: 2 },
  { family: 'corruption', nouns: 'غرق آلوده سراپا سرتاپا', also: ['فساد رشوه'], verbs: '', reach: 2 },
  { family: 'corruption', nouns: 'دست دستش دستشان دستشون', also: ['کاسه'], verbs: '', reach: 6, weight: 0.85 },
  {
    family: 'theft',
    nouns: 'دزدی سرقت اختلاس اختلاص غارت چپاول تاراج بخوربخور زمین‌خواری رانت‌خواری حیف‌ومیل احتکار مال‌مردم‌خوری',
    verbs: 'کردن انداختن',
  },
  { family: 'fraud', nouns: 'کلاهبرداری پول‌شویی پولشویی تقلب شیادی حقه‌بازی کلاه‌برداری', verbs: 'کردن' },
  { family: 'bribe', nouns: 'رشوه زیرمیزی پورسانت حق‌سکوت حق‌حساب باج رشوه‌خواری', verbs: 'گرفتن خواستن خوردن کردن' },
  {
    family: 'bribe',
    nouns: 'شیرینی سهم درصد',
    also: ['امضا دزد دزدها سارق قاچاقچی قاچاقچیها پیمانکار پروانه'],
    verbs: 'گرفتن خواستن',
  },
  {
    family: 'bribe',
    nouns: 'پول سکه',
    also: ['قاچاقچی قاچاقچی‌ها دزدها متهم داور باختیم باخت سارق سارق‌ها باند نتیجه'],
    verbs: 'گرفتن دادن',
  },
  {
    family: 'theft',
    nouns: 'پول پولا سپرده بودجه بیت‌المال اموال مال ارث دارایی سهم سرمایه یارانه بیمه حق حقوق طلاها',
    verbs: 'خوردن دزدیدن چاپیدن',
    reach: 7,
  },
  {
    family: 'theft',
    nouns: 'پول سپرده بودجه بیت‌المال اموال مال دارایی میلیارد میلیاردها',
    also: ['بالا جیب'],
    verbs: 'کشیدن زدن ریختن',
    reach: 7,
  },
  { family: 'theft', nouns: 'پول سپرده بودجه بیت‌المال اموال وام طلا طلاها', verbs: 'بردن برداشتن پیچاندن', reach: 4 },
  {
    family: 'theft',
    nouns: 'پول بیت‌المال سرمایه',
    also: ['خانه خونه ویلا برج ماشین ملک حج'],
    verbs: 'خریدن ساختن رفتن',
    reach: 7,
  },
  { family: 'theft', nouns: 'جیب جیبش جیبشون جیبشان جیباشون', verbs: 'زدن ریختن گذاشتن', reach: 3 },
  { family: 'theft', nouns: 'جیب', also: ['پر خالی'], verbs: 'کردن', reach: 6 },
  { family: 'theft', nouns: 'دست دستش دستشان دستشون', also: ['جیب', 'مردم ملت بیت‌المال'], verbs: '' },
  {
    family: 'theft',
    nouns: 'زمین زمینها زمین‌های ملک',
    also: ['اسم نام', 'زن بچه زنش بچه‌اش بچش خودش فامیل پسرش'],
    verbs: 'زدن کردن',
    reach: 9,
  },
  { family: 'theft', nouns: 'خون', also: ['شیشه مردم ملت'], verbs: 'کردن مکیدن خوردن' },
  {
    family: 'theft',
    nouns: 'خوردند خوردن خورد میخورن میخورند میخوره',
    also: ['بردند بردن برد میبرن میبرند میبره'],
    verbs: '',
    reach: 3,
  },
  { family: 'fraud', nouns: 'کلاه', also: ['سر'], verbs: 'گذاشتن', reach: 7 },
  { family: 'fraud', nouns: 'مردم ملت ما', also: ['فریب گول سرکار'], verbs: 'دادن زدن گذاشتن', weight: 0.8 },
  {
    family: 'forgery',
    nouns: 'مدرک مدرکش مدارک دکترا دکترای دکتراش تحصیلات',
    also: ['جعلی قلابی تقلبی ساختگی خریده'],
    verbs: '',
    reach: 6,
  },
  { family: 'forgery', nouns: 'سند سندها مدرک مدارک امضا آمار', also: ['جعل جعلی'], verbs: 'کردن دادن ساختن' },
  { family: 'forgery', nouns: 'پرونده', verbs: 'ساختن', reach: 2 },
  { family: 'treason', nouns: 'خیانت جاسوسی وطن‌فروشی آدم‌فروشی', verbs: 'کردن' },
  { family: 'treason', nouns: 'کشور وطن مملکت خاک میهن', verbs: 'فروختن' },
  {
    family: 'treason',
    nouns: 'نوکر عامل مامور مزدور نوچه',
    also: ['اجنبی اجنبیه بیگانه بیگانه‌ها دشمن آمریکا اسرائیل انگلیس موساد سیا'],
    verbs: '',
    reach: 2,
  },
  { family: 'lie', nouns: 'دروغ دروغی دروغا دروغ‌ها', verbs: 'گفتن بافتن دادن', reach: 4 },
  { family: 'murder', nouns: 'آدم مردم نفر انسان بچه‌ها جوان‌ها بی‌گناه', verbs: 'کشتن', reach: 4 },
  { family: 'murder', nouns: 'جنایت قتل کشتار شکنجه', verbs: 'کردن' },
  { family: 'murder', nouns: 'قتل کشتار جنایت', also: ['دست'], verbs: 'داشتن' },
  { family: 'smuggling', nouns: 'قاچاق', verbs: 'کردن', reach: 4 },
  { family: 'smuggling', nouns: 'مواد', verbs: 'فروختن' },
  { family: 'smuggling', nouns: 'ماینر صرافی صرافی‌های', also: ['قاچاق قاچاقی'], verbs: 'داشتن کردن' },
  {
    family: 'favour',
    nouns: 'رانت پارتی پارتی‌بازی ژن‌خوب سهمیه فامیل‌بازی',
    also: ['با'],
    verbs: 'شدن گرفتن رسیدن آمدن بردن',
    reach: 5,
  },
  { family: 'favour', nouns: 'رانت', verbs: 'گرفتن خوردن دادن داشتن' },
  { family: 'favour', nouns: 'پارتی آقازاده', verbs: 'داشتن', weight: 0.6 },
  {
    family: 'favour',
    nouns: 'قرارداد وام پروژه نیروگاه پست مناقصه معدن زمین',
    also: [
      'داماد دامادت دامادش برادرش برادرت پسرش پسرت فامیلش فامیلاش فامیل فک‌وفامیل پسرخاله پسرعمو برادرزاده خواهرزاده باجناق برادر اقوام آشنا آشناها آشناهای باجناقش خودش مناقصه',
    ],
    verbs: 'دادن رسیدن بخشیدن کردن',
    weight: 0.75,
  },
  { family: 'rigging', nouns: 'تبانی ساخت‌وپاخت زدوبند لابی', verbs: 'کردن شدن بردن داشتن' },
  { family: 'rigging', nouns: 'تبانی زدوبند', also: ['برنده'], verbs: '' },
  { family: 'rigging', nouns: 'تبانی زدوبند', also: ['با'], verbs: 'دادن بردن گرفتن شدن فروختن خریدن', reach: 7 },
  {
    family: 'rigging',
    nouns: 'داور نتیجه نتیجه‌ها بازی قاضی دادگاه شورا شورای رئیس رای رأی',
    verbs: 'خریدن فروختن',
    buys: true,
    reach: 5,
  },
  {
    family: 'bribe',
    nouns: 'شهردار وزیر مدیر مدیرعامل',
    also: ['پول'],
    verbs: 'خریدن گذاشتن',
    buys: true,
    reach: 5,
    weight: 0.7,
  },
  {
    family: 'corruption',
    nouns: 'همدست هم‌دست شریک رفیق سردسته',
    also: ['دزد دزدها سارق سارق‌ها قاچاقچی قاچاقچی‌ها مافیا مافیای اختلاسگرها دزدی'],
    verbs: '',
    reach: 3,
  },
  { family: 'corruption', nouns: 'قرارداد قراردادهای فاکتور', also: ['صوری جعلی'], verbs: 'بستن ساختن زدن' },
  {
    family: 'corruption',
    nouns: 'پر مرکز لانه باند استاد سلطان مافیای یعنی سابقه پرونده متهم',
    also: ['دزد دزدی رشوه رشوه‌خوار پارتی‌بازی اختلاس کلاهبرداری فساد رانت پول‌شویی دزدها مافیایی'],
    verbs: '',
    reach: 5,
    weight: 0.85,
  },
]

/** Verbal nouns that take a light verb to themselves: after them «کرد» is no longer the deed's. */
export const OTHER_VERBS = new Set(
  'برخورد مبارزه مقابله پیگیری محاکمه دستگیر بازداشت اخراج اعلام کشف افشا محکوم متهم معرفی تحویل تکذیب رسیدگی تشکر قبول باور فکر ادعا ثابت اثبات جلوگیری مجازات اعدام زندانی تبدیل تأیید تایید تنبیه عزل برکنار بیرون جمع عادت تهدید تعقیب بررسی نقد محو ریشه‌کن پاک جبران تبرئه شکایت نگاه گزارش صحبت بازی خطاب لو حل دفاع نابود خراب اجازه حذف تعطیل ترک رها متوقف کنترل انتقاد اعتراض استفاده کار پست عکس شروع شناسایی مصرف ثبت‌نام بزرگ تربیت معالجه درمان راهی سوار پیاده صدا دفن رد پیدا خسته'
    .split(' ')
    .map(bare),
)
