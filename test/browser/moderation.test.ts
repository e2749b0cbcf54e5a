import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { findByCode } from '../../models/articles.ts'
import { keptPolicy, savePolicy } from '../../models/comment-policy.ts'
import { countComments, findComment } from '../../models/comments.ts'
import { latestComments } from '../../models/moderation.ts'
import { publishedArticle } from '../support/articles.ts'
import { openBrowser, openWindow, SKIP_WITHOUT_BROWSER } from '../support/browser.ts'
import type { TestNewsroom } from '../support/newsroom.ts'
import { openNewsroom, TEST_PASSWORD } from '../support/newsroom.ts'

const CODE = 4_000_006
const skip = SKIP_WITHOUT_BROWSER

let newsroom: TestNewsroom
let browser: Browser

before(async () => {
  if (skip) return
  newsroom = await openNewsroom()
  await publishedArticle(CODE)
  await newsroom.staff('moderator', 'moderator')
  await newsroom.staff('head', 'chief', 'admin')
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await newsroom?.close()
})

async function send(body: string): Promise<string> {
  const sent = await newsroom.visitor().json(`/news/${CODE}/comments`, { name: 'خواننده', body })
  assert.equal(sent.status, 201, JSON.stringify(sent.body))
  return (await Array.fromAsync(latestComments(50))).find((one) => one.body === body)!.id
}

async function signIn(page: Page, username: string): Promise<void> {
  await page.goto(`${newsroom.url}/desk/sign-in`)
  await page.getByLabel('نام کاربری').fill(username)
  await page.getByLabel('گذرواژه').fill(TEST_PASSWORD)
  await page.getByRole('button', { name: 'ورود' }).click()
  await page.waitForURL(/\/desk$/)
}

const openId = (page: Page) => page.locator('#open').getAttribute('data-id')

/** Waits until this comment stands in the pane. */
async function opened(page: Page, id: string): Promise<void> {
  await page.locator(`#open[data-id="${id}"]`).waitFor()
}

async function becomes(id: string, state: string): Promise<void> {
  for (let look = 0; look < 100; look++) {
    if ((await findComment(id))?.state === state) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  assert.equal((await findComment(id))?.state, state)
}

test('a keyboard alone reads, publishes, refuses, holds, takes back, selects and asks for its keys', {
  skip,
}, async () => {
  const texts = ['نخستین', 'دومین', 'سومین', 'چهارمین', 'پنجمین', 'ششمین']
  for (const word of texts) await send(`${word} نظر دربارهٔ بودجهٔ امسال شورای شهر است.`)
  const { page, context, faults } = await openWindow(browser)
  await signIn(page, 'moderator')
  await page.goto(`${newsroom.url}/desk/moderation`)
  const ids = await page
    .locator('#queue-rows .queue-row')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-id') ?? ''))
  assert.equal(ids.length, texts.length)
  const [first, second, third, fourth, fifth, sixth] = ids as [string, string, string, string, string, string]
  await opened(page, first)
  await page.keyboard.press('j')
  await opened(page, second)
  await page.keyboard.press('k')
  await opened(page, first)

  await page.keyboard.press('p')
  await opened(page, second)
  await becomes(first, 'published')
  await page.getByText('منتشر شد.').waitFor()

  await page.keyboard.press('r')
  await page.keyboard.press('1')
  await opened(page, third)
  await becomes(second, 'refused')
  assert.equal((await findComment(second))?.rule?.code, 'insult')
  await page.getByText('رد شد.').waitFor()

  await page.keyboard.press('h')
  await opened(page, fourth)
  await becomes(third, 'held')
  await page.getByText('به سردبیر ارجاع شد.').waitFor()

  await page.keyboard.press('p')
  await opened(page, fifth)
  await becomes(fourth, 'published')
  await page.getByText('منتشر شد.').waitFor()
  await page.keyboard.press('u')
  await opened(page, fourth)
  await becomes(fourth, 'waiting')

  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await opened(page, fifth)
  await page.keyboard.press('x')
  assert.equal(await page.locator('.queue-row.selected').count(), 2)
  await page.keyboard.press('r')
  await page.keyboard.press('7')
  await opened(page, sixth)
  for (const id of [fourth, fifth]) {
    await becomes(id, 'refused')
    assert.equal((await findComment(id))?.rule?.code, 'duplicate')
  }

  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'کلیدهای میز بررسی' }).waitFor()
  await page.keyboard.press('Escape')
  await page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ح' }))")
  await becomes(sixth, 'published')
  const { waiting } = await countComments()
  assert.equal(waiting, 1, 'only the held one is left')
  assert.deepEqual(faults, [])
  await context.close()
})

test('a comment that arrives shows itself without moving the one that is read', { skip }, async () => {
  const id = await send('این نظر باز می‌ماند تا نظر دیگری دربارهٔ بودجه برسد.')
  const { page, context, faults } = await openWindow(browser)
  await signIn(page, 'moderator')
  const listening = page.waitForResponse(/\/desk\/moderation\/live/)
  await page.goto(`${newsroom.url}/desk/moderation`)
  await opened(page, id)
  await listening
  const place = await page.locator('.comment-reading').boundingBox()
  await send('نظر تازه‌ای که هم‌اکنون دربارهٔ شورای شهر رسید.')
  await page.getByRole('button', { name: '۱ نظر تازه' }).waitFor()
  assert.equal(await openId(page), id)
  assert.deepEqual(await page.locator('.comment-reading').boundingBox(), place)
  assert.equal(await page.locator('#queue-rows .queue-row').count(), 1)
  await page.getByRole('button', { name: '۱ نظر تازه' }).click()
  await page.locator('#queue-rows .queue-row').nth(1).waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

async function faultsOf(page: Page, path: string, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page })
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze()
  return violations.map(({ id, nodes }) => `${path} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

test('without scripts and by keyboard alone a built-in word is found, given an exception, tried and saved', {
  skip,
}, async () => {
  const { page, context } = await openWindow(browser, { scripts: false, width: 390 })
  await signIn(page, 'head')
  await page.goto(`${newsroom.url}/desk/moderation/rules`)
  await page.getByLabel('بخشی از واژه').focus()
  await page.keyboard.type('اهمغ')
  await page.keyboard.press('Enter')
  await page.getByLabel('افزودن استثنا برای «احمق»', { exact: true }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.type('احمق‌های بزرگ سینما')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'پیش از ذخیره' }).waitFor()
  await page.getByRole('button', { name: 'ذخیره' }).first().focus()
  await page.keyboard.press('Enter')
  await page.getByRole('status').filter({ hasText: 'ذخیره شد. «احمق»' }).waitFor()
  assert.equal(await page.getByLabel('بخشی از واژه').inputValue(), 'اهمغ')
  const { policy } = await keptPolicy()
  assert.deepEqual(
    policy.words.find(({ word }) => word === 'احمق'),
    { word: 'احمق', strength: 'as-is', exceptions: ['احمق‌های بزرگ سینما'] },
  )
  await context.close()
})

test('the key of two-step sign-in can be read on a phone', { skip }, async () => {
  const { page, context } = await openWindow(browser, { width: 390 })
  await signIn(page, 'head')
  await page.goto(`${newsroom.url}/desk/account`)
  assert.ok(await page.getByText(/^(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).isVisible())
  await context.close()
})

for (const width of [390, 1280]) {
  test(`no desk page has a fault that axe knows, ${width} wide, light and dark`, { skip }, async () => {
    const marked = await send(`مدیر شورای شهر احمق است و بودجه را برد؛ ${width} بار.`)
    const article = (await findByCode(CODE))!
    const { revision, policy } = await keptPolicy()
    await savePolicy(
      revision,
      { ...policy, words: [{ word: 'زردک', strength: 'insult', exceptions: ['مربای زردک'] }] },
      { at: newsroom.house.now(), by: { id: 'a', name: 'سردبیر' }, what: '«زردک»: توهین.' },
    )
    const { page, context, faults } = await openWindow(browser, { width })
    const found: string[] = []
    const look = async (path: string) => {
      await page.goto(newsroom.url + path)
      found.push(...(await faultsOf(page, path)))
      const tooWide = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
      if (Number(tooWide) > 0) found.push(`${path} is ${tooWide} px too wide`)
      await page.emulateMedia({ colorScheme: 'dark' })
      found.push(...(await faultsOf(page, `${path} (dark)`, ['color-contrast'])))
      await page.emulateMedia({ colorScheme: 'light' })
    }
    await look('/desk/sign-in')
    await signIn(page, 'head')
    for (const path of [
      '/desk',
      '/desk/account',
      '/desk/articles',
      '/desk/articles/new',
      '/desk/media',
      `/desk/articles/${article.id}`,
      `/desk/moderation?open=${marked}`,
      '/desk/moderation?state=published',
      '/desk/moderation/fairness',
      '/desk/moderation/rules',
      `/desk/moderation/rules?q=${encodeURIComponent('احمق')}`,
      '/desk/moderation/blocks',
      '/desk/admin/staff',
      '/desk/admin/sections',
      '/desk/admin/settings',
      '/desk/admin/audit',
    ]) {
      await look(path)
    }
    assert.deepEqual(found, [])
    assert.deepEqual(faults, [])
    await context.close()
  })
}
