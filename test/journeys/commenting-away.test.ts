import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closeStore, openStore } from '../../models/connection.ts'
import { publishedArticle } from '../support/articles.ts'
import type { TestNewsroom } from '../support/newsroom.ts'
import { openNewsroom } from '../support/newsroom.ts'

const CODE = 4_500_001
let newsroom: TestNewsroom

before(async () => {
  newsroom = await openNewsroom()
  await publishedArticle(CODE)
})
after(() => newsroom.close())

test('while the store is away the page says when to come back and keeps what was typed; later it is taken', async () => {
  const reader = newsroom.visitor()
  const fields = { name: 'علی "رضا"', body: 'متنی که نباید گم شود\nبا دو سطر', email: 'ali@example.ir' }
  await closeStore()
  const away = await reader.post(`/news/${CODE}/comments`, fields)
  assert.equal(away.status, 503)
  assert.ok(Number(away.headers.get('retry-after')) > 0)
  assert.match(away.text, /متنی که نباید گم شود\nبا دو سطر<\/textarea>/)
  assert.match(away.text, /value="علی &quot;رضا&quot;"/)
  const program = await reader.json<{ error: string }>(`/news/${CODE}/comments`, fields)
  assert.equal(program.status, 503)
  assert.equal((await reader.json('/captcha')).status, 503)
  await openStore(newsroom.storeUri, { database: 'newsroom' })
  const again = await reader.post(`/news/${CODE}/comments`, { ...fields, again: 'picture' })
  assert.equal(again.status, 200)
  assert.match(again.text, /متنی که نباید گم شود\nبا دو سطر<\/textarea>/)
  assert.equal((await reader.post(`/news/${CODE}/comments`, fields)).status, 303)
})
