import { z } from 'zod'
import { cleanInput, countCharacters, tidy, toLatinDigits, toPersianDigits } from '../domain/persian-text/index.ts'

/** The longest comment, name, e-mail address and appeal, in characters as people count them. */
export const LONGEST = { body: 1_000, name: 50, email: 80, appeal: 500, note: 300 } as const

const MAIL = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+\.[a-z]{2,}$/i

const within = (longest: number, sentence: (typed: string) => string) =>
  z
    .string()
    .transform(cleanInput)
    .superRefine((text, context) => {
      const typed = countCharacters(text)
      if (typed > longest) context.addIssue({ code: 'custom', message: sentence(toPersianDigits(typed)) })
    })

const body = within(
  LONGEST.body,
  (typed) => `متن نظر ${typed} نویسه است؛ لطفاً آن را به حداکثر ${toPersianDigits(LONGEST.body)} نویسه کوتاه کنید.`,
).refine((text) => countCharacters(text.replace(/[\s\u200c-\u200f\u2060\u061c\u00ad\u115f\u1160\u3164]/g, '')) >= 2, {
  message: 'متن نظر را بنویسید.',
})

const name = within(LONGEST.name, () => `نام باید حداکثر ${toPersianDigits(LONGEST.name)} نویسه باشد.`)
  .transform((text) => tidy(text.replace(/\s+/g, ' ')))
  .default('')

const email = z
  .string()
  .transform((text) => toLatinDigits(cleanInput(text)).trim())
  .refine((text) => text === '' || (text.length <= LONGEST.email && MAIL.test(text)), {
    message: 'نشانی ایمیل درست نیست. آن را اصلاح کنید یا خالی بگذارید.',
  })
  .default('')

const parentId = z
  .string()
  .trim()
  .refine((id) => id === '' || /^[0-9a-f]{24}$/.test(id), { message: 'نظری که به آن پاسخ می‌دهید پیدا نشد.' })
  .default('')

/** The names of the fields that a reader types, kept on the page when something is wrong. */
export const TYPED_FIELDS = ['name', 'email', 'body', 'parentId'] as const

/** A reader's comment as it is typed; every field not named here is left out. */
export const commentForm = z.object({
  name,
  email,
  body: z.string({ message: 'متن نظر را بنویسید.' }).pipe(body),
  parentId,
  captchaKey: z.string().max(200).default(''),
  captchaText: z.string().max(200).default(''),
  website: z.string().default(''),
  remember: z.string().default(''),
  asStaff: z.string().default(''),
})

/** A comment as it was understood. */
export type CommentAttempt = z.infer<typeof commentForm>

/** The plea of a writer whose comment was refused. */
export const appealForm = z.object({
  text: z
    .string({ message: 'بنویسید چرا نظرتان باید دوباره بررسی شود.' })
    .pipe(within(LONGEST.appeal, () => `توضیح باید حداکثر ${toPersianDigits(LONGEST.appeal)} نویسه باشد.`))
    .refine((text) => countCharacters(text) >= 2, { message: 'بنویسید چرا نظرتان باید دوباره بررسی شود.' }),
})

/** A vote: 1 agrees, -1 disagrees. */
export const voteForm = z.object({
  value: z
    .string({ message: 'رأی باید موافق یا مخالف باشد.' })
    .transform((value) => toLatinDigits(value).replace('−', '-').trim())
    .refine((value) => value === '1' || value === '-1' || value === '+1', { message: 'رأی باید موافق یا مخالف باشد.' })
    .transform((value): 1 | -1 => (value === '-1' ? -1 : 1)),
})

/** The reasons for which readers may report a comment. */
export const REPORT_REASONS = {
  insult: 'توهین یا سخن زننده',
  accusation: 'نسبت ناروا به کسی یا نهادی',
  'personal-data': 'اطلاعات شخصی دیگران',
  advertising: 'تبلیغ یا هرزنامه',
  'off-topic': 'بی‌ارتباط با خبر',
  other: 'دلیل دیگر',
} as const satisfies Record<string, string>

/** A report of a comment: one of the reasons and, if wished, a few words. */
export const reportForm = z.object({
  reason: z
    .string({ message: 'دلیل گزارش را انتخاب کنید.' })
    .refine((reason) => Object.hasOwn(REPORT_REASONS, reason), { message: 'دلیل گزارش را انتخاب کنید.' }),
  note: within(LONGEST.note, () => `توضیح باید حداکثر ${toPersianDigits(LONGEST.note)} نویسه باشد.`).default(''),
})
