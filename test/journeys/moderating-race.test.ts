import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { insertComments } from '../../models/bulk.ts'
import { allCommentsOf, countComments } from '../../models/comments.ts'
import { openSession } from '../../models/sessions.ts'
import { inspect } from '../../server/domain/comment-rules/index.ts'
import { cookieName } from '../../server/http/cookies.ts'
import { SESSION_COOKIE } from '../../server/signing-in/guards.ts'
import { publishedArticle } from '../support/articles.ts'
import { openNewsroom, type TestNewsroom } from '../support/newsroom.ts'
import { Visitor } from '../support/visitor.ts'

const CODE = 4_000_003
const MODERATORS = 50
const COMMENTS = Number(process.env.RACE_COMMENTS ?? 250)
const TRIES = 3

interface Moderator {
  name: string
  ask<T = Record<string, unknown>>(path: string, body: unknown): Promise<{ status: number; body: T }>
}

let newsroom: TestNewsroom
let moderators: Moderator[]

async function moderator(i: number): Promise<Moderator> {
  const member = await newsroom.staff(`racer-${i}`, 'moderator')
  const token = randomBytes(32).toString('base64url')
  const formToken = randomBytes(18).toString('base64url')
  const now = newsroom.house.now()
  await openSession({
    key: createHash('sha256').update(token).digest('base64url'),
    staffId: member.id,
    formToken,
    now,
    expiresAt: new Date(now.getTime() + 3_600_000),
  })
  const visitor = new Visitor(newsroom.url, {
    cookie: `${cookieName(newsroom.house.siteUrl, SESSION_COOKIE)}=${token}`,
  })
  return {
    name: member.name,
    ask: (path, body) => visitor.json(`/desk/moderation/${path}`, body, { 'x-form-token': formToken }),
  }
}

before(async () => {
  newsroom = await openNewsroom()
  await publishedArticle(CODE)
  const inspection = inspect({ text: 'بودجهٔ شهر باید روشن باشد.' })
  await insertComments(
    Array.from({ length: COMMENTS }, (_, i) => ({
      articleCode: CODE,
      name: 'خواننده',
      body: `نظر شمارهٔ ${i} دربارهٔ بودجهٔ شهر.`,
      createdAt: new Date(newsroom.house.now().getTime() - 1_000 * i),
      state: 'waiting' as const,
      inspection,
    })),
  )
  moderators = await Promise.all(Array.from({ length: MODERATORS }, (_, i) => moderator(i)))
})
after(() => newsroom.close())

test('claims of moderators who vanished come free by themselves after two minutes', async () => {
  const comments = (await allCommentsOf(CODE)).slice(0, 20)
  for (const [i, { id }] of comments.entries()) {
    assert.equal((await moderators[i]!.ask(`${id}/claim`, {})).status, 200)
    const other = await moderators[i + 1]!.ask(`${id}/claim`, {})
    assert.deepEqual([other.status, other.body.claimedBy], [409, moderators[i]!.name])
  }
  newsroom.setClock(new Date(Date.now() + 121_000))
  for (const [i, { id }] of comments.entries()) {
    assert.equal((await moderators[i + 1]!.ask(`${id}/claim`, {})).status, 200)
  }
})

test('fifty moderators at all waiting comments at once: nothing is lost, nothing is decided twice, the counts are exact', async () => {
  const comments = await allCommentsOf(CODE)
  assert.equal(comments.length, COMMENTS)
  const won = new Map<string, { state: string; by: string }[]>()
  const lost: { id: string; decidedBy: unknown; state: unknown }[] = []
  await Promise.all(
    moderators.map(async ({ name, ask }, i) => {
      for (let at = 0; at < COMMENTS * TRIES; at++) {
        // Comment n is wanted by three moderators, who come to it at about the same moment.
        if (at % MODERATORS !== i) continue
        const { id, revision } = comments[Math.floor(at / TRIES)]!
        const refuses = i % 2 === 0
        const answer = await ask(`${id}/${refuses ? 'refuse' : 'approve'}`, {
          revision,
          ...(refuses ? { rule: 'off-topic' } : {}),
        })
        if (answer.status === 200) {
          won.set(id, [...(won.get(id) ?? []), { state: String(answer.body.state), by: name }])
        } else {
          assert.equal(answer.status, 409, JSON.stringify(answer.body))
          lost.push({ id, decidedBy: answer.body.decidedBy, state: answer.body.state })
        }
      }
    }),
  )
  assert.equal(won.size, COMMENTS)
  assert.equal(lost.length, COMMENTS * (TRIES - 1))
  const after = await allCommentsOf(CODE)
  assert.equal(after.length, COMMENTS)
  for (const { id, state, decidedBy, history, revision, claim } of after) {
    const winners = won.get(id) ?? []
    assert.deepEqual(winners, [{ state, by: decidedBy?.name }])
    assert.equal(history.filter(({ act }) => act === 'approve' || act === 'refuse').length, 1)
    assert.deepEqual([history.length, revision, claim], [1, 2, null])
  }
  for (const { id, decidedBy, state } of lost) {
    assert.deepEqual([{ state, by: decidedBy }], won.get(id), 'the loser is told who decided what')
  }
  const published = after.filter(({ state }) => state === 'published').length
  const exact = { published, waiting: 0, refused: COMMENTS - published }
  assert.deepEqual(await countComments(), exact)
  assert.deepEqual(await countComments(CODE), exact)
})
