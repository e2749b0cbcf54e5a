import { type Folded, fold, foldWithMap } from './fold.ts'

/** A word: `text` folded, `joined` the same without half-spaces, `start` and `end` UTF-16 offsets in the original. */
export interface Word {
  text: string
  joined: string
  start: number
  end: number
}

/** A sentence as it stands in the original, `start` and `end` UTF-16 offsets. */
export interface Sentence {
  text: string
  start: number
  end: number
}

const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|\u200c+(?=[\p{L}\p{N}]))*/gu

/** The words of a text, of letters and digits; half-spaces join. Pass `folded` when it is at hand. */
export function words(text: string, { folded, map }: Folded = foldWithMap(text)): Word[] {
  const found: Word[] = []
  for (const match of folded.matchAll(WORD)) {
    const word = match[0]
    const start = map[match.index]!
    const last = match.index + word.length
    found.push({
      text: word,
      joined: word.includes('\u200c') ? word.replaceAll('\u200c', '') : word,
      start,
      end: endOf(text, map, last),
    })
  }
  return found
}

/** Where the original of `folded[..last]` ends: dropped marks at the end belong to the word, unless a letter expanded. */
function endOf(text: string, map: Folded['map'], last: number): number {
  const next = map[last]!
  const own = map[last - 1]!
  if (next <= own) return Math.min(text.length, own + 1)
  const pair = text.codePointAt(own)! > 0xffff ? 2 : 1
  let end = own + pair
  while (end < next && /[\p{M}\u0640]/u.test(text[end]!)) end++
  return Math.min(end, next)
}

const SENTENCE_END = /(?:[!?؟…]+|\.+(?=\s|$|["»”)\]])|\n+|؛)["»”)\]]*\s*/g

/** The sentences of a text: they end with . ! ؟ ? … ؛ or a new line; a point inside a number or an address does not end one. */
export function sentences(text: string): Sentence[] {
  const found: Sentence[] = []
  let start = 0
  const close = (end: number) => {
    const raw = text.slice(start, end)
    const trimmed = raw.trim()
    if (trimmed) {
      const from = start + raw.indexOf(trimmed)
      found.push({ text: trimmed, start: from, end: from + trimmed.length })
    }
    start = end
  }
  for (const match of text.matchAll(SENTENCE_END)) close(match.index + match[0].length)
  close(text.length)
  return found
}

/** The words of a list written with spaces and line breaks, each folded and without half-spaces, as `Word.joined` is. */
export function wordSet(list: string): ReadonlySet<string> {
  return new Set(
    list
      .trim()
      .split(/\s+/)
      .map((word) => fold(word).replaceAll('\u200c', '')),
  )
}
