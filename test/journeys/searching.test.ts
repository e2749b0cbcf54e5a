import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { importArticle } from '../../models/articles.ts'
import { blankArticle } from '../../server/domain/article.ts'
import { withdrawnArticle } from '../support/articles.ts'
import { openNewsroom, type TestNewsroom } from '../support/newsroom.ts'
import { type Visitor, visibleText } from '../support/visitor.ts'

let newsroom: TestNewsroom
let reader: Visitor

async function article(code: number, title: string, body: string, section: string, day: string): Promise<void> {
  await importArticle(
    { ...blankArticle(), title, body: `<p>${body}</p>`, section, tags: ['آزمون'] },
    { code, slug: '', publishedAt: new Date(`${day}T08:00:00Z`), now: new Date() },
  )
}

before(async () => {
  newsroom = await openNewsroom()
  reader = newsroom.visitor()
  await article(11, 'روابط عمومی‌ها عملکرد را منتشر کنند', 'متن یک', 'society', '2016-08-08')
  await article(12, 'قیمت نان', 'روابط عموميهاي نانوایان خبر دادند', 'society', '2026-11-01')
  await article(13, 'دیدار لیگ', 'تیم میزبان برد', 'sport', '2026-11-02')
  for (let i = 0; i < 30; i++) await article(100 + i, `دوره ${i}`, 'مسابقهٔ بزرگ', 'sport', '2026-10-05')
  await withdrawnArticle(14)
})
after(() => newsroom.close())

async function found(query: Record<string, string>): Promise<number[]> {
  const page = await reader.get(`/search?${new URLSearchParams(query)}`)
  return [...page.text.matchAll(/story-title"><a href="\/news\/(\d+)/g)].map((match) => Number(match[1]))
}

for (const q of ['روابط عمومی‌ها', 'روابط عمومیها', 'روابط عمومي ها', 'عمومی روابط'])
  test(`«${q}» finds both spellings, latest first`, async () => assert.deepEqual(await found({ q }), [12, 11]))

test('all words must be there', async () => {
  assert.deepEqual(await found({ q: 'روابط نان' }), [12])
  assert.deepEqual(await found({ q: 'روابط لیگ' }), [])
})

test('a part of a word finds nothing', async () => assert.deepEqual(await found({ q: 'کر' }), []))

test('section and days bound the search', async () => {
  assert.deepEqual(await found({ q: 'روابط', to: '۱۳۹۵/۵/۱۸' }), [11])
  assert.deepEqual(await found({ q: 'روابط', from: '1395/05/19' }), [12])
  assert.deepEqual(await found({ q: 'روابط', section: 'sport' }), [])
  assert.deepEqual(await found({ section: 'sport', from: '1 آبان 1405' }), [13])
})

test('a day that is none is said so beside its field, and nothing typed is lost', async () => {
  const page = await reader.get(`/search?${new URLSearchParams({ q: 'روابط', from: '۱۴۰۴/۱۲/۳۰' })}`)
  assert.equal(page.status, 422)
  assert.match(page.text, /id="from-fault"/)
  assert.match(page.text, /value="۱۴۰۴\/۱۲\/۳۰"/)
  assert.match(page.text, /value="روابط"/)
})

test('more results than a page are paged', async () => {
  const first = await found({ q: 'مسابقه' })
  const second = await found({ q: 'مسابقه', page: '۲' })
  assert.equal(first.length, 20)
  assert.equal(second.length, 10)
  assert.equal(new Set([...first, ...second]).size, 30)
})

test('a news code leads to its article', async () => {
  const page = await reader.get('/search?q=13')
  assert.match(page.text, /<a href="\/news\/13">/)
})

test('nothing found is a page that helps on', async () => {
  const page = await reader.get(`/search?q=${encodeURIComponent('زرافه')}`)
  assert.equal(page.status, 200)
  assert.match(visibleText(page.text), /چیزی پیدا نشد/)
})

test('what is typed is a text and nothing else', async () => {
  for (const q of [
    '<script>alert(1)</script>',
    '"$where"',
    '.*',
    '(a+)+$',
    '\\',
    '-روابط',
    '"روابط',
    '\u0000',
    '{"$gt":""}',
    'ا'.repeat(1_500),
  ]) {
    const page = await reader.get(`/search?${new URLSearchParams({ q })}`)
    assert.equal(page.status, 200, q)
    assert.doesNotMatch(page.text, /<script>alert/)
  }
  assert.equal((await reader.get('/search?q[$ne]=1&section[$gt]=')).status, 200)
  assert.equal((await reader.get('/search?q=a&q=b')).status, 200)
})
