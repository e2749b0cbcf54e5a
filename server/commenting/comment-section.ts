import { findComment } from '../../models/comments.ts'
import type { CommentMode, PublicArticle } from '../domain/article.ts'
import { maskedText, type Stretch } from '../domain/comment-marks.ts'
import { articlePath } from '../domain/news-code.ts'
import { PUBLISHED_RULES } from '../domain/refusal-rules.ts'
import type { House } from '../house.ts'
import type { Challenge } from './captcha.service.ts'
import { LONGEST } from './comment.form.ts'
import { commentModeOf, type ShownFinding } from './commenting.service.ts'
import { SORT_LABELS, shownName, sortOf, type ThreadPage, threadPage } from './thread.service.ts'

/** What the partial `commenting/form` shows. */
export interface FormView {
  /** False when comments on this article are closed. */
  open: boolean
  /** Stands before the comments, for whoever has something to mend or to answer. */
  first: boolean
  action: string
  values: { name: string; email: string; body: string; parentId: string }
  remember: boolean
  replyTo: { id: string; name: string; excerpt: string } | null
  /** Where «لغو پاسخ» leads. */
  cancel: string
  faults: Record<FaultField, string>
  /** Whether a challenge is shown, the picture's address, and the challenge itself where it stands on the page. */
  captcha: { image: string; key: string; question: string } | null
  notice: { findings: ShownFinding[]; marked: Stretch[] } | null
  longest: number
  rules: readonly string[]
  /** The signed-in member who may answer in the newsroom's name. */
  staffName: string
}

const FAULT_FIELDS = ['name', 'email', 'body', 'parentId', 'captchaText', 'form'] as const
type FaultField = (typeof FAULT_FIELDS)[number]

/** What the partial `commenting/thread` shows beside the form: one page of comments with links to the others. */
export interface ThreadView extends ThreadPage {
  sorts: { label: string; address: string; current: boolean }[]
  /** Where all answers of a thread stand, in the order of `threads`; '' where all are shown. */
  threads: (ThreadPage['threads'][number] & { all: string })[]
  previous: string
  next: string
  /** The address of the page itself without its place: links to reply and report start from it. */
  base: string
}

/** The query of an address under an article that concerns its comments. */
export interface SectionQuery {
  sort?: unknown
  page?: unknown
  reply?: unknown
  thread?: unknown
}

/** What of a form is known beside the article: what was typed, what was wrong, which challenge was given out. */
export interface FormState {
  values?: Partial<FormView['values']>
  remember?: boolean
  faults?: Record<string, string>
  challenge?: Challenge | null
  notice?: FormView['notice']
  staffName?: string
  first?: boolean
}

function pageNumber(asked: unknown): number {
  const page = typeof asked === 'string' && /^\d{1,6}$/.test(asked) ? Number(asked) : 1
  return Math.max(1, page)
}

/** Everything that `{{> commenting/thread}}` needs under an article: `thread` and `form`; `reader` is '' for a page that all readers share. */
export async function commentSection(
  house: House,
  article: PublicArticle,
  query: SectionQuery,
  options: { reader?: string; mayPick?: boolean; form?: FormState } = {},
): Promise<{ thread: ThreadView; form: FormView }> {
  const sort = sortOf(query.sort)
  const mode = await commentModeOf(article, house.now())
  const [page, replyTo] = await Promise.all([
    threadPage(article.code, {
      sort,
      page: pageNumber(query.page),
      reader: options.reader ?? '',
      open: mode !== 'closed',
      mayPick: options.mayPick ?? false,
      ...(typeof query.thread === 'string' ? { only: query.thread } : {}),
    }),
    replyTarget(options.form?.values?.parentId ?? query.reply, article.code),
  ])
  return {
    thread: threadView(article.code, page),
    form: formView(house, article, mode, replyTo, options.form ?? {}),
  }
}

async function replyTarget(asked: unknown, articleCode: number): Promise<FormView['replyTo']> {
  if (typeof asked !== 'string' || !/^[0-9a-f]{24}$/.test(asked)) return null
  const comment = await findComment(asked)
  if (comment?.state !== 'published' || comment.articleCode !== articleCode) return null
  return { id: comment.id, name: shownName(comment), excerpt: excerptOf(maskedText(comment.body, comment.masks)) }
}

function excerptOf(body: string): string {
  const line = body.replace(/\s+/g, ' ').trim()
  if (line.length <= 90) return line
  return `${line
    .slice(0, 90)
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/\s+\S*$/u, '')}…`
}

function threadView(code: number, page: ThreadPage): ThreadView {
  const base = `/news/${code}/comments`
  const address = (sort: string, number: number) => {
    const query = new URLSearchParams()
    if (page.only !== '') query.set('thread', page.only)
    if (sort !== 'new') query.set('sort', sort)
    if (number > 1) query.set('page', String(number))
    return `${base}${query.size > 0 ? `?${query}` : ''}`
  }
  return {
    ...page,
    threads: page.threads.map((thread) => ({
      ...thread,
      all: thread.replyCount > thread.replies.length && page.only === '' ? `${base}?thread=${thread.root.id}` : '',
    })),
    base,
    sorts: Object.entries(SORT_LABELS).map(([sort, label]) => ({
      label,
      address: address(sort, 1),
      current: sort === page.sort,
    })),
    previous: page.page > 1 ? address(page.sort, page.page - 1) : '',
    next: page.page < page.pages ? address(page.sort, page.page + 1) : '',
  }
}

function formView(
  house: House,
  article: PublicArticle,
  mode: CommentMode,
  replyTo: FormView['replyTo'],
  state: FormState,
): FormView {
  const challenge = state.challenge
  const picture = { image: `/captcha/under/${article.code}`, key: '', question: '' }
  const captcha = challenge === undefined ? picture : challenge
  return {
    open: mode !== 'closed',
    first: state.first ?? false,
    action: `/news/${article.code}/comments`,
    values: {
      name: '',
      email: '',
      body: '',
      ...state.values,
      parentId: replyTo?.id ?? '',
    },
    remember: state.remember ?? false,
    replyTo,
    cancel: `${articlePath(article)}#comment-form`,
    faults: Object.fromEntries(FAULT_FIELDS.map((name) => [name, state.faults?.[name] ?? ''])) as FormView['faults'],
    captcha: house.settings.CAPTCHA === 'off' ? null : captcha,
    notice: state.notice ?? null,
    longest: LONGEST.body,
    rules: PUBLISHED_RULES,
    staffName: state.staffName ?? '',
  }
}
