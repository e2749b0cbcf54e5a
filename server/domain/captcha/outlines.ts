import svgCaptcha from 'svg-captcha'

/** One point of an outline, in ems: x to the right, y downwards from the base line. */
export type Point = [x: number, y: number]

/** The closed contours of one digit as fine polygons, moved so that the middle of its box is at 0,0. */
export interface Outline {
  contours: Point[][]
  width: number
  height: number
}

/** The outlines of the digits 0 to 9 in one weight of a font. */
export type DigitOutlines = Outline[]

type Command = { type: 'M' | 'L' | 'Q' | 'C' | 'Z'; x: number; y: number } & Record<'x1' | 'y1' | 'x2' | 'y2', number>
interface LoadedFont {
  charToGlyph(character: string): { getPath(x: number, y: number, size: number): { commands: Command[] } }
}

const STEPS_OF_CURVE = 6
const LONGEST_SIDE = 0.06

/** Reads the Persian digits of a TTF file through svg-captcha's loader; throws when the file is not a font that it reads. */
export function loadOutlines(file: string): DigitOutlines {
  svgCaptcha.loadFont(file)
  const { font } = svgCaptcha.options as unknown as { font: LoadedFont }
  return Array.from({ length: 10 }, (_, digit) => {
    const glyph = font.charToGlyph(String.fromCharCode(0x06f0 + digit))
    return centred(polygons(glyph.getPath(0, 0, 1).commands))
  })
}

function polygons(commands: Command[]): Point[][] {
  const contours: Point[][] = []
  let at: Point = [0, 0]
  for (const command of commands) {
    const contour = contours.at(-1)
    if (command.type === 'Z') continue
    const to: Point = [command.x, command.y]
    if (command.type === 'M') contours.push([to])
    else if (command.type === 'L') contour?.push(...side(at, to))
    else contour?.push(...curve(at, command))
    at = to
  }
  return contours.filter((contour) => contour.length > 2)
}

function side(from: Point, to: Point): Point[] {
  const pieces = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / LONGEST_SIDE))
  return Array.from({ length: pieces }, (_, i) => {
    const t = (i + 1) / pieces
    return [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t]
  })
}

function curve(from: Point, { type, x, y, x1, y1, x2, y2 }: Command): Point[] {
  return Array.from({ length: STEPS_OF_CURVE }, (_, i) => {
    const t = (i + 1) / STEPS_OF_CURVE
    const u = 1 - t
    if (type === 'Q')
      return [u * u * from[0] + 2 * u * t * x1 + t * t * x, u * u * from[1] + 2 * u * t * y1 + t * t * y]
    return [
      u ** 3 * from[0] + 3 * u * u * t * x1 + 3 * u * t * t * x2 + t ** 3 * x,
      u ** 3 * from[1] + 3 * u * u * t * y1 + 3 * u * t * t * y2 + t ** 3 * y,
    ]
  })
}

function centred(contours: Point[][]): Outline {
  const xs = contours.flat().map(([x]) => x)
  const ys = contours.flat().map(([, y]) => y)
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const middle: Point = [(left + right) / 2, (top + bottom) / 2]
  return {
    contours: contours.map((contour) => contour.map(([x, y]) => [x - middle[0], y - middle[1]])),
    width: right - left,
    height: bottom - top,
  }
}
