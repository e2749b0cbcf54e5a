import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { publishedArticle } from '../support/articles.ts'
import { openNewsroom, type TestNewsroom } from '../support/newsroom.ts'
import { type Visitor, visibleText } from '../support/visitor.ts'

let newsroom: TestNewsroom
let reporter: Visitor
let chief: Visitor
let moderator: Visitor

before(async () => {
  newsroom = await openNewsroom()
  await publishedArticle(4_500_001)
  reporter = await newsroom.signedIn('reporter', 'reporter')
  chief = await newsroom.signedIn('chief', 'chief')
  moderator = await newsroom.signedIn('moderator', 'moderator')
})
after(() => newsroom.close())

async function inbox(visitor: Visitor): Promise<string> {
  const page = await visitor.get('/desk')
  assert.equal(page.status, 200)
  return visibleText(page.text)
}

test('whoever is not signed in is led to the sign-in page, and back to the inbox from there', async () => {
  assert.equal((await newsroom.visitor().get('/desk')).location, '/desk/sign-in?next=%2Fdesk')
})

test("a draft waits in its writer's inbox and, as a colleague's, in the chief's; a moderator sees none", async () => {
  const draft = { title: 'پیش‌نویس پل تازه', body: 'متن', section: 'society', step: 'save' }
  assert.equal((await reporter.postAtDesk('/desk/articles', draft)).status, 303)
  assert.match(await inbox(reporter), /پیش‌نویس‌های من پیش‌نویس پل تازه/)
  assert.match(await inbox(chief), /پیش‌نویس‌های من پیش‌نویسی ندارید\. پیش‌نویس‌های همکاران پیش‌نویس پل تازه/)
  assert.ok(!(await inbox(moderator)).includes('پیش‌نویس'))
  assert.ok(!(await inbox(reporter)).includes('در انتظار بررسی'))
})

test("waiting comments stand in a moderator's inbox with their number, what was handed to the chief in the chief's", async () => {
  await newsroom.visitor().json('/news/4500001/comments', { name: 'خواننده', body: 'بودجهٔ شهر چه شد؟' })
  await newsroom.visitor().json('/news/4500001/comments', { name: 'خواننده', body: 'پل کی ساخته می‌شود؟' })
  assert.match(await inbox(moderator), /نظرهای در انتظار بررسی \(۲\)/)
  const { body } = await moderator.json<{ items: { id: string; body: string }[]; formToken: string }>(
    '/desk/moderation/queue.json',
  )
  const { id } = body.items.find((item) => item.body.startsWith('پل کی'))!
  const headers = { 'x-form-token': body.formToken }
  assert.equal((await moderator.json(`/desk/moderation/${id}/hold`, {}, headers)).status, 200)
  assert.match(await inbox(chief), /نزد سردبیر پل کی ساخته می‌شود؟/)
  assert.ok(!(await inbox(moderator)).includes('نزد سردبیر'))
})
