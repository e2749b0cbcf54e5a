import { createHmac } from 'node:crypto'
import mongoose from 'mongoose'
import { RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible'
import { secretOf } from './secrets.ts'

interface LimitDoc {
  key: string
  points: number
  expire: Date
}

const limitSchema = new mongoose.Schema<LimitDoc>(
  { key: String, points: Number, expire: Date },
  { collection: 'limits', versionKey: false },
)

// One count for each key; counts go when their time is over.
limitSchema.index({ key: 1 }, { unique: true })
limitSchema.index({ expire: 1 }, { expireAfterSeconds: 0 })

mongoose.model<LimitDoc>('Limit', limitSchema)

/** How often each thing may happen: for each kind of key the number and the seconds in which it may. */
export const LIMITS = {
  'sign-in': { address: [10, 600], name: [10, 600] },
  captcha: { address: [20, 60], subnet: [120, 60], all: [6_000, 60] },
  'captcha-failure': { address: [5, 600], subnet: [20, 600] },
  'captcha-trouble': { address: [2, 3600] },
  'captcha-words': { address: [2, 600], subnet: [10, 3600], all: [60, 600] },
  comment: { pause: [1, 15], address: [5, 600], subnet: [60, 3600], article: [120, 600], all: [1_200, 600] },
  rewrite: { thread: [1, 3600], address: [3, 3600], subnet: [12, 3600] },
  vote: { address: [30, 60], subnet: [300, 600] },
  report: { address: [5, 600], subnet: [30, 3600] },
  'follow-up': { address: [30, 60], subnet: [300, 60] },
} as const satisfies Record<string, Record<string, readonly [points: number, seconds: number]>>

/** The name of a limit. */
export type LimitName = keyof typeof LIMITS

const limiters = new Map<string, RateLimiterMongo>()
let secret: Promise<Buffer> | undefined

function limiterFor(name: LimitName, kind: string): RateLimiterMongo {
  const numbers = (LIMITS[name] as Record<string, readonly [number, number]>)[kind]
  if (!numbers) throw new TypeError(`limit ${name} knows no ${kind}`)
  const known = limiters.get(`${name}:${kind}`)
  if (known) return known
  const made = new RateLimiterMongo({
    storeClient: mongoose.connection,
    tableName: 'limits',
    keyPrefix: `${name}:${kind}`,
    points: numbers[0],
    duration: numbers[1],
    disableIndexesCreation: true,
  })
  limiters.set(`${name}:${kind}`, made)
  return made
}

/** Keys are stored as keyed hashes, so that no address or name stands in the store. */
async function counted(name: LimitName, keys: string[]): Promise<{ limiter: RateLimiterMongo; key: string }[]> {
  secret ??= secretOf('limits').catch((error) => {
    secret = undefined
    throw error
  })
  const hmacKey = await secret
  return keys.map((key) => {
    const kind = key.split(':', 1)[0]!
    const hashed = createHmac('sha256', hmacKey).update(key).digest('base64url').slice(0, 22)
    return { limiter: limiterFor(name, kind), key: hashed }
  })
}

function seconds(result: RateLimiterRes): number {
  return Math.max(1, Math.ceil(result.msBeforeNext / 1000))
}

/** Seconds to wait until all of these keys (`kind:value`) have room under a limit, or null when they have; counts nothing. */
export async function roomUnder(name: LimitName, keys: string[]): Promise<number | null> {
  const results = await Promise.all(
    (await counted(name, keys)).map(async ({ limiter, key }) => {
      const result = await limiter.get(key)
      return result && result.consumedPoints >= limiter.points ? seconds(result) : 0
    }),
  )
  return Math.max(...results) || null
}

/** Counts one act against each of these keys (`kind:value`); gives the seconds to wait when one has no room left, else null. */
export async function spend(name: LimitName, keys: string[]): Promise<number | null> {
  const full = await roomUnder(name, keys)
  if (full !== null) return full
  const results = await Promise.all(
    (await counted(name, keys)).map(async ({ limiter, key }) => {
      try {
        await limiter.consume(key)
        return 0
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return seconds(refused)
        throw refused
      }
    }),
  )
  return Math.max(...results) || null
}
