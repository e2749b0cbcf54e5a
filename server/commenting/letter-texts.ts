import type { Comment } from '../domain/comment.ts'
import { maskedText } from '../domain/comment-marks.ts'

/** The words of a letter. */
export interface Letter {
  subject: string
  text: string
}

/** What a letter may speak of. */
export interface LetterAbout {
  siteName: string
  articleTitle: string
  address: string
}

const closing = (siteName: string) =>
  `\nاین نامه خودکار فرستاده شده است، چون هنگام ارسال نظر این نشانی را نوشته بودید.\n${siteName}\n`

/** Tells a writer that the comment was published. */
export function publishedLetter(comment: Comment, { siteName, articleTitle, address }: LetterAbout): Letter {
  return {
    subject: `نظر شما در ${siteName} منتشر شد`,
    text: `سلام\n\nنظر شما دربارهٔ خبر «${articleTitle}» منتشر شد:\n\n${quoted(comment.body)}\n\nدیدن نظر و پاسخ‌ها:\n${address}\n${closing(siteName)}`,
  }
}

/** Tells a writer under which rule the comment was refused. */
export function refusedLetter(comment: Comment, { siteName, articleTitle, address }: LetterAbout): Letter {
  const rule = comment.rule?.text ?? 'این نظر با قواعد انتشار سازگار نبود.'
  return {
    subject: `نتیجهٔ بررسی نظر شما در ${siteName}`,
    text: `سلام\n\nنظر شما دربارهٔ خبر «${articleTitle}» منتشر نشد:\n\n${quoted(comment.body)}\n\nدلیل: ${rule}\n\nبا کد پیگیری خود می‌توانید یک بار بازبینی بخواهید:\n${address}\n${closing(siteName)}`,
  }
}

/** Tells a writer that somebody answered the comment. */
export function answeredLetter(answer: Comment, { siteName, articleTitle, address }: LetterAbout): Letter {
  const name = oneLine(answer.staff?.name ?? answer.name) || 'یکی از خوانندگان'
  return {
    subject: `به نظر شما در ${siteName} پاسخ داده شد`,
    text: `سلام\n\n${name} به نظر شما دربارهٔ خبر «${articleTitle}» پاسخ داد:\n\n${quoted(maskedText(answer.body, answer.masks))}\n\nدیدن گفت‌وگو:\n${address}\n${closing(siteName)}`,
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')
}
