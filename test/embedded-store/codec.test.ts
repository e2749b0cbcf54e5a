import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deserialize, serialize } from 'bson'
import fc from 'fast-check'
import { decodeDoc, decodeFields, decodeValue, encodeDoc, encodeValue } from '../../server/embedded-store/codec.ts'
import { StoreError } from '../../server/embedded-store/errors.ts'
import type { Doc, Value } from '../../server/embedded-store/values.ts'
import { anyDoc, anyValue, docFrom, double, forBson } from './support/values.ts'

test('a document is encoded as the bson package encodes it', () => {
  fc.assert(
    fc.property(anyDoc, (doc) => {
      assert.deepEqual(encodeDoc(doc), Buffer.from(serialize(forBson(doc) as object)))
    }),
    { numRuns: 500 },
  )
})

test('decoding and encoding again gives the same bytes', () => {
  fc.assert(
    fc.property(anyDoc, (doc) => {
      const bytes = encodeDoc(doc)
      assert.deepEqual(encodeDoc(decodeDoc(bytes)), bytes)
    }),
    { numRuns: 500 },
  )
})

test('a value alone survives encoding and decoding', () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      const { type, bytes } = encodeValue(value)
      assert.deepEqual(encodeValue(decodeValue(type, bytes)).bytes, bytes)
    }),
  )
})

test('int32, int64 and double stay what they are', () => {
  const bytes = encodeDoc(docFrom({ i: 5, d: double(5), l: 2 ** 40 }))
  const read = deserialize(bytes, { promoteValues: false })
  assert.deepEqual([read.i._bsontype, read.d._bsontype, read.l._bsontype], ['Int32', 'Double', 'Long'])
  assert.deepEqual(encodeDoc(decodeDoc(bytes)), bytes)
})

test('only the wanted fields are decoded, in stored order', () => {
  fc.assert(
    fc.property(anyDoc, fc.uniqueArray(fc.constantFrom('a', 'b', 'c', '0', 'constructor')), (doc, wanted) => {
      const expected: Doc = new Map([...doc].filter(([name]) => (wanted as string[]).includes(name)))
      assert.deepEqual(encodeDoc(decodeFields(encodeDoc(doc), new Set(wanted))), encodeDoc(expected))
    }),
  )
})

test('damaged bytes are refused, never read beyond the end', () => {
  fc.assert(
    fc.property(anyDoc, fc.nat(), fc.nat({ max: 255 }), fc.boolean(), (doc, at, byte, cut) => {
      const bytes = encodeDoc(doc)
      const place = at % bytes.length
      const damaged = cut ? bytes.subarray(0, place) : Buffer.from(bytes)
      if (!cut) damaged[place] = byte
      try {
        decodeDoc(damaged)
      } catch (error) {
        assert.ok(error instanceof StoreError, String(error))
      }
    }),
    { numRuns: 2000 },
  )
})

test('text that is not UTF-8 is refused with InvalidBSON', () => {
  const bytes = encodeDoc(docFrom({ a: 'xx' }))
  bytes[11] = 0xff
  assert.throws(() => decodeDoc(bytes), { code: 22 })
  assert.equal(decodeDoc(encodeDoc(docFrom({ a: '\ufffd' }))).get('a'), '\ufffd')
})

test('nesting beyond 200 levels is refused both ways', () => {
  let value: Value = 1
  for (let level = 0; level < 205; level++) value = new Map([['a', value]])
  assert.throws(() => encodeDoc(value as Doc), { code: 15 })
})

test('a document larger than the limit is refused', () => {
  assert.throws(() => encodeDoc(docFrom({ a: 'x'.repeat(2000) }), 1000), { code: 10334 })
})
