import { z } from 'zod'
import type { ArticleFields, CommentMode } from '../../domain/article.ts'
import { ARTICLE_KINDS, blankArticle, COMMENT_MODE_LABELS } from '../../domain/article.ts'
import { bodyFromParagraphs, tagsFromInput } from '../../domain/article-text.ts'
import { cleanInput } from '../../domain/persian-text/index.ts'

const text = z.string().max(20_000).default('')

/** One comment of a record; replies hang below it to any depth. */
export interface CommentRecord {
  name?: string | undefined
  body: string
  createdAt: string
  state: 'waiting' | 'published' | 'refused'
  rule?: string | undefined
  agree?: number | undefined
  disagree?: number | undefined
  /** Stretches of `body`, in UTF-16 offsets, that readers see covered. */
  masks?: [number, number][] | undefined
  /** Whether it is the editors' pick. */
  pick?: boolean | undefined
  /** The member of staff who answered in the newsroom's name. */
  staff?: string | undefined
  replies?: CommentRecord[] | undefined
}

const count = z.number().int().nonnegative()
const moment = z.iso.datetime({ offset: true, error: 'must be an ISO moment such as 2016-08-08T13:53:00Z' })

const commentRecord: z.ZodType<CommentRecord> = z.object({
  name: z.string().max(200).optional(),
  body: z.string().min(1).max(20_000),
  createdAt: moment,
  state: z.enum(['waiting', 'published', 'refused']),
  rule: z.string().max(40).optional(),
  agree: count.optional(),
  disagree: count.optional(),
  masks: z.array(z.tuple([count, count])).optional(),
  pick: z.boolean().optional(),
  staff: z.string().max(200).optional(),
  get replies() {
    return z.array(commentRecord).optional()
  },
})

/** One article as the newsroom's JSONL holds it; `body` is plain paragraphs or one string of HTML. */
export const articleRecord = z.object({
  code: z.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  kind: z.enum(Object.keys(ARTICLE_KINDS) as (keyof typeof ARTICLE_KINDS)[]).default('news'),
  kicker: text,
  title: z.string().min(1).max(1_000),
  subtitle: text,
  lead: text,
  body: z.union([z.array(z.string()), z.string()]),
  dateline: text,
  byline: text,
  source: text,
  section: text,
  /** The word in the section's address and its place in the row, for a newsroom that does not have it yet. */
  sectionSlug: z
    .string()
    .regex(/^[\p{L}\p{N}-]{1,60}$/u, 'must be letters, digits and hyphens')
    .optional(),
  sectionOrder: count.optional(),
  tags: z.array(z.string().max(200)).default([]),
  names: z
    .array(
      z.object({
        name: z.string().min(1),
        kind: z.enum(['person', 'body']),
        role: z.string().optional(),
        forms: z.array(z.string()).optional(),
      }),
    )
    .optional(),
  pictureText: text,
  publishedAt: moment,
  withdrawnAt: moment.optional(),
  correctedAt: moment.optional(),
  correctionNote: text,
  commentMode: z.enum(Object.keys(COMMENT_MODE_LABELS) as [CommentMode, ...CommentMode[]]).optional(),
  reads: count.optional(),
  author: z.string().max(200).optional(),
  comments: z.array(commentRecord).default([]),
})

/** One article as the newsroom's JSONL holds it, read. */
export type ArticleRecord = z.infer<typeof articleRecord>

/** A record's article fields, cleaned; the body is HTML, not yet sanitised, and the section still a name. */
export function fieldsOfRecord(record: ArticleRecord): ArticleFields {
  const line = (value: string) =>
    cleanInput(value)
      .replace(/\s*\n\s*/g, ' ')
      .trim()
  return {
    ...blankArticle(),
    kind: record.kind,
    kicker: line(record.kicker),
    title: line(record.title),
    subtitle: line(record.subtitle),
    lead: line(record.lead),
    body: Array.isArray(record.body) ? bodyFromParagraphs(record.body) : record.body,
    dateline: line(record.dateline),
    byline: line(record.byline),
    source: line(record.source),
    section: line(record.section),
    tags: [...new Set(record.tags.flatMap((tag) => tagsFromInput(cleanInput(tag))))],
    names: (record.names ?? []).map(({ name, kind, role, forms }) => ({
      name,
      kind,
      ...(role === undefined ? {} : { role }),
      ...(forms === undefined ? {} : { forms }),
    })),
    pictureText: line(record.pictureText),
  }
}
