import mongoose from 'mongoose'
import type { Actor } from '../server/domain/article.ts'
import type { Picture } from '../server/domain/picture.ts'
import { asId, newId, READ_OPTIONS } from './connection.ts'

/** A picture in the newsroom's archive: what it shows, who brought it and when. */
export interface KeptPicture extends Picture {
  caption: string
  by: Actor
  at: Date
}

type PictureDoc = Omit<KeptPicture, 'id'> & { _id: mongoose.Types.ObjectId }

interface FileDoc {
  _id: string
  data: Buffer
}

const { Mixed } = mongoose.Schema.Types

const pictureSchema = new mongoose.Schema<PictureDoc>(
  {
    width: { type: Number, required: true },
    height: { type: Number, required: true },
    widths: { type: [Number], required: true },
    caption: { type: String, default: '' },
    by: { type: Mixed, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'media', versionKey: false },
)

// The archive, latest first.
pictureSchema.index({ at: -1, _id: -1 })

const PictureModel = mongoose.model<PictureDoc>('Media', pictureSchema)

// One file of a picture by `id/name`; each far below the size that a document may have.
const fileSchema = new mongoose.Schema<FileDoc>(
  { _id: { type: String, required: true }, data: { type: Buffer, required: true } },
  { collection: 'mediafiles', versionKey: false },
)

const FileModel = mongoose.model<FileDoc>('MediaFile', fileSchema)

function toPicture({ _id, ...rest }: PictureDoc): KeptPicture {
  return { ...rest, id: String(_id) }
}

/** Keeps a picture: its files first, so that whoever finds it finds them too. */
export async function keepPicture(
  picture: Omit<KeptPicture, 'id'>,
  files: ReadonlyMap<string, Buffer>,
): Promise<KeptPicture> {
  const _id = newId()
  await FileModel.insertMany([...files].map(([name, data]) => ({ _id: `${_id}/${name}`, data })))
  await PictureModel.create({ ...picture, _id })
  return { ...picture, id: String(_id) }
}

/** The picture with this id, or null. */
export async function findPicture(id: string): Promise<KeptPicture | null> {
  const _id = asId(id)
  const doc = _id && (await PictureModel.findOne({ _id }, null, READ_OPTIONS).lean<PictureDoc>())
  return doc ? toPicture(doc) : null
}

/** Pictures, latest first, from before a moment where one is given. */
export async function latestPictures(limit: number, before?: Date): Promise<KeptPicture[]> {
  const filter = before ? { at: mongoose.trusted({ $lt: before }) } : {}
  const docs = await PictureModel.find(filter as never, null, READ_OPTIONS)
    .sort({ at: -1, _id: -1 })
    .limit(limit)
    .lean<PictureDoc[]>()
  return docs.map(toPicture)
}

/** One file of a picture, or null. */
export async function pictureFile(id: string, name: string): Promise<Buffer | null> {
  const doc = await FileModel.findOne({ _id: `${id}/${name}` }, null, READ_OPTIONS).lean<{
    data: Buffer | mongoose.mongo.Binary
  }>()
  if (!doc) return null
  return Buffer.isBuffer(doc.data) ? doc.data : Buffer.from(doc.data.buffer)
}
