import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findBuiltIn, harmlessPhrases, nearness, SENSES } from '../../server/domain/comment-rules/word-search.ts'

const ALL = { part: '', strength: '', sense: '' } as const
const wordsWith = (part: string) => findBuiltIn({ ...ALL, part }).map(({ word }) => word)

test('a part of a word finds it in any spelling, the word itself first', () => {
  assert.equal(wordsWith('احمق')[0], 'احمق')
  assert.equal(wordsWith('اهمغ')[0], 'احمق')
  assert.ok(wordsWith('حمق').includes('احمق'))
  assert.ok(wordsWith('بی‌شعور').includes('بی شعور'))
  assert.ok(wordsWith('بیشعور').includes('بی شعور'))
  assert.ok(wordsWith('AHMA').includes('ahmagh'))
  assert.deepEqual(wordsWith('هیچ‌چنین‌واژه‌ای'), [])
  assert.deepEqual(wordsWith('!'), [])
})

test('words are told apart by strength and sense, each once', () => {
  const all = findBuiltIn(ALL)
  assert.equal(new Set(all.map(({ word }) => word)).size, all.length)
  assert.ok(findBuiltIn({ ...ALL, strength: 'severe' }).every(({ strength }) => strength === 'severe'))
  const counts = SENSES.map((sense) => findBuiltIn({ ...ALL, sense }).length)
  assert.ok(counts.every((count) => count > 0))
})

test('the phrases in which a word is harmless are those that hold it', () => {
  assert.ok(harmlessPhrases('سگ').includes('سگ کشی'))
  assert.ok(harmlessPhrases('احمق').includes('احمقانه'))
  assert.deepEqual(harmlessPhrases('زردک'), [])
})

test('what is no letter is near to nothing, and nothing typed is near to all', () => {
  assert.equal(nearness('احمق', ''), 2)
  assert.equal(nearness('احمق', '  '), 2)
  assert.equal(nearness('احمق', '.'), null)
})
