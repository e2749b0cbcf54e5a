import { z } from 'zod'
import { COMMENT_MODE_LABELS, type CommentMode } from '../domain/article.ts'
import type { PolicyChange } from '../domain/comment-policy.ts'
import { RULE_CODES, type RuleCode } from '../domain/comment-rules/types.ts'
import { cleanInput, toLatinDigits } from '../domain/persian-text/index.ts'

const REVISION = /^\d{1,9}$/

const word = z
  .string({ error: 'واژه را بنویسید.' })
  .transform((value) => cleanInput(value).trim())
  .refine((value) => value.length >= 2 && value.length <= 80, 'واژه را بنویسید؛ حداکثر ۸۰ نویسه.')

const percent = z
  .string()
  .default('')
  .transform((value) => toLatinDigits(value).replace('٪', '').trim())
  .refine((value) => value === '' || (/^\d{1,3}$/.test(value) && +value >= 1 && +value <= 100), {
    message: 'آستانه‌ها باید عددی از ۱ تا ۱۰۰ باشند.',
  })
  .transform((value) => (value === '' ? null : Number(value) / 100))

const exceptions = z
  .string()
  .max(2_000, 'استثناها بیش از اندازه بلند است.')
  .default('')
  .transform((value) =>
    value
      .split('\n')
      .map((line) => cleanInput(line).trim())
      .filter((line) => line !== ''),
  )

const wordForm = z.object({ word, strength: z.enum(['severe', 'insult', 'context', 'off']), exceptions })
const forgetForm = z.object({ word: z.string().min(1).max(80) })
const modeForm = z.object({ mode: z.enum(Object.keys(COMMENT_MODE_LABELS) as [CommentMode, ...CommentMode[]]) })
const scoresForm = z.object({ section: z.string().max(60).default('') }).catchall(z.unknown())

function scoresFrom(body: Record<string, unknown>): PolicyChange {
  const { section } = scoresForm.parse(body)
  const thresholds: Partial<Record<RuleCode, number>> = {}
  const refuse: Partial<Record<RuleCode, number | null>> = {}
  for (const code of RULE_CODES) {
    const hold = percent.parse(body[`hold-${code}`] ?? '')
    if (hold !== null) thresholds[code] = hold
    refuse[code] = percent.parse(body[`refuse-${code}`] ?? '')
  }
  return { kind: 'scores', section, thresholds, refuse: section === '' ? refuse : {} }
}

/** A change of the policy as the page's forms send it, or the sentence that says what is wrong with it. */
export function readChange(body: unknown): { ok: true; change: PolicyChange } | { ok: false; fault: string } {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  try {
    if (fields.change === 'word') return { ok: true, change: { kind: 'word', entry: wordForm.parse(fields) } }
    if (fields.change === 'forget-word') {
      return { ok: true, change: { kind: 'forget-word', word: forgetForm.parse(fields).word } }
    }
    if (fields.change === 'mode') return { ok: true, change: { kind: 'mode', mode: modeForm.parse(fields).mode } }
    if (fields.change === 'scores') return { ok: true, change: scoresFrom(fields) }
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    return { ok: false, fault: error.issues[0]?.message ?? '' }
  }
  return { ok: false, fault: 'درخواست درست نیست؛ صفحه را دوباره باز کنید.' }
}

/** The revision that a form was written on; -1 for none. */
export function revisionSeen(body: unknown): number {
  const seen = typeof body === 'object' && body !== null && 'revision' in body ? String(body.revision) : ''
  return REVISION.test(seen) ? Number(seen) : -1
}
