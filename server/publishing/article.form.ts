import { z } from 'zod'
import type { ArticleFields, CommentMode } from '../domain/article.ts'
import { ARTICLE_KINDS, COMMENT_MODE_LABELS } from '../domain/article.ts'
import { bodyFromInput, tagsFromInput } from '../domain/article-text.ts'
import type { ArticleName } from '../domain/comment-rules/types.ts'
import { cleanInput, countCharacters, toLatinDigits, toPersianDigits } from '../domain/persian-text/index.ts'

/** The names of the fields that the desk's article form sends. */
export const ARTICLE_FORM_FIELDS = [
  'kind',
  'kicker',
  'title',
  'subtitle',
  'lead',
  'body',
  'dateline',
  'byline',
  'source',
  'section',
  'tags',
  'names',
  'picture',
  'pictureText',
  'commentMode',
  'correctionNote',
  'revision',
] as const

function line(label: string, longest: number) {
  return z
    .string()
    .default('')
    .transform((value) =>
      cleanInput(value)
        .replace(/\s*\n\s*/g, ' ')
        .trim(),
    )
    .refine(
      (value) => countCharacters(value) <= longest,
      `${label} نباید بیش از ${toPersianDigits(longest)} نویسه باشد.`,
    )
}

/** Names typed one a line: «نام» or «نام | سمت»; a line that starts with «نهاد:» names a body. */
export function namesFromInput(typed: string): ArticleName[] {
  return typed
    .split('\n')
    .map((row) => row.trim())
    .filter((row) => row !== '')
    .map((row) => {
      const body = /^نهاد\s*[:：]\s*/.exec(row)
      const [name = '', role = ''] = row
        .slice(body?.[0].length ?? 0)
        .split('|')
        .map((part) => part.trim())
      return { name, kind: body ? ('body' as const) : ('person' as const), ...(role === '' ? {} : { role }) }
    })
    .filter(({ name }) => name !== '')
}

/** Names as the desk's field shows them. */
export function namesToInput(names: readonly ArticleName[]): string {
  return names
    .map(({ name, kind, role }) => `${kind === 'body' ? 'نهاد: ' : ''}${name}${role ? ` | ${role}` : ''}`)
    .join('\n')
}

/** A typed article: its fields (the body not yet sanitised), its own way with comments, the note of a correction, the revision it was written on. */
export interface ArticleAttempt {
  fields: ArticleFields
  commentMode: CommentMode | null
  /** The id of a picture in the archive; '' for none. */
  picture: string
  correctionNote: string
  revision: number
}

/** The schema of the desk's article form, with a Persian sentence for every fault. */
export const articleForm: z.ZodType<ArticleAttempt> = z
  .object({
    kind: z
      .enum(Object.keys(ARTICLE_KINDS) as (keyof typeof ARTICLE_KINDS)[], 'نوع مطلب را انتخاب کنید.')
      .default('news'),
    kicker: line('روتیتر', 150),
    title: line('تیتر', 200).refine((value) => value !== '', 'تیتر را بنویسید.'),
    subtitle: line('سوتیتر', 300),
    lead: line('لید', 1000),
    body: z
      .string()
      .default('')
      .refine((value) => value.length <= 400_000, 'متن خبر بیش از اندازه بلند است.')
      .transform(cleanInput),
    dateline: line('مبدأ خبر', 60),
    byline: line('نام نویسنده', 120),
    source: line('منبع', 120),
    section: line('سرویس', 80),
    tags: z
      .string()
      .default('')
      .transform((value) => tagsFromInput(cleanInput(value)))
      .refine((tags) => tags.length <= 20, 'بیش از ۲۰ برچسب پذیرفته نمی‌شود.')
      .refine((tags) => tags.every((tag) => countCharacters(tag) <= 60), 'هر برچسب باید کوتاه‌تر از ۶۰ نویسه باشد.'),
    names: z
      .string()
      .default('')
      .refine((value) => value.length <= 20_000, 'فهرست نام‌ها بیش از اندازه بلند است.')
      .transform((value) => namesFromInput(cleanInput(value))),
    picture: z
      .string()
      .default('')
      .refine((value) => /^(?:[0-9a-f]{24})?$/.test(value), 'این تصویر در بایگانی نیست.'),
    pictureText: line('شرح تصویر', 300),
    commentMode: z
      .enum(['', ...(Object.keys(COMMENT_MODE_LABELS) as CommentMode[])], 'شیوهٔ دریافت نظر را انتخاب کنید.')
      .default(''),
    correctionNote: line('یادداشت اصلاح', 400),
    revision: z
      .string()
      .default('0')
      .transform((value) => toLatinDigits(value.trim()))
      .refine((value) => /^\d{0,9}$/.test(value), 'شمارهٔ نسخه درست نیست؛ صفحه را دوباره باز کنید.')
      .transform(Number),
  })
  .transform(({ commentMode, correctionNote, revision, body, picture, ...rest }) => ({
    fields: { ...rest, body: bodyFromInput(body) },
    commentMode: commentMode === '' ? null : commentMode,
    picture,
    correctionNote,
    revision,
  }))
