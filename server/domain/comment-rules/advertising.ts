import { PROSE } from './advertising-prose.ts'
import { noticeWeight } from './advertising-register.ts'
import { COMPLAINT, HEADLINE, SIGNS, type Sign, WARNING } from './advertising-signs.ts'
import { WARES } from './advertising-wares.ts'
import { phonesIn } from './phone-numbers.ts'
import type { Look, PreparedText, Rule } from './rule.ts'
import { NOTHING } from './rule.ts'
import type { Span } from './types.ts'

interface Seen {
  weight: number
  what: string
  contact: boolean
  span: Span
}

interface Compiled extends Omit<Sign, 'phrases'> {
  pattern: RegExp
}

/** The parts of a pattern's source between the bars that stand in no group. */
function alternatives(source: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at <= source.length; at++) {
    if (at === source.length || (source[at] === '|' && depth === 0)) {
      parts.push(source.slice(from, at))
      from = at + 1
    } else if (source[at] === '(' || source[at] === '[') depth += 1
    else if (source[at] === ')' || source[at] === ']') depth -= 1
  }
  return parts
}

/** The alternatives of a source with every group at their beginning multiplied out, so that each begins with a letter. */
function spreadOut(source: string): string[] {
  return alternatives(source).flatMap((part) => {
    if (!part.startsWith('(?:')) return [part]
    let end = 3
    for (let depth = 1; depth > 0; end++) depth += part[end] === '(' ? 1 : part[end] === ')' ? -1 : 0
    const rest = part.slice(end)
    const inner = alternatives(part.slice(3, end - 1)).flatMap(spreadOut)
    if (rest.startsWith('?')) return [...inner.map((one) => one + rest.slice(1)), rest.slice(1)].flatMap(spreadOut)
    return inner.map((one) => one + rest)
  })
}

interface Signs {
  /** Signs whose third letter is not fixed. */
  any: Compiled[]
  byThird: Map<number, Compiled[]>
}

/** The first two letters of a source and what may stand between them and the third. */
const START = /^\p{L}{2}(?: \??)*/u

/** A source with a group after its first two letters multiplied out, so that its third letter is fixed. */
function withThird(source: string): string[] {
  const start = START.exec(source)?.[0] ?? ''
  return start && source.startsWith('(?:', start.length)
    ? spreadOut(source.slice(start.length)).map((rest) => start + rest)
    : [source]
}

/** Signs by the two or, where the third is fixed, three letters with which they begin, so that a word of a comment is compared with few. */
const byStart = new Map<number, Signs>()
const startOf = (text: string, at: number) => text.charCodeAt(at) * 0x10000 + text.charCodeAt(at + 1)
for (const { phrases, ...sign } of [...SIGNS, ...PROSE, ...WARES]) {
  const groups = new Map<string, string[]>()
  for (const source of spreadOut(phrases).flatMap((phrase) => withThird(phrase.trimStart()))) {
    const third = /^\p{L}(?![?{*])/u.exec(source.slice(START.exec(source)?.[0].length ?? 2))?.[0] ?? ''
    const start = source.slice(0, 2) + third
    groups.set(start, [...(groups.get(start) ?? []), source])
  }
  for (const [start, sources] of groups) {
    const pattern = new RegExp(`(?:${sources.join('|').replaceAll(' ', '[\\s\\u200c]{0,3}')})`, 'uy')
    const signs: Signs = byStart.get(startOf(start, 0)) ?? { any: [], byThird: new Map() }
    byStart.set(startOf(start, 0), signs)
    if (start.length === 2) signs.any.push({ ...sign, pattern })
    else {
      const third = start.charCodeAt(2)
      signs.byThird.set(third, [...(signs.byThird.get(third) ?? []), { ...sign, pattern }])
    }
  }
}

/** The signs whose patterns match where a word begins. */
function signsAt(folded: string, at: number, found: (sign: Compiled, length: number) => void): void {
  const signs = byStart.get(startOf(folded, at))
  if (!signs) return
  const compare = (sign: Compiled) => {
    sign.pattern.lastIndex = at
    const match = sign.pattern.exec(folded)
    if (match) found(sign, match[0].length)
  }
  for (const sign of signs.any) compare(sign)
  let third = at + 2
  while (folded.charCodeAt(third) <= 32 || folded.charCodeAt(third) === 0x200c) third += 1
  for (const sign of signs.byThird.get(folded.charCodeAt(third)) ?? []) compare(sign)
}

const LINK = /(?:https?:\/\/|www\.)[^\s<>«»]+/giu
const SITE =
  /(?<![\w.@])(?:[a-z0-9-]{2,40}\s?(?:\.|\(dot\)|\[dot\])\s?){1,4}(?:com|ir|net|org|info|shop|xyz|online|site|club|bet|casino|me|io|app|link|co|ly)(?![\w])/giu
const CHANNEL =
  /(?<![\w.])(?:t\s{0,3}\.\s{0,3}me|telegram\s{0,3}\.\s{0,3}me|wa\s{0,3}\.\s{0,3}me|eitaa\s{0,3}\.\s{0,3}com|rubika\s{0,3}\.\s{0,3}ir|ble\s{0,3}\.\s{0,3}ir|instagram\s{0,3}\.\s{0,3}com)\s{0,3}\/\s{0,3}[\w+-]+/giu
const HANDLE = /(?<![\w.])@[a-z][\w.]{3,30}/giu
/** Hosts of news agencies, papers, encyclopedias and public bodies, which people quote. */
const PUBLIC_HOST =
  /(?:isna|irna|mehrnews|tasnimnews|farsnews|yjc|khabaronline|tabnak|mashreghnews|ilna|iribnews|entekhab|asriran|hamshahri\w*|donya-e-eqtesad|etemad\w*|sharghdaily|varzesh3|bbc|reuters|apnews|aljazeera|cnn|nytimes|theguardian|wikipedia|majlis|leader|president|dolat|amar|sanjesh|medu|tax|adliran|shaparak|cbi|isaco|iranianmajles|who|un|fifa|aparat|youtube|twitter|x)\.(?:ir|com|org|net|int)|\.(?:gov|ac|edu)\b|\.org(?:\.ir)?\b/i
/** Words between quotation marks, which people quote to warn or to mock. */
const QUOTED = /[«"“][^«»"“”]{12,}[»"”]/gu
/** Words beside an address that is named as a source or as an office's. */
const SOURCE =
  /نوشته|منبع|طبق|به نقل|خبرگزاری|ویکی|مراجعه|متن کامل (?:قانون|سخن|گزارش)|گزارش|باز نمی|قطع|سامانه|وزارت|سازمان|اداره|آمار/

function linksIn(text: string, folded: string): Seen[] {
  const seen: Seen[] = []
  const add = (pattern: RegExp, what: string, weight: (found: string) => number) => {
    for (const match of text.matchAll(pattern))
      seen.push({ what, weight: weight(match[0]), contact: true, span: [match.index, match.index + match[0].length] })
  }
  const named = SOURCE.test(folded)
  const trust = (found: string) => (PUBLIC_HOST.test(found) ? 0.2 : named && !/shop|bet|xyz/i.test(found) ? 0.4 : 0.55)
  const bare = (found: string) =>
    /shop|bet|xyz|online|site|club|casino|app|\.ly|\.me|\.co(?!m)/i.test(found)
      ? trust(found)
      : Math.min(0.45, trust(found))
  add(LINK, 'پیوند', trust)
  add(SITE, 'پیوند', bare)
  add(CHANNEL, 'نشانی کانال', () => 0.7)
  add(HANDLE, 'شناسهٔ کانال', () => 0.42)
  return seen
}

/** Numbers that one is to call: phone numbers, and eight digits alone that count nothing. */
function numbersIn(prepared: PreparedText): Seen[] {
  const seen: Seen[] = phonesIn(prepared).map(({ span }) => ({ what: 'شمارهٔ تلفن', weight: 0.35, contact: true, span }))
  for (const { joined, start, end } of prepared.words)
    if (/^[2-8]\d{7}$/.test(joined) && !/^\s*(?:نفر|تومان|تومن|ریال|دلار)/.test(prepared.text.slice(end, end + 8)))
      seen.push({ what: 'شمارهٔ تلفن', weight: 0.3, contact: true, span: [start, end] })
  return seen
}

function seenIn(prepared: PreparedText): Seen[] {
  const { text, folded, map } = prepared
  const seen: Seen[] = []
  let before = ' '
  let hasLatin = false
  let hasNumber = false
  for (let at = 0; at < folded.length; at++) {
    const letter = folded[at]!
    const code = folded.charCodeAt(at)
    const inWord = code > 0x61f || (code > 47 && code < 58) || (code > 96 && code < 123)
    if (code > 96 && code < 123) hasLatin = true
    if ((code > 47 && code < 58) || letter === 'ص') hasNumber = true
    const begins = inWord && before === ' '
    before = inWord ? letter : ' '
    if (!begins) continue
    signsAt(folded, at, ({ weight, what, side }, length) => {
      seen.push({ weight, what, contact: side === 'contact', span: [map[at]!, map[at + length]!] })
    })
  }
  if (hasLatin && /[@./\])]/.test(text)) seen.push(...linksIn(text, folded))
  if (seen.length > 0 || hasNumber || HEADLINE.test(folded)) {
    if (hasNumber) seen.push(...numbersIn(prepared))
    const headline = HEADLINE.exec(folded)
    if (headline) seen.push({ what: 'سرخط آگهی', weight: 0.3, contact: false, span: [0, map[headline[0].length]!] })
  }
  return seen
}

/** The signs with half their weight where somebody quotes them within words of his own. */
function halvedInQuotes(text: string, seen: Seen[]): Seen[] {
  if (!/[«"“]/.test(text)) return seen
  const quoted = [...text.matchAll(QUOTED)].map(({ index, 0: found }): Span => [index, index + found.length])
  const own = text.length - quoted.reduce((sum, [start, end]) => sum + end - start, 0)
  if (quoted.length === 0 || own < 15) return seen
  return seen.map((one) =>
    quoted.some(([start, end]) => start <= one.span[0] && one.span[1] <= end)
      ? { ...one, weight: one.weight / 2, contact: false }
      : one,
  )
}

/** How much of a score is left when a text warns, complains, asks or tells; less where it says no way to reach a seller. */
function doubt({ folded }: PreparedText, seen: readonly Seen[]): number {
  const reaches = seen.some(({ contact }) => contact)
  const warned = WARNING.test(folded) ? (reaches ? 0.8 : 0.6) : 1
  const complaints = [...folded.matchAll(COMPLAINT)].length
  if (complaints === 0) return warned
  return warned * Math.max(0.4, (reaches ? 1 : 0.85) - complaints * 0.08)
}

/** A finite verb of the second or third person or of the past; sellers write lists, or say «داریم» and «می‌دهیم». */
const TELLING =
  /^(?:ن?می.*[^م]|ن?می|است|هست(?:ن|ند|ش)?|نیست.*|بود.*|شد.*|نشد.*|کرد.*|نکرد.*|داد.*|نداد.*|دار(?:د|ه|ن|ند)|ندار.*|گفت.*|رفت.*|آمد.*|اومد.*|گرفت.*|باید|نباید|بشه|بشود|کنه|کند|کنند|.{2,}(?:یده|وده)|چرا|کی|کجا|چی|من|ما را|خدا|آقا.*|اگر|اگه)$/u

/** Whether a text is worded like a notice: a list of things parted by commas without a sentence that tells, asks or blames. */
function isNotice({ words, text, folded }: PreparedText): boolean {
  if (/[?؟!]/.test(text) || !text.includes('،') || folded.search(COMPLAINT) >= 0) return false
  return !words.some(({ joined }) => TELLING.test(joined))
}

/** Advertising and links: ways to reach a seller, offers, promises and things that are sold; none but the strongest is enough alone. */
export const advertising: Rule = {
  code: 'advertising',
  label: 'تبلیغ',
  threshold: 0.5,
  look({ text, name }): Look {
    const seen = halvedInQuotes(text.text, seenIn(text))
    const inName = name ? seenIn(name).filter(({ weight }) => weight >= 0.5) : []
    const notice = noticeWeight(text)
    if (seen.length === 0 && inName.length === 0 && notice === 0) return NOTHING
    const kinds = new Map<string, number>()
    const ends = new Map<string, number>()
    for (const { what, weight, contact, span } of [...seen, ...inName]) {
      const before = kinds.get(what)
      const again = before !== undefined && !contact && span[0] >= ends.get(what)!
      kinds.set(what, again ? 1 - (1 - before) * (1 - weight / 2) : Math.max(weight, before ?? 0))
      ends.set(what, Math.max(span[1], ends.get(what) ?? 0))
    }
    if (seen.some(({ weight }) => weight >= 0.35) && text.words.length >= 6 && isNotice(text))
      kinds.set('آگهی‌نویسی', 0.35)
    if (notice > (kinds.get('آگهی‌نویسی') ?? 0)) kinds.set('آگهی‌نویسی', notice)
    const sum = 1 - [...kinds.values()].reduce((rest, weight) => rest * (1 - weight), 1)
    const score = sum < 0.5 ? sum : sum * doubt(text, seen)
    const strongest = [...kinds].reduce((best, one) => (one[1] > best[1] ? one : best))[0]
    return {
      score: Math.min(0.99, score),
      spans: seen.map(({ span }) => span),
      why: seen.length > 0 || notice > 0 ? `نشانهٔ تبلیغ دیده می‌شود: ${strongest}.` : 'نام فرستنده تبلیغ است.',
      certain: kinds.size >= 3 && score >= 0.85,
    }
  },
  examples: {
    catches: [
      { text: 'فروش ویژهٔ گوشی با ۵۰ درصد تخفیف، سفارش در تلگرام @shop_best' },
      { text: 'کسب درآمد روزانه در منزل، لینک در کانال t.me/pool123' },
      { text: 'وام فوری بدون ضامن' },
      { text: 'بهترین سایت شرط‌بندی با شارژ اولیه' },
      { text: 'به سایت ما سر بزنید: https://example.shop/off' },
      { text: 'خرید فالوور ارزان' },
      { text: 'برای اطلاعات بیشتر به t . me / mychannel بیایید' },
      { text: 'فروش فیلترشکن پرسرعت' },
      { text: 'عضو کانال تلگرام ما شوید' },
      { text: 'در روبیکا عضو شید' },
      { text: 'آیدی تلگرام: shop_best' },
      { text: 'پایان‌نامه ارزان انجام می‌دهیم' },
      { text: 'آموزش فارکس رایگان در کانال' },
      { text: 'با کد تخفیف off50 خرید کنید' },
      { text: 'شاپ کالا دات کام' },
    ],
    passes: [
      { text: 'قیمت گوشی خیلی گران شده است.' },
      { text: 'کاش تخفیف دانشجویی هم می‌دادند.' },
      { text: 'فروش نفت امسال بیشتر شد.' },
      { text: 'در تلگرام هم همین خبر را دیدم.' },
      { text: 'وام ازدواج را افزایش دهید.' },
      { text: 'سایت دانشگاه باز نمی‌شود.' },
      { text: 'شرکت در انتخابات حق ماست.' },
      { text: 'ساعت ۱۰.۳۰ رسیدم.' },
      { text: 'شرط‌بندی در فوتبال باید جمع شود.' },
      { text: 'فیلترشکن‌فروش‌ها خوشحال شدند.' },
      { text: 'گوشی را با ارسال رایگان گرفتم و راضی‌ام.' },
      { text: 'خرید و فروش رأی جرم است.' },
      { text: 'رمال‌ها مردم را فریب می‌دهند.' },
      { text: 'درآمد روزانهٔ یک کارگر چقدر است؟' },
    ],
  },
}
