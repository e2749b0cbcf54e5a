import { createHmac, randomBytes } from 'node:crypto'
import { isIPv6 } from 'node:net'
import type { Request, Response } from 'express'
import type { House } from '../house.ts'
import { cookieName, cookieOf, cookieOptions } from '../http/cookies.ts'

const READER_COOKIE = 'reader'
const REMEMBER_COOKIE = 'reader-name'
const YEAR_MS = 365 * 24 * 3_600_000
const WEEK_MS = 7 * 24 * 3_600_000

/** Who writes, without knowing who it is: keyed hashes of cookie, address and subnet, and keys for the limits. */
export interface Visitor {
  /** Keyed hash of the reader's cookie; '' when there is none. */
  reader: string
  /** Keyed hash of address and program, with a key that changes every week. */
  fingerprint: string
  /** Keyed hash of the /24 or /64 network, with a key that changes every week. */
  subnet: string
  /** `address:…` and `subnet:…`, for `models/limits.ts`, which keeps only keyed hashes of them. */
  limitKeys: [address: string, subnet: string]
}

/** The network of an address: the first 24 bits of IPv4, the first 64 of IPv6. */
export function subnetOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!isIPv6(plain)) return plain.split('.').slice(0, 3).join('.')
  const [head = '', tail] = plain.split('%')[0]!.split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length)
  return [...front, ...Array.from({ length: missing }, () => '0'), ...back]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

function keyed(secret: Buffer, ...parts: string[]): string {
  return createHmac('sha256', secret).update(parts.join('\n')).digest('base64url').slice(0, 22)
}

/** Who asks, by what the request shows. */
export function visitorOf(house: House, req: Request): Visitor {
  const address = (req.ip ?? '').replace(/^::ffff:(?=\d+\.)/i, '')
  const subnet = subnetOf(address)
  const week = `week ${Math.floor(house.now().getTime() / WEEK_MS)}`
  const cookie = cookieOf(req, cookieName(house.siteUrl, READER_COOKIE))
  return {
    reader: cookie !== null && /^[\w-]{22}$/.test(cookie) ? readerKey(house, cookie) : '',
    fingerprint: keyed(house.secret, 'fingerprint', week, address, (req.get('user-agent') ?? '').slice(0, 300)),
    subnet: keyed(house.secret, 'subnet', week, subnet),
    limitKeys: [`address:${address}`, `subnet:${subnet}`],
  }
}

function readerKey(house: House, cookie: string): string {
  return keyed(house.secret, 'reader', cookie)
}

/** The visitor, with a reader's cookie given to whoever has none: an unguessable number that says nothing about anybody. */
export function knownVisitor(house: House, req: Request, res: Response): Visitor {
  const known = res.locals.visitor as Visitor | undefined
  if (known) return known
  const visitor = visitorOf(house, req)
  if (visitor.reader === '') visitor.reader = newReader(house, res)
  res.locals.visitor = visitor
  return visitor
}

function newReader(house: House, res: Response): string {
  const cookie = randomBytes(16).toString('base64url')
  res.cookie(cookieName(house.siteUrl, READER_COOKIE), cookie, cookieOptions(house.siteUrl, { maxAge: YEAR_MS }))
  return readerKey(house, cookie)
}

/** The name and e-mail address that a reader asked to be remembered, kept in the reader's own cookie only. */
export function rememberedOf(house: House, req: Request): { name: string; email: string } {
  const cookie = cookieOf(req, cookieName(house.siteUrl, REMEMBER_COOKIE))
  try {
    const kept: unknown = cookie === null ? null : JSON.parse(Buffer.from(cookie, 'base64url').toString())
    if (Array.isArray(kept) && kept.every((part) => typeof part === 'string')) {
      return { name: String(kept[0] ?? '').slice(0, 100), email: String(kept[1] ?? '').slice(0, 100) }
    }
  } catch {
    // A cookie that is not ours is as good as none.
  }
  return { name: '', email: '' }
}

/** Remembers name and e-mail address for the next comment, or forgets them. */
export function remember(house: House, res: Response, who: { name: string; email: string } | null): void {
  const name = cookieName(house.siteUrl, REMEMBER_COOKIE)
  if (!who) return void res.clearCookie(name, cookieOptions(house.siteUrl))
  const value = Buffer.from(JSON.stringify([who.name, who.email])).toString('base64url')
  res.cookie(name, value, cookieOptions(house.siteUrl, { maxAge: YEAR_MS }))
}
