import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { importArticle } from '../../models/articles.ts'
import { blankArticle } from '../../server/domain/article.ts'
import type { TestNewsroom } from '../support/newsroom.ts'
import { openNewsroom } from '../support/newsroom.ts'
import type { Visitor } from '../support/visitor.ts'
import { visibleText } from '../support/visitor.ts'

interface QueueJson {
  items: {
    id: string
    state: string
    revision: number
    body: string
    findings: { rule: string; spans: [number, number][] }[]
    rank: number
    claimedBy: string | null
    parent: { body: string } | null
    article: { code: number; title: string }
  }[]
  next: string | null
  counts: { waiting: number; published: number; refused: number }
  formToken: string
}

let newsroom: TestNewsroom
let first: Visitor
let second: Visitor
const CODE = 4_000_001

before(async () => {
  newsroom = await openNewsroom()
  await importArticle(
    {
      ...blankArticle(),
      title: 'پل تازهٔ رودخانه به بهره‌برداری رسید',
      lead: 'پل تازهٔ رودخانه صبح امروز گشوده شد.',
      body: '<p>شهردار گفت ساخت پل دو سال طول کشید.</p>',
      section: 'society',
    },
    { code: CODE, slug: 'پل', publishedAt: new Date('2026-11-01T08:00:00Z'), now: new Date() },
  )
  first = await newsroom.signedIn('first', 'moderator')
  second = await newsroom.signedIn('second', 'moderator')
})
after(() => newsroom.close())

async function comment(body: string, parentId?: string): Promise<string> {
  const sent = await newsroom.visitor().json<{ followUp: string }>(`/news/${CODE}/comments`, {
    name: 'خواننده',
    body,
    ...(parentId ? { parentId } : {}),
  })
  assert.equal(sent.status, 201, JSON.stringify(sent.body))
  return sent.body.followUp
}

async function queue(visitor: Visitor, query = ''): Promise<QueueJson> {
  const { status, body } = await visitor.json<QueueJson>(`/desk/moderation/queue.json${query}`)
  assert.equal(status, 200)
  return body
}

async function waitingWith(text: string): Promise<QueueJson['items'][number]> {
  const { items } = await queue(first)
  const item = items.find(({ body }) => body.includes(text))
  assert.ok(item, text)
  return item
}

async function act(visitor: Visitor, id: string, what: string, body: Record<string, unknown> = {}) {
  return await visitor.json<Record<string, unknown>>(`/desk/moderation/${id}/${what}`, body, {
    'x-form-token': await visitor.formToken(),
  })
}

async function line(): Promise<string> {
  const page = visibleText((await newsroom.visitor().follow(`/news/${CODE}`)).text)
  return /انتشار یافته: \S+ · در انتظار بررسی: \S+ · غیر قابل انتشار: \S+/.exec(page)?.[0] ?? page
}

test('a comment waits, is approved, and stands under the article at once with exact counts', async () => {
  assert.equal(await line(), 'انتشار یافته: ۰ · در انتظار بررسی: ۰ · غیر قابل انتشار: ۰')
  const followUp = await comment('خدا قوت به سازندگان پل، راه ما کوتاه شد.')
  assert.equal(await line(), 'انتشار یافته: ۰ · در انتظار بررسی: ۱ · غیر قابل انتشار: ۰')
  const item = await waitingWith('خدا قوت')
  assert.equal(item.article.code, CODE)
  const decided = await act(first, item.id, 'approve', { revision: item.revision })
  assert.equal(decided.status, 200)
  assert.deepEqual(Object.keys(decided.body).sort(), ['id', 'revision', 'state'])
  assert.equal(await line(), 'انتشار یافته: ۱ · در انتظار بررسی: ۰ · غیر قابل انتشار: ۰')
  const page = await newsroom.visitor().follow(`/news/${CODE}`)
  assert.ok(page.text.includes('خدا قوت به سازندگان پل، راه ما کوتاه شد.'))
  const state = await newsroom.visitor().json(`/comments/follow-up/${followUp}`)
  assert.deepEqual(state.body, { state: 'published', article: CODE })
})

test('a refused comment names its rule to its writer and is never shown', async () => {
  const followUp = await comment('شهردار این شهر آدم احمق و بی‌شعوری است.')
  const item = await waitingWith('بی‌شعوری')
  assert.ok(item.findings.some(({ rule }) => rule === 'insult'))
  const decided = await act(first, item.id, 'refuse', { rule: 'insult', note: 'توهین آشکار' })
  assert.equal(decided.status, 200)
  const state = await newsroom.visitor().json(`/comments/follow-up/${followUp}`)
  assert.deepEqual(state.body, {
    state: 'refused',
    article: CODE,
    rule: 'insult',
    reason: 'نظرات حاوی توهین به اشخاص حقیقی و حقوقی منتشر نمی‌شود.',
  })
  assert.ok(!(await newsroom.visitor().follow(`/news/${CODE}`)).text.includes('بی‌شعوری'))
})

test('a second moderator deciding the same comment is told who decided (409)', async () => {
  await comment('کاش روشنایی پل هم کامل شود.')
  const item = await waitingWith('روشنایی پل')
  assert.equal((await act(first, item.id, 'approve')).status, 200)
  const late = await act(second, item.id, 'refuse', { rule: 'off-topic' })
  assert.equal(late.status, 409)
  assert.equal(late.body.state, 'published')
  assert.equal(late.body.decidedBy, 'همکار first')
  assert.ok(!Number.isNaN(Date.parse(String(late.body.decidedAt))))
})

test('an old revision, an unknown id and a word that is no rule are refused clearly', async () => {
  await comment('آیا دوچرخه هم می‌تواند از پل بگذرد؟')
  const item = await waitingWith('دوچرخه')
  assert.equal((await act(first, item.id, 'approve', { revision: item.revision + 5 })).status, 409)
  assert.equal((await act(first, 'ffffffffffffffffffffffff', 'approve')).status, 404)
  assert.equal((await act(first, 'not-an-id', 'approve')).status, 404)
  assert.equal((await act(first, item.id, 'refuse', { rule: 'because' })).status, 422)
  assert.equal((await act(first, item.id, 'refuse', {})).status, 422)
  const reporter = await newsroom.signedIn('writer', 'reporter')
  assert.equal((await act(reporter, item.id, 'approve')).status, 403)
})

test('twenty moderators at one comment: one decides, the others learn it, one entry is left', async () => {
  await comment('پل زیبایی شده است، سپاس از همه.')
  const item = await waitingWith('پل زیبایی')
  const tokens = [await first.formToken(), await second.formToken()]
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      (i % 2 === 0 ? first : second).json<{ state: string }>(
        `/desk/moderation/${item.id}/${i % 3 === 0 ? 'refuse' : 'approve'}`,
        i % 3 === 0 ? { rule: 'off-topic' } : {},
        { 'x-form-token': tokens[i % 2]! },
      ),
    ),
  )
  assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  assert.equal(answers.filter(({ status }) => status === 409).length, 19)
})

test('a decision is taken back within ten minutes by whoever made it', async () => {
  await comment('نام پل را چه گذاشته‌اند؟')
  const item = await waitingWith('نام پل')
  await act(first, item.id, 'approve')
  assert.equal((await act(second, item.id, 'undo')).status, 403)
  const undone = await act(first, item.id, 'undo')
  assert.equal(undone.status, 200)
  assert.equal(undone.body.state, 'waiting')
})

test('a claimed comment is shown as taken to others and comes free after two minutes', async () => {
  await comment('عرض پیاده‌رو پل چند متر است؟')
  const item = await waitingWith('عرض پیاده‌رو')
  assert.equal((await act(first, item.id, 'claim')).status, 200)
  const other = await act(second, item.id, 'claim')
  assert.equal(other.status, 409)
  assert.equal(other.body.claimedBy, 'همکار first')
  assert.equal((await waitingWith('عرض پیاده‌رو')).claimedBy, 'همکار first')
  newsroom.setClock(new Date(Date.now() + 121_000))
  assert.equal((await act(second, item.id, 'claim')).status, 200)
  newsroom.setClock(new Date())
})

test('a batch decides many and tells what became of each', async () => {
  await comment('نکتهٔ نخست دربارهٔ پل و رودخانه.')
  await comment('نکتهٔ دیگر دربارهٔ پل و رودخانه.')
  const one = await waitingWith('نکتهٔ نخست')
  const two = await waitingWith('نکتهٔ دیگر')
  await act(second, two.id, 'approve')
  const { status, body } = await first.json<{ results: { id: string; status: number; state: string }[] }>(
    '/desk/moderation/batch',
    { ids: [one.id, two.id, 'ffffffffffffffffffffffff'], decision: 'refuse', rule: 'duplicate' },
    { 'x-form-token': await first.formToken() },
  )
  assert.equal(status, 200)
  assert.deepEqual(
    body.results.map((result) => result.status),
    [200, 409, 404],
  )
})

test('the queue page marks what the rules found and decides without scripts', async () => {
  await comment('این پل‌سازها همه احمق‌اند.')
  const item = await waitingWith('پل‌سازها')
  const page = await first.get(`/desk/moderation?open=${item.id}`)
  assert.equal(page.status, 200)
  assert.match(page.text, /<mark class="finding" data-rule="insult">/)
  assert.ok(visibleText(page.text).includes('پل تازهٔ رودخانه به بهره‌برداری رسید'))
  const revision = String(item.revision)
  const sent = await first.postAtDesk(`/desk/moderation/${item.id}/refuse`, {
    rule: 'insult',
    revision,
    backTo: '/desk/moderation',
  })
  assert.equal(sent.status, 303)
  const back = await first.get(sent.location!)
  assert.ok(visibleText(back.text).includes('نظر رد شد.'))
})

test('the queue is narrowed by section, language, chance of refusal and article', async () => {
  await comment('ونه دل خله خجیره و مه ریکا ره خوانه')
  await comment('روشنایی پیاده‌روی پل شب‌ها کافی نیست.')
  const bodies = async (query: string) => (await queue(first, query)).items.map(({ body }) => body)
  assert.deepEqual(await bodies('?language=mzn'), ['ونه دل خله خجیره و مه ریکا ره خوانه'])
  assert.deepEqual(await bodies('?section=sport'), [])
  assert.ok((await bodies('?section=society')).some((body) => body.includes('روشنایی پیاده‌روی')))
  assert.ok(!(await bodies('?score=80')).some((body) => body.includes('روشنایی پیاده‌روی')))
  assert.deepEqual(await bodies('?article=999'), [])
  assert.deepEqual(await bodies('?article=پل'), [])
  assert.equal((await first.json('/desk/moderation/queue.json?cursor=x')).status, 400)
  assert.ok((await bodies('?article=۴۰۰۰۰۰۱')).length > 0)
  const page = await first.get('/desk/moderation?section=society&language=fa')
  assert.match(page.text, /<option value="society" selected>/)
})

test('refused comments are found by the rule that was named, and by what the rules had found', async () => {
  await comment('باران امروز تهران را فرا گرفت و هوا خنک شد.')
  const item = await waitingWith('باران امروز')
  assert.equal((await act(first, item.id, 'refuse', { rule: 'duplicate' })).status, 200)
  const under = async (query: string) => (await queue(first, query)).items.map(({ id }) => id)
  assert.ok((await under('?state=refused&rule=duplicate')).includes(item.id))
  for (const rule of item.findings.map((finding) => finding.rule))
    assert.ok((await under(`?state=refused&rule=${rule}`)).includes(item.id), rule)
  assert.ok(!(await under('?rule=duplicate')).includes(item.id))
})

test('faults of what programs send are named by field, in Persian', async () => {
  const faults = async (path: string, body: unknown) => {
    const headers = { 'x-form-token': await first.formToken() }
    const answer = await first.json<{ faults: Record<string, string> }>(`/desk/moderation/${path}`, body, headers)
    assert.equal(answer.status, 422)
    return answer.body.faults
  }
  const wrong = 'این مقدار درست نیست.'
  assert.deepEqual(await faults('batch', { ids: [], decision: 'burn' }), { ids: wrong, decision: wrong })
  const { id } = (await queue(first)).items[0]!
  assert.deepEqual(await faults(`${id}/approve`, { revision: -1 }), { revision: wrong })
  const long = 'یادداشت بیش از اندازه بلند است.'
  assert.deepEqual(await faults(`${id}/approve`, { note: 'ن'.repeat(1_001) }), { note: long })
})

test('counts of the queue equal what is stored', async () => {
  const { counts } = await queue(first)
  const states = await Promise.all(
    (['waiting', 'published', 'refused'] as const).map(
      async (state) => (await queue(first, `?state=${state}`)).items.length,
    ),
  )
  assert.deepEqual([counts.waiting, counts.published, counts.refused], states)
})
