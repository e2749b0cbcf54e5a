import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import mongoose from 'mongoose'
import { toPersianDigits } from '../../server/domain/persian-text/index.ts'
import { base32, codeAt, openKey, sealKey, stepOf } from '../../server/signing-in/two-step.service.ts'
import { openNewsroom, TEST_PASSWORD, type TestNewsroom } from '../support/newsroom.ts'
import type { Page, Visitor } from '../support/visitor.ts'
import { visibleText } from '../support/visitor.ts'

const NEW_PASSWORD = 'گذرواژهٔ تازهٔ بلند ۱۴۰۵'
let newsroom: TestNewsroom
let ahead = 0

before(async () => {
  newsroom = await openNewsroom()
})
after(() => newsroom.close())

/** The step of thirty seconds that it is in the newsroom. */
const stepNow = () => Math.floor(newsroom.house.now().getTime() / 30_000)

/** Moves the newsroom's clock to later steps, so that a fresh code is to be had. */
function later(): void {
  ahead += 90_000
  newsroom.setClock(new Date(Date.now() + ahead))
}

function signIn(fields: Record<string, string>, visitor = newsroom.visitor()): Promise<Page> {
  return visitor.post('/desk/sign-in', fields)
}

async function turnedOn(visitor: Visitor): Promise<string> {
  const key = /name="key" value="([A-Z2-7]{32})"/.exec((await visitor.get('/desk/account')).text)![1]!
  const on = await visitor.postAtDesk('/desk/account/two-step', { key, code: codeAt(key, stepNow()) })
  assert.equal(on.status, 303)
  return key
}

test('codes are those of RFC 6238, taken in any digits and one step early or late', () => {
  const key = base32(Buffer.from('12345678901234567890'))
  for (const [seconds, code] of [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ] as const) {
    assert.equal(codeAt(key, Math.floor(seconds / 30)), code)
  }
  const [seconds, code] = [1_234_567_890, '005924']
  for (const late of [-30, 0, 30]) {
    for (const typed of [code, toPersianDigits(code), '005 924']) {
      assert.equal(stepOf(key, typed, new Date((seconds + late) * 1000)), Math.floor(seconds / 30))
    }
  }
  assert.equal(stepOf(key, code, new Date((seconds + 90) * 1000)), null)
  for (const wrong of ['', '12345', '1234567', 'abcdef'])
    assert.equal(stepOf(key, wrong, new Date(seconds * 1000)), null)
  const sealed = sealKey(Buffer.alloc(32, 1), key)
  assert.equal(openKey(Buffer.alloc(32, 1), sealed), key)
  assert.equal(openKey(Buffer.alloc(32, 2), sealed), null)
  assert.ok(!sealed.includes(key))
})

test('with two-step on, the password leads to the code, and each code opens the desk once', async () => {
  const sara = await newsroom.signedIn('sara', 'reporter')
  const key = await turnedOn(sara)
  const stored = JSON.stringify(await mongoose.connection.collection('staff').findOne({ username: 'sara' }))
  assert.ok(!stored.includes(key))
  later()
  const fields = { username: 'sara', password: TEST_PASSWORD }
  const asked = await signIn(fields)
  assert.equal(asked.status, 200)
  const ticket = /name="ticket" value="([^"]+)"/.exec(asked.text)![1]!
  const code = codeAt(key, stepNow())
  assert.equal((await signIn({ ticket, code: '000000' === code ? '000001' : '000000' })).status, 422)
  const browser = newsroom.visitor()
  const opened = await signIn({ ticket, code }, browser)
  assert.deepEqual([opened.status, opened.location], [303, '/desk'])
  assert.equal((await browser.get('/desk')).status, 200)
  assert.equal((await signIn({ ticket, code })).status, 422, 'a code works once')
  later()
  const program = await signIn({ ...fields, code: codeAt(key, stepNow()) })
  assert.equal(program.status, 303, 'a program sends all three at once')
  assert.equal((await signIn({ ...fields, password: 'نادرست است این گذرواژه', code })).status, 422)
})

test('a ticket is good for five minutes, for its member and for the password that it was given for', async () => {
  const omid = await newsroom.signedIn('omid', 'reporter')
  const key = await turnedOn(omid)
  later()
  const fields = { username: 'omid', password: TEST_PASSWORD }
  const ticketOf = async () => /name="ticket" value="([^"]+)"/.exec((await signIn(fields)).text)![1]!
  const old = await ticketOf()
  const another = await newsroom.staff('another', 'admin')
  const forged = old.replace(/^[0-9a-f]{24}/, another.id)
  assert.equal((await signIn({ ticket: forged, code: codeAt(key, stepNow()) })).status, 422)
  for (let i = 0; i < 4; i++) later()
  assert.equal((await signIn({ ticket: old, code: codeAt(key, stepNow()) })).status, 422)
  const fresh = await ticketOf()
  const changed = { present: TEST_PASSWORD, wanted: NEW_PASSWORD }
  assert.equal((await omid.postAtDesk('/desk/account/password', changed)).status, 303)
  assert.equal((await signIn({ ticket: fresh, code: codeAt(key, stepNow()) })).status, 422)
})

test('a password is changed by whoever knows the present one, and all other sessions end', async () => {
  const nima = await newsroom.signedIn('nima', 'reporter')
  const elsewhere = newsroom.visitor()
  await elsewhere.signIn('nima', TEST_PASSWORD)
  const change = (present: string, wanted: string) => nima.postAtDesk('/desk/account/password', { present, wanted })
  assert.equal((await change('نادرست', NEW_PASSWORD)).status, 422)
  const short = await change(TEST_PASSWORD, 'کوتاه')
  assert.equal(short.status, 422)
  assert.match(visibleText(short.text), /دست‌کم ۱۲ نویسه/)
  assert.equal((await change(TEST_PASSWORD, NEW_PASSWORD)).status, 303)
  assert.equal((await nima.get('/desk')).status, 200)
  assert.equal((await elsewhere.get('/desk')).status, 303)
  assert.equal((await signIn({ username: 'nima', password: TEST_PASSWORD })).status, 422)
  assert.equal((await signIn({ username: 'nima', password: NEW_PASSWORD })).status, 303)
})

test('two-step is turned off with a code only, and by an admin with a new password for whoever lost the phone', async () => {
  const mina = await newsroom.signedIn('mina', 'reporter')
  const key = await turnedOn(mina)
  later()
  assert.equal((await mina.postAtDesk('/desk/account/two-step', { code: '' })).status, 422)
  const other = await mina.postAtDesk('/desk/account/two-step', {
    key: 'A'.repeat(32),
    code: codeAt('A'.repeat(32), stepNow()),
  })
  assert.equal(other.status, 422, 'a key of one\u2019s own choice opens nothing')
  const admin = await newsroom.signedIn('admin', 'admin')
  const id = (await mongoose.connection.collection('staff').findOne({ username: 'mina' }))!._id
  const renew = (renewed: string) => admin.postAtDesk(`/desk/admin/staff/${id}/password`, { renewed })
  assert.equal((await renew('کوتاه')).status, 422)
  assert.equal((await renew(NEW_PASSWORD)).status, 303)
  assert.equal((await mina.get('/desk')).status, 303)
  assert.equal((await signIn({ username: 'mina', password: NEW_PASSWORD }, mina)).status, 303)
  const again = await turnedOn(mina)
  assert.notEqual(again, key)
  later()
  assert.equal((await mina.postAtDesk('/desk/account/two-step', { code: codeAt(again, stepNow()) })).status, 303)
  assert.equal((await signIn({ username: 'mina', password: NEW_PASSWORD })).status, 303)
})
