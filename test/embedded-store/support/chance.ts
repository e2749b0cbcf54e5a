import { Decimal128, Double, Int32, Long, ObjectId } from 'bson'

/** Plain documents, queries, updates and pipelines drawn from a seed: the same seed gives the same ones. */
export type Plain = Record<string, unknown>

/** Draws from a seed (mulberry32). */
export class Chance {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** From 0 up to but without 1. */
  fraction(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = this.state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  below(count: number): number {
    return Math.floor(this.fraction() * count)
  }

  one<T>(...choices: T[]): T {
    return choices[this.below(choices.length)]!
  }

  maybe(share: number): boolean {
    return this.fraction() < share
  }

  many<T>(least: number, most: number, draw: () => T): T[] {
    return Array.from({ length: least + this.below(most - least + 1) }, draw)
  }
}

const TEXTS = ['', 'a', 'B', 'abc', 'می‌شود', 'خبر', '\u{1f600}', '\uffee', 'x y']

/** A value without parts; few different ones, so that documents meet. */
export function scalar(chance: Chance): unknown {
  switch (chance.below(14)) {
    case 0:
      return null
    case 1:
      return chance.maybe(0.5)
    case 2:
    case 3:
      return chance.one(...TEXTS)
    case 4:
      return new Double(chance.one(0, 1, 2, 2.5, -1, 1e20, 0.1, Number.NaN, Number.POSITIVE_INFINITY, -0))
    case 5:
      return Long.fromBigInt(chance.one(1n, 2n, 5n, 2n ** 53n + 1n, -3n, 2n ** 62n))
    case 6:
      return Decimal128.fromString(chance.one('1', '2.50', '0.1', '-3', '1E+3', 'NaN'))
    case 7:
      return new Date(chance.one(0, 1000, 86_400_000, 1_710_966_600_000, -5))
    case 8:
      return new ObjectId(`0000000000000000000000${chance.one('0a', '0b', 'ff')}`)
    default:
      return new Int32(chance.below(6) - 1)
  }
}

/** A value of any shape, three levels deep at most. */
export function value(chance: Chance, depth = 0): unknown {
  const kind = chance.below(depth > 2 ? 6 : 10)
  if (kind < 6) return scalar(chance)
  if (kind < 8) return chance.many(0, 3, () => value(chance, depth + 1))
  return document(chance, depth + 1)
}

const NAMES = ['a', 'b', 'c', 'd']

/** A document with a few of the names that queries ask for. */
export function document(chance: Chance, depth = 0): Plain {
  const doc: Plain = {}
  for (const name of NAMES) if (chance.maybe(0.6)) doc[name] = value(chance, depth)
  return doc
}

function path(chance: Chance): string {
  return chance.one('a', 'b', 'c', 'd', 'a', 'b', 'a.b', 'b.a', 'a.c', 'c.0', 'a.0.b', 'a.b.c')
}

const TYPES = [
  'double',
  'string',
  'object',
  'array',
  'bool',
  'date',
  'null',
  'int',
  'long',
  'decimal',
  'number',
  'objectId',
]

function operators(chance: Chance, depth: number): Plain {
  switch (chance.below(13)) {
    case 0:
      return { $in: chance.many(0, 4, () => value(chance, 2)) }
    case 1:
      return { $nin: chance.many(1, 3, () => value(chance, 2)) }
    case 2:
      return { $exists: chance.maybe(0.5) }
    case 3:
      return { $type: chance.one(...TYPES) }
    case 4:
      return { $size: chance.below(4) }
    case 5:
      return { $all: chance.many(0, 2, () => value(chance, 2)) }
    case 6:
      return depth > 1 ? { $ne: scalar(chance) } : { $not: operators(chance, depth + 1) }
    case 7:
      return { $elemMatch: chance.maybe(0.5) ? operators(chance, depth + 2) : filter(chance, depth + 2) }
    case 8:
      return { $mod: [chance.one(2, 3), chance.below(2)] }
    case 9:
      return { $gte: scalar(chance), $lt: scalar(chance) }
    case 10:
      return { $regex: chance.one('^a', 'خ', 'b$', '.') }
    default:
      return { [chance.one('$eq', '$ne', '$gt', '$gte', '$lt', '$lte')]: value(chance, 2) }
  }
}

/** A filter of the query language. */
export function filter(chance: Chance, depth = 0): Plain {
  const query: Plain = {}
  for (const [name, condition] of chance.many(
    1,
    depth > 0 ? 1 : 2,
    () => [path(chance), chance.maybe(0.4) ? value(chance, 2) : operators(chance, depth)] as const,
  )) {
    query[name] = condition
  }
  if (depth < 2 && chance.maybe(0.15)) {
    query[chance.one('$and', '$or', '$nor')] = chance.many(1, 3, () => filter(chance, depth + 1))
  }
  return query
}

/** A sort that leaves no two documents equal. */
export function sort(chance: Chance): Plain {
  const order: Plain = {}
  for (const name of chance.many(0, 2, () => chance.one('a', 'b', 'c', 'a.b'))) order[name] = chance.one(1, -1)
  return { ...order, _id: chance.one(1, -1) }
}

/** A projection of a find. */
export function projection(chance: Chance): Plain {
  switch (chance.below(6)) {
    case 0:
      return { [path(chance).replace(/\.\d/g, '')]: 0 }
    case 1:
      return { a: { $slice: chance.one<unknown>(1, -2, [1, 2], [-2, 1]) } }
    case 2:
      return { a: { $elemMatch: filter(chance, 2) } }
    case 3:
      return { x: expression(chance), a: 1 }
    default: {
      const fields: Plain = {}
      for (const name of chance.many(1, 2, () => chance.one('a', 'b', 'c', 'd'))) fields[name] = 1
      return chance.maybe(0.3) ? { ...fields, _id: 0 } : { ...fields, 'e.f': 1 }
    }
  }
}

function assignments(chance: Chance, draw: () => unknown): Plain {
  const fields: Plain = {}
  for (const name of chance.many(1, 2, () => chance.one('a', 'b', 'c', 'd', 'a.b', 'b.c', 'c.0', 'a.$[]', 'e.f')))
    fields[name] = draw()
  return fields
}

/** An update by operators; many fail on many documents, as they should. */
export function update(chance: Chance): Plain {
  const change: Plain = {}
  for (const name of chance.many(1, 2, () => chance.below(12))) {
    if (name < 3) change.$set = assignments(chance, () => value(chance, 1))
    else if (name === 3) change.$unset = assignments(chance, () => '')
    else if (name === 4) change.$inc = assignments(chance, () => new Int32(chance.below(5) - 2))
    else if (name === 5)
      change.$mul = assignments(chance, () => chance.one<unknown>(2, new Double(0.5), Long.fromNumber(3)))
    else if (name === 6) change[chance.one('$min', '$max')] = assignments(chance, () => scalar(chance))
    else if (name === 7)
      change.$push = assignments(chance, () => (chance.maybe(0.5) ? value(chance, 2) : pushed(chance)))
    else if (name === 8) change.$addToSet = assignments(chance, () => value(chance, 2))
    else if (name === 9)
      change.$pull = assignments(chance, () => (chance.maybe(0.5) ? scalar(chance) : { $gte: scalar(chance) }))
    else if (name === 10) change.$pop = assignments(chance, () => chance.one(1, -1))
    else change.$rename = { [chance.one('a', 'b.c', 'd')]: chance.one('c', 'e', 'a.d') }
  }
  return change
}

function pushed(chance: Chance): Plain {
  const push: Plain = { $each: chance.many(0, 3, () => value(chance, 2)) }
  if (chance.maybe(0.4)) push.$slice = chance.below(7) - 3
  if (chance.maybe(0.4)) push.$sort = chance.one<unknown>(1, -1, { b: 1 })
  if (chance.maybe(0.4)) push.$position = chance.below(5) - 2
  return push
}

function field(chance: Chance): string {
  return `$${chance.one('a', 'b', 'c', 'd', 'a.b', 'b.a', 'a.b.c')}`
}

/** An expression that seldom fails. */
export function expression(chance: Chance, depth = 0): unknown {
  if (depth > 2) return chance.maybe(0.7) ? field(chance) : { $literal: scalar(chance) }
  const inner = () => expression(chance, depth + 1)
  const list = () => {
    const asked = field(chance)
    return { $cond: [{ $isArray: [asked] }, asked, []] }
  }
  switch (chance.below(13)) {
    case 0:
      return { [chance.one('$eq', '$ne', '$gt', '$gte', '$lt', '$lte', '$cmp')]: [inner(), inner()] }
    case 1:
      return { [chance.one('$and', '$or')]: [inner(), inner()] }
    case 2:
      return { $cond: [inner(), inner(), inner()] }
    case 3:
      return { $ifNull: [inner(), inner()] }
    case 4:
      return { [chance.one('$sum', '$avg', '$min', '$max')]: [inner(), inner(), field(chance)] }
    case 5:
      return { $type: inner() }
    case 6:
      return { $map: { input: { $cond: [{ $isArray: '$a' }, '$a', []] }, in: { v: '$$this', w: inner() } } }
    case 7:
      return {
        $filter: { input: { $cond: [{ $isArray: '$b' }, '$b', []] }, as: 'x', cond: { $gte: ['$$x', inner()] } },
      }
    case 8:
      return { x: inner(), y: [inner(), field(chance)] }
    case 9:
      return { $add: [{ $cond: [{ $isNumber: field(chance) }, 2, 3] }, new Double(0.5), { $sum: field(chance) }] }
    case 10:
      return { [chance.one('$size', '$reverseArray', '$first')]: list() }
    case 11:
      return {
        $convert: {
          input: inner(),
          to: chance.one('string', 'bool', 'int', 'double', 'long'),
          onError: 'no',
          onNull: null,
        },
      }
    default:
      return field(chance)
  }
}

function stage(chance: Chance): Plain {
  switch (chance.below(8)) {
    case 0:
      return { $match: filter(chance) }
    case 1:
      return { $set: { x: expression(chance), 'a.z': expression(chance) } }
    case 2:
      return { $project: { _id: 1, a: 1, y: expression(chance) } }
    case 3:
      return {
        $unwind: chance.one<unknown>('$a', '$b', {
          path: '$c',
          includeArrayIndex: 'i',
          preserveNullAndEmptyArrays: true,
        }),
      }
    case 4:
      return { $unset: chance.one<unknown>('a', ['b.a', 'c']) }
    case 5:
      return { $replaceRoot: { newRoot: { _id: '$_id', a: '$b', b: '$$ROOT' } } }
    case 6:
      return {
        $lookup: {
          from: 'other',
          localField: chance.one('a', 'b', 'a.b'),
          foreignField: chance.one('a', 'b', 'a.b'),
          as: 'l',
        },
      }
    default:
      return { $match: { $expr: expression(chance) } }
  }
}

/** A pipeline; the order of its results is not always given. */
export function pipeline(chance: Chance): Plain[] {
  const stages = chance.many(1, 3, () => stage(chance))
  if (chance.maybe(0.5)) {
    stages.push({
      $group: {
        _id: expression(chance, 2),
        n: { $sum: 1 },
        s: { $sum: field(chance) },
        m: { $avg: field(chance) },
        lo: { $min: field(chance) },
        hi: { $max: field(chance) },
      },
    })
  }
  return stages
}
