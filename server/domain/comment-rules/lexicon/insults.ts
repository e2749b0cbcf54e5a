import { AIMED } from './aimed.ts'
import { LATIN } from './latin.ts'
import { PHRASES } from './phrases.ts'
import { PLAIN } from './plain.ts'
import { SEVERE } from './severe.ts'
import type { LexiconGroup } from './types.ts'
import { VICES } from './vices.ts'

export { EXCEPTIONS } from './exceptions.ts'

/** Insults by sense. Every word was thought of and read by us; a space marks where an entry may be written apart; usual endings need no entry of their own. Scores are from 0 to 1. */
export const INSULTS: readonly LexiconGroup[] = [...SEVERE, ...PLAIN, ...AIMED, ...VICES, ...PHRASES, ...LATIN]
