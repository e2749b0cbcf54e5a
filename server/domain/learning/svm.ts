import type { FeatureVector } from './features.ts'
import { DIMENSIONS } from './features.ts'

/** A weighted case: its features, whether it was refused, and how much it counts. */
export interface Case {
  features: FeatureVector
  refused: boolean
}

/** A line that parts refused from published comments. */
export interface Line {
  weights: Float32Array
  bias: number
}

const BIAS_VALUE = 1

/** The side and distance of a comment: above zero speaks for refusal. */
export function distance({ weights, bias }: Line, { places, values }: FeatureVector): number {
  let sum = bias * BIAS_VALUE
  for (let i = 0; i < places.length; i++) sum += weights[places[i]!]! * values[i]!
  return sum
}

/** How much each feature tells, by its share among refused and published cases (log count ratio, Wang and Manning 2012), softened and bounded. */
export function tellingOf(cases: readonly Case[], smoothing: number): Float32Array {
  const refused = new Float32Array(DIMENSIONS).fill(smoothing)
  const published = new Float32Array(DIMENSIONS).fill(smoothing)
  let refusals = 0
  for (const { features, refused: isRefused } of cases) {
    const counts = isRefused ? refused : published
    if (isRefused) refusals += 1
    for (const place of features.places) counts[place]! += 1
  }
  const publications = cases.length - refusals
  const telling = new Float32Array(DIMENSIONS)
  for (let place = 0; place < DIMENSIONS; place++) {
    const ratio = Math.log(refused[place]! / (refusals + smoothing) / (published[place]! / (publications + smoothing)))
    telling[place] = 0.05 + Math.min(4, Math.abs(ratio))
  }
  return telling
}

/** Trains a linear support vector machine (L2 loss) by dual coordinate descent (Hsieh et al. 2008); the order of cases is fixed by a counter, so the same cases give the same line. */
export function train(cases: readonly Case[], options: { cost: number; refusedWeight: number; epochs: number }): Line {
  const weights = new Float32Array(DIMENSIONS)
  let bias = 0
  const alphas = new Float64Array(cases.length)
  const squares = cases.map(({ features }) => features.values.reduce((sum, value) => sum + value * value, BIAS_VALUE))
  const order = cases.map((_, i) => i)
  let state = 12345
  const next = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return state % below
  }
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = next(i + 1)
      ;[order[i], order[j]] = [order[j]!, order[i]!]
    }
    for (const i of order) {
      const { features, refused } = cases[i]!
      const sign = refused ? 1 : -1
      const slack = 1 / (2 * options.cost * (refused ? options.refusedWeight : 1))
      const { places, values } = features
      let dot = bias * BIAS_VALUE
      for (let k = 0; k < places.length; k++) dot += weights[places[k]!]! * values[k]!
      const gradient = sign * dot - 1 + slack * alphas[i]!
      const before = alphas[i]!
      const after = Math.max(0, before - gradient / (squares[i]! + slack))
      if (after === before) continue
      alphas[i] = after
      const step = (after - before) * sign
      for (let k = 0; k < places.length; k++) weights[places[k]!]! += step * values[k]!
      bias += step * BIAS_VALUE
    }
  }
  return { weights, bias }
}
