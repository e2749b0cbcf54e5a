import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Decimal128, Int32 } from 'bson'
import { encodeDoc } from '../../server/embedded-store/codec.ts'
import { compileMatcher } from '../../server/embedded-store/matcher.ts'
import { compileUpdate } from '../../server/embedded-store/updater.ts'
import { upsertedDoc } from '../../server/embedded-store/upsert.ts'
import { type Doc, show, typeNameOf } from '../../server/embedded-store/values.ts'
import { docFrom, double, fromJs } from './support/values.ts'

type Plain = Record<string, unknown>

interface Case {
  /** The page of MongoDB's manual that the expected answer comes from. */
  page: string
  before: Plain
  update: Plain | Plain[]
  /** The document afterwards, or the code of the error. */
  after: Plain | number
  query?: Plain
  arrayFilters?: Plain[]
}

const now = new Date('2026-11-24T09:00:00Z')

function updated({ before, update, query, arrayFilters }: Case): Doc {
  const doc = docFrom(before)
  const matched = compileMatcher(docFrom(query ?? {})).matchWithPosition(doc)
  assert.ok(matched, 'the query must match')
  const filters = arrayFilters ? { arrayFilters: arrayFilters.map(fromJs) } : {}
  return compileUpdate(fromJs(update), { now, ...filters }).apply(doc, matched)
}

const CASES: Case[] = [
  {
    page: 'reference/operator/update/set',
    before: {
      _id: 100,
      quantity: 250,
      details: { model: '14QQ', make: 'Clothes Corp' },
      tags: ['apparel', 'clothing'],
      ratings: [{ by: 'Customer007', rating: 4 }],
    },
    update: { $set: { 'tags.1': 'rain gear', 'ratings.0.rating': 2, 'details.make': 'Kustom Kidz' } },
    after: {
      _id: 100,
      quantity: 250,
      details: { model: '14QQ', make: 'Kustom Kidz' },
      tags: ['apparel', 'rain gear'],
      ratings: [{ by: 'Customer007', rating: 2 }],
    },
  },
  {
    page: 'reference/operator/update: new fields come in lexicographic order',
    before: { _id: 1 },
    update: { $set: { c: 1, a: 1, b: 1 } },
    after: { _id: 1, a: 1, b: 1, c: 1 },
  },
  {
    page: 'reference/operator/update: numeric names come in numeric order',
    before: { _id: 1, a: {} },
    update: { $set: { 'a.10': 1, 'a.9': 1 } },
    after: {
      _id: 1,
      a: new Map([
        ['9', new Int32(1)],
        ['10', new Int32(1)],
      ]),
    },
  },
  {
    page: 'reference/operator/update/set',
    before: { _id: 1, a: [1] },
    update: { $set: { 'a.3': 4 } },
    after: { _id: 1, a: [1, null, null, 4] },
  },
  { page: 'reference/operator/update/set', before: { _id: 1, a: 5 }, update: { $set: { 'a.b': 1 } }, after: 28 },
  { page: 'reference/operator/update/set', before: { _id: 1, a: [1] }, update: { $set: { 'a.b': 1 } }, after: 28 },
  {
    page: 'reference/operator/update/unset',
    before: { _id: 1, quantity: 1, instock: 3, a: [1, 2] },
    update: { $unset: { quantity: '', instock: '', 'a.0': '', 'b.c': '' } },
    after: { _id: 1, a: [null, 2] },
  },
  {
    page: 'reference/operator/update/inc',
    before: { _id: 1, quantity: 10, metrics: { orders: 2, ratings: 3.5 } },
    update: { $inc: { quantity: -2, 'metrics.orders': 1 } },
    after: { _id: 1, quantity: 8, metrics: { orders: 3, ratings: 3.5 } },
  },
  {
    page: 'reference/operator/update/inc',
    before: { _id: 1 },
    update: { $inc: { a: double(2) } },
    after: { _id: 1, a: double(2) },
  },
  { page: 'reference/operator/update/inc', before: { _id: 1, a: null }, update: { $inc: { a: 1 } }, after: 14 },
  { page: 'reference/operator/update/inc', before: { _id: 1, a: 1 }, update: { $inc: { a: 'x' } }, after: 14 },
  {
    page: 'reference/operator/update/inc',
    before: { _id: 1, a: 2_147_483_647 },
    update: { $inc: { a: 1 } },
    after: { _id: 1, a: 2_147_483_648n },
  },
  {
    page: 'reference/operator/update/inc',
    before: { _id: 1, a: 2n ** 63n - 1n },
    update: { $inc: { a: 1 } },
    after: 2,
  },
  {
    page: 'reference/operator/update/mul',
    before: { _id: 1, item: 'Hats', price: Decimal128.fromString('10.99'), quantity: 25 },
    update: { $mul: { price: Decimal128.fromString('1.25'), quantity: 2 } },
    after: { _id: 1, item: 'Hats', price: Decimal128.fromString('13.7375'), quantity: 50 },
  },
  {
    page: 'reference/operator/update/mul',
    before: { _id: 2 },
    update: { $mul: { price: 100n } },
    after: { _id: 2, price: 0n },
  },
  {
    page: 'reference/operator/update/mul',
    before: { _id: 3, price: double(10) },
    update: { $mul: { price: 5 } },
    after: { _id: 3, price: double(50) },
  },
  {
    page: 'reference/operator/update/min',
    before: { _id: 1, high: 800, low: 200 },
    update: { $min: { low: 150 }, $max: { high: 700, top: 1 } },
    after: { _id: 1, high: 800, low: 150, top: 1 },
  },
  {
    page: 'reference/operator/update/min',
    before: { _id: 1, a: 'x' },
    update: { $min: { a: 5 } },
    after: { _id: 1, a: 5 },
  },
  {
    page: 'reference/operator/update/currentDate',
    before: { _id: 1 },
    update: { $currentDate: { a: true, 'b.c': { $type: 'date' } } },
    after: { _id: 1, a: now, b: { c: now } },
  },
  {
    page: 'reference/operator/update/rename',
    before: { _id: 1, alias: ['x'], nmae: { first: 'george' } },
    update: { $rename: { nmae: 'name' } },
    after: { _id: 1, alias: ['x'], name: { first: 'george' } },
  },
  {
    page: 'reference/operator/update/rename',
    before: { _id: 1, name: { first: 'a', last: 'b' } },
    update: { $rename: { 'name.first': 'contact.fname', wife: 'spouse' } },
    after: { _id: 1, name: { last: 'b' }, contact: { fname: 'a' } },
  },
  {
    page: 'reference/operator/update/positional',
    before: { _id: 1, grades: [85, 80, 80] },
    query: { grades: 80 },
    update: { $set: { 'grades.$': 82 } },
    after: { _id: 1, grades: [85, 82, 80] },
  },
  {
    page: 'reference/operator/update/positional',
    before: {
      _id: 4,
      grades: [
        { grade: 80, std: 8 },
        { grade: 85, std: 5 },
      ],
    },
    query: { 'grades.grade': 85 },
    update: { $set: { 'grades.$.std': 6 } },
    after: {
      _id: 4,
      grades: [
        { grade: 80, std: 8 },
        { grade: 85, std: 6 },
      ],
    },
  },
  {
    page: 'reference/operator/update/positional',
    before: {
      _id: 5,
      grades: [
        { grade: 80, mean: 75 },
        { grade: 85, mean: 90 },
      ],
    },
    query: { grades: { $elemMatch: { grade: { $lte: 90 }, mean: { $gt: 80 } } } },
    update: { $inc: { 'grades.$.mean': 1 } },
    after: {
      _id: 5,
      grades: [
        { grade: 80, mean: 75 },
        { grade: 85, mean: 91 },
      ],
    },
  },
  {
    page: 'reference/operator/update/positional',
    before: { _id: 1, grades: [1] },
    update: { $set: { 'grades.$': 2 } },
    after: 2,
  },
  {
    page: 'reference/operator/update/positional-all',
    before: { _id: 1, grades: [85, 82, 80] },
    update: { $inc: { 'grades.$[]': 10 } },
    after: { _id: 1, grades: [95, 92, 90] },
  },
  {
    page: 'reference/operator/update/positional-all',
    before: { _id: 1, grades: [{ std: 8 }, { std: 5 }] },
    update: { $inc: { 'grades.$[].std': -2 } },
    after: { _id: 1, grades: [{ std: 6 }, { std: 3 }] },
  },
  { page: 'reference/operator/update/positional-all', before: { _id: 1 }, update: { $set: { 'a.$[]': 2 } }, after: 2 },
  {
    page: 'reference/operator/update/positional-filtered',
    before: { _id: 2, grades: [98, 100, 102] },
    update: { $set: { 'grades.$[element]': 100 } },
    arrayFilters: [{ element: { $gte: 100 } }],
    after: { _id: 2, grades: [98, 100, 100] },
  },
  {
    page: 'reference/operator/update/positional-filtered',
    before: {
      _id: 1,
      grades: [
        { grade: 80, mean: 75 },
        { grade: 85, mean: 90 },
      ],
    },
    update: { $set: { 'grades.$[elem].mean': 100 } },
    arrayFilters: [{ 'elem.grade': { $gte: 85 } }],
    after: {
      _id: 1,
      grades: [
        { grade: 80, mean: 75 },
        { grade: 85, mean: 100 },
      ],
    },
  },
  {
    page: 'reference/operator/update/positional-filtered',
    before: {
      _id: 1,
      grades: [
        { type: 'quiz', questions: [10, 8, 5] },
        { type: 'exam', questions: [5, 8, 6] },
      ],
    },
    update: { $inc: { 'grades.$[t].questions.$[score]': 2 } },
    arrayFilters: [{ 't.type': 'quiz' }, { score: { $gte: 8 } }],
    after: {
      _id: 1,
      grades: [
        { type: 'quiz', questions: [12, 10, 5] },
        { type: 'exam', questions: [5, 8, 6] },
      ],
    },
  },
  {
    page: 'reference/operator/update/positional-filtered',
    before: { _id: 1, a: [] },
    update: { $set: { 'a.$[x]': 1 } },
    after: 2,
  },
  {
    page: 'reference/operator/update/positional-filtered',
    before: { _id: 1, a: [] },
    update: { $set: { a: 1 } },
    arrayFilters: [{ x: 1 }],
    after: 9,
  },
  {
    page: 'reference/operator/update/addToSet',
    before: { _id: 1, letters: ['a', 'b'] },
    update: { $addToSet: { letters: ['c', 'd'] } },
    after: { _id: 1, letters: ['a', 'b', ['c', 'd']] },
  },
  {
    page: 'reference/operator/update/addToSet',
    before: { _id: 2, tags: ['electronics', 'supplies'] },
    update: { $addToSet: { tags: { $each: ['camera', 'electronics', 'accessories'] } } },
    after: { _id: 2, tags: ['electronics', 'supplies', 'camera', 'accessories'] },
  },
  { page: 'reference/operator/update/addToSet', before: { _id: 1, a: 5 }, update: { $addToSet: { a: 1 } }, after: 2 },
  {
    page: 'reference/operator/update/push',
    before: { _id: 1, scores: [44, 78, 38, 80] },
    update: { $push: { scores: 89 } },
    after: { _id: 1, scores: [44, 78, 38, 80, 89] },
  },
  {
    page: 'reference/operator/update/push',
    before: {
      _id: 5,
      quizzes: [
        { wk: 1, score: 10 },
        { wk: 2, score: 8 },
        { wk: 3, score: 5 },
        { wk: 4, score: 6 },
      ],
    },
    update: {
      $push: {
        quizzes: {
          $each: [
            { wk: 5, score: 8 },
            { wk: 6, score: 7 },
            { wk: 7, score: 6 },
          ],
          $sort: { score: -1 },
          $slice: 3,
        },
      },
    },
    after: {
      _id: 5,
      quizzes: [
        { wk: 1, score: 10 },
        { wk: 2, score: 8 },
        { wk: 5, score: 8 },
      ],
    },
  },
  {
    page: 'reference/operator/update/position',
    before: { _id: 1, scores: [100] },
    update: { $push: { scores: { $each: [50, 60, 70], $position: 0 } } },
    after: { _id: 1, scores: [50, 60, 70, 100] },
  },
  {
    page: 'reference/operator/update/position',
    before: { _id: 3, scores: [50, 60, 20, 30, 70, 100] },
    update: { $push: { scores: { $each: [90, 80], $position: -2 } } },
    after: { _id: 3, scores: [50, 60, 20, 30, 90, 80, 70, 100] },
  },
  {
    page: 'reference/operator/update/slice',
    before: { _id: 1, scores: [40, 50, 60] },
    update: { $push: { scores: { $each: [80, 78, 86], $slice: -5 } } },
    after: { _id: 1, scores: [50, 60, 80, 78, 86] },
  },
  {
    page: 'reference/operator/update/sort',
    before: { _id: 2, tests: [89, 70, 89, 50] },
    update: { $push: { tests: { $each: [40, 60], $sort: 1 } } },
    after: { _id: 2, tests: [40, 50, 60, 70, 89, 89] },
  },
  { page: 'reference/operator/update/push', before: { _id: 1, a: 'x' }, update: { $push: { a: 1 } }, after: 2 },
  {
    page: 'reference/operator/update/pull',
    before: { _id: 1, fruits: ['apples', 'pears', 'oranges', 'grapes', 'bananas'], vegetables: ['carrots', 'celery'] },
    update: { $pull: { fruits: { $in: ['apples', 'oranges'] }, vegetables: 'carrots' } },
    after: { _id: 1, fruits: ['pears', 'grapes', 'bananas'], vegetables: ['celery'] },
  },
  {
    page: 'reference/operator/update/pull',
    before: { _id: 1, votes: [3, 5, 6, 7, 7, 8] },
    update: { $pull: { votes: { $gte: 6 } } },
    after: { _id: 1, votes: [3, 5] },
  },
  {
    page: 'reference/operator/update/pull',
    before: {
      _id: 1,
      results: [
        { item: 'A', score: 5 },
        { item: 'B', score: 8 },
      ],
    },
    update: { $pull: { results: { score: 8, item: 'B' } } },
    after: { _id: 1, results: [{ item: 'A', score: 5 }] },
  },
  {
    page: 'reference/operator/update/pull',
    before: {
      _id: 1,
      results: [
        {
          item: 'A',
          answers: [
            { q: 1, a: 4 },
            { q: 2, a: 6 },
          ],
        },
        {
          item: 'B',
          answers: [
            { q: 1, a: 8 },
            { q: 2, a: 9 },
          ],
        },
      ],
    },
    update: { $pull: { results: { answers: { $elemMatch: { q: 2, a: { $gte: 8 } } } } } },
    after: {
      _id: 1,
      results: [
        {
          item: 'A',
          answers: [
            { q: 1, a: 4 },
            { q: 2, a: 6 },
          ],
        },
      ],
    },
  },
  {
    page: 'reference/operator/update/pullAll',
    before: { _id: 1, scores: [0, 2, 5, 5, 1, 0] },
    update: { $pullAll: { scores: [0, 5] } },
    after: { _id: 1, scores: [2, 1] },
  },
  {
    page: 'reference/operator/update/pop',
    before: { _id: 1, scores: [8, 9, 10], b: [1, 2] },
    update: { $pop: { scores: -1, b: 1 } },
    after: { _id: 1, scores: [9, 10], b: [1] },
  },
  { page: 'reference/operator/update/pop', before: { _id: 1, a: 1 }, update: { $pop: { a: 1 } }, after: 14 },
  {
    page: 'reference/operator/update/pop: a path through a scalar',
    before: { _id: 1, a: 5 },
    update: { $pop: { 'a.b': 1 } },
    after: 28,
  },
  {
    page: 'reference/operator/update/pull: a path through a scalar',
    before: { _id: 1, a: [1] },
    update: { $pull: { 'a.b': 1 } },
    after: 28,
  },
  {
    page: 'reference/operator/update/bit',
    before: { _id: 1, expdata: 13, b: 3, c: 1 },
    update: { $bit: { expdata: { and: 10 }, b: { or: 5 }, c: { xor: 5 } } },
    after: { _id: 1, expdata: 8, b: 7, c: 4 },
  },
  {
    page: 'reference/operator/update: conflicts',
    before: { _id: 1 },
    update: { $set: { a: 1 }, $inc: { a: 1 } },
    after: 40,
  },
  { page: 'reference/operator/update: conflicts', before: { _id: 1 }, update: { $set: { a: 1, 'a.b': 1 } }, after: 40 },
  { page: 'core/document: _id is immutable', before: { _id: 1 }, update: { $set: { _id: 2 } }, after: 66 },
  { page: 'core/document: _id is immutable', before: { _id: 1 }, update: { $unset: { _id: 1 } }, after: 66 },
  { page: 'core/document: _id is immutable', before: { _id: 1 }, update: { _id: 2, a: 1 }, after: 66 },
  {
    page: 'reference/method/db.collection.replaceOne',
    before: { _id: 1, a: 1, b: 2 },
    update: { c: 3 },
    after: { _id: 1, c: 3 },
  },
  { page: 'reference/command/update', before: { _id: 1 }, update: { $foo: { a: 1 } }, after: 9 },
  { page: 'reference/command/update', before: { _id: 1 }, update: { a: 1, $set: { b: 1 } }, after: 52 },
  { page: 'reference/operator/update: empty names', before: { _id: 1 }, update: { $set: { 'a..b': 1 } }, after: 56 },
  {
    page: 'reference/operator/update/setOnInsert',
    before: { _id: 1 },
    update: { $setOnInsert: { a: 1 } },
    after: { _id: 1 },
  },
]

for (const [index, one] of CASES.entries()) {
  const outcome = typeof one.after === 'number' ? `fails with ${one.after}` : 'gives what the manual says'
  test(`${index}: ${show(fromJs(one.update))} on ${show(fromJs(one.before))} ${outcome}`, () => {
    if (typeof one.after === 'number') {
      assert.throws(() => updated(one), { name: 'StoreError', code: one.after })
      return
    }
    const after = updated(one)
    assert.equal(show(after), show(docFrom(one.after)))
    assert.deepEqual(encodeDoc(after), encodeDoc(docFrom(one.after)))
  })
}

test('an update that changes nothing gives back the very same document', () => {
  const doc = docFrom({ _id: 1, a: [1, { b: 2 }], n: 5 })
  for (const update of [
    { $set: { 'a.1.b': 2 } },
    { $inc: { n: 0 } },
    { $unset: { z: 1, 'n.x': 1 } },
    { $pull: { a: 9, 'z.y': 1 } },
    { $addToSet: { a: 1 } },
    { $min: { n: 7 } },
    { _id: 1, a: [1, { b: 2 }], n: 5 },
  ]) {
    assert.equal(compileUpdate(fromJs(update), { now }).apply(doc), doc)
  }
})

test('parts that an update does not touch keep their exact types', () => {
  const doc = docFrom({ _id: 1, d: double(5), l: 7n, n: { d: double(1), i: 1 } })
  const after = compileUpdate(fromJs({ $set: { 'n.i': 2 } }), { now }).apply(doc)
  assert.deepEqual([typeNameOf(after.get('d')), typeNameOf(after.get('l'))], ['double', 'long'])
  assert.equal(show(doc), show(docFrom({ _id: 1, d: double(5), l: 7n, n: { d: double(1), i: 1 } })))
})

test('an upsert starts from the equalities of its filter (reference/method/db.collection.update: upsert)', () => {
  const upserted = (filter: Plain, update: Plain) =>
    upsertedDoc(docFrom(filter), compileUpdate(fromJs(update), { now }))
  const expected = docFrom({ _id: 7, a: 1, b: { c: 2 }, d: 3, f: 1 })
  const filter = { b: { $gt: 0 }, 'b.c': 2, a: { $eq: 1 }, $and: [{ _id: 7 }, { d: { $in: [3] } }] }
  assert.throws(() => upserted({ a: 1, 'a.b': 2 }, { $set: { f: 1 } }), { code: 54 })
  assert.equal(show(upserted(filter, { $set: { f: 1 } })), show(expected))
  assert.equal(show(upserted({ _id: 7, a: 1 }, { z: 1 })), show(docFrom({ _id: 7, z: 1 })))
  assert.equal(
    show(upserted({ _id: 7 }, { $setOnInsert: { a: 1 }, $inc: { n: 2 } })),
    show(docFrom({ _id: 7, a: 1, n: 2 })),
  )
  assert.equal([...upserted({ a: 1 }, { $set: { b: 1 } }).keys()].join(), '_id,a,b')
})

test('paths named like parts of JavaScript objects are plain fields', () => {
  const doc = docFrom({ _id: 1 })
  const fields: Doc = new Map([
    ['__proto__.polluted', 1],
    ['constructor.prototype.polluted', 1],
  ])
  const after = compileUpdate(new Map([['$set', fields]]), { now }).apply(doc)
  assert.equal('polluted' in {}, false)
  assert.deepEqual([...after.keys()], ['_id', '__proto__', 'constructor'])
})
