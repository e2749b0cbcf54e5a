import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { keptPolicy, policyHistory, savePolicy } from '../../models/comment-policy.ts'
import { createComment } from '../../models/comments.ts'
import { latestComments } from '../../models/moderation.ts'
import { inspect } from '../../server/domain/comment-rules/index.ts'
import { articleInMode, publishedArticle } from '../support/articles.ts'
import { openNewsroom, type TestNewsroom } from '../support/newsroom.ts'
import { type Visitor, visibleText } from '../support/visitor.ts'

const CODE = 4_000_004
const RULES = '/desk/moderation/rules'

let newsroom: TestNewsroom
let chief: Visitor

before(async () => {
  newsroom = await openNewsroom()
  await publishedArticle(CODE)
  chief = await newsroom.signedIn('chief', 'chief')
})
after(() => newsroom.close())

let ahead = 0

/** Sends a comment when every process has seen the latest policy, and gives what the rules said. */
async function findingsOf(body: string, code = CODE): Promise<string[]> {
  ahead += 3_000
  newsroom.setClock(new Date(Date.now() + ahead))
  const sent = await newsroom.visitor().json(`/news/${code}/comments`, { name: 'خواننده', body })
  assert.equal(sent.status, 201, JSON.stringify(sent.body))
  const comment = (await Array.fromAsync(latestComments(1)))[0]!
  assert.equal(comment.body, body)
  return comment.inspection.findings.map(({ rule }) => rule)
}

async function save(fields: Record<string, string>): Promise<number> {
  const { revision } = await keptPolicy()
  return (await chief.postAtDesk(`${RULES}/save`, { revision: String(revision), ...fields })).status
}

test('only chiefs and admins open the page of words and scores', async () => {
  assert.equal((await chief.get(RULES)).status, 200)
  const moderator = await newsroom.signedIn('moderator', 'moderator')
  assert.equal((await moderator.get(RULES)).status, 403)
  assert.equal((await moderator.postAtDesk(`${RULES}/save`, { change: 'mode', mode: 'closed' })).status, 403)
})

test('a word is tried on the latest comments before it is saved, and holds comments once it is', async () => {
  assert.ok(!(await findingsOf('این زردک شهر را خراب کرد.')).includes('insult'))
  const word = { change: 'word', word: 'زردک', strength: 'insult', exceptions: 'مربای زردک' }
  const tried = visibleText((await chief.postAtDesk(`${RULES}/try`, { ...word, revision: '0' })).text)
  assert.match(tried, /این زردک شهر را خراب کرد\. در انتظار بررسی بی‌اشکال برای بررسی/)
  assert.match(tried, /داوری دربارهٔ ۱ نظر تغییر می‌کند/)
  const harmless = { change: 'word', word: 'سیب‌زمینی', strength: 'context', revision: '0' }
  assert.match(visibleText((await chief.postAtDesk(`${RULES}/try`, harmless)).text), /هیچ نظری تغییر نمی‌کند/)
  assert.equal((await keptPolicy()).revision, 0, 'trying saves nothing')
  assert.equal(await save(word), 303)
  assert.ok((await findingsOf('باز این زردک آمد و بودجه را برد.')).includes('insult'))
  assert.ok(!(await findingsOf('کنار شورای شهر مربای زردک می‌فروشند.')).includes('insult'))
  assert.ok(visibleText((await chief.get(`${RULES}?q=زرد`)).text).includes('مربای زردک'))
})

test('a trial reads articles in full, so that comments sent after it are judged by the whole article', async () => {
  const [untried, tried] = [CODE + 5, CODE + 6]
  for (const code of [untried, tried]) await publishedArticle(code)
  await createComment({
    ...{ articleCode: tried, parent: null, name: '', email: '', body: 'خیابان‌ها را آسفالت کنید.' },
    ...{ createdAt: newsroom.house.now(), state: 'waiting', fingerprint: '', subnet: '' },
    inspection: inspect({ text: 'خیابان‌ها را آسفالت کنید.' }),
  })
  const word = { change: 'scores', section: '', 'hold-insult': '90', revision: '0' }
  assert.equal((await chief.postAtDesk(`${RULES}/try`, word)).status, 200)
  const topicOf = async (code: number) => {
    await findingsOf('ساخت این پل عمرانی تازه آغاز شده بود؟', code)
    return (await Array.fromAsync(latestComments(1)))[0]!.inspection.topic?.score
  }
  assert.equal(await topicOf(tried), await topicOf(untried))
})

test('a word of the rules is switched off, and on again by taking it from the list', async () => {
  assert.equal(await save({ change: 'word', word: 'احمق', strength: 'off' }), 303)
  assert.ok(!(await findingsOf('مدیر بودجه احمق است.')).includes('insult'))
  const shown = visibleText((await chief.get(`${RULES}?q=${encodeURIComponent('احمق')}`)).text)
  assert.match(shown, /در واژه‌های تحریریه: خاموش/)
  assert.match(shown, /در واژه‌های تحریریه با «احمق»: خاموش/)
  assert.equal(await save({ change: 'forget-word', word: 'احمق' }), 303)
  assert.ok((await findingsOf('باز هم مدیر بودجه احمق است.')).includes('insult'))
})

test('built-in words are searched by a part in any spelling, browsed by strength and sense, and paged', async () => {
  const page = async (query: Record<string, string>) => {
    const got = await chief.get(`${RULES}?${new URLSearchParams(query)}`)
    assert.equal(got.status, 200)
    return visibleText(got.text)
  }
  const unasked = visibleText((await chief.get(RULES)).text)
  assert.match(unasked, /واژه‌های خود سامانه \([۰-۹٬]+\)/)
  assert.ok(!unasked.includes('خاموش کردن'), 'nobody is shown abuse unasked')
  assert.match(await page({ q: 'اهمغ' }), /احمق توهین · توهین به خرد بی‌آزار در: [^.]*احمقانه/)
  const severe = await page({ strength: 'severe' })
  assert.match(severe, /صفحهٔ ۱ از [۰-۹]+ صفحهٔ پس/)
  assert.match(await page({ strength: 'severe', page: '۲' }), /صفحهٔ پیش صفحهٔ ۲ از/)
  assert.equal((await chief.get(`${RULES}?strength=severe&page=9999`)).status, 404)
  assert.match(await page({ sense: 'نفرین', q: 'احمق' }), /در واژه‌های خود سامانه چیزی با این جست‌وجو پیدا نشد/)
  assert.match(
    (await chief.get(`${RULES}?q=${encodeURIComponent('هویجستان')}`)).text,
    /id="word" name="word" value="هویجستان"/,
  )
})

test('a built-in word is given an exception where it is found, keeps its strength, and leads back to the search', async () => {
  const found = await chief.get(`${RULES}?q=${encodeURIComponent('احمق')}`)
  assert.match(found.text, /<input type="hidden" name="strength" value="as-is">/)
  const back = new URLSearchParams({ q: 'احمق' }).toString()
  const fields = { change: 'word', word: 'احمق', strength: 'as-is', exceptions: 'احمق‌های بزرگ سینما', back }
  const { revision } = await keptPolicy()
  const tried = await chief.postAtDesk(`${RULES}/try`, { revision: String(revision), ...fields })
  assert.match(visibleText(tried.text), /«احمق»: شدت خود سامانه، با استثنا\./)
  const saved = await chief.postAtDesk(`${RULES}/save`, { revision: String(revision), ...fields })
  assert.equal(saved.location, `${RULES}?${back}&done=1`)
  const after = visibleText((await chief.get(saved.location!)).text)
  assert.match(after, /ذخیره شد\. «احمق»/)
  assert.match(after, /در واژه‌های تحریریه: شدت خود سامانه، با استثنا/)
  assert.ok(!(await findingsOf('نمایش احمق‌های بزرگ سینما در شهر آغاز شد.')).includes('insult'))
  assert.ok((await findingsOf('مدیر سینما احمق است، بودجه را برد.')).includes('insult'))
  assert.equal(await save({ change: 'forget-word', word: 'احمق' }), 303)
})

test('a trial says what it covers and how many verdicts turn from what to what', async () => {
  const word = { change: 'word', word: 'خیابان', strength: 'insult', revision: '0' }
  const tried = visibleText((await chief.postAtDesk(`${RULES}/try`, word)).text)
  assert.match(tried, /[۰-۹]+ نظر از «بی‌اشکال» به «برای بررسی»/)
  assert.match(tried, /آزمون همهٔ نظرهای خوانندگان را دربر گرفت \([۰-۹]+ نظر\)\./)
  assert.match(tried, /آنچه سامانه از تصمیم‌ها آموخته و تکراری بودن متن در این آزمون به حساب نمی‌آید/)
})

test('what was typed stays in its form when something is wrong with it', async () => {
  const word = { change: 'word', word: 'هویج', strength: 'severe', exceptions: 'باقالی', revision: '0' }
  const wrong = await chief.postAtDesk(`${RULES}/try`, word)
  assert.equal(wrong.status, 422)
  assert.match(wrong.text, /name="word" value="هویج"[\s\S]*value="severe" selected[\s\S]*>باقالی<\/textarea>/)
  assert.match(visibleText(wrong.text), /استثنای «باقالی» خود واژه را در بر ندارد/)
  const scores = { change: 'scores', section: '', 'hold-insult': '۲۰۰', 'hold-gibberish': '۷۱', revision: '0' }
  const high = await chief.postAtDesk(`${RULES}/try`, scores)
  assert.equal(high.status, 422)
  assert.match(high.text, /name="hold-insult" value="۲۰۰"[\s\S]*name="hold-gibberish" value="۷۱"/)
})

test('a section has its own scores, and other sections keep theirs', async () => {
  await publishedArticle(CODE + 1, 'sport')
  assert.equal(await save({ change: 'scores', section: 'sport', 'hold-insult': '۱۰۰' }), 303)
  assert.ok(!(await findingsOf('سومین بار: مدیر بودجه احمق است.', CODE + 1)).includes('insult'))
  assert.ok((await findingsOf('چهارمین بار: مدیر بودجه احمق است.')).includes('insult'))
})

test('what cannot be is refused with a sentence and changes nothing', async () => {
  const { revision } = await keptPolicy()
  const wrong = [
    { change: 'word', word: 'ک', strength: 'insult' },
    { change: 'word', word: 'هویج', strength: 'fatal' },
    { change: 'word', word: 'هویج', strength: 'insult', exceptions: 'باقالی' },
    { change: 'forget-word', word: 'نیست' },
    { change: 'scores', section: '', 'hold-insult': '۲۰۰' },
    { change: 'scores', section: '__proto__', 'hold-insult': '50' },
    { change: 'mode', mode: 'open' },
    { change: 'everything' },
    {},
  ] as Record<string, string>[]
  for (const fields of wrong) assert.equal(await save(fields), 422, JSON.stringify(fields))
  assert.equal((await keptPolicy()).revision, revision)
})

test('two chiefs never overwrite each other: the later one learns that the rules changed', async () => {
  const { revision, policy } = await keptPolicy()
  const step = { at: newsroom.house.now(), by: { id: 'a', name: 'سردبیر' }, what: 'آزمون' }
  const answers = await Promise.all(Array.from({ length: 10 }, () => savePolicy(revision, policy, step)))
  assert.equal(answers.filter(Boolean).length, 1)
  const late = await chief.postAtDesk(`${RULES}/save`, { revision: String(revision), change: 'mode', mode: 'closed' })
  assert.equal(late.status, 409)
  const word = { change: 'word', word: 'شلغم', strength: 'insult', revision: String(revision) }
  const again = await chief.postAtDesk(`${RULES}/save`, word)
  assert.equal(again.status, 409)
  assert.match(
    again.text,
    new RegExp(`name="revision" value="${revision + 1}"`),
    'the change waits, tried on the new rules',
  )
  assert.match(visibleText(again.text), /پیش از ذخیره «شلغم»: توهین/)
})

test("the newsroom's mode counts where neither article nor section has its own", async () => {
  assert.equal(await save({ change: 'mode', mode: 'closed' }), 303)
  ahead += 3_000
  newsroom.setClock(new Date(Date.now() + ahead))
  const body = { name: 'خواننده', body: 'بودجهٔ شهر چه شد؟' }
  assert.equal((await newsroom.visitor().json(`/news/${CODE}/comments`, body)).status, 409)
  await articleInMode(CODE + 2, 'all-wait')
  assert.equal((await newsroom.visitor().json(`/news/${CODE + 2}/comments`, body)).status, 201)
  assert.equal(await save({ change: 'mode', mode: 'all-wait' }), 303)
})

test('who changed what when is kept and shown', async () => {
  const history = await policyHistory()
  assert.equal(history.length, (await keptPolicy()).revision)
  assert.ok(history.some(({ what, by }) => what === '«زردک»: توهین.' && by.name === 'همکار chief'))
  assert.ok(visibleText((await chief.get(RULES)).text).includes('«احمق» از فهرست برداشته شد.'))
})
