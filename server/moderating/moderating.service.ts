import { codesOfSection } from '../../models/article-lists.ts'
import { findByCodes } from '../../models/articles.ts'
import type { DecisionOutcome } from '../../models/comments.ts'
import { claim, countComments, decide, findComment, findComments } from '../../models/comments.ts'
import { queue } from '../../models/queue.ts'
import type { Actor } from '../domain/article.ts'
import type { Claim, Comment, CommentCounts, CommentState } from '../domain/comment.ts'
import { toLatinDigits } from '../domain/persian-text/index.ts'
import { refusalRule } from '../domain/refusal-rules.ts'
import type { StaffMember } from '../domain/staff.ts'
import { isAllowed } from '../domain/staff.ts'
import { NewsroomError, notFound } from '../errors.ts'
import type { DecisionAttempt, QueueAsked } from './moderating.form.ts'

const CLAIM_MS = 2 * 60 * 1000
const UNDO_MS = 10 * 60 * 1000
const PAGE = 50
const SECTION_ARTICLES = 2_000

/** A comment as the queue shows it, with its article and the comment that it answers. */
export interface QueueItem {
  comment: Comment
  article: { code: number; title: string; kicker: string; lead: string; section: string }
  parent: Comment | null
  claimedBy: Actor | null
}

/** One page of the queue with the exact counts of the whole newsroom; `next` is the cursor of the page after, null at the end. */
export interface QueuePage {
  items: QueueItem[]
  next: string | null
  counts: CommentCounts
}

/** The acts of a moderator on one comment. */
export type ModeratorAct = 'approve' | 'refuse' | 'hold'

function actorOf(member: StaffMember): Actor {
  return { id: member.id, name: member.name }
}

/** Who holds a comment at this moment, or null. */
export function livingClaim(held: Claim | null, now: Date): Actor | null {
  return held && held.until.getTime() > now.getTime() ? held.by : null
}

/** Comments with all that a moderator wants to see beside them. */
export async function withSurroundings(comments: Comment[], now: Date): Promise<QueueItem[]> {
  const [articles, parents] = await Promise.all([
    findByCodes([...new Set(comments.map(({ articleCode }) => articleCode))]),
    findComments(comments.flatMap(({ parentId }) => parentId ?? [])),
  ])
  const articleOf = new Map(articles.map((article) => [article.code, article]))
  const parentOf = new Map(parents.map((parent) => [parent.id, parent]))
  return comments.map((comment) => {
    const article = articleOf.get(comment.articleCode)
    return {
      comment,
      article: {
        code: comment.articleCode,
        title: article?.title ?? '',
        kicker: article?.kicker ?? '',
        lead: article?.lead ?? '',
        section: article?.section ?? '',
      },
      parent: comment.parentId === null ? null : (parentOf.get(comment.parentId) ?? null),
      claimedBy: livingClaim(comment.claim, now),
    }
  })
}

function cursorOf(comment: Comment): string {
  return `${comment.inspection.rank}_${comment.createdAt.getTime()}_${comment.id}`
}

function parseCursor(cursor: string): { rank: number; createdAt: Date; id: string } {
  const [, rank = '', at, id = ''] = /^([0-9.e-]{1,30})_(\d{1,15})_([0-9a-f]{24})$/.exec(cursor) ?? []
  if (rank === '' || !Number.isFinite(Number(rank)))
    throw new NewsroomError('bad-request', 'cursor', 'نشانگر صفحه درست نیست.')
  return { rank: Number(rank), createdAt: new Date(Number(at)), id }
}

/** The news code that was asked for; 0, which no article has, for what cannot be one. */
function codeAsked(typed: string): number {
  const latin = toLatinDigits(typed.trim())
  return /^\d{1,15}$/.test(latin) ? Number(latin) : 0
}

/** One page of the queue: waiting comments by rank, then age; decided ones too when their state is asked for. */
export async function openQueue(asked: QueueAsked, now: Date): Promise<QueuePage> {
  const articleCode = asked.article === '' ? undefined : codeAsked(asked.article)
  const after = asked.cursor === '' ? undefined : parseCursor(asked.cursor)
  const codes = asked.section === '' ? undefined : await codesOfSection(asked.section, SECTION_ARTICLES)
  const [comments, counts] = await Promise.all([
    queue({
      states: [asked.state],
      ...(asked.rule === '' ? {} : { rule: asked.rule }),
      ...(articleCode === undefined ? {} : { articleCode }),
      ...(codes === undefined ? {} : { articleCodes: codes }),
      ...(asked.language === '' ? {} : { language: asked.language }),
      ...(asked.score === '' ? {} : { leastRank: Number(asked.score) / 100 }),
      ...(asked.special === '' ? {} : { special: asked.special }),
      ...(after ? { after } : {}),
      limit: PAGE,
    }),
    countComments(),
  ])
  const last = comments.length === PAGE ? comments.at(-1) : undefined
  return { items: await withSurroundings(comments, now), next: last ? cursorOf(last) : null, counts }
}

/** One comment with its surroundings; unknown ids are refused. */
export async function openComment(id: string, now: Date): Promise<QueueItem> {
  const comment = await findComment(id)
  if (!comment) throw notFound('comment-unknown', 'این نظر پیدا نشد.')
  const [item] = await withSurroundings([comment], now)
  return item!
}

function ruleOf(act: ModeratorAct, code: string | undefined) {
  if (act !== 'refuse') return null
  const rule = refusalRule(code ?? '')
  if (!rule) throw new NewsroomError('invalid', 'rule', 'برای رد نظر، یکی از قاعده‌ها را انتخاب کنید.')
  return rule
}

const TARGET = { approve: 'published', refuse: 'refused', hold: 'held' } as const satisfies Record<
  ModeratorAct,
  CommentState
>

/** Decides one comment in one compare-and-set; what a colleague decided first stands unless it is overruled with a reason. */
export async function decideComment(
  id: string,
  act: ModeratorAct,
  attempt: DecisionAttempt,
  member: StaffMember,
  now: Date,
): Promise<DecisionOutcome> {
  const rule = ruleOf(act, attempt.rule)
  const note = (attempt.note ?? '').trim()
  const overrule = attempt.overrule === true
  if (overrule && note === '') throw new NewsroomError('invalid', 'note', 'برای تغییر تصمیم همکار، دلیل را بنویسید.')
  const present = await findComment(id)
  if (!present) return { ok: false, reason: 'unknown' }
  if (present.state === 'held' && !isAllowed(member.roles, 'decide-held-comments')) {
    throw new NewsroomError('forbidden', 'held', 'این نظر به سردبیر ارجاع شده و تصمیم آن با اوست.')
  }
  if (
    present.appeal &&
    act !== 'hold' &&
    present.history.some((step) => step.act === 'refuse' && step.by?.id === member.id)
  ) {
    throw new NewsroomError('forbidden', 'own-appeal', 'به درخواست بازبینی، همکار دیگری رسیدگی می‌کند.')
  }
  const from: CommentState[] = overrule ? ['waiting', 'held', 'published', 'refused'] : ['waiting', 'held']
  return await decide(id, {
    act: overrule ? 'overrule' : act,
    to: TARGET[act],
    from: from.filter((state) => state !== TARGET[act]),
    by: actorOf(member),
    at: now,
    rule,
    note,
    ...(attempt.revision === undefined ? {} : { revision: attempt.revision }),
  })
}

/** Takes back one's own last decision within ten minutes; a chief may take back anybody's. */
export async function undoDecision(
  id: string,
  revision: number | undefined,
  member: StaffMember,
  now: Date,
): Promise<DecisionOutcome> {
  const comment = await findComment(id)
  if (!comment) return { ok: false, reason: 'unknown' }
  const last = comment.history.at(-1)
  if (!last || last.act === 'undo' || comment.state === 'waiting')
    return { ok: false, reason: 'already-decided', comment }
  const own = last.by?.id === member.id
  if (!own && !isAllowed(member.roles, 'decide-held-comments')) {
    throw new NewsroomError('forbidden', 'not-yours', 'این تصمیم از همکار دیگری است.')
  }
  if (now.getTime() - last.at.getTime() > UNDO_MS) {
    throw new NewsroomError('invalid', 'too-late', 'مهلت ده‌دقیقه‌ای بازگرداندن تصمیم گذشته است.')
  }
  return await decide(id, {
    act: 'undo',
    to: last.from,
    from: [comment.state],
    by: actorOf(member),
    at: now,
    rule: null,
    note: '',
    revision: revision ?? comment.revision,
  })
}

/** Claims a comment for two minutes, or renews one's own claim. */
export async function claimComment(id: string, member: StaffMember, now: Date) {
  return await claim(id, { by: actorOf(member), until: new Date(now.getTime() + CLAIM_MS) }, now)
}

/** One line of a batch: what became of one comment. */
export interface BatchResult {
  id: string
  status: 200 | 404 | 409 | 403
  state: CommentState | null
}

/** Decides many comments under one decision; each is a compare-and-set of its own, and each tells what became of it. */
export async function decideBatch(
  ids: string[],
  act: 'approve' | 'refuse',
  rule: string | undefined,
  member: StaffMember,
  now: Date,
): Promise<BatchResult[]> {
  ruleOf(act, rule)
  return await Promise.all(
    [...new Set(ids)].map(async (id): Promise<BatchResult> => {
      try {
        const outcome = await decideComment(id, act, { rule }, member, now)
        if (outcome.ok) return { id, status: 200, state: outcome.comment.state }
        if (outcome.reason === 'unknown') return { id, status: 404, state: null }
        return { id, status: 409, state: outcome.comment.state }
      } catch (error) {
        if (error instanceof NewsroomError && error.kind === 'forbidden') return { id, status: 403, state: null }
        throw error
      }
    }),
  )
}
