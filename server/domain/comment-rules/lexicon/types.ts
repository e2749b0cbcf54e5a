/** How strong a word is: always beyond what may be published, an insult, or one only when aimed at somebody. */
export type Strength = 'severe' | 'insult' | 'context'

/** Words of one sense and strength; a space marks where an entry may be written apart. */
export interface LexiconGroup {
  sense: string
  strength: Strength
  score: number
  words: readonly string[]
}

/** One word or phrase of the lexicon, as editors may add it. */
export interface LexiconEntry {
  word: string
  sense: string
  strength: Strength
  score: number
}

/** The words of a list that is written as Persian is: with «،» or a new line between them. */
export function listed(text: string): string[] {
  return text
    .split(/[،\n]/)
    .map((word) => word.trim())
    .filter(Boolean)
}

/** Every way of saying one phrase: one part of each list, in order, with a space between; «-» is a part left out. */
export function combined(...parts: readonly string[]): string[] {
  return parts.reduce<string[]>(
    (heads, part) =>
      heads.flatMap((head) => listed(part).map((next) => (next === '-' ? head : `${head} ${next}`.trim()))),
    [''],
  )
}
