import { randomInt } from 'node:crypto'
import sharp from 'sharp'
import { type DigitOutlines, drawChallenge, type Hardness } from '../server/domain/captcha/index.ts'

/** A picture as ink from 0 to 1, one number for each pixel, rows from the top. */
export interface Ink {
  width: number
  height: number
  at: Float32Array
}

/** Decodes a picture to ink, darkest as 1. */
export async function readInk(picture: Buffer): Promise<Ink> {
  const { data, info } = await sharp(picture).greyscale().raw().toBuffer({ resolveWithObject: true })
  const at = Float32Array.from(data, (value) => 1 - value / 255)
  return { width: info.width, height: info.height, at: spread(at) }
}

function spread(at: Float32Array): Float32Array {
  let [low, high] = [1, 0]
  for (const value of at) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return at.map((value) => (value - low) / (high - low || 1))
}

/** Swaps ink and paper back where a wide neighbourhood is mostly ink: the attacker's answer to patches. */
export function unpatched({ width, height, at }: Ink, reach = 9, share = 0.72): Ink {
  const sums = new Float64Array((width + 1) * (height + 1))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const here = (y + 1) * (width + 1) + x + 1
      sums[here] = at[y * width + x]! + sums[here - 1]! + sums[here - width - 1]! - sums[here - width - 2]!
    }
  }
  const out = at.slice()
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [l, r, t, b] = [
        Math.max(0, x - reach),
        Math.min(width, x + reach),
        Math.max(0, y - reach),
        Math.min(height, y + reach),
      ]
      const w = width + 1
      const sum = sums[b * w + r]! - sums[t * w + r]! - sums[b * w + l]! + sums[t * w + l]!
      if (sum / ((r - l) * (b - t)) > share) out[y * width + x] = 1 - at[y * width + x]!
    }
  }
  return { width, height, at: out }
}

const CELLS_X = 10
const CELLS_Y = 14
const DIRECTIONS = 4
const LENGTH = CELLS_X * CELLS_Y * (DIRECTIONS + 1)

/** What a window looks like: ink and edge directions in a 10 by 14 grid, of length 1. Edges alone survive swapped colours. */
export function features(ink: Ink, left: number, right: number): Float32Array {
  const out = new Float32Array(LENGTH)
  const { width, height, at } = ink
  const l = Math.max(1, Math.floor(left))
  const r = Math.min(width - 1, Math.ceil(right))
  for (let y = 1; y < height - 1; y++) {
    const cy = Math.min(CELLS_Y - 1, Math.floor((y / height) * CELLS_Y))
    for (let x = l; x < r; x++) {
      const cx = Math.min(CELLS_X - 1, Math.max(0, Math.floor(((x - left) / (right - left)) * CELLS_X)))
      const cell = (cy * CELLS_X + cx) * (DIRECTIONS + 1)
      const i = y * width + x
      const dx = at[i + 1]! - at[i - 1]!
      const dy = at[i + width]! - at[i - width]!
      const long = Math.hypot(dx, dy)
      out[cell] = out[cell]! + at[i]!
      if (long > 0.1) {
        const direction = Math.floor((((Math.atan2(dy, dx) + Math.PI) % Math.PI) / Math.PI) * DIRECTIONS) % DIRECTIONS
        out[cell + 1 + direction] = out[cell + 1 + direction]! + long
      }
    }
  }
  let norm = 0
  for (const value of out) norm += value * value
  norm = Math.sqrt(norm) || 1
  return out.map((value) => value / norm)
}

/** A solver that answers a picture with the digits that it reads. */
export type Solver = (picture: Buffer) => Promise<string>

interface Sample {
  digit: number
  looks: Float32Array
}

/** What a window shows: the likeliest digit and how well it fits, higher is better. */
type Reading = { digit: number; score: number }
type Reader = (looks: Float32Array) => Reading

async function drawn(text: string, weights: DigitOutlines[], hardness: Hardness) {
  const { svg, places } = drawChallenge(text, weights, randomInt, hardness)
  return { picture: await sharp(Buffer.from(svg)).png().toBuffer(), places }
}

/** Fresh pictures cut where the digits really stand, as an attacker with our source would make them to learn from. */
export async function learnFrom(weights: DigitOutlines[], hardness: Hardness, pictures: number): Promise<Sample[]> {
  const samples: Sample[] = []
  for (let i = 0; i < pictures; i++) {
    const text = randomDigits()
    const { picture, places } = await drawn(text, weights, hardness)
    const ink = unpatched(await readInk(picture))
    places.forEach(([left, right], at) => {
      const from = at === 0 ? left : (places[at - 1]![1] + left) / 2
      const to = at === places.length - 1 ? right : (right + places[at + 1]![0]) / 2
      samples.push({ digit: Number(text[at]), looks: features(ink, Math.min(from, to - 8), to) })
    })
  }
  return samples
}

function randomDigits(): string {
  return Array.from({ length: 5 }, () => randomInt(10)).join('')
}

/** Reads a window as the digit of the most similar sample. */
export function templateReader(samples: Sample[]): Reader {
  const known = new Float32Array(samples.length * LENGTH)
  samples.forEach(({ looks }, i) => {
    known.set(looks, i * LENGTH)
  })
  return (looks) => {
    let [best, score] = [0, -1]
    for (let n = 0; n < samples.length; n++) {
      const from = n * LENGTH
      let dot = 0
      for (let i = 0; i < LENGTH; i++) dot += looks[i]! * known[from + i]!
      if (dot > score) [best, score] = [n, dot]
    }
    return { digit: samples[best]!.digit, score }
  }
}

/** Reads a window by softmax regression on the samples, learnt in a few passes of gradient descent. */
export function learnedReader(samples: Sample[], passes = 30): Reader {
  const weights = Array.from({ length: 10 }, () => new Float32Array(LENGTH + 1))
  const chances = (looks: Float32Array) => {
    const sums = weights.map((row) => {
      let sum = row[LENGTH]!
      for (let i = 0; i < LENGTH; i++) sum += row[i]! * looks[i]!
      return sum
    })
    const top = Math.max(...sums)
    const powers = sums.map((sum) => Math.exp(sum - top))
    const total = powers.reduce((a, b) => a + b, 0)
    return powers.map((power) => power / total)
  }
  for (let pass = 0; pass < passes; pass++) {
    const rate = 4 / (1 + pass / 6)
    for (let n = 0; n < samples.length; n++) {
      const { digit, looks } = samples[randomInt(samples.length)]!
      chances(looks).forEach((chance, d) => {
        const row = weights[d]!
        const step = rate * ((d === digit ? 1 : 0) - chance)
        for (let i = 0; i < LENGTH; i++) row[i] = row[i]! + step * looks[i]!
        row[LENGTH] = row[LENGTH]! + step * 0.1
      })
    }
  }
  return (looks) => {
    const all = chances(looks)
    const score = Math.max(...all)
    return { digit: all.indexOf(score), score: Math.log(score) + 3 }
  }
}

function inkBounds({ width, height, at }: Ink): { from: number; to: number } {
  const columns = Array.from({ length: width }, (_, x) => {
    let sum = 0
    for (let y = 0; y < height; y++) sum += at[y * width + x]!
    return sum
  })
  const busy = columns.map((sum) => sum > 12)
  const from = busy.indexOf(true)
  const to = busy.lastIndexOf(true) + 1
  return from < 0 ? { from: 0, to: width } : { from, to }
}

/** A solver that cuts a picture into five windows where the readings fit best (dynamic programming). */
export function cuttingSolver(read: Reader): Solver {
  return async (picture) => {
    const ink = unpatched(await readInk(picture))
    const { from, to } = inkBounds(ink)
    return bestCut(ink, from, to, read)
  }
}

const STEP = 5

function bestCut(ink: Ink, from: number, to: number, read: Reader): string {
  const places = Math.max(5, Math.round((to - from) / STEP))
  const x = (place: number) => from + ((to - from) * place) / places
  const seen = new Map<number, Reading>()
  const look = (a: number, b: number) => {
    const key = a * 1000 + b
    const known = seen.get(key)
    if (known) return known
    const found = read(features(ink, x(a), x(b)))
    seen.set(key, found)
    return found
  }
  const [least, most] = [Math.max(1, Math.floor((places / 5) * 0.5)), Math.ceil((places / 5) * 1.7)]
  let row = new Map<number, { score: number; text: string }>([[0, { score: 0, text: '' }]])
  for (let digit = 0; digit < 5; digit++) {
    const next = new Map<number, { score: number; text: string }>()
    for (const [a, { score, text }] of row) {
      for (let b = a + least; b <= Math.min(places, a + most); b++) {
        if (places - b > (4 - digit) * most || places - b < (4 - digit) * least) continue
        const found = look(a, b)
        const total = score + found.score
        if (total > (next.get(b)?.score ?? Number.NEGATIVE_INFINITY))
          next.set(b, { score: total, text: text + found.digit })
      }
    }
    row = next
  }
  return row.get(places)?.text ?? ''
}

/** Share of whole pictures and of single digits that a solver reads, over `attempts` fresh pictures. */
export async function attack(solve: Solver, weights: DigitOutlines[], hardness: Hardness, attempts: number) {
  let [whole, single] = [0, 0]
  for (let i = 0; i < attempts; i++) {
    const text = randomDigits()
    const { picture } = await drawn(text, weights, hardness)
    const read = await solve(picture)
    if (read === text) whole++
    single += [...text].filter((digit, at) => read[at] === digit).length
  }
  return { whole: whole / attempts, single: single / attempts / 5 }
}
