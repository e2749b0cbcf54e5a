import path from 'node:path'
import type { Response } from 'express'
import type { Frame } from './frame.ts'
import { buildHelpers } from './helpers.ts'
import { assetAddress } from './static-files.ts'
import { loadViews, type Views } from './templates.ts'

/** What the layouts take from a page beside its own data; only the title is demanded. */
export interface PageData {
  /** `site` (default) and `desk` stand around the view within their own `<main>`; a view in `plain` or `print` brings its own. */
  layout?: 'site' | 'desk' | 'plain' | 'print'
  /** The page's title without the newsroom's name. */
  title: string
  description?: string
  /** The page's one true path, without query where the query does not matter. */
  canonical?: string
  previousPage?: string
  nextPage?: string
  robots?: string
  /** For social cards: an article or any other page. */
  kind?: 'website' | 'article'
  article?: unknown
  /** The slug of the section that the row of sections marks. */
  inSection?: string
  /** The path of a picture for social cards. */
  image?: string
  feeds?: { title: string; address: string; type: string }[]
  jsonLd?: unknown
  /** Browser modules beside the layout's own, by their names under `public/`. */
  scripts?: string[]
  /** The desk's room that the rail marks. */
  room?: string
  faults?: Record<string, string>
  [name: string]: unknown
}

const DEFAULTS = {
  description: '',
  canonical: '',
  previousPage: '',
  nextPage: '',
  robots: '',
  kind: 'website',
  feeds: [],
  jsonLd: null,
  scripts: [],
  inSection: '',
  image: '',
  room: '',
}

let loaded: Views | undefined

function views(): Views {
  loaded ??= loadViews(path.join(import.meta.dirname, '../../views'), buildHelpers(assetAddress))
  return loaded
}

/** Compiles all views now, so that a fault in one stops the start and not the first reader. */
export function prepareViews(): void {
  views()
}

/** Renders a view within its layout as HTML text; `faults` is empty where there are none. */
export function pageHtml(res: Response, view: string, data: PageData): string {
  const { layout = 'site', faults, ...rest } = data
  return views().render(view, `layouts/${layout}`, {
    ...DEFAULTS,
    ...rest,
    faults: faults ?? {},
    frame: res.locals.frame as Frame,
  })
}

/** Sends a view within its layout; the status is the response's own. */
export function renderPage(res: Response, view: string, data: PageData): void {
  res.type('html').send(pageHtml(res, view, data))
}
