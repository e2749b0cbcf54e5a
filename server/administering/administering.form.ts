import { z } from 'zod'
import { COMMENT_MODE_LABELS } from '../domain/article.ts'
import { cleanInput, toLatinDigits } from '../domain/persian-text/index.ts'
import type { Role } from '../domain/staff.ts'
import { ROLES } from '../domain/staff.ts'

/** The fields of a new member of staff. */
export const STAFF_FORM_FIELDS = ['username', 'name', 'role', 'password'] as const

/** A new member of staff. */
export const staffForm = z.object({
  username: z
    .string({ error: 'نام کاربری را بنویسید.' })
    .transform((value) => cleanInput(value).trim())
    .refine(
      (value) => /^[\p{L}\p{N}._-]{3,40}$/u.test(value),
      'نام کاربری باید ۳ تا ۴۰ حرف، رقم، نقطه یا خط تیره باشد.',
    ),
  name: z
    .string({ error: 'نام را بنویسید.' })
    .transform((value) => cleanInput(value).trim())
    .refine((value) => value.length >= 2 && value.length <= 80, 'نام را بنویسید؛ حداکثر ۸۰ نویسه.'),
  role: z.enum(ROLES as [Role, ...Role[]], 'نقش را انتخاب کنید.'),
  password: z
    .string({ error: 'گذرواژه را بنویسید.' })
    .min(1, 'گذرواژه را بنویسید.')
    .max(256, 'گذرواژه بیش از اندازه بلند است.'),
})

/** A section: the word in its address, its name, its place and its way with comments. */
export const sectionForm = z.object({
  slug: z
    .string({ error: 'نشانی را بنویسید.' })
    .transform((value) => cleanInput(value).trim().toLowerCase())
    .refine((value) => /^[\p{L}\p{N}-]{2,60}$/u.test(value), 'نشانی باید ۲ تا ۶۰ حرف، رقم یا خط تیره باشد.'),
  name: z
    .string({ error: 'نام سرویس را بنویسید.' })
    .transform((value) => cleanInput(value).trim())
    .refine((value) => value.length >= 2 && value.length <= 60, 'نام سرویس را بنویسید؛ حداکثر ۶۰ نویسه.'),
  order: z
    .string({ error: 'جای سرویس در ردیف را با یک عدد بنویسید.' })
    .transform((value) => toLatinDigits(value).trim())
    .refine((value) => /^\d{1,3}$/.test(value), 'جای سرویس در ردیف را با یک عدد بنویسید.')
    .transform(Number),
  commentMode: z
    .enum(
      ['', ...Object.keys(COMMENT_MODE_LABELS)] as ['', keyof typeof COMMENT_MODE_LABELS],
      'شیوهٔ دریافت نظر را انتخاب کنید.',
    )
    .transform((value) => (value === '' ? null : value)),
})
