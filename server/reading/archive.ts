import {
  dayBounds,
  daysInMonth,
  formatDate,
  fromJalali,
  isJalaliDay,
  JALALI_MONTHS,
  type JalaliDay,
  jalaliOf,
  monthBounds,
} from '../domain/calendar/index.ts'
import { toLatinDigits, toPersianDigits } from '../domain/persian-text/digits.ts'
import { notFound } from '../errors.ts'

/** A month, or a day of it, as an address of the archive names it. */
export interface ArchiveAsked {
  year: number
  month: number
  day: number | null
}

function numberOf(text: string | undefined): number {
  const latin = toLatinDigits(text ?? '')
  if (!/^\d{1,4}$/.test(latin)) throw notFound('no-such-day', 'چنین روزی در تقویم نیست.')
  return Number(latin)
}

/** What the numbers of an address name, in any digits; refused as not found when the calendar has no such day. */
export function archiveAsked(parts: { jyear?: string; jmonth?: string; jday?: string }): ArchiveAsked {
  const year = numberOf(parts.jyear)
  const month = numberOf(parts.jmonth)
  const day = parts.jday === undefined ? null : numberOf(parts.jday)
  if (year < 1200 || year > 1600 || !isJalaliDay({ year, month, day: day ?? 1 }))
    throw notFound('no-such-day', 'چنین روزی در تقویم نیست.')
  return { year, month, day }
}

/** The path of a month or day in the archive, in Latin digits. */
export function archivePath({ year, month, day }: ArchiveAsked | JalaliDay): string {
  return `/archive/${year}/${month}${day === null ? '' : `/${day}`}`
}

/** The instants that a month or day of the archive spans. */
export function boundsOf({ year, month, day }: ArchiveAsked): { from: Date; to: Date } {
  return day === null ? monthBounds(year, month) : dayBounds({ year, month, day })
}

/** The name of a month or day, «مرداد ۱۳۹۵» or «۱۸ مرداد ۱۳۹۵». */
export function nameOf({ year, month, day }: ArchiveAsked): string {
  return day === null
    ? `${JALALI_MONTHS[month - 1]} ${toPersianDigits(year)}`
    : formatDate(fromJalali(year, month, day, 12))
}

/** A sheet of the calendar: weeks from Saturday, days yet to come without a link, and the months beside it. */
export interface CalendarSheet {
  name: string
  path: string
  weeks: ({ day: number; path: string; chosen: boolean; open: boolean } | null)[][]
  previous: string
  next: string
}

/** The sheet of the calendar for a month of the archive. */
export function calendarSheet(asked: ArchiveAsked, now: Date): CalendarSheet {
  const { year, month } = asked
  const empty = jalaliOf(fromJalali(year, month, 1, 12)).weekday
  const cells: CalendarSheet['weeks'][number] = Array.from({ length: empty }, () => null)
  for (let day = 1; day <= daysInMonth(year, month); day++)
    cells.push({
      day,
      path: archivePath({ year, month, day }),
      chosen: day === asked.day,
      open: fromJalali(year, month, day) <= now,
    })
  while (cells.length % 7 !== 0) cells.push(null)
  const weeks = Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
  const before = month === 1 ? { year: year - 1, month: 12, day: null } : { year, month: month - 1, day: null }
  const after = month === 12 ? { year: year + 1, month: 1, day: null } : { year, month: month + 1, day: null }
  return {
    name: nameOf({ year, month, day: null }),
    path: archivePath({ year, month, day: null }),
    weeks,
    previous: archivePath(before),
    next: monthBounds(after.year, after.month).from <= now ? archivePath(after) : '',
  }
}
