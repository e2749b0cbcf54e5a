import { listForDesk } from '../../models/article-lists.ts'
import type { Article } from '../domain/article.ts'
import type { StaffMember } from '../domain/staff.ts'
import { isAllowed } from '../domain/staff.ts'
import { queueForm } from '../moderating/moderating.form.ts'
import { openQueue, type QueuePage } from '../moderating/moderating.service.ts'

const SHOWN = 8

/** What waits for one member of staff, by what their roles let them do; null where it is not theirs. */
export interface Inbox {
  drafts: Article[] | null
  othersDrafts: Article[] | null
  published: Article[] | null
  waiting: QueuePage | null
  held: QueuePage | null
  appeals: QueuePage | null
}

async function part(asked: Record<string, string>, now: Date): Promise<QueuePage> {
  const page = await openQueue(queueForm.parse(asked), now)
  return { ...page, items: page.items.slice(0, SHOWN) }
}

/** Gathers what waits for a member of staff: own drafts, colleagues' drafts, comments by chance of refusal, what was handed to the chief, and pleas of writers. */
export async function openInbox(member: StaffMember, now: Date): Promise<Inbox> {
  const { id: authorId, roles } = member
  const may = (permission: Parameters<typeof isAllowed>[1]) => isAllowed(roles, permission)
  const [drafts, allDrafts, published, waiting, held, appeals] = await Promise.all([
    may('write-articles') ? listForDesk({ state: 'draft', authorId, limit: SHOWN }) : null,
    may('edit-any-article') ? listForDesk({ state: 'draft', limit: 4 * SHOWN }) : null,
    may('write-articles') ? listForDesk({ state: 'published', authorId, limit: SHOWN }) : null,
    may('moderate-comments') ? part({}, now) : null,
    may('decide-held-comments') ? part({ state: 'held' }, now) : null,
    may('moderate-comments') ? part({ special: 'appeals' }, now) : null,
  ])
  const othersDrafts = allDrafts?.filter(({ author }) => author?.id !== authorId).slice(0, SHOWN) ?? null
  return { drafts, othersDrafts, published, waiting, held, appeals }
}
