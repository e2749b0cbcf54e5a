import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { TestNewsroom } from '../support/newsroom.ts'
import { openNewsroom, TEST_PASSWORD } from '../support/newsroom.ts'
import type { Visitor } from '../support/visitor.ts'
import { visibleText } from '../support/visitor.ts'

let newsroom: TestNewsroom
let reporter: Visitor

const ARTICLE = {
  kind: 'news',
  kicker: 'در نشست شورای شهر',
  title: 'کتابخانهٔ مرکزی تا بهار بازسازی می‌شود',
  lead: 'بازسازی کتابخانهٔ مرکزی شهر از هفتهٔ آینده آغاز می‌شود و پنج ماه طول می‌کشد.',
  body: 'مدیر کتابخانه گفت سقف تالار نو می‌شود.\n\n## برنامهٔ کار\n\nتالار کودک از این پس در طبقهٔ همکف است.',
  section: 'society',
  tags: 'کتابخانه، شهر',
  dateline: 'یزد',
  byline: 'سارا رستگار',
}

/** Publishes an article as the reporter and gives its desk address and code. */
async function published(fields: Record<string, string> = {}): Promise<{ desk: string; code: number }> {
  const sent = await reporter.postAtDesk('/desk/articles', { ...ARTICLE, ...fields, step: 'publish' })
  assert.equal(sent.status, 303, visibleText(sent.text).slice(0, 400))
  const desk = sent.location!.split('?')[0]!
  const page = await reporter.get(desk)
  const code = Number(/href="\/news\/(\d+)/.exec(page.text)?.[1])
  assert.ok(Number.isSafeInteger(code))
  return { desk, code }
}

before(async () => {
  newsroom = await openNewsroom()
  reporter = await newsroom.signedIn('reporter', 'reporter')
})
after(() => newsroom.close())

test('a reporter writes an article, publishes it, and a reader finds every part of it', async () => {
  const { code } = await published()
  const page = await newsroom.visitor().follow(`/news/${code}`)
  assert.equal(page.status, 200)
  const seen = visibleText(page.text)
  for (const part of [
    ARTICLE.kicker,
    ARTICLE.title,
    ARTICLE.lead,
    'مدیر کتابخانه گفت سقف تالار نو می‌شود.',
    'برنامهٔ کار',
    'کد خبر',
    String(code),
    'برچسب‌ها',
    'کتابخانه',
    'جامعه',
  ]) {
    assert.ok(seen.includes(part), part)
  }
})

test('how comments are taken holds from the first save on', async () => {
  const { code } = await published({ title: 'خبری بی نظر', commentMode: 'closed' })
  const sent = await newsroom.visitor().json(`/news/${code}/comments`, { body: 'نظری دربارهٔ این خبر دارم' })
  assert.equal(sent.status, 409)
})

test('an article is found by code in either digits, by a stale slug, by short link, by tag and on the front page', async () => {
  const { code } = await published({ title: 'رصدخانهٔ کوهستان گشایش یافت', tags: 'رصدخانه، ستاره_شناسی' })
  const reader = newsroom.visitor()
  const persian = String(code).replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)]!)
  const bare = await reader.get(`/news/${encodeURIComponent(persian)}`)
  assert.equal(bare.status, 301)
  const address = bare.location!
  assert.equal((await reader.get(address)).status, 200)
  const stale = await reader.get(`/news/${code}/old-title`)
  assert.equal(stale.status, 301)
  assert.equal(stale.location, address)
  const short = /\/x[2-9b-zB-Z]+/.exec((await reader.get(address)).text)![0]
  assert.equal((await reader.get(short)).status, 301)
  assert.equal((await reader.follow(short)).status, 200)
  for (const list of ['/', `/tag/${encodeURIComponent('رصدخانه')}`, '/service/society']) {
    const page = await reader.follow(list)
    assert.ok(page.text.includes('رصدخانهٔ کوهستان گشایش یافت'), list)
  }
})

test('thirty articles published at once get thirty different codes', async () => {
  const token = await reporter.formToken()
  const sent = await Promise.all(
    Array.from({ length: 30 }, (_, i) =>
      reporter.post('/desk/articles', { ...ARTICLE, title: `خبر همزمان ${i}`, step: 'publish', formToken: token }),
    ),
  )
  assert.deepEqual([...new Set(sent.map(({ status }) => status))], [303])
  const codes = await Promise.all(
    sent.map(async ({ location }) => /href="\/news\/(\d+)/.exec((await reporter.get(location!)).text)![1]),
  )
  assert.equal(new Set(codes).size, 30)
})

test('a withdrawn article answers 410 and its code is never given again', async () => {
  const { desk, code } = await published({ title: 'خبری که پس گرفته می‌شود' })
  const chief = await newsroom.signedIn('chief', 'chief')
  const page = await chief.get(desk)
  const revision = /action="[^"]*\/withdraw"[\s\S]*?name="revision" value="(\d+)"/.exec(page.text)![1]!
  const withdrawn = await chief.postAtDesk(`${desk}/withdraw`, { revision })
  assert.equal(withdrawn.status, 303)
  const gone = await newsroom.visitor().follow(`/news/${code}`)
  assert.equal(gone.status, 410)
  assert.match(visibleText(gone.text), /بازپس|پس گرفته|برداشته/)
  const next = await published({ title: 'خبر پس از آن' })
  assert.ok(next.code > code)
})

test('a draft is nowhere to be read', async () => {
  const sent = await reporter.postAtDesk('/desk/articles', { ...ARTICLE, title: 'پیش‌نویس پنهان', step: 'save' })
  assert.equal(sent.status, 303)
  const front = await newsroom.visitor().get('/')
  assert.ok(!front.text.includes('پیش‌نویس پنهان'))
})

test('faults give the form back with everything typed and a sentence at the field', async () => {
  const page = await reporter.postAtDesk('/desk/articles', {
    ...ARTICLE,
    title: '',
    lead: 'لید می‌ماند',
    step: 'publish',
  })
  assert.equal(page.status, 422)
  assert.match(page.text, /id="title-fault">تیتر را بنویسید\./)
  assert.ok(page.text.includes('لید می‌ماند'))
  assert.ok(page.text.includes('مدیر کتابخانه گفت سقف تالار نو می‌شود.'))
})

test('an article is not published without a section', async () => {
  const page = await reporter.postAtDesk('/desk/articles', { ...ARTICLE, section: '', step: 'publish' })
  assert.equal(page.status, 422)
  assert.match(page.text, /id="section-fault">سرویس را انتخاب کنید\./)
})

test('whoever saves an older version is told so and keeps what was typed', async () => {
  const { desk } = await published({ title: 'خبر دو ویراستار' })
  const revision = /name="revision" value="(\d+)"/.exec((await reporter.get(desk)).text)![1]!
  const first = await reporter.postAtDesk(desk, { ...ARTICLE, title: 'نسخهٔ نخست', revision, step: 'save' })
  assert.equal(first.status, 303)
  const second = await reporter.postAtDesk(desk, { ...ARTICLE, title: 'نسخهٔ دیرتر', revision, step: 'save' })
  assert.equal(second.status, 409)
  assert.ok(second.text.includes('نسخهٔ دیرتر'))
  assert.match(visibleText(second.text), /تغییر کرده است/)
})

test('markup in a body is made safe before it is stored', async () => {
  const { code } = await published({
    title: 'آزمون ایمنی',
    body: '<p onclick="x()">متن <script>alert(1)</script><a href="javascript:alert(1)">بد</a></p>',
  })
  const page = await newsroom.visitor().follow(`/news/${code}`)
  assert.ok(!/onclick|javascript:|alert\(1\)/.test(page.text))
})

test('only staff enter the desk, each into their own rooms', async () => {
  const stranger = newsroom.visitor()
  const asked = await stranger.get('/desk/articles')
  assert.equal(asked.status, 303)
  assert.match(asked.location!, /^\/desk\/sign-in\?next=/)
  assert.equal((await stranger.post('/desk/articles', { ...ARTICLE })).status, 401)
  const moderator = await newsroom.signedIn('moderator', 'moderator')
  assert.equal((await moderator.get('/desk/articles')).status, 403)
  const colleague = await newsroom.signedIn('colleague', 'reporter')
  const { desk } = await published({ title: 'خبر همکار' })
  assert.equal((await colleague.get(desk)).status, 403)
})

test('a wrong password, an unknown name and a shut-out member get the same answer', async () => {
  const answers = await Promise.all(
    [
      ['reporter', 'نادرست است این'],
      ['nobody', TEST_PASSWORD],
    ].map(async ([username, password]) => {
      const page = await newsroom.visitor().post('/desk/sign-in', { username: username!, password: password! })
      assert.equal(page.headers.get('set-cookie'), null)
      return { status: page.status, text: visibleText(page.text).replace(username!, '') }
    }),
  )
  assert.equal(answers[0]!.status, 422)
  assert.deepEqual(answers[0], answers[1])
})

test('Arabic letters and Persian digits in a password are the same key presses', async () => {
  const visitor = newsroom.visitor()
  await visitor.signIn('REPORTER', TEST_PASSWORD.replaceAll('ی', 'ي').replace('۱۴۰۵', '1405'))
  assert.equal((await visitor.get('/desk/articles')).status, 200)
})

test('a change without a form token, or from another site, is refused', async () => {
  assert.equal((await reporter.post('/desk/articles', { ...ARTICLE, step: 'publish' })).status, 403)
  const formToken = await reporter.formToken()
  const foreign = await reporter.post('/desk/articles', { ...ARTICLE, formToken }, { origin: 'https://evil.example' })
  assert.equal(foreign.status, 403)
})

test('whoever signs out is out at once', async () => {
  const visitor = newsroom.visitor()
  await visitor.signIn('reporter', TEST_PASSWORD)
  const formToken = await visitor.formToken()
  const cookie = visitor.cookie('desk-session')!
  await visitor.post('/desk/sign-out', { formToken })
  const again = newsroom.visitor({ cookie: `desk-session=${cookie}` })
  assert.equal((await again.get('/desk/articles')).status, 303)
})
