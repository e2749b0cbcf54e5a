import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { allCommentsOf } from '../../models/comments.ts'
import { inPersianWords, PICTURE } from '../../server/domain/captcha/index.ts'
import { toPersianDigits } from '../../server/domain/persian-text/index.ts'
import { publishedArticle } from '../support/articles.ts'
import { answerInWords, digitsOf } from '../support/captcha-solving.ts'
import type { TestNewsroom } from '../support/newsroom.ts'
import { openNewsroom } from '../support/newsroom.ts'
import type { Visitor } from '../support/visitor.ts'

const CODE = 4_200_001
const OTHER = 4_200_002
const WRONG = 'پاسخ تصویر درست نبود. تصویر تازه‌ای آمده است؛ متن شما سر جایش است.'
let newsroom: TestNewsroom
let addresses = 0
let texts = 0

interface Challenge {
  key: string
  image: string
  question: string
  needed: boolean
}

interface Answer {
  state?: string
  faults?: Record<string, string>
  captcha?: Challenge
}

before(async () => {
  newsroom = await openNewsroom({ CAPTCHA: 'always', LIMITS: 'on', TRUST_PROXY: '1' })
  await publishedArticle(CODE)
  await publishedArticle(OTHER)
})
after(() => newsroom.close())

/** A reader from a network of their own, so that limits of one test do not meet another. */
function reader(): Visitor {
  addresses++
  return newsroom.visitor({ 'x-forwarded-for': `10.${Math.floor(addresses / 200)}.${addresses % 200}.7` })
}

async function challenge(visitor: Visitor, article: number | null = CODE): Promise<Challenge> {
  const { status, body } = await visitor.json<Challenge>(`/captcha${article === null ? '' : `?article=${article}`}`)
  assert.equal(status, 200)
  return body
}

function later(ms: number): void {
  newsroom.setClock(new Date(newsroom.house.now().getTime() + ms))
}

async function send(visitor: Visitor, fields: Record<string, string>, code = CODE) {
  texts++
  return await visitor.json<Answer>(`/news/${code}/comments`, { body: `نظر آزمایشی شمارهٔ ${texts}`, ...fields })
}

async function solved(visitor: Visitor, article: number | null = CODE): Promise<Record<string, string>> {
  const { key } = await challenge(visitor, article)
  const captchaText = await digitsOf(newsroom.house.secret, key)
  later(4_000)
  return { captchaKey: key, captchaText }
}

test('a challenge is a key, a PNG drawn here and a question in words, none of them ever kept', async () => {
  const visitor = reader()
  const answer = await visitor.json<Challenge>(`/captcha?article=${CODE}`)
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  const { key, image, question } = answer.body
  assert.match(key, /^[\w-]{22}$/)
  assert.match(image, /^\/captcha\/[\w-]{22}\.png$/)
  assert.match(question, /؟$/)
  const picture = await fetch(newsroom.url + image)
  assert.equal(picture.headers.get('content-type'), 'image/png')
  assert.equal(picture.headers.get('cache-control'), 'no-store')
  const bytes = Buffer.from(await picture.arrayBuffer())
  const { format, width, height } = await sharp(bytes).metadata()
  assert.deepEqual({ format, width, height }, { format: 'png', width: PICTURE.width, height: PICTURE.height })
  assert.doesNotMatch(JSON.stringify(answer.body), new RegExp(await digitsOf(newsroom.house.secret, key)))
})

test('the right digits are taken in Persian and in Latin digits', async () => {
  for (const write of [toPersianDigits, String, (digits: string) => [...digits].join(' ')]) {
    const visitor = reader()
    const { captchaKey = '', captchaText = '' } = await solved(visitor)
    assert.equal((await send(visitor, { captchaKey, captchaText: write(captchaText) })).status, 201)
  }
})

test('a wrong answer gets a sentence and a new picture, and burns the old one', async () => {
  const visitor = reader()
  const right = await solved(visitor)
  const wrong = await send(visitor, { ...right, captchaText: right.captchaText === '99999' ? '99998' : '99999' })
  assert.equal(wrong.status, 422)
  assert.equal(wrong.body.faults?.captchaText, WRONG)
  assert.ok(wrong.body.captcha && wrong.body.captcha.key !== right.captchaKey)
  const again = await send(visitor, right)
  assert.equal(again.status, 422)
  assert.equal(again.body.faults?.captchaText, WRONG)
})

test('no answer asks for one and burns nothing', async () => {
  const visitor = reader()
  const right = await solved(visitor)
  const without = await send(visitor, { captchaKey: right.captchaKey! })
  assert.equal(without.status, 422)
  assert.match(without.body.faults?.captchaText ?? '', /بنویسید/)
  assert.equal((await send(visitor, right)).status, 201)
})

test('of ten parallel posts with one challenge exactly one is taken', async () => {
  const visitor = reader()
  const right = await solved(visitor)
  const before = (await allCommentsOf(CODE)).length
  const answers = await Promise.all(Array.from({ length: 10 }, () => send(visitor, right)))
  assert.equal(answers.filter(({ status }) => status === 201).length, 1)
  assert.equal((await allCommentsOf(CODE)).length, before + 1)
})

test('a challenge is good for its article and its reader only', async () => {
  const visitor = reader()
  const elsewhere = await solved(visitor, OTHER)
  assert.equal((await send(visitor, elsewhere, CODE)).body.faults?.captchaText, WRONG)
  const stolen = await solved(visitor)
  assert.equal((await send(reader(), stolen)).body.faults?.captchaText, WRONG)
  const free = await solved(visitor, null)
  assert.equal((await send(visitor, free)).status, 201)
})

test('an answer sooner than three seconds or later than five minutes is as wrong as any', async () => {
  const hasty = reader()
  const { key } = await challenge(hasty)
  const early = await send(hasty, { captchaKey: key, captchaText: await digitsOf(newsroom.house.secret, key) })
  assert.equal(early.body.faults?.captchaText, WRONG)
  const slow = reader()
  const old = await solved(slow)
  later(5 * 60_000)
  assert.equal((await send(slow, old)).body.faults?.captchaText, WRONG)
})

test('a filled trap gets the same sentence as a wrong answer', async () => {
  const visitor = reader()
  const right = await solved(visitor)
  const trapped = await send(visitor, { ...right, website: 'https://example.ir' })
  assert.equal(trapped.status, 422)
  assert.deepEqual(trapped.body.faults, { captchaText: WRONG })
})

test('forged keys and answers are wrong answers, whatever they are', async () => {
  for (const [captchaKey, captchaText] of [
    ['x', '12345'],
    ['$ne', '12345'],
    ['a'.repeat(22), '{"$gt":""}'],
    ['../../etc/passwd', '1'],
  ] as const) {
    assert.equal((await send(reader(), { captchaKey, captchaText })).body.faults?.captchaText, WRONG)
  }
  const odd = await reader().json<Answer>(`/news/${CODE}/comments`, {
    body: 'سلام دوستان',
    captchaKey: { $ne: '' },
    captchaText: { $ne: '' },
  })
  assert.equal(odd.status, 422)
})

test('the question in words opens the way in digits or words, at a limit of its own', async () => {
  const visitor = reader()
  for (const inWords of [true, false]) {
    const { key, question } = await challenge(visitor)
    const answer = answerInWords(question)
    later(4_000)
    const captchaText = inWords ? inPersianWords(Number(answer)) : toPersianDigits(answer)
    const { status } = await send(visitor, { captchaKey: key, captchaText })
    // The second comes within the pause between comments: its challenge must stay unburnt.
    assert.equal(status, inWords ? 201 : 429)
  }
})

test('the picture under an article works for a form without a key, by a cookie of its own', async () => {
  const visitor = reader()
  const page = await visitor.follow(`/news/${CODE}`)
  const image = /src="(\/captcha\/under\/\d+)"/.exec(page.text)?.[1]
  assert.ok(image)
  const picture = await visitor.get(image)
  assert.equal(picture.headers.get('content-type'), 'image/png')
  const cookie = picture.headers.getSetCookie().find((line) => line.startsWith('captcha='))
  assert.match(cookie ?? '', new RegExp(`Path=/news/${CODE};`))
  const captchaText = await digitsOf(newsroom.house.secret, visitor.cookie('captcha')!)
  later(4_000)
  const sent = await visitor.post(`/news/${CODE}/comments`, { body: 'نظری بدون اسکریپت', captchaText })
  assert.equal(sent.status, 303)
})

test('a fresh picture and the question can be had without scripts, and what was typed stays', async () => {
  const visitor = reader()
  const page = await visitor.post(`/news/${CODE}/comments`, { body: 'متن من سر جایش است', again: 'question' })
  assert.equal(page.status, 200)
  assert.match(page.text, /متن من سر جایش است<\/textarea>/)
  assert.match(page.text, /به این پرسش پاسخ دهید: <b data-question-words>[^<]+؟<\/b>/)
  assert.match(page.text, /name="captchaKey" value="[\w-]{22}"/)
})

test('a second comment within fifteen seconds must wait, and says how long', async () => {
  const visitor = reader()
  assert.equal((await send(visitor, await solved(visitor))).status, 201)
  const right = await solved(visitor)
  const hasty = await send(visitor, right)
  assert.equal(hasty.status, 429)
  assert.ok(Number(hasty.headers.get('retry-after')) >= 1)
  const page = await visitor.post(`/news/${CODE}/comments`, { body: 'متنی که نباید گم شود', ...right })
  assert.equal(page.status, 429)
  assert.match(page.text, /متنی که نباید گم شود<\/textarea>/)
  assert.match(page.text, /ثانیهٔ دیگر دوباره بفرستید/)
})

test('five failures close the way for an address, for right answers too', async () => {
  const visitor = reader()
  for (let i = 0; i < 5; i++) assert.equal((await send(visitor, { captchaKey: 'x', captchaText: '1' })).status, 422)
  const right = await solved(visitor)
  const closed = await send(visitor, right)
  assert.equal(closed.status, 429)
  assert.ok(Number(closed.headers.get('retry-after')) > 60)
})

test('a page whose address cannot be read names no article, and the challenge is good for any', async () => {
  const visitor = reader()
  const { status } = await visitor.json('/captcha', undefined, { referer: `${newsroom.url}/news/%FF` })
  assert.equal(status, 200)
})

test('pictures are limited for an address', async () => {
  const visitor = reader()
  const statuses: number[] = []
  for (let i = 0; i < 22; i++) statuses.push((await visitor.json('/captcha')).status)
  assert.deepEqual(statuses.slice(0, 20), Array(20).fill(200))
  assert.deepEqual(statuses.slice(20), [429, 429])
  const { message } = (await visitor.json<{ message: string }>('/captcha')).body
  assert.match(message, /ثانیهٔ دیگر دوباره تلاش کنید\.$/)
})

test('a text that others sent too is taken, each from its own writer', async () => {
  const body = 'متنی که چند خواننده می‌فرستند'
  for (const visitor of [reader(), reader()]) {
    assert.equal((await send(visitor, { ...(await solved(visitor)), body })).status, 201)
  }
})
