import { AIMED } from './aimed.ts'
import { LISTED_EXCEPTIONS } from './exceptions.ts'
import { COMBINED_EXCEPTIONS } from './harmless.ts'
import { JEERS } from './jeers.ts'
import { LATIN } from './latin.ts'
import { MANNERS } from './manners.ts'
import { PHRASES } from './phrases.ts'
import { PLAIN } from './plain.ts'
import { SEVERE } from './severe.ts'
import { THREATS } from './threats.ts'
import { TURNS } from './turns.ts'
import type { LexiconGroup } from './types.ts'
import { VICES } from './vices.ts'

const LISTED: readonly LexiconGroup[] = [...SEVERE, ...PLAIN, ...AIMED, ...VICES, ...LATIN]

/** The groups without words that stand in an earlier one of them. */
function eachOnce(groups: readonly LexiconGroup[]): LexiconGroup[] {
  const known = new Set<string>()
  return groups.map((group) => ({
    ...group,
    words: group.words.filter((word) => !known.has(word) && known.add(word)),
  }))
}

/** Insults by sense. Every word was thought of and read by us; a space marks where an entry may be written apart; usual endings need no entry of their own. What phrases put together repeat of the lists counts as listed. Scores are from 0 to 1. */
export const INSULTS: readonly LexiconGroup[] = eachOnce([
  ...LISTED,
  ...PHRASES,
  ...TURNS,
  ...THREATS,
  ...MANNERS,
  ...JEERS,
])

/** Where a listed word means no harm. */
export const EXCEPTIONS: readonly string[] = [...new Set([...LISTED_EXCEPTIONS, ...COMBINED_EXCEPTIONS])]
