import assert from 'node:assert/strict'
import { test } from 'node:test'
import { droppedPhrases, quotesAny } from '../../server/domain/quoting.ts'

const BEFORE = 'شهردار گفت هزینهٔ ساخت این پل هشتاد میلیارد تومان بوده است. مردم خوشحال‌اند.'
const AFTER = 'شهردار گفت هزینهٔ ساخت این پل شصت میلیارد تومان بوده است. مردم خوشحال‌اند.'

test('a comment that quotes the changed sentence is found in any spelling', () => {
  const phrases = droppedPhrases(BEFORE, AFTER)
  assert.ok(quotesAny('نوشته‌اید «هزينه ساخت اين پل هشتاد ميليارد تومان»؛ چرا این‌قدر؟', phrases))
})

test('a comment that quotes what still stands, or nothing, is left alone', () => {
  const phrases = droppedPhrases(BEFORE, AFTER)
  assert.ok(!quotesAny('شهردار گفت هزینهٔ ساخت را می‌دهد و پل زیباست.', phrases))
  assert.ok(!quotesAny('ممنون', phrases))
  assert.equal(droppedPhrases(BEFORE, BEFORE).size, 0)
})
