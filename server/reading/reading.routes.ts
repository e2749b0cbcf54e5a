import { Router } from 'express'
import type { House } from '../house.ts'
import { sharedPages } from '../http/shared-pages.ts'
import { articleRoutes, type CommentSection } from './article.routes.ts'
import { listRoutes } from './lists.routes.ts'

/** The public pages: front, lists, articles, short links, print. `comments` is the commenting room's part of an article's page. */
export function readingRoutes(house: House, comments?: CommentSection): Router {
  const send = sharedPages(house)
  const router = Router()
  router.use(listRoutes(house, send))
  router.use(articleRoutes(house, send, comments))
  return router
}
