import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { toLatinDigits } from '../domain/persian-text/index.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const STEP_SECONDS = 30
const TICKET_MS = 5 * 60_000

/** Bytes in base32 (RFC 4648) without padding, as authenticator apps take them. */
export function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)))
}

/** A fresh key of 160 random bits in base32. */
export function newTwoStepKey(): string {
  return base32(randomBytes(20))
}

/** The six digits of a key at one step of thirty seconds (RFC 6238, SHA-1, as authenticator apps count). */
export function codeAt(key: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', fromBase32(key)).update(counter).digest()
  const number = mac.readUInt32BE(mac.at(-1)! & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

/** The step to which a typed code belongs, now or one step before or after; null for a wrong one. Any digits, blanks forgiven. */
export function stepOf(key: string, typed: string, now: Date): number | null {
  const code = toLatinDigits(typed).replace(/\s/g, '')
  if (!/^\d{6}$/.test(code)) return null
  const present = Math.floor(now.getTime() / 1000 / STEP_SECONDS)
  let found: number | null = null
  for (const step of [present - 1, present, present + 1]) {
    if (timingSafeEqual(Buffer.from(codeAt(key, step)), Buffer.from(code))) found = step
  }
  return found
}

function derived(secret: Buffer, purpose: string): Buffer {
  return createHmac('sha256', secret).update(`two-step ${purpose}`).digest()
}

/** A key as it is stored: sealed with the newsroom's secret. */
export function sealKey(secret: Buffer, key: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', derived(secret, 'key'), nonce)
  const sealed = Buffer.concat([cipher.update(key, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** The key within what is stored; null when it was altered or sealed with another secret. */
export function openKey(secret: Buffer, stored: string): string | null {
  try {
    const bytes = Buffer.from(stored, 'base64url')
    const cipher = createDecipheriv('aes-256-gcm', derived(secret, 'key'), bytes.subarray(0, 12))
    cipher.setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

/** What an authenticator app reads: the key with the newsroom's and the member's names. */
export function setUpAddress(key: string, site: string, username: string): string {
  const label = `${encodeURIComponent(site)}:${encodeURIComponent(username)}`
  return `otpauth://totp/${label}?secret=${key}&issuer=${encodeURIComponent(site)}`
}

/** A ticket that says for five minutes that this member gave the right password; `version` ties it to that password. */
export function ticketFor(secret: Buffer, staffId: string, version: string, now: Date): string {
  const until = now.getTime() + TICKET_MS
  return `${staffId}.${until}.${ticketMac(secret, staffId, version, until)}`
}

function ticketMac(secret: Buffer, staffId: string, version: string, until: number): string {
  return createHmac('sha256', derived(secret, 'ticket')).update(`${staffId}\n${version}\n${until}`).digest('base64url')
}

/** Whose ticket this claims to be; null for what is none or too old. */
export function ticketHolder(ticket: string, now: Date): string | null {
  const parts = /^([0-9a-f]{24})\.(\d{13})\.[\w-]{43}$/.exec(ticket)
  return parts && Number(parts[2]) > now.getTime() ? parts[1]! : null
}

/** Whether a ticket is the one that was given out for this member and password. */
export function isTicket(secret: Buffer, ticket: string, staffId: string, version: string): boolean {
  const [, until = '', mac = ''] = ticket.split('.')
  const wanted = Buffer.from(ticketMac(secret, staffId, version, Number(until)))
  const given = Buffer.from(mac)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
