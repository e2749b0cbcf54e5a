import type { TrieNode } from './insult-trie.ts'
import { soundOf } from './insult-trie.ts'
import type { LexiconEntry } from './lexicon/types.ts'

/** What stands before a letter: nothing, a half-space, a dot or dash, a space, or a stronger break. */
const GAP = { none: 0, half: 1, dot: 2, space: 3, break: 4 } as const

/** A text as a run of sounds: each with its first and last place in the folded text and the gap before it. */
export interface Sounds {
  letters: string[]
  first: number[]
  last: number[]
  gaps: number[]
}

/** An entry found in a run of sounds: from the first sound up to the last of its ending. */
export interface Found {
  entry: LexiconEntry
  from: number
  to: number
  broken: boolean
}

const LETTER = /[\p{L}\p{N}]/u
const DOTS = new Set(['.', '-', '_', '·', '•', '~', '/', '\\', "'", '`', '|', '+'])
const MASK = new Set(['*', '#', '×', '@', '$', '%'])
const WILD = '*'

/** The folded text as a run of sounds; a repeated letter counts once, a mask sign between letters stands for any letter. */
export function soundsOfText(folded: string): Sounds {
  const sounds: Sounds = { letters: [], first: [], last: [], gaps: [] }
  let gap: number = GAP.break
  for (let at = 0; at < folded.length; at++) {
    const code = folded.charCodeAt(at)
    const character = folded[at]!
    const masked = MASK.has(character) && gap === GAP.none && LETTER.test(folded[at + 1] ?? ' ')
    if (masked || isLetter(code, character)) {
      const sound = masked ? WILD : soundOf(character)
      const previous = sounds.letters.length - 1
      if (gap === GAP.none && !masked && sounds.letters[previous] === sound) {
        sounds.last[previous] = at
        continue
      }
      sounds.letters.push(sound)
      sounds.first.push(at)
      sounds.last.push(at)
      sounds.gaps.push(gap)
      gap = GAP.none
    } else gap = Math.max(gap, gapOf(character))
  }
  return sounds
}

function isLetter(code: number, character: string): boolean {
  if ((code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || (code >= 0x0620 && code <= 0x064a))
    return true
  if (code < 0x80) return false
  return LETTER.test(character)
}

function gapOf(character: string): number {
  if (character === '\u200c') return GAP.half
  if (character === ' ') return GAP.space
  return DOTS.has(character) ? GAP.dot : GAP.break
}

/** Endings that a noun or adjective of the lexicon may carry without a space. */
const ENDINGS = new Set(
  'ا ان انه اند اش ات ام ای ایی اس ایم اید این است ه ها های هایی هاش هات هاتون هاشون هامون هارو هاست هایه ی یی یا یای یه یم ید ین ییم م ت ش تون تان شون شان مون مان و رو تر ترین تره تری ترند ن ند ست هستی هستن هستند هستید هست هم ک کا گی گری بازی بازا جان جون چه ایه اتون اشون تو شو'
    .split(' ')
    .map((ending) => [...ending].map(soundOf).join('')),
)

/** Whether the sounds after a word are nothing or an ending that it may carry. */
export function isEnding(sounds: string): boolean {
  return sounds === '' || ENDINGS.has(sounds)
}

/** Short everyday words: letters joined over a space are no hidden insult when all their pieces are such words. */
const EVERYDAY = new Set(
  'از به با در که را و یا تا بر هر هم من تو ما او آن این آنها شما کس کسی کسانی چه چی چند چون پس پیش بی نه نی ها می نمی است بود شد شو کن کرد کند کنی کار باز بار بد خوب دل سر دست پا جان تن رو روی رود راه ره ده دو سه یک شش صد گو گوش گل آب نان نام نامه مرد زن بچه پدر مادر خواهر کوه شب روز سال ماه خانه شهر ده کشور جا جای حال حرف سخن خدا یاد باد شاد داد زد دید رفت آمد گفت خر خرید کل همه هیچ بعد قبل الان دیگر فقط خیلی خود بنده آقا خانم جدا کم کمی پول مال مالی ملت دولت کی کو کجا لب شور شرف پست فطرت لقمه زاده خور مفت وطن فروش کاسه لیس اصل نسب ریشه رگ عار صفت رحم'
    .split(' ')
    .map((word) => [...word].map(soundOf).join('')),
)

function pieceIsStrange(sounds: Sounds, from: number, to: number): boolean {
  return !EVERYDAY.has(sounds.letters.slice(from, to).join(''))
}

/** Whether letters written apart where the word has no seam may still be that word. */
function mayBeHidden(sounds: Sounds, from: number, length: number, breaks: number[]): boolean {
  if (length < 3) return false
  const cuts = [from, ...breaks, from + length]
  const pieces = cuts.slice(0, -1).map((cut, i): [number, number] => [cut, cuts[i + 1]!])
  const spaced = breaks.some((at) => sounds.gaps[at] === GAP.space)
  if (!spaced) return true
  if (length < 4) return pieces.every(([start, end]) => end - start === 1)
  return pieces.some(([start, end]) => pieceIsStrange(sounds, start, end))
}

/** Where the word that goes on after a match ends: its border, or -1 when what follows is no ending. */
function borderAfter(sounds: Sounds, end: number, length: number): number {
  let stop = end
  while (stop < sounds.letters.length && sounds.gaps[stop]! <= GAP.half) stop += 1
  if (stop === end) return end
  const joined = sounds.gaps[end] === GAP.half
  if (length <= 3 && !joined) return -1
  return ENDINGS.has(sounds.letters.slice(end, stop).join('')) ? stop : -1
}

function walk(sounds: Sounds, root: TrieNode, from: number, found: Found[]): void {
  let paths: { node: TrieNode; breaks: number[]; wild: number }[] = [{ node: root, breaks: [], wild: 0 }]
  for (let at = from; at < sounds.letters.length && paths.length > 0; at++) {
    const gap = at === from ? GAP.none : sounds.gaps[at]!
    if (gap === GAP.break) return
    const letter = sounds.letters[at]!
    const next: typeof paths = []
    for (const { node, breaks, wild } of paths) {
      const apart = gap >= GAP.dot ? [...breaks, at] : breaks
      if (letter !== WILD) {
        const child = node.next.get(letter)
        if (child) next.push({ node: child, breaks: apart, wild })
      } else if (wild < 2)
        for (const child of node.next.values()) next.push({ node: child, breaks: apart, wild: wild + 1 })
    }
    paths = next
    for (const { node, breaks, wild } of paths) {
      for (const { entry, length, seams } of node.ends) {
        if (wild > 0 && (length < 4 || entry.strength === 'context')) continue
        const odd = breaks.filter((place) => !seams.has(place - from))
        if (
          odd.length > 0 &&
          (entry.strength === 'context' && length < 5 ? true : !mayBeHidden(sounds, from, length, odd))
        )
          continue
        const to = borderAfter(sounds, at + 1, length)
        if (to !== -1) found.push({ entry, from, to, broken: odd.length > 0 })
      }
    }
  }
}

/** Every entry that stands in the run of sounds between borders, hidden or plain. */
export function findAll(sounds: Sounds, root: TrieNode): Found[] {
  const found: Found[] = []
  for (let from = 0; from < sounds.letters.length; from++)
    if (sounds.gaps[from]! >= GAP.dot) walk(sounds, root, from, found)
  return found
}
