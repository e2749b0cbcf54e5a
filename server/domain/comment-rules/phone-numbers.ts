import type { PreparedText } from './rule.ts'
import type { Span } from './types.ts'

/** A phone number found in a text: where, and whether it is a mobile one. */
export interface Phone {
  span: Span
  mobile: boolean
}

const UNITS = 'صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده'
const DIGIT_WORDS = UNITS.split(' ')
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
/** English digits as they are pronounced; they count only after «زیرو» or one another, for «تو» and «وان» are Persian words too. */
const ENGLISH_WORDS = new Map<string, number>(
  'زیرو|zero وان|one تو|two تری|سری|three فور|four فایو|five سیکس|six سون|seven ایت|eight ناین|nine'
    .split(' ')
    .flatMap((names, digit) => names.split('|').map((name): [string, number] => [name, digit])),
)
/** What people say or write between the parts of a number. */
const FILLERS = new Set('بعدش بعد بعدشم سپس دوباره خط تیره ستاره نقطه فاصله دات خط‌تیره اسلش اخرش اخرشم'.split(' '))
const BETWEEN = /^[\s\u200c\u200f.…,،:;|~=_/\\()*+–—-]{0,12}$/
const MOBILE = /^(?:0|98|0098)?9\d{9}$/
const LANDLINE = /^(?:0|0098)[1-8]\d{9}$/
const longestFirst = (list: Iterable<string>) => [...list].sort((a, b) => b.length - a.length).join('|')
const PART = new RegExp(`\\d+|${longestFirst(NUMBER_WORDS.keys())}|تا|و`, 'g')
const GLUED = new RegExp(`^(?:${PART.source}){2,}$`)
const GLUED_ENGLISH = new RegExp(`^(?:${longestFirst(ENGLISH_WORDS.keys())}){2,}$`)
const ENGLISH_PART = new RegExp(longestFirst(ENGLISH_WORDS.keys()), 'g')

interface Run {
  /** The digits of each number in turn. */
  pieces: string[]
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

/** Whether digits are a mobile number; zeros may be swallowed where it is spelled out. */
function isMobile(digits: string, { parts, spoken }: Run): boolean {
  if (spoken && parts >= 4 && /^09\d{7,8}$/.test(digits)) return true
  if (!MOBILE.test(digits)) return false
  return digits.length > 10 || (spoken && parts >= 4)
}

/** A word as the parts of a number: digits, number words, «و» and «تا»; nothing where it is none. */
function partsOf(word: string, english: boolean): string[] | undefined {
  const first = word.charCodeAt(0)
  if (first >= 48 && first <= 57 && /^\d+$/.test(word)) return [word]
  if (NUMBER_WORDS.has(word) || word === 'و' || word === 'تا') return [word]
  if (/^[\doil]*\d[\doil]*$/.test(word)) return [word.replaceAll('o', '0').replace(/[il]/g, '1')]
  if (english || word === 'زیرو' || word === 'zero') {
    const digit = ENGLISH_WORDS.get(word)
    if (digit !== undefined) return [DIGIT_WORDS[digit]!]
    if (GLUED_ENGLISH.test(word)) return word.match(ENGLISH_PART)!.map((name) => DIGIT_WORDS[ENGLISH_WORDS.get(name)!]!)
  }
  return word.length > 2 && GLUED.test(word) ? word.match(PART)! : undefined
}

/** Adds the numbers of one text together, part after part. */
class Reader {
  runs: Run[] = []
  run: Run | undefined
  private sum: number | undefined
  private and = false
  private times = 1

  close(): void {
    if (this.run && this.sum !== undefined) this.run.pieces.push(String(this.sum))
    if (this.run) this.runs.push(this.run)
    this.run = undefined
    this.sum = undefined
    this.and = false
    this.times = 1
  }

  /** Reads one part that stands between two offsets; «و» and «تا» count only after a number. */
  read(part: string, start: number, end: number): void {
    const { sum } = this
    if (part === 'و' || part === 'تا') {
      if (sum === undefined || !this.run) return this.close()
      if (part === 'و') this.and = true
      else if (sum >= 2 && sum <= 5) {
        this.times = sum
        this.sum = undefined
      } else this.close()
      return
    }
    const value = NUMBER_WORDS.get(part)
    this.run ??= { pieces: [], start, end, parts: 0, spoken: false }
    this.run.end = end
    this.run.parts += 1
    this.run.spoken ||= value !== undefined
    if (value !== undefined && this.and && sum !== undefined && joins(sum, value)) this.sum = sum + value
    else if (value === 100 && sum !== undefined && sum >= 2 && sum <= 9) this.sum = sum * 100
    else {
      if (sum !== undefined) this.run.pieces.push(String(sum))
      this.sum = this.times === 1 ? value : undefined
      if (value === undefined || this.times > 1) this.run.pieces.push(String(value ?? part).repeat(this.times))
      this.times = 1
    }
    this.and = false
  }
}

/** Runs of numbers one after another, in digits or words, with nothing but marks and words like «بعدش» between them. */
function runsOf({ text, words }: PreparedText): Run[] {
  const reader = new Reader()
  let last = 0
  let english = false
  for (const { joined, start, end } of words) {
    if (reader.run && !BETWEEN.test(text.slice(last, start))) reader.close()
    if (reader.run && FILLERS.has(joined)) {
      last = end
      continue
    }
    const parts = partsOf(joined, english && reader.run !== undefined)
    english = parts !== undefined && (ENGLISH_WORDS.has(joined) || (english && joined.length > 3))
    if (!parts) reader.close()
    else for (const part of parts) reader.read(part, start, end)
    last = end
  }
  reader.close()
  return reader.runs
}

/** The phone numbers of Iran in a text: in digits of any script with any marks between them, spelled out, or partly so. */
export function phonesIn(text: PreparedText): Phone[] {
  const found: Phone[] = []
  for (const run of runsOf(text)) {
    const digits = run.pieces.join('')
    if (digits.length < 9 || digits.length > 16) continue
    const readings =
      run.pieces.length > 2 ? [digits, run.pieces.slice(0, -1).join(''), run.pieces.slice(1).join('')] : [digits]
    const mobile = readings.some((one) => isMobile(one, run))
    if (mobile || LANDLINE.test(digits)) found.push({ span: [run.start, run.end], mobile })
  }
  return found
}
