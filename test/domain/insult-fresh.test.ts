import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from '../../server/domain/comment-rules/index.ts'
import { FRESH_COMMENTS } from './insult-fresh.ts'

const isHeld = ({ text }: { text: string }) => inspect({ text }).findings.some(({ rule }) => rule === 'insult')

test('there are 600 fresh comments, 250 of them insult, a third is kept apart', () => {
  assert.equal(FRESH_COMMENTS.filter(({ insults }) => insults).length, 250)
  assert.equal(FRESH_COMMENTS.filter(({ disguised }) => disguised).length, 80)
  assert.equal(FRESH_COMMENTS.filter(({ insults }) => !insults).length, 350)
  assert.equal(FRESH_COMMENTS.filter(({ apart }) => apart).length, 198)
  assert.equal(new Set(FRESH_COMMENTS.map(({ text }) => text)).size, 600)
})

for (const [name, apart, least] of [
  ['the two thirds', false, { precision: 0.98, recall: 0.93 }],
  ['the third kept apart', true, { precision: 0.92, recall: 0.79 }],
] as const) {
  test(`of ${name} of the fresh comments the rule holds no fewer and no worse than measured before`, (context) => {
    const comments = FRESH_COMMENTS.filter((each) => each.apart === apart)
    const held = comments.filter(isHeld)
    const right = held.filter(({ insults }) => insults)
    const insulting = comments.filter(({ insults }) => insults)
    const precision = right.length / held.length
    const recall = right.length / insulting.length
    const disguised = insulting.filter(({ disguised }) => disguised)
    const caught = disguised.filter((each) => right.includes(each)).length
    context.diagnostic(
      `precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} (${right.length} right, ${held.length - right.length} wrong), ${caught} of ${disguised.length} disguised`,
    )
    assert.ok(precision >= least.precision, `precision ${precision}`)
    assert.ok(recall >= least.recall, `recall ${recall}`)
  })
}
