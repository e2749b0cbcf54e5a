import { Router } from 'express'
import type { House } from '../house.ts'
import { renderPage } from '../http/views.ts'
import type { QueuePage } from '../moderating/moderating.service.ts'
import { signedIn } from '../signing-in/guards.ts'
import { openInbox } from './inbox.service.ts'

function linesOf(page: QueuePage | null, state: string) {
  return (
    page?.items.map(({ comment, article }) => ({
      href: `/desk/moderation?state=${state}&open=${comment.id}`,
      line: comment.body.replace(/\s+/g, ' ').slice(0, 140),
      about: article.title,
      createdAt: comment.createdAt,
    })) ?? []
  )
}

/** The desk's front: the inbox (کارتابل) of whoever is signed in. */
export function inboxRoutes(house: House): Router {
  const router = Router()
  router.get('/', async (_req, res) => {
    const { member } = signedIn(res)
    const inbox = await openInbox(member, house.now())
    renderPage(res, 'arriving/inbox', {
      layout: 'desk',
      title: 'کارتابل',
      room: 'inbox',
      name: member.name,
      writes: inbox.drafts !== null,
      drafts: inbox.drafts ?? [],
      othersDrafts: inbox.othersDrafts ?? [],
      published: inbox.published ?? [],
      moderates: inbox.waiting !== null,
      waitingCount: inbox.waiting?.counts.waiting ?? 0,
      waiting: linesOf(inbox.waiting, 'waiting'),
      held: linesOf(inbox.held, 'held'),
      appeals: linesOf(inbox.appeals, 'waiting'),
    })
  })
  return router
}
