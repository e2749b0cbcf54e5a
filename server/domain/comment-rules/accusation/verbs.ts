import { fold } from '../../persian-text/index.ts'

/** What a verb's form says: which verb, negated or not, the person, `open` when it is only wished or ordered, `bare` when it may be an infinitive. */
export interface VerbForm {
  verb: string
  negated: boolean
  person: 1 | 2 | 3
  open: boolean
  bare: boolean
}

/** Verbs that carry deeds: name, past stems, present stems; written and spoken. */
const TABLE: readonly (readonly [verb: string, past: string, present: string])[] = [
  ['گرفتن', 'گرفت', 'گیر'],
  ['خوردن', 'خورد', 'خور'],
  ['بردن', 'برد', 'بر'],
  ['دزدیدن', 'دزدید', 'دزد'],
  ['کردن', 'کرد', 'کن'],
  ['گفتن', 'گفت', 'گوی گو گ'],
  ['بافتن', 'بافت', 'باف'],
  ['کشیدن', 'کشید', ''],
  ['کشتن', 'کشت', ''],
  ['گذاشتن', 'گذاشت ذاشت', 'گذار ذار زار'],
  ['دادن', 'داد', 'ده د'],
  ['زدن', 'زد', 'زن'],
  ['خریدن', 'خرید', 'خر'],
  ['فروختن', 'فروخت', 'فروش'],
  ['ساختن', 'ساخت', 'ساز'],
  ['چاپیدن', 'چاپید', 'چاپ'],
  ['برداشتن', 'برداشت ورداشت', 'بردار وردار'],
  ['ریختن', 'ریخت', 'ریز'],
  ['خواستن', 'خواست', 'خواه خوا'],
  ['داشتن', 'داشت', 'دار'],
  ['بستن', 'بست', 'بند'],
  ['رسیدن', 'رسید', 'رس'],
  ['رساندن', 'رساند رسوند', 'رسان رسون'],
  ['شدن', 'شد', 'شو ش'],
  ['پیچاندن', 'پیچاند پیچوند', 'پیچان پیچون'],
  ['درآوردن', 'درآورد دراورد', 'درآور درار'],
  ['انداختن', 'انداخت', 'انداز نداز'],
  ['آمدن', 'آمد اومد', ''],
  ['رفتن', 'رفت', 'رو ر'],
  ['مکیدن', 'مکید', 'مک'],
  ['بخشیدن', 'بخشید', ''],
  ['مالیدن', 'مالید مالوند', 'مال'],
  ['فرستادن', 'فرستاد', 'فرست'],
  ['بودن', 'بود', ''],
  ['آوردن', 'آورد', 'آور ار'],
  ['نشاندن', 'نشاند نشوند', 'نشان نشون'],
  ['نشستن', 'نشست', 'نشین'],
  ['چپاندن', 'چپاند چپوند تپوند', 'چپان چپون'],
  ['دوشیدن', 'دوشید', 'دوش'],
  ['بلعیدن', 'بلعید', 'بلع'],
  ['قاپیدن', 'قاپید', 'قاپ'],
  ['دیدن', 'دید', 'بین'],
  ['شستن', 'شست', 'شور'],
  ['باختن', 'باخت', 'باز'],
  ['بریدن', 'برید', ''],
  ['دوختن', 'دوخت', 'دوز'],
  ['نوشتن', 'نوشت', 'نویس'],
  ['سوزاندن', 'سوزاند سوزوند', 'سوزان سوزون'],
  ['خواباندن', 'خواباند خوابوند', 'خوابون'],
]

const PAST = { '': 3, م: 1, ی: 2, یم: 1, ید: 2, ین: 2, ند: 3, ن: 3 } as const
const PERFECT = { ه: 3, هام: 1, های: 2, هایم: 1, هاید: 2, هاین: 2, هاند: 3, هان: 3, هاست: 3, م: 1, هش: 3 } as const
const PRESENT = { م: 1, ی: 2, د: 3, ه: 3, یم: 1, ید: 2, ین: 2, ند: 3, ن: 3, دش: 3, نش: 3 } as const

const forms = new Map<string, VerbForm>()

function put(form: string, value: VerbForm): void {
  const key = fold(form)
  if (!forms.has(key)) forms.set(key, value)
}

const stems = (list: string): string[] => list.split(' ').filter(Boolean)

function addPast(verb: string, stem: string): void {
  for (const [before, negated] of [
    ['', false],
    ['ن', true],
    ['می', false],
    ['نمی', true],
  ] as const) {
    for (const [ending, person] of Object.entries(PAST))
      put(before + stem + ending, { verb, negated, person, open: false, bare: before === '' && ending === 'ن' })
    if (before === 'می' || before === 'نمی') {
      for (const ending of ['ه', 'هاند', 'هاست'] as const)
        put(before + stem + ending, { verb, negated, person: 3, open: false, bare: false })
      continue
    }
    for (const [ending, person] of Object.entries(PERFECT))
      put(before + stem + ending, { verb, negated, person, open: false, bare: false })
  }
}

/** Which present forms are used without «می» or «ب»: «کند» of formal writing, «عزل کنید» of demands. */
function standsBare(verb: string, stem: string, ending: string): boolean {
  if (ending === 'ید' || ending === 'ین') return verb === 'کردن' || verb === 'دادن'
  return stem.length > 1 && verb !== 'دزدیدن' && (ending === 'د' || ending === 'ند')
}

function addPresent(verb: string, stem: string): void {
  for (const [before, negated] of [
    ['می', false],
    ['نمی', true],
    ['ب', false],
    ['ن', true],
    ['', false],
  ] as const) {
    const open = before === 'ب' || before === 'ن' || (before === '' && verb !== 'داشتن')
    for (const [ending, person] of Object.entries(PRESENT)) {
      const form = before + stem + ending
      if (before === '' && verb !== 'داشتن' && !standsBare(verb, stem, ending)) continue
      if (form.length > 2) put(form, { verb, negated, person, open, bare: false })
    }
    if ((before === 'ب' || before === 'ن') && stem.length > 1)
      put(before + stem, { verb, negated, person: 2, open: true, bare: false })
  }
}

for (const [verb, past] of TABLE) for (const stem of stems(past)) addPast(verb, stem)
for (const [verb, , present] of TABLE) for (const stem of stems(present)) addPresent(verb, stem)
for (const [form, person] of Object.entries({
  درمیآورد: 3,
  درمیآورند: 3,
  درمیاره: 3,
  درمیارن: 3,
  درمیآوری: 2,
  برمیدارد: 3,
  برمیدارند: 3,
  برمیداره: 3,
  برمیدارن: 3,
}))
  put(form, {
    verb: form.startsWith('در') ? 'درآوردن' : 'برداشتن',
    negated: false,
    person: person === 2 ? 2 : 3,
    open: false,
    bare: false,
  })

/** Spoken forms with a pronoun grown on: «ساختنش», «می‌گیرتشون». */
for (const [form, value] of [...forms])
  if (value.person === 3 && form.length > 2)
    for (const ending of ['ش', 'شون', 'شان', 'مون', 'تون']) put(form + ending, { ...value, bare: false })

/** What a folded, joined word says as a verb, if it is one of those that carry deeds. */
export function verbOf(joined: string): VerbForm | undefined {
  return forms.get(joined)
}

const list = (words: string): ReadonlySet<string> => new Set(words.split(' ').map((word) => fold(word)))

/** Copulas that affirm, of the third and second person. */
export const COPULAS = list(
  'است هست هستش بود هستند هستن هستید هستین هستی بودند بودن بوده بودی بودید اند ان شده شد شدند شدن می‌باشد میباشد میباشند یه',
)

/** Copulas that deny. */
export const DENIALS = list(
  'نیست نیس نبود نیستند نیستن نبودند نبوده نباشد نباشه نمیباشد نشد نشده نیستید نیستی نبودن نباشند',
)
