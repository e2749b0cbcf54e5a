import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from '../../server/domain/comment-rules/index.ts'
import type { RuleCode } from '../../server/domain/comment-rules/types.ts'
import { THIRD_ADVERTS, THIRD_NO_ADVERTS } from './adverts-third.ts'
import {
  EVASIVE_OFFERS,
  EVASIVE_READERS,
  OTHER_WARES,
  OTHER_WARES_HARMLESS,
  PLAIN_OFFERS,
  PLAIN_READERS,
} from './adverts-third-later.ts'
import { THIRD_NO_PERSONAL, THIRD_PERSONAL } from './personal-third.ts'

const LISTS = [
  { rule: 'advertising', guilty: THIRD_ADVERTS, harmless: THIRD_NO_ADVERTS, sizes: [120, 120] },
  { rule: 'personal-data', guilty: THIRD_PERSONAL, harmless: THIRD_NO_PERSONAL, sizes: [50, 60] },
] as const

/** Least precision and recall on the two thirds, then on the third kept apart. */
const LEAST: Record<'advertising' | 'personal-data', [number, number][]> = {
  advertising: [
    [1, 1],
    [0.97, 0.87],
  ],
  'personal-data': [
    [1, 1],
    [1, 0.81],
  ],
}

const speaks = (rule: RuleCode) => (text: string) => inspect({ text }).findings.some((finding) => finding.rule === rule)

for (const { rule, guilty, harmless, sizes } of LISTS) {
  test(`the third judge's list for ${rule} holds no comment twice`, () => {
    assert.deepEqual([guilty.length, harmless.length], sizes)
    assert.equal(new Set([...guilty, ...harmless]).size, sizes[0] + sizes[1])
  })
  for (const [part, name] of ['the two thirds', 'the third kept apart'].entries()) {
    test(`on ${name} of the third judge's comments ${rule} is no worse than measured before`, (context) => {
      const inPart = (_: string, index: number) => (index % 3 === 2) === (part === 1)
      const chosen = guilty.filter(inPart)
      const right = chosen.filter(speaks(rule)).length
      const wrong = harmless.filter(inPart).filter(speaks(rule)).length
      const precision = right / (right + wrong)
      const recall = right / chosen.length
      context.diagnostic(
        `${rule}, ${name}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} (${right} of ${chosen.length} right, ${wrong} wrong)`,
      )
      const [leastPrecision, leastRecall] = LEAST[rule][part]!
      assert.ok(precision >= leastPrecision, `precision ${precision}`)
      assert.ok(recall >= leastRecall, `recall ${recall}`)
    })
  }
}

for (const [what, adverts, readers, least] of [
  ['wares that no earlier list holds', OTHER_WARES, OTHER_WARES_HARMLESS, 30],
  ['plain prose', PLAIN_OFFERS, PLAIN_READERS, 18],
  ['turns that go round the rule', EVASIVE_OFFERS, EVASIVE_READERS, 12],
] as const) {
  test(`of adverts of ${what} advertising catches no fewer than measured before, and flags no reader`, (context) => {
    const right = adverts.filter(speaks('advertising')).length
    const wrong = readers.filter(speaks('advertising')).length
    context.diagnostic(`${what}: ${right} of ${adverts.length} right, ${wrong} wrong`)
    assert.ok(right >= least && wrong === 0, `${right} right, ${wrong} wrong`)
  })
}
