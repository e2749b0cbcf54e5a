import { fail } from './errors.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** A day in milliseconds. */
export const DAY = 24 * HOUR

/** A time zone: how far local time is ahead of UTC at a moment, in milliseconds. */
export interface Zone {
  utc: boolean
  offset: (moment: number) => number
}

/** A moment in a calendar's parts; months and days count from 1. */
export interface Parts {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  millisecond: number
}

const UTC: Zone = { utc: true, offset: () => 0 }

/** The offset of a named zone by Intl, remembered a day at a time: most days have one offset from end to end. */
function namedZone(name: string): Zone {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      calendar: 'gregory',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    return fail(40485, `unrecognized time zone identifier: "${name}"`)
  }
  const exact = (moment: number): number => {
    const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]))
    const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type))
    const year = parts.get('era') === 'BC' ? 1 - number('year') : number('year')
    const local = utcOf(year, number('month'), number('day'), number('hour'), number('minute'), number('second'), 0)
    return local - Math.floor(moment / 1000) * 1000
  }
  const starts = new Map<number, number>()
  const atStart = (day: number): number => {
    let offset = starts.get(day)
    if (offset === undefined) {
      if (starts.size > 200_000) starts.clear()
      offset = exact(day * DAY)
      starts.set(day, offset)
    }
    return offset
  }
  return {
    utc: false,
    offset: (moment) => {
      const day = Math.floor(moment / DAY)
      const start = atStart(day)
      return start === atStart(day + 1) ? start : exact(moment)
    },
  }
}

const zones = new Map<string, Zone>()

/** The zone of an Olson name such as `Asia/Tehran`, or of an offset such as `+03:30`; throws 40485 for another. */
export function zoneOf(name: string): Zone {
  const known = zones.get(name)
  if (known) return known
  const zone = newZone(name)
  zones.set(name, zone)
  return zone
}

function newZone(name: string): Zone {
  if (name === 'UTC' || name === 'GMT' || name === 'Z') return UTC
  const numeric = /^([+-])(\d\d)(?::?(\d\d))?$/.exec(name)
  if (numeric) {
    const size = Number(numeric[2]) * HOUR + Number(numeric[3] ?? 0) * MINUTE
    const offset = numeric[1] === '-' ? -size : size
    return { utc: offset === 0, offset: () => offset }
  }
  if (!/^[A-Za-z]/.test(name)) fail(40485, `unrecognized time zone identifier: "${name}"`)
  return namedZone(name)
}

/** Milliseconds since 1970 of a date in UTC; parts beyond their range carry over. */
export function utcOf(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  millisecond: number,
): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second, millisecond)
  return date.getTime()
}

/** The moment at which the clocks of a zone show the given local time (itself counted as if in UTC). */
export function momentOf(local: number, zone: Zone): number {
  const guess = local - zone.offset(local)
  return local - zone.offset(guess)
}

/** What the clocks of a zone show at a moment, counted as if in UTC. */
export function localOf(moment: number, zone: Zone): number {
  return moment + zone.offset(moment)
}

/** The parts of a local time. */
export function partsOfLocal(local: number): Parts {
  const date = new Date(local)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  }
}

/** The day of the week, 0 for Sunday. */
export function weekday(local: number): number {
  return new Date(local).getUTCDay()
}

/** The day of the year, from 1. */
export function dayOfYear(local: number): number {
  const year = new Date(local).getUTCFullYear()
  return Math.floor((local - utcOf(year, 1, 1, 0, 0, 0, 0)) / DAY) + 1
}

/** The week of the year from 0 to 53; weeks begin on Sundays, days before the first Sunday are in week 0. */
export function weekOfYear(local: number): number {
  return Math.floor((dayOfYear(local) - 1 + 7 - weekday(local)) / 7)
}

/** Year and week by ISO 8601: weeks begin on Mondays, week 1 holds the first Thursday. */
export function isoWeek(local: number): { year: number; week: number } {
  const thursday = local + (4 - (weekday(local) || 7)) * DAY
  return { year: new Date(thursday).getUTCFullYear(), week: Math.floor((dayOfYear(thursday) - 1) / 7) + 1 }
}

/** The local time at which an ISO week's day begins; weeks and days beyond their range carry over. */
export function isoWeekStart(year: number, week: number, day: number): number {
  const fourth = utcOf(year, 1, 4, 0, 0, 0, 0)
  const monday = fourth - ((weekday(fourth) || 7) - 1) * DAY
  return monday + ((week - 1) * 7 + day - 1) * DAY
}

const ISO_DATE =
  /^\s*([+-]?\d{4,6})-(\d\d?)(?:-(\d\d?))?(?:[T ]\s*(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?\s*$/i

/** Reads a date in ISO 8601 form (a time and an offset may be missing); throws ConversionFailure (241) for other texts. */
export function parseIsoDate(text: string, zone: Zone = UTC): Date {
  const found = ISO_DATE.exec(text)
  const refuse = (reason: string) => fail('ConversionFailure', `Error parsing date string '${text}'; ${reason}`)
  if (!found) return refuse('only ISO 8601 dates are read by this store')
  const [, year, month, day = '1', hour = '0', minute = '0', second = '0', fraction = '', offset] = found
  const parts = [year, month, day, hour, minute, second].map(Number) as [number, number, number, number, number, number]
  const millisecond = Number(fraction.slice(0, 3).padEnd(3, '0'))
  const local = utcOf(...parts, millisecond)
  const check = partsOfLocal(local)
  if (check.month !== parts[1] || check.day !== parts[2] || parts[3] > 24 || parts[4] > 59 || parts[5] > 59) {
    return refuse('a part lies outside its range')
  }
  return new Date(offset ? local - zoneOf(offset.toUpperCase()).offset(0) : momentOf(local, zone))
}
