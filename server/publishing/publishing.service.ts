import { listForDesk } from '../../models/article-lists.ts'
import {
  createDraft,
  findById,
  publish as publishStored,
  saveFields,
  withdraw as withdrawStored,
} from '../../models/articles.ts'
import { findPicture } from '../../models/media.ts'
import type { ArticleRevision } from '../../models/revisions.ts'
import { revisionsOf } from '../../models/revisions.ts'
import { allSections } from '../../models/sections.ts'
import type { Actor, Article, ArticleFields, ArticleState, PublicArticle } from '../domain/article.ts'
import { plainText } from '../domain/article-text.ts'
import type { ArticleName } from '../domain/comment-rules/types.ts'
import { findNames } from '../domain/names/index.ts'
import { slugOf } from '../domain/news-code.ts'
import type { Picture } from '../domain/picture.ts'
import { safeBody } from '../domain/safe-html/index.ts'
import type { StaffMember } from '../domain/staff.ts'
import { isAllowed } from '../domain/staff.ts'
import { NewsroomError } from '../errors.ts'
import { requeueQuoting } from '../moderating/requeuing.service.ts'
import type { ArticleAttempt } from './article.form.ts'

/** Faults of an article that keep it from being saved or published, by field. */
export type Refusal =
  | { ok: false; reason: 'faults'; faults: Record<string, string> }
  | { ok: false; reason: 'changed'; article: Article }

/** A saved article, or why not. */
export type SaveOutcome = { ok: true; article: Article } | Refusal

function actorOf(member: StaffMember): Actor {
  return { id: member.id, name: member.name }
}

function gone(): NewsroomError {
  return new NewsroomError('not-found', 'article-unknown', 'این مطلب پیدا نشد.')
}

/** The article for its author or for those who may edit any; others are told that it is not theirs. */
export async function openArticle(id: string, member: StaffMember): Promise<Article> {
  const article = await findById(id)
  if (!article) throw gone()
  const own = article.author?.id === member.id
  if (!own && !isAllowed(member.roles, 'edit-any-article')) {
    throw new NewsroomError('forbidden', 'not-your-article', 'این مطلب از همکار دیگری است و ویرایش آن با دبیر است.')
  }
  return article
}

/** The names that an article speaks of, found in its text; the reporter edits them afterwards. */
export function namesIn(fields: ArticleFields): ArticleName[] {
  return findNames({
    kicker: fields.kicker,
    title: fields.title,
    lead: fields.lead,
    body: plainText(fields.body),
    tags: fields.tags,
  })
}

const BODY_FAULTS = {
  'too-long': 'متن خبر بیش از اندازه بلند است.',
  'too-many-tags': 'متن خبر بیش از اندازه نشانهٔ قالب‌بندی دارد.',
  'too-deep': 'قالب‌بندی متن خبر بیش از اندازه تودرتو است.',
} as const

/** A picture as articles carry it, without what only the archive needs to know; null for none, undefined for one that is not there. */
async function pictureOf(id: string): Promise<Picture | null | undefined> {
  if (id === '') return null
  const found = await findPicture(id)
  return found ? { id: found.id, width: found.width, height: found.height, widths: found.widths } : undefined
}

async function checked(
  attempt: ArticleAttempt,
): Promise<{ fields: ArticleFields; picture: Picture | null; faults: Record<string, string> }> {
  const faults: Record<string, string> = {}
  const safe = safeBody(attempt.fields.body)
  if (!safe.ok) faults.body = BODY_FAULTS[safe.reason]
  const fields = { ...attempt.fields, body: safe.ok ? safe.html : '' }
  if (fields.section !== '') {
    const sections = await allSections()
    const found = sections.find(({ slug, name }) => slug === fields.section || name === fields.section)
    if (found) fields.section = found.slug
    else faults.section = 'این سرویس در فهرست سرویس‌ها نیست.'
  }
  const picture = await pictureOf(attempt.picture)
  if (picture === undefined) faults.picture = 'این تصویر در بایگانی نیست.'
  return { fields, picture: picture ?? null, faults }
}

/** Starts an article: saved as a draft of its writer, or the faults that stand in the way. */
export async function startArticle(attempt: ArticleAttempt, member: StaffMember, now: Date): Promise<SaveOutcome> {
  const { fields, picture, faults } = await checked(attempt)
  if (Object.keys(faults).length > 0) return { ok: false, reason: 'faults', faults }
  const article = await createDraft(fields, {
    author: actorOf(member),
    slug: slugOf(fields.title),
    now,
    commentMode: attempt.commentMode,
    picture,
  })
  return { ok: true, article }
}

/** Saves an article on the revision that it was written on; a colleague's newer version is never overwritten; comments that quote what a public article no longer says go back to the queue. */
export async function saveArticle(
  id: string,
  attempt: ArticleAttempt,
  member: StaffMember,
  now: Date,
): Promise<SaveOutcome> {
  const before = await openArticle(id, member)
  const { fields, picture, faults } = await checked(attempt)
  if (before.state === 'published') Object.assign(faults, missingForReaders(fields))
  if (Object.keys(faults).length > 0) return { ok: false, reason: 'faults', faults }
  const saved = await saveFields(id, attempt.revision, fields, {
    by: actorOf(member),
    slug: slugOf(fields.title),
    now,
    commentMode: attempt.commentMode,
    picture,
    ...(before.state === 'published' && attempt.correctionNote !== ''
      ? { correction: { note: attempt.correctionNote } }
      : {}),
  })
  if (saved) {
    if (saved.code !== null) await requeueQuoting(saved.code, before, saved, actorOf(member), now)
    return { ok: true, article: saved }
  }
  const present = await findById(id)
  if (!present) throw gone()
  return { ok: false, reason: 'changed', article: present }
}

function missingForReaders(fields: Pick<ArticleFields, 'title' | 'body' | 'section'>): Record<string, string> {
  const faults: Record<string, string> = {}
  if (fields.title === '') faults.title = 'تیتر را بنویسید.'
  if (plainText(fields.body) === '') faults.body = 'متن خبر را بنویسید.'
  if (fields.section === '') faults.section = 'سرویس را انتخاب کنید.'
  return faults
}

/** Publishes an article: it gets the next free news code, or keeps the one it has; names are found when the reporter gave none. */
export async function publishArticle(
  id: string,
  revision: number,
  member: StaffMember,
  now: Date,
): Promise<SaveOutcome> {
  let article = await openArticle(id, member)
  if (article.state === 'published') return { ok: false, reason: 'changed', article }
  const faults = missingForReaders(article)
  if (Object.keys(faults).length > 0) return { ok: false, reason: 'faults', faults }
  if (article.revision === revision && article.names.length === 0) {
    const names = namesIn(article)
    if (names.length > 0) {
      const named = await saveFields(
        id,
        revision,
        { ...fieldsOf(article), names },
        {
          by: actorOf(member),
          slug: article.slug,
          now,
          commentMode: article.commentMode,
          picture: article.picture,
        },
      )
      if (named) article = named
    }
  } else if (article.revision !== revision) {
    return { ok: false, reason: 'changed', article }
  }
  const published = await publishStored(id, article.revision, { by: actorOf(member), now })
  if (published) return { ok: true, article: published }
  return { ok: false, reason: 'changed', article: (await findById(id)) ?? article }
}

/** The fields of an article alone. */
export function fieldsOf(article: Article): ArticleFields {
  const { kind, kicker, title, subtitle, lead, body, dateline, byline, source, section, tags, names, pictureText } =
    article
  return { kind, kicker, title, subtitle, lead, body, dateline, byline, source, section, tags, names, pictureText }
}

/** Takes a published article back: its page answers 410 and its code is never given again. */
export async function withdrawArticle(
  id: string,
  revision: number,
  member: StaffMember,
  now: Date,
): Promise<PublicArticle | null> {
  await openArticle(id, member)
  return await withdrawStored(id, revision, { by: actorOf(member), now })
}

/** The desk's list for a member: one's own articles, or everybody's for those who may edit any. */
export async function listArticles(
  member: StaffMember,
  query: { state?: ArticleState; mine: boolean; before?: Date },
): Promise<Article[]> {
  const everybody = isAllowed(member.roles, 'edit-any-article') && !query.mine
  return await listForDesk({
    ...(query.state === undefined ? {} : { state: query.state }),
    ...(query.before === undefined ? {} : { before: query.before }),
    ...(everybody ? {} : { authorId: member.id }),
    limit: 50,
  })
}

/** The versions of an article, latest first. */
export async function articleHistory(id: string, member: StaffMember): Promise<ArticleRevision[]> {
  await openArticle(id, member)
  return await revisionsOf(id, 50)
}
