import mongoose from 'mongoose'
import type { Actor } from '../server/domain/article.ts'
import { READ_OPTIONS } from './connection.ts'

/** Whom a block keeps from commenting: one writer's fingerprint or a whole subnet, both as keyed hashes. */
export type BlockKind = 'fingerprint' | 'subnet'

/** A block until a moment, with who set it and why. */
export interface Block {
  kind: BlockKind
  value: string
  until: Date
  by: Actor
  note: string
  createdAt: Date
}

interface BlockDoc extends Block {
  _id: string
}

const blockSchema = new mongoose.Schema<BlockDoc>(
  {
    _id: { type: String, required: true },
    kind: { type: String, enum: ['fingerprint', 'subnet'], required: true },
    value: { type: String, required: true },
    until: { type: Date, required: true },
    by: { type: mongoose.Schema.Types.Mixed, required: true },
    note: { type: String, default: '' },
    createdAt: { type: Date, required: true },
  },
  { collection: 'blocks', versionKey: false },
)

// Blocks go away by themselves when their time is over.
blockSchema.index({ until: 1 }, { expireAfterSeconds: 0 })

const BlockModel = mongoose.model<BlockDoc>('Block', blockSchema)

/** Blocks a fingerprint or subnet until a moment; an earlier block of the same is replaced. */
export async function setBlock(block: Block): Promise<void> {
  await BlockModel.replaceOne({ _id: `${block.kind}:${block.value}` }, { ...block }, { upsert: true })
}

/** Lifts a block. */
export async function liftBlock(kind: BlockKind, value: string): Promise<void> {
  await BlockModel.deleteOne({ _id: `${kind}:${value}` })
}

/** The latest end of the blocks that meet a writer, or null when none does. */
export async function blockedUntil(writer: { fingerprint: string; subnet: string }, now: Date): Promise<Date | null> {
  const ids = [`fingerprint:${writer.fingerprint}`, `subnet:${writer.subnet}`]
  const docs = await BlockModel.find({ _id: mongoose.trusted({ $in: ids }) }, null, READ_OPTIONS).lean<BlockDoc[]>()
  const ends = docs.map(({ until }) => until.getTime()).filter((until) => until > now.getTime())
  return ends.length === 0 ? null : new Date(Math.max(...ends))
}

/** All living blocks, latest first. */
export async function livingBlocks(now: Date): Promise<Block[]> {
  const docs = await BlockModel.find({ until: mongoose.trusted({ $gt: now }) }, null, READ_OPTIONS)
    .sort({ createdAt: -1 })
    .limit(200)
    .lean<BlockDoc[]>()
  return docs.map(({ _id: _key, ...block }) => block)
}
