import { fold } from '../persian-text/index.ts'
import { builtInEntries } from './insult.ts'
import { EXCEPTIONS, INSULTS } from './lexicon/insults.ts'
import type { LexiconEntry, Strength } from './lexicon/types.ts'
import { soundKey } from './word-list.ts'

/** Which built-in words an editor asks for: any part of one in any spelling, a strength, a sense; '' asks for all. */
export interface WordsAsked {
  part: string
  strength: Strength | ''
  sense: string
}

/** The senses of the built-in words, in their order. */
export const SENSES: readonly string[] = [...new Set(INSULTS.map(({ sense }) => sense))]

/** How near a word is to a typed part: 0 the same, 1 it begins so, 2 it holds it, null it does not; however either is spelt. */
export function nearness(word: string, part: string): 0 | 1 | 2 | null {
  const [whole, typed] = [soundKey(word), soundKey(part)]
  if (typed === '') return fold(part).trim() === '' ? 2 : null
  if (whole === typed) return 0
  if (whole.startsWith(typed)) return 1
  return whole.includes(typed) ? 2 : null
}

/** The built-in words that are asked for: those nearest to the typed part first, each once. */
export function findBuiltIn({ part, strength, sense }: WordsAsked): LexiconEntry[] {
  const ranks: [LexiconEntry[], LexiconEntry[], LexiconEntry[]] = [[], [], []]
  const seen = new Set<string>()
  for (const entry of builtInEntries()) {
    if ((strength !== '' && entry.strength !== strength) || (sense !== '' && entry.sense !== sense)) continue
    const rank = nearness(entry.word, part)
    if (rank === null || seen.has(entry.word)) continue
    seen.add(entry.word)
    ranks[rank].push(entry)
  }
  return ranks.flat()
}

/** The built-in phrases in which a word is harmless. */
export function harmlessPhrases(word: string): string[] {
  const key = soundKey(word)
  return EXCEPTIONS.filter((phrase) => soundKey(phrase).includes(key))
}
