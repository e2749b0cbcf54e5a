import nodemailer, { type Transporter } from 'nodemailer'
import { findByCode } from '../../models/articles.ts'
import { findComment } from '../../models/comments.ts'
import { isStoreAway } from '../../models/connection.ts'
import { type LetterKind, oweLetterAgain, takeLetter } from '../../models/letters.ts'
import type { Comment } from '../domain/comment.ts'
import type { House } from '../house.ts'
import { answeredLetter, type Letter, publishedLetter, refusedLetter } from './letter-texts.ts'

const LOOK_EVERY_MS = 20_000
const UNDO_MS = 10 * 60_000
const OLDEST_MS = 3 * 24 * 3_600_000
const MOST_AT_ONCE = 50

/** Sends the letters that are owed to writers; a decision is told when it can no longer be undone. Gives the number sent. */
export async function sendDueLetters(house: House, post: Transporter, undoMs = UNDO_MS): Promise<number> {
  const now = house.now().getTime()
  const decided = { after: new Date(now - OLDEST_MS), before: new Date(now - undoMs) }
  const unsent: [id: string, kind: LetterKind][] = []
  let sent = 0
  for (const kind of ['decision', 'answer'] as const) {
    for (let i = 0; i < MOST_AT_ONCE; i++) {
      const comment = await takeLetter(kind, decided)
      if (!comment) break
      const outcome = await sendOne(house, post, kind, comment)
      if (outcome === 'sent') sent++
      else if (outcome === 'failed') unsent.push([comment.id, kind])
    }
  }
  for (const [id, kind] of unsent) await oweLetterAgain(id, kind)
  return sent
}

async function sendOne(
  house: House,
  post: Transporter,
  kind: LetterKind,
  comment: Comment,
): Promise<'sent' | 'needless' | 'failed'> {
  const article = await findByCode(comment.articleCode)
  const receiver = kind === 'decision' ? comment : comment.parentId && (await findComment(comment.parentId))
  if (article?.state !== 'published' || !receiver || receiver.email === '') return 'needless'
  if (kind === 'answer' && receiver.email === comment.email) return 'needless'
  const about = { siteName: house.settings.SITE_NAME, articleTitle: article.title }
  const permalink = `${house.siteUrl}/comments/${comment.id}`
  const letter: Letter =
    kind === 'answer'
      ? answeredLetter(comment, { ...about, address: permalink })
      : comment.state === 'published'
        ? publishedLetter(comment, { ...about, address: permalink })
        : refusedLetter(comment, { ...about, address: `${house.siteUrl}/comments/follow-up` })
  try {
    await post.sendMail({
      from: house.settings.MAIL_FROM,
      to: { name: '', address: receiver.email },
      subject: letter.subject,
      text: letter.text,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    return 'sent'
  } catch (error) {
    house.log.warn({ err: error, comment: comment.id }, 'a letter could not be sent')
    return 'failed'
  }
}

/** The way to the mail server of the settings. */
export function postOf(mailUrl: string): Transporter {
  return nodemailer.createTransport(mailUrl, { disableFileAccess: true, disableUrlAccess: true })
}

/** Looks for owed letters now and then while the newsroom is open; does nothing without MAIL_URL. Gives what stops it. */
export function startLetters(house: House): () => void {
  if (house.settings.MAIL_URL === '') return () => {}
  const post = postOf(house.settings.MAIL_URL)
  let busy = false
  const timer = setInterval(async () => {
    if (busy) return
    busy = true
    try {
      await sendDueLetters(house, post)
    } catch (error) {
      if (!isStoreAway(error)) house.log.error({ err: error }, 'letters could not be looked for')
    }
    busy = false
  }, LOOK_EVERY_MS)
  timer.unref()
  return () => {
    clearInterval(timer)
    post.close()
  }
}
