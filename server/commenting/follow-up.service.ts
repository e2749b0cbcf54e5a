import { createHmac, randomBytes } from 'node:crypto'
import { findByCode } from '../../models/articles.ts'
import { findByFollowUp } from '../../models/comments.ts'
import { appeal } from '../../models/threads.ts'
import type { PublicArticle } from '../domain/article.ts'
import { type Comment, publicState } from '../domain/comment.ts'
import { toLatinDigits } from '../domain/persian-text/index.ts'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const LENGTH = 28
const GROUP = 4

/** A fresh follow-up code of 140 random bits, in groups that can be read aloud. */
export function newFollowUpCode(): string {
  const letters = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length])
  return Array.from({ length: LENGTH / GROUP }, (_, i) => letters.slice(i * GROUP, (i + 1) * GROUP).join('')).join('-')
}

/**
 * The key under which a code is stored: a keyed hash, so that neither the store nor the time of a lookup tells a code.
 * Null for what cannot be one; capitals, blanks, Persian digits and the usual slips (o for 0, i or l for 1) are forgiven.
 */
export function followUpKey(secret: Buffer, typed: string): string | null {
  const code = toLatinDigits(typed)
    .toLowerCase()
    .replace(/[\s\u200c\u200e\u200f\u2010-\u2015-]/g, '')
    .replace(/o/g, '0')
    .replace(/[il]/g, '1')
    .replace(/u/g, 'v')
  if (code.length !== LENGTH || [...code].some((letter) => !ALPHABET.includes(letter))) return null
  return createHmac('sha256', secret).update(`follow-up\n${code}`).digest('base64url')
}

/** What became of a comment, for its writer. */
export interface FollowUp {
  comment: Comment
  article: PublicArticle | null
  state: 'waiting' | 'published' | 'refused'
  mayAppeal: boolean
}

/** What became of the comment with this code; null when there is none. */
export async function followUp(secret: Buffer, code: string): Promise<FollowUp | null> {
  const key = followUpKey(secret, code)
  const comment = key === null ? null : await findByFollowUp(key)
  if (!comment) return null
  const state = publicState(comment.state)
  return {
    comment,
    article: await findByCode(comment.articleCode),
    state,
    mayAppeal: state === 'refused' && comment.appeal === null,
  }
}

/** Sends a refused comment back to the queue for another moderator, once; false when it cannot be appealed. */
export async function appealRefusal(secret: Buffer, code: string, text: string, now: Date): Promise<boolean> {
  const key = followUpKey(secret, code)
  return key !== null && (await appeal(key, text, now)) !== null
}
