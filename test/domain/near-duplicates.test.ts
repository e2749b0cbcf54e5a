import assert from 'node:assert/strict'
import { test } from 'node:test'
import { duplicateKeys } from '../../server/domain/near-duplicates.ts'

const TEXT =
  'شورای شهر باید پیش از تصویب بودجه گزارش کامل هزینه‌های سال گذشته را منتشر کند تا مردم بدانند پولشان کجا رفته است و چه کسی پاسخ‌گوست.'

const shared = (one: string, other: string) => {
  const keys = new Set(duplicateKeys(one))
  return duplicateKeys(other).filter((key) => keys.has(key)).length
}

test('the same letters have the same key, whatever stands between and around them', () => {
  for (const same of [
    TEXT.replaceAll('\u200c', ' '),
    TEXT.replaceAll(' ', '  '),
    `${TEXT}!!!`,
    TEXT.replaceAll('ی', 'ي').replaceAll('ک', 'ك'),
  ]) {
    assert.equal(duplicateKeys(same)[0], duplicateKeys(TEXT)[0], same)
  }
})

test('nearly the same text shares a key though the exact key differs', () => {
  for (const near of [`${TEXT} ممنون`, TEXT.replace('کامل ', ''), `سلام. ${TEXT}`, TEXT.replace('مردم', 'همه')]) {
    assert.notEqual(duplicateKeys(near)[0], duplicateKeys(TEXT)[0])
    assert.ok(shared(near, TEXT) > 0, near)
  }
})

test('another text on the same matter shares none', () => {
  for (const other of [
    'بودجهٔ شورای شهر امسال بیشتر از سال گذشته است و باید دید با آن چه می‌کنند، چون پارسال هم همین را گفتند و نشد.',
    'من با این تصمیم موافق نیستم و گمان می‌کنم ساخت پل از همه چیز واجب‌تر بود.',
  ]) {
    assert.equal(shared(other, TEXT), 0)
  }
})

test('short texts and texts without letters are compared exactly', () => {
  assert.equal(duplicateKeys('سلام').length, 1)
  assert.equal(shared('سلام', 'سلام!'), 1)
  assert.equal(shared('👍', '👎'), 0)
})
