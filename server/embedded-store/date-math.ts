import { fail } from './errors.ts'
import { DAY, localOf, momentOf, partsOfLocal, utcOf, weekday, type Zone } from './time.ts'
import { show, type Value } from './values.ts'

/** The units in which dates are counted. */
export type Unit = 'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond'

const MILLISECONDS: Readonly<Record<'day' | 'hour' | 'minute' | 'second' | 'millisecond', number>> = {
  day: DAY,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
}

const UNITS = new Set<string>(['year', 'quarter', 'month', 'week', ...Object.keys(MILLISECONDS)])
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/** The unit that a value names; throws for others. */
export function unitOf(value: Value, operator: string): Unit {
  if (typeof value !== 'string')
    return fail(5439013, `${operator} requires 'unit' to be a string, but got ${show(value)}`)
  return UNITS.has(value) ? (value as Unit) : fail('FailedToParse', `unknown time unit value: ${value}`)
}

/** The day of the week that a value names (in full or by three letters), 0 for Sunday. */
export function weekdayOf(value: Value, operator: string): number {
  const text = typeof value === 'string' ? value.toLowerCase() : ''
  const day = WEEKDAYS.findIndex((name) => name === text || name.slice(0, 3) === text)
  return day >= 0
    ? day
    : fail(
        'FailedToParse',
        `${operator} parameter 'startOfWeek' value cannot be recognized as a day of a week: ${show(value)}`,
      )
}

function monthsOf(local: number): number {
  const { year, month } = partsOfLocal(local)
  return year * 12 + month - 1
}

function startOfMonth(months: number): number {
  return utcOf(Math.floor(months / 12), (((months % 12) + 12) % 12) + 1, 1, 0, 0, 0, 0)
}

/** Months moved on; a day that the new month lacks becomes its last day. */
function addMonths(local: number, count: number): number {
  const months = monthsOf(local) + count
  const start = startOfMonth(months)
  const length = Math.round((startOfMonth(months + 1) - start) / DAY)
  const { day } = partsOfLocal(local)
  const timeOfDay = ((local % DAY) + DAY) % DAY
  return start + (Math.min(day, length) - 1) * DAY + timeOfDay
}

function add(moment: number, unit: Unit, count: number, zone: Zone): number {
  switch (unit) {
    case 'year':
      return momentOf(addMonths(localOf(moment, zone), count * 12), zone)
    case 'quarter':
      return momentOf(addMonths(localOf(moment, zone), count * 3), zone)
    case 'month':
      return momentOf(addMonths(localOf(moment, zone), count), zone)
    case 'week':
      return momentOf(localOf(moment, zone) + count * 7 * DAY, zone)
    case 'day':
      return momentOf(localOf(moment, zone) + count * DAY, zone)
    default:
      return moment + count * MILLISECONDS[unit]
  }
}

function startOfWeek(local: number, firstDay: number): number {
  const day = Math.floor(local / DAY)
  return day - ((weekday(local) - firstDay + 7) % 7)
}

function difference(from: number, to: number, unit: Unit, zone: Zone, firstDay: number): number {
  const a = localOf(from, zone)
  const b = localOf(to, zone)
  switch (unit) {
    case 'year':
      return Math.floor(monthsOf(b) / 12) - Math.floor(monthsOf(a) / 12)
    case 'quarter':
      return Math.floor(monthsOf(b) / 3) - Math.floor(monthsOf(a) / 3)
    case 'month':
      return monthsOf(b) - monthsOf(a)
    case 'week':
      return (startOfWeek(b, firstDay) - startOfWeek(a, firstDay)) / 7
    case 'day':
      return Math.floor(b / DAY) - Math.floor(a / DAY)
    case 'hour':
    case 'minute': {
      const size = MILLISECONDS[unit]
      const shift = b - to - (a - from)
      return Math.floor(b / size) - Math.floor(a / size) - Math.round(shift / size)
    }
    default:
      return Math.floor(to / MILLISECONDS[unit]) - Math.floor(from / MILLISECONDS[unit])
  }
}

/** Bins are counted from the first moment of the year 2000 in the time zone. */
const REFERENCE = utcOf(2000, 1, 1, 0, 0, 0, 0)

function floorTo(value: number, origin: number, size: number): number {
  return origin + Math.floor((value - origin) / size) * size
}

function truncate(moment: number, unit: Unit, binSize: number, zone: Zone, firstDay: number): number {
  const local = localOf(moment, zone)
  switch (unit) {
    case 'year':
    case 'quarter':
    case 'month': {
      const size = binSize * (unit === 'year' ? 12 : unit === 'quarter' ? 3 : 1)
      return momentOf(startOfMonth(floorTo(monthsOf(local), 2000 * 12, size)), zone)
    }
    case 'week': {
      const first = REFERENCE + ((firstDay - weekday(REFERENCE) + 7) % 7) * DAY
      return momentOf(floorTo(local, first, binSize * 7 * DAY), zone)
    }
    case 'day':
      return momentOf(floorTo(local, REFERENCE, binSize * DAY), zone)
    default: {
      const truncated = floorTo(local, REFERENCE, binSize * MILLISECONDS[unit])
      return truncated - (local - moment)
    }
  }
}

/** Adding to dates, counting between them, and cutting them to bins, as `$dateAdd`, `$dateDiff` and `$dateTrunc` do. */
export const dateMath = { add, difference, truncate }
