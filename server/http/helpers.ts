import Handlebars from 'handlebars'
import { escapeHtml } from '../domain/article-text.ts'
import { barcodeOf } from '../domain/barcode.ts'
import {
  formatDate,
  formatDayAndMonth,
  formatFullDate,
  formatHour,
  formatMoment,
  formatRelative,
  formatShort,
} from '../domain/calendar/index.ts'
import { articlePath } from '../domain/news-code.ts'
import { toPersianDigits } from '../domain/persian-text/digits.ts'
import { type Picture, pictureShown } from '../domain/picture.ts'
import { shortPath } from '../domain/short-link.ts'
import { iconSprite, iconSvg, iconUse } from './icons.ts'
import type { Helper } from './templates.ts'

const { SafeString } = Handlebars
const html = (markup: string) => new SafeString(markup)

interface Root {
  frame: { now: Date; path: string; formToken: string | null }
}

const rootOf = (options: Handlebars.HelperOptions) => options.data.root as Root

const grouped = new Intl.NumberFormat('fa-IR')

const FORMS: Record<string, (moment: Date, now: Date) => string> = {
  moment: formatMoment,
  date: formatDate,
  day: formatDayAndMonth,
  full: formatFullDate,
  hour: formatHour,
  relative: formatRelative,
  short: formatShort,
}

function inForm(form: string, moment: Date, now: Date): string {
  const show = FORMS[form]
  if (!show) throw new Error(`no way to show a moment is named ${form}`)
  return show(moment, now)
}

/** JSON for a data block within HTML: nothing in it can end the block or begin a comment. */
export function jsonForHtml(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** A picture in all its widths; the browser takes the one that `sizes` asks for. */
function pictureMarkup(picture: Picture, alt: string, sizes: string): string {
  const { src, srcset, width, height } = pictureShown(picture)
  return `<img src="${src}" srcset="${srcset}" sizes="${escapeHtml(sizes)}" width="${width}" height="${height}" alt="${escapeHtml(alt)}">`
}

/** A number as a Code 128 barcode in SVG, with the number itself for those who do not see it. */
function barcodeSvg(number: number): string {
  const { bars, width } = barcodeOf(number)
  const path = bars.map((bar) => `M${bar.start + 10} 0h${bar.width}v40h-${bar.width}z`).join('')
  return `<svg class="barcode" viewBox="0 0 ${width + 20} 40" width="${(width + 20) * 2}" height="48" preserveAspectRatio="none" role="img" aria-label="بارکد ${number}"><path d="${path}"/></svg>`
}

/** Everything that templates may call. `asset` gives the address of a file under public/ with its content's hash. */
export function buildHelpers(asset: (name: string) => string): Record<string, Helper> {
  return {
    // Numbers and words.
    digits: (value: string | number) => toPersianDigits(value),
    number: (value: number) => grouped.format(value),
    count: (value: number, thing: string, none?: unknown) =>
      value === 0 && typeof none === 'string' ? none : `${grouped.format(value)} ${thing}`,
    code: (value: string | number) => html(`<bdi dir="ltr">${escapeHtml(String(value))}</bdi>`),
    percent: (value: number) => `${grouped.format(Math.round(value * 100))}٪`,
    excerpt: (value: string, length: number) => {
      if (value.length <= length) return value
      const cut = value.slice(0, length).replace(/\s+\S*$/u, '')
      return `${cut === '' ? value.slice(0, length) : cut}…`
    },

    // Moments: `{{time when "relative"}}` is an element, `{{moment when "date"}}` only its words.
    time: (moment: Date, form: string, options: Handlebars.HelperOptions) => {
      const words = escapeHtml(inForm(form, moment, rootOf(options).frame.now))
      return html(`<time datetime="${moment.toISOString()}" title="${formatMoment(moment)}">${words}</time>`)
    },
    moment: (moment: Date, form: string, options: Handlebars.HelperOptions) =>
      inForm(form, moment, rootOf(options).frame.now),
    iso: (moment: Date) => moment.toISOString(),

    // Questions.
    eq: (one: unknown, other: unknown) => one === other,
    not: (value: unknown) => !value,
    and: (...values: unknown[]) => values.slice(0, -1).every(Boolean),
    or: (...values: unknown[]) => values.slice(0, -1).find(Boolean) ?? false,
    gt: (one: number, other: number) => one > other,
    has: (list: readonly unknown[], value: unknown) => list.includes(value),
    when: (condition: unknown, value: string, otherwise: unknown) =>
      condition ? value : typeof otherwise === 'string' ? otherwise : '',

    // Addresses.
    asset: (name: string) => asset(name),
    articlePath: (article: { code: number; slug: string }) => articlePath(article),
    shortPath: (code: number) => shortPath(code),
    sectionPath: (slug: string) => `/service/${encodeURIComponent(slug)}`,
    tagPath: (tag: string) => `/tag/${encodeURIComponent(tag.replace(/ /g, '_'))}`,
    url: (value: string) => encodeURIComponent(value),
    current: (address: string, options: Handlebars.HelperOptions) => {
      const { path } = rootOf(options).frame
      const wanted = decodeURIComponent(address)
      if (path === wanted) return html(' aria-current="page"')
      return wanted !== '/' && path.startsWith(`${wanted}/`) ? html(' aria-current="true"') : ''
    },

    // Elements.
    icon: (name: string) => html(iconSvg(name)),
    iconSprite: (name: string) => html(iconSprite(name)),
    iconUse: (name: string) => html(iconUse(name)),
    picture: (picture: Picture, alt: string, sizes: string) => html(pictureMarkup(picture, alt, sizes)),
    barcode: (number: number) => html(barcodeSvg(number)),
    formToken: (options: Handlebars.HelperOptions) =>
      html(`<input type="hidden" name="formToken" value="${escapeHtml(rootOf(options).frame.formToken ?? '')}">`),
    jsonLd: (value: unknown) => html(`<script type="application/ld+json">${jsonForHtml(value)}</script>`),
    // Only for bodies that `safeBody` has made.
    safeBody: (value: string) => html(value),
  }
}
