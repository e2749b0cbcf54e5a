import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { importArticle } from '../../models/articles.ts'
import { blankArticle } from '../../server/domain/article.ts'
import { withdrawnArticle } from '../support/articles.ts'
import { openNewsroom, type TestNewsroom } from '../support/newsroom.ts'
import { type Visitor, visibleText } from '../support/visitor.ts'

let newsroom: TestNewsroom
let reader: Visitor

const TITLE = 'نان «سنگک» & <بربری> ]]> ارزان شد'
const MOMENT = new Date('2026-11-20T08:30:00Z')

before(async () => {
  newsroom = await openNewsroom()
  newsroom.setClock(new Date('2026-11-21T00:00:00Z'))
  reader = newsroom.visitor()
  await importArticle(
    {
      ...blankArticle(),
      kicker: 'گزارش:',
      title: TITLE,
      lead: 'لید \u0001 خبر',
      body: '<p>نانوایان گفتند.</p>',
      byline: 'سارا',
      dateline: 'یزد',
      section: 'society',
      tags: ['نان', 'بازار شهر'],
    },
    { code: 500, slug: 'نان', publishedAt: MOMENT, now: MOMENT },
  )
  // Seven of one moment, so that a cursor must tell them apart.
  for (let i = 0; i < 7; i++)
    await importArticle(
      { ...blankArticle(), title: `هم‌زمان ${i}`, body: '<p>متن</p>', section: 'sport', tags: [] },
      { code: 600 + i, slug: '', publishedAt: new Date('2026-11-19T08:00:00Z'), now: MOMENT },
    )
  await withdrawnArticle(700)
})
after(() => newsroom.close())

/** Checks that every tag is closed in its order and no bare ampersand or control character stands anywhere. */
function assertWellFormed(xml: string): void {
  assert.doesNotMatch(xml, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/)
  assert.doesNotMatch(xml, /&(?!(?:amp|lt|gt|quot);)/)
  const open: string[] = []
  for (const [, closing, name, empty] of xml.matchAll(/<(\/?)([\w:]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (closing) assert.equal(open.pop(), name)
    else if (!empty) open.push(name!)
  }
  assert.deepEqual(open, [])
  assert.doesNotMatch(xml.replace(/<\?xml[^>]*\?>/, '').replace(/<\/?[\w:]+(?:\s[^<>]*?)?\/?>/g, ''), /[<>]/)
}

describe('feeds', () => {
  const PLACES: [path: string, has: boolean][] = [
    ['', true],
    ['/service/society', true],
    ['/service/sport', false],
    ['/tag/%D9%86%D8%A7%D9%86', true],
    ['/tag/%D8%A8%D8%A7%D8%B2%D8%A7%D8%B1_%D8%B4%D9%87%D8%B1', true],
  ]
  for (const [place, has] of PLACES) {
    for (const file of ['rss.xml', 'atom.xml'])
      test(`${place}/feeds/${file} is well-formed and in ISO`, async () => {
        const { status, text, headers } = await reader.get(`${place}/feeds/${file}`)
        assert.equal(status, 200)
        assert.match(headers.get('content-type') ?? '', /^application\/(?:rss|atom)\+xml; charset=utf-8/)
        assertWellFormed(text)
        assert.equal(text.includes('نان «سنگک» &amp; &lt;بربری&gt; ]]&gt; ارزان شد'), has)
        assert.equal(text.includes('2026-11-20T08:30:00.000Z'), has)
        assert.ok(!text.includes('شورای شهر'))
      })
    test(`${place}/feeds/feed.json is a JSON Feed`, async () => {
      const feed = JSON.parse((await reader.get(`${place}/feeds/feed.json`)).text) as {
        version: string
        items: { title: string; url: string; date_published: string }[]
      }
      assert.equal(feed.version, 'https://jsonfeed.org/version/1.1')
      const item = feed.items.find(({ title }) => title === TITLE)
      assert.equal(item !== undefined, has)
      if (item) {
        assert.equal(item.date_published, MOMENT.toISOString())
        assert.equal(visibleText((await reader.get(item.url)).text).includes(TITLE), true)
      }
    })
  }

  test('of comments exist for an article, and only for a published one', async () => {
    const { status, text } = await reader.get('/news/500/comments/feeds/rss.xml')
    assert.equal(status, 200)
    assertWellFormed(text)
    assert.equal((await reader.get('/news/700/comments/feeds/rss.xml')).status, 410)
    assert.equal((await reader.get('/news/701/comments/feeds/rss.xml')).status, 404)
    assert.equal((await reader.get('/service/none/feeds/rss.xml')).status, 404)
  })
})

describe('site maps', () => {
  test('name every published address and no other', async () => {
    const { text } = await reader.get('/sitemap.xml')
    assertWellFormed(text)
    assert.ok(text.includes(`<loc>${newsroom.url}/news/500/%D9%86%D8%A7%D9%86</loc>`))
    assert.ok(text.includes(`<loc>${newsroom.url}/news/600</loc>`))
    assert.ok(!text.includes('/news/700'))
    assert.equal((await reader.get('/sitemap.xml?page=2')).status, 404)
  })
  test('of news hold what came within two days', async () => {
    const { text } = await reader.get('/sitemap-news.xml')
    assertWellFormed(text)
    assert.ok(text.includes('/news/500/'))
    assert.match(text, /<news:language>fa<\/news:language>/)
    newsroom.setClock(new Date('2026-11-24T00:00:00Z'))
    assert.ok(!(await reader.get('/sitemap-news.xml')).text.includes('/news/500/'))
  })
  test('are named in robots.txt, which keeps robots from the desk', async () => {
    const { text } = await reader.get('/robots.txt')
    assert.match(text, /Disallow: \/desk/)
    assert.ok(text.includes(`Sitemap: ${newsroom.url}/sitemap.xml`))
  })
  test('the manifest and the search description are for this site', async () => {
    const manifest = JSON.parse((await reader.get('/manifest.webmanifest')).text) as Record<string, unknown>
    assert.equal(manifest.dir, 'rtl')
    assertWellFormed((await reader.get('/opensearch.xml')).text)
  })
})

describe('the read API', () => {
  interface List {
    items: { code: number; title: string; section: { slug: string } | null }[]
    next: string | null
  }

  test('gives every article once, whatever the size of its pages', async () => {
    for (const limit of [1, 2, 3, 5, 100]) {
      const codes: number[] = []
      let cursor = ''
      for (let page = 0; page < 20; page++) {
        const { body } = await reader.json<List>(`/api/v1/articles?limit=${limit}${cursor && `&cursor=${cursor}`}`)
        codes.push(...body.items.map(({ code }) => code))
        if (body.next === null) break
        cursor = body.next
      }
      assert.deepEqual([...codes].sort(), [500, 600, 601, 602, 603, 604, 605, 606], `limit ${limit}`)
    }
  })

  test('filters by section, tag and time', async () => {
    const codes = async (query: string) =>
      (await reader.json<List>(`/api/v1/articles?${query}`)).body.items.map(({ code }) => code)
    assert.deepEqual(await codes('section=society'), [500])
    assert.deepEqual(await codes(`tag=${encodeURIComponent('بازار شهر')}`), [500])
    assert.deepEqual(await codes('from=2026-11-20T00:00:00Z'), [500])
    assert.equal((await codes('to=2026-11-20T00:00:00Z')).length, 7)
  })

  for (const query of ['limit=0', 'limit=101', 'limit=x', 'cursor=x', 'cursor=..', 'from=yesterday', 'to=2026-99-99'])
    test(`refuses ${query} with 400`, async () => {
      const { status, body } = await reader.json(`/api/v1/articles?${query}`)
      assert.equal(status, 400)
      assert.equal(typeof body.error, 'string')
    })

  test('gives one article with all its parts, by any digits', async () => {
    const { body } = await reader.json('/api/v1/articles/۵۰۰')
    assert.equal(body.kicker, 'گزارش:')
    assert.equal(body.publishedAt, MOMENT.toISOString())
    assert.deepEqual(body.section, { slug: 'society', name: 'جامعه' })
    assert.equal(body.body, '<p>نانوایان گفتند.</p>')
    assert.equal((await reader.json('/api/v1/articles/700')).status, 410)
    assert.equal((await reader.json('/api/v1/articles/1')).status, 404)
    assert.equal((await reader.json('/api/v1/articles/__proto__')).status, 404)
  })

  test('gives one article as ninjs with kicker and code', async () => {
    const { body } = await reader.json<Record<string, { role: string; value: string }[]>>('/api/v1/articles/500.ninjs')
    assert.deepEqual(body.headlines, [
      { role: 'main', value: TITLE },
      { role: 'kicker', value: 'گزارش:' },
    ])
    assert.ok(body.altids!.some(({ role, value }) => role === 'newsCode' && value === '500'))
  })

  test('gives the comments of an article', async () => {
    const { status, body } = await reader.json('/api/v1/articles/500/comments')
    assert.equal(status, 200)
    assert.deepEqual(body, { items: [], next: null })
  })

  test('describes itself', async () => {
    const { body } = await reader.json<{ openapi: string; paths: Record<string, unknown> }>('/api/v1/openapi.json')
    assert.equal(body.openapi, '3.1.0')
    assert.equal(Object.keys(body.paths).length, 4)
  })
})
