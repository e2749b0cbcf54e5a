import { type HTMLElement, parse } from 'node-html-parser'
import { parseJalali } from '../../domain/calendar/index.ts'
import { fold, toLatinDigits } from '../../domain/persian-text/index.ts'
import { readSavedPage, type SavedPage, splitDateline } from './saved-page.ts'

/** Where the systems of Persian news sites put each part of an article, one line a system, tried in order. */
const PLACES = {
  kicker: ['h4.kicker', '.rutitr', '.rootitr', '.kicker', '.ru-titr', '.uptitle', '.news-uptitle'],
  title: ['h1.title', '.title h1', 'h1[itemprop=headline]', '.news-title', 'h1'],
  lead: ['p.introtext', '.introtext', '.subtitle', '.lead', '.news-lead', '[itemprop=description]'],
  body: ['.item-text', '.item-body', '[itemprop=articleBody]', '.story', '.news_body', '.body', 'article'],
  moment: ['.item-date span', '.item-date', '.news_pdate_c', '.publish-date', '.news-date', 'time'],
  code: ['.item-code span', '.item-code', '.news_id_c', '.news-id', '.item-id'],
  tags: ['.tags li a', '.tags a', '.tags_title a', '.news-tags a', 'a[rel=tag]'],
  picture: ['.item-img img', '.news_image img', 'figure img', '[itemprop=image]'],
  section: ['.breadcrumb li:last-child a', '.breadcrumb a', '.news_path a', '[itemprop=articleSection]'],
} as const

type Part = keyof typeof PLACES

const clean = (text: string) => text.replace(/\s+/g, ' ').trim()

function first(page: HTMLElement, part: Part): HTMLElement | null {
  for (const place of PLACES[part]) {
    const found = page.querySelector(place)
    if (found) return found
  }
  return null
}

function wordsOf(page: HTMLElement, part: Part): string {
  return clean(first(page, part)?.text ?? '')
}

function meta(page: HTMLElement, ...names: string[]): string {
  for (const name of names) {
    const found = page.querySelector(`meta[property="${name}"]`) ?? page.querySelector(`meta[name="${name}"]`)
    const content = found?.getAttribute('content')
    if (content) return clean(content)
  }
  return ''
}

function momentOf(page: HTMLElement): Date | null {
  const said = wordsOf(page, 'moment').replace(/^(?:تاریخ(?:\s*انتشار)?|زمان)\s*[:：]\s*/u, '')
  const iso =
    first(page, 'moment')?.getAttribute('datetime') ||
    meta(page, 'article:published_time', 'nastooh:publishDate', 'datePublished')
  const jalali = parseJalali(said.replace(/\s*[-–|]\s*/g, ' ').replace(/(\d{4}|[۰-۹]{4})\s+(\d|[۰-۹])/u, '$1، $2'))
  if (jalali) return jalali
  const instant = iso ? new Date(iso) : null
  return instant && !Number.isNaN(instant.getTime()) ? instant : null
}

function codeOf(page: HTMLElement): number | undefined {
  const said = /\d{1,15}/.exec(toLatinDigits(wordsOf(page, 'code')))?.[0]
  const address = meta(page, 'og:url') || (page.querySelector('link[rel=canonical]')?.getAttribute('href') ?? '')
  const inAddress = /\/(?:news|fa\/news|content)\/(\d{3,15})/.exec(address)?.[1]
  const code = Number(said ?? inAddress ?? Number.NaN)
  return Number.isSafeInteger(code) && code > 0 ? code : undefined
}

function paragraphsIn(body: HTMLElement | null, lead: string): string[] {
  if (!body) return []
  for (const unwanted of body.querySelectorAll('script, style, .kicker, h1, .introtext, .subtitle, .tags, nav, form'))
    unwanted.remove()
  const parts = body.querySelectorAll('p, h2, h3, li').map(({ text }) => clean(text))
  const found = parts.some((part) => part !== '') ? parts : body.structuredText.split('\n').map(clean)
  return found.filter((part) => part !== '' && fold(part) !== fold(lead))
}

/** What a saved HTML page of a Persian news site says of its article: by the places that its system uses, else by its visible text; throws when it finds no title or no moment. */
export function readHtmlPage(html: string): SavedPage & { section: string } {
  const page = parse(html, { comment: false, blockTextElements: { script: false, style: false, noscript: false } })
  const title = wordsOf(page, 'title') || meta(page, 'og:title')
  const publishedAt = momentOf(page)
  if (title === '' || !publishedAt)
    return { ...readSavedPage((page.querySelector('body') ?? page).structuredText), section: '' }
  const said = wordsOf(page, 'lead') || meta(page, 'og:description', 'description')
  const { dateline, rest } = splitDateline(said)
  const code = codeOf(page)
  const tags = PLACES.tags.map((place) => page.querySelectorAll(place)).find((found) => found.length > 0) ?? []
  const picture = first(page, 'picture')
  return {
    ...(code === undefined ? {} : { code }),
    kicker: wordsOf(page, 'kicker'),
    title,
    lead: rest,
    dateline,
    body: paragraphsIn(first(page, 'body'), said),
    byline: clean(page.querySelector('[itemprop=author], .author, .news-author')?.text ?? '') || meta(page, 'author'),
    source: meta(page, 'og:site_name'),
    tags: [...new Set(tags.map(({ text }) => clean(text)).filter((tag) => tag !== ''))],
    pictureText: clean(picture?.getAttribute('alt') ?? ''),
    section: wordsOf(page, 'section'),
    publishedAt,
  }
}
