import mongoose from 'mongoose'
import type { Actor } from '../server/domain/article.ts'
import type { Claim, Comment, CommentCounts, CommentState, CommentStep, RefusalRule } from '../server/domain/comment.ts'
import { COMMENT_STATES } from '../server/domain/comment.ts'
import type { Inspection, Span } from '../server/domain/comment-rules/types.ts'
import { asId, newId, READ_OPTIONS } from './connection.ts'

/** A comment as the store holds it; read it through the questions of `models/`, never directly. */
export type CommentDoc = Omit<Comment, 'id' | 'parentId' | 'rootId'> & {
  _id: mongoose.Types.ObjectId
  parentId: mongoose.Types.ObjectId | null
  rootId: mongoose.Types.ObjectId | null
  reader?: string
  letters?: string[]
  rank: number
  flags: string[]
  changedAt: Date
  sampled?: boolean
  followUpKey?: string
  duplicateKeys: string[]
}

const { Mixed, ObjectId } = mongoose.Schema.Types

const commentSchema = new mongoose.Schema<CommentDoc>(
  {
    articleCode: { type: Number, required: true },
    parentId: { type: ObjectId, default: null },
    rootId: { type: ObjectId, default: null },
    reader: { type: String },
    letters: { type: [String], default: undefined },
    depth: { type: Number, default: 0 },
    name: { type: String, default: '' },
    email: { type: String, default: '' },
    body: { type: String, required: true },
    createdAt: { type: Date, required: true },
    state: { type: String, enum: COMMENT_STATES, required: true },
    revision: { type: Number, default: 1 },
    inspection: { type: Mixed, required: true },
    rank: { type: Number, required: true },
    flags: { type: [String], default: [] },
    changedAt: { type: Date, required: true },
    sampled: { type: Boolean },
    decidedAt: { type: Date, default: null },
    decidedBy: { type: Mixed, default: null },
    rule: { type: Mixed, default: null },
    history: { type: [Mixed], default: [] } as never,
    claim: { type: Mixed, default: null },
    appeal: { type: Mixed, default: null },
    masks: { type: Mixed, default: [] } as never,
    agree: { type: Number, default: 0 },
    disagree: { type: Number, default: 0 },
    reports: { type: Number, default: 0 },
    pick: { type: Boolean, default: false },
    staff: { type: Mixed, default: null },
    fingerprint: { type: String, default: '' },
    subnet: { type: String, default: '' },
    followUpKey: { type: String },
    duplicateKeys: { type: [String], default: [] },
  },
  { collection: 'comments', versionKey: false, minimize: false, strict: 'throw' },
)

// The thread of an article and its three counts.
commentSchema.index({ articleCode: 1, state: 1, createdAt: 1, _id: 1 })
// A page of an article's comments that answer no other, by age or by agreement; then all answers under them.
commentSchema.index({ articleCode: 1, state: 1, rootId: 1, createdAt: -1, _id: -1 })
commentSchema.index({ rootId: 1, createdAt: 1 })
// Whether a reader has published comments.
commentSchema.index({ reader: 1, state: 1 }, { partialFilterExpression: { reader: { $exists: true } } })
// Whom a letter is still owed after a decision.
commentSchema.index({ letters: 1, decidedAt: 1 }, { partialFilterExpression: { letters: { $exists: true } } })
// The latest published ones of the whole newsroom.
commentSchema.index({ state: 1, createdAt: -1, _id: -1 })
// The queue: a state by rank, then age.
commentSchema.index({ state: 1, rank: -1, createdAt: 1, _id: 1 })
// The queue filtered by what the rules found.
commentSchema.index({ flags: 1, state: 1, rank: -1, createdAt: 1, _id: 1 })
// What changed last, for desks that watch.
commentSchema.index({ changedAt: 1 })
// The small sample that a second moderator looks at blindly, and decisions of a stretch of time.
commentSchema.index({ decidedAt: -1 }, { partialFilterExpression: { sampled: true } })
commentSchema.index({ state: 1, decidedAt: -1 })
// The writer's follow-up address.
commentSchema.index({ followUpKey: 1 }, { unique: true, partialFilterExpression: { followUpKey: { $exists: true } } })
// A writer's history at the desk.
commentSchema.index({ fingerprint: 1, createdAt: -1 })
// Near-duplicates of a text.
commentSchema.index({ duplicateKeys: 1, createdAt: -1 })

/** The model behind the questions below, for other files of `models/` only. */
export const CommentModel = mongoose.model<CommentDoc>('Comment', commentSchema)

/** A stored comment as a plain object. */
export function toComment(doc: CommentDoc): Comment {
  const {
    _id,
    parentId,
    rootId,
    rank,
    flags,
    followUpKey,
    duplicateKeys,
    reader,
    letters,
    changedAt,
    sampled,
    ...rest
  } = doc
  return {
    ...rest,
    id: String(_id),
    parentId: parentId ? String(parentId) : null,
    rootId: rootId ? String(rootId) : null,
  }
}

/** All that is needed to store a new comment. */
export interface NewComment {
  articleCode: number
  parent: { id: string; depth: number; rootId?: string | null } | null
  name: string
  email: string
  body: string
  createdAt: Date
  state: CommentState
  inspection: Inspection
  rule?: RefusalRule | null
  history?: CommentStep[]
  decidedAt?: Date | null
  decidedBy?: Actor | null
  agree?: number
  disagree?: number
  masks?: Span[]
  pick?: boolean
  staff?: Actor | null
  fingerprint: string
  subnet: string
  reader?: string
  /** Letters owed once it is decided: `decision` to its writer, `answer` to the writer of its parent. */
  letters?: string[]
  followUpKey?: string
  duplicateKeys?: string[]
}

async function rootOf(parent: NewComment['parent']): Promise<mongoose.Types.ObjectId | null> {
  if (!parent) return null
  if (parent.depth === 0) return asId(parent.id)
  if (parent.rootId !== undefined) return asId(parent.rootId)
  const doc = await CommentModel.findOne({ _id: asId(parent.id) }, { rootId: 1 }, READ_OPTIONS).lean<CommentDoc>()
  return doc?.rootId ?? asId(parent.id)
}

const SAMPLE_ONE_IN = 20

/** One comment in twenty, by its id, belongs to the sample for second looks. */
function isSampled(id: mongoose.Types.ObjectId): boolean {
  return id.id[11]! % SAMPLE_ONE_IN === 0
}

/** Stores a comment durably before it answers. */
export async function createComment(comment: NewComment): Promise<Comment> {
  const { parent, ...rest } = comment
  const _id = newId()
  const doc = await CommentModel.create({
    ...rest,
    _id,
    ...(isSampled(_id) ? { sampled: true } : {}),
    parentId: parent ? asId(parent.id) : null,
    rootId: await rootOf(parent),
    depth: parent ? parent.depth + 1 : 0,
    rank: comment.inspection.rank,
    flags: comment.inspection.findings.map((finding) => finding.rule),
    changedAt: comment.createdAt,
    revision: 1,
  } as never)
  return toComment((doc as unknown as { toObject(): CommentDoc }).toObject())
}

/** The comment with this id in any state, or null. */
export async function findComment(id: string): Promise<Comment | null> {
  const _id = asId(id)
  if (!_id) return null
  const doc = await CommentModel.findOne({ _id }, null, READ_OPTIONS).lean<CommentDoc>()
  return doc ? toComment(doc) : null
}

/** The comments with these ids, in no order; unknown ids are left out. */
export async function findComments(ids: string[]): Promise<Comment[]> {
  const known = ids.flatMap((id) => asId(id) ?? [])
  if (known.length === 0) return []
  const docs = await CommentModel.find({ _id: mongoose.trusted({ $in: known }) } as never, null, READ_OPTIONS).lean<
    CommentDoc[]
  >()
  return docs.map(toComment)
}

/** The comment whose follow-up key this is, or null. */
export async function findByFollowUp(followUpKey: string): Promise<Comment | null> {
  const doc = await CommentModel.findOne({ followUpKey }, null, READ_OPTIONS).lean<CommentDoc>()
  return doc ? toComment(doc) : null
}

/** The published comments of an article, oldest first. */
export async function publishedThread(articleCode: number, limit: number): Promise<Comment[]> {
  const docs = await CommentModel.find({ articleCode, state: 'published' }, null, READ_OPTIONS)
    .sort({ createdAt: 1, _id: 1 })
    .limit(limit)
    .lean<CommentDoc[]>()
  return docs.map(toComment)
}

/** The latest published comments of an article, or of all, newest first. */
export async function latestPublished(articleCode: number | undefined, limit: number): Promise<Comment[]> {
  const docs = await CommentModel.find(
    { ...(articleCode === undefined ? {} : { articleCode }), state: 'published' },
    null,
    READ_OPTIONS,
  )
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit)
    .lean<CommentDoc[]>()
  return docs.map(toComment)
}

/** The three counts of an article, or of the whole newsroom without a code: asked of the store, never kept. */
export async function countComments(articleCode?: number): Promise<CommentCounts> {
  const of = (...states: CommentState[]) =>
    CommentModel.countDocuments(
      { ...(articleCode === undefined ? {} : { articleCode }), state: mongoose.trusted({ $in: states }) } as never,
      READ_OPTIONS,
    )
  const [published, waiting, refused] = await Promise.all([of('published'), of('waiting', 'held'), of('refused')])
  return { published, waiting, refused }
}

/** The number of published comments of each of these articles. */
export async function countPublishedOf(articleCodes: number[]): Promise<Map<number, number>> {
  const rows = await CommentModel.aggregate<{ _id: number; count: number }>([
    { $match: { articleCode: { $in: articleCodes }, state: 'published' } },
    { $group: { _id: '$articleCode', count: { $sum: 1 } } },
  ])
  return new Map(rows.map((row) => [row._id, row.count]))
}

/** Codes of the articles with the most of the latest five thousand published comments since a moment, with the numbers. */
export async function mostDiscussed(since: Date, limit: number): Promise<{ code: number; count: number }[]> {
  const rows = await CommentModel.aggregate<{ _id: number; count: number }>([
    { $match: { state: 'published', createdAt: { $gte: since } } },
    { $sort: { createdAt: -1 } },
    { $limit: 5_000 },
    { $group: { _id: '$articleCode', count: { $sum: 1 } } },
    { $sort: { count: -1, _id: -1 } },
    { $limit: limit },
  ])
  return rows.map((row) => ({ code: row._id, count: row.count }))
}

/** One decision on one comment: who, when, from which states, to which state, and why. */
export interface Decision {
  act: CommentStep['act']
  to: CommentState
  from: CommentState[]
  by: Actor | null
  at: Date
  rule: RefusalRule | null
  note: string
  revision?: number
}

/** What became of a decision: carried out, or what stood in its way (`comment` is the present truth). */
export type DecisionOutcome =
  | { ok: true; comment: Comment }
  | { ok: false; reason: 'unknown' }
  | { ok: false; reason: 'already-decided'; comment: Comment }

/** Moves a comment in one compare-and-set on its state and revision, with an entry in its history; the loser of a race learns what stands. */
export async function decide(id: string, decision: Decision): Promise<DecisionOutcome> {
  const _id = asId(id)
  if (!_id) return { ok: false, reason: 'unknown' }
  for (;;) {
    const before = await CommentModel.findOne({ _id }, null, READ_OPTIONS).lean<CommentDoc>()
    if (!before) return { ok: false, reason: 'unknown' }
    const stale = decision.revision !== undefined && decision.revision !== before.revision
    if (stale || !decision.from.includes(before.state)) {
      return { ok: false, reason: 'already-decided', comment: toComment(before) }
    }
    const step: CommentStep = {
      at: decision.at,
      by: decision.by,
      from: before.state,
      to: decision.to,
      act: decision.act,
      rule: decision.rule,
      note: decision.note,
    }
    const open = decision.to === 'waiting' || decision.to === 'held'
    const after = await CommentModel.findOneAndUpdate(
      { _id, state: before.state, revision: before.revision },
      {
        $set: {
          state: decision.to,
          decidedAt: open ? null : decision.at,
          decidedBy: open ? null : decision.by,
          rule: decision.to === 'refused' ? decision.rule : null,
          claim: null,
          changedAt: decision.at,
        },
        $inc: { revision: 1 },
        $push: { history: step as never },
      },
      { returnDocument: 'after' },
    ).lean<CommentDoc>()
    if (after) return { ok: true, comment: toComment(after) }
  }
}

/** What became of a claim. */
export type ClaimOutcome =
  | { ok: true; claim: Claim }
  | { ok: false; reason: 'unknown' }
  | { ok: false; reason: 'claimed'; claim: Claim }

/** Claims an open comment for one moderator until a moment, or renews their own claim; another's living claim stands. */
export async function claim(id: string, wanted: Claim, now: Date): Promise<ClaimOutcome> {
  const _id = asId(id)
  if (!_id) return { ok: false, reason: 'unknown' }
  const taken = await CommentModel.findOneAndUpdate(
    {
      _id,
      $or: [{ claim: null }, { 'claim.by.id': wanted.by.id }, { 'claim.until': mongoose.trusted({ $lte: now }) }],
    } as never,
    { $set: { claim: wanted } },
    { returnDocument: 'after' },
  ).lean<CommentDoc>()
  if (taken) return { ok: true, claim: wanted }
  const doc = await CommentModel.findOne({ _id }, null, READ_OPTIONS).lean<CommentDoc>()
  return doc?.claim ? { ok: false, reason: 'claimed', claim: doc.claim } : { ok: false, reason: 'unknown' }
}

/** Covers parts of a published or waiting comment's text; the original stays stored. */
export async function setMasks(
  id: string,
  revision: number,
  masks: Span[],
  step: CommentStep,
): Promise<Comment | null> {
  const _id = asId(id)
  if (!_id) return null
  const doc = await CommentModel.findOneAndUpdate(
    { _id, revision },
    { $set: { masks }, $inc: { revision: 1 }, $push: { history: step as never } },
    { returnDocument: 'after' },
  ).lean<CommentDoc>()
  return doc ? toComment(doc) : null
}

/** Every comment of an article in any state, oldest first, for export. */
export async function allCommentsOf(articleCode: number): Promise<Comment[]> {
  const docs = await CommentModel.find({ articleCode }, null, READ_OPTIONS)
    .sort({ createdAt: 1, _id: 1 })
    .lean<CommentDoc[]>()
  return docs.map(toComment)
}
