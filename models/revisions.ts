import mongoose from 'mongoose'
import type { Actor, Article } from '../server/domain/article.ts'
import { asId, READ_OPTIONS } from './connection.ts'

/** One earlier version of an article: who made it, when, in which state, with which words. */
export interface ArticleRevision {
  revision: number
  at: Date
  by: Actor | null
  article: Article
}

interface RevisionDoc {
  _id: mongoose.Types.ObjectId
  articleId: mongoose.Types.ObjectId
  revision: number
  at: Date
  by: Actor | null
  article: Article
}

const revisionSchema = new mongoose.Schema<RevisionDoc>(
  {
    articleId: { type: mongoose.Schema.Types.ObjectId, required: true },
    revision: { type: Number, required: true },
    at: { type: Date, required: true },
    by: { type: mongoose.Schema.Types.Mixed, default: null },
    article: { type: mongoose.Schema.Types.Mixed, required: true },
  },
  { collection: 'revisions', versionKey: false, minimize: false },
)

// An article's versions, latest first; the same version is never kept twice.
revisionSchema.index({ articleId: 1, revision: -1 }, { unique: true })

// What was written last, by whomever.
revisionSchema.index({ at: -1 })

const RevisionModel = mongoose.model<RevisionDoc>('Revision', revisionSchema)

/** Keeps the present version of an article; the same revision again changes nothing. */
export async function rememberRevision(article: Article, by: Actor | null): Promise<void> {
  await RevisionModel.updateOne(
    { articleId: asId(article.id)!, revision: article.revision },
    { $setOnInsert: { at: article.updatedAt, by, article } },
    { upsert: true },
  )
}

/** The versions of an article, latest first. */
export async function revisionsOf(articleId: string, limit: number): Promise<ArticleRevision[]> {
  const id = asId(articleId)
  if (!id) return []
  const docs = await RevisionModel.find({ articleId: id }, null, READ_OPTIONS)
    .sort({ revision: -1 })
    .limit(limit)
    .lean<RevisionDoc[]>()
  return docs.map(({ revision, at, by, article }) => ({ revision, at, by, article }))
}

/** The versions that were made last, of any article, latest first. */
export async function latestRevisions(limit: number): Promise<ArticleRevision[]> {
  const docs = await RevisionModel.find({}, null, READ_OPTIONS).sort({ at: -1 }).limit(limit).lean<RevisionDoc[]>()
  return docs.map(({ revision, at, by, article }) => ({ revision, at, by, article }))
}
