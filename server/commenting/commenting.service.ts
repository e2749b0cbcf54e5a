import { findByCode } from '../../models/articles.ts'
import { blockedUntil } from '../../models/blocks.ts'
import { createComment, findComment } from '../../models/comments.ts'
import { roomUnder, spend } from '../../models/limits.ts'
import { allSections } from '../../models/sections.ts'
import { sentBefore, textsLike } from '../../models/threads.ts'
import type { Actor, CommentMode, PublicArticle } from '../domain/article.ts'
import type { Comment, CommentState } from '../domain/comment.ts'
import { markedText, type Stretch } from '../domain/comment-marks.ts'
import type { Finding, Inspection } from '../domain/comment-rules/types.ts'
import { duplicateKeys } from '../domain/near-duplicates.ts'
import { toPersianDigits } from '../domain/persian-text/index.ts'
import { REFUSAL_RULES } from '../domain/refusal-rules.ts'
import { NewsroomError, notFound } from '../errors.ts'
import { type Asker, type CaptchaTools, failedTooOften, judgeCaptcha } from './captcha.service.ts'
import type { CommentAttempt } from './comment.form.ts'
import { currentPolicy } from './comment-policy.service.ts'
import { followUpKey, newFollowUpCode } from './follow-up.service.ts'
import { inspectComment } from './inspecting.service.ts'

const SAME_TEXT_MS = 24 * 3_600_000
const SIMILAR_MS = 7 * 24 * 3_600_000

/** The article that a reader may comment on; unknown, withdrawn and closed ones are refused with their own sentences. */
export async function articleToComment(code: number, now: Date): Promise<OpenArticle> {
  const article = await articleOf(code)
  const mode = await commentModeOf(article, now)
  if (mode === 'closed') {
    throw new NewsroomError('conflict', 'comments-closed', 'دریافت نظر برای این خبر بسته شده است.')
  }
  return { article, mode }
}

/** An article that takes comments, and how they reach readers. */
export interface OpenArticle {
  article: PublicArticle
  mode: CommentMode
}

/** The published article with this code; a withdrawn one is refused as gone. */
export async function articleOf(code: number): Promise<PublicArticle> {
  const article = await findByCode(code)
  if (!article) throw notFound('article-unknown', 'خبری با این کد پیدا نشد.')
  if (article.state === 'withdrawn') {
    throw new NewsroomError('gone', 'article-withdrawn', 'این خبر از دسترس خارج شده است و نظری برای آن پذیرفته نمی‌شود.')
  }
  return article
}

/** How comments on an article reach readers: its own way, else its section's, else the newsroom's. */
export async function commentModeOf(article: PublicArticle, now: Date): Promise<CommentMode> {
  if (article.commentMode) return article.commentMode
  const section = (await allSections()).find(({ slug }) => slug === article.section)
  return section?.commentMode ?? (await currentPolicy(now)).policy.mode
}

/** One finding as its writer sees it: the rule with its published sentence and the places in the writer's own words. */
export interface ShownFinding {
  rule: string
  label: string
  text: string
  spans: Finding['spans']
}

/** Everything that a comment comes with. */
export interface Submission extends OpenArticle {
  attempt: CommentAttempt
  asker: Asker
  fingerprint: string
  subnet: string
  captchaDemanded: boolean
  /** A member of staff who answers in the newsroom's name. */
  staff: Actor | null
}

/** What became of a comment that was sent. */
export type Submitted =
  | { ok: true; followUp: string; comment: Comment }
  | { ok: false; reason: 'too-many'; wait: number }
  | { ok: false; reason: 'blocked'; wait: number }
  | { ok: false; reason: 'faults'; faults: Record<string, string> }
  | { ok: false; reason: 'rewrite'; findings: ShownFinding[]; marked: Stretch[] }

const CAPTCHA_FAULTS = {
  wrong: 'پاسخ تصویر درست نبود. تصویر تازه‌ای آمده است؛ متن شما سر جایش است.',
  missing: 'عددی را که در تصویر می‌بینید بنویسید.',
}

/** Takes a reader's comment: limits, captcha, the comment that it answers, the rules with one chance to rewrite, then the queue. */
export async function submitComment(
  submission: Submission,
  tools: Pick<CaptchaTools, 'secret' | 'now'>,
): Promise<Submitted> {
  const { attempt, asker, article } = submission
  const limitKeys = [...asker.limitKeys, `pause:${asker.limitKeys[0]}`, `article:${article.code}`, 'all:']
  const blocked = await blockedFor(submission, tools.now)
  if (blocked !== null) return { ok: false, reason: 'blocked', wait: blocked }
  const wait = (await failedTooOften(asker)) ?? (asker.limited ? await roomUnder('comment', limitKeys) : null)
  if (wait !== null) return { ok: false, reason: 'too-many', wait }

  const faults: Record<string, string> = {}
  const human = await looksHuman(submission, tools)
  if (human !== 'right') faults.captchaText = CAPTCHA_FAULTS[human]
  const parent = await parentOf(attempt.parentId, article.code)
  if (parent === undefined) faults.parentId = 'نظری که به آن پاسخ می‌دهید دیگر در دسترس نیست.'
  const keys = duplicateKeys(attempt.body)
  if (asker.limited && !faults.captchaText && (await isRepeated(submission, keys[0]!, tools.now))) {
    faults.body = 'همین نظر را پیش‌تر برای این خبر فرستاده‌اید.'
  }
  if (Object.keys(faults).length > 0) return { ok: false, reason: 'faults', faults }

  const { body, name } = attempt
  const recent = await textsLike(keys, submission.fingerprint, new Date(tools.now.getTime() - SIMILAR_MS))
  const text = { text: body, name, ...(parent ? { parent: parent.body } : {}) }
  const inspection = await inspectComment(text, article, recent, tools.now)
  if (inspection.verdict === 'refuse' && !submission.staff && (await mayRewrite(asker, article.code))) {
    return rewriteNotice(body, inspection)
  }
  const full = asker.limited ? await spend('comment', limitKeys) : null
  if (full !== null) return { ok: false, reason: 'too-many', wait: full }
  return await store(submission, { parent: parent ?? null, inspection, keys }, tools)
}

async function blockedFor(writer: Submission, now: Date): Promise<number | null> {
  const until = await blockedUntil(writer, now)
  return until && Math.ceil((until.getTime() - now.getTime()) / 1000)
}

/** A filled trap and a wrong answer get the same sentence. */
async function looksHuman(
  { attempt, asker, article, captchaDemanded }: Submission,
  tools: Pick<CaptchaTools, 'secret' | 'now'>,
): Promise<'right' | 'wrong' | 'missing'> {
  const judged = captchaDemanded
    ? await judgeCaptcha(asker, article.code, { key: attempt.captchaKey, text: attempt.captchaText }, tools)
    : 'right'
  return judged === 'right' && attempt.website !== '' ? 'wrong' : judged
}

async function parentOf(parentId: string, articleCode: number): Promise<Comment | null | undefined> {
  if (parentId === '') return null
  const parent = await findComment(parentId)
  return parent?.state === 'published' && parent.articleCode === articleCode ? parent : undefined
}

async function isRepeated({ article, fingerprint }: Submission, textKey: string, now: Date): Promise<boolean> {
  return await sentBefore(article.code, fingerprint, textKey, new Date(now.getTime() - SAME_TEXT_MS))
}

/** One notice for a reader and article, few for an address: whoever probes the rules learns nothing more. */
async function mayRewrite(asker: Asker, articleCode: number): Promise<boolean> {
  const thread = `thread:${asker.reader || asker.limitKeys[0]}:${articleCode}`
  return (await spend('rewrite', [thread, ...(asker.limited ? asker.limitKeys : [])])) === null
}

function rewriteNotice(body: string, inspection: Inspection): Submitted {
  const findings = inspection.findings.map(({ rule, spans }) => ({
    rule,
    label: REFUSAL_RULES[rule].label,
    text: REFUSAL_RULES[rule].text,
    spans: spans.filter(([start, end]) => start >= 0 && end <= body.length && start < end),
  }))
  return { ok: false, reason: 'rewrite', findings, marked: markedText(body, inspection.findings) }
}

async function store(
  { attempt, asker, article, mode, fingerprint, subnet, staff }: Submission,
  found: { parent: Comment | null; inspection: Inspection; keys: string[] },
  { secret, now }: Pick<CaptchaTools, 'secret' | 'now'>,
): Promise<Submitted> {
  const { parent, inspection, keys } = found
  const atOnce = staff !== null || (mode === 'flagged-wait' && inspection.verdict === 'clean')
  const state: CommentState = atOnce ? 'published' : 'waiting'
  const code = newFollowUpCode()
  const comment = await createComment({
    articleCode: article.code,
    parent: parent && { id: parent.id, depth: parent.depth, rootId: parent.rootId },
    name: staff?.name ?? attempt.name,
    email: attempt.email,
    body: attempt.body,
    createdAt: now,
    state,
    inspection,
    ...(atOnce ? published(now, staff) : {}),
    staff,
    fingerprint,
    subnet,
    ...(asker.reader === '' ? {} : { reader: asker.reader }),
    ...lettersOwed(attempt.email, parent, staff),
    followUpKey: followUpKey(secret, code)!,
    duplicateKeys: keys,
  })
  return { ok: true, followUp: code, comment }
}

function lettersOwed(email: string, parent: Comment | null, staff: Actor | null): { letters?: string[] } {
  const letters = [
    ...(email !== '' && !staff ? ['decision'] : []),
    ...(parent && parent.email !== '' ? ['answer'] : []),
  ]
  return letters.length > 0 ? { letters } : {}
}

function published(now: Date, by: Actor | null) {
  const step = { at: now, by, from: 'waiting', to: 'published', act: 'rules', rule: null, note: '' } as const
  return { decidedAt: now, decidedBy: by, history: [step] }
}

function waitingTime(seconds: number): string {
  const [number, unit] =
    seconds < 90
      ? [seconds, 'ثانیهٔ']
      : seconds < 5400
        ? [Math.ceil(seconds / 60), 'دقیقهٔ']
        : [Math.ceil(seconds / 3600), 'ساعت']
  return `${toPersianDigits(number)} ${unit}`
}

/** The sentence for whoever must wait. */
export function waitSentence(seconds: number): string {
  return `در زمان کوتاهی درخواست‌های زیادی رسیده است. لطفاً ${waitingTime(seconds)} دیگر دوباره تلاش کنید.`
}

/** The sentence for whoever wrote a comment and must wait. */
export function commentWaitSentence(seconds: number): string {
  return `در زمان کوتاهی درخواست‌های زیادی رسیده است. لطفاً ${waitingTime(seconds)} دیگر دوباره بفرستید؛ متن شما سر جایش است.`
}

/** The sentence for whoever a moderator keeps from commenting for a time. */
export function blockedSentence(seconds: number): string {
  return `ارسال نظر از سوی شما به تصمیم تحریریه برای مدتی بسته است. لطفاً ${waitingTime(seconds)} دیگر دوباره بفرستید؛ متن شما سر جایش است.`
}
