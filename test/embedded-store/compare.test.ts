import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Decimal128, Int32, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'
import fc from 'fast-check'
import { compareStrings, compareValues, equalValues, keyOf } from '../../server/embedded-store/compare.ts'
import { anyNumber, anyValue, docFrom, fromJs } from './support/values.ts'

const sign = Math.sign

test('the comparison is a total order', () => {
  const pairs = fc.oneof(fc.tuple(anyValue, anyValue, anyValue), fc.tuple(anyNumber, anyNumber, anyNumber))
  fc.assert(
    fc.property(pairs, ([a, b, c]) => {
      assert.equal(compareValues(a, a), 0)
      assert.equal(sign(compareValues(a, b)), -sign(compareValues(b, a)) + 0)
      if (compareValues(a, b) <= 0 && compareValues(b, c) <= 0) assert.ok(compareValues(a, c) <= 0)
    }),
    { numRuns: 3000 },
  )
})

test('two values have the same key exactly when they are equal', () => {
  const pairs = fc.oneof(fc.tuple(anyValue, anyValue), fc.tuple(anyNumber, anyNumber))
  fc.assert(
    fc.property(pairs, ([a, b]) => {
      assert.equal(keyOf(a) === keyOf(b), equalValues(a, b))
    }),
    { numRuns: 3000 },
  )
})

test('strings order by their UTF-8 bytes', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\uffff', '\u{10000}', '\ue000a', '\u{1f600}b'))
  fc.assert(
    fc.property(text, text, (a, b) => {
      assert.equal(sign(compareStrings(a, b)), Buffer.compare(Buffer.from(a), Buffer.from(b)))
    }),
    { numRuns: 2000 },
  )
})

test('types stand in the order of the manual (reference/bson-type-comparison-order)', () => {
  const ascending = [
    new MinKey(),
    undefined,
    null,
    Number.NaN,
    Decimal128.fromString('-Infinity'),
    -1,
    0,
    new Int32(7),
    'a',
    docFrom({ a: 1 }),
    [1],
    new ObjectId('00000000000000000000000a'),
    false,
    true,
    new Date(0),
    new Timestamp(1n),
    fromJs(/a/),
    new MaxKey(),
  ]
  for (let index = 1; index < ascending.length; index++) {
    assert.ok(compareValues(ascending[index - 1], ascending[index]) < 0, `place ${index}`)
  }
})

test('numbers of different types compare by their exact values', () => {
  const d = (text: string) => Decimal128.fromString(text)
  assert.equal(compareValues(2n ** 53n + 1n, 2 ** 53), 1)
  assert.equal(compareValues(2n ** 63n - 1n, 2 ** 63), -1)
  assert.equal(compareValues(0.1, d('0.1')), 1)
  assert.equal(compareValues(0.5, d('0.50')), 0)
  assert.equal(compareValues(new Int32(1), 1n), 0)
  assert.equal(compareValues(-0, 0), 0)
  assert.equal(compareValues(d('NaN'), Number.NaN), 0)
})

test('documents compare by type, then name, then value; order of fields matters', () => {
  assert.equal(equalValues(docFrom({ a: 1, b: 2 }), docFrom({ b: 2, a: 1 })), false)
  assert.ok(compareValues(docFrom({ b: 1 }), docFrom({ a: 'x' })) < 0)
  assert.ok(compareValues(docFrom({ a: 1 }), docFrom({ a: 1, b: 1 })) < 0)
})
