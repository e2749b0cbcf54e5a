/** A picture as articles carry it: its id, its size in pixels at its largest, and the widths in which it is kept. It never changes once it is kept. */
export interface Picture {
  id: string
  width: number
  height: number
  widths: number[]
}

/** The widths in which pictures are kept, as far as the original reaches; the largest is the original where that is smaller. */
export const PICTURE_WIDTHS = [320, 640, 1280] as const

/** The file for sharing on other sites, which do not all read WebP. */
export const SHARED_FILE = 'share.jpg'

/** The widths in which an original of this width is kept. */
export function widthsFor(original: number): number[] {
  const largest = Math.min(original, PICTURE_WIDTHS.at(-1)!)
  return [...PICTURE_WIDTHS.filter((width) => width < largest), largest]
}

/** The address of one file of a picture. */
export function picturePath(id: string, file: string): string {
  return `/media/${id}/${file}`
}

/** A picture as the page needs it: the address of its largest file, and all of them with their widths. */
export function pictureShown({ id, width, height, widths }: Picture) {
  return {
    id,
    width,
    height,
    src: picturePath(id, `${widths.at(-1)}.webp`),
    srcset: widths.map((each) => `${picturePath(id, `${each}.webp`)} ${each}w`).join(', '),
    small: picturePath(id, `${widths[0]}.webp`),
  }
}
