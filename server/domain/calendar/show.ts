import { toPersianDigits } from '../persian-text/digits.ts'
import { jalaliOf, ZONE } from './jalali.ts'
import { JALALI_MONTHS, WEEKDAYS } from './names.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const hijri = new Intl.DateTimeFormat('fa-IR-u-ca-islamic-umalqura', {
  timeZone: ZONE,
  year: 'numeric',
  month: 'long',
  day: 'numeric',
})

const gregorian = new Intl.DateTimeFormat('fa-IR-u-ca-gregory', {
  timeZone: ZONE,
  year: 'numeric',
  month: 'long',
  day: 'numeric',
})

const two = (value: number) => String(value).padStart(2, '0')

/** «۱۸:۲۳», in Tehran. */
export function formatHour(instant: Date): string {
  const { hour, minute } = jalaliOf(instant)
  return toPersianDigits(`${two(hour)}:${two(minute)}`)
}

/** «۱۸ مرداد ۱۳۹۵», in Tehran. */
export function formatDate(instant: Date): string {
  const { year, month, day } = jalaliOf(instant)
  return toPersianDigits(`${day} ${JALALI_MONTHS[month - 1]} ${year}`)
}

/** «۱۸ مرداد», in Tehran. */
export function formatDayAndMonth(instant: Date): string {
  const { month, day } = jalaliOf(instant)
  return toPersianDigits(`${day} ${JALALI_MONTHS[month - 1]}`)
}

/** «دوشنبه ۱۸ مرداد ۱۳۹۵», in Tehran. */
export function formatFullDate(instant: Date): string {
  return `${WEEKDAYS[jalaliOf(instant).weekday]} ${formatDate(instant)}`
}

/** «۱۸ مرداد ۱۳۹۵، ۱۸:۲۳», in Tehran. */
export function formatMoment(instant: Date): string {
  return `${formatDate(instant)}، ${formatHour(instant)}`
}

/** «۵ ذی‌القعدهٔ ۱۴۳۷»: by the Umm al-Qura reckoning, which may stand a day apart from the sighting of the moon in Iran. */
export function formatHijri(instant: Date): string {
  const found: Record<string, string> = {}
  for (const { type, value } of hijri.formatToParts(instant)) found[type] = value
  return `${found.day} ${found.month} ${found.year}`
}

/** «۸ اوت ۲۰۱۶», in Tehran. */
export function formatGregorian(instant: Date): string {
  return gregorian.format(instant)
}

/** «چند لحظه پیش»، «۵ دقیقه پیش»، «۳ ساعت پیش»، «دیروز»، «۴ روز پیش», then the date; a moment yet to come is given whole. */
export function formatRelative(instant: Date, now: Date): string {
  const past = now.getTime() - instant.getTime()
  if (past < -MINUTE) return formatMoment(instant)
  if (past < MINUTE) return 'چند لحظه پیش'
  if (past < HOUR) return toPersianDigits(`${Math.floor(past / MINUTE)} دقیقه پیش`)
  if (past < DAY) return toPersianDigits(`${Math.floor(past / HOUR)} ساعت پیش`)
  if (past < 2 * DAY) return 'دیروز'
  if (past < 7 * DAY) return toPersianDigits(`${Math.floor(past / DAY)} روز پیش`)
  return formatDate(instant)
}

/** As short as a list allows: «۱۸:۲۳» on the same day, «۱۸ مرداد» in the same year, else «۱۸ مرداد ۱۳۹۵». */
export function formatShort(instant: Date, now: Date): string {
  const then = jalaliOf(instant)
  const today = jalaliOf(now)
  if (then.year !== today.year) return formatDate(instant)
  return then.month === today.month && then.day === today.day ? formatHour(instant) : formatDayAndMonth(instant)
}
