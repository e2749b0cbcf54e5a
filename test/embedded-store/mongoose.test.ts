import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import mongoose from 'mongoose'
import type { EmbeddedStore } from '../../server/embedded-store/index.ts'
import { DataDirInUse, joinEmbeddedStore, startEmbeddedStore } from '../../server/embedded-store/index.ts'

interface Note {
  code: number
  text: string
  tags: string[]
  at: Date
  n: number
}

let dataDir: string
let store: EmbeddedStore
const schema = new mongoose.Schema<Note>(
  { code: Number, text: String, tags: [String], at: Date, n: { type: Number, default: 0 } },
  { versionKey: false, autoIndex: false, autoCreate: false },
)
schema.index({ code: 1 }, { unique: true })
schema.index({ tags: 1, at: -1 })
const NoteModel = mongoose.model<Note>('Note', schema)

before(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'store-'))
  store = await startEmbeddedStore({ dataDir })
  await mongoose.connect(store.uri, { dbName: 'test', retryWrites: false })
  await NoteModel.createIndexes()
  await NoteModel.insertMany(
    Array.from({ length: 300 }, (_, i) => ({
      code: i,
      text: `یادداشت ${i}`,
      tags: [`t${i % 5}`, 'all'],
      at: new Date(i * 1000),
    })),
  )
})
after(async () => {
  await mongoose.disconnect()
  await store.close()
  await rm(dataDir, { recursive: true, force: true })
})

test('the latest of a tag come through the index, latest first', async () => {
  const found = await NoteModel.find({ tags: 't3' }).sort({ at: -1 }).limit(3).lean()
  assert.deepEqual(
    found.map(({ code }) => code),
    [298, 293, 288],
  )
  const plan = JSON.stringify(await NoteModel.find({ tags: 't3' }).sort({ at: -1 }).explain())
  assert.match(plan, /"indexName":"tags_1_at_-1"/)
  assert.doesNotMatch(plan, /"SORT"/)
})

test('ranges give the same documents with an index as without', async () => {
  for (const filter of [
    { code: { $gt: 10, $lte: 15 } },
    { code: { $lt: 3 } },
    { code: { $in: [5, 7, 900] } },
    { tags: 'all', at: { $gte: new Date(290_000) } },
    { tags: 'all', at: { $lt: new Date(3_000), $gt: new Date(1_000) } },
  ]) {
    const indexed = await NoteModel.find(filter).sort({ code: 1 }).lean()
    const scanned = await NoteModel.find(filter).hint({ _id: 1 }).sort({ code: 1 }).lean()
    assert.ok(indexed.length > 0)
    assert.deepEqual(
      indexed.map(({ code }) => code),
      scanned.map(({ code }) => code),
    )
  }
})

test('a second document with a unique key is refused in MongoDB’s words', async () => {
  await assert.rejects(NoteModel.create({ code: 7 }), (error: mongoose.mongo.MongoServerError) => {
    assert.equal(error.code, 11000)
    assert.match(
      error.message,
      /^E11000 duplicate key error collection: test\.notes index: code_1 dup key: \{ code: 7 \}/,
    )
    assert.deepEqual(error.keyValue, { code: 7 })
    assert.deepEqual(error.keyPattern, { code: 1 })
    return true
  })
})

test('a thousand increments at once add up to a thousand', async () => {
  await Promise.all(Array.from({ length: 1_000 }, () => NoteModel.updateOne({ code: 1 }, { $inc: { n: 1 } })))
  assert.equal((await NoteModel.findOne({ code: 1 }).lean())?.n, 1_000)
})

test('fifty upserts of one unique key at once leave one document', async () => {
  await Promise.all(
    Array.from({ length: 50 }, () => NoteModel.updateOne({ code: 5_000 }, { $inc: { n: 1 } }, { upsert: true })),
  )
  const found = await NoteModel.find({ code: 5_000 }).lean()
  assert.equal(found.length, 1)
  assert.equal(found[0]!.n, 50)
})

test('of twenty compare-and-sets one wins', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, i) => NoteModel.updateOne({ code: 2, n: 0 }, { $set: { n: i + 1 } })),
  )
  assert.equal(outcomes.filter(({ modifiedCount }) => modifiedCount === 1).length, 1)
})

test('a cursor survives writes between its batches', async () => {
  const seen: number[] = []
  for await (const { code } of NoteModel.find({ code: { $lt: 300 } })
    .sort({ code: 1 })
    .batchSize(20)
    .lean()
    .cursor()) {
    seen.push(code)
    if (code === 50) await NoteModel.deleteOne({ code: 60 })
  }
  const others = Array.from({ length: 300 }, (_, i) => i).filter((code) => code !== 60)
  assert.deepEqual(
    seen.filter((code) => code !== 60),
    others,
  )
})

test('what is not there is refused with MongoDB’s code', async () => {
  const db = mongoose.connection.db!
  await assert.rejects(db.command({ frobnicate: 1 }), { code: 59 })
  await assert.rejects(
    db
      .collection('notes')
      .aggregate([{ $geoNear: {} }])
      .toArray(),
    { code: 40324 },
  )
  await assert.rejects(db.collection('notes').find({ $where: 'true' }).toArray())
  await assert.rejects(db.command({ find: 'notes', frobnicate: 1 }), { code: 40415 })
})

test('one process owns a data directory; a passing task joins the owner', async () => {
  await assert.rejects(startEmbeddedStore({ dataDir }), DataDirInUse)
  const joined = await joinEmbeddedStore({ dataDir })
  assert.equal(joined.uri, store.uri)
  await joined.close()
  assert.ok((await NoteModel.countDocuments()) > 0)
})
