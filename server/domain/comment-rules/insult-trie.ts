import { fold } from '../persian-text/index.ts'
import type { LexiconEntry } from './lexicon/types.ts'

/** Letters that sound alike and are exchanged to hide a word; the right side stands for all of them. */
const ALIKE: Record<string, string> = {
  ث: 'س',
  ص: 'س',
  ذ: 'ز',
  ض: 'ز',
  ظ: 'ز',
  ط: 'ت',
  ح: 'ه',
  غ: 'ق',
  آ: 'ا',
  أ: 'ا',
  إ: 'ا',
  ئ: 'ی',
  ؤ: 'و',
  ۀ: 'ه',
}

/** The letter under which a letter is compared. */
export function soundOf(letter: string): string {
  return ALIKE[letter] ?? letter
}

/** One node of the tree of all words; `ends` are the entries that end here, `seams` where each may be written apart. */
export interface TrieNode {
  next: Map<string, TrieNode>
  ends: { entry: LexiconEntry; length: number; seams: ReadonlySet<number> }[]
}

/** The letters of a word as they are compared: folded, sounds merged, repeats and half-spaces gone; and where a space may stand. */
export function soundsOf(word: string): { letters: string[]; seams: Set<number> } {
  const letters: string[] = []
  const seams = new Set<number>()
  for (const character of fold(word)) {
    if (character === ' ' || character === '\u200c') {
      seams.add(letters.length)
      continue
    }
    const sound = soundOf(character)
    if (letters.at(-1) !== sound || seams.has(letters.length)) letters.push(sound)
  }
  return { letters, seams }
}

/** A tree of all entries for walking along a text. */
export function buildTrie(entries: Iterable<LexiconEntry>): TrieNode {
  const root: TrieNode = { next: new Map(), ends: [] }
  for (const entry of entries) {
    const { letters, seams } = soundsOf(entry.word)
    let node = root
    for (const letter of letters) {
      let next = node.next.get(letter)
      if (!next) {
        next = { next: new Map(), ends: [] }
        node.next.set(letter, next)
      }
      node = next
    }
    const same = node.ends.find(({ entry: other }) => other.word === entry.word)
    if (!same) node.ends.push({ entry, length: letters.length, seams })
  }
  return root
}
