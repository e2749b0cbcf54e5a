import { builtInEntries, type CompiledLexicon, compileLexicon } from './insult.ts'
import { isEnding } from './insult-match.ts'
import { soundsOf } from './insult-trie.ts'
import { EXCEPTIONS } from './lexicon/insults.ts'
import type { Strength } from './lexicon/types.ts'

/** One line of the list that editors own: a word added, or one of the lexicon switched off or given another strength, with phrases in which it is harmless. */
export interface WordListEntry {
  word: string
  strength: Strength | 'off'
  exceptions: readonly string[]
}

/** What is wrong with a line of the list, as one Persian sentence, by its place from 0. */
export interface WordListFault {
  at: number
  message: string
}

const SENSE = 'فهرست تحریریه'
const SCORES: Record<Strength, number> = { severe: 0.96, insult: 0.85, context: 0.4 }
const LEAST_LETTERS = 2
const MOST_LETTERS = 60

/** The same for all spellings of a word: its sounds, seams left aside. */
function keyOf(word: string): string {
  return String.fromCharCode(...soundsOf(word).letters)
}

/** All faults of a list: words too short or too long, the same word twice, exceptions that do not hold their word. */
export function checkWordList(entries: readonly WordListEntry[]): WordListFault[] {
  const faults: WordListFault[] = []
  const seen = new Set<string>()
  entries.forEach(({ word, exceptions }, at) => {
    const key = keyOf(word)
    const fault = (message: string) => faults.push({ at, message })
    if (!/\p{L}/u.test(word) || key.length < LEAST_LETTERS) fault(`«${word.trim()}» کوتاه‌تر از آن است که واژه‌ای باشد.`)
    else if (key.length > MOST_LETTERS) fault('هر واژه یا عبارت حداکثر ۶۰ حرف دارد.')
    if (seen.has(key)) fault(`«${word.trim()}» دو بار در فهرست آمده است.`)
    seen.add(key)
    for (const exception of exceptions)
      if (!keyOf(exception).includes(key)) fault(`استثنای «${exception.trim()}» خود واژه را در بر ندارد.`)
  })
  return faults
}

/** The lexicon with the newsroom's own list on top: a listed word takes the place of the lexicon's, with its endings and however either is spelt. */
export function compileWordList(entries: readonly WordListEntry[]): CompiledLexicon {
  const listed = entries.map(({ word }) => keyOf(word))
  const replaced = (key: string) => listed.some((own) => key.startsWith(own) && isEnding(key.slice(own.length)))
  const own = entries.flatMap(({ word, strength }) =>
    strength === 'off' ? [] : [{ word, sense: SENSE, strength, score: SCORES[strength] }],
  )
  return compileLexicon(
    [...builtInEntries().filter(({ word }) => !replaced(keyOf(word))), ...own],
    [...EXCEPTIONS, ...entries.flatMap(({ exceptions }) => exceptions)],
  )
}
