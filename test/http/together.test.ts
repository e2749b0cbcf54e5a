import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shortMemory } from '../../server/http/short-memory.ts'
import { Together } from '../../server/http/together.ts'

/** Work that waits to be let through and counts its runs; each run gives what was true when it began. */
function gate() {
  const runs: { finish: () => void }[] = []
  let truth = 0
  return {
    runs,
    change: () => {
      truth++
    },
    work: () => {
      const seen = truth
      const { promise, resolve } = Promise.withResolvers<number>()
      runs.push({ finish: () => resolve(seen) })
      return promise
    },
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('a thousand questions at once cost two runs', async () => {
  const { work, runs } = gate()
  const together = new Together<number>()
  const answers = Array.from({ length: 1_000 }, () => together.ask('a', work))
  assert.equal(runs.length, 1)
  runs[0]!.finish()
  await settled()
  assert.equal(runs.length, 2)
  runs[1]!.finish()
  assert.deepEqual(new Set(await Promise.all(answers)), new Set([0]))
})

test('no answer is older than its question', async () => {
  const { work, runs, change } = gate()
  const together = new Together<number>()
  const before = together.ask('a', work)
  change()
  const after = together.ask('a', work)
  runs[0]!.finish()
  assert.equal(await before, 0)
  await settled()
  runs[1]!.finish()
  assert.equal(await after, 1)
})

test('other keys do not wait', async () => {
  const { work, runs } = gate()
  const together = new Together<number>()
  void together.ask('a', work)
  void together.ask('b', work)
  assert.equal(runs.length, 2)
})

test('a failure reaches those who shared it and none after them', async () => {
  const together = new Together<number>()
  const failing = together.ask('a', () => Promise.reject(new Error('away')))
  const next = together.ask('a', () => Promise.resolve(7))
  await assert.rejects(failing, /away/)
  assert.equal(await next, 7)
  assert.equal(await together.ask('a', () => Promise.resolve(8)), 8)
})

test('a short memory asks again when its time is over, when the outcome was not worth it, and after a failure', async () => {
  let asked = 0
  const outcomes: (number | Error)[] = [1, 2, new Error('away'), 30, 40]
  const remembered = shortMemory(
    1_000,
    async () => {
      const outcome = outcomes[asked++]!
      if (outcome instanceof Error) throw outcome
      return outcome
    },
    (outcome) => outcome !== 30,
  )
  const at = (ms: number) => remembered(new Date(ms))
  assert.equal(await at(0), 1)
  assert.equal(await at(999), 1)
  assert.equal(await at(1_000), 2)
  await assert.rejects(at(2_000), /away/)
  assert.equal(await at(2_001), 30)
  assert.equal(await at(2_002), 40)
  assert.equal(await at(2_003), 40)
})
