import { randomInt } from 'node:crypto'
import path from 'node:path'
import sharp from 'sharp'
import { type DigitOutlines, drawChallenge, type Hardness, loadOutlines } from '../domain/captcha/index.ts'

const FONTS = path.join(import.meta.dirname, 'fonts')
const WEIGHTS = ['Medium', 'Bold']
const DIGITS = 5

let weights: DigitOutlines[] | undefined

/** The outlines from which captchas are drawn, loaded once. */
export function captchaWeights(): DigitOutlines[] {
  weights ??= WEIGHTS.map((weight) => loadOutlines(path.join(FONTS, `Vazirmatn-${weight}.ttf`)))
  return weights
}

/** A fresh challenge: five digits by a generator fit for secrets, and their picture as PNG. */
export async function drawCaptcha(hardness: Hardness): Promise<{ digits: string; png: Buffer }> {
  const digits = Array.from({ length: DIGITS }, () => randomInt(10)).join('')
  const { svg } = drawChallenge(digits, captchaWeights(), randomInt, hardness)
  const png = await sharp(Buffer.from(svg)).greyscale().png({ compressionLevel: 6 }).toBuffer()
  return { digits, png }
}
