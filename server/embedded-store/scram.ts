/** SCRAM-SHA-256 (RFC 7677), the server's side: loopback TCP is open to every user of the machine, so it asks for a password. */
import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'
import { fail } from './errors.ts'

const ITERATIONS = 15_000

/** The one user that may come in, without the password itself. */
export interface Credentials {
  user: string
  salt: Buffer
  storedKey: Buffer
  serverKey: Buffer
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

/** What the server keeps of a user name and a password. */
export function credentialsOf(user: string, password: string): Credentials {
  const salt = randomBytes(28)
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256')
  const storedKey = createHash('sha256').update(hmac(salted, 'Client Key')).digest()
  return { user, salt, storedKey, serverKey: hmac(salted, 'Server Key') }
}

function denied(): never {
  return fail('AuthenticationFailed', 'Authentication failed.')
}

function attributesOf(message: string): Map<string, string> {
  return new Map(message.split(',').map((part) => [part.slice(0, 1), part.slice(2)]))
}

/** The conversation with one client. */
export class Login {
  /** Whether the client has proved that it knows the password. */
  proved = false
  private readonly credentials: Credentials
  private first = ''
  private challenge = ''

  constructor(credentials: Credentials) {
    this.credentials = credentials
  }

  /** Answers the client's first message with a challenge. */
  start(message: string): string {
    const bare = /^[ny],[^,]*,(.*)$/s.exec(message)?.[1] ?? denied()
    const given = attributesOf(bare)
    if (given.get('n') !== this.credentials.user || !given.get('r')) denied()
    this.first = bare
    const nonce = given.get('r')! + randomBytes(24).toString('base64')
    this.challenge = `r=${nonce},s=${this.credentials.salt.toString('base64')},i=${ITERATIONS}`
    return this.challenge
  }

  /** Judges the client's proof and answers with the server's own. */
  finish(message: string): string {
    const given = attributesOf(message)
    const proof = Buffer.from(given.get('p') ?? '', 'base64')
    const nonce = attributesOf(this.challenge).get('r')
    if (!nonce || given.get('r') !== nonce || proof.length !== 32) denied()
    const { storedKey, serverKey } = this.credentials
    const signed = `${this.first},${this.challenge},${message.replace(/,p=.*$/s, '')}`
    const signature = hmac(storedKey, signed)
    const clientKey = Buffer.from(proof.map((byte, place) => byte ^ signature[place]!))
    if (!timingSafeEqual(createHash('sha256').update(clientKey).digest(), storedKey)) denied()
    this.challenge = ''
    this.proved = true
    return `v=${hmac(serverKey, signed).toString('base64')}`
  }
}
