import { fold } from '../../persian-text/index.ts'
import { DEEDS, type Deed, OTHER_VERBS } from './deeds.ts'
import { hintsIn } from './hints.ts'
import { KIN, MONEY_IDIOMS, NAMED, POWER_IDIOMS } from './idioms.ts'
import { type Family, familyNamed, genitiveOf, type Label, labelOf, ownedDeed } from './labels.ts'
import { RUSES } from './ruses.ts'
import { SAYINGS } from './sayings.ts'
import { PLAYFUL } from './targets.ts'
import type { Token } from './tokens.ts'
import { TURNS } from './turns.ts'
import { COPULAS, DENIALS, verbOf } from './verbs.ts'

/** A predicate of wrongdoing in a text: words [from, to), the last of them its verb when `person` is known. */
export interface Predicate {
  family: Family
  from: number
  to: number
  weight: number
  label: Label | undefined
  person: 1 | 2 | 3 | undefined
  denied: boolean
  open: boolean
  infinitive: boolean
  buys: boolean
  /** It is said in the form of a question. */
  sly: boolean
  /** Several hints in one sentence, no deed that is named. */
  hinted: boolean
  /** Somebody else from whom it was taken must stand by. */
  giver: Deed['from']
  /** A noun that lays the deed to whoever is named right after it. */
  genitive: boolean
}

const bare = (word: string): string => fold(word).replaceAll('\u200c', '')

const ENDINGS =
  'ه س ن ند ا ای ارو ست ام ات ی ای ها های هایی هایش هاش ش شان شون ت تون تان م مان مون مونو و رو اش هم شو تو مو یی ایی هایشان هاشون'.split(
    ' ',
  )

/** Kin, of whom the speaker’s own («برادرم») are favoured by nobody whom he accuses. */
const RELATIVES = new Set(KIN.split(' ').map(bare))

function inflected(list: string, family: Family): Set<string> {
  const words = list.split(' ').filter(Boolean).map(bare)
  return new Set(
    words.flatMap((word) => {
      const endings = family === 'favour' && RELATIVES.has(word) ? ENDINGS.filter((ending) => ending !== 'م') : ENDINGS
      return [word, ...endings.map((ending) => word + bare(ending))]
    }),
  )
}

interface Pattern extends Omit<Deed, 'nouns' | 'also' | 'verbs'> {
  also: ReadonlySet<string>[]
  verbs: ReadonlySet<string>
}

const patterns = new Map<string, Pattern[]>()
for (const deed of [...DEEDS, ...MONEY_IDIOMS, ...POWER_IDIOMS, ...SAYINGS, ...TURNS, ...RUSES]) {
  const verbs = new Set(deed.verbs.split(' ').filter(Boolean))
  const pattern: Pattern = { ...deed, also: (deed.also ?? []).map((group) => inflected(group, deed.family)), verbs }
  for (const form of inflected(deed.nouns, deed.family)) patterns.set(form, [...(patterns.get(form) ?? []), pattern])
}

const NOTHING = {
  person: undefined,
  denied: false,
  open: false,
  infinitive: false,
  buys: false,
  label: undefined,
  genitive: false,
  sly: false,
  hinted: false,
  giver: undefined,
}

function clauseEnd(tokens: readonly Token[], at: number, reach: number): number {
  let end = at + 1
  while (end < tokens.length && end <= at + reach + 1 && tokens[end]!.sentence === tokens[at]!.sentence) end++
  return end
}

/** Words that only look like a verb’s form. */
const NOUNS_LIKE_VERBS = new Set(['نگه', 'بار', 'نرم'])

/** Where the verb of a deed that begins at `at` stands, or undefined. */
function verbPlace(tokens: readonly Token[], at: number, pattern: Pattern, end: number): number | undefined {
  const back = at > 1 && PLACE.has(tokens[at - 1]!.joined) ? at - 2 : at - 1
  const before = back >= 0 ? verbOf(tokens[back]!.joined) : undefined
  const fitting = before !== undefined && pattern.verbs.has(before.verb) && !before.open && !before.bare
  const turned = fitting && tokens[back]!.clause === tokens[at]!.clause
  if (turned && back === at - 2) return back
  for (let place = at + 1; place < end; place++) {
    const word = tokens[place]!.joined
    if (DENIALS.has(word)) return undefined
    const verb = NOUNS_LIKE_VERBS.has(word) ? undefined : verbOf(word)
    if (!verb || (verb.verb === 'داشتن' && tokens[place + 1]?.joined.startsWith('می'))) continue
    if (!pattern.verbs.has(verb.verb)) {
      const participle = /[تد]ه$/.test(tokens[place]!.joined)
      if (participle || pattern.also.some((group) => group.has(tokens[place]!.joined))) continue
      return undefined
    }
    const light = tokens[place - 1]!.joined
    if (OTHER_VERBS.has(light) && place - 1 !== at && !pattern.also.some((group) => group.has(light))) return undefined
    return place
  }
  return turned ? back : undefined
}

function deedAt(tokens: readonly Token[], at: number, pattern: Pattern): Predicate | undefined {
  const reach = (pattern.reach ?? 4) + (tokens[at + 1]?.joined === 'که' ? 4 : 0)
  const end = clauseEnd(tokens, at, reach)
  const start = Math.max(0, at - (pattern.reach ?? 4))
  let from = at
  let to = at + 1
  for (const group of pattern.also) {
    let place = -1
    const fits = (near: number) =>
      group.has(tokens[near]!.joined) && (!pattern.tight || tokens[near]!.clause === tokens[at]!.clause)
    for (let near = at + 1; near < end && place < 0; near++) if (fits(near)) place = near
    for (let near = at - 1; near >= start && place < 0 && tokens[near]!.sentence === tokens[at]!.sentence; near--)
      if (fits(near)) place = near
    if (place < 0) return undefined
    from = Math.min(from, place)
    to = Math.max(to, place + 1)
  }
  const base = {
    ...NOTHING,
    family: pattern.family,
    weight: pattern.weight ?? 0.9,
    buys: pattern.buys === true,
    sly: pattern.sly === true,
    giver: pattern.from,
  }
  if (pattern.verbs.size === 0)
    return { ...base, from, to, denied: !pattern.firm && deniedAfter(tokens, to), person: addressed(tokens, to) }
  const place = verbPlace(tokens, at, pattern, end)
  if (place === undefined) return undefined
  const verb = verbOf(tokens[place]!.joined)!
  return {
    ...base,
    from: Math.min(from, place),
    to: Math.max(to, place + 1),
    person: verb.person,
    denied: !pattern.firm && (verb.negated || DENIALS.has(tokens[place + 1]?.joined ?? '')),
    open: pattern.open !== true && ((verb.open && !able(tokens, from)) || wished(tokens[place + 1])),
    infinitive: verb.bare && (blamed(tokens, from) || !(closes(tokens, place) || marksObject(tokens, from, place))),
  }
}

const WISHED = new Set(['باشد', 'باشه', 'باشند', 'باشن', 'باشید', 'باشی'])

const ABLE = new Set([
  'بلد',
  'بلده',
  'بلدن',
  'بلدند',
  'میخواهد',
  'میخواد',
  'میخواهند',
  'میخوان',
  'امده',
  'اومده',
  'امدند',
  'اومدن',
  'دنبال',
])

/** Whether «بلد است», «آمده» and the like stand before: then «بخورد» is what somebody does, not a wish. */
const able = (tokens: readonly Token[], from: number): boolean =>
  tokens
    .slice(Math.max(0, from - 4), from)
    .some(({ joined, clause }) => ABLE.has(joined) && clause === tokens[from]!.clause)

const wished = (token: Token | undefined): boolean => token !== undefined && WISHED.has(token.joined)

const AFTER_VERB = new Set(
  'و که تا بالا اگر اگه چون ولی اما راست بعد یک یه هم رفت رفتن رفتند بردن بردند خوردن خوردند واسه'.split(' '),
)
const PLACE = new Set('تو توی در به از'.split(' '))

/** Whether the clause ends at `at`, or only says where, so that a form in ـن is a verb and no infinitive. */
function closes(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]
  if (!next || next.clause !== tokens[at]!.clause || AFTER_VERB.has(next.joined)) return true
  if (!PLACE.has(next.joined)) return false
  for (let near = at + 2; tokens[near]?.clause === next.clause; near++)
    if (COPULAS.has(tokens[near]!.joined) || verbOf(tokens[near]!.joined)) return false
  return true
}

const CAUSES = new Set('خاطر جرم اتهام دلیل علت بابت'.split(' '))

/** «به خاطر رشوه گرفتن»: a noun of the deed, the cause of something else. */
const blamed = (tokens: readonly Token[], from: number): boolean => CAUSES.has(tokens[from - 1]?.joined ?? '')

const beginsClause = (tokens: readonly Token[], at: number): boolean =>
  at < 2 || tokens[at - 2]!.clause !== tokens[at]!.clause || tokens[at - 1]!.clause !== tokens[at]!.clause

function lastOfClause(tokens: readonly Token[], at: number): string {
  let last = at
  while (tokens[last + 1]?.clause === tokens[at]!.clause) last++
  return tokens[last]!.joined
}

/** «پرونده را دستکاری کردن», «ساکتش کردن»: with a definite object and no copula after it, a form in ـن is spoken for ـند. */
function marksObject(tokens: readonly Token[], from: number, verb: number): boolean {
  const { clause } = tokens[verb]!
  for (let at = verb + 1; tokens[at]?.clause === clause; at++)
    if ((COPULAS.has(tokens[at]!.joined) && tokens[at]!.joined !== 'یه') || DENIALS.has(tokens[at]!.joined))
      return false
  if (beginsClause(tokens, from) && !/(?:ه|ست)$/.test(lastOfClause(tokens, verb))) return true
  if (/..(?:ش|شون|شان|مون)$/.test(tokens[verb - 1]!.joined)) return true
  for (let at = Math.max(0, from - 1); at < verb; at++)
    if (tokens[at]!.joined === 'رو' || tokens[at]!.joined === 'را') return true
  return false
}

/** 2 when a copula of address follows: «دنبال غارت هستید». */
function addressed(tokens: readonly Token[], from: number): 2 | undefined {
  for (let at = from; at < from + 3; at++) if (/^هست(?:ید|ین|ی)$/.test(tokens[at]?.joined ?? '')) return 2
  return undefined
}

function deniedAfter(tokens: readonly Token[], from: number): boolean {
  const clause = tokens[from - 1]!.clause
  for (let at = from; at < Math.min(tokens.length, from + 3); at++) {
    const token = tokens[at]!
    if (token.clause !== clause) return false
    if (DENIALS.has(token.joined)) return tokens[at - 1]!.joined !== 'بیشتر'
    if (COPULAS.has(token.joined) || token.joined === 'و') return false
  }
  return false
}

const STEALING = new Set(['دزدیدن', 'چاپیدن'])

function stealing(tokens: readonly Token[], at: number): Predicate | undefined {
  const verb = verbOf(tokens[at]!.joined)
  if (!verb || !STEALING.has(verb.verb)) return undefined
  for (let near = at - 1; near >= Math.max(0, at - 6) && tokens[near]!.clause === tokens[at]!.clause; near--)
    if (PLAYFUL.has(tokens[near]!.joined) || PLAYFUL.has(tokens[near]!.joined.slice(0, -1))) return undefined
  const mine =
    /.م(?:و|ون|ونو)$/.test(tokens[at - 1]?.joined ?? '') && !/^(?:پول|حق|سهم|جیب|مال)/.test(tokens[at - 1]!.joined)
  return {
    ...NOTHING,
    family: 'theft',
    from: at,
    to: at + 1,
    weight: mine ? 0.7 : 0.9,
    person: verb.person,
    denied: verb.negated,
    open: (verb.open && !able(tokens, at)) || wished(tokens[at + 1]),
    infinitive: verb.bare && !closes(tokens, at),
  }
}

function labelPredicate(tokens: readonly Token[], at: number, label: Label): Predicate {
  return {
    ...NOTHING,
    family: label.family,
    from: at,
    to: at + 1,
    weight: 0.92,
    label,
    denied: deniedAfter(tokens, at + 1),
  }
}

const AMOUNT_NOUNS = new Set('اختلاس دزدی کلاهبرداری رشوه پولشویی'.split(' '))

/** Where the amount ends that begins at `at`: «۳۰ میلیاردی», «هزار میلیارد تومانی». */
function amountEnd(tokens: readonly Token[], at: number): number {
  let end = at
  while (
    /^(?:\d+|چند|هزار|صد|ده|ها|میلیارد|میلیاردی|میلیون|میلیونی|تومانی|تومنی|دلاری)$/.test(tokens[end]?.joined ?? '')
  )
    end++
  return end
}

const AGAINST = new Set('جلوی جلو با علیه ضد تهمت اتهام شایعه به از مبارزه کشف'.split(' '))

/** From which total a sentence of hints is held though it names nobody. */
const HEAVY = 4

/** All predicates of wrongdoing in a text, in order. */
export function predicatesOf(tokens: readonly Token[]): Predicate[] {
  const found: Predicate[] = []
  const spoken = [...new Set(tokens.flatMap(({ joined }) => verbOf(joined)?.verb ?? []))]
  for (let at = 0; at < tokens.length; at++) {
    const word = tokens[at]!.joined
    const label = labelOf(word)
    if (label) found.push(labelPredicate(tokens, at, label))
    const amount = AMOUNT_NOUNS.has(word) ? amountEnd(tokens, at + 1) : at + 1
    const family = amount > at + 1 ? familyNamed(word) : genitiveOf(word)
    if (family && !AGAINST.has(tokens[at - 1]?.joined ?? ''))
      found.push({ ...NOTHING, family, from: at, to: amount, weight: 0.72, genitive: true })
    const own = ownedDeed(word)
    if (own && !AGAINST.has(tokens[at - 1]?.joined ?? ''))
      found.push({ ...NOTHING, family: own.family, from: at, to: at + 1, weight: 0.8, person: own.person })
    const stolen = stealing(tokens, at)
    if (stolen) found.push(stolen)
    for (const pattern of patterns.get(word) ?? []) {
      if (pattern.verbs.size > 0 && !spoken.some((verb) => pattern.verbs.has(verb))) continue
      const deed = deedAt(tokens, at, pattern)
      if (deed) found.push(deed)
    }
  }
  for (const { from, to, person, total, weak } of hintsIn(tokens))
    found.push({
      ...NOTHING,
      family: 'corruption',
      from,
      to,
      person,
      weight: weak ? 0.52 : total >= HEAVY ? 0.8 : NAMED,
      hinted: true,
    })
  return found
}
