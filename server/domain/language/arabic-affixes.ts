import {
  ANY_PAST,
  ANY_PRESENT,
  FEMININE,
  NOUN,
  PAST,
  PAST_CONSONANT,
  PAST_OBJECT,
  PAST_VOWEL,
  PRESENT,
  PRESENT_OBJECT,
  PRESENT_VOWEL,
} from './arabic-stems.ts'

/** Pairs of the rows of stems an ending may follow and how Arabic it makes the word. */
type Ending = readonly [rows: number, sure: number][]

/** What stands before a stem: its kind, the rows of stems it may precede and how Arabic it makes the word. */
export interface Prefix {
  kind: 'link' | 'person' | 'mood' | 'preposition' | 'article'
  rows: number
  sure: number
}

const NOUNS = NOUN | FEMININE
const OBJECTS = 'ه ها هم هن هما ک کم کما نا نی'.split(' ')

/** Rows of stems, how Arabic an ending makes the word, and the endings. */
const ENDINGS: [rows: number, sure: number, endings: string][] = [
  [PAST_OBJECT, 1, 'ه ها ک'],
  [PAST_OBJECT, 2, 'هم هن کم نی'],
  [PAST_OBJECT, 3, 'کما نا هما'],
  [PAST_OBJECT, 2, 'ینی ینا یه یهم'],
  [PAST_VOWEL, 1, 'ا'],
  [PAST_VOWEL, 2, 'ت تا وه'],
  [PAST_VOWEL, 3, 'وا'],
  [PAST_CONSONANT, 1, 'تی'],
  [PAST_CONSONANT, 2, 'ت تم تن'],
  [PAST_CONSONANT, 3, 'تما نا توا'],
  [PRESENT_VOWEL, 0, 'ا ی و ن'],
  [PRESENT_VOWEL, 1, 'ون ین وا ان'],
  [PRESENT_VOWEL, 2, 'وه'],
  [NOUN, 1, 'ی ه ها ا ان ین ات یه یا تی یی'],
  [NOUN, 2, 'ک هم هن ون یة ة اها اه'],
  [NOUN, 3, 'هما کم کما نا'],
  [FEMININE, 1, 'ه تی تها تان ات'],
  [FEMININE, 2, 'ة تک ته تهم تین'],
  [FEMININE, 3, 'تهن تهما تنا تکم'],
  [NOUNS, 1, 'اته اتی اتها'],
  [NOUN, 1, 'یه یها'],
]

const endings = new Map<string, [rows: number, sure: number][]>()

function addEnding(ending: string, rows: number, sure: number): void {
  const known = endings.get(ending)
  if (known) known.push([rows, sure])
  else endings.set(ending, [[rows, sure]])
}

addEnding('', PAST, 1)
addEnding('', PRESENT, 0)
addEnding('', NOUN, 1)
for (const [rows, sure, list] of ENDINGS) for (const ending of list.split(' ')) addEnding(ending, rows, sure)
for (const object of OBJECTS) {
  addEnding(`ت${object}`, PAST_VOWEL | PAST_CONSONANT, 3)
  addEnding(`نا${object}`, PAST_CONSONANT, 3)
  addEnding(`تمو${object}`, PAST_CONSONANT, 3)
  addEnding(object, PRESENT_OBJECT, 1)
  for (const link of ['ون', 'ین', 'ان', 'ی']) addEnding(link + object, PRESENT_VOWEL, 1)
  if (object !== 'ه') addEnding(`و${object}`, PAST_VOWEL | PRESENT_VOWEL, 3)
  if (object !== 'ه' && object !== 'ها') {
    addEnding(`ات${object}`, NOUNS, 2)
    addEnding(`ی${object}`, NOUN, 2)
  }
}

const prefixes = new Map<string, Prefix>()
for (const link of ['', 'و', 'ف']) {
  prefixes.set(link, { kind: 'link', rows: ANY_PAST | NOUNS, sure: 0 })
  for (const person of ['ی', 'ت', 'ن', 'ا']) {
    const sure = person === 'ی' ? 3 : person === 'ا' ? 1 : 2
    prefixes.set(link + person, { kind: 'person', rows: ANY_PRESENT, sure })
    prefixes.set(`${link}س${person}`, { kind: 'mood', rows: ANY_PRESENT, sure: 3 })
    if (person === 'ا') continue
    prefixes.set(`${link}ل${person}`, { kind: 'mood', rows: ANY_PRESENT, sure: 3 })
    for (const mood of ['ب', 'ه', 'ح']) prefixes.set(link + mood + person, { kind: 'mood', rows: ANY_PRESENT, sure: 1 })
  }
  for (const preposition of ['ب', 'ل', 'ک'])
    prefixes.set(link + preposition, { kind: 'preposition', rows: NOUNS, sure: 0 })
  for (const article of ['ال', 'بال', 'لل', 'کال', 'هال', 'عال'])
    prefixes.set(link + article, { kind: 'article', rows: NOUNS, sure: 3 })
}

/** The longest prefix and the longest ending, in letters. */
export const LONGEST_PREFIX = Math.max(...[...prefixes.keys()].map((prefix) => prefix.length))
export const LONGEST_ENDING = Math.max(...[...endings.keys()].map((ending) => ending.length))

/** What a beginning of a word is as a prefix, or undefined when it is none. */
export function prefixOf(beginning: string): Prefix | undefined {
  return prefixes.get(beginning)
}

/** What an end of a word is as an ending, or undefined when it is none. */
export function endingOf(end: string): Ending | undefined {
  return endings.get(end)
}
