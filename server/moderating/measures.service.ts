import { setCommentMode } from '../../models/articles.ts'
import type { BlockKind } from '../../models/blocks.ts'
import { setBlock } from '../../models/blocks.ts'
import { findComment, setMasks } from '../../models/comments.ts'
import { similarWaiting, writerHistory } from '../../models/moderation.ts'
import type { CommentMode } from '../domain/article.ts'
import type { Comment } from '../domain/comment.ts'
import { duplicate, similarity } from '../domain/comment-rules/duplicate.ts'
import type { Span } from '../domain/comment-rules/types.ts'
import type { StaffMember } from '../domain/staff.ts'
import { NewsroomError, notFound } from '../errors.ts'

const HOUR_MS = 60 * 60 * 1000
const SIMILAR = 100

/** Every place of these words in a text, overlapping ones joined. */
export function placesOf(words: readonly string[], text: string): Span[] {
  const spans: Span[] = []
  for (const word of words) {
    for (let at = text.indexOf(word); at !== -1 && word !== ''; at = text.indexOf(word, at + word.length)) {
      spans.push([at, at + word.length])
    }
  }
  spans.sort((a, b) => a[0] - b[0])
  const joined: Span[] = []
  for (const [start, end] of spans) {
    const last = joined.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else joined.push([start, end])
  }
  return joined
}

/** Covers words of a comment by «[…]» for readers; the original stays; no words uncovers it. Null when the revision is old. */
export async function maskComment(
  id: string,
  words: string,
  revision: number,
  member: StaffMember,
  now: Date,
): Promise<Comment | null> {
  const comment = await findComment(id)
  if (!comment) throw notFound('comment-unknown', 'این نظر پیدا نشد.')
  const wanted = words
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const masks = placesOf(wanted, comment.body)
  if (wanted.length > 0 && masks.length === 0) {
    throw new NewsroomError('invalid', 'words', 'این واژه‌ها در متن نظر نیست. همان‌گونه که در متن آمده بنویسید.')
  }
  return await setMasks(id, revision, masks, {
    at: now,
    by: { id: member.id, name: member.name },
    from: comment.state,
    to: comment.state,
    act: 'mask',
    rule: null,
    note: masks.length === 0 ? 'پوشش برداشته شد' : '',
  })
}

/** Keeps the writer of a comment, or the whole subnet, from commenting for a time. */
export async function blockWriter(
  id: string,
  block: { kind: BlockKind; hours: number; note: string },
  member: StaffMember,
  now: Date,
): Promise<Date> {
  const comment = await findComment(id)
  const value = comment?.[block.kind] ?? ''
  if (value === '') throw notFound('writer-unknown', 'نشانه‌ای از نویسندهٔ این نظر در دست نیست.')
  const until = new Date(now.getTime() + block.hours * HOUR_MS)
  await setBlock({
    kind: block.kind,
    value,
    until,
    by: { id: member.id, name: member.name },
    note: block.note,
    createdAt: now,
  })
  return until
}

/** Closes or opens the comments of an article. */
export async function setArticleComments(code: number, mode: CommentMode | null): Promise<void> {
  if (!(await setCommentMode(code, mode))) throw notFound('article-unknown', 'این خبر پیدا نشد.')
}

/** What else a moderator wants to know of a comment: how its writer fared, and which waiting comments are nearly the same. */
export async function backgroundOf(comment: Comment) {
  const [writer, similar] = await Promise.all([writerHistory(comment.fingerprint), similarWaiting(comment.id, SIMILAR)])
  const isSame = ({ id, body }: Comment): boolean =>
    id !== comment.id && similarity(body, comment.body) >= duplicate.threshold
  return { writer, similar: similar.filter(isSame) }
}
