import mongoose from 'mongoose'
import type { CommentMode } from '../server/domain/article.ts'
import { fold } from '../server/domain/persian-text/index.ts'
import { isDuplicateKey, READ_OPTIONS } from './connection.ts'

/** A section (سرویس) of the newsroom: the word in its address, its name, its place in the row, its own way with comments. */
export interface Section {
  slug: string
  name: string
  order: number
  commentMode: CommentMode | null
}

interface SectionDoc extends Omit<Section, 'slug'> {
  _id: string
  nameKey: string
}

const sectionSchema = new mongoose.Schema<SectionDoc>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    nameKey: { type: String, required: true },
    order: { type: Number, required: true },
    commentMode: { type: String, enum: ['all-wait', 'flagged-wait', 'closed', null], default: null },
  },
  { collection: 'sections', versionKey: false },
)

// An imported article names its section in words.
sectionSchema.index({ nameKey: 1 }, { unique: true })

const SectionModel = mongoose.model<SectionDoc>('Section', sectionSchema)

function toSection({ _id, name, order, commentMode }: SectionDoc): Section {
  return { slug: _id, name, order, commentMode }
}

function nameKey(name: string): string {
  return fold(name).replace(/[\s\u200c]+/g, '')
}

/** All sections in the order of the row. */
export async function allSections(): Promise<Section[]> {
  const docs = await SectionModel.find({}, null, READ_OPTIONS).sort({ order: 1, _id: 1 }).lean<SectionDoc[]>()
  return docs.map(toSection)
}

/** Adds a section or renames an existing one with the same slug; false when another section has this name in any spelling. */
export async function saveSection(section: Section): Promise<boolean> {
  const { slug, ...rest } = section
  try {
    await SectionModel.updateOne({ _id: slug }, { $set: { ...rest, nameKey: nameKey(section.name) } }, { upsert: true })
    return true
  } catch (error) {
    if (isDuplicateKey(error)) return false
    throw error
  }
}

/** A section's name as a word of an address: letters, digits and single hyphens. */
function addressOf(name: string): string {
  const word = fold(name)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 56)
    .replace(/^-+|-+$/g, '')
  return word === '' ? 'section' : word
}

/**
 * The section that goes by this name in any spelling, made when there is none: at the wished address and place,
 * else at its name's own and the end of the row; an address that another section holds gets a number.
 */
export async function sectionByName(
  name: string,
  wished: { slug?: string | undefined; order?: number | undefined } = {},
): Promise<Section> {
  const key = nameKey(name)
  const addresses = [...(wished.slug === undefined ? [] : [wished.slug]), addressOf(name)]
  for (let attempt = 0; ; attempt++) {
    const found = await SectionModel.findOne({ nameKey: key }).lean<SectionDoc>()
    if (found) return toSection(found)
    const last = await SectionModel.findOne({}).sort({ order: -1 }).lean<SectionDoc>()
    const slug = addresses[attempt] ?? `${addressOf(name)}-${attempt - addresses.length + 2}`
    try {
      await SectionModel.create({ _id: slug, name, nameKey: key, order: wished.order ?? (last?.order ?? 0) + 1 })
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
    }
  }
}
