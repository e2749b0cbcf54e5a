import { fold } from '../../persian-text/index.ts'
import { DEEDS, type Deed, OTHER_VERBS } from './deeds.ts'
import { type Family, familyNamed, genitiveOf, type Label, labelOf, ownedDeed } from './labels.ts'
import { PLAYFUL } from './targets.ts'
import type { Token } from './tokens.ts'
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
  /** A noun that lays the deed to whoever is named right after it. */
  genitive: boolean
}

const bare = (word: string): string => fold(word).replaceAll('\u200c', '')

const ENDINGS =
  'ه ست ام ات ی ای ها های هایی هایش هاش ش شان شون ت تون تان م مان مون مونو و رو اش هم شو تو مو یی ایی هایشان هاشون'.split(
    ' ',
  )

function inflected(list: string): Set<string> {
  const words = list.split(' ').filter(Boolean).map(bare)
  return new Set(words.flatMap((word) => [word, ...ENDINGS.map((ending) => word + bare(ending))]))
}

interface Pattern extends Omit<Deed, 'nouns' | 'also' | 'verbs'> {
  also: ReadonlySet<string>[]
  verbs: ReadonlySet<string>
}

const patterns = new Map<string, Pattern[]>()
for (const deed of DEEDS) {
  const verbs = new Set(deed.verbs.split(' ').filter(Boolean))
  const pattern: Pattern = { ...deed, also: (deed.also ?? []).map(inflected), verbs }
  for (const form of inflected(deed.nouns)) patterns.set(form, [...(patterns.get(form) ?? []), pattern])
}

const NOTHING = {
  person: undefined,
  denied: false,
  open: false,
  infinitive: false,
  buys: false,
  label: undefined,
  genitive: false,
}

function clauseEnd(tokens: readonly Token[], at: number, reach: number): number {
  let end = at + 1
  while (end < tokens.length && end <= at + reach + 1 && tokens[end]!.sentence === tokens[at]!.sentence) end++
  return end
}

/** Where the verb of a deed that begins at `at` stands, or undefined. */
function verbPlace(tokens: readonly Token[], at: number, pattern: Pattern, end: number): number | undefined {
  for (let place = at + 1; place < end; place++) {
    const verb = verbOf(tokens[place]!.joined)
    if (!verb) continue
    if (!pattern.verbs.has(verb.verb)) {
      const participle = /[تد]ه$/.test(tokens[place]!.joined)
      if (participle || pattern.also.some((group) => group.has(tokens[place]!.joined))) continue
      return undefined
    }
    if (OTHER_VERBS.has(tokens[place - 1]!.joined) && place - 1 !== at) return undefined
    return place
  }
  const before = at > 0 ? verbOf(tokens[at - 1]!.joined) : undefined
  const turned = before !== undefined && pattern.verbs.has(before.verb) && !before.open && !before.bare
  return turned && tokens[at - 1]!.clause === tokens[at]!.clause ? at - 1 : undefined
}

function deedAt(tokens: readonly Token[], at: number, pattern: Pattern): Predicate | undefined {
  const reach = (pattern.reach ?? 4) + (tokens[at + 1]?.joined === 'که' ? 4 : 0)
  const end = clauseEnd(tokens, at, reach)
  const start = Math.max(0, at - (pattern.reach ?? 4))
  let from = at
  let to = at + 1
  for (const group of pattern.also) {
    let place = -1
    for (let near = at + 1; near < end && place < 0; near++) if (group.has(tokens[near]!.joined)) place = near
    for (let near = at - 1; near >= start && place < 0 && tokens[near]!.sentence === tokens[at]!.sentence; near--)
      if (group.has(tokens[near]!.joined)) place = near
    if (place < 0) return undefined
    from = Math.min(from, place)
    to = Math.max(to, place + 1)
  }
  const base = { ...NOTHING, family: pattern.family, weight: pattern.weight ?? 0.9, buys: pattern.buys === true }
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
    denied: verb.negated || DENIALS.has(tokens[place + 1]?.joined ?? ''),
    open: (verb.open && !able(tokens, from)) || wished(tokens[place + 1]),
    infinitive: verb.bare && !closes(tokens, place),
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

const AFTER_VERB = new Set('و که تا بالا اگر اگه چون ولی اما راست بعد یک یه هم رفت رفتن رفتند'.split(' '))
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

function stealing(tokens: readonly Token[], at: number): Predicate | undefined {
  const verb = verbOf(tokens[at]!.joined)
  if (!verb || (verb.verb !== 'دزدیدن' && verb.verb !== 'چاپیدن')) return undefined
  for (let near = at - 1; near >= Math.max(0, at - 6) && tokens[near]!.clause === tokens[at]!.clause; near--)
    if (PLAYFUL.has(tokens[near]!.joined) || PLAYFUL.has(tokens[near]!.joined.slice(0, -1))) return undefined
  return {
    ...NOTHING,
    family: 'theft',
    from: at,
    to: at + 1,
    weight: 0.9,
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

/** All predicates of wrongdoing in a text, in order. */
export function predicatesOf(tokens: readonly Token[]): Predicate[] {
  const found: Predicate[] = []
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
      const deed = deedAt(tokens, at, pattern)
      if (deed) found.push(deed)
    }
  }
  return found
}
