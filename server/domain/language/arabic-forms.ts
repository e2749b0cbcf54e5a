import { spell } from './script.ts'
import { ARABIC_WORDS } from './words/arabic.ts'
import { ARABIC_NOUNS, ARABIC_ONLY } from './words/arabic-nouns.ts'
import { ALSO_PERSIAN, ARABIC_PARTICLES, ARABIC_SPOKEN } from './words/arabic-particles.ts'
import { ARABIC_VERB_FORMS, ARABIC_VERBS } from './words/arabic-verbs.ts'

/** How Arabic a word is: 0 not known as Arabic, 1 Arabic and perhaps Persian, 2 hardly Persian, 3 Arabic only. */
export type Arabicness = 0 | 1 | 2 | 3

/** What a stem may stand before: each bit is a row of endings. */
const PAST = 1
const PAST_OBJECT = 2
const PAST_VOWEL = 4
const PAST_CONSONANT = 8
const PRESENT = 16
const PRESENT_OBJECT = 32
const PRESENT_VOWEL = 64
const NOUN = 128
const FEMININE = 256
const ONLY = 512
const ONLY_FEMININE = 1024
const PERSIAN_TOO = 2048
const ANY_PAST = PAST | PAST_OBJECT | PAST_VOWEL | PAST_CONSONANT
const ANY_PRESENT = PRESENT | PRESENT_OBJECT | PRESENT_VOWEL
const CUT = PRESENT | PRESENT_OBJECT

const stems = new Map<string, number>()

const list = (words: string): string[] => words.trim().split(/\s+/)

function add(raw: string, rows = NOUN): void {
  const stem = spell(raw)
  stems.set(stem, (stems.get(stem) ?? 0) | rows)
}

/** Verbs whose past and present have each one stem; a final hamza changes its seat before endings. */
function addRegular(past: string, present: string): void {
  add(past, ANY_PAST)
  add(present, ANY_PRESENT)
  if (!past.endsWith('أ')) return
  for (const seat of ['ؤ', 'ئ', 'ء']) {
    add(past.slice(0, -1) + seat, PAST_VOWEL)
    add(present.slice(0, -1) + seat, PRESENT_VOWEL | PRESENT_OBJECT | PRESENT)
  }
}

/** Verbs with a long vowel before the last letter. */
function addHollow(past: string, short: string, present: string, cut: string): void {
  add(past, PAST | PAST_OBJECT | PAST_VOWEL)
  add(short, PAST_CONSONANT)
  add(present, ANY_PRESENT)
  add(cut, CUT)
}

/** Verbs that end with a vowel: `past` and `present` in full, `links` the stems before the ending. */
function addWeak(past: string, pastLink: string, present: string, presentLink: string): void {
  const bare = past.slice(0, -1)
  const stem = present.slice(0, -1)
  add(past, PAST)
  add(`${bare}${past.endsWith('ي') ? 'ي' : 'ا'}`, PAST_OBJECT)
  add(bare, PAST_VOWEL)
  add(pastLink, PAST_CONSONANT)
  add(present, PRESENT)
  add(presentLink, PRESENT_OBJECT)
  add(stem, ANY_PRESENT)
}

const withoutFirst = (word: string): string => word.slice(1)
const withoutLast = (word: string): string => word.slice(0, -1)
const lastTwice = (word: string): string => word + word.slice(-1)
const beforeLast = (word: string, letter: string): string => word.slice(0, -1) + letter + word.slice(-1)
/** A hollow word without its long vowel, or with another. */
const vowel = (word: string, letter: string): string => word.slice(0, -2) + letter + word.slice(-1)

function addVerbs(): void {
  for (const verb of list(ARABIC_VERBS.sound)) {
    addRegular(verb, verb)
    const [first = '', second = '', third = ''] = verb
    add(`${first}ا${second}${third}`)
    add(`م${first}${second}و${third}`)
    add(`ت${first}${second}ي${third}`)
    add(`م${verb}`)
  }
  for (const verb of list(ARABIC_VERBS.long)) {
    addRegular(verb, verb)
    add(verb)
    add(`م${verb}`, NOUN | FEMININE)
  }
  for (const verb of list(`${ARABIC_VERBS.hamza} ${ARABIC_VERBS.alif}`)) {
    const stem = withoutFirst(verb)
    addRegular(verb, stem)
    add(beforeLast(verb, 'ا'))
    add(`م${stem}`)
  }
  for (const verb of list(`${ARABIC_VERBS.ta} ${ARABIC_VERBS.four}`)) {
    addRegular(verb, verb)
    add(verb)
    add(`م${verb}`)
  }
  for (const verb of list(ARABIC_VERBS.waw)) {
    addRegular(verb, withoutFirst(verb))
    add(`م${withoutLast(verb)}و${verb.slice(-1)}`)
  }
  addHollowVerbs()
  addWeakVerbs()
  for (const verb of list(ARABIC_VERBS.doubled)) addDoubled(verb, verb)
  for (const verb of list(`${ARABIC_VERBS.doubledHamza} ${ARABIC_VERBS.doubledAlif}`)) {
    addDoubled(verb, withoutFirst(verb))
    add(`م${withoutFirst(verb)}`)
    add(beforeLast(lastTwice(verb), 'ا'))
  }
  for (const verb of list(ARABIC_VERBS.spoken)) addRegular(verb, verb)
}

function addDoubled(past: string, present: string): void {
  add(past, PAST | PAST_OBJECT | PAST_VOWEL)
  add(lastTwice(past), PAST_CONSONANT)
  add(present, ANY_PRESENT)
}

function addHollowVerbs(): void {
  for (const [verbs, letter] of [
    [ARABIC_VERBS.hollowU, 'و'],
    [ARABIC_VERBS.hollowI, 'ي'],
    [ARABIC_VERBS.hollowA, 'ا'],
  ] as const)
    for (const verb of list(verbs)) addHollow(verb, vowel(verb, ''), vowel(verb, letter), vowel(verb, ''))
  for (const verb of list(`${ARABIC_VERBS.hollowHamza} ${ARABIC_VERBS.hollowSeek}`)) {
    const stem = withoutFirst(verb)
    addHollow(verb, vowel(verb, ''), vowel(stem, 'ي'), vowel(stem, ''))
    add(verb, FEMININE)
    add(`م${vowel(stem, 'ي')}`)
  }
  for (const verb of list(ARABIC_VERBS.hollowAlif)) {
    const stem = withoutFirst(verb)
    addHollow(verb, vowel(verb, ''), stem, vowel(stem, ''))
    add(vowel(verb, 'يا'))
    add(`م${stem}`)
  }
}

function addWeakVerbs(): void {
  const final = (verb: string, letter: string): string => withoutLast(verb) + letter
  for (const verb of list(ARABIC_VERBS.weakI)) {
    addWeak(verb, final(verb, 'ي'), final(verb, 'ي'), final(verb, 'ي'))
    add(`ت${withoutLast(verb)}ي`, FEMININE)
  }
  for (const verb of list(ARABIC_VERBS.weakU)) addWeak(verb, final(verb, 'و'), final(verb, 'و'), final(verb, 'و'))
  for (const verb of list(ARABIC_VERBS.weakA)) addWeak(verb, verb, final(verb, 'ى'), final(verb, 'ا'))
  for (const verb of list(`${ARABIC_VERBS.weakHamza} ${ARABIC_VERBS.weakAlif}`)) {
    const stem = withoutFirst(final(verb, 'ي'))
    addWeak(verb, final(verb, 'ي'), stem, stem)
    add(final(verb, 'اء'))
    add(`م${stem}`)
  }
  for (const verb of list(ARABIC_VERBS.weakTa)) {
    addWeak(verb, final(verb, 'ي'), verb, final(verb, 'ا'))
    add(final(verb, 'ي'))
  }
}

function addNouns(): void {
  for (const noun of list(ARABIC_NOUNS)) add(...split(noun))
  for (const word of list(ALSO_PERSIAN)) add(word, PERSIAN_TOO)
  for (const noun of list(ARABIC_ONLY)) {
    const [stem, rows] = split(noun)
    add(stem, rows === NOUN ? NOUN | ONLY : FEMININE | ONLY_FEMININE)
  }
}

function split(noun: string): [stem: string, rows: number] {
  return noun.endsWith('ة') ? [withoutLast(noun), FEMININE] : [noun, NOUN]
}

addVerbs()
addNouns()
const whole = new Set(list(ARABIC_VERB_FORMS).map(spell))
/** Arabic words listed in full, in lexicon spelling. */
export const LISTED_ARABIC: ReadonlySet<string> = new Set(
  list(`${ARABIC_WORDS} ${ARABIC_PARTICLES} ${ARABIC_SPOKEN}`).map(spell),
)

type Row = [rows: number, sure: number]
const endings = new Map<string, Row[]>()
const OBJECTS = list('ه ها هم هن هما ك كم كما نا ني')

function ending(text: string, rows: number, sure: number): void {
  const key = spell(text)
  const known = endings.get(key)
  if (known) known.push([rows, sure])
  else endings.set(key, [[rows, sure]])
}

function addEndings(): void {
  ending('', PAST, 1)
  for (const [object, sure] of [
    ['ه', 1],
    ['ها', 1],
    ['هم', 2],
    ['هن', 2],
    ['ك', 1],
    ['كم', 2],
    ['كما', 3],
    ['نا', 3],
    ['ني', 2],
    ['هما', 3],
  ] as const)
    ending(object, PAST_OBJECT, sure)
  for (const [text, sure] of [
    ['ت', 2],
    ['وا', 3],
    ['ا', 1],
    ['تا', 2],
  ] as const)
    ending(text, PAST_VOWEL, sure)
  for (const [text, sure] of [
    ['ت', 2],
    ['تم', 2],
    ['تما', 3],
    ['تن', 2],
    ['نا', 3],
    ['تي', 1],
    ['توا', 3],
  ] as const)
    ending(text, PAST_CONSONANT, sure)
  for (const object of OBJECTS) {
    ending(`ت${object}`, PAST_VOWEL | PAST_CONSONANT, 3)
    ending(`نا${object}`, PAST_CONSONANT, 3)
    ending(`تمو${object}`, PAST_CONSONANT, 3)
    ending(`و${object}`, PAST_VOWEL | PRESENT_VOWEL, object === 'ه' ? 2 : 3)
    ending(object, PRESENT_OBJECT, 1)
    for (const link of ['ون', 'ين', 'ان', 'ي']) ending(link + object, PRESENT_VOWEL, 1)
  }
  ending('', PRESENT, 0)
  for (const text of ['ون', 'ين', 'وا', 'ان', 'ا', 'ي', 'و', 'ن']) ending(text, PRESENT_VOWEL, text.length > 1 ? 1 : 0)
  for (const [text, sure] of NOUN_ENDINGS) ending(text, NOUN, sure)
  for (const [text, sure] of FEMININE_ENDINGS) ending(text, FEMININE, sure)
  for (const object of ['ي', ...OBJECTS.slice(0, -1)]) {
    const sure = object === 'ه' || object === 'ي' || object === 'ها' ? 1 : 2
    ending(`ات${object}`, NOUN | FEMININE, sure)
    ending(`ي${object}`, NOUN, sure)
  }
}

const NOUN_ENDINGS = [
  ['', 1],
  ['ي', 1],
  ['ك', 2],
  ['ه', 1],
  ['ها', 1],
  ['هم', 2],
  ['هن', 2],
  ['هما', 3],
  ['كم', 3],
  ['كما', 3],
  ['نا', 3],
  ['ا', 1],
  ['ان', 1],
  ['ين', 1],
  ['ون', 2],
  ['ات', 1],
  ['ية', 2],
  ['يه', 1],
  ['يا', 1],
  ['ة', 2],
  ['تي', 1],
  ['اها', 2],
  ['اه', 2],
] as const
const FEMININE_ENDINGS = [
  ['ة', 2],
  ['ه', 1],
  ['تي', 1],
  ['تك', 2],
  ['ته', 2],
  ['تها', 1],
  ['تهم', 2],
  ['تهن', 3],
  ['تهما', 3],
  ['تنا', 3],
  ['تكم', 3],
  ['تان', 1],
  ['تين', 2],
  ['ات', 1],
  ['ت', 1],
] as const
addEndings()

const VERB_PREFIX = 1
const LONG_VERB_PREFIX = 2
const NOUN_PREFIX = 3
const ARTICLE = 4
const prefixes = new Map<string, [kind: number, rows: number, sure: number]>()

function addPrefixes(): void {
  const nouns = NOUN | FEMININE
  const linked = ['', 'و', 'ف']
  for (const link of linked) {
    prefixes.set(link, [0, ANY_PAST | nouns, 0])
    for (const [person, sure] of [
      ['ي', 3],
      ['ت', 2],
      ['ن', 2],
      ['ا', 1],
    ] as const) {
      prefixes.set(spell(link + person), [VERB_PREFIX, ANY_PRESENT, sure])
      prefixes.set(spell(`${link}س${person}`), [LONG_VERB_PREFIX, ANY_PRESENT, 3])
      if (person === 'ا') continue
      prefixes.set(spell(`${link}ل${person}`), [LONG_VERB_PREFIX, ANY_PRESENT, 3])
      for (const mood of ['ب', 'ه', 'ح']) prefixes.set(spell(link + mood + person), [LONG_VERB_PREFIX, ANY_PRESENT, 1])
    }
    for (const preposition of ['ب', 'ل', 'ك']) prefixes.set(spell(link + preposition), [NOUN_PREFIX, nouns, 0])
    for (const article of ['ال', 'بال', 'لل', 'كال', 'هال', 'عال'])
      prefixes.set(spell(link + article), [ARTICLE, nouns, 3])
  }
}
addPrefixes()
const LONGEST_PREFIX = 5
const LONGEST_ENDING = 6

const ARTICLE_FIRST = /^(?:[وف]?[بک]?ال|[وف]?لل)\p{L}{3,}$/u

const LINKED = /^[وفبلک]/
const isListed = (word: string): boolean => LISTED_ARABIC.has(word) && !isSharedWithPersian(word)

/** How Arabic a word is by its parts: a known stem with what Arabic puts before and after it; the word is given in lexicon spelling. */
export function arabicness(word: string): Arabicness {
  if (isSharedWithPersian(word)) return 1
  if (whole.has(word)) return word.length > 2 ? 3 : 2
  if (LISTED_ARABIC.has(word)) return word.length > 2 ? 3 : 2
  let best = word.length > 3 && LINKED.test(word) && isListed(word.slice(1)) ? 2 : 0
  for (let from = 0; from <= LONGEST_PREFIX && word.length - from >= 2; from++) {
    const prefix = prefixes.get(word.slice(0, from))
    if (!prefix) continue
    for (let to = word.length; to >= from + 2 && to >= word.length - LONGEST_ENDING; to--) {
      const rows = stems.get(word.slice(from, to))
      if (rows === undefined || (rows & prefix[1]) === 0) continue
      const tails = endings.get(word.slice(to))
      if (!tails) continue
      for (const [tailRows, sure] of tails) {
        const fit = rows & prefix[1] & tailRows
        if (fit !== 0) best = Math.max(best, weigh(fit, rows, prefix, sure, to - from, word))
      }
    }
  }
  return (best < 2 && ARTICLE_FIRST.test(word) ? 2 : best) as Arabicness
}

/** Whether a word in its lexicon spelling is, as it stands, an Arabic one that Persian could have. */
export function isSharedWithPersian(word: string): boolean {
  const bare = stems.get(word) ?? 0
  if ((bare & PERSIAN_TOO) !== 0 || ((bare & NOUN) !== 0 && (bare & ONLY) === 0)) return true
  if (!/[هت]$/.test(word)) return false
  const feminine = stems.get(word.slice(0, -1)) ?? 0
  return (feminine & FEMININE) !== 0 && (feminine & ONLY_FEMININE) === 0
}

function weigh(
  fit: number,
  rows: number,
  prefix: readonly [number, number, number],
  sure: number,
  length: number,
  word: string,
): number {
  const [kind, , first] = prefix
  if (kind === LONG_VERB_PREFIX) return length < 3 ? 1 : Math.min(3, first + sure)
  if (kind === VERB_PREFIX) return Math.max(1, Math.min(3, first + sure - (length < 3 ? 1 : 0)))
  if (kind === ARTICLE) return sure > 1 && length < 3 ? 2 : 3
  if ((fit & ANY_PAST) !== 0 && length < 3) return Math.max(1, sure - 1)
  if ((fit & ANY_PAST) !== 0) return Math.min(3, length >= 5 ? sure + 2 : length === 4 && sure > 1 ? 3 : sure)
  const only = (fit & NOUN) !== 0 ? (rows & ONLY) !== 0 : (rows & ONLY_FEMININE) !== 0
  const own = only ? Math.min(3, sure + (word.length === length ? 2 : 1)) : sure
  return kind === NOUN_PREFIX && length < 3 ? 1 : own
}
