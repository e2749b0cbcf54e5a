import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { findByCode } from '../../models/articles.ts'
import { countComments, findComment } from '../../models/comments.ts'
import { latestComments } from '../../models/moderation.ts'
import { approve, publishedArticle } from '../support/articles.ts'
import { openNewsroom, type TestNewsroom } from '../support/newsroom.ts'
import { type Visitor, visibleText } from '../support/visitor.ts'

const CODE = 4_000_005

let newsroom: TestNewsroom
let moderator: Visitor

before(async () => {
  newsroom = await openNewsroom()
  await publishedArticle(CODE)
  moderator = await newsroom.signedIn('moderator', 'moderator')
})
after(() => newsroom.close())

async function sent(body: string, visitor = newsroom.visitor()): Promise<string> {
  const answer = await visitor.json(`/news/${CODE}/comments`, { name: 'خواننده', body })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  const comment = (await Array.fromAsync(latestComments(50))).find((one) => one.body === body)
  assert.ok(comment)
  return comment.id
}

test('comments that quote a sentence go back to the queue when the article no longer says it', async () => {
  const quoting = await sent('نوشته‌اید «ساخت پل تازه آغاز شده است»، ولی ما پلی ندیدیم.')
  const other = await sent('بودجهٔ محلهٔ ما چه شد؟')
  for (const id of [quoting, other]) await approve(id, newsroom.house.now())
  const editor = await newsroom.signedIn('editor', 'editor')
  const article = (await findByCode(CODE))!
  const saved = await editor.postAtDesk(`/desk/articles/${article.id}`, {
    revision: String(article.revision),
    kind: article.kind,
    kicker: article.kicker,
    title: article.title,
    lead: article.lead,
    body: '<p>شهردار گفت بودجهٔ عمرانی افزایش یافته و ساخت پل تازه سال آینده آغاز می‌شود.</p>',
    section: article.section,
    tags: article.tags.join('، '),
    correctionNote: 'زمان ساخت پل اصلاح شد.',
  })
  assert.equal(saved.status, 303, visibleText(saved.text))
  const back = (await findComment(quoting))!
  assert.equal(back.state, 'waiting')
  assert.deepEqual([back.decidedBy, back.rule, back.history.at(-1)?.act], [null, null, 'requeue'])
  assert.equal(back.history.at(-1)?.by?.name, 'همکار editor')
  assert.equal((await findComment(other))?.state, 'published')
  assert.deepEqual(await countComments(CODE), { published: 1, waiting: 1, refused: 0 })
})

test("a colleague's decision is changed only with a reason, which stays in the history", async () => {
  const id = await sent('پل تازه هم بودجه می‌خواهد.')
  await approve(id, newsroom.house.now())
  const page = await moderator.get(`/desk/moderation?state=published&open=${id}`)
  assert.ok(page.text.includes('تغییر تصمیم همکار'))
  const { revision } = (await findComment(id))!
  const change = { revision: String(revision), overrule: '1', rule: 'off-topic' }
  assert.equal((await moderator.postAtDesk(`/desk/moderation/${id}/refuse`, { ...change, note: ' ' })).status, 422)
  assert.equal((await findComment(id))?.state, 'published')
  const note = 'این نظر دربارهٔ خبر دیگری است'
  assert.equal((await moderator.postAtDesk(`/desk/moderation/${id}/refuse`, { ...change, note })).status, 303)
  const step = (await findComment(id))?.history.at(-1)
  assert.deepEqual([step?.act, step?.from, step?.to, step?.note], ['overrule', 'published', 'refused', note])
})

test('a blocked writer is told so, keeps the text, and may write again when the block is lifted', async () => {
  const writer = newsroom.visitor({ 'user-agent': 'a writer of tests' })
  const id = await sent('بودجه را خرج پل نکنید.', writer)
  const blocked = await moderator.postAtDesk(`/desk/moderation/${id}/block`, { kind: 'fingerprint', hours: '24' })
  assert.equal(blocked.status, 303)
  const body = 'بودجه را خرج مدرسه کنید.'
  const refused = await writer.json<{ message: string }>(`/news/${CODE}/comments`, { name: '', body })
  assert.equal(refused.status, 429)
  assert.match(refused.body.message, /به تصمیم تحریریه برای مدتی بسته است\. لطفاً ۲۴ ساعت دیگر/)
  assert.ok(Number(refused.headers.get('retry-after')) > 86_000)
  assert.equal(
    (await newsroom.visitor({ 'user-agent': 'another' }).json(`/news/${CODE}/comments`, { body })).status,
    201,
  )
  const page = await moderator.get('/desk/moderation/blocks')
  const value = /name="value" value="([^"]+)"/.exec(page.text)?.[1]
  assert.ok(value && visibleText(page.text).includes('همکار moderator'))
  const lifted = await moderator.postAtDesk('/desk/moderation/blocks/lift', { kind: 'fingerprint', value })
  assert.equal(lifted.status, 303)
  await sent('بودجه را خرج کتابخانه کنید.', writer)
})
