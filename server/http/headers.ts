import type { NextFunction, Request, Response } from 'express'
import helmet from 'helmet'
import type { House } from '../house.ts'

/** What every answer says to browsers: nothing runs, loads or frames but what is ours; TLS is demanded only where the site has it. */
export function securityHeaders(house: House) {
  const secure = house.siteUrl.startsWith('https:')
  const guard = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        workerSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        mediaSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: secure ? { maxAge: 63_072_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    originAgentCluster: secure,
    xFrameOptions: { action: 'deny' },
  })
  return (req: Request, res: Response, next: NextFunction): void => {
    res.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), browsing-topics=()')
    guard(req, res, next)
  }
}
