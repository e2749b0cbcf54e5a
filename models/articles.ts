import mongoose from 'mongoose'
import type { Actor, Article, ArticleFields, CommentMode, PublicArticle } from '../server/domain/article.ts'
import { ARTICLE_KINDS, ARTICLE_STEPS } from '../server/domain/article.ts'
import { plainText } from '../server/domain/article-text.ts'
import { fold } from '../server/domain/persian-text/index.ts'
import type { Picture } from '../server/domain/picture.ts'
import { searchKeys } from '../server/domain/search-keys.ts'
import { asId, isDuplicateKey, READ_OPTIONS } from './connection.ts'
import { keepNewsCodesAbove, takeNewsCode } from './counters.ts'
import { rememberRevision } from './revisions.ts'

/** An article as the store holds it; read it through the questions of `models/`, never directly. */
export type ArticleDoc = Omit<Article, 'id' | 'code'> & {
  _id: mongoose.Types.ObjectId
  code?: number
  tagKeys: string[]
  searchText: string
}

const actorSchema = new mongoose.Schema<Actor>({ id: String, name: String }, { _id: false })

const text = { type: String, default: '' }

const articleSchema = new mongoose.Schema<ArticleDoc>(
  {
    code: { type: Number },
    kind: { type: String, enum: Object.keys(ARTICLE_KINDS), required: true },
    kicker: text,
    title: { type: String, required: true },
    subtitle: text,
    lead: text,
    body: text,
    dateline: text,
    byline: text,
    source: text,
    section: text,
    tags: { type: [String], default: [] },
    tagKeys: { type: [String], default: [] },
    searchText: text,
    names: {
      type: [
        new mongoose.Schema(
          {
            name: String,
            kind: { type: String, enum: ['person', 'body'] },
            role: String,
            forms: { type: [String], default: undefined },
          },
          { _id: false },
        ),
      ],
      default: [],
    },
    pictureText: text,
    slug: text,
    state: { type: String, enum: Object.keys(ARTICLE_STEPS), required: true },
    revision: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    publishedAt: { type: Date, default: null },
    withdrawnAt: { type: Date, default: null },
    correctedAt: { type: Date, default: null },
    correctionNote: text,
    author: { type: actorSchema, default: null },
    commentMode: { type: String, enum: ['all-wait', 'flagged-wait', 'closed', null], default: null },
    // A copy of what the archive says of the picture, which never changes there.
    picture: { type: mongoose.Schema.Types.Mixed, default: null },
    reads: { type: Number, default: 0 },
  },
  { collection: 'articles', versionKey: false, strict: 'throw' },
)

// By code: the article page and short links.
articleSchema.index({ code: 1 }, { unique: true, partialFilterExpression: { code: { $exists: true } } })
// Latest first, for the front page, archives and feeds; then the same within a section and under a tag.
articleSchema.index({ state: 1, publishedAt: -1, _id: -1 })
// An imported article without a code is known again by its moment and title.
articleSchema.index({ publishedAt: -1 })
articleSchema.index({ section: 1, state: 1, publishedAt: -1, _id: -1 })
articleSchema.index({ tagKeys: 1, state: 1, publishedAt: -1, _id: -1 })
// Most read first.
articleSchema.index({ state: 1, reads: -1, publishedAt: -1 })
// A reporter's own articles, last touched first; then everybody's.
articleSchema.index({ 'author.id': 1, updatedAt: -1, _id: -1 })
articleSchema.index({ state: 1, updatedAt: -1, _id: -1 })

/** The model behind the questions below, for other files of `models/` only. */
export const ArticleModel = mongoose.model<ArticleDoc>('Article', articleSchema)

/** A stored article as a plain object. */
export function toArticle(doc: ArticleDoc): Article {
  const { _id, tagKeys: _tagKeys, searchText: _searchText, code, ...rest } = doc
  // Lists that show no texts have not fetched these two.
  const { body = '', names = [] } = doc
  return { ...rest, body, names, picture: doc.picture ?? null, id: String(_id), code: code ?? null }
}

function isPublic(article: Article): article is PublicArticle {
  return article.code !== null && article.publishedAt !== null
}

/** The key under which a tag is found, whatever letters or half-spaces it was typed with. */
export function tagKey(tag: string): string {
  return fold(tag).replace(/[\s_\u200c-]+/g, '')
}

/** The fields as they are stored: with the keys of tags and of search. */
export function stored(fields: ArticleFields): ArticleFields & { tagKeys: string[]; searchText: string } {
  const { title, kicker, subtitle, lead, tags, dateline, byline, body } = fields
  const words = [title, kicker, subtitle, lead, ...tags, dateline, byline, plainText(body)].join(' ')
  return {
    ...fields,
    tagKeys: [...new Set(tags.map(tagKey))].filter((key) => key !== ''),
    searchText: searchKeys(words).join(' '),
  }
}

/** Starts a draft and gives it back. */
export async function createDraft(
  fields: ArticleFields,
  options: {
    author: Actor | null
    slug: string
    now: Date
    commentMode?: CommentMode | null
    picture?: Picture | null
  },
): Promise<Article> {
  const doc = await ArticleModel.create({
    ...stored(fields),
    slug: options.slug,
    state: 'draft',
    revision: 1,
    createdAt: options.now,
    updatedAt: options.now,
    author: options.author,
    commentMode: options.commentMode ?? null,
    picture: options.picture ?? null,
  })
  const article = toArticle(doc.toObject())
  await rememberRevision(article, options.author)
  return article
}

/** Saves new words if nobody has changed the article since `revision`; null when somebody has, or it is gone. */
export async function saveFields(
  id: string,
  revision: number,
  fields: ArticleFields,
  options: {
    by: Actor
    slug: string
    now: Date
    commentMode: CommentMode | null
    picture: Picture | null
    correction?: { note: string }
  },
): Promise<Article | null> {
  const _id = asId(id)
  if (!_id) return null
  const correction = options.correction && { correctedAt: options.now, correctionNote: options.correction.note }
  const doc = await ArticleModel.findOneAndUpdate(
    { _id, revision },
    {
      $set: {
        ...stored(fields),
        slug: options.slug,
        updatedAt: options.now,
        commentMode: options.commentMode,
        picture: options.picture,
        ...correction,
      },
      $inc: { revision: 1 },
    },
    { returnDocument: 'after' },
  ).lean<ArticleDoc>()
  if (!doc) return null
  const article = toArticle(doc)
  await rememberRevision(article, options.by)
  return article
}

/** Publishes a draft under the next free code, or a withdrawn article under its old one; null when it is in neither state or was changed since `revision`. */
export async function publish(
  id: string,
  revision: number,
  options: { by: Actor | null; now: Date },
): Promise<PublicArticle | null> {
  const _id = asId(id)
  if (!_id) return null
  const before = await ArticleModel.findOne({ _id, revision }).lean<ArticleDoc>()
  if (!before || before.state === 'published') return null
  for (;;) {
    const code = before.code ?? (await takeNewsCode())
    try {
      const doc = await ArticleModel.findOneAndUpdate(
        { _id, revision, state: before.state },
        {
          $set: {
            code,
            state: 'published',
            publishedAt: before.publishedAt ?? options.now,
            withdrawnAt: null,
            updatedAt: options.now,
          },
          $inc: { revision: 1 },
        },
        { returnDocument: 'after' },
      ).lean<ArticleDoc>()
      if (!doc) return null
      const article = toArticle(doc)
      await rememberRevision(article, options.by)
      return article as PublicArticle
    } catch (error) {
      if (!isDuplicateKey(error) || before.code !== undefined) throw error
    }
  }
}

/** Withdraws a published article; its code stays taken; null when it is not published or was changed since `revision`. */
export async function withdraw(
  id: string,
  revision: number,
  options: { by: Actor; now: Date },
): Promise<PublicArticle | null> {
  const _id = asId(id)
  if (!_id) return null
  const doc = await ArticleModel.findOneAndUpdate(
    { _id, revision, state: 'published' },
    { $set: { state: 'withdrawn', withdrawnAt: options.now, updatedAt: options.now }, $inc: { revision: 1 } },
    { returnDocument: 'after' },
  ).lean<ArticleDoc>()
  if (!doc) return null
  const article = toArticle(doc)
  await rememberRevision(article, options.by)
  return article as PublicArticle
}

/** How an imported article met the store. */
export type ImportOutcome = { outcome: 'imported' | 'updated' | 'unchanged'; article: PublicArticle }

/** Brings in an article with its own moment and, where it has one, its own code; the same code again updates, never doubles. */
export async function importArticle(
  fields: ArticleFields,
  options: {
    code?: number
    slug: string
    publishedAt: Date
    withdrawnAt?: Date
    correction?: { at: Date; note: string }
    commentMode?: CommentMode
    now: Date
    pastReads?: number
    author?: Actor
  },
): Promise<ImportOutcome> {
  const { code } = options
  const existing = await ArticleModel.findOne(
    code === undefined ? { publishedAt: options.publishedAt, title: fields.title } : { code },
  ).lean<ArticleDoc>()
  if (existing) return await updateImported(existing, fields, options)
  if (code !== undefined) await keepNewsCodesAbove(code)
  for (;;) {
    try {
      const doc = await ArticleModel.create({
        ...stored(fields),
        code: code ?? (await takeNewsCode()),
        slug: options.slug,
        state: options.withdrawnAt ? 'withdrawn' : 'published',
        revision: 1,
        createdAt: options.publishedAt,
        updatedAt: options.correction?.at ?? options.publishedAt,
        publishedAt: options.publishedAt,
        withdrawnAt: options.withdrawnAt ?? null,
        correctedAt: options.correction?.at ?? null,
        correctionNote: options.correction?.note ?? '',
        commentMode: options.commentMode ?? null,
        reads: options.pastReads ?? 0,
        author: options.author ?? null,
      })
      const article = toArticle(doc.toObject()) as PublicArticle
      await rememberRevision(article, null)
      return { outcome: 'imported', article }
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
      if (code !== undefined) {
        const existing = await ArticleModel.findOne({ code }).lean<ArticleDoc>()
        if (existing) return await updateImported(existing, fields, options)
      }
    }
  }
}

async function updateImported(
  existing: ArticleDoc,
  fields: ArticleFields,
  options: { slug: string; publishedAt: Date; now: Date },
): Promise<ImportOutcome> {
  const before = toArticle(existing)
  const same =
    Object.entries(fields).every(
      ([key, value]) => JSON.stringify(before[key as keyof Article]) === JSON.stringify(value),
    ) && before.publishedAt?.getTime() === options.publishedAt.getTime()
  if (same) return { outcome: 'unchanged', article: before as PublicArticle }
  const doc = await ArticleModel.findOneAndUpdate(
    { _id: existing._id },
    {
      $set: { ...stored(fields), slug: options.slug, publishedAt: options.publishedAt, updatedAt: options.now },
      $inc: { revision: 1 },
    },
    { returnDocument: 'after' },
  ).lean<ArticleDoc>()
  const article = toArticle(doc!) as PublicArticle
  await rememberRevision(article, null)
  return { outcome: 'updated', article }
}

/** The article with this code if it is or was public (published or withdrawn), else null. */
export async function findByCode(code: number): Promise<PublicArticle | null> {
  if (!Number.isSafeInteger(code)) return null
  const doc = await ArticleModel.findOne({ code }, null, READ_OPTIONS).lean<ArticleDoc>()
  if (!doc) return null
  const article = toArticle(doc)
  return isPublic(article) ? article : null
}

/** The article with this id in any state, for the desk. */
export async function findById(id: string): Promise<Article | null> {
  const _id = asId(id)
  if (!_id) return null
  const doc = await ArticleModel.findOne({ _id }, null, READ_OPTIONS).lean<ArticleDoc>()
  return doc ? toArticle(doc) : null
}

/** Articles with these codes, in no order, for lists that name them, without bodies and names; unknown codes are left out. */
export async function findByCodes(codes: number[]): Promise<PublicArticle[]> {
  const docs = await ArticleModel.find({ code: mongoose.trusted({ $in: codes }) }, TITLES_ONLY, READ_OPTIONS).lean<
    ArticleDoc[]
  >()
  return docs.map(toArticle).filter(isPublic)
}

/** What lists that show no texts fetch. */
export const TITLES_ONLY = { body: 0, searchText: 0, names: 0 }

/** Sets how a published article takes comments; false when there is none with this code. */
export async function setCommentMode(code: number, commentMode: CommentMode | null): Promise<boolean> {
  const result = await ArticleModel.updateOne(
    { code, state: 'published' },
    { $set: { commentMode }, $inc: { revision: 1 } },
  )
  return result.matchedCount === 1
}

/** Adds readings that were counted in memory: pairs of code and number. */
export async function addReads(reads: Iterable<[code: number, count: number]>): Promise<void> {
  const operations = [...reads].map(([code, count]) => ({
    updateOne: { filter: { code }, update: { $inc: { reads: count } } },
  }))
  if (operations.length > 0) await ArticleModel.bulkWrite(operations, { ordered: false })
}

/** Every article that is or was public, oldest code first, for export; drafts are left out. */
export async function* everyPublic(): AsyncGenerator<PublicArticle> {
  const cursor = ArticleModel.find({ state: mongoose.trusted({ $ne: 'draft' }) } as mongoose.QueryFilter<ArticleDoc>)
    .sort({ code: 1 })
    .lean<ArticleDoc[]>()
    .cursor({ batchSize: 200 })
  for await (const doc of cursor) yield toArticle(doc as unknown as ArticleDoc) as PublicArticle
}

/** How many articles the store holds, in any state. */
export async function countArticles(): Promise<number> {
  return await ArticleModel.estimatedDocumentCount()
}
