import { importArticle } from '../../../models/articles.ts'
import { createComment } from '../../../models/comments.ts'
import { saveSection } from '../../../models/sections.ts'
import type { Actor, PublicArticle } from '../../domain/article.ts'
import { blankArticle } from '../../domain/article.ts'
import { bodyFromInput, plainText } from '../../domain/article-text.ts'
import type { PreparedArticle } from '../../domain/comment-rules/index.ts'
import { inspect, prepareArticle } from '../../domain/comment-rules/index.ts'
import { findNames } from '../../domain/names/index.ts'
import { slugOf } from '../../domain/news-code.ts'
import { refusalRule } from '../../domain/refusal-rules.ts'
import { safeBody } from '../../domain/safe-html/index.ts'
import type { DemoArticle, DemoComment } from './articles.ts'
import { DEMO_ARTICLES } from './articles.ts'
import { DEMO_SECTIONS } from './sections.ts'

const MINUTE = 60_000

async function loadComment(
  comment: DemoComment,
  context: { article: PublicArticle; prepared: PreparedArticle; moderator: Actor; now: Date },
  parent: { id: string; depth: number; body: string } | null,
): Promise<void> {
  const { article, prepared, moderator, now } = context
  const createdAt = new Date(Math.min(article.publishedAt.getTime() + comment.after * MINUTE, now.getTime() - MINUTE))
  const seenAt = new Date(Math.min(createdAt.getTime() + 6 * MINUTE, now.getTime()))
  const decided = comment.state === 'published' || comment.state === 'refused'
  const rule = comment.state === 'refused' ? refusalRule(comment.rule ?? 'insult') : null
  const stored = await createComment({
    articleCode: article.code,
    parent,
    name: comment.name ?? '',
    email: '',
    body: comment.body,
    createdAt,
    state: comment.state,
    inspection: inspect(
      {
        text: comment.body,
        ...(parent ? { parent: parent.body } : {}),
        ...(comment.name ? { name: comment.name } : {}),
      },
      { article: prepared },
    ),
    rule,
    decidedAt: decided ? seenAt : null,
    decidedBy: decided ? moderator : null,
    history:
      comment.state === 'waiting'
        ? []
        : [
            {
              at: seenAt,
              by: moderator,
              from: 'waiting',
              to: comment.state,
              act: comment.state === 'published' ? 'approve' : comment.state === 'refused' ? 'refuse' : 'hold',
              rule,
              note: '',
            },
          ],
    agree: comment.agree ?? 0,
    disagree: comment.disagree ?? 0,
    fingerprint: '',
    subnet: '',
  })
  for (const reply of comment.replies ?? []) {
    await loadComment(reply, context, { id: stored.id, depth: stored.depth, body: stored.body })
  }
}

async function loadArticle(demo: DemoArticle, { moderator, reporter }: DemoStaff, now: Date): Promise<void> {
  const { kicker, title, subtitle = '', lead, dateline, byline, section, tags, reads } = demo
  const safe = safeBody(bodyFromInput(demo.body.join('\n\n')))
  if (!safe.ok) throw new Error(`demonstration article «${title}»: ${safe.reason}`)
  const body = safe.html
  const fields = {
    ...blankArticle(),
    kind: demo.kind ?? 'news',
    kicker,
    title,
    subtitle,
    lead,
    body,
    dateline,
    byline,
    section,
    tags,
  }
  const names = findNames({ ...fields, body: plainText(body) })
  const { article } = await importArticle(
    { ...fields, kind: fields.kind as NonNullable<DemoArticle['kind']>, names },
    {
      slug: slugOf(title),
      publishedAt: new Date(now.getTime() - demo.age * MINUTE),
      now,
      pastReads: reads,
      author: reporter,
    },
  )
  const prepared = prepareArticle({ kicker, title, lead, body: plainText(body), tags, names })
  for (const comment of demo.comments ?? []) await loadComment(comment, { article, prepared, moderator, now }, null)
}

/** In whose names the demonstration newsroom is written and moderated. */
export interface DemoStaff {
  moderator: Actor
  reporter: Actor
}

/** Loads the demonstration newsroom: sections, a dozen articles and comments in every state, with moments before `now`. */
export async function loadDemo(staff: DemoStaff, now: Date): Promise<void> {
  for (const section of DEMO_SECTIONS) await saveSection(section)
  const oldestFirst = [...DEMO_ARTICLES].sort((a, b) => b.age - a.age)
  for (const article of oldestFirst) await loadArticle(article, staff, now)
}
