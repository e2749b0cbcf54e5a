import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Request, Response } from 'express'
import { LRUCache } from 'lru-cache'
import { isStoreAway } from '../../models/connection.ts'
import { NewsroomError } from '../errors.ts'
import type { House } from '../house.ts'
import type { Frame } from './frame.ts'
import { Together } from './together.ts'

/** What is ready to be sent (HTML, 200 and asked again each time, where nothing else is said), or the address where it stands for good. */
export type Answer = { text: string; type?: string; status?: number; cacheControl?: string } | { movedTo: string }

/** Sends a page that is made by `make` if nobody else is about to make the very same. */
export type SendShared = (req: Request, res: Response, make: () => Promise<Answer>) => Promise<void>

type Encoding = 'br' | 'gzip' | 'identity'

interface Ready {
  answer: Answer
  packed: Map<Encoding, Promise<Buffer>>
}

const LOOKS = /^(?:theme|text-size)=/
const KEPT_BYTES = 48 * 1024 * 1024

const toGzip = promisify(gzip)
const toBrotli = promisify(brotliCompress)

function packed(ready: Ready, encoding: Encoding): Promise<Buffer> {
  const found = ready.packed.get(encoding)
  if (found) return found
  const plain = Buffer.from('text' in ready.answer ? ready.answer.text : '')
  const packing =
    encoding === 'br'
      ? toBrotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
      : encoding === 'gzip'
        ? toGzip(plain, { level: 6 })
        : Promise.resolve(plain)
  ready.packed.set(encoding, packing)
  return packing
}

/** Whether the page looks the same to everybody: its reader has no cookies but those of looks. */
function isForAll(req: Request): boolean {
  const cookies = req.headers.cookie
  return cookies === undefined || cookies.split(/;\s*/).every((cookie) => LOOKS.test(cookie))
}

function isAway(error: unknown): boolean {
  return isStoreAway(error) || (error instanceof NewsroomError && error.kind === 'unavailable')
}

/**
 * Sends pages that many readers ask for: made once for all who ask at the same time, packed once, and never older than the question.
 * While the store is away the last page that was made for all stands in for it, for readers with pages of their own too.
 */
export function sharedPages(house: House): SendShared {
  const together = new Together<Ready>()
  const last = new LRUCache<string, Ready>({
    maxSize: KEPT_BYTES,
    sizeCalculation: ({ answer }) => 256 + ('text' in answer ? answer.text.length * 2 : answer.movedTo.length),
  })

  async function ready(key: string, forAll: boolean, make: () => Promise<Answer>): Promise<Ready> {
    const begin = async (): Promise<Ready> => ({ answer: await make(), packed: new Map() })
    try {
      if (!forAll) return await begin()
      const made = await together.ask(key, begin)
      last.set(key, made)
      return made
    } catch (error) {
      const stale = isAway(error) ? last.get(key) : undefined
      if (!stale) throw error
      house.log.warn({ err: error }, 'the store is away; an earlier page stands in')
      return stale
    }
  }

  return async (req, res, make) => {
    const { theme, textSize } = res.locals.frame as Frame
    const forAll = isForAll(req)
    const found = await ready(`${theme} ${textSize} ${req.originalUrl}`, forAll, make)
    const { answer } = found
    res.vary('Accept-Encoding').vary('Cookie')
    if ('movedTo' in answer) {
      res.set('Cache-Control', 'public, max-age=60').redirect(301, answer.movedTo)
      return
    }
    const encoding = (req.acceptsEncodings('br', 'gzip') || 'identity') as Encoding
    if (encoding !== 'identity') res.set('Content-Encoding', encoding)
    res
      .status(answer.status ?? 200)
      .set('Cache-Control', forAll ? (answer.cacheControl ?? 'no-cache') : 'private, no-cache')
    res.set('Content-Type', answer.type ?? 'text/html; charset=utf-8')
    res.send(await packed(found, encoding))
  }
}
