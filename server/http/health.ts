import { hash, timingSafeEqual } from 'node:crypto'
import { type Request, Router } from 'express'
import { countComments } from '../../models/comments.ts'
import { storeAnswers } from '../../models/connection.ts'
import type { House } from '../house.ts'

function isLoopback(req: Request): boolean {
  const address = req.socket.remoteAddress ?? ''
  return /^(?:::ffff:)?127\.|^::1$/.test(address) && req.get('x-forwarded-for') === undefined
}

function same(given: string, wanted: string): boolean {
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', wanted, 'buffer'))
}

function mayMeasure(house: House, req: Request): boolean {
  const token = house.settings.METRICS_TOKEN
  return isLoopback(req) || (token !== '' && same(req.get('authorization') ?? '', `Bearer ${token}`))
}

/** Addresses for those who run the newsroom: whether the process is up, whether the store answers, and figures (loopback or token only). */
export function healthRoutes(house: House): Router {
  const router = Router()
  const answered = { total: 0, failed: 0 }
  router.use((_req, res, next) => {
    res.once('finish', () => {
      answered.total++
      if (res.statusCode >= 500) answered.failed++
    })
    next()
  })
  router.get('/healthz', (_req, res) => {
    res.set('Cache-Control', 'no-store').type('text/plain').send('ok\n')
  })
  router.get('/readyz', async (_req, res) => {
    const ready = await storeAnswers()
    res
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .type('text/plain')
      .send(ready ? 'ready\n' : 'the store does not answer\n')
  })
  router.get('/metrics', async (req, res, next) => {
    if (!mayMeasure(house, req)) return next()
    const memory = process.memoryUsage()
    const counts = (await storeAnswers()) ? await countComments() : null
    const lines: [name: string, kind: string, value: number][] = [
      ['newsroom_responses_total', 'counter', answered.total],
      ['newsroom_responses_failed_total', 'counter', answered.failed],
      ['process_uptime_seconds', 'gauge', Math.round(process.uptime())],
      ['process_resident_memory_bytes', 'gauge', memory.rss],
      ['nodejs_heap_used_bytes', 'gauge', memory.heapUsed],
      ['newsroom_store_up', 'gauge', counts ? 1 : 0],
      ...(counts
        ? Object.entries(counts).map(([state, n]): [string, string, number] => [
            `newsroom_comments_${state}`,
            'gauge',
            n,
          ])
        : []),
    ]
    res
      .set('Cache-Control', 'no-store')
      .type('text/plain; version=0.0.4')
      .send(lines.map(([name, kind, value]) => `# TYPE ${name} ${kind}\n${name} ${value}\n`).join(''))
  })
  return router
}
