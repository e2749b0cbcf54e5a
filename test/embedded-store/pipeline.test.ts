import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Decimal128 } from 'bson'
import { compileFilter } from '../../server/embedded-store/matcher.ts'
import { setTextScore } from '../../server/embedded-store/meta.ts'
import { compilePipeline, fieldsOfPipeline, leadingStages } from '../../server/embedded-store/pipeline.ts'
import { compileUpdate } from '../../server/embedded-store/updater.ts'
import { type Doc, show } from '../../server/embedded-store/values.ts'
import { docFrom, double, fromJs } from './support/values.ts'

type Plain = Record<string, unknown>

const now = new Date('2026-11-24T09:00:00Z')
const collections: Record<string, Plain[]> = {
  inventory: [
    { _id: 1, sku: 'almonds', instock: 120 },
    { _id: 2, sku: 'bread', instock: 80 },
    { _id: 3, sku: 'cashews', instock: 60 },
    { _id: 4, sku: 'pecans', instock: 70 },
    { _id: 5, sku: null },
    { _id: 6 },
  ],
  other: [{ _id: 9, x: 1 }],
}

function source(name: string, filter: Doc): Doc[] {
  return (collections[name] ?? []).map(docFrom).filter(compileFilter(filter))
}

function run(pipeline: Plain[], docs: Plain[]): string[] {
  const stage = compilePipeline(fromJs(pipeline) as Doc[], { now, source })
  return Array.from(stage(docs.map(docFrom)), show)
}

const sales = [
  { _id: 1, item: 'abc', price: 10, quantity: 2, date: new Date('2014-03-01T08:00:00Z') },
  { _id: 2, item: 'jkl', price: 20, quantity: 1, date: new Date('2014-03-01T09:00:00Z') },
  { _id: 3, item: 'xyz', price: 5, quantity: 10, date: new Date('2014-03-15T09:00:00Z') },
  { _id: 4, item: 'xyz', price: 5, quantity: 20, date: new Date('2014-04-04T11:21:39Z') },
  { _id: 5, item: 'abc', price: 10, quantity: 10, date: new Date('2014-04-04T21:23:13Z') },
]
const orders = [
  { _id: 1, item: 'almonds', price: 12, quantity: 2 },
  { _id: 2, item: 'pecans', price: 20, quantity: 1 },
  { _id: 3 },
]
const books = [
  { _id: 1, title: 'B', author: 'Dante', copies: 2 },
  { _id: 2, title: 'D', author: 'Dante', copies: 2 },
  { _id: 3, title: 'E', author: 'Homer', copies: 10 },
]

/** Rows: the page of MongoDB's manual (under reference/operator/aggregation), pipeline, documents, expected documents. */
const CASES: [page: string, pipeline: Plain[], docs: Plain[], expected: Plain[]][] = [
  ['match', [{ $match: { item: 'abc' } }, { $project: { price: 1, _id: 0 } }], sales, [{ price: 10 }, { price: 10 }]],
  [
    'group',
    [
      { $group: { _id: '$item', total: { $sum: { $multiply: ['$price', '$quantity'] } } } },
      { $match: { total: { $gte: 100 } } },
      { $sort: { _id: 1 } },
    ],
    sales,
    [
      { _id: 'abc', total: 120 },
      { _id: 'xyz', total: 150 },
    ],
  ],
  [
    'group: by day',
    [
      {
        $group: {
          _id: { $dateToString: { format: '%Y-%m-%d', date: '$date' } },
          avg: { $avg: '$quantity' },
          count: { $sum: 1 },
        },
      },
      { $sort: { _id: 1 } },
    ],
    sales,
    [
      { _id: '2014-03-01', avg: 1.5, count: 2 },
      { _id: '2014-03-15', avg: double(10), count: 1 },
      { _id: '2014-04-04', avg: double(15), count: 2 },
    ],
  ],
  [
    'group: null',
    [{ $group: { _id: null, n: { $count: {} }, max: { $max: '$price' }, min: { $min: '$none' } } }],
    sales,
    [{ _id: null, n: 5, max: 20, min: null }],
  ],
  [
    'group: missing and null are one group',
    [{ $group: { _id: '$a', n: { $sum: 1 } } }],
    [{}, { a: null }, { a: 1 }, { a: double(1) }],
    [
      { _id: null, n: 2 },
      { _id: 1, n: 2 },
    ],
  ],
  [
    'group: push',
    [
      { $group: { _id: '$author', books: { $push: '$title' }, all: { $push: { t: '$title', x: '$none' } } } },
      { $limit: 1 },
    ],
    books,
    [{ _id: 'Dante', books: ['B', 'D'], all: [{ t: 'B' }, { t: 'D' }] }],
  ],
  ['group: no documents', [{ $group: { _id: null, n: { $sum: 1 } } }], [], []],
  [
    'sum: types',
    [
      {
        $group: {
          _id: null,
          i: { $sum: '$i' },
          l: { $sum: '$l' },
          d: { $sum: '$d' },
          m: { $sum: '$m' },
          none: { $sum: '$x' },
        },
      },
    ],
    [
      { i: 1, l: 1n, d: 0.1, m: 1 },
      { i: 2, l: 2, d: 0.2, m: Decimal128.fromString('0.5') },
    ],
    [{ _id: null, i: 3, l: 3n, d: 0.30000000000000004, m: Decimal128.fromString('1.5'), none: 0 }],
  ],
  [
    'first',
    [
      { $sort: { quantity: 1 } },
      { $group: { _id: '$item', f: { $first: '$quantity' }, l: { $last: '$quantity' } } },
      { $sort: { _id: 1 } },
    ],
    sales,
    [
      { _id: 'abc', f: 2, l: 10 },
      { _id: 'jkl', f: 1, l: 1 },
      { _id: 'xyz', f: 10, l: 20 },
    ],
  ],
  [
    'addToSet',
    [{ $group: { _id: null, items: { $addToSet: '$item' } } }],
    sales,
    [{ _id: null, items: ['abc', 'jkl', 'xyz'] }],
  ],
  [
    'mergeObjects',
    [{ $group: { _id: null, m: { $mergeObjects: '$o' } } }],
    [{ o: { a: 1 } }, {}, { o: { b: 2, a: 3 } }],
    [{ _id: null, m: { a: 3, b: 2 } }],
  ],
  [
    'top',
    [
      {
        $group: {
          _id: null,
          best: { $top: { sortBy: { copies: -1, title: 1 }, output: '$title' } },
          two: { $bottomN: { n: 2, sortBy: { copies: -1, title: 1 }, output: ['$title', '$copies'] } },
        },
      },
    ],
    books,
    [
      {
        _id: null,
        best: 'E',
        two: [
          ['B', 2],
          ['D', 2],
        ],
      },
    ],
  ],
  [
    'maxN',
    [
      {
        $group: {
          _id: '$author',
          top: { $maxN: { input: '$copies', n: 1 } },
          first: { $firstN: { input: '$title', n: 5 } },
        },
      },
      { $sort: { _id: -1 } },
    ],
    books,
    [
      { _id: 'Homer', top: [10], first: ['E'] },
      { _id: 'Dante', top: [2], first: ['B', 'D'] },
    ],
  ],
  [
    'unwind',
    [{ $unwind: '$sizes' }],
    [{ _id: 1, sizes: ['S', 'M'] }, { _id: 2, sizes: [] }, { _id: 3, sizes: 'L' }, { _id: 4 }, { _id: 5, sizes: null }],
    [
      { _id: 1, sizes: 'S' },
      { _id: 1, sizes: 'M' },
      { _id: 3, sizes: 'L' },
    ],
  ],
  [
    'unwind',
    [{ $unwind: { path: '$sizes', includeArrayIndex: 'i', preserveNullAndEmptyArrays: true } }],
    [{ _id: 1, sizes: ['S', 'M'] }, { _id: 2, sizes: [] }, { _id: 3, sizes: 'L' }, { _id: 4 }, { _id: 5, sizes: null }],
    [
      { _id: 1, sizes: 'S', i: 0n },
      { _id: 1, sizes: 'M', i: 1n },
      { _id: 2, i: null },
      { _id: 3, sizes: 'L', i: null },
      { _id: 4, i: null },
      { _id: 5, sizes: null, i: null },
    ],
  ],
  [
    'unwind: nested',
    [{ $unwind: '$a.b' }],
    [{ a: { b: [1, 2], c: 3 } }],
    [{ a: { b: 1, c: 3 } }, { a: { b: 2, c: 3 } }],
  ],
  [
    'lookup',
    [
      { $lookup: { from: 'inventory', localField: 'item', foreignField: 'sku', as: 'docs' } },
      { $project: { docs: '$docs._id' } },
    ],
    orders,
    [
      { _id: 1, docs: [1] },
      { _id: 2, docs: [4] },
      { _id: 3, docs: [5, 6] },
    ],
  ],
  [
    'lookup: arrays',
    [{ $lookup: { from: 'inventory', localField: 'l', foreignField: 'sku', as: 'r' } }, { $project: { r: '$r._id' } }],
    [{ l: ['bread', 'pecans'] }, { l: [] }],
    [{ r: [2, 4] }, { r: [] }],
  ],
  [
    'lookup: pipeline',
    [
      {
        $lookup: {
          from: 'inventory',
          let: { item: '$item', need: '$quantity' },
          pipeline: [
            { $match: { $expr: { $and: [{ $eq: ['$sku', '$$item'] }, { $gte: ['$instock', '$$need'] }] } } },
            { $project: { _id: 0, sku: 0 } },
          ],
          as: 'stock',
        },
      },
      { $project: { _id: 1, stock: 1 } },
    ],
    orders,
    [
      { _id: 1, stock: [{ instock: 120 }] },
      { _id: 2, stock: [{ instock: 70 }] },
      { _id: 3, stock: [{}] },
    ],
  ],
  [
    'lookup: field and pipeline',
    [
      {
        $lookup: {
          from: 'inventory',
          localField: 'item',
          foreignField: 'sku',
          pipeline: [{ $match: { instock: { $gt: 100 } } }, { $count: 'n' }],
          as: 'x.y',
        },
      },
      { $project: { _id: 0, x: 1 } },
    ],
    orders,
    [{ x: { y: [{ n: 1 }] } }, { x: { y: [] } }, { x: { y: [] } }],
  ],
  [
    'lookup: uncorrelated',
    [{ $lookup: { from: 'other', pipeline: [], as: 'o' } }],
    [{ _id: 1 }, { _id: 2 }],
    [
      { _id: 1, o: [{ _id: 9, x: 1 }] },
      { _id: 2, o: [{ _id: 9, x: 1 }] },
    ],
  ],
  [
    'unionWith',
    [{ $unionWith: { coll: 'other', pipeline: [{ $project: { x: 1, _id: 0 } }] } }, { $unionWith: 'none' }],
    [{ _id: 1 }],
    [{ _id: 1 }, { x: 1 }],
  ],
  ['count', [{ $match: { price: { $gt: 5 } } }, { $count: 'n' }], sales, [{ n: 3 }]],
  ['count: nothing', [{ $count: 'n' }], [], []],
  [
    'sortByCount',
    [{ $unwind: '$t' }, { $sortByCount: '$t' }],
    [{ t: ['a', 'b'] }, { t: ['b'] }, { t: ['b', 'a', 'c'] }],
    [
      { _id: 'b', count: 3 },
      { _id: 'a', count: 2 },
      { _id: 'c', count: 1 },
    ],
  ],
  [
    'facet',
    [
      {
        $facet: {
          n: [{ $count: 'n' }],
          first: [{ $sort: { copies: -1 } }, { $limit: 1 }, { $project: { _id: 1 } }],
          none: [{ $match: { x: 1 } }],
        },
      },
    ],
    books,
    [{ n: [{ n: 3 }], first: [{ _id: 3 }], none: [] }],
  ],
  [
    'bucket',
    [
      {
        $bucket: {
          groupBy: '$price',
          boundaries: [0, 10, 15],
          default: 'Other',
          output: { count: { $sum: 1 }, items: { $push: '$item' } },
        },
      },
    ],
    sales,
    [
      { _id: 0, count: 2, items: ['xyz', 'xyz'] },
      { _id: 10, count: 2, items: ['abc', 'abc'] },
      { _id: 'Other', count: 1, items: ['jkl'] },
    ],
  ],
  [
    'bucketAuto',
    [{ $bucketAuto: { groupBy: '$p', buckets: 2 } }],
    [{ p: 1 }, { p: 5 }, { p: 3 }, { p: 9 }],
    [
      { _id: { min: 1, max: 5 }, count: 2 },
      { _id: { min: 5, max: 9 }, count: 2 },
    ],
  ],
  [
    'replaceRoot',
    [{ $replaceRoot: { newRoot: { $mergeObjects: [{ z: 0 }, '$a'] } } }, { $replaceWith: '$$ROOT' }],
    [{ a: { b: 1 } }],
    [{ z: 0, b: 1 }],
  ],
  [
    'set',
    [{ $set: { total: { $sum: '$h' }, 'specs.x': 'u', a: { b: 2 } } }],
    [{ _id: 1, h: [1, 2], specs: { y: 1 }, a: { c: 1 } }],
    [{ _id: 1, h: [1, 2], specs: { y: 1, x: 'u' }, a: { c: 1, b: 2 }, total: 3 }],
  ],
  ['set: through arrays', [{ $addFields: { 'a.b': 1 } }], [{ a: [{ c: 1 }, 5] }], [{ a: [{ c: 1, b: 1 }, { b: 1 }] }]],
  ['set: REMOVE', [{ $set: { a: '$$REMOVE', b: '$none' } }], [{ a: 1, c: 2 }], [{ c: 2 }]],
  [
    'unset',
    [{ $unset: ['isbn', 'author.first'] }],
    [{ isbn: 1, author: { first: 'a', last: 'b' } }],
    [{ author: { last: 'b' } }],
  ],
  [
    'project',
    [{ $project: { _id: 0, 'a.b': 1, n: { $size: '$a' }, m: ['$x', '$y'] } }],
    [{ _id: 1, x: 1, a: [{ b: 1, c: 2 }] }],
    [{ a: [{ b: 1 }], n: 1, m: [1, null] }],
  ],
  [
    'skip',
    [{ $sort: { _id: -1 } }, { $skip: 1 }, { $limit: 2 }, { $project: { _id: 1 } }],
    sales,
    [{ _id: 4 }, { _id: 3 }],
  ],
]

for (const [page, pipeline, docs, expected] of CASES) {
  test(`${show(fromJs(pipeline))} gives what the manual says (${page})`, () => {
    const sums = run(pipeline, docs)
    assert.deepEqual(
      sums,
      expected.map((doc) => show(docFrom(doc))),
    )
  })
}

const REFUSED: [stage: Plain, code: number][] = [
  [{ $foo: 1 }, 40324],
  [{ $out: 'x' }, 40324],
  [{ $graphLookup: {} }, 40324],
  [{ $match: {}, $limit: 1 }, 40323],
  [{ $match: 1 }, 15959],
  [{ $limit: 0 }, 15958],
  [{ $limit: 'x' }, 15957],
  [{ $skip: -1 }, 5107200],
  [{ $sort: {} }, 15976],
  [{ $sort: { a: 2 } }, 15975],
  [{ $group: {} }, 15955],
  [{ $group: { _id: 1, a: 5 } }, 40234],
  [{ $group: { _id: 1, a: { $foo: 1 } } }, 15952],
  [{ $group: { _id: 1, 'a.b': { $sum: 1 } } }, 40235],
  [{ $project: {} }, 51272],
  [{ $project: { a: { $elemMatch: {} } } }, 168],
  [{ $unwind: 'a' }, 28818],
  [{ $count: '' }, 40157],
  [{ $sample: {} }, 28749],
  [{ $lookup: { from: 'x', as: 'y' } }, 9],
  [{ $lookup: { from: 'x', as: 'y', localField: 'a' } }, 9],
  [{ $facet: { a: [{ $facet: { b: [] } }] } }, 40600],
  [{ $bucket: { groupBy: '$a', boundaries: [2, 1] } }, 40194],
  [{ $replaceRoot: {} }, 40231],
]

for (const [stage, code] of REFUSED) {
  test(`${show(fromJs(stage))} is refused with ${code} before a document is read`, () => {
    assert.throws(() => compilePipeline([docFrom(stage)], { now, source }), { name: 'StoreError', code })
  })
}

test('a limit stops the reading of documents early', () => {
  let read = 0
  function* docs(): Iterable<Doc> {
    for (;;) {
      read++
      yield docFrom({ a: read })
    }
  }
  const stage = compilePipeline(fromJs([{ $match: { a: { $gt: 2 } } }, { $set: { b: 1 } }, { $limit: 2 }]) as Doc[], {
    now,
  })
  assert.equal([...stage(docs())].length, 2)
  assert.equal(read, 4)
})

test('$sample draws different documents, each at most once', () => {
  const docs = Array.from({ length: 100 }, (_, index) => docFrom({ _id: index }))
  const stage = compilePipeline(fromJs([{ $sample: { size: 10 } }]) as Doc[], { now })
  const drawn = Array.from(stage(docs), show)
  assert.equal(new Set(drawn).size, 10)
  assert.notDeepEqual(drawn, Array.from(stage(docs), show))
})

test('the score of a text search goes through stages to $meta', () => {
  const docs = [docFrom({ a: 1 }), docFrom({ a: 2 })]
  setTextScore(docs[0]!, 0.5)
  setTextScore(docs[1]!, 1.5)
  const pipeline = [
    { $set: { b: 1 } },
    { $sort: { score: { $meta: 'textScore' } } },
    { $project: { a: 1, s: { $meta: 'textScore' } } },
  ]
  const stage = compilePipeline(fromJs(pipeline) as Doc[], { now })
  assert.deepEqual(Array.from(stage(docs), show), ['{ a: 2, s: 1.5 }', '{ a: 1, s: 0.5 }'])
})

test('the leading stages and the fields of a pipeline are known to a planner', () => {
  const pipeline = fromJs([
    { $match: { a: 1 } },
    { $match: { b: 2 } },
    { $sort: { c: 1 } },
    { $skip: 1 },
    { $limit: 5 },
    { $count: 'n' },
  ]) as Doc[]
  const { filter, sort, skip, limit, rest } = leadingStages(pipeline)
  assert.deepEqual(
    [show(filter), show(sort), skip, limit, rest.map(show)],
    ['{ $and: [ { a: 1 }, { b: 2 } ] }', '{ c: 1 }', 1, 5, ['{ $count: "n" }']],
  )
  const fields = (stages: Plain[]) => fieldsOfPipeline(fromJs(stages) as Doc[])
  assert.deepEqual(
    fields([{ $match: { a: 1 } }, { $group: { _id: '$b.c', n: { $sum: '$d' } } }]),
    new Set(['a', 'b', 'd']),
  )
  assert.equal(fields([{ $match: { a: 1 } }]), undefined)
  assert.equal(fields([{ $group: { _id: '$b', all: { $push: '$$ROOT' } } }]), undefined)
})

test('an update may be a pipeline (tutorial/update-documents-with-aggregation-pipeline)', () => {
  const doc = docFrom({ _id: 1, quiz1: 4, quiz2: 6, old: 1 })
  const update = fromJs([{ $set: { total: { $add: ['$quiz1', '$quiz2'] }, at: '$$NOW' } }, { $unset: 'old' }])
  const after = compileUpdate(update, { now }).apply(doc)
  assert.equal(show(after), show(docFrom({ _id: 1, quiz1: 4, quiz2: 6, total: 10, at: now })))
  assert.throws(() => compileUpdate(fromJs([{ $group: { _id: 1 } }]), { now }), { code: 72 })
  assert.throws(() => compileUpdate(fromJs([{ $set: { _id: 2 } }]), { now }).apply(doc), { code: 66 })
})
