import { type Request, type Response, Router } from 'express'
import { datelineOf, type PublicArticle, signedBy } from '../domain/article.ts'
import { articlePath, parseNewsCode } from '../domain/news-code.ts'
import { picturePath, SHARED_FILE } from '../domain/picture.ts'
import { codeOfShortName } from '../domain/short-link.ts'
import type { House } from '../house.ts'
import type { Answer, SendShared } from '../http/shared-pages.ts'
import { shortMemories } from '../http/short-memory.ts'
import { pageHtml } from '../http/views.ts'
import { publishedArticle, readArticle, readingCounter, relatedCodes } from './article.service.ts'
import { type KnownComment, newsArticleData, shareLinks } from './article-page.ts'
import { feedsOf } from './feed-links.ts'

/** What the commenting room puts under an article: the data of its parts, in the names that those parts use. */
export type CommentSection = (
  req: Request,
  res: Response,
  article: PublicArticle,
) => Promise<{
  thread: { counts: { published: number }; threads: { root: KnownComment; replies: KnownComment[] }[] }
  form: unknown
}>

const RELATED_KEPT_MS = 60_000

async function articlePage(
  house: House,
  req: Request,
  res: Response,
  found: PublicArticle,
  beside: { related: (article: PublicArticle) => Promise<number[]>; comments: CommentSection | undefined },
): Promise<Answer> {
  const [readable, section] = await Promise.all([
    beside.related(found).then((codes) => readArticle(found, codes)),
    beside.comments?.(req, res, found) ?? null,
  ])
  const shown = section?.thread.threads.flatMap(({ root, replies }) => [root, ...replies]) ?? []
  const html = pageHtml(res, 'reading/article', {
    title: found.title,
    description: found.lead,
    canonical: articlePath(found),
    kind: 'article',
    image: found.picture ? picturePath(found.picture.id, SHARED_FILE) : '',
    inSection: found.section,
    feeds: feedsOf(`نظرات «${found.title}»`, `/news/${found.code}/comments`),
    jsonLd: newsArticleData(
      readable,
      { name: house.settings.SITE_NAME, url: house.siteUrl },
      { count: section?.thread.counts.published ?? 0, shown },
    ),
    scripts: section ? ['js/comments.js'] : [],
    ...readable,
    dateline: datelineOf(found),
    signed: signedBy(found),
    share: shareLinks(found, house.siteUrl),
    thread: section?.thread ?? null,
    form: section?.form ?? null,
  })
  return { text: html }
}

async function printPage(res: Response, found: PublicArticle): Promise<Answer> {
  const html = pageHtml(res, 'reading/print', {
    layout: 'print',
    title: found.title,
    canonical: articlePath(found),
    article: found,
    dateline: datelineOf(found),
    signed: signedBy(found),
  })
  return { text: html }
}

/** An article's page, its view for paper and its short link. */
export function articleRoutes(house: House, send: SendShared, comments?: CommentSection): Router {
  const router = Router()
  const count = readingCounter((error) => house.log.warn({ err: error }, 'readings were not written'))

  const related = shortMemories(
    RELATED_KEPT_MS,
    ({ code, revision }: PublicArticle) => `${code} ${revision}`,
    relatedCodes,
  )

  const article = async (req: Request<{ code: string; slug?: string }>, res: Response) => {
    const code = parseNewsCode(req.params.code)
    await send(req, res, async () => {
      const found = await publishedArticle(code)
      const right = req.params.code === String(found.code) && (req.params.slug ?? '') === found.slug
      return right ? await articlePage(house, req, res, found, { related, comments }) : { movedTo: articlePath(found) }
    })
    if (code !== null && res.statusCode === 200) count(code, house.now())
  }
  router.get('/news/:code', article)
  router.get('/news/:code/print', (req, res) =>
    send(req, res, async () => await printPage(res, await publishedArticle(parseNewsCode(req.params.code)))),
  )
  // The comments of an article have a page of their own in another room.
  router.get('/news/:code/comments', (_req, _res, next) => next('router'))
  router.get('/news/:code/:slug', article)

  router.get(/^\/x([2-9b-zB-Z]{1,9})$/, (req, res) =>
    send(req, res, async () => {
      const name: unknown = req.params[0]
      return { movedTo: articlePath(await publishedArticle(codeOfShortName(String(name)))) }
    }),
  )
  return router
}
