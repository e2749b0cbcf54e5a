import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect, prepareArticle } from '../../server/domain/comment-rules/index.ts'
import type { ArticleText } from '../../server/domain/comment-rules/types.ts'
import { ACCUSATION_CASES, type AccusationCase, ARTICLES } from './accusation-cases.ts'

const prepared = new Map(Object.values<ArticleText>(ARTICLES).map((article) => [article, prepareArticle(article)]))

function accusationIn(text: string, article?: ArticleText, parent?: string) {
  const known = article && (prepared.get(article) ?? prepareArticle(article))
  const found = inspect({ text, ...(parent ? { parent } : {}) }, known ? { article: known } : {})
  return found.findings.find(({ rule }) => rule === 'accusation')
}

function measure(cases: readonly AccusationCase[]) {
  const held = cases.filter(({ text, article, parent }) => accusationIn(text, article, parent))
  const right = held.filter(({ accuses }) => accuses).length
  return { precision: right / held.length, recall: right / cases.filter(({ accuses }) => accuses).length }
}

test('there are at least 330 cases, half of them only look like an accusation, a third is kept apart', () => {
  const innocent = ACCUSATION_CASES.filter(({ accuses }) => !accuses).length
  const apart = ACCUSATION_CASES.filter(({ apart }) => apart).length
  assert.ok(ACCUSATION_CASES.length >= 330)
  assert.ok(Math.abs(innocent / ACCUSATION_CASES.length - 0.5) < 0.02)
  assert.ok(Math.abs(apart / ACCUSATION_CASES.length - 1 / 3) < 0.01)
})

for (const [name, apart] of [
  ['consulted while the rule was written', false],
  ['kept apart', true],
] as const) {
  test(`of the cases ${name} nine in ten accusations are held, and nine in ten held accuse`, (context) => {
    const { precision, recall } = measure(ACCUSATION_CASES.filter((each) => each.apart === apart))
    context.diagnostic(`precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`)
    assert.ok(precision >= 0.9, `precision ${precision}`)
    assert.ok(recall >= 0.9, `recall ${recall}`)
  })
}

test('an accusation is held, never refused, and says who is accused of what', () => {
  const text = 'به نظرم کریمی نژاد اختلاس کرده است'
  const { verdict, findings } = inspect({ text }, { article: prepareArticle(ARTICLES.bank) })
  assert.equal(verdict, 'hold')
  const [finding] = findings
  assert.match(finding!.why, /به «مهدی کریمی‌نژاد» نسبت «دزدی و خوردن مال مردم» داده شده/)
  assert.deepEqual(
    finding!.spans.map(([start, end]) => text.slice(start, end)),
    ['کریمی نژاد', 'اختلاس کرده'],
  )
})

test('what the article reports of a person is no undue attribution, another deed is', () => {
  assert.equal(accusationIn('یزدان‌فر اختلاس کرده و دزد است', ARTICLES.convicted), undefined)
  assert.ok(accusationIn('یزدان‌فر جاسوس است', ARTICLES.convicted))
})

test('names that the reporter settled are known', () => {
  const article = { title: 'افتتاح پل', names: [{ name: 'نیما سپهری', kind: 'person' as const, forms: ['سپهری'] }] }
  assert.ok(accusationIn('سپهری رشوه گرفته', article))
})

test('disguised spelling changes nothing', () => {
  for (const text of ['وزير دزد است', 'وزیر د ز د است', 'وزیر دُزد است', 'وزیر دزد‌ است', 'وزیر رشوه‌ خوار است'])
    assert.ok(accusationIn(text), text)
})

test('a thousand characters of labels and deeds stay within the text and end soon', () => {
  for (const piece of ['دزد ', 'پول خورد ', 'رشوه ', 'وزیر دزد است و ', 'می ', 'د ', '«دزد» ']) {
    const text = piece.repeat(1000 / piece.length)
    for (const [start, end] of accusationIn(text, ARTICLES.bank)?.spans ?? [])
      assert.ok(start >= 0 && start < end && end <= text.length)
  }
})
