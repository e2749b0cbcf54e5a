import { fold } from './persian-text/index.ts'

const SHINGLE = 5

/** The words of a text in the spelling for comparing, half-spaces dropped. */
function keyWords(text: string): string[] {
  return fold(text)
    .replace(/\u200c/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

function shingles(words: readonly string[]): string[] {
  if (words.length < SHINGLE) return []
  return Array.from({ length: words.length - SHINGLE + 1 }, (_, i) => words.slice(i, i + SHINGLE).join(' '))
}

/** The runs of five words that stood in the earlier text and no longer stand in the later one. */
export function droppedPhrases(before: string, after: string): Set<string> {
  const kept = new Set(shingles(keyWords(after)))
  return new Set(shingles(keyWords(before)).filter((phrase) => !kept.has(phrase)))
}

/** Whether a comment quotes one of these phrases, in any spelling. */
export function quotesAny(comment: string, phrases: ReadonlySet<string>): boolean {
  return phrases.size > 0 && shingles(keyWords(comment)).some((phrase) => phrases.has(phrase))
}
