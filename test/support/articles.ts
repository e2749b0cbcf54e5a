import { importArticle, withdraw } from '../../models/articles.ts'
import { decide } from '../../models/comments.ts'
import { saveSection } from '../../models/sections.ts'
import { blankArticle, type CommentMode, type PublicArticle } from '../../server/domain/article.ts'
import type { Comment } from '../../server/domain/comment.ts'
import { refusalRule } from '../../server/domain/refusal-rules.ts'

/** A published article about a city's budget under this code. */
export async function publishedArticle(code: number, section = 'society'): Promise<PublicArticle> {
  const moment = new Date('2026-11-01T08:00:00Z')
  const { article } = await importArticle(
    {
      ...blankArticle(),
      kicker: 'در نشست علنی',
      title: 'شورای شهر بودجهٔ امسال را بررسی کرد',
      lead: 'اعضای شورای شهر بودجهٔ سال را در نشست علنی بررسی کردند.',
      body: '<p>شهردار گفت بودجهٔ عمرانی افزایش یافته و ساخت پل تازه آغاز شده است.</p>',
      section,
      tags: ['بودجه', 'شورای شهر'],
    },
    { code, slug: 'بودجه', publishedAt: moment, now: moment },
  )
  return article
}

/** An article that was published and taken back. */
export async function withdrawnArticle(code: number): Promise<void> {
  const article = await publishedArticle(code)
  await withdraw(article.id, article.revision, { by: MODERATOR, now: new Date() })
}

/** An article in a section with its own way of taking comments. */
export async function articleInMode(code: number, mode: CommentMode): Promise<PublicArticle> {
  await saveSection({ slug: `mode-${mode}`, name: `سرویس ${mode}`, order: 9, commentMode: mode })
  return await publishedArticle(code, `mode-${mode}`)
}

/** The member of staff in whose name tests decide. */
export const MODERATOR = { id: 'f'.repeat(24), name: 'ناظر آزمون' }

/** Publishes a waiting comment as a moderator does. */
export async function approve(id: string, at: Date): Promise<void> {
  await settle(id, 'published', '', at)
}

/** Refuses a waiting comment under a rule as a moderator does. */
export async function refuse(id: string, rule: string, at: Date): Promise<void> {
  await settle(id, 'refused', rule, at)
}

async function settle(id: string, to: Comment['state'], rule: string, at: Date): Promise<void> {
  const outcome = await decide(id, {
    act: to === 'published' ? 'approve' : 'refuse',
    to,
    from: ['waiting', 'held'],
    by: MODERATOR,
    at,
    rule: refusalRule(rule),
    note: '',
  })
  if (!outcome.ok) throw new Error(`comment ${id} could not be decided: ${outcome.reason}`)
}
