import express from 'express'
import { administeringRoutes } from './administering/administering.routes.ts'
import { inboxRoutes } from './arriving/inbox.routes.ts'
import { commentingRoutes, commentsUnder } from './commenting/commenting.routes.ts'
import type { House } from './house.ts'
import { appearanceRoutes } from './http/appearance.ts'
import { errorPages, notFoundPage } from './http/error-pages.ts'
import { frame } from './http/frame.ts'
import { securityHeaders } from './http/headers.ts'
import { healthRoutes } from './http/health.ts'
import { knownMethodsOnly } from './http/methods.ts'
import { requestLog } from './http/request-log.ts'
import { sameOriginOnly } from './http/same-origin.ts'
import { staticFiles } from './http/static-files.ts'
import { formsWithFiles } from './http/uploads.ts'
import { prepareViews } from './http/views.ts'
import { illustratingRoutes, pictureFiles } from './illustrating/illustrating.routes.ts'
import { moderatingRoutes } from './moderating/moderating.routes.ts'
import { publishingRoutes } from './publishing/publishing.routes.ts'
import { readingRoutes } from './reading/reading.routes.ts'
import { searchingRoutes } from './searching/searching.routes.ts'
import { accountRoutes } from './signing-in/account.routes.ts'
import { formTokenDemanded, knowStaff, staffOnly } from './signing-in/guards.ts'
import { signingInRoutes } from './signing-in/signing-in.routes.ts'
import { syndicatingRoutes } from './syndicating/syndicating.routes.ts'

const BODY_LIMIT = '1mb'

function trustedProxies(setting: string): boolean | number | string[] {
  if (setting === '') return false
  return /^\d+$/.test(setting) ? Number(setting) : setting.split(',').map((address) => address.trim())
}

/** The whole site as one Express application; it listens to nothing, so that a test can hold it. */
export function buildApp(house: House): express.Express {
  // A fault in a view stops the start and not the first reader.
  prepareViews()
  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  app.set('trust proxy', trustedProxies(house.settings.TRUST_PROXY))

  // Before anything is read: what must hold for every answer.
  app.use(requestLog(house))
  app.use(securityHeaders(house))
  app.use(knownMethodsOnly)

  // Answered without knowing who asks.
  app.use(healthRoutes(house))
  app.use(staticFiles())
  app.use(pictureFiles())

  // What was sent, parsed once, and refused when another site's page sent it.
  app.use(express.urlencoded({ extended: false, limit: BODY_LIMIT, parameterLimit: 100 }))
  app.use(express.json({ limit: BODY_LIMIT, type: 'application/json' }))
  app.use(sameOriginOnly(() => house.siteUrl))
  app.use(knowStaff(house))
  app.use(frame(house))
  app.use(appearanceRoutes(house))

  // The public's rooms.
  app.use(readingRoutes(house, commentsUnder(house)))
  app.use(commentingRoutes(house))
  app.use(searchingRoutes(house))
  app.use(syndicatingRoutes(house))

  // The desk: signing in first, then only staff, and every change with a form token; of files, too, only what staff send is read.
  app.use('/desk', signingInRoutes(house))
  app.use('/desk/media', staffOnly, formsWithFiles('15mb'))
  app.use('/desk', staffOnly, formTokenDemanded)
  app.use('/desk', inboxRoutes(house))
  app.use('/desk/account', accountRoutes(house))
  app.use('/desk/articles', publishingRoutes(house))
  app.use('/desk/media', illustratingRoutes(house))
  app.use('/desk/moderation', moderatingRoutes(house))
  app.use('/desk/admin', administeringRoutes(house))

  // Whatever nobody answered, and whatever went wrong.
  app.use(notFoundPage())
  app.use(errorPages(house))
  return app
}
