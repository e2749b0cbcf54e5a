/** A source of chance that the caller passes in: a whole number from 0 up to, but not including, `below`. */
export type Chance = (below: number) => number

const FINE = 10_000

/** A number between `from` and `to`, drawn from the chance passed in. */
export function between(chance: Chance, from: number, to: number): number {
  return from + ((to - from) * chance(FINE)) / (FINE - 1)
}
