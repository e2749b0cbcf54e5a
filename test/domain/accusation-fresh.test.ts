import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect, prepareArticle } from '../../server/domain/comment-rules/index.ts'
import { FRESH_ARTICLES } from './accusation-articles-fresh.ts'
import type { AccusationCase } from './accusation-cases.ts'
import { FRESH_CASES } from './accusation-cases-fresh.ts'

const prepared = new Map<unknown, ReturnType<typeof prepareArticle>>(
  Object.values(FRESH_ARTICLES).map((article) => [article, prepareArticle(article)]),
)

function isHeld({ text, article, parent }: AccusationCase) {
  const known = prepared.get(article)
  const { findings } = inspect({ text, ...(parent ? { parent } : {}) }, known ? { article: known } : {})
  return findings.some(({ rule }) => rule === 'accusation')
}

test('there are 400 fresh cases, half of them only look like an accusation, a third is kept apart', () => {
  assert.equal(FRESH_CASES.filter(({ accuses }) => accuses).length, 200)
  assert.equal(FRESH_CASES.filter(({ accuses }) => !accuses).length, 200)
  assert.equal(FRESH_CASES.filter(({ apart }) => apart).length, 132)
  assert.equal(new Set(FRESH_CASES.map(({ text }) => text)).size, 400)
})

for (const [name, apart, least] of [
  ['the two thirds', false, { precision: 0.98, recall: 0.93 }],
  ['the third kept apart', true, { precision: 0.95, recall: 0.78 }],
] as const) {
  test(`of ${name} of the fresh cases the rule holds no fewer and no worse than measured before`, (context) => {
    const cases = FRESH_CASES.filter((each) => each.apart === apart)
    const held = cases.filter(isHeld)
    const right = held.filter(({ accuses }) => accuses).length
    const precision = right / held.length
    const recall = right / cases.filter(({ accuses }) => accuses).length
    context.diagnostic(
      `precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} (${right} right, ${held.length - right} wrong)`,
    )
    assert.ok(precision >= least.precision, `precision ${precision}`)
    assert.ok(recall >= least.recall, `recall ${recall}`)
  })
}
