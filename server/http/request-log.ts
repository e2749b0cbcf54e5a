import { randomUUID } from 'node:crypto'
import type { NextFunction, Request, Response } from 'express'
import type { House } from '../house.ts'

/** Gives every request an id and, when it is answered, one log line: method, route pattern, status and time, no personal data. */
export function requestLog(house: House) {
  return (req: Request, res: Response, next: NextFunction): void => {
    const started = process.hrtime.bigint()
    const id = randomUUID()
    res.locals.requestId = id
    res.set('X-Request-Id', id)
    res.on('finish', () => {
      const milliseconds = Number(process.hrtime.bigint() - started) / 1e6
      const route = (req.route as { path?: string } | undefined)?.path ?? null
      const line = {
        id,
        method: req.method,
        route: route && `${req.baseUrl}${route}`,
        status: res.statusCode,
        ms: Math.round(milliseconds * 10) / 10,
      }
      if (res.statusCode >= 500) house.log.error(line, 'request failed')
      else house.log.debug(line, 'request')
    })
    next()
  }
}
