import { ObjectId, Timestamp } from 'bson'
import { formatDate, formatOf, parseWithFormat } from './date-format.ts'
import { dateMath, type Unit, unitOf, weekdayOf } from './date-math.ts'
import { fail, StoreError } from './errors.ts'
import {
  type Builder,
  type Expression,
  isNullish,
  namedArguments,
  optionalArgument,
  type Scope,
} from './expression-types.ts'
import { dateAt } from './expressions-arithmetic.ts'
import {
  dayOfYear,
  isoWeek,
  isoWeekStart,
  localOf,
  momentOf,
  parseIsoDate,
  partsOfLocal,
  utcOf,
  weekday,
  weekOfYear,
  type Zone,
  zoneOf,
} from './time.ts'
import { type Doc, int32, isDoc, isNumeric, toInteger, toNumber, typeNameOf, type Value } from './values.ts'

const UTC = zoneOf('UTC')

/** The moment that a date, timestamp or object id stands for. */
function momentFrom(value: Value): number {
  if (value instanceof Date) return value.getTime()
  if (value instanceof ObjectId) return value.getTimestamp().getTime()
  if (value instanceof Timestamp) return value.t * 1000
  return fail(16006, `can't convert from BSON type ${typeNameOf(value)} to Date`)
}

function zoneArgument(named: Doc, scope: Scope): (doc: Doc) => Zone | null {
  const timezone = optionalArgument(named, 'timezone', scope)
  if (!timezone) return () => UTC
  return (doc) => {
    const name = timezone(doc)
    if (isNullish(name)) return null
    if (typeof name !== 'string') return fail(40533, `timezone must evaluate to a string, found ${typeNameOf(name)}`)
    return zoneOf(name)
  }
}

/** An operator that reads one part of a date, in a time zone where one is named. */
function reading(read: (local: number) => number): Builder {
  return (operand, scope, name) => {
    const single = Array.isArray(operand) && operand.length === 1 ? operand[0]! : operand
    if (Array.isArray(single)) return fail(40536, `${name} accepts exactly one argument if given an array`)
    const long = isDoc(single) && single.has('date')
    const named = long ? namedArguments(single, name, ['date'], ['timezone']) : (new Map() as Doc)
    const date = scope.compile(long ? named.get('date')! : single)
    const zone = zoneArgument(named, scope)
    return (doc) => {
      const value = date(doc)
      const place = zone(doc)
      if (isNullish(value) || !place) return null
      return int32(read(localOf(momentFrom(value), place)))
    }
  }
}

const $dateToString: Builder = (operand, scope) => {
  const named = namedArguments(operand, '$dateToString', ['date'], ['format', 'timezone', 'onNull'])
  const date = scope.compile(named.get('date')!)
  const format = optionalArgument(named, 'format', scope)
  const onNull = optionalArgument(named, 'onNull', scope)
  const zone = zoneArgument(named, scope)
  return (doc) => {
    const value = date(doc)
    const pattern = format?.(doc)
    const place = zone(doc)
    if (format && isNullish(pattern)) return onNull ? onNull(doc) : null
    if (!place) return onNull ? onNull(doc) : null
    if (isNullish(value)) return onNull ? onNull(doc) : null
    if (pattern !== undefined && typeof pattern !== 'string') {
      return fail(18533, `$dateToString requires that 'format' be a string, found: ${typeNameOf(pattern)}`)
    }
    const chosen = pattern ?? (place.utc ? '%Y-%m-%dT%H:%M:%S.%LZ' : '%Y-%m-%dT%H:%M:%S.%L')
    return formatDate(momentFrom(value), place, formatOf(chosen as string))
  }
}

const $dateFromString: Builder = (operand, scope) => {
  const named = namedArguments(operand, '$dateFromString', ['dateString'], ['format', 'timezone', 'onError', 'onNull'])
  const text = scope.compile(named.get('dateString')!)
  const format = optionalArgument(named, 'format', scope)
  const onError = optionalArgument(named, 'onError', scope)
  const onNull = optionalArgument(named, 'onNull', scope)
  const zone = zoneArgument(named, scope)
  return (doc) => {
    const value = text(doc)
    const place = zone(doc)
    const pattern = format?.(doc)
    if (isNullish(value)) return onNull ? onNull(doc) : null
    if (!place || (format && isNullish(pattern))) return null
    try {
      if (typeof value !== 'string') {
        return fail(
          'ConversionFailure',
          `$dateFromString requires that 'dateString' be a string, found: ${typeNameOf(value)}`,
        )
      }
      if (!format) return parseIsoDate(value, place)
      if (typeof pattern !== 'string')
        return fail(40684, `$dateFromString requires that 'format' be a string, found: ${typeNameOf(pattern)}`)
      return parseWithFormat(value, pattern, place)
    } catch (error) {
      if (onError && error instanceof StoreError && error.code === 241) return onError(doc)
      throw error
    }
  }
}

const $dateToParts: Builder = (operand, scope) => {
  const named = namedArguments(operand, '$dateToParts', ['date'], ['timezone', 'iso8601'])
  const date = scope.compile(named.get('date')!)
  const iso = optionalArgument(named, 'iso8601', scope)
  const zone = zoneArgument(named, scope)
  return (doc) => {
    const value = date(doc)
    const place = zone(doc)
    const byWeek = iso?.(doc) ?? false
    if (isNullish(value) || !place) return null
    if (typeof byWeek !== 'boolean') return fail(40521, `iso8601 must evaluate to a bool, found ${typeNameOf(byWeek)}`)
    const local = localOf(momentFrom(value), place)
    const { year, month, day, hour, minute, second, millisecond } = partsOfLocal(local)
    const week = isoWeek(local)
    const head: [string, number][] = byWeek
      ? [
          ['isoWeekYear', week.year],
          ['isoWeek', week.week],
          ['isoDayOfWeek', weekday(local) || 7],
        ]
      : [
          ['year', year],
          ['month', month],
          ['day', day],
        ]
    const tail: [string, number][] = [
      ['hour', hour],
      ['minute', minute],
      ['second', second],
      ['millisecond', millisecond],
    ]
    return new Map([...head, ...tail].map(([key, number]) => [key, int32(number)]))
  }
}

const TIME_PARTS = ['hour', 'minute', 'second', 'millisecond'] as const

const $dateFromParts: Builder = (operand, scope) => {
  const named = namedArguments(
    operand,
    '$dateFromParts',
    [],
    ['year', 'month', 'day', 'isoWeekYear', 'isoWeek', 'isoDayOfWeek', 'timezone', ...TIME_PARTS],
  )
  const byWeek = named.has('isoWeekYear')
  if (!byWeek && !named.has('year')) fail(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present")
  const dateNames = byWeek ? ['isoWeekYear', 'isoWeek', 'isoDayOfWeek'] : ['year', 'month', 'day']
  for (const other of byWeek ? ['year', 'month', 'day'] : ['isoWeek', 'isoDayOfWeek']) {
    if (named.has(other)) fail(40489, `$dateFromParts does not allow mixing natural dates with ISO dates`)
  }
  const parts = [...dateNames, ...TIME_PARTS].map((name, index): [string, Expression] => [
    name,
    optionalArgument(named, name, scope) ?? (() => int32(index < 3 ? 1 : 0)),
  ])
  const zone = zoneArgument(named, scope)
  return (doc) => {
    const place = zone(doc)
    const numbers: number[] = []
    for (const [name, part] of parts) {
      const value = part(doc)
      if (isNullish(value)) return null
      numbers.push(toInteger(value) ?? fail(40515, `'${name}' must evaluate to an integer, found ${typeNameOf(value)}`))
    }
    if (!place) return null
    const [year, second, third, ...time] = numbers as [number, number, number, number, number, number, number]
    if (year < 1 || year > 9999)
      fail(40523, `'${dateNames[0]}' must evaluate to an integer in the range 1 to 9999, found ${year}`)
    const [hour, minute, seconds, millisecond] = time
    const local = byWeek
      ? isoWeekStart(year, second, third) + ((hour * 60 + minute) * 60 + seconds) * 1000 + millisecond
      : utcOf(year, second, third, hour, minute, seconds, millisecond)
    return dateAt(momentOf(local, place))
  }
}

function adding(sign: 1 | -1): Builder {
  return (operand, scope, name) => {
    const named = namedArguments(operand, name, ['startDate', 'unit', 'amount'], ['timezone'])
    const start = scope.compile(named.get('startDate')!)
    const unit = scope.compile(named.get('unit')!)
    const amount = scope.compile(named.get('amount')!)
    const zone = zoneArgument(named, scope)
    return (doc) => {
      const value = start(doc)
      const unitValue = unit(doc)
      const count = amount(doc)
      const place = zone(doc)
      if (isNullish(value) || isNullish(unitValue) || isNullish(count) || !place) return null
      const whole = toInteger(count)
      if (!isNumeric(count) || whole === undefined) {
        return fail(5166405, `${name} expects integer amount of time units`)
      }
      return dateAt(dateMath.add(momentFrom(value), unitOf(unitValue, name), sign * whole, place))
    }
  }
}

interface Common {
  unit: (doc: Doc) => Unit | null
  zone: (doc: Doc) => Zone | null
  firstDay: (doc: Doc, unit: Unit) => number | null
}

function common(named: Doc, scope: Scope, name: string): Common {
  const unit = scope.compile(named.get('unit')!)
  const start = optionalArgument(named, 'startOfWeek', scope)
  return {
    unit: (doc) => {
      const value = unit(doc)
      return isNullish(value) ? null : unitOf(value, name)
    },
    zone: zoneArgument(named, scope),
    firstDay: (doc, chosen) => {
      if (!start || chosen !== 'week') return 0
      const value = start(doc)
      return isNullish(value) ? null : weekdayOf(value, name)
    },
  }
}

const $dateDiff: Builder = (operand, scope, name) => {
  const named = namedArguments(operand, name, ['startDate', 'endDate', 'unit'], ['timezone', 'startOfWeek'])
  const start = scope.compile(named.get('startDate')!)
  const end = scope.compile(named.get('endDate')!)
  const { unit, zone, firstDay } = common(named, scope, name)
  return (doc) => {
    const from = start(doc)
    const to = end(doc)
    const chosen = unit(doc)
    const place = zone(doc)
    if (isNullish(from) || isNullish(to) || !chosen || !place) return null
    const first = firstDay(doc, chosen)
    if (first === null) return null
    return BigInt(dateMath.difference(momentFrom(from), momentFrom(to), chosen, place, first))
  }
}

const $dateTrunc: Builder = (operand, scope, name) => {
  const named = namedArguments(operand, name, ['date', 'unit'], ['binSize', 'timezone', 'startOfWeek'])
  const date = scope.compile(named.get('date')!)
  const bin = optionalArgument(named, 'binSize', scope)
  const { unit, zone, firstDay } = common(named, scope, name)
  return (doc) => {
    const value = date(doc)
    const chosen = unit(doc)
    const place = zone(doc)
    const size = bin ? bin(doc) : int32(1)
    if (isNullish(value) || !chosen || !place || isNullish(size)) return null
    const first = firstDay(doc, chosen)
    if (first === null) return null
    const count =
      isNumeric(size) && Number.isInteger(toNumber(size))
        ? toNumber(size)
        : fail(5439017, `${name} requires 'binSize' to be a 64-bit integer`)
    if (count <= 0) fail(5439018, `${name} requires 'binSize' to be greater than 0, but got value ${count}`)
    return dateAt(dateMath.truncate(momentFrom(value), chosen, count, place, first))
  }
}

/** The date operators of the expression language. */
export const dateExpressions: Readonly<Record<string, Builder>> = {
  $year: reading((local) => partsOfLocal(local).year),
  $month: reading((local) => partsOfLocal(local).month),
  $dayOfMonth: reading((local) => partsOfLocal(local).day),
  $hour: reading((local) => partsOfLocal(local).hour),
  $minute: reading((local) => partsOfLocal(local).minute),
  $second: reading((local) => partsOfLocal(local).second),
  $millisecond: reading((local) => partsOfLocal(local).millisecond),
  $dayOfYear: reading(dayOfYear),
  $dayOfWeek: reading((local) => weekday(local) + 1),
  $week: reading(weekOfYear),
  $isoDayOfWeek: reading((local) => weekday(local) || 7),
  $isoWeek: reading((local) => isoWeek(local).week),
  $isoWeekYear: (operand, scope, name) => {
    const read = reading((local) => isoWeek(local).year)(operand, scope, name)
    return (doc) => {
      const year = read(doc)
      return isNumeric(year) ? BigInt(toNumber(year)) : year
    }
  },
  $dateToString,
  $dateFromString,
  $dateToParts,
  $dateFromParts,
  $dateAdd: adding(1),
  $dateSubtract: adding(-1),
  $dateDiff,
  $dateTrunc,
}
