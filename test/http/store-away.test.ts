import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closeStore } from '../../models/connection.ts'
import { publishedArticle } from '../support/articles.ts'
import { openNewsroom, type TestNewsroom } from '../support/newsroom.ts'
import { visibleText } from '../support/visitor.ts'

let newsroom: TestNewsroom

before(async () => {
  newsroom = await openNewsroom()
  await publishedArticle(42)
  await publishedArticle(43)
})
after(() => newsroom.close())

test('while the store is away, pages seen before stand in and all others say when to come back', async () => {
  const reader = newsroom.visitor()
  const path = (await reader.get('/news/42')).location!
  const seen = (await reader.get(path)).text
  const writer = newsroom.visitor()
  await writer.get('/captcha')
  assert.ok(writer.cookie('reader'), 'this reader has a page of their own')
  await closeStore()

  const again = await reader.get(path)
  assert.equal(again.status, 200)
  assert.equal(again.text, seen)

  const own = await writer.get(path)
  assert.equal(own.status, 200)
  assert.equal(own.text, seen)
  assert.match(own.headers.get('cache-control') ?? '', /private/)

  const other = await reader.get('/news/43')
  assert.equal(other.status, 503)
  assert.match(other.headers.get('retry-after') ?? '', /^\d+$/)
  assert.match(visibleText(other.text), /دوباره سر بزنید/)
  assert.equal((await reader.get('/healthz')).status, 200)
  assert.equal((await reader.get('/readyz')).status, 503)
  const { status, body } = await reader.json('/api/v1/articles')
  assert.equal(status, 503)
  assert.equal(body.error, 'store-away')
})
