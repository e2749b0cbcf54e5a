import { fold } from '../persian-text/index.ts'
import { builtInEntries, type CompiledLexicon, compileLexicon } from './insult.ts'
import { findAll, isEnding, readingsOf } from './insult-match.ts'
import { soundsOf } from './insult-trie.ts'
import { EXCEPTIONS } from './lexicon/insults.ts'
import type { LexiconEntry, Strength } from './lexicon/types.ts'

/** What an editor makes of a word: a strength, `off`, or `as-is` for one of the lexicon that only gains exceptions. */
export type ListedStrength = Strength | 'off' | 'as-is'

/** One line of the list that editors own: a word added, or one of the lexicon switched off or given another strength or exceptions, with phrases in which it is harmless. */
export interface WordListEntry {
  word: string
  strength: ListedStrength
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
export function soundKey(word: string): string {
  return String.fromCharCode(...soundsOf(word).letters)
}

let builtIn: ReadonlySet<string> | undefined

function builtInKeys(): ReadonlySet<string> {
  builtIn ??= new Set(builtInEntries().map(({ word }) => soundKey(word)))
  return builtIn
}

/** All faults of a list: words too short or too long, the same word twice, exceptions that do not hold their word. */
export function checkWordList(entries: readonly WordListEntry[]): WordListFault[] {
  const faults: WordListFault[] = []
  const seen = new Set<string>()
  entries.forEach(({ word, strength, exceptions }, at) => {
    const key = soundKey(word)
    const fault = (message: string) => faults.push({ at, message })
    if (!/\p{L}/u.test(word) || key.length < LEAST_LETTERS) fault(`«${word.trim()}» کوتاه‌تر از آن است که واژه‌ای باشد.`)
    else if (key.length > MOST_LETTERS) fault('هر واژه یا عبارت حداکثر ۶۰ حرف دارد.')
    if (seen.has(key)) fault(`«${word.trim()}» دو بار در فهرست آمده است.`)
    seen.add(key)
    if (strength === 'as-is') {
      if (!builtInKeys().has(key)) fault(`«${word.trim()}» از واژه‌های خود سامانه نیست؛ شدت آن را انتخاب کنید.`)
      else if (exceptions.length === 0) fault(`برای «${word.trim()}» دست‌کم یک عبارت بی‌آزار بنویسید.`)
    }
    for (const exception of exceptions)
      if (!soundKey(exception).includes(key)) fault(`استثنای «${exception.trim()}» خود واژه را در بر ندارد.`)
  })
  return faults
}

/** Gives the line of a list that speaks for a word of the lexicon: its own, or one that replaces it together with its endings. */
export function lineFor(entries: readonly WordListEntry[]): (word: string) => WordListEntry | undefined {
  const listed = entries.map((entry) => ({ entry, own: soundKey(entry.word) }))
  return (word) => {
    const key = soundKey(word)
    const speaking = ({ entry, own }: (typeof listed)[number]) =>
      key === own || (entry.strength !== 'as-is' && key.startsWith(own) && isEnding(key.slice(own.length)))
    return listed.find(speaking)?.entry
  }
}

function wordsUnder(entries: readonly WordListEntry[]): LexiconEntry[] {
  const replacing = entries.filter(({ strength }) => strength !== 'as-is')
  const replacedBy = lineFor(replacing)
  const own = replacing.flatMap(({ word, strength }) =>
    strength === 'off' || strength === 'as-is' ? [] : [{ word, sense: SENSE, strength, score: SCORES[strength] }],
  )
  return [...builtInEntries().filter(({ word }) => !replacedBy(word)), ...own]
}

function exceptionsUnder(entries: readonly WordListEntry[]): string[] {
  return [...EXCEPTIONS, ...entries.flatMap(({ exceptions }) => exceptions)]
}

/** The lexicon with the newsroom's own list on top: a listed word takes the place of the lexicon's, with its endings and however either is spelt; one listed as it is only gains exceptions. */
export function compileWordList(entries: readonly WordListEntry[]): CompiledLexicon {
  return compileLexicon(wordsUnder(entries), exceptionsUnder(entries))
}

/** Entries of either list, by all that counts in matching, that the other lacks. */
function onlyInOne<T>(one: readonly T[], other: readonly T[], keyOf: (entry: T) => string): T[] {
  const [first, second] = [one, other].map((entries) => new Map(entries.map((entry) => [keyOf(entry), entry])))
  return [...first!, ...second!].flatMap(([key, entry]) => (first!.has(key) && second!.has(key) ? [] : [entry]))
}

/** Tells whether a text holds a word or phrase that two lists treat differently; whatever holds none is judged alike under both. */
export function differenceBetween(
  one: readonly WordListEntry[],
  other: readonly WordListEntry[],
): (text: string) => boolean {
  const words = onlyInOne(
    wordsUnder(one),
    wordsUnder(other),
    ({ word, strength, score }) => `${strength} ${score} ${word}`,
  )
  const phrases = onlyInOne(exceptionsUnder(one), exceptionsUnder(other), (phrase) => phrase)
  const { words: trie } = compileLexicon([
    ...words,
    ...phrases.map((word) => ({ word, sense: '', strength: 'insult' as const, score: 0 })),
  ])
  return (text) => readingsOf(fold(text)).some((sounds) => findAll(sounds, trie).length > 0)
}
