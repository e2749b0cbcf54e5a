import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { keepCaptcha, takeCaptcha } from '../../models/captchas.ts'
import { roomUnder, spend } from '../../models/limits.ts'
import { standingOf } from '../../models/threads.ts'
import { askInWords, type Hardness, readAnswer } from '../domain/captcha/index.ts'

const OLDEST_MS = 5 * 60_000
const YOUNGEST_MS = 3_000
const REMEMBER_REFUSALS_MS = 30 * 24 * 3_600_000

/** Whom a challenge is for: the reader's key, the keys of the limits, and whether limits hold. */
export interface Asker {
  reader: string
  limitKeys: readonly string[]
  limited: boolean
}

/** What captchas need from outside: the secret for their hashes, the clock, and who draws. */
export interface CaptchaTools {
  secret: Buffer
  now: Date
  draw: (hardness: Hardness) => Promise<{ digits: string; png: Buffer }>
}

/** A challenge as the page shows it. */
export interface Challenge {
  key: string
  image: string
  question: string
}

/** Whether a reader must answer a challenge: `adaptive` spares those with published comments and no recent refusal. */
export async function captchaNeeded(
  setting: 'always' | 'adaptive' | 'off',
  reader: string,
  now: Date,
): Promise<boolean> {
  if (setting === 'off') return false
  if (setting === 'always' || reader === '') return true
  const { published, refused } = await standingOf(reader, new Date(now.getTime() - REMEMBER_REFUSALS_MS))
  return published === 0 || refused > 0
}

/** Gives out a challenge good for one article (null: any), one reader and one answer; or the seconds to wait. */
export async function issueCaptcha(
  asker: Asker,
  articleCode: number | null,
  tools: CaptchaTools,
): Promise<{ ok: true; challenge: Challenge } | { ok: false; wait: number }> {
  let hardness: Hardness = 'plain'
  if (asker.limited) {
    const wait = await spend('captcha', [...asker.limitKeys, 'all:'])
    if (wait !== null) return { ok: false, wait }
    if ((await roomUnder('captcha-trouble', [asker.limitKeys[0]!])) !== null) hardness = 'hard'
  }
  const { digits, png } = await tools.draw(hardness)
  const key = randomBytes(16).toString('base64url')
  const { question, answer } = askInWords(randomInt)
  const bound = { key, articleCode, reader: asker.reader }
  await keepCaptcha({
    ...bound,
    pictureAnswer: answerHash(tools.secret, bound, digits),
    wordsAnswer: answerHash(tools.secret, bound, answer),
    picture: png,
    issuedAt: tools.now,
    expiresAt: new Date(tools.now.getTime() + OLDEST_MS),
  })
  return { ok: true, challenge: { key, image: `/captcha/${key}.png`, question } }
}

/** The keyed hash under which a right answer is kept: bound to purpose, challenge, article and reader. */
export function answerHash(
  secret: Buffer,
  bound: { key: string; articleCode: number | null; reader: string },
  answer: string,
): string {
  return createHmac('sha256', secret)
    .update(['comment captcha', bound.key, bound.articleCode ?? 'any', bound.reader, answer].join('\n'))
    .digest('base64url')
}

/** Seconds until an address that failed too often may answer again, or null. */
export async function failedTooOften(asker: Asker): Promise<number | null> {
  return asker.limited ? await roomUnder('captcha-failure', [...asker.limitKeys]) : null
}

/** What an answer was; `missing` burns nothing and counts as no failure. */
export type Judgement = 'right' | 'wrong' | 'missing'

/**
 * Judges an answer and burns its challenge whatever the answer was: right only for the reader and article it was given for,
 * between 3 seconds and 5 minutes old, by the picture's digits or by the question in words at its own limit.
 */
export async function judgeCaptcha(
  asker: Asker,
  articleCode: number,
  answer: { key: string; text: string },
  tools: Pick<CaptchaTools, 'secret' | 'now'>,
): Promise<Judgement> {
  if (answer.text.trim() === '') return 'missing'
  if (await isRight(asker, articleCode, answer, tools)) return 'right'
  if (asker.limited) {
    await spend('captcha-failure', [...asker.limitKeys])
    await spend('captcha-trouble', [asker.limitKeys[0]!])
  }
  return 'wrong'
}

async function isRight(
  asker: Asker,
  articleCode: number,
  { key, text }: { key: string; text: string },
  { secret, now }: Pick<CaptchaTools, 'secret' | 'now'>,
): Promise<boolean> {
  const answer = readAnswer(text)
  const taken = /^[\w-]{22}$/.test(key) ? await takeCaptcha(key) : null
  if (!taken || answer === null) return false
  const age = now.getTime() - taken.issuedAt.getTime()
  if (age > OLDEST_MS || (asker.limited && age < YOUNGEST_MS)) return false
  if (taken.articleCode !== null && taken.articleCode !== articleCode) return false
  if (taken.reader !== asker.reader) return false
  const given = Buffer.from(answerHash(secret, taken, answer))
  if (timingSafeEqual(given, Buffer.from(taken.pictureAnswer))) return true
  if (!timingSafeEqual(given, Buffer.from(taken.wordsAnswer))) return false
  return !asker.limited || (await spend('captcha-words', [...asker.limitKeys, 'all:'])) === null
}
