import { countComments, findComment } from '../../models/comments.ts'
import { countRoots, countRootsAfter, repliesUnder, roots, type ThreadSort } from '../../models/threads.ts'
import { type VoteValue, votesOf } from '../../models/votes.ts'
import type { Comment, CommentCounts } from '../domain/comment.ts'
import { maskedText } from '../domain/comment-marks.ts'

/** The most comments that answer no other on one page, and the most answers shown under them. */
export const PAGE_SIZE = 50
const MOST_REPLIES = 500

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

/** A comment with all answers under it, oldest first, on one level. */
export interface ShownThread {
  root: ShownComment
  replies: ShownComment[]
}

/** One page of an article's comments with the three counts. */
export interface ThreadPage {
  counts: CommentCounts
  sort: ThreadSort
  page: number
  pages: number
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

/** One page of the published comments of an article as a given reader ('' for anybody) sees it. */
export async function threadPage(
  articleCode: number,
  query: { sort: ThreadSort; page: number; reader: string; open: boolean; mayPick?: boolean },
): Promise<ThreadPage> {
  const [counts, rootCount] = await Promise.all([countComments(articleCode), countRoots(articleCode)])
  const pages = Math.max(1, Math.ceil(rootCount / PAGE_SIZE))
  const page = Math.min(Math.max(1, query.page), pages)
  const shown = await roots(articleCode, { sort: query.sort, skip: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE })
  const replies = await repliesUnder(
    shown.map(({ id }) => id),
    MOST_REPLIES,
  )
  const all = [...shown, ...replies]
  const mine =
    query.reader === ''
      ? new Map<string, VoteValue>()
      : await votesOf(
          query.reader,
          all.map(({ id }) => id),
        )
  const known = new Map(all.map((comment) => [comment.id, comment]))
  const show = (comment: Comment) => ({
    ...shownComment(comment, mine.get(comment.id) ?? 0, known),
    mayReply: query.open,
    mayPick: query.mayPick ?? false,
  })
  const under = Map.groupBy(replies, (reply) => reply.rootId ?? '')
  return {
    counts,
    sort: query.sort,
    page,
    pages,
    threads: shown.map((root) => ({ root: show(root), replies: (under.get(root.id) ?? []).map(show) })),
  }
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

/** On which page, latest first, a published comment of an article stands; null when it is not published. */
export async function placeOf(id: string): Promise<{ articleCode: number; page: number } | null> {
  const comment = await findComment(id)
  if (comment?.state !== 'published') return null
  const root = comment.rootId === null ? comment : await findComment(comment.rootId)
  if (!root) return null
  const before = await countRootsAfter(comment.articleCode, root.createdAt)
  return { articleCode: comment.articleCode, page: Math.floor(before / PAGE_SIZE) + 1 }
}
