import type { ArticleName } from './comment-rules/types.ts'
import type { Picture } from './picture.ts'

/** The states of an article and the states that may follow each. */
export const ARTICLE_STEPS = {
  draft: ['published'],
  published: ['withdrawn'],
  withdrawn: ['published'],
} as const satisfies Record<string, readonly string[]>

/** Where an article stands: being written, public, or taken back (its code stays taken for ever). */
export type ArticleState = keyof typeof ARTICLE_STEPS

/** Persian words for the states, as the desk shows them. */
export const ARTICLE_STATE_LABELS = {
  draft: 'پیش‌نویس',
  published: 'منتشرشده',
  withdrawn: 'بازپس‌گرفته',
} as const satisfies Record<ArticleState, string>

/** How comments reach readers: everything waits, only flagged ones wait, or none are taken. */
export type CommentMode = 'all-wait' | 'flagged-wait' | 'closed'

/** Persian words for the ways of taking comments. */
export const COMMENT_MODE_LABELS = {
  'all-wait': 'همه پس از بررسی',
  'flagged-wait': 'فقط موارد نشان‌دار بررسی شود',
  closed: 'بسته',
} as const satisfies Record<CommentMode, string>

/** The kinds of articles that Persian newsrooms tell apart. */
export const ARTICLE_KINDS = {
  news: 'خبر',
  report: 'گزارش',
  interview: 'گفت‌وگو',
  note: 'یادداشت',
} as const satisfies Record<string, string>

/** One kind of article. */
export type ArticleKind = keyof typeof ARTICLE_KINDS

/** Who did something at the desk: the staff member's id and the name at that time. */
export interface Actor {
  id: string
  name: string
}

/** The words and labels of an article that a reporter writes; `body` is sanitised HTML, `section` a section's slug. */
export interface ArticleFields {
  kind: ArticleKind
  kicker: string
  title: string
  subtitle: string
  lead: string
  body: string
  dateline: string
  byline: string
  source: string
  section: string
  tags: string[]
  names: ArticleName[]
  pictureText: string
}

/** A stored article; moments are instants, `revision` grows by one with every change, `code` is null until it is published. */
export interface Article extends ArticleFields {
  id: string
  code: number | null
  slug: string
  state: ArticleState
  revision: number
  createdAt: Date
  updatedAt: Date
  publishedAt: Date | null
  withdrawnAt: Date | null
  correctedAt: Date | null
  correctionNote: string
  author: Actor | null
  commentMode: CommentMode | null
  picture: Picture | null
  reads: number
}

/** An article that has been public: it has a code and a moment of publication. */
export type PublicArticle = Article & { code: number; publishedAt: Date }

/** Whether one state may follow another. */
export function mayFollow(from: ArticleState, to: ArticleState): boolean {
  return (ARTICLE_STEPS[from] as readonly ArticleState[]).includes(to)
}

/** Blank fields for a new article. */
export function blankArticle(): ArticleFields {
  return {
    kind: 'news',
    kicker: '',
    title: '',
    subtitle: '',
    lead: '',
    body: '',
    dateline: '',
    byline: '',
    source: '',
    section: '',
    tags: [],
    names: [],
    pictureText: '',
  }
}

/** Who signs an article: its byline, else its author at the desk, else nobody (''). */
export function signedBy({ byline, author }: Pick<Article, 'byline' | 'author'>): string {
  return byline !== '' ? byline : (author?.name ?? '')
}

/** The place that an article was sent from, to be printed before its lead: '' where the lead names it itself. */
export function datelineOf({ dateline, lead }: Pick<Article, 'dateline' | 'lead'>): string {
  return dateline !== '' && !lead.startsWith(dateline) ? dateline : ''
}

/** The lead as a newspaper prints it, «قزوین- …», in plain text. */
export function leadAsRead(article: Pick<Article, 'dateline' | 'lead'>): string {
  const place = datelineOf(article)
  return place === '' || article.lead === '' ? article.lead : `${place}- ${article.lead}`
}
