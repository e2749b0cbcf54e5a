/** The zone of every calendar day and hour that people read; its history of summer time (until 1401) comes with it. */
export const ZONE = 'Asia/Tehran'

/** A day of the Jalali calendar; month and day count from 1. */
export interface JalaliDay {
  year: number
  month: number
  day: number
}

/** A Jalali day with hour and minute in Tehran; `weekday` counts from 0 for Saturday. */
export interface JalaliMoment extends JalaliDay {
  hour: number
  minute: number
  weekday: number
}

const parts = new Intl.DateTimeFormat('en-US-u-ca-persian-nu-latn', {
  timeZone: ZONE,
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  weekday: 'short',
  hourCycle: 'h23',
})

const WEEKDAY_PLACES: Record<string, number> = { Sat: 0, Sun: 1, Mon: 2, Tue: 3, Wed: 4, Thu: 5, Fri: 6 }

/** The Jalali day, hour and weekday that a clock on a wall in Tehran shows at an instant. */
export function jalaliOf(instant: Date): JalaliMoment {
  const found: Record<string, string> = {}
  for (const { type, value } of parts.formatToParts(instant)) found[type] = value
  return {
    year: Number(found.year),
    month: Number(found.month),
    day: Number(found.day),
    hour: Number(found.hour),
    minute: Number(found.minute),
    weekday: WEEKDAY_PLACES[found.weekday!]!,
  }
}

/** How many days a Jalali month has: 31, 30, and 29 or 30 for Esfand. */
export function daysInMonth(year: number, month: number): number {
  return Temporal.PlainDate.from({ calendar: 'persian', year, month, day: 1 }).daysInMonth
}

/** Whether these three numbers name a day that the Jalali calendar has, in the years 1 to 3000. */
export function isJalaliDay({ year, month, day }: JalaliDay): boolean {
  return (
    [year, month, day].every(Number.isInteger) &&
    year >= 1 &&
    year <= 3000 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month)
  )
}

/**
 * The instant at which it is this Jalali day and hour in Tehran; RangeError for a day or hour that is none.
 * An hour that summer time skipped counts from after the gap; one that it repeated is the earlier.
 */
export function fromJalali(year: number, month: number, day: number, hour = 0, minute = 0): Date {
  if (!isJalaliDay({ year, month, day })) throw new RangeError(`no such Jalali day: ${year}/${month}/${day}`)
  const local = Temporal.PlainDateTime.from(
    { calendar: 'persian', year, month, day, hour, minute },
    { overflow: 'reject' },
  )
  return new Date(local.withCalendar('iso8601').toZonedDateTime(ZONE).epochMilliseconds)
}

/** The Jalali day that lies so many days after (or, negative, before) another. */
export function stepDays(day: JalaliDay, days: number): JalaliDay {
  const stepped = Temporal.PlainDate.from({ calendar: 'persian', ...pick(day) }).add({ days })
  return { year: stepped.year, month: stepped.month, day: stepped.day }
}

function pick({ year, month, day }: JalaliDay): JalaliDay {
  return { year, month, day }
}

/** The instants between which a Jalali day lasts in Tehran: from inclusive, to exclusive. */
export function dayBounds(day: JalaliDay): { from: Date; to: Date } {
  const next = stepDays(day, 1)
  return { from: fromJalali(day.year, day.month, day.day), to: fromJalali(next.year, next.month, next.day) }
}

/** The instants between which a Jalali month lasts in Tehran: from inclusive, to exclusive. */
export function monthBounds(year: number, month: number): { from: Date; to: Date } {
  const to = month === 12 ? fromJalali(year + 1, 1, 1) : fromJalali(year, month + 1, 1)
  return { from: fromJalali(year, month, 1), to }
}

/** The instants between which a Jalali year lasts in Tehran: from inclusive, to exclusive. */
export function yearBounds(year: number): { from: Date; to: Date } {
  return { from: fromJalali(year, 1, 1), to: fromJalali(year + 1, 1, 1) }
}
