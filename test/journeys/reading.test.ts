import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createDraft, importArticle } from '../../models/articles.ts'
import { createComment } from '../../models/comments.ts'
import type { ArticleFields } from '../../server/domain/article.ts'
import { blankArticle } from '../../server/domain/article.ts'
import { RULE_CODES } from '../../server/domain/comment-rules/types.ts'
import { slugOf } from '../../server/domain/news-code.ts'
import { approve, refuse, withdrawnArticle } from '../support/articles.ts'
import { openNewsroom, type TestNewsroom } from '../support/newsroom.ts'
import { type Visitor, visibleText } from '../support/visitor.ts'

let newsroom: TestNewsroom
let reader: Visitor

const FIRST: ArticleFields = {
  ...blankArticle(),
  kicker: 'مدیرکل روابط عمومی:',
  title: 'روابط عمومی‌ها عملکرد «سه‌ساله» را منتشر کنند',
  lead: 'قزوین- رئیس شورا گفت: مردم باید در جریان کارها قرار گیرند.',
  body: '<p>متن نخست خبر</p><h2>میان‌تیتر</h2><p>۲ &lt; ۳ &amp; «گفته»</p>',
  dateline: 'قزوین',
  byline: 'خبرنگار آزمون',
  section: 'society',
  tags: ['روابط عمومی', 'هفتهٔ دولت'],
}
const CODE = 3735708
const MOMENT = new Date('2016-08-08T13:53:00Z')
const PATH = `/news/${CODE}/${encodeURIComponent(slugOf(FIRST.title))}`

async function comment(name: string, body: string, createdAt: Date): Promise<string> {
  const scores = Object.fromEntries(RULE_CODES.map((code) => [code, 0])) as Record<(typeof RULE_CODES)[number], number>
  const { id } = await createComment({
    articleCode: CODE,
    parent: null,
    name,
    email: '',
    body,
    createdAt,
    state: 'waiting',
    inspection: { verdict: 'clean', findings: [], scores, language: { code: 'fa', score: 1 }, rank: 0 },
    fingerprint: 'f',
    subnet: 's',
  })
  return id
}

before(async () => {
  newsroom = await openNewsroom()
  reader = newsroom.visitor()
  await importArticle(FIRST, { code: CODE, slug: slugOf(FIRST.title), publishedAt: MOMENT, now: MOMENT })
  for (let i = 1; i <= 45; i++)
    await importArticle(
      { ...blankArticle(), title: `خبر ورزشی شمارهٔ ${i}`, body: '<p>متن</p>', section: 'sport', tags: ['لیگ برتر'] },
      {
        slug: `خبر-${i}`,
        publishedAt: new Date(Date.UTC(2026, 10, 20, 6, i)),
        now: new Date(),
      },
    )
  await withdrawnArticle(777)
})
after(() => newsroom.close())

describe('an article', () => {
  const WAYS: [asked: string, why: string][] = [
    [`/news/${CODE}`, 'without its slug'],
    ['/news/۳۷۳۵۷۰۸', 'by its code in Persian digits'],
    ['/news/٣٧٣٥٧٠٨', 'by its code in Arabic digits'],
    [`/news/${CODE}/یک-نشانی-کهنه`, 'by a stale slug'],
    [`/news/۳۷۳۵۷۰۸/${encodeURIComponent(slugOf(FIRST.title))}`, 'by the right slug but another spelling of the code'],
    ['/xFLTX', 'by its short link'],
  ]
  for (const [asked, why] of WAYS)
    test(`asked for ${why}, is at its one address (301)`, async () => {
      const page = await reader.get(encodeURI(asked).replace(/%25/g, '%'))
      assert.equal(page.status, 301)
      assert.equal(page.location, PATH)
    })

  test('shows all its parts in the order of reading', async () => {
    const page = await reader.get(PATH)
    assert.equal(page.status, 200)
    const seen = visibleText(page.text.slice(page.text.indexOf('<main')))
    let at = 0
    for (const part of [
      'جامعه',
      '۱۸ مرداد ۱۳۹۵، ۱۸:۲۳',
      'کد خبر: ۳۷۳۵۷۰۸',
      FIRST.kicker,
      FIRST.title,
      FIRST.byline,
      FIRST.lead,
      'متن نخست خبر',
      'میان‌تیتر',
      '۲ < ۳ & «گفته»',
      'کد خبر',
      '3735708',
      'پیوند کوتاه',
      '/xFLTX',
      'برچسب‌ها',
      'روابط عمومی',
      'هفتهٔ دولت',
      'هم‌رسانی',
      'انتشار یافته: ۰ · در انتظار بررسی: ۰ · غیر قابل انتشار: ۰',
      'نظر شما',
    ]) {
      const found = seen.indexOf(part, at)
      assert.ok(found >= 0, `${part} after ${seen.slice(Math.max(0, at - 40), at)}`)
      at = found
    }
    assert.match(page.text, /<time datetime="2016-08-08T13:53:00.000Z"/)
    assert.match(page.text, /<html lang="fa" dir="rtl"/)
  })

  test('names its one address, its card and its language for programs', async () => {
    const { text } = await reader.get(PATH)
    assert.ok(text.includes(`<link rel="canonical" href="${newsroom.url}${PATH}">`))
    assert.ok(text.includes(`<link rel="alternate" hreflang="fa" href="${newsroom.url}${PATH}">`))
    assert.match(text, /<meta property="og:type" content="article">/)
    assert.match(text, /<meta property="article:published_time" content="2016-08-08T13:53:00.000Z">/)
    assert.ok(text.includes('<meta property="og:title" content="روابط عمومی‌ها عملکرد «سه‌ساله» را منتشر کنند">'))
  })

  test('carries structured data that says what is shown', async () => {
    const { text } = await reader.get(PATH)
    const block = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)?.[1]
    const data = JSON.parse(block!) as Record<string, unknown>
    assert.equal(data['@type'], 'NewsArticle')
    assert.equal(data.headline, FIRST.title)
    assert.equal(data.alternativeHeadline, FIRST.kicker)
    assert.equal(data.description, FIRST.lead)
    assert.equal(data.identifier, String(CODE))
    assert.equal(data.articleSection, 'جامعه')
    assert.deepEqual(data.keywords, FIRST.tags)
    assert.equal(data.datePublished, MOMENT.toISOString())
    assert.equal(data.commentCount, 0)
    assert.deepEqual(data.author, { '@type': 'Person', name: FIRST.byline })
    const seen = visibleText(text)
    for (const line of String(data.articleBody).split(/\n+/)) assert.ok(seen.includes(line), line)
  })

  test('shows an approved comment and exact counts at once, and so does its structured data', async () => {
    const now = new Date()
    const first = await comment('زهرا', 'سپاس از <b>خبر</b> خوب', now)
    const second = await comment('', 'نظر دوم', now)
    await comment('', 'نظر سوم', now)
    const counts = async () =>
      /انتشار یافته: \S+ · در انتظار بررسی: \S+ · غیر قابل انتشار: \S+/.exec(
        visibleText((await reader.get(PATH)).text),
      )?.[0]
    assert.equal(await counts(), 'انتشار یافته: ۰ · در انتظار بررسی: ۳ · غیر قابل انتشار: ۰')
    await approve(first, now)
    await refuse(second, 'insult', now)
    const { text } = await reader.get(PATH)
    assert.equal(await counts(), 'انتشار یافته: ۱ · در انتظار بررسی: ۱ · غیر قابل انتشار: ۱')
    assert.ok(visibleText(text).includes('سپاس از <b>خبر</b> خوب'))
    assert.ok(!text.includes('نظر دوم') && !text.includes('نظر سوم'))
    const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)![1]!) as {
      commentCount: number
      comment: { text: string; author: { name: string } }[]
    }
    assert.equal(data.commentCount, 1)
    assert.deepEqual(
      data.comment.map(({ text, author }) => [text, author.name]),
      [['سپاس از <b>خبر</b> خوب', 'زهرا']],
    )
  })

  test('has a view for paper without comments, navigation or scripts', async () => {
    const { status, text } = await reader.get(`/news/${CODE}/print`)
    assert.equal(status, 200)
    const seen = visibleText(text)
    for (const part of [
      FIRST.kicker,
      FIRST.title,
      FIRST.lead,
      'متن نخست خبر',
      '3735708',
      '/xFLTX',
      '۱۸ مرداد ۱۳۹۵، ۱۸:۲۳',
    ])
      assert.ok(seen.includes(part), part)
    assert.doesNotMatch(text, /<nav|<script|انتشار یافته/)
  })
})

describe('what is not there', () => {
  const MISSING: [path: string, status: number, says: RegExp][] = [
    ['/news/999', 404, /خبری با این کد پیدا نشد/],
    ['/news/0', 404, /پیدا نشد/],
    ['/news/12ab', 404, /پیدا نشد/],
    ['/news/__proto__', 404, /پیدا نشد/],
    ['/news/777', 410, /برداشته شده/],
    ['/news/777/هر-چه', 410, /برداشته شده/],
    ['/news/777/print', 410, /برداشته شده/],
    ['/xZZZZ', 404, /پیدا نشد/],
    ['/xabc1', 404, /پیدا نشد/],
    ['/service/nothing', 404, /سرویس/],
    ['/service/sport?page=4', 404, /پیدا نشد/],
    ['/service/sport?page=0', 404, /پیدا نشد/],
    ['/service/sport?page=x', 404, /پیدا نشد/],
    ['/archive/1404/12/30', 404, /چنین روزی/],
    ['/archive/1405/13/1', 404, /چنین روزی/],
    ['/archive/x/1/1', 404, /چنین روزی/],
    ['/tag/!!!', 404, /پیدا نشد/],
    ['/nothing/here', 404, /جست‌وجو/],
    ['/news/%E0%A4%A', 400, /خوانا نبود/],
  ]
  for (const [path, status, says] of MISSING)
    test(`${path} answers ${status} with a page in Persian`, async () => {
      const page = await reader.get(path)
      assert.equal(page.status, status)
      assert.match(visibleText(page.text), says)
      assert.match(page.headers.get('content-type') ?? '', /^text\/html/)
      assert.match(page.text, /<meta name="robots" content="noindex">/)
    })

  test('a program gets the same in JSON', async () => {
    const { status, body } = await reader.json('/news/777')
    assert.equal(status, 410)
    assert.equal(body.error, 'article-withdrawn')
    assert.match(String(body.at), /^\d{4}-/)
  })

  test('a draft cannot be told from what never was', async () => {
    await createDraft({ ...blankArticle(), title: 'پیش‌نویس پنهان' }, { author: null, slug: 'x', now: new Date() })
    for (const path of [
      '/',
      '/service/society',
      '/search?q=%D9%BE%D9%86%D9%87%D8%A7%D9%86',
      '/feeds/rss.xml',
      '/sitemap.xml',
      '/api/v1/articles',
    ])
      assert.doesNotMatch((await reader.get(path)).text, /پیش‌نویس پنهان/, path)
  })
})

describe('a list', () => {
  test('is paged, and each page names its neighbours', async () => {
    const pages = await Promise.all(
      ['', '?page=2', '?page=۳'].map((query) => reader.get(encodeURI(`/service/sport${query}`))),
    )
    const titles = pages.flatMap(({ text }) =>
      [...text.matchAll(/story-title"><a[^>]*>([^<]+)</g)].map((found) => found[1]),
    )
    assert.equal(titles.length, 45)
    assert.equal(new Set(titles).size, 45)
    assert.equal(titles[0], 'خبر ورزشی شمارهٔ 45')
    assert.match(pages[0]!.text, /<link rel="next" href="\/service\/sport\?page&#x3D;2">/)
    assert.doesNotMatch(pages[0]!.text, /<link rel="prev"/)
    assert.match(pages[1]!.text, /<link rel="prev" href="\/service\/sport">/)
    assert.match(pages[1]!.text, /<link rel="next" href="\/service\/sport\?page&#x3D;3">/)
    assert.doesNotMatch(pages[2]!.text, /<link rel="next"/)
  })

  for (const tag of ['روابط_عمومی', 'روابط عمومی', 'روابط‌عمومی', 'روابط عمومي'])
    test(`under the tag «${tag}» has the article`, async () => {
      const page = await reader.get(`/tag/${encodeURIComponent(tag)}`)
      assert.ok(page.text.includes(PATH))
    })

  for (const path of ['/archive/1395/5/18', '/archive/۱۳۹۵/۰۵/۱۸', '/archive/1395/5'])
    test(`of ${path} has the article of that day`, async () => {
      const page = await reader.get(encodeURI(path))
      assert.equal(page.status, 200)
      assert.ok(page.text.includes(PATH))
      assert.match(page.text, /<link rel="canonical" href="[^"]*\/archive\/1395\/5(?:\/18)?">/)
    })

  test('of the day before does not have it', async () => {
    const page = await reader.get('/archive/1395/5/17')
    assert.equal(page.status, 200)
    assert.ok(!page.text.includes(PATH))
    assert.match(visibleText(page.text), /خبری منتشر نشده است/)
  })

  test('on the front page begins with the latest', async () => {
    const { text } = await reader.get('/')
    assert.match(text, /story-main">\s*<h2 class="story-title"><a[^>]*>خبر ورزشی شمارهٔ 45/)
    assert.ok(text.includes('جامعه') && text.includes('ورزش'))
  })

  test('of everything goes on where the front page ends', async () => {
    const front = (await reader.get('/')).text
    assert.match(front, /<link rel="next" href="\/\?page&#x3D;2">/)
    const headlines = front.slice(front.indexOf('headlines-title'), front.indexOf('class="ranks"'))
    assert.match(headlines, /شمارهٔ 26</)
    assert.ok(!headlines.includes('شمارهٔ 25<'))
    const second = await reader.get('/?page=۲'.replace('۲', encodeURIComponent('۲')))
    const titles = [...second.text.matchAll(/story-title"><a[^>]*>([^<]+)</g)].map((found) => found[1])
    assert.deepEqual([titles[0], titles.at(-1), titles.length], ['خبر ورزشی شمارهٔ 25', 'خبر ورزشی شمارهٔ 6', 20])
    assert.match(second.text, /<link rel="prev" href="\/">/)
    assert.match(second.text, /<link rel="next" href="\/\?page&#x3D;3">/)
    for (const wrong of ['99', '0', 'x']) assert.equal((await reader.get(`/?page=${wrong}`)).status, 404, wrong)
  })

  test('of what is read most is paged too', async () => {
    const [first, second] = await Promise.all(['', '?page=2'].map((query) => reader.get(`/popular${query}`)))
    assert.match(first!.text, /<link rel="next" href="\/popular\?page&#x3D;2">/)
    assert.match(second!.text, /<link rel="prev" href="\/popular">/)
    assert.match(second!.text, /<ol class="ranked-list" start="21">/)
    const titles = [first!, second!].map(({ text }) => {
      const list = text.slice(text.indexOf('id="read"'), text.indexOf('id="discussed"'))
      return [...list.matchAll(/<a href="[^"]*">([^<]+)</g)].map((found) => found[1])
    })
    assert.equal(new Set(titles.flat()).size, 40)
    assert.equal((await reader.get('/popular?page=99')).status, 404)
  })

  test('of what is read most follows the readings', async () => {
    const newcomer = newsroom.visitor()
    assert.equal((await newcomer.get('/popular')).status, 200)
  })
})

describe('the looks that a reader chose', () => {
  test('come back with the next page, without scripts', async () => {
    const visitor = newsroom.visitor()
    const chosen = await visitor.post('/appearance', { theme: 'dark', next: PATH })
    assert.equal(chosen.status, 303)
    assert.equal(chosen.location, PATH)
    await visitor.post('/appearance', { size: 'large', next: '//evil.example' })
    const { text } = await visitor.get(PATH)
    assert.match(text, /<html[^>]* data-theme="dark" data-text="large">/)
  })
  test('are only those that there are', async () => {
    const visitor = newsroom.visitor()
    await visitor.post('/appearance', { theme: '"><script>', next: '/' })
    assert.equal(visitor.cookie('theme'), undefined)
    assert.match((await visitor.get('/', { cookie: 'theme="><script>' })).text, /data-theme="auto"/)
  })
})

describe('every answer', () => {
  test('forbids browsers whatever is not ours', async () => {
    for (const path of ['/', PATH, '/nothing', '/feeds/rss.xml', '/healthz', '/desk/sign-in']) {
      const { headers } = await reader.get(path)
      const policy = headers.get('content-security-policy') ?? ''
      assert.match(policy, /default-src 'none'/, path)
      assert.match(policy, /script-src 'self'/)
      assert.match(policy, /frame-ancestors 'none'/)
      assert.doesNotMatch(policy, /unsafe|\*|http:/)
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      assert.equal(headers.get('x-powered-by'), null)
      assert.equal(headers.get('strict-transport-security'), null)
    }
  })

  test('has no script, style or handler within the page itself', async () => {
    for (const path of ['/', PATH, '/service/sport', '/archive/1395/5/18', '/search?q=x', '/popular', '/nothing']) {
      const { text } = await reader.get(path)
      assert.doesNotMatch(
        text,
        /<style|\sstyle=|<script(?![^>]*(?:src=|type="application\/ld\+json"))|\son[a-z]+=/i,
        path,
      )
    }
  })

  test('that was made for one reader stays out of shared caches', async () => {
    const shared = await newsroom.visitor().get(PATH)
    assert.equal(shared.headers.get('cache-control'), 'no-cache')
    assert.match(shared.headers.get('vary') ?? '', /Cookie/)
    const own = await newsroom.visitor().get(PATH, { cookie: `reader=${'a'.repeat(22)}` })
    assert.equal(own.headers.get('cache-control'), 'private, no-cache')
  })

  test('to a method that nothing here answers is a refusal', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'PROPFIND']) {
      const response = await fetch(newsroom.url + PATH, { method })
      assert.equal(response.status, 405, method)
      assert.equal(response.headers.get('allow'), 'GET, HEAD, POST, OPTIONS')
    }
  })

  test('of health, readiness and figures is for those who run the newsroom', async () => {
    assert.equal((await reader.get('/healthz')).status, 200)
    assert.equal((await reader.get('/readyz')).status, 200)
    assert.match((await reader.get('/metrics')).text, /newsroom_comments_published \d+/)
    assert.equal((await reader.get('/metrics', { 'x-forwarded-for': '203.0.113.7' })).status, 404)
  })
})
