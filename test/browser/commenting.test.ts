import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { allCommentsOf, countComments } from '../../models/comments.ts'
import { approve, publishedArticle } from '../support/articles.ts'
import { openBrowser, openWindow, SKIP_WITHOUT_BROWSER } from '../support/browser.ts'
import { answerInWords, digitsOf } from '../support/captcha-solving.ts'
import type { TestNewsroom } from '../support/newsroom.ts'
import { openNewsroom } from '../support/newsroom.ts'

/** What the tests touch of the page, where their functions run. */
declare const document: {
  querySelector(selector: string): { textContent: string; value: string; naturalWidth: number; noValidate: boolean }
  activeElement: { name: string }
  documentElement: { scrollWidth: number }
}
declare const window: { innerWidth: number }

const CODE = 4_400_001
const skip = SKIP_WITHOUT_BROWSER
let newsroom: TestNewsroom
let browser: Browser

before(async () => {
  if (skip) return
  newsroom = await openNewsroom({ CAPTCHA: 'always', LIMITS: 'off' })
  await publishedArticle(CODE)
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await newsroom?.close()
})

async function openForm(page: Page): Promise<void> {
  await page.goto(`${newsroom.url}/news/${CODE}`)
  await page.locator('[data-picture]').scrollIntoViewIfNeeded()
  await page.waitForFunction(() => document.querySelector('[data-picture]').naturalWidth > 0)
}

async function publishedFrom(page: Page, body: string): Promise<string> {
  await openForm(page)
  await page.locator('[name=body]').fill(body)
  await page.locator('[data-question]').click()
  const question = page.locator('[data-question-words]')
  await page.waitForFunction(() => document.querySelector('[data-question-words]').textContent !== '')
  await page.locator('[name=captchaText]').fill(answerInWords((await question.textContent()) ?? ''))
  await page.locator('[data-send]').click()
  await page.waitForURL(/\/comments\/follow-up\//)
  const stored = (await allCommentsOf(CODE)).findLast((comment) => comment.body === body)
  assert.ok(stored)
  await approve(stored.id, newsroom.house.now())
  return stored.id
}

test('with scripts a wrong answer stays on the page with a new picture, and the draft outlives a reload', {
  skip,
}, async () => {
  const { page, context } = await openWindow(browser, { width: 390 })
  await openForm(page)
  await page.locator('[name=body]').fill('پیش‌نویسی که نباید گم شود')
  assert.equal(await page.locator('[data-left]').textContent(), '۹۷۶ نویسهٔ دیگر')
  await page.locator('[name=captchaText]').fill('99999')
  await page.locator('[data-send]').click()
  await page.locator('.fault').waitFor()
  assert.match((await page.locator('.fault').textContent()) ?? '', /پاسخ تصویر درست نبود/)
  assert.equal(await page.evaluate(() => document.activeElement.name === 'captchaText'), true)
  const key = await page.locator('[name=captchaKey]').inputValue()
  assert.match(key, /^[\w-]{22}$/)
  await page.reload()
  assert.equal(await page.locator('[name=body]').inputValue(), 'پیش‌نویسی که نباید گم شود')
  await page.locator('[data-again]').click()
  await page.waitForFunction(() => document.querySelector('[name=captchaKey]').value !== '')
  const fresh = await page.locator('[name=captchaKey]').inputValue()
  await page.locator('[name=captchaText]').fill(await digitsOf(newsroom.house.secret, fresh))
  await page.locator('[data-send]').click()
  await page.waitForURL(/\/comments\/follow-up\/.*new=1/)
  await page.goto(`${newsroom.url}/news/${CODE}`)
  assert.equal(await page.locator('[name=body]').inputValue(), '')
  await context.close()
})

test('with scripts a vote counts in place, and the reply line comes and goes', { skip }, async () => {
  const { page, context, faults } = await openWindow(browser, { width: 390 })
  const id = await publishedFrom(page, 'نظری برای رأی و پاسخ در مرورگر')
  await page.goto(`${newsroom.url}/news/${CODE}`)
  const comment = page.locator(`#comment-${id}`)
  await comment.locator('.vote-agree').click()
  await comment.locator('.vote-agree[aria-pressed=true]').waitFor()
  assert.equal(await comment.locator('[data-agree]').textContent(), '۱')
  await comment.locator('[data-reply]').click()
  assert.equal(
    await page.locator('[data-reply-text]').textContent(),
    'شما در حال پاسخ به نظر «نظری برای رأی و پاسخ در مرورگر» هستید',
  )
  assert.equal(await page.locator('[name=parentId]').inputValue(), id)
  await page.locator('[data-reply-cancel]').click()
  assert.equal(await page.locator('[name=parentId]').inputValue(), '')
  assert.equal(await page.locator('[data-reply-line]').isVisible(), false)
  assert.deepEqual(faults, [])
  await context.close()
})

test('without scripts the reply line, its cancel and the vote are pages', { skip }, async () => {
  const { page, context } = await openWindow(browser, { width: 390, scripts: false })
  const stored = (await allCommentsOf(CODE)).find((comment) => comment.state === 'published')
  assert.ok(stored)
  await page.goto(`${newsroom.url}/news/${CODE}`)
  await page.locator(`#comment-${stored.id}`).getByRole('link', { name: 'پاسخ' }).click()
  assert.equal(await page.locator('[name=parentId]').inputValue(), stored.id)
  await page.getByRole('link', { name: 'لغو پاسخ' }).click()
  assert.equal(await page.locator('[name=parentId]').inputValue(), '')
  await page.locator(`#comment-${stored.id} .vote-agree`).click()
  assert.match(page.url(), new RegExp(`#comment-${stored.id}$`))
  await context.close()
})

test('with scripts the rule and the own words are marked in place, once', { skip }, async () => {
  const { page, context, faults } = await openWindow(browser, { width: 390 })
  await openForm(page)
  const answer = async () => {
    await page.waitForFunction(() => document.querySelector('[data-question-words]').textContent !== '')
    const question = (await page.locator('[data-question-words]').textContent()) ?? ''
    await page.locator('[name=captchaText]').fill(answerInWords(question))
    await page.locator('[data-send]').click()
  }
  await page.locator('[name=body]').fill('شهردار بی شرف کثافت است')
  await page.locator('[data-question]').click()
  await answer()
  await page.locator('.comment-rewrite').waitFor()
  assert.equal(await page.locator('.comment-marked').textContent(), 'شهردار بی شرف کثافت است')
  assert.match((await page.locator('.comment-marked mark').first().textContent()) ?? '', /بی شرف/)
  assert.equal(await page.locator('.notice-bad').count(), 0)
  assert.equal(await page.locator('[name=body]').inputValue(), 'شهردار بی شرف کثافت است')
  await page.locator('[name=body]').fill('شهردار کاری برای محلهٔ ما نکرده است')
  await answer()
  await page.waitForURL(/\/comments\/follow-up\//)
  assert.deepEqual(faults, [])
  await context.close()
})

test('a keyboard alone reaches every field and sends the comment', { skip }, async () => {
  const { page, context } = await openWindow(browser)
  await openForm(page)
  const { waiting } = await countComments(CODE)
  await page.locator('[name=body]').focus()
  await page.keyboard.type('نظری تنها با صفحه‌کلید')
  for (let i = 0; i < 2; i++) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.querySelector('[data-question-words]').textContent !== '')
  await page.keyboard.type(answerInWords((await page.locator('[data-question-words]').textContent()) ?? ''))
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/comments\/follow-up\//)
  assert.equal((await countComments(CODE)).waiting, waiting + 1)
  await context.close()
})

for (const [width, dark] of [
  [390, false],
  [1280, true],
] as const) {
  test(`form, faults, thread and follow-up have no fault that axe knows, ${width} wide, ${dark ? 'dark' : 'light'}`, {
    skip,
  }, async () => {
    const { page, context } = await openWindow(browser, { width, dark })
    const clean = async () => {
      const { violations } = await new AxeBuilder({ page }).include('main').analyze()
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
        [],
      )
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth))
    }
    await page.goto(`${newsroom.url}/news/${CODE}/comments`)
    await clean()
    await page.locator('[name=email]').fill('nadarad')
    await page.evaluate(() => {
      document.querySelector('[data-comment-form]').noValidate = true
    })
    await page.locator('[data-send]').click()
    await page.locator('.fault').first().waitFor()
    await clean()
    await publishedFrom(page, `نظری برای نگاه به صفحه، ${width}`)
    await clean()
    await context.close()
  })
}
