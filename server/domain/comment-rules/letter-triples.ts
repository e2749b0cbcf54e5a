import { FOREIGN_NAMES } from '../language/words/foreign-names.ts'
import { PERSIAN_COMMON, PERSIAN_NAMES, PERSIAN_NOUNS } from '../language/words/persian.ts'
import { MORE_PERSIAN_NOUNS } from '../language/words/persian-more.ts'
import { fold } from '../persian-text/index.ts'
import { FIELDS } from '../topic/fields.ts'
import { THESAURUS } from '../topic/thesaurus/index.ts'

const LETTERS = 'ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی'
const EDGE = LETTERS.length + 1
const SIZE = LETTERS.length + 2

/** Numbers of letters by their code less 0x600; 0 is no letter of Persian. */
const numbers = new Uint8Array(256)
for (const [index, letter] of [...LETTERS].entries()) numbers[letter.charCodeAt(0) - 0x600] = index + 1
for (const alef of 'آأإ') numbers[alef.charCodeAt(0) - 0x600] = 1
for (const [form, letter] of ['ئی', 'ؤو', 'ةه', 'ۀه', 'يی', 'كک'])
  numbers[form!.charCodeAt(0) - 0x600] = numberOf(letter!)

function numberOf(letter: string): number {
  const code = letter.charCodeAt(0) - 0x600
  return code >= 0 && code < 256 ? numbers[code]! : 0
}

/** Calls back with every triple of a word's letters, its edges among them; a letter drawn out counts once. Returns how many there are, 0 for other scripts. */
function eachTriple(word: string, see: (triple: number) => void): number {
  let one = EDGE
  let two = EDGE
  let count = 0
  for (let at = 0; at <= word.length; at++) {
    const code = word.charCodeAt(at) - 0x600
    const next = at === word.length ? EDGE : code >= 0 && code < 256 ? numbers[code]! : 0
    if (next === 0) return 0
    if (next === two && at < word.length) continue
    if (at > 0) {
      see((one * SIZE + two) * SIZE + next)
      count += 1
    }
    one = two
    two = next
  }
  return count
}

let known: Uint8Array | undefined

/** The triples of letters that occur in the Persian words and foreign names known to the rules on language and topic. */
function knownTriples(): Uint8Array {
  if (known) return known
  const found = new Uint8Array(SIZE ** 3)
  const lists = [PERSIAN_COMMON, PERSIAN_NOUNS, PERSIAN_NAMES, MORE_PERSIAN_NOUNS, FOREIGN_NAMES]
  for (const [, words] of [...FIELDS, ...THESAURUS]) lists.push(words)
  for (const list of lists)
    for (const word of fold(list).split(/[\s\u200c]+/))
      eachTriple(word, (triple) => {
        found[triple] = 1
      })
  known = found
  return found
}

/** How many triples of letters a word has, and how many of them occur in no Persian word; both 0 for a word in other letters. */
export function strangeTriples(word: string): [all: number, strange: number] {
  const found = knownTriples()
  let strange = 0
  const all = eachTriple(word, (triple) => {
    if (found[triple] === 0) strange += 1
  })
  return all === 0 ? [0, 0] : [all, strange]
}
