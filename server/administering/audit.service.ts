import { latestActs } from '../../models/acts.ts'
import { policyHistory } from '../../models/comment-policy.ts'
import { latestPictures } from '../../models/media.ts'
import { latestSteps } from '../../models/moderation.ts'
import { latestRevisions } from '../../models/revisions.ts'
import { ARTICLE_STATE_LABELS } from '../domain/article.ts'
import { COMMENT_STATE_LABELS } from '../domain/comment.ts'
import { articlePath } from '../domain/news-code.ts'

/** The rooms whose acts are told, with their Persian words. */
export const AUDIT_ROOMS = {
  comments: 'نظرها',
  articles: 'مطالب',
  rules: 'قاعده‌ها',
  pictures: 'تصویرها',
  staff: 'سامانه',
} as const satisfies Record<string, string>

/** One of the rooms. */
export type AuditRoom = keyof typeof AUDIT_ROOMS

/** One act of staff as the page tells it; `href` leads to what it was done to, '' where that is nowhere. */
export interface Told {
  at: Date
  by: string
  room: AuditRoom
  what: string
  href: string
}

const ACTS: Record<string, string> = {
  undo: 'تصمیم بازگردانده شد',
  overrule: 'تصمیم همکار تغییر کرد',
  mask: 'پوشش واژه‌ها تغییر کرد',
  requeue: 'پس از اصلاح خبر به صف بازگشت',
}

async function ofComments(limit: number): Promise<Told[]> {
  return (await latestSteps(limit)).map(({ at, by, act, to, rule, note, commentId }) => {
    const parts = [ACTS[act], COMMENT_STATE_LABELS[to], rule?.text, note].filter((part) => part)
    const href = `/desk/moderation?state=${to}&open=${commentId}`
    return { at, by: by?.name ?? '', room: 'comments', what: `نظر: ${parts.join(' · ')}`, href }
  })
}

async function ofArticles(limit: number): Promise<Told[]> {
  return (await latestRevisions(limit)).map(({ at, by, article }) => ({
    at,
    by: by?.name ?? 'سامانه',
    room: 'articles',
    what: `«${article.title}»: ${ARTICLE_STATE_LABELS[article.state]}`,
    // Admins do not edit articles: they see what readers see.
    href:
      article.code !== null && article.state === 'published'
        ? articlePath({ code: article.code, slug: article.slug })
        : '',
  }))
}

async function ofRules(limit: number): Promise<Told[]> {
  const steps = (await policyHistory()).slice(0, limit)
  return steps.map(({ at, by, what }) => ({ at, by: by.name, room: 'rules', what, href: '/desk/moderation/rules' }))
}

async function ofPictures(limit: number): Promise<Told[]> {
  return (await latestPictures(limit)).map(({ at, by, caption }) => ({
    at,
    by: by.name,
    room: 'pictures',
    what: `تصویر تازه: ${caption}`,
    href: '/desk/media',
  }))
}

async function ofStaff(limit: number): Promise<Told[]> {
  return (await latestActs(limit)).map(({ at, by, what }) => ({ at, by: by.name, room: 'staff', what, href: '' }))
}

const SOURCES = {
  comments: ofComments,
  articles: ofArticles,
  rules: ofRules,
  pictures: ofPictures,
  staff: ofStaff,
} satisfies Record<AuditRoom, (limit: number) => Promise<Told[]>>

/** What staff did last, latest first, in one room or in all; told from where each act is kept, so that nothing is kept twice. */
export async function latestToAudit(room: AuditRoom | null, limit: number): Promise<Told[]> {
  const sources = room === null ? Object.values(SOURCES) : [SOURCES[room]]
  const told = await Promise.all(sources.map((source) => source(limit)))
  return told
    .flat()
    .sort((one, other) => other.at.getTime() - one.at.getTime())
    .slice(0, limit)
}
