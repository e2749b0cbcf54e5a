import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Binary, BSONRegExp, Decimal128, Int32, MaxKey, MinKey, ObjectId } from 'bson'
import fc from 'fast-check'
import { compareValues } from '../../server/embedded-store/compare.ts'
import { compileFilter, compileMatcher, fieldsOfFilter } from '../../server/embedded-store/matcher.ts'
import { type Doc, docOf, show } from '../../server/embedded-store/values.ts'
import { anyDoc, anyValue, docFrom, double, fromJs } from './support/values.ts'

type Plain = Record<string, unknown>

function matches(filter: Plain, doc: Plain): boolean {
  return compileFilter(docFrom(filter))(docFrom(doc))
}

/** Rows: the page of MongoDB's manual, a filter, documents that match it, documents that do not. */
const CASES: [page: string, filter: Plain, yes: Plain[], no: Plain[]][] = [
  [
    'reference/operator/query/eq',
    { qty: { $eq: 20 } },
    [{ qty: 20 }, { qty: [1, 20] }, { qty: double(20) }, { qty: 20n }, { qty: Decimal128.fromString('20.0') }],
    [{ qty: '20' }, {}, { qty: [[20]] }],
  ],
  [
    'reference/operator/query/eq: embedded documents in order',
    { item: { name: 'ab', code: '123' } },
    [{ item: { name: 'ab', code: '123' } }],
    [{ item: { code: '123', name: 'ab' } }, { item: { name: 'ab', code: '123', x: 1 } }],
  ],
  [
    'reference/operator/query/eq: arrays',
    { tags: ['A', 'B'] },
    [{ tags: ['A', 'B'] }, { tags: [['A', 'B'], 'C'] }],
    [{ tags: ['B', 'A'] }, { tags: ['A', 'B', 'C'] }],
  ],
  [
    'tutorial/query-for-null-fields',
    { a: null },
    [{}, { a: null }, { a: [1, null] }],
    [{ a: 0 }, { a: [] }, { a: {} }, { a: [[null]] }],
  ],
  [
    'tutorial/query-for-null-fields: dotted',
    { 'a.b': null },
    [{}, { a: {} }, { a: 4 }, { a: null }, { a: { b: null } }, { a: [{ b: 3 }, {}] }],
    [{ a: [] }, { a: [[]] }, { a: [1, 'x'] }, { a: [null] }, { a: [{ b: 1 }] }],
  ],
  [
    'tutorial/query-for-null-fields: $ne',
    { 'a.b': { $ne: null } },
    [{ a: { b: 'hi' } }, { a: [] }, { a: [[]] }, { a: [null, null] }],
    [{}, { a: 4 }, { a: [{ b: 3 }, {}] }],
  ],
  ['reference/operator/query/exists', { a: { $exists: true } }, [{ a: null }, { a: [] }, { a: 0 }], [{}]],
  [
    'reference/operator/query/exists',
    { 'a.b': { $exists: false } },
    [{}, { a: 4 }, { a: [] }, { a: [1] }, { a: [{ c: 1 }] }],
    [{ a: { b: null } }, { a: [{ c: 1 }, { b: 1 }] }],
  ],
  [
    'reference/operator/query/gt: only the same type',
    { a: { $gt: 3 } },
    [{ a: 4 }, { a: [1, 5] }, { a: Decimal128.fromString('3.1') }],
    [{ a: 3 }, { a: '5' }, { a: null }, {}, { a: Number.NaN }],
  ],
  [
    'reference/operator/query/gte: null',
    { a: { $gte: null } },
    [{}, { a: null }, { a: [null] }],
    [{ a: 0 }, { a: 'x' }],
  ],
  [
    'reference/operator/query/lte: NaN',
    { a: { $lte: Number.NaN } },
    [{ a: Number.NaN }, { a: Decimal128.fromString('NaN') }],
    [{ a: -1 }],
  ],
  ['reference/operator/query/lt', { a: { $lt: 'b' } }, [{ a: 'a' }, { a: 'B' }, { a: '' }], [{ a: 'b' }, { a: 1 }]],
  [
    'reference/operator/query/gt: arrays',
    { a: { $gt: [1, 2] } },
    [{ a: [1, 3] }, { a: [2] }, { a: [[5]] }],
    [{ a: [1, 2] }, { a: 5 }],
  ],
  [
    'reference/operator/query/gt: MinKey and MaxKey',
    { a: { $gt: new MinKey(), $lt: new MaxKey() } },
    [{ a: 1 }, { a: 'x' }, { a: null }],
    [{ a: new MinKey() }, { a: new MaxKey() }],
  ],
  ['reference/operator/query/ne', { a: { $ne: 5 } }, [{}, { a: 4 }, { a: [4] }], [{ a: 5 }, { a: [4, 5] }]],
  [
    'reference/operator/query/in',
    { a: { $in: [5, 'x', null] } },
    [{ a: 5 }, { a: double(5) }, { a: ['x'] }, {}, { a: null }],
    [{ a: 4 }, { a: [4] }],
  ],
  [
    'reference/operator/query/in: regular expressions',
    { tags: { $in: [/^be/, /^st/] } },
    [{ tags: ['bean'] }, { tags: 'stone' }],
    [{ tags: 'abe' }, {}],
  ],
  ['reference/operator/query/nin', { a: { $nin: [5, 15] } }, [{}, { a: 4 }], [{ a: 5 }, { a: [1, 15] }]],
  [
    'reference/operator/query/and',
    { $and: [{ a: { $ne: 1.5 } }, { a: { $exists: true } }] },
    [{ a: 1 }],
    [{}, { a: 1.5 }],
  ],
  ['reference/operator/query/or', { $or: [{ a: { $lt: 20 } }, { b: 10 }] }, [{ a: 1 }, { b: 10 }], [{ a: 30 }, {}]],
  ['reference/operator/query/nor', { $nor: [{ a: 1 }, { b: true }] }, [{}, { a: 2 }], [{ a: 1 }, { b: true }]],
  ['reference/operator/query/not', { a: { $not: { $gt: 2 } } }, [{}, { a: 2 }, { a: 'x' }], [{ a: 3 }, { a: [1, 3] }]],
  [
    'reference/operator/query/not: regular expression',
    { a: { $not: /^p/ } },
    [{}, { a: 'xp' }, { a: 1 }],
    [{ a: 'pen' }],
  ],
  ['reference/operator/query/type', { a: { $type: 'number' } }, [{ a: 1 }, { a: 1.5 }, { a: [1n] }], [{ a: '1' }, {}]],
  ['reference/operator/query/type', { a: { $type: ['string', 8] } }, [{ a: '' }, { a: true }], [{ a: 1 }]],
  ['reference/operator/query/type: arrays', { a: { $type: 'array' } }, [{ a: [] }, { a: [[]] }], [{ a: {} }]],
  ['reference/operator/query/type: null', { a: { $type: 10 } }, [{ a: null }], [{}]],
  [
    'reference/operator/query/all',
    { tags: { $all: ['ssl', 'security'] } },
    [{ tags: ['security', 'x', 'ssl'] }],
    [{ tags: ['ssl'] }],
  ],
  ['reference/operator/query/all: a scalar', { a: { $all: [50] } }, [{ a: 50 }, { a: [50] }], [{ a: 5 }]],
  [
    'reference/operator/query/all: nested',
    { a: { $all: [['x', 'y']] } },
    [{ a: [['x', 'y']] }, { a: ['x', 'y'] }],
    [{ a: ['x'] }],
  ],
  ['reference/operator/query/all: none', { a: { $all: [] } }, [], [{ a: [] }, {}, { a: 1 }]],
  [
    'reference/operator/query/all: $elemMatch',
    { q: { $all: [{ $elemMatch: { s: 'M', n: { $gt: 50 } } }, { $elemMatch: { n: 100 } }] } },
    [{ q: [{ s: 'M', n: 100 }] }, { q: [{ s: 'M', n: 60 }, { n: 100 }] }],
    [{ q: [{ s: 'M', n: 60 }] }],
  ],
  [
    'reference/operator/query/elemMatch',
    { r: { $elemMatch: { $gte: 80, $lt: 85 } } },
    [{ r: [82, 85, 88] }],
    [{ r: [75, 88, 89] }, { r: 82 }, { r: [[82]] }],
  ],
  [
    'reference/operator/query/elemMatch',
    { r: { $elemMatch: { product: 'xyz', score: { $gte: 8 } } } },
    [{ r: [{ product: 'xyz', score: 9 }] }],
    [
      {
        r: [
          { product: 'xyz', score: 1 },
          { product: 'a', score: 9 },
        ],
      },
      { r: { product: 'xyz', score: 9 } },
    ],
  ],
  [
    'reference/operator/query/elemMatch: no field',
    { a: { $elemMatch: { b: null } } },
    [{ a: [[]] }, { a: [{}] }],
    [{ a: [1, null] }, { a: [] }],
  ],
  [
    'reference/operator/query/elemMatch: $or',
    { a: { $elemMatch: { $or: [{ x: 1 }, { y: 2 }] } } },
    [{ a: [{ y: 2 }] }],
    [{ a: [{ x: 2 }] }],
  ],
  [
    'reference/operator/query/size',
    { a: { $size: 2 } },
    [{ a: [1, 2] }, { a: [[], []] }],
    [{ a: [1] }, { a: 2 }, {}, { a: [[1, 2]] }],
  ],
  [
    'reference/operator/query/mod',
    { qty: { $mod: [4, 0] } },
    [{ qty: 12 }, { qty: 0 }, { qty: 4.7 }, { qty: -8 }],
    [{ qty: 5 }, { qty: 'x' }, { qty: Number.NaN }, { qty: 1e300 }],
  ],
  [
    'reference/operator/query/mod: sign of the value',
    { qty: { $mod: [4, -1] } },
    [{ qty: -5 }],
    [{ qty: 5 }, { qty: 3 }],
  ],
  [
    'reference/operator/query/bitsAllSet',
    { a: { $bitsAllSet: [1, 5] } },
    [{ a: 54 }, { a: double(54) }, { a: new Binary(Buffer.from([0x36])) }],
    [{ a: 20 }, { a: 54.5 }, { a: '54' }],
  ],
  ['reference/operator/query/bitsAllSet', { a: { $bitsAllSet: 50 } }, [{ a: 54 }], [{ a: 20 }]],
  ['reference/operator/query/bitsAnyClear', { a: { $bitsAnyClear: 35 } }, [{ a: 54 }, { a: 20 }], [{ a: 35 }]],
  ['reference/operator/query/bitsAllClear', { a: { $bitsAllClear: [0, 3] } }, [{ a: 20 }, { a: 54 }], [{ a: 1 }]],
  [
    'reference/operator/query/bitsAnySet',
    { a: { $bitsAnySet: new Binary(Buffer.from([0x30])) } },
    [{ a: 54 }, { a: 20 }, { a: -1 }],
    [{ a: 1 }],
  ],
  [
    'reference/operator/query/regex',
    { sku: { $regex: /789$/ } },
    [{ sku: 'abc789' }, { sku: 'abc789\n' }, { sku: ['x', '789'] }],
    [{ sku: '7890' }, { sku: 789 }],
  ],
  [
    'reference/operator/query/regex: i',
    { sku: { $regex: '^ABC', $options: 'i' } },
    [{ sku: 'abc123' }],
    [{ sku: 'xabc' }],
  ],
  [
    'reference/operator/query/regex: m',
    { d: { $regex: '^S', $options: 'm' } },
    [{ d: 'First\nSecond' }],
    [{ d: 'First' }],
  ],
  ['reference/operator/query/regex: s', { d: { $regex: 'm.*line', $options: 's' } }, [{ d: 'many\nline' }], []],
  ['reference/operator/query/regex: without s', { d: /m.*line/ }, [{ d: 'many line' }], [{ d: 'many\nline' }]],
  [
    'reference/operator/query/regex: x',
    { sku: { $regex: 'abc #category code\n123 #item', $options: 'x' } },
    [{ sku: 'abc123' }],
    [{ sku: 'abc 123' }],
  ],
  ['reference/operator/query/regex: Persian', { a: /^می‌ش[ود]{2}$/ }, [{ a: 'می‌شود' }], [{ a: 'میشود' }]],
  [
    'reference/operator/query/expr',
    { $expr: { $gt: ['$spent', '$budget'] } },
    [{ spent: 5, budget: 4 }, { spent: 5 }],
    [{ spent: 1, budget: 4 }, {}],
  ],
  [
    'tutorial/query-array-of-documents: positions',
    { 'a.0.q': { $lte: 20 } },
    [{ a: [{ q: 5 }, { q: 60 }] }, { a: { 0: { q: 1 } } }],
    [{ a: [{ q: 60 }, { q: 5 }] }],
  ],
  ['tutorial/query-arrays: positions', { 'a.1': { $gt: 25 } }, [{ a: [1, 30] }], [{ a: [30, 1] }, { a: [30] }]],
  [
    'tutorial/query-array-of-documents: any element',
    { 'a.q': { $gt: 10, $lte: 20 } },
    [{ a: [{ q: 5 }, { q: 60 }] }, { a: [{ q: 15 }] }],
    [{ a: [{ q: 5 }] }],
  ],
  ['reference/operator/query/comment', { $comment: 'x', a: { $gt: 0, $comment: 'y' } }, [{ a: 1 }], [{ a: 0 }]],
  [
    'reference/bson-types: object ids',
    { a: new ObjectId('507f1f77bcf86cd799439011') },
    [{ a: new ObjectId('507f1f77bcf86cd799439011') }],
    [{ a: '507f1f77bcf86cd799439011' }],
  ],
  [
    'reference/operator/query/jsonSchema',
    {
      $jsonSchema: {
        required: ['name', 'year'],
        properties: {
          name: { bsonType: 'string', minLength: 2, pattern: '^[a-z]' },
          year: { bsonType: 'int', minimum: 2017, maximum: 3017, exclusiveMaximum: true },
          gpa: { bsonType: ['double'] },
          major: { enum: ['Math', null] },
          tags: { type: 'array', items: { type: 'string' }, uniqueItems: true, maxItems: 2 },
        },
      },
    },
    [
      { name: 'ab', year: 2020 },
      { name: 'ab', year: 2020, gpa: 1.5, major: null, tags: ['x', 'y'], other: 1 },
    ],
    [
      { name: 'ab' },
      { name: 'a', year: 2020 },
      { name: 'Ab', year: 2020 },
      { name: 'ab', year: 3017 },
      { name: 'ab', year: '2020' },
      { name: 'ab', year: 2020, gpa: 3 },
      { name: 'ab', year: 2020, major: 'Art' },
      { name: 'ab', year: 2020, tags: ['x', 'x'] },
    ],
  ],
  [
    'reference/operator/query/jsonSchema: combinations',
    {
      $jsonSchema: {
        oneOf: [{ required: ['a'] }, { required: ['b'] }],
        patternProperties: { '^n': { type: 'number', multipleOf: 0.5 } },
        properties: { a: {}, b: {} },
        additionalProperties: false,
        dependencies: { a: ['n1'] },
      },
    },
    [{ b: 1 }, { a: 1, n1: 2.5 }],
    [{}, { a: 1, b: 1, n1: 1 }, { b: 1, n1: 'x' }, { b: 1, n1: 0.3 }, { b: 1, x: 1 }, { a: 1 }],
  ],
  [
    'reference/database-references',
    { a: { $ref: 'c', $id: 1 } },
    [
      {
        a: new Map<string, unknown>([
          ['$ref', 'c'],
          ['$id', new Int32(1)],
        ]),
      },
    ],
    [{}],
  ],
]

for (const [page, filter, yes, no] of CASES) {
  test(`${show(fromJs(filter))} finds what the manual says (${page})`, () => {
    for (const doc of yes) assert.equal(matches(filter, doc), true, `${show(fromJs(doc))} should match`)
    for (const doc of no) assert.equal(matches(filter, doc), false, `${show(fromJs(doc))} should not match`)
  })
}

const REFUSED: [filter: Plain, code: number][] = [
  [{ $foo: 1 }, 2],
  [{ a: { $foo: 1 } }, 2],
  [{ a: { $gt: 1, b: 2 } }, 2],
  [{ $and: {} }, 2],
  [{ $or: [] }, 2],
  [{ $or: [1] }, 2],
  [{ a: { $in: 5 } }, 2],
  [{ a: { $in: [{ $gt: 5 }] } }, 2],
  [{ a: { $gt: /x/ } }, 2],
  [{ a: { $ne: /x/ } }, 2],
  [{ a: { $not: {} } }, 2],
  [{ a: { $not: 5 } }, 2],
  [{ a: { $size: -1 } }, 2],
  [{ a: { $mod: [0, 1] } }, 2],
  [{ a: { $mod: [4] } }, 2],
  [{ a: { $type: 'nothing' } }, 2],
  [{ a: { $options: 'i' } }, 2],
  [{ a: { $regex: '(' } }, 51091],
  [{ a: { $regex: 'a++' } }, 51091],
  [{ a: { $regex: 'a', $options: 'q' } }, 51108],
  [{ $where: 'true' }, 238],
  [{ $jsonSchema: { unknown: 1 } }, 9],
  [{ $jsonSchema: { type: 'integer' } }, 9],
  [{ $jsonSchema: 5 }, 14],
  [{ a: { $near: [1, 2] } }, 238],
  [{ $text: { $search: 'x' } }, 27],
  [{ $expr: { $foo: 1 } }, 168],
]

for (const [filter, code] of REFUSED) {
  test(`${show(fromJs(filter))} is refused with ${code}`, () => {
    assert.throws(() => compileFilter(docFrom(filter)), { name: 'StoreError', code })
  })
}

test('a matcher reports which element of an array matched', () => {
  const position = (filter: Plain, doc: Plain) => compileMatcher(docFrom(filter)).matchWithPosition(docFrom(doc))
  assert.deepEqual(position({ a: 5 }, { a: [1, 5, 5] }), { position: 1 })
  assert.deepEqual(position({ 'a.b': { $gt: 1 } }, { a: [{ b: 1 }, { b: 2 }] }), { position: 1 })
  assert.deepEqual(position({ a: { $elemMatch: { b: 2, c: 1 } } }, { a: [{ b: 2 }, { b: 2, c: 1 }] }), { position: 1 })
  assert.deepEqual(position({ 'a.b': 2, x: 1 }, { x: 1, a: [{ b: 1 }, { b: [2] }] }), { position: 1 })
  assert.deepEqual(position({ a: 5 }, { a: 5 }), { position: undefined })
  assert.deepEqual(position({ a: { $ne: 7 } }, { a: [5] }), { position: undefined })
  assert.equal(position({ a: 5 }, { a: [6] }), false)
})

test('$text is answered by the store that holds the text index', () => {
  const filter = docFrom({ $text: { $search: 'خبر' }, a: 1 })
  const asked: string[] = []
  const text = (query: Doc) => {
    asked.push(show(query))
    return (doc: Doc) => doc.has('t')
  }
  const test = compileFilter(filter, { text })
  assert.equal(test(docFrom({ a: 1, t: 1 })), true)
  assert.equal(test(docFrom({ a: 1 })), false)
  assert.deepEqual(asked, ['{ $search: "خبر" }'])
})

test('equality, $in and $ne agree with the comparison of values', () => {
  fc.assert(
    fc.property(anyValue, anyValue, (a, b) => {
      fc.pre(!Array.isArray(a) && !(b instanceof BSONRegExp) && a !== null && b !== null)
      const doc = docOf(['f', a])
      const equal = compareValues(a, b) === 0
      assert.equal(compileFilter(docOf(['f', docOf(['$eq', b])]))(doc), equal)
      assert.equal(compileFilter(docOf(['f', docOf(['$ne', b])]))(doc), !equal)
      assert.equal(compileFilter(docOf(['f', docOf(['$eq', a])]))(doc), true)
    }),
    { numRuns: 1000 },
  )
})

test('a filter that was made of a document finds it', () => {
  fc.assert(
    fc.property(anyDoc, (doc) => {
      const plain: Doc = new Map(
        [...doc].filter(([name]) => name !== '' && !name.includes('.') && !name.startsWith('$')),
      )
      const filter: Doc = new Map([...plain].map(([name, value]) => [name, docOf(['$eq', value])]))
      assert.equal(compileFilter(filter)(plain), true)
    }),
    { numRuns: 500 },
  )
})

test('the fields that a filter reads are known', () => {
  const fields = (filter: Plain) => fieldsOfFilter(docFrom(filter))
  assert.deepEqual(fields({ a: 1, 'b.c': 2, $or: [{ d: 1 }, { $and: [{ e: 2 }] }] }), new Set(['a', 'b', 'd', 'e']))
  assert.deepEqual(fields({ a: 1, $expr: { $gt: ['$f.g', '$h'] } }), new Set(['a', 'f', 'h']))
  assert.equal(fields({ a: 1, $expr: '$$ROOT' }), undefined)
  assert.equal(fields({ a: 1, $text: { $search: 'x' } }), undefined)
})
