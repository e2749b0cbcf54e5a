import { countComments, findComment } from '../../models/comments.ts'
import {
  countReplies,
  countRoots,
  countRootsAfter,
  repliesUnder,
  roots,
  type ThreadSort,
} from '../../models/threads.ts'
import { type VoteValue, votesOf } from '../../models/votes.ts'
import type { Comment, CommentCounts } from '../domain/comment.ts'
import { maskedText } from '../domain/comment-marks.ts'

/** How many comments that answer no other stand on one page, how many answers under each, and how many on a page of one thread. */
export const PAGE_SIZE = 50
const REPLIES_SHOWN = 5
const REPLIES_OF_ONE = 200

/** The orders of a thread with their Persian names. */
export const SORT_LABELS = {
  new: 'تازه‌ترین',
  old: 'قدیمی‌ترین',
  agreed: 'بیشترین موافق',
  answered: 'بیشترین پاسخ',
} as const satisfies Record<ThreadSort, string>

/** A published comment as readers see it; `answers` names whom a deeper answer speaks to, null for the first level. */
export interface ShownComment {
  id: string
  name: string
  body: string
  createdAt: Date
  agree: number
  disagree: number
  mine: VoteValue | 0
  pick: boolean
  staff: string | null
  answers: { id: string; name: string } | null
  mayReply: boolean
  mayPick: boolean
}

/** A comment with the first answers under it, oldest first, on one level; `replyCount` counts them all. */
export interface ShownThread {
  root: ShownComment
  replies: ShownComment[]
  replyCount: number
}

/** One page of an article's comments with the three counts. */
export interface ThreadPage {
  counts: CommentCounts
  sort: ThreadSort
  page: number
  pages: number
  /** The one thread that the page shows, '' for all. */
  only: string
  threads: ShownThread[]
}

const NOBODY = 'ناشناس'

/** The name under which a comment stands. */
export function shownName(comment: Pick<Comment, 'name' | 'staff'>): string {
  return comment.staff?.name ?? (comment.name || NOBODY)
}

/** The order that an address asks for; the latest first when it asks for none. */
export function sortOf(asked: unknown): ThreadSort {
  return typeof asked === 'string' && Object.hasOwn(SORT_LABELS, asked) ? (asked as ThreadSort) : 'new'
}

/** What a page of comments asks for; `only` names one thread. */
export interface ThreadQuery {
  sort: ThreadSort
  page: number
  reader: string
  open: boolean
  mayPick?: boolean
  only?: string
}

interface Found {
  page: number
  pages: number
  only: string
  threads: { root: Comment; replies: Comment[]; replyCount: number }[]
}

/** One page of the published comments of an article as a given reader ('' for anybody) sees it. */
export async function threadPage(articleCode: number, query: ThreadQuery): Promise<ThreadPage> {
  const [counts, found] = await Promise.all([
    countComments(articleCode),
    oneThread(articleCode, query).then((one) => one ?? manyThreads(articleCode, query)),
  ])
  const all = found.threads.flatMap(({ root, replies }) => [root, ...replies])
  const ids = all.map(({ id }) => id)
  const mine = query.reader === '' ? new Map<string, VoteValue>() : await votesOf(query.reader, ids)
  const known = new Map(all.map((comment) => [comment.id, comment]))
  const show = (comment: Comment) => ({
    ...shownComment(comment, mine.get(comment.id) ?? 0, known),
    mayReply: query.open,
    mayPick: query.mayPick ?? false,
  })
  return {
    ...found,
    counts,
    sort: query.sort,
    threads: found.threads.map(({ root, replies, replyCount }) => ({
      root: show(root),
      replies: replies.map(show),
      replyCount,
    })),
  }
}

async function manyThreads(articleCode: number, query: ThreadQuery): Promise<Found> {
  const pages = Math.max(1, Math.ceil((await countRoots(articleCode)) / PAGE_SIZE))
  const page = Math.min(Math.max(1, query.page), pages)
  const shown = await roots(articleCode, { sort: query.sort, skip: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE })
  const replyCounts = await countReplies(shown.map(({ id }) => id))
  const threads = await Promise.all(
    shown.map(async (root) => {
      const replyCount = replyCounts.get(root.id) ?? 0
      const replies = replyCount === 0 ? [] : await repliesUnder([root.id], REPLIES_SHOWN)
      return { root, replies, replyCount }
    }),
  )
  return { page, pages, only: '', threads }
}

async function oneThread(articleCode: number, query: ThreadQuery): Promise<Found | null> {
  const root = query.only === undefined ? null : await findComment(query.only)
  if (root?.state !== 'published' || root.articleCode !== articleCode || root.rootId !== null) return null
  const replyCount = (await countReplies([root.id])).get(root.id) ?? 0
  const pages = Math.max(1, Math.ceil(replyCount / REPLIES_OF_ONE))
  const page = Math.min(Math.max(1, query.page), pages)
  const replies = await repliesUnder([root.id], REPLIES_OF_ONE, (page - 1) * REPLIES_OF_ONE)
  return { page, pages, only: root.id, threads: [{ root, replies, replyCount }] }
}

function shownComment(
  comment: Comment,
  mine: VoteValue | 0,
  known: Map<string, Comment>,
): Omit<ShownComment, 'mayReply' | 'mayPick'> {
  const parent = comment.parentId === null || comment.parentId === comment.rootId ? null : known.get(comment.parentId)
  return {
    id: comment.id,
    name: shownName(comment),
    body: maskedText(comment.body, comment.masks),
    createdAt: comment.createdAt,
    agree: comment.agree,
    disagree: comment.disagree,
    mine,
    pick: comment.pick,
    staff: comment.staff?.name ?? null,
    answers: parent ? { id: parent.id, name: shownName(parent) } : null,
  }
}

/** Where a published comment stands: its article, the page of all comments, latest first, or the thread that it answers in; null when it is not published. */
export async function placeOf(
  id: string,
): Promise<{ articleCode: number; page: number; thread: string | null } | null> {
  const comment = await findComment(id)
  if (comment?.state !== 'published') return null
  const { articleCode, rootId, createdAt } = comment
  if (rootId !== null) return { articleCode, page: 1, thread: rootId }
  return {
    articleCode,
    page: Math.floor((await countRootsAfter(articleCode, createdAt)) / PAGE_SIZE) + 1,
    thread: null,
  }
}
