import { createHash, randomBytes } from 'node:crypto'
import { insertComments } from '../models/bulk.ts'
import { openSession } from '../models/sessions.ts'
import { inspect } from '../server/domain/comment-rules/index.ts'
import { cookieName } from '../server/http/cookies.ts'
import { SESSION_COOKIE } from '../server/signing-in/guards.ts'
import { publishedArticle } from '../test/support/articles.ts'
import { openNewsroom, type TestNewsroom } from '../test/support/newsroom.ts'
import { Visitor } from '../test/support/visitor.ts'

/** Times in milliseconds, in the order measured. */
export interface DeskResult {
  waiting: number
  pages: number[]
  decisions: number[]
}

const CODE = 4_000_002
const AT_A_TIME = 2_000
const PAGES = 60
const DECISIONS = 200
const WARM_UP = 10

async function fill(newsroom: TestNewsroom, waiting: number): Promise<void> {
  const texts = [
    'بودجهٔ شهر باید روشن باشد.',
    'مدیر این شهر احمق است.',
    'call 09120000000',
    'ساخت پل تازه کی آغاز می‌شود؟',
  ]
  const inspections = texts.map((text) => inspect({ text }))
  const start = newsroom.house.now().getTime() - waiting * 1_000
  for (let from = 0; from < waiting; from += AT_A_TIME) {
    await insertComments(
      Array.from({ length: Math.min(AT_A_TIME, waiting - from) }, (_, i) => ({
        articleCode: CODE,
        name: 'خواننده',
        body: `${texts[i % texts.length]} (${from + i})`,
        createdAt: new Date(start + (from + i) * 1_000),
        state: 'waiting' as const,
        inspection: inspections[i % texts.length]!,
      })),
    )
  }
}

async function moderator(newsroom: TestNewsroom): Promise<{ visitor: Visitor; formToken: string }> {
  const { id } = await newsroom.staff('moderator', 'moderator')
  const token = randomBytes(32).toString('base64url')
  const formToken = randomBytes(18).toString('base64url')
  const now = newsroom.house.now()
  const expiresAt = new Date(now.getTime() + 3_600_000)
  await openSession({
    key: createHash('sha256').update(token).digest('base64url'),
    staffId: id,
    formToken,
    now,
    expiresAt,
  })
  const cookie = `${cookieName(newsroom.house.siteUrl, SESSION_COOKIE)}=${token}`
  return { visitor: new Visitor(newsroom.url, { cookie }), formToken }
}

async function timed(act: () => Promise<{ status: number }>): Promise<number> {
  const start = performance.now()
  const { status } = await act()
  if (status !== 200) throw new Error(`the desk answered ${status}`)
  return performance.now() - start
}

/** Opens the queue page and decides comments over HTTP, one after the other, while this many comments wait. */
export async function desk(waiting: number): Promise<DeskResult> {
  const newsroom = await openNewsroom()
  try {
    await publishedArticle(CODE)
    await fill(newsroom, waiting)
    const { visitor, formToken } = await moderator(newsroom)
    const pages: number[] = []
    for (let i = 0; i < PAGES; i++) pages.push(await timed(() => visitor.get('/desk/moderation')))
    const ids: string[] = []
    for (let cursor: string | null = ''; cursor !== null && ids.length < DECISIONS; ) {
      const path: string = `/desk/moderation/queue.json?cursor=${cursor}`
      const { body } = await visitor.json<{ items: { id: string }[]; next: string | null }>(path)
      ids.push(...body.items.map(({ id }) => id))
      cursor = body.next
    }
    const decisions: number[] = []
    for (const [i, id] of ids.slice(0, DECISIONS).entries()) {
      const act = i % 2 === 0 ? 'approve' : 'refuse'
      const body = act === 'refuse' ? { rule: 'insult' } : {}
      decisions.push(
        await timed(() => visitor.json(`/desk/moderation/${id}/${act}`, body, { 'x-form-token': formToken })),
      )
    }
    return { waiting, pages: pages.slice(WARM_UP), decisions: decisions.slice(WARM_UP) }
  } finally {
    await newsroom.close()
  }
}
