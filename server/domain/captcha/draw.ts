import { between, type Chance } from './chance.ts'
import type { DigitOutlines, Outline, Point } from './outlines.ts'

/** Width and height of the picture in pixels. */
export const PICTURE = { width: 300, height: 100 } as const

/** How hard the picture is to read: `plain` for most readers, `hard` after failures. */
export type Hardness = 'plain' | 'hard'

interface Dose {
  turn: number
  shear: number
  warp: number
  strokes: number
  cuts: number
  patches: number
  crumbs: number
}

const DOSES: Record<Hardness, Dose> = {
  plain: { turn: 0.46, shear: 0.26, warp: 3.3, strokes: 1, cuts: 1, patches: 1, crumbs: 7 },
  hard: { turn: 0.48, shear: 0.28, warp: 3.4, strokes: 1, cuts: 2, patches: 2, crumbs: 7 },
}

/** The drawing as SVG and, for those who test how well it holds, where each digit begins and ends in pixels. */
export interface Drawing {
  svg: string
  places: [left: number, right: number][]
}

const INKS = ['#123a3f', '#3a1d2e', '#1d2f52', '#3b2a14', '#20381f']
const PAPERS = ['#f4f1ea', '#eef3f4', '#f5f0f2', '#f1f4ec']

/**
 * One challenge as SVG for the server's own rasteriser, never for readers: digits in two weights, each turned, sheared and
 * scaled, all bent by waves, joined by strokes as thick as the digits' own and cut by thin ones, with patches in which ink
 * and paper change places, so that neither outline, connected piece nor brightness tells a digit.
 */
export function drawChallenge(
  digits: string,
  weights: DigitOutlines[],
  chance: Chance,
  hardness: Hardness = 'plain',
): Drawing {
  const dose = DOSES[hardness]
  const bend = waves(chance, dose.warp)
  const shapes = placed(digits, weights, chance, dose).map((shape) => shape.map((contour) => contour.map(bend)))
  const glyphs = pathOf(shapes.flat())
  const bands = [...times(dose.strokes, () => stroke(chance)), ...times(dose.crumbs, () => crumb(chance))]
  const strokes = bands.map((contour) => pathOf([contour.map(bend)]))
  const cuts = times(dose.cuts, () => pathOf([thinCut(chance).map(bend)]))
  const ink = INKS[chance(INKS.length)]!
  const paper = PAPERS[chance(PAPERS.length)]!
  const patches = pathOf(times(dose.patches, () => patch(chance)))
  const layer = (front: string, back: string) =>
    `<path fill="${back}" d="M0 0H${PICTURE.width}V${PICTURE.height}H0Z"/>` +
    `<path fill="${front}" d="${glyphs}"/>` +
    `<g fill="${front}">${strokes.map((d) => `<path d="${d}"/>`).join('')}</g>` +
    `<g fill="${back}">${cuts.map((d) => `<path d="${d}"/>`).join('')}</g>`
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${PICTURE.width}" height="${PICTURE.height}">` +
    `<clipPath id="p"><path clip-rule="evenodd" d="${patches}"/></clipPath>` +
    `${layer(ink, paper)}<g clip-path="url(#p)">${layer(paper, ink)}</g></svg>`
  return { svg, places: shapes.map(extent) }
}

function times<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i))
}

/** Sets the digits from left to right so that neighbours nearly touch or overlap, and spreads what room is left by chance. */
function placed(digits: string, weights: DigitOutlines[], chance: Chance, dose: Dose): Point[][][] {
  const shapes = [...digits].map((digit) => {
    const outline = weights[chance(weights.length)]![Number(digit)]!
    const size = (digit === '0' ? 1.25 : 1) * between(chance, 76, 106)
    return { outline, size, move: turned(chance, dose, size), gap: between(chance, -0.055, 0.065) * size }
  })
  const widths = shapes.map(({ outline, size, gap }) => Math.max(outline.width, 0.22) * size + gap)
  const total = widths.reduce((sum, width) => sum + width, 0)
  const room = PICTURE.width - 28
  const shrink = Math.min(1, room / total)
  let x = 14 + between(chance, 0, 1) * Math.max(0, room - total)
  return shapes.map(({ outline, move }, i) => {
    const middle: Point = [x + (widths[i]! * shrink) / 2, PICTURE.height / 2 + between(chance, -13, 13)]
    x += widths[i]! * shrink
    return outlineAt(outline, (point) => scaled(move(point), shrink), middle)
  })
}

function extent(contours: Point[][]): [number, number] {
  const xs = contours.flat().map(([x]) => x)
  return [Math.min(...xs), Math.max(...xs)]
}

function scaled([x, y]: Point, by: number): Point {
  return [x * by, y * by]
}

function outlineAt(outline: Outline, move: (point: Point) => Point, middle: Point): Point[][] {
  return outline.contours.map((contour) =>
    contour.map((point) => {
      const [x, y] = move(point)
      return [x + middle[0], y + middle[1]]
    }),
  )
}

function turned(chance: Chance, dose: Dose, size: number): (point: Point) => Point {
  const angle = between(chance, -dose.turn, dose.turn)
  const shear = between(chance, -dose.shear, dose.shear)
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const [wide, high] = [size * between(chance, 0.85, 1.12), size * between(chance, 0.85, 1.12)]
  return ([x, y]) => {
    const [sx, sy] = [(x + shear * y) * wide, y * high]
    return [sx * cos - sy * sin, sx * sin + sy * cos]
  }
}

/** A smooth displacement of the whole picture by four sine waves, two of them as short as a digit is wide. */
function waves(chance: Chance, strength: number): (point: Point) => Point {
  const wave = (shortest: number, longest: number, height: number) => {
    const length = between(chance, shortest, longest)
    const phase = between(chance, 0, 2 * Math.PI)
    return (at: number) => height * Math.sin((2 * Math.PI * at) / length + phase)
  }
  const [longX, longY] = [wave(70, 130, strength), wave(60, 140, strength)]
  const [shortX, shortY] = [wave(26, 44, strength * 0.4), wave(26, 44, strength * 0.4)]
  return ([x, y]) => [x + longX(y) + shortX(y), y + longY(x) + shortY(x)]
}

/** A bent band from edge to edge, as thick as the digits' own strokes. */
function stroke(chance: Chance): Point[] {
  const { width, height } = PICTURE
  const from = between(chance, 0.12, 0.88) * height
  const to = between(chance, 0.12, 0.88) * height
  const sag = between(chance, -26, 26)
  const swing = between(chance, 5, 13)
  const length = between(chance, 50, 110)
  const phase = between(chance, 0, 6.28)
  const thick = between(chance, 4, 6.5)
  const start = between(chance, -10, 30)
  const end = width - between(chance, -10, 30)
  return band(start, end, thick, (t, x) => {
    return from + (to - from) * t + sag * 4 * t * (1 - t) + swing * Math.sin((6.28 * x) / length + phase)
  })
}

function thinCut(chance: Chance): Point[] {
  const [from, to] = [between(chance, 10, 78), between(chance, 10, 78)]
  const [swing, length, phase] = [between(chance, 4, 12), between(chance, 40, 90), between(chance, 0, 6.28)]
  return band(
    0,
    PICTURE.width,
    between(chance, 1.6, 2.4),
    (t, x) => from + (to - from) * t + swing * Math.sin((6.28 * x) / length + phase),
  )
}

function band(start: number, end: number, thick: number, height: (t: number, x: number) => number): Point[] {
  const steps = 48
  const middle = times(steps + 1, (i): Point => {
    const x = start + ((end - start) * i) / steps
    return [x, height(i / steps, x)]
  })
  const edge = (side: number) =>
    middle.map(([x, y], i): Point => {
      const [before, after] = [middle[Math.max(0, i - 1)]!, middle[Math.min(steps, i + 1)]!]
      const [dx, dy] = [after[0] - before[0], after[1] - before[1]]
      const long = Math.hypot(dx, dy) || 1
      return [x - (dy / long) * side, y + (dx / long) * side]
    })
  return [...edge(thick / 2), ...edge(-thick / 2).reverse()]
}

/** A short piece of a band, like a part of a digit. */
function crumb(chance: Chance): Point[] {
  const [x, y] = [between(chance, 6, PICTURE.width - 6), between(chance, 6, PICTURE.height - 6)]
  const [angle, long] = [between(chance, 0, 6.28), between(chance, 5, 15)]
  const curl = between(chance, -4, 4)
  return band(0, long, between(chance, 2, 4.5), (t) => curl * 4 * t * (1 - t)).map(([px, py]) => [
    x + px * Math.cos(angle) - py * Math.sin(angle),
    y + px * Math.sin(angle) + py * Math.cos(angle),
  ])
}

/** A large uneven round in which ink and paper change places. */
function patch(chance: Chance): Point[] {
  const [x, y] = [between(chance, 20, PICTURE.width - 20), between(chance, 10, PICTURE.height - 10)]
  const [wide, high] = [between(chance, 26, 52), between(chance, 24, 44)]
  const [dent, phase] = [between(chance, 0.05, 0.16), between(chance, 0, 6.28)]
  return times(40, (i): Point => {
    const angle = (2 * Math.PI * i) / 40
    const grow = 1 + dent * Math.sin(3 * angle + phase)
    return [x + wide * grow * Math.cos(angle), y + high * grow * Math.sin(angle)]
  })
}

function pathOf(contours: Point[][]): string {
  return contours.map((contour) => `M${contour.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`).join('')
}
