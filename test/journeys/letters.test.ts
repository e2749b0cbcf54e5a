import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { SMTPServer } from 'smtp-server'
import { allCommentsOf } from '../../models/comments.ts'
import { postOf, sendDueLetters } from '../../server/commenting/letters.ts'
import { REFUSAL_RULES } from '../../server/domain/refusal-rules.ts'
import { approve, publishedArticle, refuse } from '../support/articles.ts'
import { answerInWords } from '../support/captcha-solving.ts'
import type { TestNewsroom } from '../support/newsroom.ts'
import { openNewsroom } from '../support/newsroom.ts'
import type { Visitor } from '../support/visitor.ts'

const CODE = 4_300_001
let newsroom: TestNewsroom
let sink: SMTPServer
let post: ReturnType<typeof postOf>
let full = false
const letters: { to: string[]; raw: string }[] = []

before(async () => {
  newsroom = await openNewsroom({ CAPTCHA: 'adaptive', LIMITS: 'off' })
  await publishedArticle(CODE)
  sink = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        if (full) return done(Object.assign(new Error('mailbox full'), { responseCode: 452 }))
        letters.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(parts).toString(),
        })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve))
  post = postOf(`smtp://127.0.0.1:${(sink.server.address() as AddressInfo).port}`)
})
after(async () => {
  post.close()
  await new Promise<void>((resolve) => sink.close(resolve))
  await newsroom.close()
})

const spared = { captchaKey: '', captchaText: '' }

/** The words of a letter: the last part decoded from base64 or quoted-printable, and its subject. */
function wordsOf(raw: string): { subject: string; text: string } {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  const text = /base64/i.test(head)
    ? Buffer.from(body, 'base64').toString()
    : Buffer.from(
        body
          .replace(/=\r\n/g, '')
          .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString()
  const subject = (/^Subject: ((?:.*\r\n )*.*)/m.exec(head)?.[1] ?? '')
    .replace(/\r\n /g, ' ')
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?UTF-8\?B\?([^?]*)\?=/gi, (_, base64: string) => Buffer.from(base64, 'base64').toString('latin1'))
    .replace(/=\?UTF-8\?Q\?([^?]*)\?=/gi, (_, quoted: string) =>
      quoted
        .replace(/_/g, ' ')
        .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    )
  return { subject: Buffer.from(subject, 'latin1').toString(), text }
}

async function comment(body: string, email: string, parentId = '', visitor: Visitor = newsroom.visitor()) {
  const { captcha } = (
    await visitor.json<{ captcha?: { key: string; question: string } }>(`/news/${CODE}/comments`, {})
  ).body
  const solved = captcha ? { captchaKey: captcha.key, captchaText: answerInWords(captcha.question) } : spared
  const sent = await visitor.json(`/news/${CODE}/comments`, { body, email, parentId, name: 'خواننده', ...solved })
  assert.equal(sent.status, 201, JSON.stringify(sent.body))
  return (await allCommentsOf(CODE)).findLast((stored) => stored.body === body)!
}

function minutesAgo(minutes: number): Date {
  return new Date(newsroom.house.now().getTime() - minutes * 60_000)
}

async function sentNow() {
  letters.length = 0
  const count = await sendDueLetters(newsroom.house, post)
  assert.equal(letters.length, count)
  return letters.map(({ to, raw }) => ({ to, raw, ...wordsOf(raw) }))
}

test('nobody gets a letter before a decision, nor while it can be undone', async () => {
  const { id } = await comment('نظری که تازه منتشر شده', 'early@example.ir')
  assert.deepEqual(await sentNow(), [])
  await approve(id, minutesAgo(5))
  assert.deepEqual(await sentNow(), [])
  newsroom.setClock(new Date(newsroom.house.now().getTime() + 6 * 60_000))
  const [letter, ...more] = await sentNow()
  assert.equal(more.length, 0)
  assert.deepEqual(letter?.to, ['early@example.ir'])
})

test('a writer is told once that the comment was published, with the way to it', async () => {
  const { id } = await comment('نظری برای نامهٔ انتشار', 'good@example.ir')
  await approve(id, minutesAgo(11))
  const [letter] = await sentNow()
  assert.match(letter!.subject, /نظر شما در تحریریه منتشر شد/)
  assert.match(letter!.text, /> نظری برای نامهٔ انتشار/)
  assert.ok(letter!.text.includes(`${newsroom.url}/comments/${id}`))
  assert.deepEqual(await sentNow(), [])
})

test('a writer is told under which rule the comment was refused', async () => {
  const { id } = await comment('نظری برای نامهٔ رد', 'bad@example.ir')
  await refuse(id, 'off-topic', minutesAgo(11))
  const [letter] = await sentNow()
  assert.ok(letter!.text.includes(REFUSAL_RULES['off-topic'].text))
  assert.match(letter!.text, /\/comments\/follow-up/)
})

test('the writer of a comment is told when it is answered, but not by themselves', async () => {
  const root = await comment('پرسشی که پاسخ می‌گیرد', 'asks@example.ir')
  await approve(root.id, minutesAgo(11))
  await sentNow()
  const own = await comment('افزوده‌ای از خودم', 'asks@example.ir', root.id)
  await approve(own.id, minutesAgo(11))
  assert.deepEqual(
    (await sentNow()).map(({ subject }) => subject),
    ['نظر شما در تحریریه منتشر شد'],
  )
  const answer = await comment('پاسخ یک خوانندهٔ دیگر', '', root.id)
  await approve(answer.id, minutesAgo(11))
  const [letter] = await sentNow()
  assert.deepEqual(letter!.to, ['asks@example.ir'])
  assert.match(letter!.text, /پاسخ یک خوانندهٔ دیگر/)
})

test('no name or text of a reader reaches the head of a letter', async () => {
  const root = await comment('نظر اصلی برای سرآیند', 'head@example.ir')
  await approve(root.id, minutesAgo(11))
  await sentNow()
  const visitor = newsroom.visitor()
  const answer = await comment('متن\nBcc: other@example.ir\n\n.\nRSET', '', root.id, visitor)
  await approve(answer.id, minutesAgo(11))
  const [letter] = await sentNow()
  assert.deepEqual(letter!.to, ['head@example.ir'])
  const head = letter!.raw.split('\r\n\r\n')[0]!
  assert.doesNotMatch(head, /Bcc|other@example/i)
  assert.match(letter!.text, /RSET/)
})

test('a letter that could not be sent is owed until it is', async () => {
  const { id } = await comment('نظری با صندوق پر', 'full@example.ir')
  await approve(id, minutesAgo(11))
  full = true
  assert.deepEqual(await sentNow(), [])
  full = false
  assert.equal((await sentNow()).length, 1)
})

test('with CAPTCHA=adaptive a reader is asked until a comment was published, and again after a refusal', async () => {
  const visitor = newsroom.visitor()
  const needed = async () => (await visitor.json<{ needed: boolean }>(`/captcha?article=${CODE}`)).body.needed
  assert.equal(await needed(), true)
  const first = await comment('نخستین نظر این خواننده', '', '', visitor)
  assert.equal(await needed(), true)
  await approve(first.id, newsroom.house.now())
  assert.equal(await needed(), false)
  assert.doesNotMatch((await visitor.get(`/news/${CODE}/comments`)).text, /captchaText/)
  const second = await comment('دومین نظر این خواننده', '', '', visitor)
  await refuse(second.id, 'off-topic', newsroom.house.now())
  assert.equal(await needed(), true)
})
