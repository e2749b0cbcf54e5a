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
}

const SOUNDS = new Map(Object.entries(ALIKE).map(([from, to]) => [from.charCodeAt(0), to.charCodeAt(0)]))
const TABLE = Uint16Array.from({ length: 0x700 }, (_, code) => SOUNDS.get(code) ?? code)

/** The letter, as a UTF-16 code of folded text, under which a letter is compared. */
export function soundOf(code: number): number {
  return code < TABLE.length ? TABLE[code]! : code
}

/** A word that ends at a node of the tree: its letters as spelled (repeats once), how often each stands, and where it may be written apart. */
export interface Ending {
  entry: LexiconEntry
  length: number
  spelled: number[]
  repeats: number[]
  seams: ReadonlySet<number>
}

/** One node of the tree of all words, by sound. */
export interface TrieNode {
  next: Map<number, TrieNode>
  ends: Ending[]
}

/** A word as it is compared: sounds, spelling and repeats of each letter, and the seams where a space may stand. */
export function soundsOf(word: string): { letters: number[] } & Omit<Ending, 'entry' | 'length'> {
  const letters: number[] = []
  const spelled: number[] = []
  const repeats: number[] = []
  const seams = new Set<number>()
  for (const character of fold(word)) {
    const code = character.charCodeAt(0)
    if (character === ' ' || character === '\u200c') {
      seams.add(letters.length)
      continue
    }
    const sound = soundOf(code)
    if (letters.at(-1) === sound && !seams.has(letters.length)) {
      repeats[repeats.length - 1]! += 1
      continue
    }
    letters.push(sound)
    spelled.push(code)
    repeats.push(1)
  }
  return { letters, spelled, repeats, seams }
}

/** A tree of all entries for walking along a text; where a seam lies between two equal letters both ways of writing are in it. */
export function buildTrie(entries: Iterable<LexiconEntry>): TrieNode {
  const root: TrieNode = { next: new Map(), ends: [] }
  for (const entry of entries) {
    add(root, entry, entry.word)
    if (/(.)[ \u200c]\1/u.test(entry.word)) add(root, entry, entry.word.replace(/(.)[ \u200c](?=\1)/gu, '$1'))
  }
  return root
}

function add(root: TrieNode, entry: LexiconEntry, word: string): void {
  const { letters, ...spelling } = soundsOf(word)
  if (letters.length === 0) return
  let node = root
  for (const letter of letters) {
    let next = node.next.get(letter)
    if (!next) {
      next = { next: new Map(), ends: [] }
      node.next.set(letter, next)
    }
    node = next
  }
  if (!node.ends.some(({ entry: other }) => other.word === entry.word))
    node.ends.push({ entry, length: letters.length, ...spelling })
}
