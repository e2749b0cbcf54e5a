import mongoose from 'mongoose'
import type { ArticleFields } from '../server/domain/article.ts'
import type { CommentState } from '../server/domain/comment.ts'
import type { Inspection } from '../server/domain/comment-rules/types.ts'
import { stored } from './articles.ts'
import { keepNewsCodesAbove, lastNewsCode } from './counters.ts'

/** A published article for bulk loading. */
export interface BulkArticle extends ArticleFields {
  slug: string
  publishedAt: Date
}

/** A comment for bulk loading, under the article with this code. */
export interface BulkComment {
  articleCode: number
  name: string
  body: string
  createdAt: Date
  state: CommentState
  inspection: Inspection
}

/** Stores many published articles at once under the next free codes and gives the codes in order; for load tests, no revisions are kept. */
export async function insertArticles(articles: BulkArticle[]): Promise<number[]> {
  const first = (await lastNewsCode()) + 1
  await keepNewsCodesAbove(first + articles.length - 1)
  const codes = articles.map((_, i) => first + i)
  await mongoose.model('Article').insertMany(
    articles.map(({ slug, publishedAt, ...fields }, i) => ({
      ...stored(fields),
      slug,
      publishedAt,
      code: codes[i],
      state: 'published',
      revision: 1,
      createdAt: publishedAt,
      updatedAt: publishedAt,
    })),
    { ordered: false },
  )
  return codes
}

/** Stores many comments at once; for load tests. */
export async function insertComments(comments: BulkComment[]): Promise<void> {
  await mongoose.model('Comment').insertMany(
    comments.map((comment) => ({
      ...comment,
      rank: comment.inspection.rank,
      flags: comment.inspection.findings.map(({ rule }) => rule),
      changedAt: comment.createdAt,
      decidedAt: comment.state === 'published' || comment.state === 'refused' ? comment.createdAt : null,
      revision: 1,
    })),
    { ordered: false },
  )
}
