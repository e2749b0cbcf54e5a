import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser, openWindow, SKIP_WITHOUT_BROWSER } from '../support/browser.ts'
import { digitsOf } from '../support/captcha-solving.ts'
import type { TestNewsroom } from '../support/newsroom.ts'
import { openNewsroom, TEST_PASSWORD } from '../support/newsroom.ts'

let newsroom: TestNewsroom
let browser: Browser

before(async () => {
  if (SKIP_WITHOUT_BROWSER) return
  newsroom = await openNewsroom({ CAPTCHA: 'always' })
  await newsroom.staff('reporter', 'reporter')
  await newsroom.staff('moderator', 'moderator')
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await newsroom?.close()
})

async function signIn(page: Page, username: string): Promise<void> {
  await page.goto(`${newsroom.url}/desk/sign-in`)
  await page.getByLabel('نام کاربری').fill(username)
  await page.getByLabel('گذرواژه').fill(TEST_PASSWORD)
  await page.getByRole('button', { name: 'ورود' }).click()
  await page.waitForURL(/\/desk$/)
}

async function writeAndPublish(page: Page, title: string): Promise<string> {
  await signIn(page, 'reporter')
  await page.getByRole('link', { name: 'مطلب تازه' }).first().click()
  await page.getByLabel('روتیتر').fill('در شهر')
  await page.getByLabel('تیتر', { exact: true }).fill(title)
  await page.getByLabel('لید').fill('درختکاری در بوستان شهر از فردا آغاز می‌شود.')
  await page.getByLabel('متن خبر').fill('مدیر بوستان گفت هزار نهال کاشته می‌شود.\n\nمردم می‌توانند در این کار شرکت کنند.')
  await page.getByLabel('سرویس').selectOption('society')
  await page.getByLabel('برچسب‌ها').fill('درختکاری، بوستان')
  await page.getByRole('button', { name: 'انتشار' }).click()
  await page.getByText('منتشر شد.').waitFor()
  return (await page.getByRole('link', { name: 'دیدن در سایت' }).getAttribute('href'))!
}

/** Fills and sends the comment form of the page that is open. */
async function comment(page: Page, body: string): Promise<void> {
  await page.locator('textarea[name="body"]').fill(body)
  await page.locator('[name="captchaText"]').scrollIntoViewIfNeeded()
  const key = await captchaKey(page)
  newsroom.setClock(new Date(newsroom.house.now().getTime() + 10_000))
  const digits = await digitsOf(newsroom.house.secret, key)
  const persian = digits.replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)]!)
  await page.locator('[name="captchaText"]').fill(persian)
  await page.getByRole('button', { name: 'ارسال نظر' }).click()
}

/** The key of the challenge on the page: in its field, or in the cookie that its picture brought. */
async function captchaKey(page: Page): Promise<string> {
  const value = await page.locator('[name="captchaKey"]').inputValue()
  if (value !== '') return value
  for (let look = 0; look < 50; look++) {
    const cookie = (await page.context().cookies()).find(({ name }) => name.endsWith('captcha'))
    if (cookie) return cookie.value
    await page.waitForTimeout(100)
  }
  throw new Error('the page brought no challenge')
}

async function journey(scripts: boolean): Promise<void> {
  const title = scripts ? 'درختکاری با اسکریپت' : 'درختکاری بی‌اسکریپت'
  const desk = await openWindow(browser, { scripts })
  const address = await writeAndPublish(desk.page, title)

  const reader = await openWindow(browser, { scripts, width: 390, height: 844 })
  await reader.page.goto(newsroom.url)
  await reader.page.getByRole('link', { name: title }).first().click()
  await reader.page.waitForURL(/\/news\//)
  assert.equal(await reader.page.locator('h1').innerText(), title)
  if (!scripts) await reader.page.goto(`${newsroom.url}/news/${/\/news\/(\d+)/.exec(address)![1]}/comments`)
  await comment(reader.page, 'چه خبر خوبی، بوستان شهر سبزتر می‌شود.')
  const code = reader.page.getByText('کد پیگیری').first()
  await code.waitFor()
  const followUp = new URL(reader.page.url()).pathname
  assert.match(followUp, /^\/comments\/follow-up\//)
  await reader.page.goto(new URL(followUp, newsroom.url).href)
  assert.match(await reader.page.locator('main').innerText(), /در انتظار بررسی|در صف بررسی/)

  const moderator = await openWindow(browser, { scripts })
  await signIn(moderator.page, 'moderator')
  await moderator.page.goto(`${newsroom.url}/desk/moderation`)
  const pane = moderator.page.locator('#open')
  await pane.getByText('بوستان شهر سبزتر می‌شود').waitFor()
  if (scripts) await moderator.page.keyboard.press('p')
  else await pane.getByRole('button', { name: 'انتشار' }).first().click()
  await moderator.page.getByText(/منتشر شد\./).waitFor()

  await reader.page.goto(`${newsroom.url}${address}`)
  await reader.page.getByText('بوستان شهر سبزتر می‌شود').waitFor()
  assert.match(
    await reader.page.locator('body').innerText(),
    /انتشار یافته: ۱ · در انتظار بررسی: ۰ · غیر قابل انتشار: ۰/,
  )
  await reader.page.goto(new URL(followUp, newsroom.url).href)
  assert.match(await reader.page.locator('main').innerText(), /منتشر شد/)
  for (const { faults, context } of [desk, reader, moderator]) {
    assert.deepEqual(faults, [])
    await context.close()
  }
}

test(
  'with scripts off an article is written, read, commented, moderated and followed up',
  { skip: SKIP_WITHOUT_BROWSER },
  () => journey(false),
)

test(
  'with scripts on an article is written, read, commented, moderated by keyboard and followed up',
  { skip: SKIP_WITHOUT_BROWSER },
  () => journey(true),
)
