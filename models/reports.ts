import mongoose from 'mongoose'
import { CommentModel } from './comments.ts'
import { asId, isDuplicateKey, READ_OPTIONS } from './connection.ts'

/** A reader's complaint about a published comment; `reason` is a rule's code or `other`. */
export interface Report {
  commentId: string
  reason: string
  note: string
  at: Date
}

interface ReportDoc extends Omit<Report, 'commentId'> {
  commentId: mongoose.Types.ObjectId
  reader: string
}

const reportSchema = new mongoose.Schema<ReportDoc>(
  {
    commentId: { type: mongoose.Schema.Types.ObjectId, required: true },
    reader: { type: String, required: true },
    reason: { type: String, required: true },
    note: { type: String, default: '' },
    at: { type: Date, required: true },
  },
  { collection: 'reports', versionKey: false, strict: 'throw' },
)

// One complaint of one reader about one comment; a comment's complaints for the desk.
reportSchema.index({ commentId: 1, reader: 1 }, { unique: true })

const ReportModel = mongoose.model<ReportDoc>('Report', reportSchema)

/** Notes a complaint and counts it at the comment; the same reader's second one changes nothing; false when there is no such published comment. */
export async function report(id: string, reader: string, complaint: Omit<Report, 'commentId'>): Promise<boolean> {
  const _id = asId(id)
  if (!_id || !(await CommentModel.exists({ _id, state: 'published' }))) return false
  try {
    await ReportModel.create({ ...complaint, commentId: _id, reader })
  } catch (error) {
    if (isDuplicateKey(error)) return true
    throw error
  }
  await CommentModel.updateOne({ _id }, { $inc: { reports: 1 } })
  return true
}

/** The complaints about a comment, latest first. */
export async function reportsOn(id: string): Promise<Report[]> {
  const commentId = asId(id)
  if (!commentId) return []
  const docs = await ReportModel.find({ commentId }, null, READ_OPTIONS).sort({ at: -1 }).limit(50).lean<ReportDoc[]>()
  return docs.map(({ reason, note, at }) => ({ commentId: id, reason, note, at }))
}
