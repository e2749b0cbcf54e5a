/** A closed table from a 32-bit hash to a weight in sixteenths: about seven bytes an entry, made once and only read. */
export interface Weights {
  keys: Uint32Array
  values: Uint8Array
}

const STEP = 16

/** The table of the heaviest `most` of these pairs; weights over 15.9 are cut. */
export function weightsOf(pairs: ReadonlyMap<number, number>, most: number): Weights {
  const kept = pairs.size <= most ? [...pairs] : [...pairs].sort((a, b) => b[1] - a[1]).slice(0, most)
  const size = Math.ceil(kept.length * 1.35) + 1
  const keys = new Uint32Array(size)
  const values = new Uint8Array(size)
  for (const [key, value] of kept) {
    let at = key % size
    while (keys[at] !== 0) at = at + 1 === size ? 0 : at + 1
    keys[at] = key
    values[at] = Math.min(255, Math.max(1, Math.round(value * STEP)))
  }
  return { keys, values }
}

/** The weight of a hash that is not 0, or 0 when it is not there. */
export function weigh({ keys, values }: Weights, key: number): number {
  const size = keys.length
  let at = key % size
  for (;;) {
    const found = keys[at]!
    if (found === key) return values[at]! / STEP
    if (found === 0) return 0
    at = at + 1 === size ? 0 : at + 1
  }
}
