import { mostRead } from '../../models/article-lists.ts'
import { countPublished, findByCodes, latest } from '../../models/articles.ts'
import { countPublishedOf, mostDiscussed } from '../../models/comments.ts'
import { allSections, type Section } from '../../models/sections.ts'
import type { PublicArticle } from '../domain/article.ts'
import type { Picture } from '../domain/picture.ts'

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
  picture: Picture | null
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
const RANKED = 5

/** Articles as stories, with their sections' names and their numbers of published comments. */
export async function asStories(articles: PublicArticle[], sections?: Section[]): Promise<Story[]> {
  const codes = [...new Set(articles.map(({ code }) => code))]
  const [named, counts] = await Promise.all([
    sections ?? allSections(),
    codes.length === 0 ? new Map<number, number>() : countPublishedOf(codes),
  ])
  const names = new Map(named.map(({ slug, name }) => [slug, name]))
  return articles.map(({ code, slug, kicker, title, lead, section, publishedAt, picture }) => ({
    code,
    slug,
    kicker,
    title,
    lead,
    section,
    sectionName: names.get(section) ?? '',
    publishedAt,
    picture,
    comments: counts.get(code) ?? 0,
  }))
}

/** Articles with these codes that are published now, in the order of the codes. */
export async function published(codes: number[]): Promise<PublicArticle[]> {
  const place = new Map(codes.map((code, i) => [code, i]))
  const articles = codes.length === 0 ? [] : await findByCodes(codes)
  return articles
    .filter(({ state }) => state === 'published')
    .sort((one, other) => place.get(one.code)! - place.get(other.code)!)
}

/** Codes of what was read most lately: of a week, or where that is too little, of all time. */
export async function mostReadCodes(now: Date, limit: number): Promise<number[]> {
  const fresh = await mostRead(new Date(now.getTime() - 7 * DAY_MS), limit)
  const found = fresh.length >= limit ? fresh : await mostRead(new Date(0), limit)
  return found.map(({ code }) => code)
}

/** Codes of what was most commented on lately: of a week, or where that is too little, of all time. */
export async function mostDiscussedCodes(now: Date, limit: number): Promise<number[]> {
  let rows = await mostDiscussed(new Date(now.getTime() - 7 * DAY_MS), limit)
  if (rows.length < limit) rows = await mostDiscussed(new Date(0), limit)
  return rows.map(({ code }) => code)
}

/** What ranks articles and topics; it may be some seconds old, the articles themselves never are. */
export interface Ranking {
  read: number[]
  discussed: number[]
  topics: { tag: string; count: number }[]
}

/** Everything that the front page shows. */
export async function frontPage(ranking: Ranking): Promise<FrontPage> {
  const sections = await allSections()
  const [newest, read, discussed, ...blocks] = await Promise.all([
    latest({ limit: 1 + SECOND + HEADLINES, withoutTexts: true }),
    published(ranking.read.slice(0, RANKED)),
    published(ranking.discussed.slice(0, RANKED)),
    ...sections.map(({ slug }) => latest({ section: slug, limit: BLOCK, withoutTexts: true })),
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
    topics: ranking.topics,
    blocks: sections
      .map((section, i) => ({ section, stories: shown(blocks[i]!) }))
      .filter(({ stories }) => stories.length > 0),
  }
}

/** The lists of what is read and discussed most. */
export async function popularPage(ranking: Ranking): Promise<{ read: Story[]; discussed: Story[] }> {
  const [read, discussed] = await Promise.all([published(ranking.read), published(ranking.discussed)])
  return { read: await asStories(read), discussed: await asStories(discussed) }
}

/** One page of the published articles that a section, a tag or a span of time asks for, latest first. */
export async function storyPage(
  query: { section?: string; tag?: string; from?: Date; to?: Date },
  page: number,
): Promise<StoryPage> {
  const total = await countPublished(query)
  const pages = Math.min(LAST_PAGE, Math.max(1, Math.ceil(total / PAGE_SIZE)))
  const articles =
    page > pages ? [] : await latest({ ...query, skip: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE, withoutTexts: true })
  return { stories: await asStories(articles), total, page, pages }
}
