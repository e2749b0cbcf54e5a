import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compareValues } from '../../server/embedded-store/compare.ts'
import { byteKey, compoundKey } from '../../server/embedded-store/keys.ts'
import type { Value } from '../../server/embedded-store/values.ts'
import { anyNumber, anyValue } from './support/values.ts'

const RUNS = { numRuns: 4_000 }

/** Bytes are read as SQLite's memcmp does: a key that another begins with stands first. */
function orderOfKeys(a: Buffer, b: Buffer): number {
  return Buffer.compare(a, b)
}

test('byte keys stand in the order of the comparator, over every type', () => {
  fc.assert(
    fc.property(anyValue, anyValue, (a, b) => {
      assert.equal(orderOfKeys(byteKey(a), byteKey(b)), Math.sign(compareValues(a, b)))
    }),
    RUNS,
  )
})

test('numbers of the four types stand in one exact order', () => {
  fc.assert(
    fc.property(anyNumber, anyNumber, (a, b) => {
      assert.equal(orderOfKeys(byteKey(a), byteKey(b)), Math.sign(compareValues(a, b)))
    }),
    { numRuns: 10_000 },
  )
})

test('a missing value stands below null and above MinKey', () => {
  assert.equal(orderOfKeys(byteKey(undefined), byteKey(null)), -1)
  assert.equal(orderOfKeys(byteKey(undefined), byteKey(-1)), -1)
})

test('compound keys stand in the order of their fields, each ascending or descending', () => {
  const pair = fc.tuple(anyValue, anyValue)
  fc.assert(
    fc.property(pair, pair, fc.boolean(), fc.boolean(), (a, b, first, second) => {
      const signs = [first ? -1 : 1, second ? -1 : 1]
      const expected =
        signs[0]! * Math.sign(compareValues(a[0], b[0])) || signs[1]! * Math.sign(compareValues(a[1], b[1]))
      const keyed = (values: Value[]) => compoundKey(values, [first, second])
      assert.equal(orderOfKeys(keyed(a), keyed(b)), expected === 0 ? 0 : expected)
    }),
    RUNS,
  )
})

test('a key says nothing but its value: equal values have equal keys', () => {
  fc.assert(
    fc.property(anyValue, anyValue, (a, b) => {
      assert.equal(byteKey(a).equals(byteKey(b)), compareValues(a, b) === 0)
    }),
    RUNS,
  )
})
