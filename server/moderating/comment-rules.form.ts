import { z } from 'zod'
import { COMMENT_MODE_LABELS, type CommentMode } from '../domain/article.ts'
import type { PolicyChange } from '../domain/comment-policy.ts'
import { STRENGTH_LABELS } from '../domain/comment-policy.ts'
import type { Strength } from '../domain/comment-rules/lexicon/types.ts'
import { RULE_CODES, type RuleCode } from '../domain/comment-rules/types.ts'
import type { ListedStrength } from '../domain/comment-rules/word-list.ts'
import { cleanInput, toLatinDigits } from '../domain/persian-text/index.ts'
import { typed } from '../http/form.ts'

const REVISION = /^\d{1,9}$/

const MOST_EXCEPTIONS = 2_000

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
  .max(MOST_EXCEPTIONS, 'استثناها بیش از اندازه بلند است.')
  .default('')
  .transform((value) =>
    value
      .split('\n')
      .map((line) => cleanInput(line).trim())
      .filter((line) => line !== ''),
  )

const wordForm = z.object({
  word,
  strength: z.enum(Object.keys(STRENGTH_LABELS) as [ListedStrength, ...ListedStrength[]]),
  exceptions,
})
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

const short = z
  .string()
  .transform((value) => cleanInput(value).trim().slice(0, 80))
  .catch('')

/** What the page of words is asked for; whatever cannot be read counts as not asked. */
export const wordsQuery = z.object({
  q: short,
  strength: z.enum(['', 'severe', 'insult', 'context'] satisfies (Strength | '')[]).catch(''),
  sense: short,
  page: z
    .string()
    .transform(toLatinDigits)
    .pipe(z.string().regex(/^[1-9]\d{0,4}$/))
    .transform(Number)
    .catch(1),
  word: short,
})

/** The word's form as it was sent, to be shown again; null when another form was. */
export function typedWord(body: unknown): { word: string; strength: ListedStrength; exceptions: string } | null {
  const kept = typed(['change', 'word', 'strength', 'exceptions'], body)
  if (kept.change !== 'word') return null
  const { success, data } = wordForm.shape.strength.safeParse(kept.strength)
  const exceptions = kept.exceptions.slice(0, MOST_EXCEPTIONS)
  return { word: kept.word.slice(0, 80), strength: success ? data : 'insult', exceptions }
}

/** The scores as they were typed, by the names of their fields, to be shown again; null when another form was sent. */
export function typedScores(body: unknown): { section: string; fields: Record<string, string> } | null {
  const { change, section } = typed(['change', 'section'], body)
  const names = RULE_CODES.flatMap((code) => [`hold-${code}`, `refuse-${code}`])
  return change === 'scores' ? { section, fields: typed(names, body) } : null
}
