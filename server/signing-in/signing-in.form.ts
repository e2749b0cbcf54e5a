import { z } from 'zod'

/** What the sign-in page sends. */
export const signInForm = z.object({
  username: z
    .string({ error: 'نام کاربری را بنویسید.' })
    .trim()
    .min(1, 'نام کاربری را بنویسید.')
    .max(100, 'نام کاربری بیش از اندازه بلند است.'),
  password: z
    .string({ error: 'گذرواژه را بنویسید.' })
    .min(1, 'گذرواژه را بنویسید.')
    .max(256, 'گذرواژه بیش از اندازه بلند است.'),
  code: z.string().max(20).default(''),
  next: z.string().max(2000).default('/desk'),
})

/** An address within the desk, or the desk's front when the wish leads elsewhere. */
export function deskAddress(wished: string): string {
  return /^\/desk(?:[/?][\x21-\x7e]*)?$/.test(wished) && !wished.includes('\\') && !wished.startsWith('/desk/sign-')
    ? wished
    : '/desk'
}

/** What the page of the second step sends. */
export const codeForm = z.object({
  ticket: z.string().min(1).max(200),
  code: z.string({ error: 'کد را بنویسید.' }).trim().min(1, 'کد را بنویسید.').max(20, 'کد شش رقم دارد.'),
  next: z.string().max(2000).default('/desk'),
})

/** What changes one's own password. */
export const passwordForm = z.object({
  present: z.string({ error: 'گذرواژهٔ کنونی را بنویسید.' }).min(1, 'گذرواژهٔ کنونی را بنویسید.').max(256),
  wanted: z.string({ error: 'گذرواژهٔ تازه را بنویسید.' }).min(1, 'گذرواژهٔ تازه را بنویسید.').max(256),
})

/** What turns two-step sign-in on (with the key that was shown) or off. */
export const twoStepForm = z.object({
  key: z
    .string()
    .regex(/^[A-Z2-7]{32}$/)
    .optional(),
  code: z.string({ error: 'کد را بنویسید.' }).trim().min(1, 'کد را بنویسید.').max(20, 'کد شش رقم دارد.'),
})
