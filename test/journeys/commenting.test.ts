import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { allCommentsOf, countComments } from '../../models/comments.ts'
import { answerHash } from '../../server/commenting/captcha.service.ts'
import { PUBLISHED_RULES, REFUSAL_RULES } from '../../server/domain/refusal-rules.ts'
import { approve, articleInMode, publishedArticle, refuse, withdrawnArticle } from '../support/articles.ts'
import type { TestNewsroom } from '../support/newsroom.ts'
import { openNewsroom } from '../support/newsroom.ts'
import type { Page, Visitor } from '../support/visitor.ts'
import { visibleText } from '../support/visitor.ts'

const CODE = 4_100_001
const OTHER = 4_100_002
const ADDRESS = `/news/${CODE}/comments`
let newsroom: TestNewsroom

before(async () => {
  newsroom = await openNewsroom()
  await publishedArticle(CODE)
  await publishedArticle(OTHER)
})
after(() => newsroom.close())

interface Sent {
  followUp: string
  state: string
}

interface Refused {
  faults: Record<string, string>
  findings: unknown[]
}

/** Sends a comment as a program and gives its follow-up code and id. */
async function sent(body: string, more: Record<string, string> = {}, code = CODE, visitor = newsroom.visitor()) {
  const answer = await visitor.json<Sent>(`/news/${code}/comments`, { body, ...more })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  const stored = (await allCommentsOf(code)).findLast((comment) => comment.body === body)
  assert.ok(stored)
  return { ...answer.body, id: stored.id, stored }
}

async function published(body: string, more: Record<string, string> = {}, code = CODE) {
  const comment = await sent(body, more, code)
  await approve(comment.id, newsroom.house.now())
  return comment
}

test('the form stands under the article with both rules, the limit and every field', async () => {
  const page = await newsroom.visitor().get(ADDRESS)
  assert.equal(page.status, 200)
  for (const rule of PUBLISHED_RULES) assert.ok(page.text.includes(`<li>${rule}</li>`))
  for (const name of ['name', 'email', 'body', 'parentId']) assert.match(page.text, new RegExp(`name="${name}"`))
  assert.match(page.text, /حداکثر ۱۰۰۰ نویسه/)
  assert.match(page.text, /<button class="button button-main" data-send>ارسال نظر<\/button>/)
  const article = await newsroom.visitor().follow(`/news/${CODE}`)
  assert.match(article.text, /id="comment-form"/)
  assert.equal(article.text.match(/id="comments"/g)?.length, 1)
})

test('a browser is led to the follow-up page, which shows the code once and what happens next', async () => {
  const reader = newsroom.visitor()
  const answer = await reader.post(ADDRESS, { name: 'مریم', body: 'پل تازه برای محلهٔ ما لازم بود.' })
  assert.equal(answer.status, 303)
  assert.match(answer.location ?? '', /^\/comments\/follow-up\/([0-9a-z]{4}-){6}[0-9a-z]{4}\?new=1$/)
  const page = await reader.get(answer.location!)
  assert.equal(page.status, 200)
  assert.equal(page.headers.get('cache-control'), 'no-store')
  const code = answer.location!.split('/').at(-1)!.split('?')[0]!
  assert.ok(page.text.includes(code))
  assert.match(page.text, /نظر شما رسید/)
  const later = await reader.get(`/comments/follow-up/${code}`)
  assert.match(visibleText(later.text), /در انتظار بررسی/)
  assert.doesNotMatch(visibleText(later.text), new RegExp(code))
})

test('name and e-mail are optional, and a program gets its code as JSON', async () => {
  const { followUp, state, stored } = await sent('بودجهٔ عمرانی کافی نیست.')
  assert.match(followUp, /^[0-9a-z-]{34}$/)
  assert.equal(state, 'waiting')
  assert.equal(stored.name, '')
  assert.equal(stored.state, 'waiting')
  assert.notEqual(stored.fingerprint, '')
  assert.doesNotMatch(stored.fingerprint + stored.subnet, /127\.0/)
})

test('the three counts are exact before and after decisions', async () => {
  const first = await sent('نظر یکم برای شمارش')
  const second = await sent('نظر دوم برای شمارش')
  await approve(first.id, newsroom.house.now())
  await refuse(second.id, 'off-topic', newsroom.house.now())
  const { published, waiting, refused } = await countComments(CODE)
  const digits = (n: number) => String(n).replace(/\d/g, (d) => '۰۱۲۳۴۵۶۷۸۹'[Number(d)]!)
  const line = `انتشار یافته: ${digits(published)} · در انتظار بررسی: ${digits(waiting)} · غیر قابل انتشار: ${digits(refused)}`
  assert.ok((await newsroom.visitor().get(ADDRESS)).text.includes(line))
  assert.ok((await newsroom.visitor().follow(`/news/${CODE}`)).text.includes(line))
})

const FAULTS: [what: string, fields: Record<string, string>, field: string, sentence: RegExp][] = [
  ['an empty text', { body: '' }, 'body', /^متن نظر را بنویسید\.$/],
  ['no text at all', {}, 'body', /^متن نظر را بنویسید\.$/],
  ['only blanks and invisible characters', { body: ' \u200c\u200f \u2060\n' }, 'body', /^متن نظر را بنویسید\.$/],
  ['1,001 characters', { body: 'ا'.repeat(1001) }, 'body', /متن نظر ۱۰۰۱ نویسه است/],
  ['5,000 characters', { body: 'نظر '.repeat(1250) }, 'body', /متن نظر ۴۹۹۹ نویسه است/],
  ['a name of 51 characters', { body: 'سلام', name: 'ن'.repeat(51) }, 'name', /حداکثر ۵۰ نویسه/],
  ['an e-mail without a domain', { body: 'سلام', email: 'reader@' }, 'email', /نشانی ایمیل درست نیست/],
  ['an e-mail with a second header', { body: 'سلام', email: 'a@b.ir\r\nBcc: c@d.ir' }, 'email', /نشانی ایمیل/],
  ['a parent that is no id', { body: 'سلام', parentId: '1 or 1=1' }, 'parentId', /پیدا نشد/],
  ['an unknown parent', { body: 'سلام', parentId: 'a'.repeat(24) }, 'parentId', /در دسترس نیست/],
]

for (const [what, fields, field, sentence] of FAULTS) {
  test(`${what} is answered with a sentence at the field, and nothing is stored`, async () => {
    const count = (await allCommentsOf(CODE)).length
    const answer = await newsroom.visitor().json<Refused>(ADDRESS, fields)
    assert.equal(answer.status, 422)
    assert.match(answer.body.faults[field] ?? '', sentence)
    const page = await newsroom.visitor().post(ADDRESS, fields)
    assert.equal(page.status, 422)
    assert.match(visibleText(page.text), new RegExp(sentence.source.replace(/^\^|\$$/g, '')))
    assert.equal((await allCommentsOf(CODE)).length, count)
  })
}

test('a page with faults keeps everything that was typed', async () => {
  const fields = {
    name: 'سارا <b>',
    email: 'nadarad',
    body: `متن "بلند" & <script>\n${'ب'.repeat(1_100)}`,
    remember: '1',
  }
  const page = await newsroom.visitor().post(ADDRESS, fields)
  assert.equal(page.status, 422)
  assert.match(page.text, /value="سارا &lt;b&gt;"/)
  assert.match(page.text, /value="nadarad"/)
  assert.ok(page.text.includes(`متن &quot;بلند&quot; &amp; &lt;script&gt;\n${'ب'.repeat(1_100)}`))
  assert.match(page.text, /name="remember" value="1" checked/)
  assert.doesNotMatch(page.text, /<script>\n/)
})

test('1,000 characters are counted as people count them', async () => {
  const half = 'می\u200cشود '
  const body = `${half.repeat(166)}${'خ\u064e'.repeat(4)}`
  await sent(body)
  const family = '👨‍👩‍👧'.repeat(900)
  await sent(family)
})

test('what could turn a page around is taken out before it is stored', async () => {
  const rough = `متن\u202e وارونه\u2066 \ud800 ${'ز\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308'} پایان\u0000`
  const answer = await newsroom.visitor().json<Sent>(ADDRESS, { body: rough })
  assert.equal(answer.status, 201)
  const stored = (await allCommentsOf(CODE)).at(-1)!
  assert.doesNotMatch(stored.body, /[\u202a-\u202e\u2066-\u2069\u0000]/)
  assert.ok(stored.body.isWellFormed())
  assert.ok((stored.body.match(/\p{M}/gu)?.length ?? 0) <= 4)
  await approve(stored.id, newsroom.house.now())
  assert.equal((await newsroom.visitor().get(ADDRESS)).status, 200)
})

test('forged and operator bodies store nothing and never make the server fail', async () => {
  const count = (await allCommentsOf(CODE)).length
  const bodies: unknown[] = [
    { body: { $gt: '' } },
    { body: ['الف', 'ب'] },
    { body: { $where: 'sleep(1000)' }, name: { $ne: null } },
    { body: null },
    { $where: '1' },
    [],
    [{ body: 'سلام' }],
    { body: 'سلام دوستان', parentId: '{"$ne":null}' },
    JSON.parse('{"__proto__":{"body":"سلام"},"constructor":{"prototype":{"body":"x"}}}'),
  ]
  for (const body of bodies) {
    const answer = await newsroom.visitor().json(ADDRESS, body)
    assert.equal(answer.status, 422, JSON.stringify(body))
  }
  assert.equal((await allCommentsOf(CODE)).length, count)
})

test('fields that nobody may post change nothing', async () => {
  const forged = {
    state: 'published',
    agree: '99',
    pick: 'true',
    staff: 'سردبیر',
    asStaff: '1',
    decidedBy: 'x',
    id: 'a',
  }
  const { stored } = await sent('نظری با فیلدهای ساختگی', forged)
  assert.equal(stored.state, 'waiting')
  assert.equal(stored.agree, 0)
  assert.equal(stored.pick, false)
  assert.equal(stored.staff, null)
})

test('unknown, withdrawn and closed articles are refused, each in its own way', async () => {
  await withdrawnArticle(4_100_003)
  await articleInMode(4_100_004, 'closed')
  const reader = newsroom.visitor()
  for (const [code, status] of [
    ['4199999', 404],
    ['نیست', 404],
    ['4100003', 410],
    ['4100004', 409],
  ] as const) {
    const address = `/news/${encodeURIComponent(code)}/comments`
    assert.equal((await reader.json(address, { body: 'سلام' })).status, status, code)
  }
  const closed = await reader.post('/news/4100004/comments', { body: 'نظری که دیر رسید' })
  assert.equal(closed.status, 409)
  assert.match(closed.text, /نظری که دیر رسید/)
  assert.match(closed.text, /دریافت نظر برای این خبر بسته شده است/)
  assert.doesNotMatch((await reader.get('/news/4100004/comments')).text, /name="body"/)
})

test('the code in the address may be in Persian digits', async () => {
  const answer = await newsroom
    .visitor()
    .json<Sent>(`/news/${encodeURIComponent('۴۱۰۰۰۰۱')}/comments`, { body: 'رقم فارسی' })
  assert.equal(answer.status, 201)
})

test('an answer names the comment that it answers, and the reply line can be left without scripts', async () => {
  const root = await published('پرسش من این است: هزینهٔ پل چقدر شد؟', { name: 'پرسشگر' })
  const page = await newsroom.visitor().get(`${ADDRESS}?reply=${root.id}`)
  assert.ok(page.text.includes('شما در حال پاسخ به نظر «پرسش من این است: هزینهٔ پل چقدر شد؟» هستید'))
  assert.match(page.text, /لغو پاسخ/)
  assert.match(page.text, new RegExp(`name="parentId" value="${root.id}"`))
  const onArticle = await newsroom.visitor().follow(`/news/${CODE}/${encodeURIComponent('بودجه')}?reply=${root.id}`)
  assert.match(onArticle.text, /شما در حال پاسخ به نظر «پرسش من/)
  const reply = await published('در گزارش شورا نوشته‌اند.', { parentId: root.id, name: 'پاسخ‌گو' })
  assert.equal(reply.stored.parentId, root.id)
  assert.equal(reply.stored.depth, 1)
  const deeper = await published('سپاس از پاسخ شما', { parentId: reply.id, name: 'پرسشگر' })
  assert.equal(deeper.stored.depth, 2)
  const thread = visibleText((await newsroom.visitor().get(ADDRESS)).text)
  assert.match(thread, /در پاسخ به پاسخ‌گو/)
})

test('only a published comment of the same article can be answered', async () => {
  const waiting = await sent('هنوز منتشر نشده')
  const elsewhere = await published('نظری زیر خبر دیگر', {}, OTHER)
  for (const parentId of [waiting.id, elsewhere.id]) {
    const answer = await newsroom.visitor().json<Refused>(ADDRESS, { body: 'پاسخ', parentId })
    assert.equal(answer.status, 422)
    assert.ok(answer.body.faults.parentId)
  }
})

async function stateOf(code: string): Promise<Record<string, unknown>> {
  const answer = await newsroom.visitor().json(`/comments/follow-up/${code}`)
  assert.equal(answer.status, 200)
  return answer.body
}

test('the follow-up address tells waiting, published, and refused under which rule', async () => {
  const good = await sent('نظری که منتشر می‌شود')
  assert.deepEqual(await stateOf(good.followUp), { state: 'waiting', article: CODE })
  await approve(good.id, newsroom.house.now())
  assert.deepEqual(await stateOf(good.followUp), { state: 'published', article: CODE })
  const page = await newsroom.visitor().get(`/comments/follow-up/${good.followUp}`)
  assert.match(page.text, new RegExp(`href="/comments/${good.id}"`))
  const bad = await sent('نظری که رد می‌شود')
  await refuse(bad.id, 'insult', newsroom.house.now())
  assert.deepEqual(await stateOf(bad.followUp), {
    state: 'refused',
    article: CODE,
    rule: 'insult',
    reason: REFUSAL_RULES.insult.text,
  })
  assert.ok(
    (await newsroom.visitor().get(`/comments/follow-up/${bad.followUp}`)).text.includes(REFUSAL_RULES.insult.text),
  )
})

test('a follow-up code is forgiven its capitals, blanks and Persian digits; any other is unknown', async () => {
  const { followUp } = await sent('نظری برای پیگیری')
  const loose = followUp
    .toUpperCase()
    .replaceAll('-', ' ')
    .replace(/\d/g, (d) => '۰۱۲۳۴۵۶۷۸۹'[Number(d)]!)
  assert.deepEqual(await stateOf(encodeURIComponent(loose)), { state: 'waiting', article: CODE })
  const last = followUp.at(-1) === 'a' ? 'b' : 'a'
  for (const wrong of [followUp.slice(0, -1) + last, followUp.slice(0, 20), 'x', '%24ne', 'a'.repeat(4_000)]) {
    assert.equal((await newsroom.visitor().json(`/comments/follow-up/${wrong}`)).status, 404)
  }
  const asked = await newsroom.visitor().get(`/comments/follow-up?code=${followUp}`)
  assert.equal(asked.location, `/comments/follow-up/${followUp}`)
})

test('a refusal can be appealed once, and goes back to the queue for another moderator', async () => {
  const { followUp, id } = await sent('نظری که به اشتباه رد شد')
  const appeal = (text: string) => newsroom.visitor().json<Refused>(`/comments/follow-up/${followUp}/appeal`, { text })
  assert.equal((await appeal('هنوز رد نشده')).status, 409)
  await refuse(id, 'off-topic', newsroom.house.now())
  assert.equal((await appeal('')).status, 422)
  const [one, two] = await Promise.all([appeal('این نظر دربارهٔ همین خبر بود.'), appeal('دوباره')])
  assert.deepEqual([one.status, two.status].sort(), [200, 409])
  assert.deepEqual(await stateOf(followUp), { state: 'waiting', article: CODE })
  const stored = (await allCommentsOf(CODE)).find((comment) => comment.id === id)!
  assert.ok(stored.appeal)
  assert.equal(stored.history.at(-1)?.act, 'appeal')
  await refuse(id, 'off-topic', newsroom.house.now())
  assert.equal((await appeal('بار سوم')).status, 409)
  assert.doesNotMatch((await newsroom.visitor().get(`/comments/follow-up/${followUp}`)).text, /name="text"/)
})

async function vote(visitor: Visitor, id: string, value: unknown) {
  return await visitor.json<{ agree: number; disagree: number }>(`/comments/${id}/vote`, { value })
}

test('each reader has one vote on a comment and may change it', async () => {
  const { id } = await published('نظری برای رأی دادن')
  const reader = newsroom.visitor()
  assert.deepEqual((await vote(reader, id, 1)).body, { agree: 1, disagree: 0, mine: 1 } as never)
  assert.deepEqual((await vote(reader, id, 1)).body, { agree: 1, disagree: 0, mine: 1 } as never)
  assert.deepEqual((await vote(reader, id, '-1')).body, { agree: 0, disagree: 1, mine: -1 } as never)
  assert.deepEqual((await vote(newsroom.visitor(), id, 1)).body, { agree: 1, disagree: 1, mine: 1 } as never)
  assert.match((await reader.get(ADDRESS)).text, /value="-1" aria-pressed="true"/)
  const without = await newsroom.visitor().post(`/comments/${id}/vote`, { value: '1' })
  assert.equal(without.status, 303)
  assert.equal((await newsroom.visitor().follow(without.location!)).status, 200)
})

test('parallel votes of many readers and of one reader add up', async () => {
  const { id } = await published('نظری برای رأی‌های هم‌زمان')
  const one = newsroom.visitor()
  await vote(one, id, 1)
  await Promise.all([
    ...Array.from({ length: 10 }, () => vote(newsroom.visitor(), id, 1)),
    ...Array.from({ length: 6 }, (_, i) => vote(one, id, i % 2 === 0 ? -1 : 1)),
  ])
  const { agree, disagree } = (await vote(one, id, -1)).body
  assert.deepEqual({ agree, disagree }, { agree: 10, disagree: 1 })
})

test('votes that are none, and votes on what is not published, are refused', async () => {
  const { id } = await published('نظری با رأی‌های نادرست')
  const waiting = await sent('نظری که هنوز دیده نمی‌شود')
  for (const value of [0, 2, '', 'بله', { $gt: 0 }, null]) {
    assert.equal((await vote(newsroom.visitor(), id, value)).status, 422, JSON.stringify(value))
  }
  for (const unknown of [waiting.id, 'a'.repeat(24), 'x', '%7B%7D']) {
    assert.equal((await vote(newsroom.visitor(), unknown, 1)).status, 404)
  }
})

test('a report counts once for each reader and needs a reason', async () => {
  const { id } = await published('نظری که گزارش می‌شود')
  const reader = newsroom.visitor()
  assert.match((await reader.get(`/comments/${id}/report`)).text, /این نظر چه ایرادی دارد؟/)
  assert.equal((await reader.json(`/comments/${id}/report`, { reason: 'دلخواه' })).status, 422)
  assert.equal((await reader.json(`/comments/${id}/report`, { reason: 'insult', note: 'تند است' })).status, 201)
  assert.equal((await reader.json(`/comments/${id}/report`, { reason: 'insult' })).status, 201)
  const stored = (await allCommentsOf(CODE)).find((comment) => comment.id === id)!
  assert.equal(stored.reports, 1)
  assert.match((await reader.post(`/comments/${id}/report`, { reason: 'other' })).text, /گزارش شما رسید/)
})

test('fifty comments stand on a page; the rest, every order and every permalink lead on', async () => {
  const code = 4_100_005
  await publishedArticle(code)
  const ids: string[] = []
  for (let i = 0; i < 53; i++) ids.push((await published(`نظر شمارهٔ ${i} از پنجاه و سه`, {}, code)).id)
  await vote(newsroom.visitor(), ids[7]!, 1)
  await published('پاسخی به نظر نهم', { parentId: ids[9]! }, code)
  const address = `/news/${code}/comments`
  const shown = (page: Page) => [...page.text.matchAll(/id="comment-([0-9a-f]{24})"/g)].map((found) => found[1])
  const first = await newsroom.visitor().get(address)
  assert.equal(shown(first)[0], ids[52])
  assert.match(first.text, new RegExp(`rel="next" href="${address}\\?page(=|&#x3D;)2#comments"`))
  const second = await newsroom.visitor().get(`${address}?page=2`)
  assert.deepEqual(shown(second).slice(-1), [ids[0]])
  assert.equal(new Set([...shown(first), ...shown(second)]).size, 54)
  assert.equal(shown(await newsroom.visitor().get(`${address}?sort=old`))[0], ids[0])
  assert.equal(shown(await newsroom.visitor().get(`${address}?sort=agreed`))[0], ids[7])
  assert.equal(shown(await newsroom.visitor().get(`${address}?sort=answered`))[0], ids[9])
  const link = await newsroom.visitor().get(`/comments/${ids[0]}`)
  assert.equal(link.location, `${address}?page=2#comment-${ids[0]}`)
  for (const odd of ['?page=999999', '?page=-1', '?sort=$where', '?page[]=2&sort[$ne]=1', '?reply=x&reply=y']) {
    assert.equal((await newsroom.visitor().get(address + odd)).status, 200, odd)
  }
})

test('five answers stand under a comment; all of them stand on the page of its thread', async () => {
  const root = await published('نظری با پاسخ‌های بسیار')
  const replies: string[] = []
  for (let i = 0; i < 7; i++) replies.push((await published(`پاسخ شمارهٔ ${i} به نظر پرپاسخ`, { parentId: root.id })).id)
  const page = (await newsroom.visitor().get(ADDRESS)).text
  assert.ok(page.includes(`id="comment-${replies[4]}"`) && !page.includes(`id="comment-${replies[5]}"`))
  assert.match(visibleText(page), /همهٔ ۷ پاسخ/)
  const link = await newsroom.visitor().get(`/comments/${replies[6]}`)
  assert.equal(link.location, `${ADDRESS}?thread=${root.id}#comment-${replies[6]}`)
  const thread = (await newsroom.visitor().get(link.location!)).text
  for (const id of [root.id, ...replies]) assert.ok(thread.includes(`id="comment-${id}"`))
  assert.equal(thread.match(/<article class="comment/g)?.length, 8)
  for (const odd of ['x', 'a'.repeat(24), replies[0]]) {
    assert.equal((await newsroom.visitor().get(`${ADDRESS}?thread=${odd}`)).status, 200)
  }
})

test('where only flagged comments wait, a clean one appears at once', async () => {
  const code = 4_100_006
  await articleInMode(code, 'flagged-wait')
  const { state, id, stored } = await sent('شورای شهر بودجهٔ عمرانی را به‌موقع بررسی کرد و این خوب است.', {}, code)
  assert.equal(stored.inspection.verdict, 'clean')
  assert.equal(state, 'published')
  assert.match((await newsroom.visitor().get(`/news/${code}/comments`)).text, new RegExp(`id="comment-${id}"`))
})

test('name and e-mail are remembered in the reader’s own cookie when asked, and forgotten again', async () => {
  const reader = newsroom.visitor()
  await reader.post(ADDRESS, { name: 'نرگس', email: 'narges@example.ir', body: 'به یاد بماند', remember: '1' })
  const page = await reader.get(ADDRESS)
  assert.match(page.text, /name="name" value="نرگس"/)
  assert.match(page.text, /value="narges@example\.ir"/)
  await reader.post(ADDRESS, { name: 'نرگس', body: 'فراموش شود' })
  assert.doesNotMatch((await reader.get(ADDRESS)).text, /نرگس/)
})

test('an insult is shown to its writer once, with the words marked, and then waits in silence', async () => {
  const reader = newsroom.visitor()
  const body = 'شهردار این شهر بی شرف کثافت است'
  const first = await reader.post(ADDRESS, { body })
  assert.equal(first.status, 422)
  assert.match(first.text, /<mark>[^<]*(بی شرف|کثافت)[^<]*<\/mark>/)
  assert.ok(first.text.includes(REFUSAL_RULES.insult.text))
  assert.ok(first.text.includes(`${body}</textarea>`))
  const second = await reader.json<Sent>(ADDRESS, { body })
  assert.equal(second.status, 201)
  assert.equal(second.body.state, 'waiting')
  const third = await reader.json<Sent>(ADDRESS, { body: `${body} و بس` })
  assert.equal(third.status, 201)
  const stored = (await allCommentsOf(CODE)).at(-1)!
  assert.equal(stored.state, 'waiting')
  assert.ok(stored.inspection.findings.some((finding) => finding.rule === 'insult'))
})

test('an insulting name is told at the name', async () => {
  const answer = await newsroom.visitor().json<Refused>(ADDRESS, { body: 'خبر خوبی بود، ممنون', name: 'بی شرف کثافت' })
  assert.equal(answer.status, 422)
  assert.ok(answer.body.faults.name)
  assert.equal(answer.body.faults.body, undefined)
})

test('the notice tells the writer nothing but the rule and their own words', async () => {
  const body = 'مسئول این کار بی شرف کثافت است'
  const { body: answer } = await newsroom
    .visitor()
    .json<{ findings: Record<string, unknown>[]; marked: { text: string }[] }>(ADDRESS, { body })
  for (const finding of answer.findings)
    assert.deepEqual(Object.keys(finding).sort(), ['label', 'rule', 'spans', 'text'])
  assert.equal(answer.marked.map(({ text }) => text).join(''), body)
})

test('a reporter answers with the newsroom’s badge, and nobody else can', async () => {
  const root = await published('این گزارش کی کامل می‌شود؟')
  const reporter = await newsroom.signedIn('answering', 'reporter')
  assert.match((await reporter.get(`${ADDRESS}?reply=${root.id}`)).text, /name="asStaff"/)
  const sent = await reporter.json<Sent>(ADDRESS, { body: 'فردا منتشر می‌شود.', parentId: root.id, asStaff: '1' })
  assert.equal(sent.body.state, 'published')
  const stored = (await allCommentsOf(CODE)).at(-1)!
  assert.equal(stored.staff?.name, 'همکار answering')
  const page = await newsroom.visitor().get(ADDRESS)
  assert.match(page.text, /comment-badge">[\s\S]{0,600}تحریریه/)
  assert.doesNotMatch(page.text, /name="asStaff"/)
})

test('a moderator picks a comment; readers and programs without the form token cannot', async () => {
  const { id } = await published('نظری که برگزیده می‌شود')
  const moderator = await newsroom.signedIn('picking', 'moderator')
  assert.equal((await newsroom.visitor().json(`/comments/${id}/pick`, { pick: '1' })).status, 401)
  assert.equal((await moderator.json(`/comments/${id}/pick`, { pick: '1' })).status, 403)
  const reporter = await newsroom.signedIn('not-picking', 'reporter')
  assert.equal((await reporter.postAtDesk(`/comments/${id}/pick`, { pick: '1' })).status, 403)
  assert.equal((await moderator.postAtDesk(`/comments/${id}/pick`, { pick: '1' })).status, 303)
  assert.match((await newsroom.visitor().get(ADDRESS)).text, /برگزیدهٔ تحریریه/)
  assert.equal((await moderator.postAtDesk(`/comments/${id}/pick`, { pick: '0' })).status, 303)
  assert.equal((await allCommentsOf(CODE)).find((comment) => comment.id === id)?.pick, false)
})

test('the keyed hash of an answer changes with article, reader and challenge', () => {
  const secret = Buffer.alloc(32, 1)
  const bound = { key: 'k', articleCode: 1, reader: 'r' }
  const hashes = [
    answerHash(secret, bound, '12345'),
    answerHash(secret, { ...bound, articleCode: 2 }, '12345'),
    answerHash(secret, { ...bound, reader: 's' }, '12345'),
    answerHash(secret, { ...bound, key: 'l' }, '12345'),
    answerHash(secret, bound, '12346'),
  ]
  assert.equal(new Set(hashes).size, hashes.length)
})
