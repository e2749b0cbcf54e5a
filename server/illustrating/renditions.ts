import sharp from 'sharp'
import { PICTURE_WIDTHS, SHARED_FILE, widthsFor } from '../domain/picture.ts'

const KINDS = new Set(['jpeg', 'png', 'webp', 'heif', 'avif', 'gif', 'tiff'])
const MOST_PIXELS = 60_000_000
const SHARED_WIDTH = 1200
const LONGEST_SECONDS = 20

/** A picture in all the sizes in which it is kept, by the names of their files. */
export interface Renditions {
  width: number
  height: number
  widths: number[]
  files: Map<string, Buffer>
}

/**
 * Draws a sent picture anew in every size, upright and without anything that it carries beside its pixels (place, camera, thumbnails);
 * null when it is no picture that can be read, or has more than sixty million pixels.
 */
export async function drawRenditions(sent: Buffer): Promise<Renditions | null> {
  try {
    const { format } = await sharp(sent, { limitInputPixels: MOST_PIXELS }).metadata()
    if (!KINDS.has(format)) return null
    const upright = sharp(sent, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .autoOrient()
      .toColourspace('srgb')
      .timeout({ seconds: LONGEST_SECONDS })
    const largest = await upright
      .clone()
      .resize({ width: PICTURE_WIDTHS.at(-1)!, withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer({ resolveWithObject: true })
    const { width, height } = largest.info
    const widths = widthsFor(width)
    const files = new Map([[`${width}.webp`, largest.data]])
    for (const each of widths.slice(0, -1)) {
      files.set(`${each}.webp`, await upright.clone().resize({ width: each }).webp({ quality: 78 }).toBuffer())
    }
    const shared = upright.clone().resize({ width: SHARED_WIDTH, withoutEnlargement: true })
    files.set(SHARED_FILE, await shared.flatten({ background: '#fff' }).jpeg({ quality: 80 }).toBuffer())
    return { width, height, widths, files }
  } catch {
    // Whatever cannot be decoded is no picture.
    return null
  }
}
