import { parseJalali } from '../../domain/calendar/index.ts'
import { fold, toLatinDigits } from '../../domain/persian-text/index.ts'

/** What a saved page of a Persian news site says of its article. */
export interface SavedPage {
  code?: number
  kicker: string
  title: string
  lead: string
  body: string[]
  dateline: string
  byline: string
  source: string
  tags: string[]
  pictureText: string
  publishedAt: Date
}

const key = (line: string) => fold(line).replace(/[\s\u200c]+/g, '')

const CODE_LINE = /^(?:کد\s*(?:خبر|مطلب)|شناسه\s*خبر)\s*[:：]?\s*([0-9]{1,15})$/
const TAGS_HEADING = 'برچسبها'
const ENDS = new Set(['نظرشما', 'نظرات', 'ارسالنظر', 'مطالبمرتبط', 'اخبارمرتبط'])
const DATELINE = /^([\p{L}\u200c ]{2,30}?)\s*[-–—ـ]\s*(?=\p{L})/u
const REPORTED_BY =
  /^به\s+گزارش\s+((?:خبرنگار|خبرگزاری|گروه|پایگاه)\s+)?([\p{L}\u200c]+(?:\s+[\p{L}\u200c]+)?)\s*[،,؛]/u

/** A lead that begins with its dateline, «قزوین- …», as the two apart. */
export function splitDateline(lead: string): { dateline: string; rest: string } {
  const found = DATELINE.exec(lead)
  return found ? { dateline: found[1]!.trim(), rest: lead.slice(found[0].length) } : { dateline: '', rest: lead }
}

/** A line ends a sentence: paragraphs do, headings do not. */
function isSentence(line: string): boolean {
  return /[.!؟…:]["»]?$/.test(line) && line.length > 60
}

function headsOf(lines: string[]): { kicker: string; title: string; pictureText: string; rest: string[] } {
  for (let i = 0; i + 1 < Math.min(lines.length, 6); i++) {
    if (key(lines[i]!) === key(lines[i + 1]!)) {
      return {
        kicker: lines.slice(0, i).join(' '),
        title: lines[i]!,
        pictureText: lines[i + 1]!,
        rest: lines.slice(i + 2),
      }
    }
  }
  const heads = lines.findIndex(isSentence)
  const count = Math.max(1, Math.min(heads === -1 ? 1 : heads, 2))
  return {
    kicker: count === 2 ? lines[0]! : '',
    title: lines[count - 1] ?? '',
    pictureText: '',
    rest: lines.slice(count),
  }
}

function bylineOf(paragraphs: string[]): { byline: string; source: string } {
  for (const paragraph of paragraphs) {
    const found = REPORTED_BY.exec(paragraph)
    if (!found) continue
    const who = (found[1] ?? '').trim()
    const whose = found[2]!.trim()
    return { byline: who === '' ? whose : `${who} ${whose}`, source: who === 'خبرگزاری' ? `خبرگزاری ${whose}` : whose }
  }
  return { byline: '', source: '' }
}

/** Reads the text of a saved news page as a browser shows it: moment, kicker, title (said again at its picture), lead after its dateline, paragraphs, news code and tags; throws when it finds no moment or no title. */
export function readSavedPage(text: string): SavedPage {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
  const momentAt = lines.findIndex((line) => parseJalali(line) !== null)
  if (momentAt === -1) throw new Error('no line holds a Jalali day and hour')
  const codeAt = lines.findIndex((line) => CODE_LINE.test(toLatinDigits(line)))
  const endAt = lines.findIndex((line, i) => i > momentAt && (ENDS.has(key(line)) || key(line) === TAGS_HEADING))
  const bodyEnd = codeAt > momentAt ? codeAt : endAt === -1 ? lines.length : endAt
  const { kicker, title, pictureText, rest } = headsOf(lines.slice(momentAt + 1, bodyEnd))
  if (title === '') throw new Error('no title follows the moment')
  const [first = '', ...body] = rest
  const { dateline, rest: lead } = splitDateline(first)
  const tagsAt = lines.findIndex((line, i) => i >= bodyEnd && key(line) === TAGS_HEADING)
  const tagsEnd = lines.findIndex((line, i) => i > tagsAt && ENDS.has(key(line)))
  const code = codeAt === -1 ? undefined : Number(CODE_LINE.exec(toLatinDigits(lines[codeAt]!))![1])
  return {
    ...(code === undefined ? {} : { code }),
    kicker,
    title,
    pictureText,
    dateline,
    lead,
    body,
    ...bylineOf([first, ...body]),
    tags: tagsAt === -1 ? [] : lines.slice(tagsAt + 1, tagsEnd === -1 ? undefined : tagsEnd),
    publishedAt: parseJalali(lines[momentAt]!)!,
  }
}
