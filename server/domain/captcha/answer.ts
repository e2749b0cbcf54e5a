import { toLatinDigits } from '../persian-text/digits.ts'

const UNITS = ['صفر', 'یک', 'دو', 'سه', 'چهار', 'پنج', 'شش', 'هفت', 'هشت', 'نه']
const TEENS = ['ده', 'یازده', 'دوازده', 'سیزده', 'چهارده', 'پانزده', 'شانزده', 'هفده', 'هجده', 'نوزده']
const TENS = ['', '', 'بیست', 'سی', 'چهل', 'پنجاه', 'شصت', 'هفتاد', 'هشتاد', 'نود']

const VALUE_OF_WORD = new Map<string, number>([
  ...UNITS.map((word, i): [string, number] => [word, i]),
  ...TEENS.map((word, i): [string, number] => [word, i + 10]),
  ...TENS.flatMap((word, i): [string, number][] => (word ? [[word, i * 10]] : [])),
  ['شیش', 6],
  ['هژده', 18],
  ['هیجده', 18],
  ['هیفده', 17],
  ['پونزده', 15],
  ['شونزده', 16],
])

/** A whole number from 0 to 99 in Persian words, such as «بیست و سه». */
export function inPersianWords(value: number): string {
  if (value < 10) return UNITS[value]!
  if (value < 20) return TEENS[value - 10]!
  const tens = TENS[Math.floor(value / 10)]!
  return value % 10 === 0 ? tens : `${tens} و ${UNITS[value % 10]}`
}

/** What a reader typed, as Latin digits: takes ۰-۹, ٠-٩, 0-9 with blanks between, and numbers below 100 in Persian words; null when it is no number. */
export function readAnswer(typed: string): string | null {
  const text = toLatinDigits(typed)
    .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff\u0640\u064b-\u0652]/g, ' ')
    .replace(/ي/g, 'ی')
    .replace(/[.،,؟?!؛]/g, ' ')
    .trim()
  if (/^[\d\s-]+$/.test(text)) {
    const digits = text.replace(/[\s-]/g, '')
    return digits.length > 0 && digits.length <= 12 ? digits : null
  }
  return fromWords(text)
}

function fromWords(text: string): string | null {
  const words = text.split(/\s+و\s+|\s+/).filter(Boolean)
  if (words.length === 0 || words.length > 5) return null
  const values = words.map((word) => VALUE_OF_WORD.get(word) ?? VALUE_OF_WORD.get(word.replace(/^و/, '')))
  if (values.some((value) => value === undefined)) return null
  const numbers = values as number[]
  const [first, second] = numbers
  if (numbers.length === 2 && first! >= 20 && second! > 0 && second! < 10) return String(first! + second!)
  if (numbers.length === 1 || numbers.every((value) => value < 10)) return numbers.join('')
  return null
}
