import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toLatinDigits, toPersianDigits } from '../../server/domain/persian-text/digits.ts'

test('people see Persian digits, whatever was stored', () => {
  assert.equal(toPersianDigits(3735708), '۳۷۳۵۷۰۸')
  assert.equal(toPersianDigits('کد ٣٧ و 12'), 'کد ۳۷ و ۱۲')
})

test('machines see Latin digits, whatever was typed', () => {
  assert.equal(toLatinDigits('۳۷۳۵۷۰۸'), '3735708')
  assert.equal(toLatinDigits('٣٧'), '37')
  assert.equal(toLatinDigits('12'), '12')
})
