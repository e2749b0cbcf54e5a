import type { ArticleName, ArticleText } from '../comment-rules/types.ts'
import { sentences, stem, type Word, words } from '../persian-text/index.ts'
import { telling } from '../topic/common.ts'
import { isEveryday } from '../topic/field-index.ts'
import {
  AT_WORK,
  BODIES,
  BRANDED,
  BREAKS,
  DOUBTFUL_GIVEN,
  FAMILY_ENDING,
  GIVEN_NAMES,
  LONE_BODIES,
  NOT_FAMILY,
  ROLES,
  SAYING,
  TITLES,
} from './lists.ts'

/** A word with what stands before it since the last one (`mark` is '' for a plain space). */
interface Token extends Word {
  shown: string
  mark: string
}

interface Found {
  tokens: Token[]
  role: string | undefined
  sure: boolean
  count: number
}

const MARKS = /[،,:؛()«»"“”/\-–—]/

function tokensOf(text: string): Token[] {
  let last = 0
  return words(text).map((word) => {
    const mark = MARKS.exec(text.slice(last, word.start))?.[0] ?? ''
    last = word.end
    return { ...word, mark, shown: text.slice(word.start, word.end) }
  })
}

const isNumber = ({ joined }: Token): boolean => /^\d/.test(joined)

const isRole = (token: Token): boolean => ROLES.has(token.joined)

const isBody = (token: Token): boolean => BODIES.has(token.joined)

const stops = (token: Token | undefined): boolean =>
  token === undefined || token.mark !== '' || BREAKS.has(token.joined) || SAYING.has(token.joined) || isNumber(token)

const isPlainWord = (token: Token): boolean =>
  NOT_FAMILY.has(token.joined) || BREAKS.has(token.joined) || isRole(token) || isBody(token) || isNumber(token)

const isGiven = (token: Token): boolean =>
  GIVEN_NAMES.has(token.joined) || /(?<!آیت|ایت)(?<=..)الله$/.test(token.joined)

const looksFamily = (token: Token): boolean =>
  FAMILY_ENDING.test(token.joined) && token.joined.length > 3 && !isPlainWord(token)

const unknown = (token: Token): boolean => !isEveryday(token.joined, stem(token.text))

/** How many tokens from `at` are the given names: «محمد جواد», «نصرت الله». */
function givenLength(tokens: readonly Token[], at: number): number {
  let length = 0
  while (length < 3) {
    const token = tokens[at + length]
    if (!token || (length > 0 && token.mark !== '')) break
    if (token.joined !== 'ایت' && tokens[at + length + 1]?.joined === 'الله' && tokens[at + length + 1]!.mark === '')
      length += 2
    else if (isGiven(token)) length++
    else break
  }
  return length
}

/** How many tokens from `at` are a family name. */
function familyLength(tokens: readonly Token[], at: number): number {
  const first = tokens[at]
  if (!first || stops(first) || isPlainWord(first) || first.joined.length < 3) return 0
  const second = tokens[at + 1]
  if (second && !stops(second) && looksFamily(second) && unknown(second)) return 2
  return 1
}

/** The role that stands after or before the name at [from, to), as one phrase. */
function roleAround(tokens: readonly Token[], from: number, to: number): string | undefined {
  const next = tokens[to]
  if (next && isRole(next) && (next.mark === '' || next.mark === '،')) return phrase(tokens, to)
  for (let at = from - 1; at >= Math.max(0, from - 8); at--) {
    const token = tokens[at]!
    if (tokens[at + 1]!.mark !== '' && tokens[at + 1]!.mark !== '،') return undefined
    if (token.joined === 'خبرنگار') return undefined
    if (isRole(token)) return shown(tokens.slice(at, from).filter((each) => !TITLES.has(each.joined)))
    if (BREAKS.has(token.joined) && token.joined !== 'و') return undefined
  }
  return undefined
}

function phrase(tokens: readonly Token[], at: number): string {
  let end = at + 1
  while (end < at + 7 && tokens[end] && (!stops(tokens[end]) || joins(tokens, end))) end++
  return shown(tokens.slice(at, end))
}

const COUPLES = new Set([
  'راه شهرسازی',
  'آموزش پرورش',
  'اموزش پرورش',
  'صنعت معدن',
  'صدا سیما',
  'فرهنگ ارشاد',
  'علوم تحقیقات',
])

/** «و» inside a name such as «آموزش و پرورش» parts nothing. */
function joins(tokens: readonly Token[], at: number): boolean {
  return (
    tokens[at]!.joined === 'و' &&
    tokens[at]!.mark === '' &&
    COUPLES.has(`${tokens[at - 1]?.joined} ${tokens[at + 1]?.joined}`)
  )
}

const shown = (tokens: readonly Token[]): string => tokens.map((token) => token.shown).join(' ')

/** A person whose name begins at `at`, with the place where it ends. */
function personAt(tokens: readonly Token[], at: number): (Found & { end: number }) | undefined {
  let start = at
  while (tokens[start] && TITLES.has(tokens[start]!.joined) && tokens[start + 1]?.mark === '') start++
  const titled = start > at
  const given = givenLength(tokens, start)
  const family = familyLength(tokens, start + given)
  const end = start + given + family
  const first = tokens[start]
  if (!first || end === start) return undefined
  const after = tokens[end]
  const role = roleAround(tokens, at, end)
  const says = after !== undefined && SAYING.has(after.joined) && after.mark !== ':'
  if (given > 0) {
    if (family === 0 && !(given > 1 && (says || role || titled))) return undefined
    const last = tokens[end - 1]!
    const doubtful = given === 1 && DOUBTFUL_GIVEN.has(first.joined)
    const sure =
      titled || role !== undefined || says || after?.mark === '،' || (after !== undefined && AT_WORK.has(after.joined))
    if (doubtful && !sure) return undefined
    if (!sure && !looksFamily(last) && !unknown(last)) return undefined
    return { tokens: tokens.slice(start, end), role, sure, count: 1, end }
  }
  if (titled && family > 0 && (looksFamily(first) || unknown(first)))
    return { tokens: tokens.slice(start, end), role, sure: true, count: 1, end }
  return undefined
}

/** A family name alone, known by the role or the saying that follows it, or by the colon of a title. */
function familyAt(tokens: readonly Token[], at: number): (Found & { end: number }) | undefined {
  const token = tokens[at]!
  const next = tokens[at + 1]
  if (!next || !looksFamily(token) || !unknown(token)) return undefined
  const before = tokens[at - 1]
  const fresh = !before || token.mark !== '' || before.joined === 'و' || before.joined === 'ادامه'
  if (!fresh) return undefined
  const speaks = SAYING.has(next.joined) && next.mark === ''
  const colon = at === 0 && next.mark === ':'
  const role = isRole(next) && next.mark === '' ? phrase(tokens, at + 1) : undefined
  if (!speaks && !colon && !role) return undefined
  return { tokens: [token], role, sure: true, count: 1, end: at + 1 }
}

/** A word that a body's name goes on with: not a common one, unless it is an adjective such as «عمومی», and not a person's name. */
function goesOn(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  if (!token || isRole(token)) return false
  if (stops(token)) return joins(tokens, at)
  if (NOT_FAMILY.has(token.joined)) return true
  const next = tokens[at + 1]
  const person = isGiven(token) && (!DOUBTFUL_GIVEN.has(token.joined) || (next !== undefined && looksFamily(next)))
  if (person && !/^(?:امام|شهید|علامه)$/.test(tokens[at - 1]!.joined)) return false
  return telling(token.joined, stem(token.text)) > 0.3
}

/** Where a brand in quotation marks after a body's head ends, or `at`: «اپراتور «پیوند همراه»». */
function brandEnd(tokens: readonly Token[], at: number): number {
  if (!(isBody(tokens[at]!) || BRANDED.has(tokens[at]!.joined)) || tokens[at + 1]?.mark !== '«') return at
  let end = at + 2
  while (tokens[end] && tokens[end]!.mark === '' && end < at + 6) end++
  return tokens[end] === undefined || tokens[end]!.mark === '»' ? end : at
}

/** Where a body's name that begins at `at` ends, or `at` when there is none. */
function bodyEnd(tokens: readonly Token[], at: number): number {
  const token = tokens[at]!
  const brand = brandEnd(tokens, at)
  if (brand > at) return brand
  if (!isBody(token)) return at
  let end = at + 1
  while (end < at + 5 && goesOn(tokens, end)) end++
  if (end > at + 1) return end
  return LONE_BODIES.has(token.joined) ? end : at
}

const key = (tokens: readonly Token[]): string => tokens.map((token) => token.joined).join(' ')

/** Collects what is found, so that «علیرضایی» joins «نصرت‌الله علیرضایی». */
class Gathered {
  readonly people = new Map<string, Found>()
  readonly bodies = new Map<string, { name: string; count: number; forms?: string[] }>()

  person(found: Found): void {
    const family = found.tokens.at(-1)!.joined
    const known = this.people.get(family)
    if (!known) {
      this.people.set(family, { ...found })
      return
    }
    known.count++
    known.sure ||= found.sure
    known.role ??= found.role
    if (found.tokens.length > known.tokens.length) known.tokens = found.tokens
  }

  body(tokens: readonly Token[]): void {
    const known = this.bodies.get(key(tokens))
    if (known) known.count++
    else if (tokens[1]?.mark === '«')
      this.bodies.set(key(tokens), { name: shown(tokens), count: 1, forms: [shown(tokens.slice(1))] })
    else this.bodies.set(key(tokens), { name: shown(tokens), count: 1 })
  }
}

function gather(text: string, into: Gathered): void {
  for (const sentence of sentences(text)) {
    const tokens = tokensOf(sentence.text)
    for (let at = 0; at < tokens.length; ) {
      const person = personAt(tokens, at) ?? familyAt(tokens, at)
      if (person) {
        into.person(person)
        at = person.end
        continue
      }
      const end = bodyEnd(tokens, at)
      if (end > at) into.body(tokens.slice(at, end))
      at = Math.max(end, at + 1)
    }
  }
}

/** «مدیرکل روابط عمومی استانداری:» over or in a title gives the role of who speaks. */
function roleOfTitle(article: ArticleText): string | undefined {
  for (const line of [article.kicker, article.title]) {
    const tokens = tokensOf(line ?? '')
    const colon = tokens.findIndex(({ mark }, at) => at > 0 && mark === ':')
    const end = colon > 0 ? colon : /:\s*$/.test(line ?? '') ? tokens.length : 0
    if (end > 0 && end < 8 && isRole(tokens[0]!)) return shown(tokens.slice(0, end))
  }
  return undefined
}

const MOST = 30

/** The persons and bodies that an article speaks of, persons first, each in the order of appearance: a proposal for the reporter to settle. */
export function findNames(article: ArticleText): ArticleName[] {
  const found = new Gathered()
  const parts = [article.kicker, article.title, article.lead, article.body, ...(article.tags ?? [])]
  for (const part of parts) if (part) gather(part, found)
  const spoken = parts.flatMap((part) => words(part ?? '').map(({ joined }) => joined))
  const recurs = ({ tokens }: Found) => spoken.filter((word) => word === tokens.at(-1)!.joined).length > 1
  const people = [...found.people.values()].filter((each) => each.sure || each.count > 1 || recurs(each))
  const speaker = roleOfTitle(article)
  const main = people.reduce<Found | undefined>(
    (best, each) => (best && best.count >= each.count ? best : each),
    undefined,
  )
  if (main && speaker) main.role ??= speaker
  const persons = people.map(({ tokens, role }): ArticleName => {
    const name = shown(tokens)
    const family = tokens.at(-1)!.shown
    return { name, kind: 'person', ...(role ? { role } : {}), ...(family === name ? {} : { forms: [family] }) }
  })
  const bodies = [...found.bodies.values()].map(
    ({ name, forms }): ArticleName => ({ name, kind: 'body', ...(forms ? { forms } : {}) }),
  )
  return [...persons.slice(0, MOST), ...bodies.slice(0, MOST)]
}
