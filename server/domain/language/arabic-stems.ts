import { spell } from './script.ts'
import { ARABIC_WORDS } from './words/arabic.ts'
import { ARABIC_NOUNS, ARABIC_ONLY } from './words/arabic-nouns.ts'
import { ALSO_PERSIAN, ARABIC_PARTICLES, ARABIC_SPOKEN } from './words/arabic-particles.ts'
import { ARABIC_VERB_FORMS, ARABIC_VERBS } from './words/arabic-verbs.ts'

/** What may follow a stem, each a bit: nothing (in the past), an object, an ending that begins with a vowel or with a consonant. */
export const PAST = 1
export const PAST_OBJECT = 2
export const PAST_VOWEL = 4
export const PAST_CONSONANT = 8
/** The same for the present. */
export const PRESENT = 16
export const PRESENT_OBJECT = 32
export const PRESENT_VOWEL = 64
/** Endings of a noun, and of one whose feminine ending was taken off. */
export const NOUN = 128
export const FEMININE = 256
/** Marks of a stem: a noun that Persian does not have, the same of a feminine, a word that Persian has as it stands, a word listed in full,
    a verb of three sound letters, which Persian has only where it is marked so. */
export const ONLY = 512
export const ONLY_FEMININE = 1024
export const PERSIAN_TOO = 2048
export const LISTED = 4096
export const SOUND = 8192
export const ANY_PAST = PAST | PAST_OBJECT | PAST_VOWEL | PAST_CONSONANT
export const ANY_PRESENT = PRESENT | PRESENT_OBJECT | PRESENT_VOWEL
const CUT = PRESENT | PRESENT_OBJECT

const stems = new Map<string, number>()

/** The rows of a stem in lexicon spelling as bits, 0 when it is not known. */
export function rowsOf(stem: string): number {
  return stems.get(stem) ?? 0
}

const list = (words: string): string[] => spell(words).trim().split(/\s+/)

function add(stem: string, rows = NOUN): void {
  stems.set(stem, (stems.get(stem) ?? 0) | rows)
}

/** Verbs whose past and present have each one stem; a final hamza, here an alif, changes its seat before endings. */
function addRegular(past: string, present: string): void {
  add(past, ANY_PAST)
  add(present, ANY_PRESENT)
  if (!past.endsWith('ا')) return
  for (const seat of ['ؤ', 'ئ', 'ء']) {
    add(past.slice(0, -1) + seat, PAST_VOWEL)
    add(present.slice(0, -1) + seat, ANY_PRESENT)
  }
}

/** Verbs with a long vowel before the last letter. */
function addHollow(past: string, short: string, present: string, cut: string): void {
  add(past, PAST | PAST_OBJECT | PAST_VOWEL)
  add(short, PAST_CONSONANT)
  add(present, ANY_PRESENT)
  add(cut, CUT)
}

/** Verbs that end with a vowel: past and present in full, and what stands for them before consonants or objects. */
function addWeak(past: string, pastLink: string, present: string, presentLink: string, objectVowel = 'ا'): void {
  const bare = past.slice(0, -1)
  add(past, PAST)
  add(bare + objectVowel, PAST_OBJECT)
  add(bare, PAST_VOWEL)
  add(pastLink, PAST_CONSONANT)
  add(present, PRESENT)
  add(presentLink, PRESENT_OBJECT)
  add(present.slice(0, -1), ANY_PRESENT)
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
    add(verb, SOUND)
    if (verb.startsWith('ا')) add(`ؤ${withoutFirst(verb)}`, ANY_PRESENT)
    const [first = '', second = '', third = ''] = verb
    add(`${first}ا${second}${third}`)
    add(`م${first}${second}و${third}`)
    add(`ت${first}${second}ی${third}`)
    add(`م${verb}`)
  }
  for (const verb of list(ARABIC_VERBS.long)) {
    addRegular(verb, verb)
    add(`م${verb}`, NOUN | FEMININE)
  }
  for (const verb of list(`${ARABIC_VERBS.hamza} ${ARABIC_VERBS.alif}`)) {
    const stem = verb.startsWith('آ') ? `ؤ${withoutFirst(verb)}` : withoutFirst(verb)
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
    [ARABIC_VERBS.hollowI, 'ی'],
    [ARABIC_VERBS.hollowA, 'ا'],
  ] as const)
    for (const verb of list(verbs)) addHollow(verb, vowel(verb, ''), vowel(verb, letter), vowel(verb, ''))
  for (const verb of list(`${ARABIC_VERBS.hollowHamza} ${ARABIC_VERBS.hollowSeek}`)) {
    const stem = withoutFirst(verb)
    addHollow(verb, vowel(verb, ''), vowel(stem, 'ی'), vowel(stem, ''))
    add(verb, FEMININE)
    add(`م${vowel(stem, 'ی')}`)
  }
  for (const verb of list(ARABIC_VERBS.hollowAlif)) {
    const stem = withoutFirst(verb)
    addHollow(verb, vowel(verb, ''), stem, vowel(stem, ''))
    add(vowel(verb, 'یا'))
    add(`م${stem}`)
  }
}

function addWeakVerbs(): void {
  const final = (verb: string, letter: string): string => withoutLast(verb) + letter
  for (const verb of list(ARABIC_VERBS.weakI)) {
    addWeak(verb, final(verb, 'ی'), final(verb, 'ی'), final(verb, 'ی'))
    add(`ت${withoutLast(verb)}ی`, FEMININE)
  }
  for (const verb of list(ARABIC_VERBS.weakU)) addWeak(verb, final(verb, 'و'), final(verb, 'و'), final(verb, 'و'))
  for (const verb of list(ARABIC_VERBS.weakA)) addWeak(verb, verb, verb, final(verb, 'ا'), 'ی')
  for (const verb of list(`${ARABIC_VERBS.weakHamza} ${ARABIC_VERBS.weakAlif}`)) {
    const stem = withoutFirst(final(verb, 'ی'))
    addWeak(verb, final(verb, 'ی'), stem, stem)
    add(final(verb, 'اء'))
    add(final(verb, 'ا'))
    add(`م${stem}`)
  }
  for (const verb of list(ARABIC_VERBS.weakTa)) {
    addWeak(verb, final(verb, 'ی'), verb, final(verb, 'ا'))
    add(final(verb, 'ی'))
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

/** A noun's stem and row; the feminine ending is taken off. */
function split(noun: string): [stem: string, rows: number] {
  return noun.endsWith('ة') ? [withoutLast(noun), FEMININE] : [noun, NOUN]
}

addVerbs()
addNouns()
for (const word of list(`${ARABIC_VERB_FORMS} ${ARABIC_WORDS} ${ARABIC_PARTICLES} ${ARABIC_SPOKEN}`)) add(word, LISTED)
