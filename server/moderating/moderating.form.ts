import { z } from 'zod'

const word = z.string().max(60)

/** What a decision sends: the rule of a refusal, a note, the revision that was seen, and whether a colleague's decision is to be overruled. */
export const decisionForm = z.object({
  rule: word.optional(),
  note: z.string().max(1_000, 'یادداشت بیش از اندازه بلند است.').optional(),
  revision: z
    .union([
      z.number().int().nonnegative(),
      z
        .string()
        .regex(/^\d{1,9}$/)
        .transform(Number),
    ])
    .optional(),
  overrule: z.union([z.boolean(), z.literal('1').transform(() => true)]).optional(),
})

/** A typed decision. */
export type DecisionAttempt = z.infer<typeof decisionForm>

/** One decision for many comments. */
export const batchForm = z.object({
  ids: z.array(z.string().max(40)).min(1).max(200),
  decision: z.enum(['approve', 'refuse']),
  rule: word.optional(),
})

/** What a mask sends: the words to cover, each on a line, every place of them in the text. */
export const maskForm = z.object({
  words: z.string().max(2_000).default(''),
  revision: z.union([
    z.number().int().nonnegative(),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ]),
})

/** What a block sends: whom, for how many hours, and why. */
export const blockForm = z.object({
  kind: z.enum(['fingerprint', 'subnet']),
  hours: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,4}$/)
        .transform(Number),
    ])
    .pipe(
      z
        .number()
        .int()
        .min(1)
        .max(24 * 30),
    ),
  note: z.string().max(300).default(''),
})

/** How an article takes comments from now on; empty: as its section. */
export const modeForm = z.object({ mode: z.enum(['', 'all-wait', 'flagged-wait', 'closed']) })

/** Which part of the queue a page asks for. */
export const queueForm = z.object({
  state: z.enum(['waiting', 'held', 'published', 'refused']).catch('waiting').default('waiting'),
  rule: word.catch('').default(''),
  article: z.string().max(20).catch('0').default(''),
  section: word.catch('').default(''),
  language: z.enum(['', 'fa', 'fa-Latn', 'ar', 'en', 'azb', 'ckb', 'glk', 'mzn']).catch('').default(''),
  score: z.enum(['', '30', '50', '80']).catch('').default(''),
  special: z.enum(['', 'reports', 'appeals']).catch('').default(''),
  cursor: z.string().max(120).catch('-').default(''),
  open: z.string().max(40).catch('').default(''),
})

/** The part of the queue that a page asks for, read. */
export type QueueAsked = z.infer<typeof queueForm>
