import { type Request, type Response, Router } from 'express'
import { allSections } from '../../models/sections.ts'
import { dayBounds, jalaliOf, parseJalali } from '../domain/calendar/index.ts'
import { parseNewsCode } from '../domain/news-code.ts'
import { tidy } from '../domain/persian-text/index.ts'
import type { House } from '../house.ts'
import { type Answer, sharedPages } from '../http/shared-pages.ts'
import { pageHtml } from '../http/views.ts'
import { pageAsked } from '../reading/paging.ts'
import { asStories } from '../reading/stories.service.ts'
import { search, topics } from './searching.service.ts'

const LONGEST = 200
const NO_DATE = 'تاریخ را به شمسی بنویسید، مانند ۱۴۰۵/۹/۳ یا ۳ آذر ۱۴۰۵.'
const LAST_PAGE = 50

const typedText = (value: unknown) => (typeof value === 'string' ? value.slice(0, LONGEST).trim() : '')

interface Typed {
  q: string
  section: string
  from: string
  to: string
}

/** The beginning of the day that was typed, or the end of it; null without one. */
function edgeOf(typed: string, edge: 'from' | 'to', faults: Record<string, string>): Date | null {
  if (typed === '') return null
  const moment = parseJalali(typed)
  if (moment === null) {
    faults[edge] = NO_DATE
    return null
  }
  return dayBounds(jalaliOf(moment))[edge]
}

function addressOf(typed: Typed, page: number): string {
  const query = new URLSearchParams(Object.entries(typed).filter(([, value]) => value !== ''))
  if (page > 1) query.set('page', String(page))
  return `/search${query.size === 0 ? '' : `?${query}`}`
}

async function results(house: House, req: Request, res: Response): Promise<Answer> {
  const typed: Typed = {
    q: tidy(typedText(req.query.q)),
    section: typedText(req.query.section),
    from: typedText(req.query.from),
    to: typedText(req.query.to),
  }
  const code = parseNewsCode(typed.q)
  const faults: Record<string, string> = {}
  const from = edgeOf(typed.from, 'from', faults)
  const to = edgeOf(typed.to, 'to', faults)
  const page = Math.min(LAST_PAGE, pageAsked(req.query.page))
  const asked = Object.values(typed).some((value) => value !== '') && Object.keys(faults).length === 0
  const found = asked
    ? await search({ words: typed.q, section: typed.section, from, to, page })
    : { articles: [], more: false }
  const sections = await allSections()
  const text = pageHtml(res, 'searching/results', {
    title: typed.q === '' ? 'جست‌وجو' : `جست‌وجوی «${typed.q}»`,
    robots: 'noindex, follow',
    faults,
    typed,
    asked,
    code,
    stories: await asStories(found.articles, sections),
    options: sections.map(({ slug, name }) => ({ slug, name, chosen: slug === typed.section })),
    topics: asked && found.articles.length === 0 ? await topics(house.now()) : [],
    page,
    previousPage: page > 1 ? addressOf(typed, page - 1) : '',
    nextPage: found.more && page < LAST_PAGE ? addressOf(typed, page + 1) : '',
  })
  return { text, status: Object.keys(faults).length > 0 ? 422 : 200 }
}

/** Looking something up in what is published. */
export function searchingRoutes(house: House): Router {
  const router = Router()
  const send = sharedPages(house)
  router.get('/search', (req, res) => send(req, res, () => results(house, req, res)))
  return router
}
