import type { PreparedText } from './rule.ts'
import type { Span } from './types.ts'

/** A phone number found in a text: where, and whether it is a mobile one. */
export interface Phone {
  span: Span
  mobile: boolean
}

const UNITS = 'صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده'
const TENS = 'بیست سی چهل پنجاه شصت هفتاد هشتاد نود'
const HUNDREDS = 'صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد'
const NUMBER_WORDS = new Map<string, number>([
  ...UNITS.split(' ').map((word, index): [string, number] => [word, index]),
  ...TENS.split(' ').map((word, index): [string, number] => [word, index * 10 + 20]),
  ...HUNDREDS.split(' ').map((word, index): [string, number] => [word, index * 100 + 100]),
  ['یه', 1],
  ['شیش', 6],
  ['هیجده', 18],
  ['هیفده', 17],
  ['پونزده', 15],
  ['شونزده', 16],
  ['پونصد', 500],
  ['شیشصد', 600],
])
const BETWEEN = /^[\s\u200c\u200f.,،_/()*+–—-]{0,4}$/
const MOBILE = /^(?:0|98|0098)?9\d{9}$/
const LANDLINE = /^(?:0|0098)[1-8]\d{9}$/

interface Run {
  digits: string
  start: number
  end: number
  parts: number
  spoken: boolean
}

/** Whether a number word may be added to the one before by «و»: hundreds, then tens, then units. */
function joins(before: number, next: number): boolean {
  if (before % 100 === 0) return before >= 100 && next > 0 && next < 100
  return before % 10 === 0 && before % 100 >= 20 && next > 0 && next < 10
}

/** Whether a run is a mobile number; zeros may be swallowed where it is spelled out. */
function isMobile({ digits, parts, spoken }: Run): boolean {
  if (spoken && parts >= 4 && /^09\d{7,8}$/.test(digits)) return true
  if (!MOBILE.test(digits)) return false
  return digits.length > 10 || (spoken && parts >= 4)
}

/** Runs of numbers one after another, in digits or words, with nothing but marks between them. */
function runsOf({ text, words }: PreparedText): Run[] {
  const runs: Run[] = []
  let run: Run | undefined
  let sum: number | undefined
  let and = false
  const close = () => {
    if (run && sum !== undefined) run.digits += sum
    if (run) runs.push(run)
    run = undefined
    sum = undefined
    and = false
  }
  for (const { joined, start, end } of words) {
    const first = joined.charCodeAt(0)
    const isDigits = first >= 48 && first <= 57 && /^\d+$/.test(joined)
    const value = isDigits ? undefined : NUMBER_WORDS.get(joined)
    if (run && !BETWEEN.test(text.slice(run.end, start))) close()
    if (run && joined === 'و' && sum !== undefined) {
      and = true
      run.end = end
      continue
    }
    if (!isDigits && value === undefined) {
      close()
      continue
    }
    run ??= { digits: '', start, end, parts: 0, spoken: false }
    run.end = end
    run.parts += 1
    if (value !== undefined && and && sum !== undefined && joins(sum, value)) sum += value
    else {
      if (sum !== undefined) run.digits += sum
      sum = value
      if (isDigits) run.digits += joined
    }
    run.spoken ||= value !== undefined
    and = false
  }
  close()
  return runs
}

/** The phone numbers of Iran in a text: in digits of any script with any marks between them, spelled out, or partly so. */
export function phonesIn(text: PreparedText): Phone[] {
  const found: Phone[] = []
  for (const run of runsOf(text)) {
    const mobile = isMobile(run)
    if (mobile || LANDLINE.test(run.digits)) found.push({ span: [run.start, run.end], mobile })
  }
  return found
}
