import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect, prepareArticle } from '../../server/domain/comment-rules/index.ts'
import { THIRD_ARTICLES } from './accusation-articles-third.ts'
import type { AccusationCase } from './accusation-cases.ts'
import { THIRD_CASES } from './accusation-cases-third.ts'

const prepared = new Map<unknown, ReturnType<typeof prepareArticle>>(
  Object.values(THIRD_ARTICLES).map((article) => [article, prepareArticle(article)]),
)

function isHeld({ text, article, parent }: AccusationCase) {
  const known = prepared.get(article)
  const { findings } = inspect({ text, ...(parent ? { parent } : {}) }, known ? { article: known } : {})
  return findings.some(({ rule }) => rule === 'accusation')
}

test('there are 240 cases of the third corpus, half of them accuse nobody, a third is kept apart', () => {
  assert.equal(THIRD_CASES.filter(({ accuses }) => accuses).length, 120)
  assert.equal(THIRD_CASES.filter(({ accuses }) => !accuses).length, 120)
  assert.equal(THIRD_CASES.filter(({ apart }) => apart).length, 80)
  assert.equal(new Set(THIRD_CASES.map(({ text }) => text)).size, 240)
})

for (const [name, apart, least] of [
  ['the two thirds', false, { precision: 0.98, recall: 0.97 }],
  ['the third kept apart', true, { precision: 0.9, recall: 0.67 }],
] as const) {
  test(`of ${name} of the third corpus the rule holds no fewer and no worse than measured before`, (context) => {
    const cases = THIRD_CASES.filter((each) => each.apart === apart)
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
