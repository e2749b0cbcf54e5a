import mongoose from 'mongoose'
import type { Actor } from '../server/domain/article.ts'
import { BLANK_POLICY, type CommentPolicy } from '../server/domain/comment-policy.ts'
import { isDuplicateKey, READ_OPTIONS } from './connection.ts'

/** One change of the policy: who changed what when. */
export interface PolicyStep {
  at: Date
  by: Actor
  what: string
}

/** The newsroom's policy with its revision, 0 while nothing was ever set. */
export interface KeptPolicy {
  revision: number
  policy: CommentPolicy
}

interface PolicyDoc extends KeptPolicy {
  _id: string
  history: PolicyStep[]
}

const { Mixed } = mongoose.Schema.Types

const policySchema = new mongoose.Schema<PolicyDoc>(
  {
    _id: { type: String, required: true },
    revision: { type: Number, required: true },
    policy: { type: Mixed, required: true },
    history: { type: [Mixed], default: [] } as never,
  },
  { collection: 'commentpolicy', versionKey: false, minimize: false },
)

const PolicyModel = mongoose.model<PolicyDoc>('CommentPolicy', policySchema)

const NEWSROOM = 'newsroom'
const KEPT_STEPS = 500

/** The policy that holds. */
export async function keptPolicy(): Promise<KeptPolicy> {
  const doc = await PolicyModel.findOne({ _id: NEWSROOM }, { history: 0 }, READ_OPTIONS).lean<PolicyDoc>()
  return doc ? { revision: doc.revision, policy: doc.policy } : { revision: 0, policy: BLANK_POLICY }
}

/** The revision of the policy that holds; cheaper than the policy itself. */
export async function policyRevision(): Promise<number> {
  const doc = await PolicyModel.findOne({ _id: NEWSROOM }, { revision: 1 }, READ_OPTIONS).lean<PolicyDoc>()
  return doc?.revision ?? 0
}

/** The latest changes of the policy, latest first. */
export async function policyHistory(): Promise<PolicyStep[]> {
  const doc = await PolicyModel.findOne({ _id: NEWSROOM }, { history: 1 }, READ_OPTIONS).lean<PolicyDoc>()
  return (doc?.history ?? []).toReversed()
}

/** Keeps a policy in place of the one with this revision; false when a colleague changed it meanwhile. */
export async function savePolicy(revision: number, policy: CommentPolicy, step: PolicyStep): Promise<boolean> {
  if (revision === 0) {
    try {
      await PolicyModel.create({ _id: NEWSROOM, revision: 1, policy, history: [step] } as never)
      return true
    } catch (error) {
      if (isDuplicateKey(error)) return false
      throw error
    }
  }
  const { modifiedCount } = await PolicyModel.updateOne(
    { _id: NEWSROOM, revision },
    {
      $set: { policy },
      $inc: { revision: 1 },
      $push: { history: { $each: [step] as never, $slice: -KEPT_STEPS } },
    },
  )
  return modifiedCount === 1
}
