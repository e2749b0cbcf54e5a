import { countPublished, latest, mostRead } from '../../models/article-lists.ts'
import { findByCodes } from '../../models/articles.ts'
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
  /** Whether there is more than the front page shows of the latest. */
  more: boolean
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

/** Codes of what was read most lately: of a week, or where that is not enough, of all time. */
export async function mostReadCodes(now: Date, enough: number, limit: number): Promise<number[]> {
  const fresh = await mostRead(new Date(now.getTime() - 7 * DAY_MS), limit)
  const found = fresh.length >= enough ? fresh : await mostRead(new Date(0), limit)
  return found.map(({ code }) => code)
}

/** Codes of what was most commented on lately: of a week, or where that is not enough, of all time. */
export async function mostDiscussedCodes(now: Date, enough: number, limit: number): Promise<number[]> {
  let rows = await mostDiscussed(new Date(now.getTime() - 7 * DAY_MS), limit)
  if (rows.length < enough) rows = await mostDiscussed(new Date(0), limit)
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
    // As many as a page of a list holds, so that the second page goes on where the front page ends; and one to know of more.
    latest({ limit: PAGE_SIZE + 1, withoutTexts: true }),
    published(ranking.read.slice(0, RANKED)),
    published(ranking.discussed.slice(0, RANKED)),
    ...sections.map(({ slug }) => latest({ section: slug, limit: BLOCK, withoutTexts: true })),
  ])
  const all = await asStories([...newest, ...read, ...discussed, ...blocks.flat()], sections)
  const byCode = new Map(all.map((story) => [story.code, story]))
  const shown = (articles: PublicArticle[]) => articles.map(({ code }) => byCode.get(code)!)
  const [main, ...others] = shown(newest.slice(0, PAGE_SIZE))
  return {
    main: main ?? null,
    second: others.slice(0, SECOND),
    headlines: others.slice(SECOND),
    read: shown(read),
    discussed: shown(discussed),
    topics: ranking.topics,
    more: newest.length > PAGE_SIZE,
    blocks: sections
      .map((section, i) => ({ section, stories: shown(blocks[i]!) }))
      .filter(({ stories }) => stories.length > 0),
  }
}

/** One page of the lists of what is read and discussed most; `pages` is the number of the last one. */
export async function popularPage(
  ranking: Ranking,
  page: number,
): Promise<{ read: Story[]; discussed: Story[]; pages: number }> {
  const longest = Math.max(ranking.read.length, ranking.discussed.length)
  const part = (codes: number[]) => codes.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
  const [read, discussed] = await Promise.all([published(part(ranking.read)), published(part(ranking.discussed))])
  const pages = Math.max(1, Math.ceil(longest / PAGE_SIZE))
  return { read: await asStories(read), discussed: await asStories(discussed), pages }
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
