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
  next: z.string().max(2000).default('/desk'),
})

/** An address within the desk, or the desk's front when the wish leads elsewhere. */
export function deskAddress(wished: string): string {
  return /^\/desk(?:[/?][\x21-\x7e]*)?$/.test(wished) && !wished.includes('\\') && !wished.startsWith('/desk/sign-')
    ? wished
    : '/desk'
}
