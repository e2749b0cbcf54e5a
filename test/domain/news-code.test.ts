import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { articlePath, LARGEST_NEWS_CODE, parseNewsCode, slugOf } from '../../server/domain/news-code.ts'
import { toPersianDigits } from '../../server/domain/persian-text/digits.ts'
import { codeOfShortName, shortNameOf, shortPath } from '../../server/domain/short-link.ts'

describe('a news code in an address', () => {
  const SPELLED: [text: string, code: number | null][] = [
    ['3735708', 3735708],
    ['۳۷۳۵۷۰۸', 3735708],
    ['٣٧٣٥٧٠٨', 3735708],
    ['۳7۳5۷0۸', 3735708],
    ['1', 1],
    ['999999999999', LARGEST_NEWS_CODE],
    ['1000000000000', null],
    ['0', null],
    ['007', null],
    ['', null],
    ['12a', null],
    ['1abc', null],
    ['-1', null],
    ['+1', null],
    ['1e3', null],
    ['1.0', null],
    [' 1', null],
    ['1\n', null],
    ['۱‌', null],
    ['१२', null],
  ]
  for (const [text, code] of SPELLED)
    test(`${JSON.stringify(text)} is ${code ?? 'no code'}`, () => assert.equal(parseNewsCode(text), code))

  test('every code is read back from Latin and Persian digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: LARGEST_NEWS_CODE }), (code) => {
        assert.equal(parseNewsCode(String(code)), code)
        assert.equal(parseNewsCode(toPersianDigits(code)), code)
      }),
    )
  })
})

describe('a short link', () => {
  const LINKS: [code: number, path: string][] = [
    [6018415, '/x349DP'],
    [6017630, '/x349jN'],
    [3735708, '/xFLTX'],
    [1, '/x3'],
    [48, '/xZ'],
    [49, '/x32'],
  ]
  for (const [code, path] of LINKS)
    test(`${code} is ${path} and back`, () => {
      assert.equal(shortPath(code), path)
      assert.equal(codeOfShortName(path.slice(2)), code)
    })

  test('every code goes to a short name and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: LARGEST_NEWS_CODE }), (code) =>
        assert.equal(codeOfShortName(shortNameOf(code)), code),
      ),
    )
  })

  for (const name of ['', '2', '2FLTX', 'FLT1', 'FLTa', 'FLT-', 'ＦＬＴＸ', 'ZZZZZZZZZ', 'FLTXFLTXFL', '__proto__'])
    test(`${JSON.stringify(name)} is no short name`, () => assert.equal(codeOfShortName(name), null))

  for (const code of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
    test(`${code} has no short name`, () => assert.throws(() => shortNameOf(code), RangeError))
})

describe('the slug of a title', () => {
  const TITLES: [title: string, slug: string][] = [
    ['روابط عمومی‌ها عملکرد سه ساله را منتشر کنند', 'روابط-عمومی-ها-عملکرد-سه-ساله-را-منتشر-کنند'],
    ['«قیمت نان» تغییر نمی‌کند؟!', 'قیمت-نان-تغییر-نمی-کند'],
    ['  خانهٔ ما؛ كتاب علي  ', 'خانه-ما-کتاب-علی'],
    ['COVID-19: ۳ نکته', 'covid-19-۳-نکته'],
    ['مُـــحَمَّد', 'محمد'],
    ['../../etc/passwd', 'etc-passwd'],
    ['؟!', ''],
    ['', ''],
  ]
  for (const [title, slug] of TITLES) test(`of «${title}» is «${slug}»`, () => assert.equal(slugOf(title), slug))

  test('ends at a whole word within eighty letters', () => {
    const slug = slugOf('بافندگان کاشان و تبریز از بازگشت سفارش‌های اروپایی '.repeat(5))
    assert.ok(slug.length <= 80)
    assert.match(slug, /-(?:بافندگان|کاشان|و|تبریز|از|بازگشت|سفارش|های|اروپایی)$/)
    assert.equal(slugOf('ا'.repeat(300)).length, 80)
  })

  test('making it twice changes nothing, and an address holds it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (title) => {
        const slug = slugOf(title)
        assert.equal(slugOf(slug), slug)
        const path = articlePath({ code: 7, slug })
        assert.equal(new URL(path, 'http://newsroom.test').pathname, path)
      }),
    )
  })
})
