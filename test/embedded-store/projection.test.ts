import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileMatcher } from '../../server/embedded-store/matcher.ts'
import { compileProjection } from '../../server/embedded-store/projection.ts'
import { compileSort, sortItems } from '../../server/embedded-store/sort.ts'
import { show } from '../../server/embedded-store/values.ts'
import { docFrom, fromJs } from './support/values.ts'

type Plain = Record<string, unknown>

const now = new Date('2026-11-24T09:00:00Z')

function projected(projection: Plain, doc: Plain, query: Plain = {}): string {
  const filter = docFrom(query)
  const matched = compileMatcher(filter).matchWithPosition(docFrom(doc))
  assert.ok(matched)
  return show(compileProjection(docFrom(projection), { now }, filter).project(docFrom(doc), matched.position))
}

const item = {
  _id: 1,
  item: 'journal',
  status: 'A',
  size: { h: 14, w: 21, uom: 'cm' },
  instock: [
    { warehouse: 'A', qty: 5 },
    { warehouse: 'C', qty: 15 },
  ],
}
const players = {
  _id: 1,
  zip: '63109',
  students: [
    { name: 'john', school: 102 },
    { name: 'jess', school: 102 },
    { name: 'jeff', school: 108 },
  ],
}

/** Rows: the page of MongoDB's manual, projection, document, expected document, and the query for a positional `$`. */
const CASES: [page: string, projection: Plain, doc: Plain, expected: Plain, query?: Plain][] = [
  ['tutorial/project-fields-from-query-results', {}, item, item],
  [
    'tutorial/project-fields-from-query-results',
    { item: 1, status: 1 },
    item,
    { _id: 1, item: 'journal', status: 'A' },
  ],
  [
    'tutorial/project-fields-from-query-results: stored order',
    { status: 1, item: true, _id: 0 },
    item,
    { item: 'journal', status: 'A' },
  ],
  [
    'tutorial/project-fields-from-query-results',
    { status: 0, instock: 0 },
    item,
    { _id: 1, item: 'journal', size: item.size },
  ],
  [
    'tutorial/project-fields-from-query-results',
    { item: 1, 'size.uom': 1 },
    item,
    { _id: 1, item: 'journal', size: { uom: 'cm' } },
  ],
  ['tutorial/project-fields-from-query-results', { size: { uom: 1 } }, item, { _id: 1, size: { uom: 'cm' } }],
  [
    'tutorial/project-fields-from-query-results',
    { 'size.uom': 0, instock: 0 },
    item,
    { _id: 1, item: 'journal', status: 'A', size: { h: 14, w: 21 } },
  ],
  [
    'tutorial/project-fields-from-query-results',
    { 'instock.qty': 1, _id: 0 },
    item,
    { instock: [{ qty: 5 }, { qty: 15 }] },
  ],
  [
    'tutorial/project-fields-from-query-results',
    { item: 1, instock: { $slice: -1 } },
    item,
    { _id: 1, item: 'journal', instock: [{ warehouse: 'C', qty: 15 }] },
  ],
  [
    'tutorial/project-fields-from-query-results: aggregation',
    {
      _id: 0,
      item: 1,
      status: { $cond: [{ $eq: ['$status', 'A'] }, 'Available', 'x'] },
      area: { $multiply: ['$size.h', '$size.w'] },
      n: 'literal',
    },
    item,
    { item: 'journal', status: 'Available', area: 294, n: 'literal' },
  ],
  [
    'tutorial/project-fields-from-query-results: arrays of scalars',
    { 'a.b': 1 },
    { _id: 1, a: [1, { b: 2, c: 3 }, [{ b: 4 }], {}] },
    { _id: 1, a: [{ b: 2 }, [{ b: 4 }], {}] },
  ],
  ['tutorial/project-fields-from-query-results: scalars', { 'a.b': 1 }, { _id: 1, a: 5 }, { _id: 1 }],
  [
    'tutorial/project-fields-from-query-results: exclusion through arrays',
    { 'a.b': 0 },
    { _id: 1, a: [1, { b: 2, c: 3 }] },
    { _id: 1, a: [1, { c: 3 }] },
  ],
  [
    'reference/operator/projection/slice',
    { a: { $slice: 2 } },
    { _id: 1, a: [1, 2, 3], b: 1 },
    { _id: 1, a: [1, 2], b: 1 },
  ],
  ['reference/operator/projection/slice', { a: { $slice: [1, 1] } }, { _id: 1, a: [1, 2, 3] }, { _id: 1, a: [2] }],
  ['reference/operator/projection/slice', { a: { $slice: [-5, 2] } }, { _id: 1, a: [1, 2, 3] }, { _id: 1, a: [1, 2] }],
  [
    'reference/operator/projection/slice: nested',
    { 'd.c': { $slice: 1 } },
    { _id: 1, d: { c: [1, 2], x: 1 }, e: 1 },
    { _id: 1, d: { c: [1], x: 1 }, e: 1 },
  ],
  [
    'reference/operator/projection/slice: with _id',
    { _id: 1, a: { $slice: 1 } },
    { _id: 1, a: [1, 2], b: 1 },
    { _id: 1, a: [1] },
  ],
  [
    'reference/operator/projection/elemMatch',
    { students: { $elemMatch: { school: 102 } } },
    players,
    { _id: 1, students: [{ name: 'john', school: 102 }] },
  ],
  ['reference/operator/projection/elemMatch: none', { students: { $elemMatch: { school: 1 } } }, players, { _id: 1 }],
  [
    'reference/operator/projection/elemMatch: comes last',
    { students: { $elemMatch: { school: 108 } }, zip: 1 },
    { _id: 1, students: players.students, zip: 'z' },
    { _id: 1, zip: 'z', students: [{ name: 'jeff', school: 108 }] },
  ],
  [
    'reference/operator/projection/positional',
    { 'grades.$': 1 },
    { _id: 1, semester: 1, grades: [70, 87, 90] },
    { _id: 1, grades: [87] },
    { semester: 1, grades: { $gte: 85 } },
  ],
  [
    'reference/operator/projection/positional',
    { 'grades.$': 1 },
    {
      _id: 7,
      grades: [
        { grade: 80, mean: 75 },
        { grade: 85, mean: 90 },
      ],
    },
    { _id: 7, grades: [{ grade: 85, mean: 90 }] },
    { grades: { $elemMatch: { mean: { $gt: 75 } } } },
  ],
  [
    'reference/operator/projection/positional',
    { 'a.b.$': 1 },
    {
      _id: 1,
      a: [
        { b: 1, c: 1 },
        { b: 2, c: 2 },
      ],
    },
    { _id: 1, a: [{ b: 2 }] },
    { 'a.b': 2 },
  ],
  ['reference/command/find: only _id', { _id: 1 }, item, { _id: 1 }],
  ['reference/command/find: without _id', { _id: 0 }, { _id: 1, a: 1 }, { a: 1 }],
  [
    'reference/command/find: nested expression',
    { 'a.b': '$c', d: { e: { $add: [1, 1] } } },
    { _id: 1, a: { x: 1 }, c: 5 },
    { _id: 1, a: { b: 5 }, d: { e: 2 } },
  ],
]

for (const [page, projection, doc, expected, query] of CASES) {
  test(`${show(fromJs(projection))} projects as the manual says (${page})`, () => {
    assert.equal(projected(projection, doc, query), show(docFrom(expected)))
  })
}

const REFUSED: [projection: Plain, code: number][] = [
  [{ a: 1, b: 0 }, 31254],
  [{ a: 0, b: 1 }, 31253],
  [{ a: 0, b: { $add: [1, 1] } }, 31252],
  [{ a: 0, b: 'x' }, 31310],
  [{ a: 1, 'a.b': 1 }, 31249],
  [{ 'a.b': 1, a: 1 }, 31250],
  [{ a: {} }, 51270],
  [{ 'x.$': 1, 'y.$': 1 }, 31276],
  [{ 'a.$': 0 }, 31395],
  [{ 'a.b': { $elemMatch: { c: 1 } } }, 31275],
  [{ a: { $elemMatch: 5 } }, 31274],
  [{ a: { $slice: [1, -1] } }, 31259],
  [{ a: { $foo: 1 } }, 168],
  [{ $a: 1 }, 16410],
]

for (const [projection, code] of REFUSED) {
  test(`${show(fromJs(projection))} is refused with ${code}`, () => {
    assert.throws(() => compileProjection(docFrom(projection), { now }), { name: 'StoreError', code })
  })
}

test('a positional projection whose query says nothing of the array is refused (31277), one that finds no element too (51246)', () => {
  assert.throws(() => projected({ 'a.$': 1 }, { a: [1] }), { code: 31277 })
  assert.throws(() => projected({ 'a.$': 1 }, { a: [1] }, { a: { $ne: 5 } }), { code: 51246 })
})

test('the fields that a projection reads are known', () => {
  const needs = (projection: Plain) => compileProjection(docFrom(projection), { now }).needs
  assert.deepEqual(needs({ a: 1, 'b.c': 1, d: '$e.f' }), new Set(['_id', 'a', 'b', 'd', 'e']))
  assert.equal(needs({ a: 0 }), undefined)
  assert.equal(needs({ a: '$$ROOT' }), undefined)
})

function sorted(sort: Plain, docs: Plain[], limit?: number): string {
  return [...sortItems(docs.map(docFrom), compileSort(docFrom(sort)), limit)]
    .map((doc) => String(doc.get('n')))
    .join('')
}

test('sorting takes the least or greatest element of arrays (reference/method/cursor.sort)', () => {
  const docs = [
    { n: 'a', x: [5, 1] },
    { n: 'b', x: 3 },
    { n: 'c', x: [] },
    { n: 'd' },
    { n: 'e', x: null },
    { n: 'f', x: [2, 9] },
  ]
  assert.equal(sorted({ x: 1 }, docs), 'cdeafb')
  assert.equal(sorted({ x: -1 }, docs), 'fabdec')
  assert.equal(sorted({ x: -1 }, docs, 2), 'fa')
  const nested = [
    { n: 'a', x: [{ y: 4 }, { y: 2 }] },
    { n: 'b', x: [{ y: 3 }] },
    { n: 'c', x: [{}] },
  ]
  assert.equal(sorted({ 'x.y': 1 }, nested), 'cab')
  assert.equal(sorted({ 'x.y': -1 }, nested), 'abc')
})

test('a compound sort takes the fields of one array from the same element', () => {
  const docs = [
    {
      n: 'a',
      x: [
        { y: 1, z: 9 },
        { y: 2, z: 0 },
      ],
    },
    { n: 'b', x: [{ y: 1, z: 5 }] },
  ]
  assert.equal(sorted({ 'x.y': 1, 'x.z': 1 }, docs), 'ba')
  assert.throws(() => sorted({ x: 1, y: 1 }, [{ n: 'a', x: [1], y: [2] }]), { code: 2 })
})

test('a sort with a limit gives the beginning of the whole sort', () => {
  const docs = Array.from({ length: 200 }, (_, index) => ({ n: `${(index * 7919) % 100}.`, x: (index * 7919) % 100 }))
  for (const limit of [1, 7, 199, 500]) {
    assert.equal(
      sorted({ x: -1 }, docs, limit),
      sorted({ x: -1 }, docs)
        .split('.')
        .slice(0, limit)
        .map((n) => n && `${n}.`)
        .join(''),
    )
  }
})
