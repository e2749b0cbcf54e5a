import { fold } from '../../persian-text/index.ts'

/** Kinds of wrongdoing, with the noun by which people are told of them. */
export const FAMILIES = {
  theft: 'دزدی و خوردن مال مردم',
  bribe: 'رشوه‌خواری',
  fraud: 'کلاهبرداری',
  forgery: 'جعل',
  treason: 'خیانت یا جاسوسی',
  lie: 'دروغ‌گویی',
  murder: 'قتل یا جنایت',
  smuggling: 'قاچاق',
  favour: 'رانت و پارتی‌بازی',
  rigging: 'تبانی',
  doping: 'دوپینگ',
  abuse: 'آزار یا زورگویی',
  corruption: 'فساد',
} as const

/** One kind of wrongdoing. */
export type Family = keyof typeof FAMILIES

/** Families that the same conviction covers: who was convicted of embezzlement may be called a thief. */
export const KIN: Record<Family, readonly Family[]> = {
  theft: ['theft', 'fraud', 'corruption'],
  fraud: ['theft', 'fraud', 'corruption'],
  bribe: ['bribe', 'corruption'],
  forgery: ['forgery', 'fraud', 'corruption'],
  treason: ['treason'],
  lie: ['lie'],
  murder: ['murder'],
  smuggling: ['smuggling', 'corruption'],
  favour: ['favour', 'corruption'],
  rigging: ['rigging', 'corruption'],
  doping: ['doping'],
  abuse: ['abuse'],
  corruption: ['corruption'],
}

/** Names for a person who does wrong. */
const LABELS: Record<Family, string> = {
  theft:
    'دزد سارق راهزن غارتگر چپاولگر اختلاسگر اختلاس‌گر جیب‌بر مال‌مردم‌خور حرام‌خور حروم‌خور حرومخور زمین‌خوار کوه‌خوار رباخوار نزول‌خور نزولخوار دست‌کج بیت‌المال‌خور محتکر لاشخور پول‌پرست زالوصفت دله‌دزد اختلاسی دزدسالار دزدخانه دزدبازار آفتابه‌دزد گردنه‌گیر سرگردنه‌گیر گردنه‌بند مختلس غاصب',
  bribe: 'اخاذ پولکی مرتشی باج‌بگیر رشوه‌خوار رشوه‌خور رشوه‌گیر رشوه‌بگیر باج‌گیر باج‌خور خودفروخته پورسانت‌بگیر کارچاق‌کن',
  fraud: 'کلاهبردار شیاد کلاش شارلاتان متقلب حقه‌باز گران‌فروش گرون‌فروش کم‌فروش',
  forgery: 'جاعل سندساز مدرک‌ساز پرونده‌ساز',
  treason:
    'خائن خاین خیانتکار سرسپرده جیره‌خوار دست‌نشانده خبرچین کاسب‌تحریم وطن‌فروش مزدور جاسوس نفوذی آدم‌فروش میهن‌فروش بیگانه‌پرست قلم‌به‌مزد ایران‌فروش ستون‌پنجم',
  lie: 'دروغگو دروغ‌گو کذاب دروغ‌پرداز',
  murder: 'قاتل آدم‌کش جنایتکار جلاد شکنجه‌گر خونخوار خون‌آشام تروریست',
  smuggling: 'قاچاقچی',
  favour: 'رانت‌خوار رانتخوار رانتی پارتی‌باز ویژه‌خوار باندباز رفیق‌باز',
  rigging: 'تبانی‌گر',
  doping: 'دوپینگی',
  abuse: 'متجاوز آزارگر کودک‌آزار زورگیر',
  corruption: 'مافیا مافیایی فاسد مفسد فاسدترین مفسدترین خلافکار دزدپرور سوءاستفاده‌گر پاپوش‌دوز متخلف گانگستر',
}

/** How a label's form stands: `plain`, perhaps an abstract noun (`vague`: کلاهبرداری), with its own copula (`is`), of the speaker (`self`), of the one addressed (`you`), or a plural without copula (`many`). */
export type Stand = 'plain' | 'vague' | 'is' | 'self' | 'you' | 'many'

const ENDINGS: readonly (readonly [ending: string, stand: Stand])[] = [
  ['', 'plain'],
  ['ی', 'plain'],
  ['یی', 'vague'],
  ['تر', 'plain'],
  ['ترین', 'plain'],
  ['تره', 'is'],
  ['ترند', 'is'],
  ['ترن', 'is'],
  ['ه', 'is'],
  ['ست', 'is'],
  ['یه', 'is'],
  ['ین', 'you'],
  ['ند', 'is'],
  ['ن', 'is'],
  ['اند', 'is'],
  ['یند', 'is'],
  ['یید', 'you'],
  ['ید', 'you'],
  ['م', 'self'],
  ['ها', 'many'],
  ['های', 'many'],
  ['هایی', 'many'],
  ['هاست', 'is'],
  ['است', 'is'],
  ['ای', 'many'],
  ['ا', 'many'],
  ['ان', 'many'],
  ['یان', 'many'],
]

/** A label in a text: what it says and how it stands. */
export interface Label {
  family: Family
  stand: Stand
}

const bare = (word: string): string => fold(word).replaceAll('\u200c', '')

const labels = new Map<string, Label>()
for (const [family, list] of Object.entries(LABELS) as [Family, string][])
  for (const label of list.split(' '))
    for (const [ending, stand] of ENDINGS) {
      const form = bare(label) + bare(ending)
      const vague = ending === 'ی' && !/[وا]$/.test(label)
      if (!labels.has(form)) labels.set(form, { family, stand: vague ? 'vague' : stand })
    }
for (const form of ['دزدی', 'دزدین', 'دزدید', 'سارقی', 'جانیان', 'فسادی', 'قاچاقچیه', 'دزدیم'])
  labels.delete(bare(form))
labels.set('پولشو', { family: 'fraud', stand: 'vague' })
labels.set('دزدین', { family: 'theft', stand: 'you' })
labels.set(bare('قاچاقچیه'), { family: 'smuggling', stand: 'is' })
labels.set(bare('خائنین'), { family: 'treason', stand: 'many' })
labels.set(bare('مفسدین'), { family: 'corruption', stand: 'many' })
labels.set(bare('قاتلین'), { family: 'murder', stand: 'many' })
labels.set(bare('سارقین'), { family: 'theft', stand: 'many' })

/** The label that a folded, joined word is, if any. */
export function labelOf(joined: string): Label | undefined {
  return labels.get(joined)
}

const nouns = new Map<string, Family>()
const NOUNS: Partial<Record<Family, string>> = {
  theft: 'دزدی سرقت اختلاس غارت چپاول زمین‌خواری رانت‌خواری دزدیده دزدیدن',
  fraud: 'کلاهبرداری پول‌شویی شیادی تقلب',
  bribe: 'رشوه ارتشا رشا زیرمیزی رشوه‌خواری',
  forgery: 'جعل جعلی',
  treason: 'خیانت جاسوسی',
  lie: 'دروغ دروغ‌گویی',
  murder: 'قتل جنایت کشتار',
  smuggling: 'قاچاق',
  favour: 'رانت پارتی‌بازی',
  rigging: 'تبانی',
  corruption: 'فساد',
}
for (const [family, list] of Object.entries(NOUNS) as [Family, string][])
  for (const noun of list.split(' ')) nouns.set(bare(noun), family)

/** The kind of wrongdoing that a folded, joined word names, as a deed or as a doer. */
export function familyNamed(joined: string): Family | undefined {
  return nouns.get(joined) ?? labels.get(joined)?.family
}

const GENITIVE: Partial<Record<Family, string>> = {
  theft: 'اختلاس‌های دزدی‌های خوردن‌های غارتگری غارتگری‌های زمین‌خواری زمین‌خواری‌های',
  fraud: 'کلاهبرداری‌های',
  bribe: 'رشوه‌گیری رشوه‌گیری‌های رشوه‌خواری رشوه‌خواری‌های',
  treason: 'خیانت خیانت‌های',
  lie: 'دروغ‌های دروغای دروغ‌گویی دروغ‌گویی‌های',
  murder: 'جنایت جنایت‌های',
  favour: 'رانت‌خواری رانت‌خواری‌های پارتی‌بازی پارتی‌بازی‌های',
  corruption: 'فساد فسادهای باند باندبازی دارودسته زدوبندهای',
}
const genitives = new Map<string, Family>()
for (const [family, list] of Object.entries(GENITIVE) as [Family, string][])
  for (const noun of list.split(' ')) genitives.set(bare(noun), family)

/** The kind of wrongdoing of a noun that, before a name, lays the deed to it: «دروغ‌های وزیر». */
export function genitiveOf(joined: string): Family | undefined {
  return genitives.get(joined)
}

const OWN_PLURALS = ['', 'ها', 'های', 'ا', 'ای', 'ات']
const OWNERS: readonly (readonly [ending: string, person: 2 | 3])[] = [
  ['ت', 2],
  ['تون', 2],
  ['تان', 2],
  ['یتان', 2],
  ['ش', 3],
  ['شون', 3],
  ['شان', 3],
  ['یشان', 3],
]
const owned = new Map<string, { family: Family; person: 2 | 3 }>()
const OWNABLE: Partial<Record<Family, string>> = {
  theft: 'دزدی اختلاس غارت چپاول',
  fraud: 'کلاهبرداری',
  bribe: 'رشوه',
  treason: 'خیانت جاسوسی',
  lie: 'دروغ',
  murder: 'جنایت جنایات',
  favour: 'پارتی‌بازی رانت‌خواری',
}
for (const [family, list] of Object.entries(OWNABLE) as [Family, string][])
  for (const noun of list.split(' '))
    for (const plural of OWN_PLURALS)
      for (const [ending, person] of OWNERS) owned.set(bare(noun + plural + ending), { family, person })

/** The deed that a noun with a possessive ending lays to somebody: «دزدی‌هایتان», «دروغات». */
export function ownedDeed(joined: string): { family: Family; person: 2 | 3 } | undefined {
  return owned.get(joined)
}
