import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { InspectOptions } from '../../server/domain/comment-rules/index.ts'
import { inspect, prepareArticle } from '../../server/domain/comment-rules/index.ts'
import type { RuleCode } from '../../server/domain/comment-rules/types.ts'
import { FRESH_ADVERTS, FRESH_NO_ADVERTS } from './advertising-fresh.ts'
import { FRESH_GIBBERISH, FRESH_NO_GIBBERISH } from './gibberish-fresh.ts'
import * as later from './other-rules-later.ts'
import { FRESH_NEWS, FRESH_NO_PERSONAL, FRESH_PERSONAL } from './personal-data-fresh.ts'
import { FRESH_NO_REPEATS, FRESH_REPEATS, type Pair } from './repeats-fresh.ts'

const article = prepareArticle(FRESH_NEWS)

/** Whether the rule speaks of a text, under the options given. */
function speaks(rule: RuleCode, text: string, options: InspectOptions): boolean {
  return inspect({ text }, options).findings.some((finding) => finding.rule === rule)
}

const plain = (rule: RuleCode) => (text: string) => speaks(rule, text, { article })
const repeats = ([earlier, later, writer]: Pair) =>
  speaks('duplicate', later, { recent: [{ text: earlier, sameWriter: writer === 'same' }] })

interface Table {
  rule: RuleCode
  rows: [number, number]
  caught: boolean[]
  flagged: boolean[]
  /** Least precision and recall on the two thirds, then on the third kept apart. */
  least: [[number, number], [number, number]]
}

const TABLES: Table[] = [
  {
    rule: 'advertising',
    rows: [90, 90],
    caught: FRESH_ADVERTS.map(plain('advertising')),
    flagged: FRESH_NO_ADVERTS.map(plain('advertising')),
    least: [
      [1, 1],
      [1, 0.96],
    ],
  },
  {
    rule: 'personal-data',
    rows: [70, 70],
    caught: FRESH_PERSONAL.map(plain('personal-data')),
    flagged: FRESH_NO_PERSONAL.map(plain('personal-data')),
    least: [
      [1, 1],
      [1, 1],
    ],
  },
  {
    rule: 'gibberish',
    rows: [60, 80],
    caught: FRESH_GIBBERISH.map(plain('gibberish')),
    flagged: FRESH_NO_GIBBERISH.map(plain('gibberish')),
    least: [
      [1, 1],
      [1, 0.9],
    ],
  },
  {
    rule: 'duplicate',
    rows: [40, 40],
    caught: FRESH_REPEATS.map(repeats),
    flagged: FRESH_NO_REPEATS.map(repeats),
    least: [
      [1, 1],
      [1, 0.92],
    ],
  },
]

test('no fresh comment stands in the lists twice', () => {
  for (const { rule, rows, caught, flagged } of TABLES) assert.deepEqual([caught.length, flagged.length], rows, rule)
  const texts = [
    FRESH_ADVERTS,
    FRESH_NO_ADVERTS,
    FRESH_PERSONAL,
    FRESH_NO_PERSONAL,
    FRESH_GIBBERISH,
    FRESH_NO_GIBBERISH,
  ]
  assert.equal(new Set(texts.flat()).size, texts.flat().length)
})

for (const { rule, caught, flagged, least } of TABLES) {
  for (const [part, name] of ['the two thirds', 'the third kept apart'].entries()) {
    test(`on ${name} of the fresh comments ${rule} catches no fewer and no worse than measured before`, (context) => {
      const inPart = (_: boolean, index: number) => (index % 3 === 2) === (part === 1)
      const chosen = caught.filter(inPart)
      const right = chosen.filter(Boolean).length
      const wrong = flagged.filter(inPart).filter(Boolean).length
      const precision = right / (right + wrong)
      const recall = right / chosen.length
      context.diagnostic(
        `${rule}, ${name}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} (${right} right, ${wrong} wrong)`,
      )
      assert.ok(precision >= least[part]![0], `precision ${precision}`)
      assert.ok(recall >= least[part]![1], `recall ${recall}`)
    })
  }
}

for (const [rule, texts, others, [least, most]] of [
  ['advertising', later.LATER_ADVERTS, later.LATER_NO_ADVERTS, [20, 0]],
  ['advertising', later.LAST_ADVERTS, later.LAST_NO_ADVERTS, [5, 0]],
  ['personal-data', later.LATER_PERSONAL, later.LATER_NO_PERSONAL, [8, 0]],
  ['gibberish', later.LATER_GIBBERISH, later.LATER_NO_GIBBERISH, [10, 0]],
] as const) {
  test(`of ${texts.length} comments written after it was mended ${rule} catches no fewer and flags no more than measured before`, (context) => {
    const right = texts.filter(plain(rule)).length
    const wrong = others.filter(plain(rule)).length
    context.diagnostic(`${rule}, later: ${right} of ${texts.length} right, ${wrong} of ${others.length} wrong`)
    assert.ok(right >= least && wrong <= most, `${right} right, ${wrong} wrong`)
  })
}
