import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cohensKappa, quantile } from '../../server/domain/agreement.ts'

function cases(table: Record<string, number>): [string, string][] {
  return Object.entries(table).flatMap(([pair, count]) => {
    const [first = '', second = ''] = pair.split(' ')
    return Array.from({ length: count }, (): [string, string] => [first, second])
  })
}

test('kappa of a worked two-by-two table is what the formula gives by hand', () => {
  // 50 cases: agreement .70, chance .50, so (.70 − .50) / (1 − .50) = .40.
  const kappa = cohensKappa(cases({ 'yes yes': 20, 'yes no': 5, 'no yes': 10, 'no no': 15 }))
  assert.ok(kappa !== null && Math.abs(kappa - 0.4) < 1e-12)
})

test('full agreement is 1, opposite judgement is −1, and no cases or no choice is no figure', () => {
  assert.equal(cohensKappa(cases({ 'yes yes': 3, 'no no': 3 })), 1)
  assert.equal(cohensKappa(cases({ 'yes no': 3, 'no yes': 3 })), -1)
  assert.equal(cohensKappa([]), null)
  assert.equal(cohensKappa(cases({ 'yes yes': 3 })), null)
})

test('a quantile is a value that is there', () => {
  assert.equal(quantile([5, 1, 3], 0.5), 3)
  assert.equal(quantile([1, 2, 3, 4], 0.9), 4)
  assert.equal(quantile([], 0.5), null)
})
