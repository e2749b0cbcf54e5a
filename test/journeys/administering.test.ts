import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { allSections } from '../../models/sections.ts'
import { publishedArticle } from '../support/articles.ts'
import { openNewsroom, TEST_PASSWORD, type TestNewsroom } from '../support/newsroom.ts'
import { type Visitor, visibleText } from '../support/visitor.ts'

let newsroom: TestNewsroom
let admin: Visitor

before(async () => {
  newsroom = await openNewsroom({ METRICS_TOKEN: 'never-shown' })
  admin = await newsroom.signedIn('admin', 'admin')
})
after(() => newsroom.close())

const PAGES = ['staff', 'sections', 'settings', 'audit'].map((page) => `/desk/admin/${page}`)

test('every page of the room opens for admins and for nobody else', async () => {
  const chief = await newsroom.signedIn('chief', 'chief')
  for (const page of PAGES) {
    assert.equal((await admin.get(page)).status, 200, page)
    assert.equal((await chief.get(page)).status, 403, page)
    assert.equal((await newsroom.visitor().get(page)).status, 303, page)
  }
  assert.equal((await admin.get('/desk/admin/rules')).location, '/desk/moderation/rules')
})

test('a section is added with its place in any digits, and no two go by one name', async () => {
  const section = { slug: 'world', name: 'جهان', order: '۵', commentMode: '' }
  assert.equal((await admin.postAtDesk('/desk/admin/sections', section)).status, 303)
  assert.equal((await allSections()).find(({ slug }) => slug === 'world')?.order, 5)
  const twin = await admin.postAtDesk('/desk/admin/sections', { ...section, slug: 'earth', name: 'جـهان' })
  assert.equal(twin.status, 422)
  assert.match(visibleText(twin.text), /سرویس دیگری همین نام را دارد/)
  const wrong = await admin.postAtDesk('/desk/admin/sections', { ...section, order: 'پنج' })
  assert.equal(wrong.status, 422)
})

test('a colleague is added, shut out at once and let in again', async () => {
  const fields = { username: 'sara', name: 'سارا رستگار', role: 'reporter', password: TEST_PASSWORD }
  assert.equal((await admin.postAtDesk('/desk/admin/staff', fields)).status, 303)
  assert.equal((await admin.postAtDesk('/desk/admin/staff', fields)).status, 422)
  const sara = newsroom.visitor()
  await sara.signIn('sara', TEST_PASSWORD)
  const id = /action="\/desk\/admin\/staff\/(\w+)\/disable"/.exec(
    (await admin.get('/desk/admin/staff')).text.split('سارا رستگار')[1]!,
  )![1]!
  assert.equal((await admin.postAtDesk(`/desk/admin/staff/${id}/disable`, {})).status, 303)
  assert.equal((await sara.get('/desk/articles')).status, 303)
  assert.equal((await admin.postAtDesk(`/desk/admin/staff/${id}/enable`, {})).status, 303)
  await sara.signIn('sara', TEST_PASSWORD)
})

test('settings are shown as they stand, secrets only as set', async () => {
  const page = visibleText((await admin.get('/desk/admin/settings')).text)
  assert.match(page, /تصویر امنیتی[^•]*CAPTCHA off always/)
  assert.match(page, /METRICS_TOKEN ••••/)
  assert.ok(!page.includes('never-shown'))
})

test('what staff did is told with who and where: decisions, articles, rules, colleagues and sections', async () => {
  const article = await publishedArticle(4_400_001)
  const chief = newsroom.visitor()
  await chief.signIn('chief', TEST_PASSWORD)
  await newsroom.visitor().json(`/news/${article.code}/comments`, { name: 'خواننده', body: 'بودجهٔ شهر چه شد؟' })
  const { body } = await chief.json<{ items: { id: string }[]; formToken: string }>('/desk/moderation/queue.json')
  const refusal = { rule: 'off-topic', note: 'به خبر نمی‌خورد' }
  const headers = { 'x-form-token': body.formToken }
  const refused = await chief.json(`/desk/moderation/${body.items[0]!.id}/refuse`, refusal, headers)
  assert.equal(refused.status, 200)
  const word = { change: 'word', word: 'زردک', strength: 'insult', revision: '0' }
  assert.equal((await chief.postAtDesk('/desk/moderation/rules/save', word)).status, 303)
  const told = visibleText((await admin.get('/desk/admin/audit')).text)
  assert.match(told, /همکار chief نظرها نظر: غیر قابل انتشار · [^·]+ · به خبر نمی‌خورد/)
  assert.match(told, /همکار chief قاعده‌ها «زردک»: توهین\./)
  assert.match(told, /همکار admin سامانه دسترسی سارا رستگار باز شد\./)
  assert.match(told, /همکار admin سامانه سرویس «جهان» ذخیره شد\./)
  assert.match(told, /مطالب «شورای شهر بودجهٔ امسال را بررسی کرد»: منتشرشده/)
  const rules = visibleText((await admin.get('/desk/admin/audit?room=rules')).text)
  assert.ok(rules.includes('«زردک»') && !rules.includes('سرویس «جهان»'))
})
