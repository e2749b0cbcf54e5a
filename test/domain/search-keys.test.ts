import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { searchKeys, wantedKeys } from '../../server/domain/search-keys.ts'

function finds(text: string, typed: string): boolean {
  const keys = new Set(searchKeys(text))
  const wanted = wantedKeys(typed)
  return wanted.length > 0 && wanted.every((key) => keys.has(key))
}

describe('a text is found', () => {
  const FOUND: [text: string, typed: string][] = [
    ['روابط عمومی‌ها عملکرد را منتشر کنند', 'روابط عمومی‌ها'],
    ['روابط عمومی‌ها عملکرد را منتشر کنند', 'روابط عمومیها'],
    ['روابط عمومی‌ها عملکرد را منتشر کنند', 'روابط عمومي ها'],
    ['روابط عمومیها عملکرد را منتشر کنند', 'روابط عمومی‌ها'],
    ['روابط عمومي ها عملكرد را منتشر كنند', 'روابط عمومی‌ها عملکرد'],
    ['دانش‌آموزان به مدرسه رفتند', 'دانش آموزان'],
    ['دانش آموزان به مدرسه رفتند', 'دانش‌آموزان'],
    ['کتاب‌هایشان را خواندند', 'کتاب'],
    ['جلسهٔ ۱۸ مرداد', '18 مرداد'],
    ['نشست با مسئولان استان', 'مسئول'],
    ['نسخهٔ تازهٔ Node.js', 'node'],
  ]
  for (const [text, typed] of FOUND) test(`«${text}» by «${typed}»`, () => assert.ok(finds(text, typed)))
})

describe('a text is not found', () => {
  const MISSED: [text: string, typed: string][] = [
    ['روابط عمومی‌ها عملکرد را منتشر کنند', 'کر'],
    ['اخرین خبرها', 'خر'],
    ['قیمت نان تغییر نمی‌کند', 'قیمت بنزین'],
    ['قیمت نان تغییر نمی‌کند', 'ها'],
    ['قیمت نان تغییر نمی‌کند', ''],
    ['قیمت نان تغییر نمی‌کند', '؟!'],
  ]
  for (const [text, typed] of MISSED) test(`«${text}» by «${typed}»`, () => assert.ok(!finds(text, typed)))
})

test('a long question is cut to twelve keys', () => {
  assert.equal(wantedKeys(Array.from({ length: 500 }, (_, i) => `واژه${i}`).join(' ')).length, 12)
})
