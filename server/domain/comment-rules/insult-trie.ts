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

/** How a word is spelled: its letters by sound and as they stand (repeats once), how often each stands, and where the word may be written apart. */
export interface Spelling {
  letters: number[]
  spelled: number[]
  repeats: number[]
  seams: ReadonlySet<number>
}

/** An entry that ends at a node of the tree, in one way of writing it. How it is spelled is worked out when it is first met in a text, for most never are. */
export class Ending {
  readonly entry: LexiconEntry
  readonly #written: string
  #spelling: Spelling | undefined

  constructor(entry: LexiconEntry, written: string) {
    this.entry = entry
    this.#written = written
  }

  get spelling(): Spelling {
    this.#spelling ??= soundsOf(this.#written)
    return this.#spelling
  }
}

/** A word that goes on below a node, from its letter `at`; its letters by sound. */
interface Tail {
  letters: string
  at: number
  ending: Ending
}

const NO_ENDS: readonly Ending[] = []
const NO_NODES: readonly TrieNode[] = []

/** One node of the tree of all words, by sound. Where a single word goes on it is kept whole, and its nodes are made only when they are walked. */
export class TrieNode {
  ends: readonly Ending[] = NO_ENDS
  #tail: Tail | undefined
  #children: Map<number, TrieNode> | undefined

  static #of({ letters, at, ending }: Tail): TrieNode {
    const node = new TrieNode()
    node.add(letters, at, ending)
    return node
  }

  #childOf({ letters, at, ending }: Tail): TrieNode {
    return TrieNode.#of({ letters, at: at + 1, ending })
  }

  /** The node below by a letter's sound. */
  child(letter: number): TrieNode | undefined {
    const tail = this.#tail
    if (tail) return tail.letters.charCodeAt(tail.at) === letter ? this.#childOf(tail) : undefined
    return this.#children?.get(letter)
  }

  /** All nodes below. */
  children(): Iterable<TrieNode> {
    if (this.#tail) return [this.#childOf(this.#tail)]
    return this.#children?.values() ?? NO_NODES
  }

  /** Adds a word that goes on here from its letter `at`; the same word is kept once. */
  add(letters: string, at: number, ending: Ending): void {
    if (at === letters.length) {
      if (!this.ends.some(({ entry }) => entry.word === ending.entry.word)) this.ends = [...this.ends, ending]
      return
    }
    if (!this.#tail && !this.#children) {
      this.#tail = { letters, at, ending }
      return
    }
    this.#children ??= new Map()
    for (const one of this.#tail ? [this.#tail, { letters, at, ending }] : [{ letters, at, ending }]) {
      const letter = one.letters.charCodeAt(one.at)
      const below = this.#children.get(letter)
      if (below) below.add(one.letters, one.at + 1, one.ending)
      else this.#children.set(letter, this.#childOf(one))
    }
    this.#tail = undefined
  }
}

/** A word as it is compared: sounds, spelling and repeats of each letter, and the seams where a space may stand. */
export function soundsOf(word: string): Spelling {
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
  const root = new TrieNode()
  for (const entry of entries) {
    add(root, entry, entry.word)
    if (/(.)[ \u200c]\1/u.test(entry.word)) add(root, entry, entry.word.replace(/(.)[ \u200c](?=\1)/gu, '$1'))
  }
  return root
}

function add(root: TrieNode, entry: LexiconEntry, word: string): void {
  const letters = String.fromCharCode(...soundsOf(word).letters)
  if (letters !== '') root.add(letters, 0, new Ending(entry, word))
}
