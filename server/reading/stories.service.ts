import { countPublished, findByCodes, latest, mostRead, tagsInUse } from '../../models/articles.ts'
import { countPublishedOf, mostDiscussed } from '../../models/comments.ts'
import { allSections, type Section } from '../../models/sections.ts'
import type { PublicArticle } from '../domain/article.ts'

/** An article as a list shows it. */
export interface Story {
  code: number
  slug: string
  kicker: string
  title: string
  lead: string
  section: string
  sectionName: string
  publishedAt: Date
  comments: number
}

/** The articles of a front page by weight, the row of topics, and a block for each section. */
export interface FrontPage {
  main: Story | null
  second: Story[]
  headlines: Story[]
  read: Story[]
  discussed: Story[]
  topics: { tag: string; count: number }[]
  blocks: { section: Section; stories: Story[] }[]
}

/** One page of a list of stories. */
export interface StoryPage {
  stories: Story[]
  total: number
  page: number
  pages: number
}

/** The stories on one page of a list. */
export const PAGE_SIZE = 20

/** The last page that a list gives; older articles are reached by day in the archive. */
const LAST_PAGE = 500

const DAY_MS = 86_400_000
const SECOND = 4
const HEADLINES = 12
const BLOCK = 4

/** Articles as stories, with their sections' names and their numbers of published comments. */
export async function asStories(articles: PublicArticle[], sections?: Section[]): Promise<Story[]> {
  const [named, counts] = await Promise.all([
    sections ?? allSections(),
    articles.length === 0 ? new Map<number, number>() : countPublishedOf(articles.map(({ code }) => code)),
  ])
  const names = new Map(named.map(({ slug, name }) => [slug, name]))
  return articles.map(({ code, slug, kicker, title, lead, section, publishedAt }) => ({
    code,
    slug,
    kicker,
    title,
    lead,
    section,
    sectionName: names.get(section) ?? '',
    publishedAt,
    comments: counts.get(code) ?? 0,
  }))
}

/** What was read most lately: of a week, or where that is too little, of all time. */
export async function mostReadStories(now: Date, limit: number): Promise<PublicArticle[]> {
  const fresh = await mostRead(new Date(now.getTime() - 7 * DAY_MS), limit)
  return fresh.length >= limit ? fresh : await mostRead(new Date(0), limit)
}

/** What was most commented on lately: of a week, or where that is too little, of all time. */
export async function mostDiscussedStories(now: Date, limit: number): Promise<PublicArticle[]> {
  let rows = await mostDiscussed(new Date(now.getTime() - 7 * DAY_MS), limit)
  if (rows.length < limit) rows = await mostDiscussed(new Date(0), limit)
  const place = new Map(rows.map(({ code }, i) => [code, i]))
  const articles = await findByCodes([...place.keys()])
  return articles
    .filter(({ state }) => state === 'published')
    .sort((one, other) => place.get(one.code)! - place.get(other.code)!)
}

/** Everything that the front page shows. */
export async function frontPage(now: Date): Promise<FrontPage> {
  const sections = await allSections()
  const [newest, read, discussed, topics, ...blocks] = await Promise.all([
    latest({ limit: 1 + SECOND + HEADLINES }),
    mostReadStories(now, 5),
    mostDiscussedStories(now, 5),
    tagsInUse(new Date(now.getTime() - 30 * DAY_MS), 8),
    ...sections.map(({ slug }) => latest({ section: slug, limit: BLOCK })),
  ])
  const all = await asStories([...newest, ...read, ...discussed, ...blocks.flat()], sections)
  const byCode = new Map(all.map((story) => [story.code, story]))
  const shown = (articles: PublicArticle[]) => articles.map(({ code }) => byCode.get(code)!)
  const [main, ...others] = shown(newest)
  return {
    main: main ?? null,
    second: others.slice(0, SECOND),
    headlines: others.slice(SECOND),
    read: shown(read),
    discussed: shown(discussed),
    topics,
    blocks: sections
      .map((section, i) => ({ section, stories: shown(blocks[i]!) }))
      .filter(({ stories }) => stories.length > 0),
  }
}

/** One page of the published articles that a section, a tag or a span of time asks for, latest first. */
export async function storyPage(
  query: { section?: string; tag?: string; from?: Date; to?: Date },
  page: number,
): Promise<StoryPage> {
  const total = await countPublished(query)
  const pages = Math.min(LAST_PAGE, Math.max(1, Math.ceil(total / PAGE_SIZE)))
  const articles = page > pages ? [] : await latest({ ...query, skip: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE })
  return { stories: await asStories(articles), total, page, pages }
}
