import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect, prepareArticle } from '../../server/domain/comment-rules/index.ts'
import type { ArticleText } from '../../server/domain/comment-rules/types.ts'
import type { AccusationCase } from './accusation-cases.ts'

/** The least precision and recall of a part of a corpus. */
interface Least {
  precision: number
  recall: number
}

/** Judges the rule by a corpus, half of which accuses nobody and a third of which is kept apart: tests that it is whole, and that the rule holds no fewer and no worse than was measured. */
export function judgeCorpus(
  name: string,
  articles: readonly ArticleText[],
  cases: readonly AccusationCase[],
  size: { accusing: number; apart: number },
  least: { read: Least; apart: Least },
): void {
  const prepared = new Map(articles.map((article) => [article, prepareArticle(article)]))
  const isHeld = ({ text, article, parent }: AccusationCase): boolean => {
    const known = article && prepared.get(article)
    const { findings } = inspect({ text, ...(parent ? { parent } : {}) }, known ? { article: known } : {})
    return findings.some(({ rule }) => rule === 'accusation')
  }

  test(`half of the ${name} corpus accuses nobody, and a third of it is kept apart`, () => {
    assert.equal(cases.filter(({ accuses }) => accuses).length, size.accusing)
    assert.equal(cases.filter(({ accuses }) => !accuses).length, size.accusing)
    assert.equal(cases.filter(({ apart }) => apart).length, size.apart)
    assert.equal(new Set(cases.map(({ text }) => text)).size, 2 * size.accusing)
  })

  for (const [part, apart, floor] of [
    ['the two thirds', false, least.read],
    ['the third kept apart', true, least.apart],
  ] as const) {
    test(`of ${part} of the ${name} corpus the rule holds no fewer and no worse than measured before`, (context) => {
      const judged = cases.filter((each) => each.apart === apart)
      const held = judged.filter(isHeld)
      const right = held.filter(({ accuses }) => accuses).length
      const precision = right / held.length
      const recall = right / judged.filter(({ accuses }) => accuses).length
      context.diagnostic(
        `precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} (${right} right, ${held.length - right} wrong)`,
      )
      assert.ok(precision >= floor.precision, `precision ${precision}`)
      assert.ok(recall >= floor.recall, `recall ${recall}`)
    })
  }
}
