import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Decimal128, Int32, ObjectId, Timestamp } from 'bson'
import fc from 'fast-check'
import { compileExpression } from '../../server/embedded-store/expressions.ts'
import { localOf, momentOf, zoneOf } from '../../server/embedded-store/time.ts'
import { show, typeNameOf, type Value } from '../../server/embedded-store/values.ts'
import { docFrom, double, fromJs } from './support/values.ts'

type Plain = Record<string, unknown>

const now = new Date('2026-11-24T09:00:00Z')
const d = (text: string) => Decimal128.fromString(text)
const date = (text: string) => new Date(text)
/** A `$switch` branch: `then` is spelled through a map, since a plain object with it looks like a promise. */
const branch = (when: unknown, result: unknown) =>
  new Map<string, Value>([
    ['case', fromJs(when)],
    ['then', fromJs(result)],
  ])

function evaluated(expression: unknown, doc: Plain = {}): Value | undefined {
  return compileExpression(fromJs(expression), { now })(docFrom(doc))
}

/** A value with its type, so that 1, 1.0 and Long 1 differ. */
function typed(value: Value | undefined): string {
  return `${typeNameOf(value)} ${show(value)}`
}

const MISSING = Symbol('missing')

/** Rows: the page of MongoDB's manual (under reference/operator/aggregation), expression, document, expected value. */
const CASES: [page: string, expression: unknown, doc: Plain, expected: unknown][] = [
  ['add', { $add: ['$price', '$fee'] }, { price: 10, fee: 2 }, 12],
  ['add: wider type', { $add: [1, 2n, double(3)] }, {}, double(6)],
  ['add: int overflow', { $add: [2_147_483_647, 1] }, {}, 2_147_483_648n],
  ['add: long overflow', { $add: [2n ** 63n - 1n, 1] }, {}, 2 ** 63],
  ['add: decimal', { $add: [d('0.1'), d('0.2')] }, {}, d('0.3')],
  [
    'add: dates',
    { $add: ['$d', 3 * 24 * 60 * 60000] },
    { d: date('2014-03-01T08:00:00Z') },
    date('2014-03-04T08:00:00Z'),
  ],
  ['add: null', { $add: ['$x', 1] }, {}, null],
  [
    'subtract: dates',
    { $subtract: ['$a', '$b'] },
    { a: date('2014-03-01T10:00:00Z'), b: date('2014-03-01T09:00:00Z') },
    3_600_000n,
  ],
  ['subtract', { $subtract: [5, 7] }, {}, -2],
  ['multiply', { $multiply: [3, double(1.5)] }, {}, 4.5],
  ['divide: always a double', { $divide: [6, 3] }, {}, double(2)],
  ['mod', { $mod: [80, 7] }, {}, 3],
  ['mod: sign', { $mod: [-7, 4] }, {}, -3],
  ['mod: doubles', { $mod: [5.5, 2] }, {}, 1.5],
  ['abs', { $abs: -5n }, {}, 5n],
  ['ceil', { $ceil: 7.2 }, {}, double(8)],
  ['floor', { $floor: -2.8 }, {}, double(-3)],
  ['pow', { $pow: [5, 2] }, {}, 25],
  ['pow: negative exponent', { $pow: [5, -2] }, {}, 0.04],
  ['sqrt', { $sqrt: 25 }, {}, double(5)],
  ['round: half to even', { $round: [10.5, 0] }, {}, double(10)],
  ['round: half to even', { $round: [11.5, 0] }, {}, double(12)],
  ['round', { $round: [19.25, 1] }, {}, 19.2],
  ['round: negative place', { $round: [1234, -2] }, {}, 1200],
  ['trunc', { $trunc: [-9.89, 1] }, {}, -9.8],
  ['cmp: across types', { $cmp: ['$a', 'x'] }, { a: 5 }, -1],
  ['gt: missing is less than null', { $gt: [null, '$missing'] }, {}, true],
  ['eq', { $eq: [1, double(1)] }, {}, true],
  ['and', { $and: ['$a', 0] }, { a: 'x' }, false],
  ['and: empty', { $and: [] }, {}, true],
  ['or', { $or: [null, '$a', false] }, { a: [] }, true],
  ['not', { $not: [null] }, {}, true],
  ['cond', { $cond: [{ $gte: ['$q', 250] }, 30, 20] }, { q: 300 }, 30],
  ['cond: null branch', { $cond: [false, 1, null] }, {}, null],
  ['ifNull', { $ifNull: ['$a', '$b', 'x'] }, { b: null }, 'x'],
  ['switch', { $switch: { branches: [branch({ $gt: ['$a', 5] }, 'big'), branch(true, 'small')] } }, { a: 1 }, 'small'],
  ['literal', { $literal: '$1' }, {}, '$1'],
  [
    'let',
    { $let: { vars: { total: { $add: ['$price', '$tax'] }, rate: 0.5 }, in: { $multiply: ['$$total', '$$rate'] } } },
    { price: 10, tax: 2 },
    double(6),
  ],
  [
    'let: outer variables',
    { $let: { vars: { a: 1 }, in: { $let: { vars: { a: { $add: ['$$a', 1] } }, in: '$$a' } } } },
    {},
    2,
  ],
  ['concat', { $concat: ['$a', ' - ', 'b'] }, { a: 'x' }, 'x - b'],
  ['concat: null', { $concat: ['x', '$a'] }, {}, null],
  ['toUpper: ASCII only', { $toUpper: 'aé' }, {}, 'Aé'],
  ['substrCP', { $substrCP: ['سلام دنیا', 5, 3] }, {}, 'دنی'],
  ['substrBytes', { $substrBytes: ['جان', 0, 2] }, {}, 'ج'],
  ['strLenCP', { $strLenCP: '\u{1f600}a' }, {}, 2],
  ['strLenBytes', { $strLenBytes: 'خبر' }, {}, 6],
  ['indexOfCP', { $indexOfCP: ['خبر خوب', 'خوب'] }, {}, 4],
  ['indexOfBytes', { $indexOfBytes: ['cafeteria', 'e', 4] }, {}, 5],
  ['split', { $split: ['a-b-c', '-'] }, {}, ['a', 'b', 'c']],
  ['trim', { $trim: { input: '  \n good  bye \t' } }, {}, 'good  bye'],
  ['ltrim', { $ltrim: { input: 'ggood', chars: 'g' } }, {}, 'ood'],
  ['replaceAll', { $replaceAll: { input: 'aXbXc', find: 'X', replacement: { $literal: '$&' } } }, {}, 'a$&b$&c'],
  ['replaceOne', { $replaceOne: { input: 'aXbX', find: 'X', replacement: '' } }, {}, 'abX'],
  ['regexMatch', { $regexMatch: { input: '$t', regex: /LINE/, options: 'i' } }, { t: 'a line' }, true],
  [
    'regexFind',
    { $regexFind: { input: 'یک دو ۱۲', regex: '(\\p{Nd}+)' } },
    {},
    { match: '۱۲', idx: 6, captures: ['۱۲'] },
  ],
  [
    'regexFindAll',
    { $regexFindAll: { input: 'a1b22', regex: /\d+/ } },
    {},
    [
      { match: '1', idx: 1, captures: [] },
      { match: '22', idx: 3, captures: [] },
    ],
  ],
  ['strcasecmp', { $strcasecmp: ['13Q1', '13q4'] }, {}, -1],
  ['arrayElemAt', { $arrayElemAt: [[1, 2, 3], -1] }, {}, 3],
  ['arrayElemAt: beyond', { $arrayElemAt: [[1], 5] }, {}, MISSING],
  ['first', { $first: '$a' }, { a: [3, 4] }, 3],
  ['last', { $last: { $literal: [3, 4] } }, {}, 4],
  ['concatArrays', { $concatArrays: [[1], [2, 3]] }, {}, [1, 2, 3]],
  ['filter', { $filter: { input: '$a', as: 'x', cond: { $gte: ['$$x', 2] }, limit: 1 } }, { a: [1, 2, 3] }, [2]],
  ['map', { $map: { input: '$a', as: 'g', in: { $add: ['$$g', 2] } } }, { a: [1, 2] }, [3, 4]],
  ['map: nested fields', { $map: { input: '$a', in: '$$this.b' } }, { a: [{ b: 1 }, {}] }, [1, null]],
  ['reduce', { $reduce: { input: ['a', 'b'], initialValue: '', in: { $concat: ['$$value', '$$this'] } } }, {}, 'ab'],
  ['slice', { $slice: [[1, 2, 3], 1, 2] }, {}, [2, 3]],
  ['slice', { $slice: [[1, 2, 3], -2] }, {}, [2, 3]],
  ['in', { $in: [double(2), '$a'] }, { a: [1, 2] }, true],
  ['size', { $size: '$a' }, { a: [1, 2] }, 2],
  ['range', { $range: [0, 10, 4] }, {}, [0, 4, 8]],
  ['reverseArray', { $reverseArray: { $literal: [1, 2] } }, {}, [2, 1]],
  ['indexOfArray', { $indexOfArray: [['a', 'abc', 'b'], 'b'] }, {}, 2],
  [
    'zip',
    { $zip: { inputs: [[1, 2], ['a']], useLongestLength: true, defaults: [0, 'z'] } },
    {},
    [
      [1, 'a'],
      [2, 'z'],
    ],
  ],
  [
    'sortArray',
    { $sortArray: { input: '$t', sortBy: { age: -1 } } },
    { t: [{ age: 1 }, { age: 3 }] },
    [{ age: 3 }, { age: 1 }],
  ],
  [
    'arrayToObject',
    {
      $arrayToObject: {
        $literal: [
          ['a', 1],
          ['b', 2],
        ],
      },
    },
    {},
    { a: 1, b: 2 },
  ],
  ['objectToArray', { $objectToArray: '$o' }, { o: { a: 1 } }, [{ k: 'a', v: 1 }]],
  ['isArray', { $isArray: '$a' }, { a: [] }, true],
  [
    'setUnion',
    {
      $setUnion: [
        ['b', 'a'],
        ['c', 'a'],
      ],
    },
    {},
    ['a', 'b', 'c'],
  ],
  [
    'setIntersection',
    {
      $setIntersection: [
        ['a', 'b'],
        ['b', 'c'],
      ],
    },
    {},
    ['b'],
  ],
  ['setDifference', { $setDifference: [['c', 'a', 'c', 'b'], ['a']] }, {}, ['c', 'b']],
  ['setIsSubset', { $setIsSubset: [['a'], ['a', 'b']] }, {}, true],
  [
    'setEquals',
    {
      $setEquals: [
        ['a', 'b', 'a'],
        ['b', 'a'],
      ],
    },
    {},
    true,
  ],
  ['anyElementTrue', { $anyElementTrue: [[null, false, 0]] }, {}, false],
  ['allElementsTrue', { $allElementsTrue: [[1, 'x']] }, {}, true],
  ['mergeObjects', { $mergeObjects: ['$a', { b: 3, c: 4 }] }, { a: { a: 1, b: 2 } }, { a: 1, b: 3, c: 4 }],
  ['getField', { $getField: { field: { $literal: '$p' }, input: '$o' } }, { o: new Map([['$p', new Int32(9)]]) }, 9],
  [
    'setField',
    { $setField: { field: 'a.b', input: '$$ROOT', value: 5 } },
    { x: 1 },
    new Map([
      ['x', new Int32(1)],
      ['a.b', new Int32(5)],
    ]),
  ],
  ['unsetField', { $unsetField: { field: 'x', input: '$$ROOT' } }, { x: 1, y: 2 }, { y: 2 }],
  ['type', { $type: '$a' }, {}, 'missing'],
  ['toInt', { $toInt: '$a' }, { a: 5.9 }, 5],
  ['toLong', { $toLong: '-5' }, {}, -5n],
  ['toDouble', { $toDouble: '-5.5' }, {}, -5.5],
  ['toDecimal', { $toDecimal: 2.5 }, {}, d('2.50000000000000')],
  ['toString', { $toString: 2.5 }, {}, '2.5'],
  ['toString: dates', { $toString: '$d' }, { d: date('2018-03-27T16:58:51.538Z') }, '2018-03-27T16:58:51.538Z'],
  [
    'toString: object ids',
    { $toString: '$i' },
    { i: new ObjectId('5ab9c3da31c2ab715d421285') },
    '5ab9c3da31c2ab715d421285',
  ],
  ['toBool', { $toBool: 'false' }, {}, true],
  ['toDate', { $toDate: '2018-03-20 11:00:06 +0500' }, {}, date('2018-03-20T06:00:06Z')],
  [
    'toDate: object ids',
    { $toDate: '$i' },
    { i: new ObjectId('5ab9c3da31c2ab715d421285') },
    date('2018-03-27T04:08:58Z'),
  ],
  ['toObjectId', { $toObjectId: '5ab9cbfa31c2ab715d42129e' }, {}, new ObjectId('5ab9cbfa31c2ab715d42129e')],
  ['convert', { $convert: { input: 'x', to: 'int', onError: 'bad' } }, {}, 'bad'],
  ['convert', { $convert: { input: '$n', to: 'int', onNull: 0 } }, {}, 0],
  ['convert: a type that nothing becomes', { $convert: { input: 1.9, to: 'minKey', onError: 'no' } }, {}, 'no'],
  ['round: decimals get their places', { $round: [d('1.5'), 3] }, {}, d('1.500')],
  ['round: the exact value counts', { $round: [2.675, 2] }, {}, 2.67],
  ['floor: decimals', { $floor: d('-1.5') }, {}, d('-2')],
  ['bsonSize', { $bsonSize: '$$ROOT' }, { a: 1 }, 12],
  [
    'dateToString',
    { $dateToString: { date: '$d' } },
    { d: date('2014-01-01T08:15:39.736Z') },
    '2014-01-01T08:15:39.736Z',
  ],
  [
    'dateToString',
    {
      $dateToString: {
        format: '%Y-%m-%d %H:%M:%S:%L %j %w %u %U %V %G %z %Z',
        date: '$d',
        timezone: 'America/New_York',
      },
    },
    { d: date('2014-01-01T08:15:39.736Z') },
    '2014-01-01 03:15:39:736 001 4 3 00 01 2014 -0500 -300',
  ],
  [
    'dateToString',
    { $dateToString: { format: '%H:%M:%S %z', date: '$d', timezone: '+0430' } },
    { d: date('2014-01-01T08:15:39.736Z') },
    '12:45:39 +0430',
  ],
  ['dateToString: onNull', { $dateToString: { date: '$d', onNull: '-' } }, {}, '-'],
  [
    'dateFromString',
    { $dateFromString: { dateString: '2017-02-08T12:10:40.787' } },
    {},
    date('2017-02-08T12:10:40.787Z'),
  ],
  [
    'dateFromString',
    { $dateFromString: { dateString: '2017-02-08', timezone: 'America/New_York' } },
    {},
    date('2017-02-08T05:00:00Z'),
  ],
  [
    'dateFromString',
    { $dateFromString: { dateString: '06-15-2018', format: '%m-%d-%Y' } },
    {},
    date('2018-06-15T00:00:00Z'),
  ],
  [
    'dateFromString',
    { $dateFromString: { dateString: '15-6-2018', format: '%d-%m-%Y', timezone: 'Asia/Tehran' } },
    {},
    date('2018-06-14T19:30:00Z'),
  ],
  ['dateFromString: onError', { $dateFromString: { dateString: '23 Elfter', onError: 'no' } }, {}, 'no'],
  [
    'dateToParts',
    { $dateToParts: { date: '$d', timezone: 'America/New_York', iso8601: true } },
    { d: date('2017-01-01T01:29:09.123Z') },
    { isoWeekYear: 2016, isoWeek: 52, isoDayOfWeek: 6, hour: 20, minute: 29, second: 9, millisecond: 123 },
  ],
  ['dateFromParts', { $dateFromParts: { year: 2017, month: 14, day: 1, hour: 12 } }, {}, date('2018-02-01T12:00:00Z')],
  [
    'dateFromParts: iso',
    { $dateFromParts: { isoWeekYear: 2017, isoWeek: 6, isoDayOfWeek: 4, hour: 12 } },
    {},
    date('2017-02-09T12:00:00Z'),
  ],
  [
    'dateFromParts: timezone',
    {
      $dateFromParts: {
        year: 2016,
        month: 12,
        day: 31,
        hour: 23,
        minute: 46,
        second: 12,
        timezone: 'America/New_York',
      },
    },
    {},
    date('2017-01-01T04:46:12Z'),
  ],
  [
    'dateAdd',
    { $dateAdd: { startDate: '$d', unit: 'month', amount: 1 } },
    { d: date('2021-01-31T12:10:05Z') },
    date('2021-02-28T12:10:05Z'),
  ],
  [
    'dateAdd: days over a change of clocks',
    { $dateAdd: { startDate: '$d', unit: 'day', amount: 1, timezone: 'America/New_York' } },
    { d: date('2021-03-13T17:00:00Z') },
    date('2021-03-14T16:00:00Z'),
  ],
  [
    'dateSubtract',
    { $dateSubtract: { startDate: '$d', unit: 'hour', amount: 3 } },
    { d: date('2020-12-31T12:10:05Z') },
    date('2020-12-31T09:10:05Z'),
  ],
  [
    'dateDiff',
    { $dateDiff: { startDate: '$a', endDate: '$b', unit: 'month' } },
    { a: date('2020-12-31T23:00:00Z'), b: date('2021-01-01T00:00:00Z') },
    1n,
  ],
  [
    'dateDiff: weeks',
    { $dateDiff: { startDate: '$a', endDate: '$b', unit: 'week', startOfWeek: 'monday' } },
    { a: date('2021-01-23T00:00:00Z'), b: date('2021-01-25T00:00:00Z') },
    1n,
  ],
  [
    'dateDiff: days in a zone',
    { $dateDiff: { startDate: '$a', endDate: '$b', unit: 'day', timezone: 'Asia/Tehran' } },
    { a: date('2024-03-20T20:00:00Z'), b: date('2024-03-20T21:00:00Z') },
    1n,
  ],
  [
    'dateTrunc',
    { $dateTrunc: { date: '$d', unit: 'week', startOfWeek: 'monday', timezone: 'America/Los_Angeles' } },
    { d: date('2021-03-20T11:30:05Z') },
    date('2021-03-15T07:00:00Z'),
  ],
  [
    'dateTrunc',
    { $dateTrunc: { date: '$d', unit: 'month', binSize: 6 } },
    { d: date('2020-12-15T00:00:00Z') },
    date('2020-07-01T00:00:00Z'),
  ],
  [
    'dateTrunc: Tehran',
    { $dateTrunc: { date: '$d', unit: 'day', timezone: 'Asia/Tehran' } },
    { d: date('2024-03-20T20:29:59Z') },
    date('2024-03-19T20:30:00Z'),
  ],
  [
    'dateTrunc: Tehran in summer time',
    { $dateTrunc: { date: '$d', unit: 'day', timezone: 'Asia/Tehran' } },
    { d: date('2021-06-20T19:30:00Z') },
    date('2021-06-20T19:30:00Z'),
  ],
  [
    'week',
    [
      { $week: '$d' },
      { $isoWeek: '$d' },
      { $isoWeekYear: '$d' },
      { $dayOfYear: '$d' },
      { $dayOfWeek: '$d' },
      { $isoDayOfWeek: '$d' },
    ],
    { d: date('2016-01-01T00:00:00Z') },
    [0, 53, 2015n, 1, 6, 5],
  ],
  [
    'year',
    [
      { $year: '$d' },
      { $month: '$d' },
      { $dayOfMonth: '$d' },
      { $hour: '$d' },
      { $minute: '$d' },
      { $second: '$d' },
      { $millisecond: '$d' },
    ],
    { d: date('2014-01-02T08:15:39.736Z') },
    [2014, 1, 2, 8, 15, 39, 736],
  ],
  ['hour: timezone', { $hour: { date: '$d', timezone: 'Asia/Tehran' } }, { d: date('2024-01-01T00:00:00Z') }, 3],
  ['dayOfMonth: timestamps', { $dayOfMonth: '$t' }, { t: new Timestamp({ t: 1421006159, i: 4 }) }, 11],
  ['sum: of an array', { $sum: '$a' }, { a: [1, 2, 'x'] }, 3],
  ['sum: of arguments', { $sum: ['$a', '$b'] }, { a: 1, b: 2.5 }, 3.5],
  ['avg', { $avg: '$a' }, { a: [1, 2] }, 1.5],
  ['max', { $max: ['$a', 5] }, { a: 7 }, 7],
  ['min', { $min: '$a' }, { a: [3, null, 2] }, 2],
  ['maxN', { $maxN: { input: '$a', n: 2 } }, { a: [3, null, 2, 9] }, [9, 3]],
  ['firstN', { $firstN: { input: '$a', n: 2 } }, { a: [1, 2, 3] }, [1, 2]],
  ['stdDevPop', { $stdDevPop: { $literal: [2, 4] } }, {}, double(1)],
  [
    '../../meta/aggregation-quick-reference: paths',
    '$a.b',
    { a: [{ b: 1 }, 5, { c: 1 }, [{ b: 9 }], { b: [2] }] },
    [1, [2]],
  ],
  ['../../meta/aggregation-quick-reference: missing', '$a.b.c', { a: { b: 1 } }, MISSING],
  [
    '../../meta/aggregation-quick-reference: objects',
    { x: '$a', y: '$none', z: { w: 1 } },
    { a: 1 },
    { x: 1, z: { w: 1 } },
  ],
  ['../../aggregation-variables: NOW', '$$NOW', {}, now],
  ['../../aggregation-variables: REMOVE', '$$REMOVE', {}, MISSING],
  ['bitAnd', { $bitAnd: [12, 10n] }, {}, 8n],
]

for (const [page, expression, doc, expected] of CASES) {
  test(`${show(fromJs(expression))} gives what the manual says (${page})`, () => {
    const wanted = expected === MISSING ? undefined : fromJs(expected)
    assert.equal(typed(evaluated(expression, doc)), typed(wanted))
  })
}

const FAILING: [expression: unknown, code: number][] = [
  [{ $foo: 1 }, 168],
  [{ $function: {} }, 238],
  ['$$nothing', 17276],
  ['$', 16872],
  ['$a.', 40353],
  [{ $add: ['x', 1] }, 14],
  [{ $divide: [1, 0] }, 2],
  [{ $mod: [1, 0] }, 16610],
  [{ $sqrt: -1 }, 28714],
  [{ $size: '$none' }, 17124],
  [{ $subtract: [1] }, 16020],
  [{ $toInt: 'x' }, 241],
  [{ $toInt: '5.5' }, 241],
  [{ $dateToString: { date: now, timezone: 'Nowhere/Else' } }, 40485],
  [{ $concat: [1] }, 16702],
  [{ $eq: [1, 2], $ne: [1, 2] }, 15983],
  [{ $switch: { branches: [branch(false, 1)] } }, 40066],
  [{ $in: [1, 2] }, 40081],
  [{ $arrayElemAt: [1, 0] }, 28689],
  [{ $arrayToObject: { $literal: [['a', 1], { k: 'b', v: 2 }] } }, 40391],
]

for (const [expression, code] of FAILING) {
  test(`${show(fromJs(expression))} fails with ${code}`, () => {
    assert.throws(() => evaluated(expression), { name: 'StoreError', code })
  })
}

test('$rand gives different numbers from 0 to 1', () => {
  const numbers = Array.from({ length: 50 }, () => evaluated({ $rand: {} }) as number)
  assert.ok(numbers.every((number) => number >= 0 && number < 1))
  assert.equal(new Set(numbers).size, 50)
})

test('a zone named by Intl knows its offset at every moment, also around changes of clocks', () => {
  for (const name of ['Asia/Tehran', 'America/New_York', 'Europe/Berlin', 'Asia/Kathmandu']) {
    const zone = zoneOf(name)
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: name, dateStyle: 'short', timeStyle: 'medium' })
    fc.assert(
      fc.property(fc.date({ min: date('1990-01-01'), max: date('2040-01-01'), noInvalidDate: true }), (moment) => {
        const at = Math.floor(moment.getTime() / 1000) * 1000
        const local = localOf(at, zone)
        assert.equal(new Date(local).toISOString().slice(0, 19).replace('T', ' '), format.format(at))
        assert.equal(localOf(momentOf(local, zone), zone), local)
      }),
      { numRuns: 200 },
    )
  }
})
