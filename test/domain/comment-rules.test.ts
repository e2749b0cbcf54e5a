import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect, prepareArticle, RULES } from '../../server/domain/comment-rules/index.ts'
import type { Example } from '../../server/domain/comment-rules/rule.ts'

function finds(code: string, { text, article, parent, recent }: Example): boolean {
  const { findings } = inspect(
    { text, ...(parent ? { parent } : {}) },
    { ...(article ? { article: prepareArticle(article) } : {}), ...(recent ? { recent } : {}) },
  )
  return findings.some(({ rule }) => rule === code)
}

for (const { code, examples } of RULES) {
  for (const example of examples.catches) {
    test(`${code} catches «${example.text}»`, () => assert.ok(finds(code, example)))
  }
  for (const example of examples.passes) {
    test(`${code} passes «${example.text}»`, () => assert.ok(!finds(code, example)))
  }
}
