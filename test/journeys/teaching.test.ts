import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { findByCodes, importArticle } from '../../models/articles.ts'
import { keepModel } from '../../models/taught.ts'
import { inspectComment } from '../../server/commenting/inspecting.service.ts'
import { suggestionFor } from '../../server/commenting/learning.service.ts'
import { blankArticle } from '../../server/domain/article.ts'
import { freshModel, writeModel } from '../../server/domain/learning/index.ts'
import type { TestNewsroom } from '../support/newsroom.ts'
import { openNewsroom } from '../support/newsroom.ts'
import type { Visitor } from '../support/visitor.ts'

const CODE = 4_000_002
const PROBE = 'این قرمبیل‌ها همه‌جا هستند.'

let newsroom: TestNewsroom
let moderator: Visitor

before(async () => {
  newsroom = await openNewsroom()
  await importArticle(
    {
      ...blankArticle(),
      title: 'بازار روز تازه گشوده شد',
      lead: 'بازار روز محله صبح امروز گشوده شد.',
      body: '<p>فروشندگان از جای تازه خشنودند.</p>',
      section: 'society',
    },
    { code: CODE, slug: 'بازار', publishedAt: new Date('2026-11-01T08:00:00Z'), now: new Date() },
  )
  moderator = await newsroom.signedIn('teacher', 'moderator')
})
after(() => newsroom.close())

let ahead = 0

/** What the newsroom thinks of the probe two seconds later than before. */
async function thought() {
  ahead += 2000
  const now = new Date(Date.now() + ahead)
  newsroom.setClock(now)
  const [article] = await findByCodes([CODE])
  return await inspectComment({ text: PROBE }, article as never, [], now)
}

async function refused(body: string): Promise<string> {
  const sent = await newsroom.visitor().json(`/news/${CODE}/comments`, { name: 'خواننده', body })
  assert.equal(sent.status, 201, JSON.stringify(sent.body))
  const { body: page } = await moderator.json<{ items: { id: string; body: string }[] }>('/desk/moderation/queue.json')
  const id = page.items.find((item) => item.body === body)!.id
  await act(id, 'refuse', { rule: 'insult' })
  return id
}

async function act(id: string, what: string, body: Record<string, unknown>): Promise<void> {
  const answer = await moderator.json(`/desk/moderation/${id}/${what}`, body, {
    'x-form-token': await moderator.formToken(),
  })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
}

test('refusals teach: a word that moderators refuse ranks a new comment higher, but holds nothing by itself', async () => {
  const first = await thought()
  await refused('قرمبیل‌ها باز آمدند و داد زدند.')
  const second = await thought()
  assert.ok(second.rank > first.rank, `${second.rank} > ${first.rank}`)
  const last = await refused('از دست قرمبیل‌های این بازار خسته شدیم.')
  const third = await thought()
  assert.ok(third.rank > second.rank, `${third.rank} > ${second.rank}`)
  assert.deepEqual(third.findings, first.findings)
  const suggestion = await suggestionFor(PROBE, newsroom.house.now())
  assert.ok(suggestion?.forRefusal.includes('قرمبیل‌ها'), JSON.stringify(suggestion))

  const sent = await newsroom.visitor().json(`/news/${CODE}/comments`, { name: 'خواننده', body: PROBE })
  assert.equal(sent.status, 201)
  const desk = await moderator.follow('/desk/moderation')
  assert.match(desk.text, /از تصمیم‌های پیشین: احتمال رد/)
  assert.ok(desk.text.includes('«<bdi>قرمبیل‌ها</bdi>»'))

  await act(last, 'undo', {})
  const forgotten = await thought()
  assert.ok(Math.abs(forgotten.rank - second.rank) < 1e-4, 'what was taken back is forgotten')
})

test('a model that `newsroom learn` put into the newsroom takes the place of the fresh one, with every decision since', async () => {
  const before = await thought()
  await keepModel(writeModel(freshModel()), newsroom.house.now())
  const after = await thought()
  assert.ok(after.rank < before.rank)
})
