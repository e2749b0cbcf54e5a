import { toLatinDigits } from '../persian-text/digits.ts'
import { fromJalali, isJalaliDay } from './jalali.ts'
import { JALALI_MONTHS, WEEKDAYS } from './names.ts'

/** One spelling for comparing names of months and days: Persian letters, no spaces, half-spaces or alef's madda. */
function plain(name: string): string {
  return name
    .replace(/[يى]/g, 'ی')
    .replace(/ك/g, 'ک')
    .replace(/[آأإ]/g, 'ا')
    .replace(/[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069ـ]+/g, '')
}

const MONTHS = new Map<string, number>([
  ...JALALI_MONTHS.map((name, place): [string, number] => [plain(name), place + 1]),
  ['امرداد', 5],
])

const WEEKDAY = new RegExp(
  `^(?:${[...WEEKDAYS]
    .map(plain)
    .sort((one, other) => other.length - one.length)
    .join('|')})`,
)

const NUMERIC = /^(\d{4})\s*[/\-.]\s*(\d{1,2})\s*[/\-.]\s*(\d{1,2})(.*)$/s
const IN_WORDS = /^([^\d]*?)(\d{1,2})\s*([^\d،,]+?)\s*(?:ماه\s*)?[،,]?\s*(\d{4})(.*)$/s
const HOUR = /^[\s،,\-–|]*(?:ساعت)?[\s:]*(\d{1,2})\s*:\s*(\d{1,2})(?::\d{1,2})?\s*$/

/**
 * The instant that a typed or printed Jalali date names, in any digits: «۱۸ مرداد ۱۳۹۵، ۱۸:۲۳»، «دوشنبه ۱۸ مرداد ۱۳۹۵ - ۱۸:۲۳»، `1395/05/18 18:23`.
 * Without an hour it is the day's beginning in Tehran; null for anything that is no such date.
 */
export function parseJalali(typed: string): Date | null {
  if (typed.length > 200) return null
  const text = toLatinDigits(typed)
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
  const numeric = NUMERIC.exec(text)
  if (numeric) return instantOf(Number(numeric[1]), Number(numeric[2]), Number(numeric[3]), numeric[4]!)
  const words = IN_WORDS.exec(text)
  if (!words) return null
  const before = plain(words[1]!).replace(/[،,]/g, '')
  if (before !== '' && before.replace(WEEKDAY, '') !== '') return null
  const name = plain(words[3]!)
  const month = MONTHS.get(name) ?? MONTHS.get(name.replace(/ماه$/, ''))
  return month === undefined ? null : instantOf(Number(words[4]), month, Number(words[2]), words[5]!)
}

function instantOf(year: number, month: number, day: number, rest: string): Date | null {
  if (!isJalaliDay({ year, month, day })) return null
  if (rest.trim() === '') return fromJalali(year, month, day)
  const clock = HOUR.exec(rest)
  if (!clock) return null
  const hour = Number(clock[1])
  const minute = Number(clock[2])
  return hour > 23 || minute > 59 ? null : fromJalali(year, month, day, hour, minute)
}
