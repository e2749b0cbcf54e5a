import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { importArticle } from '../../models/articles.ts'
import { createComment } from '../../models/comments.ts'
import { blankArticle } from '../../server/domain/article.ts'
import { RULE_CODES } from '../../server/domain/comment-rules/types.ts'
import { slugOf } from '../../server/domain/news-code.ts'
import { withdrawnArticle } from '../support/articles.ts'
import { openBrowser, openWindow, SKIP_WITHOUT_BROWSER } from '../support/browser.ts'
import { openNewsroom, type TestNewsroom } from '../support/newsroom.ts'

const LONG_TITLE =
  'فرش دستباف پس از سه سال رکود دوباره مشتری خارجی پیدا کرد؛ بافندگان کاشان و تبریز از بازگشت سفارش‌های اروپایی می‌گویند و چشم به راه تسهیلات‌اند'
const LONG_COMMENT = `${'این نظر بلند است و چند جمله دارد. '.repeat(26)}As they say: transparency is the best policy. ${'پایان'.repeat(6)}`

let newsroom: TestNewsroom
let browser: Browser
let article = ''

async function comment(body: string, minute: number): Promise<void> {
  const scores = Object.fromEntries(RULE_CODES.map((code) => [code, 0])) as Record<(typeof RULE_CODES)[number], number>
  await createComment({
    articleCode: 1001,
    parent: null,
    name: minute % 2 ? 'رضا' : '',
    email: '',
    body,
    createdAt: new Date(Date.UTC(2026, 10, 24, 6, minute)),
    state: 'published',
    inspection: { verdict: 'clean', findings: [], scores, language: { code: 'fa', score: 1 }, rank: 0 },
    fingerprint: 'f',
    subnet: 's',
  })
}

before(async () => {
  if (SKIP_WITHOUT_BROWSER) return
  newsroom = await openNewsroom({ CAPTCHA: 'always' })
  const titles = [LONG_TITLE, 'نان گران شد', 'چهل نمایش به مرحلهٔ پایانی جشنواره رسید']
  for (let i = 0; i < 24; i++) {
    const title = titles[i % 3]!
    await importArticle(
      {
        ...blankArticle(),
        kicker: i % 2 ? 'گزارش میدانی از بازار بزرگ:' : '',
        title,
        lead: i % 4 ? 'سفارش‌های تازه از آلمان و ایتالیا نیمی از کارگاه‌های تعطیل‌شده را باز کرده است. '.repeat(2) : '',
        body: `<p>${'متن خبر در چند جمله آمده است. '.repeat(30)}</p><h2>میان‌تیتر</h2><blockquote><p>گفته</p></blockquote><ul><li>یک</li></ul><table><tr><th scope="col">سال</th><th scope="col">شمار</th></tr><tr><td>۱۴۰۵</td><td>۱۲</td></tr></table>`,
        section: i % 2 ? 'society' : 'sport',
        tags: ['فرش دستباف', 'صادرات'],
      },
      {
        code: 1001 + i,
        slug: slugOf(title),
        publishedAt: new Date(Date.UTC(2026, 10, 24, 5, -i * 40)),
        now: new Date(),
      },
    )
  }
  await withdrawnArticle(2000)
  await comment('عالی', 1)
  await comment(LONG_COMMENT, 2)
  article = `/news/1001/${encodeURIComponent(slugOf(LONG_TITLE))}`
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await newsroom?.close()
})

const pages = () => [
  '/',
  article,
  '/news/1002',
  '/service/society',
  '/service/sport?page=1',
  '/tag/صادرات',
  '/archive/1405/9/3',
  '/archive/1390/1/1',
  '/popular',
  '/search',
  '/search?q=فرش',
  '/search?q=زرافه&from=x',
  '/news/1001/print',
  '/news/2000',
  '/news/9',
  '/nothing',
]

const WINDOWS: { width: number; dark: boolean }[] = [
  { width: 390, dark: true },
  { width: 768, dark: false },
  { width: 1280, dark: false },
]

for (const { width, dark } of WINDOWS)
  test(`no page breaks, overflows or shuts anybody out at ${width} pixels, ${dark ? 'dark' : 'light'}`, {
    skip: SKIP_WITHOUT_BROWSER,
  }, async () => {
    const { page, context, faults } = await openWindow(browser, { width, dark })
    for (const path of pages()) {
      await page.goto(newsroom.url + path)
      const [content, window] = (await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')) as [
        number,
        number,
      ]
      assert.ok(content <= window, `${path} is ${content} wide`)
      const { violations } = await new AxeBuilder({ page }).analyze()
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${path} ${id} ${nodes[0]?.target.join(' ')}`),
        [],
      )
    }
    assert.deepEqual(faults, [])
    await context.close()
  })

describe('without scripts', { skip: SKIP_WITHOUT_BROWSER }, () => {
  test('looks and size of text are chosen and remembered, and everything is there', async () => {
    const { page, context } = await openWindow(browser, { scripts: false, width: 390 })
    await page.goto(newsroom.url + article)
    assert.equal(await page.getByRole('button', { name: 'زمینهٔ روشن' }).count(), 0)
    await page.getByRole('button', { name: 'زمینهٔ تیره' }).click()
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
    assert.equal(new URL(page.url()).pathname, article)
    await page.getByRole('button', { name: 'متن بزرگ', exact: true }).click()
    assert.equal(await page.locator('html').getAttribute('data-text'), 'large')
    assert.equal(await page.getByRole('button', { name: 'متن بزرگ', exact: true }).getAttribute('aria-pressed'), 'true')
    for (const name of ['برچسب‌ها', 'نظرات', 'مطالب مرتبط']) await page.getByRole('heading', { name }).waitFor()
    assert.equal(await page.locator('[data-copy]:visible').count(), 0)
    await context.close()
  })
})

describe('with scripts', { skip: SKIP_WITHOUT_BROWSER }, () => {
  test('looks and size of text change in place and stay', async () => {
    const { page, context, faults } = await openWindow(browser)
    await page.goto(newsroom.url + article)
    const told = page.waitForResponse(/\/appearance$/)
    await page.getByRole('button', { name: 'زمینهٔ تیره' }).click()
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
    assert.equal((await told).status(), 204)
    const toldSize = page.waitForResponse(/\/appearance$/)
    await page.getByRole('button', { name: 'متن بسیار بزرگ' }).click()
    await toldSize
    await page.reload()
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
    assert.equal(await page.locator('html').getAttribute('data-text'), 'huge')
    assert.deepEqual(faults, [])
    await context.close()
  })

  test('the first key reaches the skip link, and it leads to the text', async () => {
    const { page, context } = await openWindow(browser)
    await page.goto(newsroom.url + article)
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'رفتن به متن صفحه')
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate('document.activeElement.id'), 'content')
    await context.close()
  })

  test('the code is copied by its button', async () => {
    const { page, context } = await openWindow(browser)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto(newsroom.url + article)
    await page.locator('[data-copy="1001"]').click()
    await page.getByText('رونوشت شد').waitFor()
    assert.equal(await page.evaluate('navigator.clipboard.readText()'), '1001')
    await context.close()
  })

  test('the masthead leaves when one reads on and comes back when one turns back', async () => {
    const { page, context } = await openWindow(browser)
    await page.goto(newsroom.url + article)
    await page.mouse.wheel(0, 1_200)
    await page.locator('.masthead.is-away').waitFor({ state: 'attached' })
    await page.mouse.wheel(0, -200)
    await page.locator('.masthead:not(.is-away)').waitFor()
    await context.close()
  })

  test('nothing moves while a page loads, however late the font comes', async () => {
    const { page, context } = await openWindow(browser, { width: 390 })
    await page.route(/\.woff2$/, async (route) => {
      await page.waitForLoadState('domcontentloaded')
      await route.continue()
    })
    await page.addInitScript(
      'window.moved = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value }).observe({ type: "layout-shift", buffered: true })',
    )
    for (const path of ['/', article, '/service/society']) {
      await page.goto(newsroom.url + path, { waitUntil: 'networkidle' })
      await page.evaluate('document.fonts.ready.then(() => undefined)')
      const moved = (await page.evaluate('window.moved')) as number
      assert.ok(moved < 0.02, `${path} moved by ${moved}`)
    }
    await context.close()
  })
})
