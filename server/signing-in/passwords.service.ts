import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { fold, toLatinDigits } from '../domain/persian-text/index.ts'

const derive = promisify(argon2) as (
  algorithm: 'argon2id',
  parameters: {
    message: string
    nonce: Buffer
    parallelism: number
    tagLength: number
    memory: number
    passes: number
  },
) => Promise<Buffer>

const MEMORY_KIB = 19_456
const PASSES = 2
const LANES = 1

/** One spelling for passwords, so that ي/ی, ك/ک and digits of any kind are the same key press. */
function normal(password: string): string {
  return toLatinDigits(password.normalize('NFKC').replaceAll('ي', 'ی').replaceAll('ك', 'ک'))
}

/** The argon2id hash of a password in PHC form (19 MiB, two passes, as OWASP's password storage sheet asks). */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await derive('argon2id', {
    message: normal(password),
    nonce,
    parallelism: LANES,
    tagLength: 32,
    memory: MEMORY_KIB,
    passes: PASSES,
  })
  const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${base64(nonce)}$${base64(tag)}`
}

/** Whether the password is the one behind the hash, compared in constant time; a hash of another form never matches. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(hash)
  if (!parts) return false
  const [, memory, passes, lanes, nonce, tag] = parts
  const wanted = Buffer.from(tag!, 'base64')
  const found = await derive('argon2id', {
    message: normal(password),
    nonce: Buffer.from(nonce!, 'base64'),
    parallelism: Number(lanes),
    tagLength: wanted.length,
    memory: Number(memory),
    passes: Number(passes),
  })
  return timingSafeEqual(found, wanted)
}

/** What is wrong with a new password, as a Persian sentence, or null when it may be used. */
export function passwordFault(password: string, username: string): string | null {
  const length = [...password].length
  if (length < 12) return 'گذرواژه باید دست‌کم ۱۲ نویسه داشته باشد.'
  if (length > 256) return 'گذرواژه نباید بیش از ۲۵۶ نویسه باشد.'
  if (fold(password).includes(fold(username)) && username.length > 3) return 'نام کاربری نباید بخشی از گذرواژه باشد.'
  if (/^(.)\1+$/u.test(password) || /^(0123456789|1234567890|abcdefghijkl|qwertyuiop)/i.test(normal(password)))
    return 'این گذرواژه را به‌آسانی می‌توان حدس زد.'
  return null
}
