import { fail } from './errors.ts'
import {
  dayOfYear,
  isoWeek,
  isoWeekStart,
  localOf,
  momentOf,
  type Parts,
  partsOfLocal,
  utcOf,
  weekday,
  weekOfYear,
  type Zone,
  zoneOf,
} from './time.ts'

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** What a format's specifier may ask of a moment. */
interface Moment {
  local: number
  /** Minutes ahead of UTC. */
  offset: number
  parts: Parts
}

type Piece = (moment: Moment) => string

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0')
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${padded(Math.floor(size / 60), 2)}${padded(size % 60, 2)}`
}

const PIECES: Readonly<Record<string, Piece>> = {
  '%': () => '%',
  Y: ({ parts }) => year(parts.year),
  m: ({ parts }) => padded(parts.month, 2),
  b: ({ parts }) => MONTHS[parts.month - 1]!.slice(0, 3),
  B: ({ parts }) => MONTHS[parts.month - 1]!,
  d: ({ parts }) => padded(parts.day, 2),
  H: ({ parts }) => padded(parts.hour, 2),
  M: ({ parts }) => padded(parts.minute, 2),
  S: ({ parts }) => padded(parts.second, 2),
  L: ({ parts }) => padded(parts.millisecond, 3),
  j: ({ local }) => padded(dayOfYear(local), 3),
  w: ({ local }) => String(weekday(local) + 1),
  u: ({ local }) => String(weekday(local) || 7),
  U: ({ local }) => padded(weekOfYear(local), 2),
  V: ({ local }) => padded(isoWeek(local).week, 2),
  G: ({ local }) => year(isoWeek(local).year),
  z: ({ offset }) => offsetText(offset),
  Z: ({ offset }) => `${offset < 0 ? '-' : '+'}${padded(Math.abs(offset), 3)}`,
}

function year(value: number): string {
  if (value < 0 || value > 9999)
    fail(18537, `Could not convert date to string: date component was outside the supported range of 0-9999: ${value}`)
  return padded(value, 4)
}

const formats = new Map<string, Piece[]>()

/** A `$dateToString` format taken apart; throws 18535 or 18536 where it is malformed. */
export function formatOf(format: string): Piece[] {
  const known = formats.get(format)
  if (known) return known
  const pieces: Piece[] = []
  for (let at = 0; at < format.length; at++) {
    const char = format[at]!
    if (char !== '%') {
      pieces.push(() => char)
      continue
    }
    at++
    const specifier = format[at] ?? fail(18535, "Unmatched '%' at end of format string")
    const piece = Object.hasOwn(PIECES, specifier) ? PIECES[specifier] : undefined
    pieces.push(piece ?? fail(18536, `Invalid format character '%${specifier}' in format string`))
  }
  if (formats.size > 500) formats.clear()
  formats.set(format, pieces)
  return pieces
}

/** A moment written in a time zone by the pieces of a format. */
export function formatDate(at: number, zone: Zone, pieces: readonly Piece[]): string {
  const local = localOf(at, zone)
  const moment = { local, offset: Math.round((local - at) / 60_000), parts: partsOfLocal(local) }
  let text = ''
  for (const piece of pieces) text += piece(moment)
  return text
}

const PATTERNS: Readonly<Record<string, string>> = {
  Y: '(?<Y>\\d{4})',
  m: '(?<m>\\d{1,2})',
  d: '(?<d>\\d{1,2})',
  H: '(?<H>\\d{1,2})',
  M: '(?<M>\\d{1,2})',
  S: '(?<S>\\d{1,2})',
  L: '(?<L>\\d{1,3})',
  j: '(?<j>\\d{1,3})',
  b: '(?<b>[A-Za-z]{3})',
  B: '(?<B>[A-Za-z]+)',
  G: '(?<G>\\d{4})',
  V: '(?<V>\\d{1,2})',
  u: '(?<u>\\d)',
  z: '(?<z>[+-]\\d\\d:?\\d\\d|Z)',
  Z: '(?<Z>[+-]\\d{1,3})',
  '%': '%',
}

/** Reads a date by a format; throws ConversionFailure (241) where the text does not follow it. */
export function parseWithFormat(text: string, format: string, zone: Zone): Date {
  const source = format.replace(/%(.?)|[\\^$.*+?()[\]{}|/]/gs, (whole, specifier?: string) => {
    if (!whole.startsWith('%')) return `\\${whole}`
    const pattern = specifier && Object.hasOwn(PATTERNS, specifier) ? PATTERNS[specifier] : undefined
    return pattern ?? fail(18536, `Invalid format character '${whole}' in format string`)
  })
  const found = new RegExp(`^${source}$`).exec(text)?.groups
  if (!found)
    return fail('ConversionFailure', `Error parsing date string '${text}'; it does not follow the format '${format}'`)
  const number = (name: string, missing: number) => (found[name] === undefined ? missing : Number(found[name]))
  const timeOfDay =
    ((number('H', 0) * 60 + number('M', 0)) * 60 + number('S', 0)) * 1000 + Number((found.L ?? '0').padEnd(3, '0'))
  const day = dayOf(found, number, text)
  const offset = found.z === undefined ? undefined : zoneOf(found.z).offset(0)
  const minutes = found.Z === undefined ? undefined : Number(found.Z) * 60_000
  const ahead = offset ?? minutes
  const local = day + timeOfDay
  return new Date(ahead === undefined ? momentOf(local, zone) : local - ahead)
}

function dayOf(
  found: Record<string, string | undefined>,
  number: (name: string, missing: number) => number,
  text: string,
): number {
  const refuse = (): never =>
    fail('ConversionFailure', `Error parsing date string '${text}'; a part is missing or lies outside its range`)
  if (found.G !== undefined) return isoWeekStart(number('G', 1), number('V', 1), number('u', 1))
  if (found.Y === undefined) return refuse()
  if (found.j !== undefined) return utcOf(number('Y', 1), 1, number('j', 1), 0, 0, 0, 0)
  const name = (found.B ?? found.b)?.toLowerCase()
  const named = name === undefined ? -1 : MONTHS.findIndex((month) => month.toLowerCase().startsWith(name))
  const month = name === undefined ? number('m', 1) : named + 1
  const start = utcOf(number('Y', 1), month, number('d', 1), 0, 0, 0, 0)
  const check = partsOfLocal(start)
  return check.month === month && check.day === number('d', 1) && number('H', 0) < 25 ? start : refuse()
}
