import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectLanguage } from '../../server/domain/language/index.ts'
import { ARABIC_SHORT, PERSIAN_LIKE_ARABIC } from './arabic-or-persian.ts'

const lines = (table: string): string[] => [...new Set(table.trim().split('\n'))]
const isStopped = (text: string): boolean => detectLanguage(text).foreign >= 0.5

test('three hundred short Persian texts full of Arabic are Persian, half of them of thirty characters or less', () => {
  const texts = lines(PERSIAN_LIKE_ARABIC)
  assert.ok(texts.length >= 300)
  assert.ok(texts.filter((text) => text.length <= 30).length >= texts.length / 2)
  assert.deepEqual(texts.filter(isStopped), [])
})

test('two hundred short Arabic sentences are Arabic', () => {
  const texts = lines(ARABIC_SHORT)
  assert.ok(texts.length >= 200)
  assert.deepEqual(
    texts.filter((text) => !isStopped(text)),
    [],
  )
})
