import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import mongoose from 'mongoose'
import { copyEmbeddedStore, startEmbeddedStore } from '../../server/embedded-store/index.ts'
import { connected, run, until } from './support/running.ts'

test('documents whose time is over go, others stay', async () => {
  const running = await run({ sweepEvery: 100 })
  try {
    const sessions = running.db.collection('sessions')
    await sessions.createIndex({ seenAt: 1 }, { expireAfterSeconds: 60 })
    await sessions.insertMany([
      { name: 'old', seenAt: new Date(Date.now() - 120_000) },
      { name: 'array', seenAt: [new Date(), new Date(Date.now() - 120_000)] },
      { name: 'new', seenAt: new Date() },
      { name: 'no date', seenAt: 'yesterday' },
      { name: 'none' },
    ])
    await until(async () => (await sessions.countDocuments({})) === 3)
    const left = await sessions.find({}).sort({ name: 1 }).toArray()
    assert.deepEqual(
      left.map(({ name }) => name),
      ['new', 'no date', 'none'],
    )
  } finally {
    await running.close()
  }
})

test('$text finds words, phrases and leaves out negations; the weightier field stands first', async () => {
  const running = await run()
  try {
    const texts = running.db.collection('texts')
    await assert.rejects(texts.find({ $text: { $search: 'x' } }).toArray(), { code: 27 })
    await texts.createIndex({ title: 'text', body: 'text' }, { default_language: 'none', weights: { title: 10 } })
    await texts.insertMany([
      { _id: 1 as never, title: 'باران در تهران', body: 'هوای شهر امروز بارانی می‌شود' },
      { _id: 2 as never, title: 'ترافیک', body: 'در تهران باران بارید و شهر شلوغ شد' },
      { _id: 3 as never, title: 'ورزش', body: 'کِتاب تازه‌ای دربارهٔ فوتبال' },
      ...Array.from({ length: 20 }, (_, i) => ({ _id: (100 + i) as never, title: `خبر ${i}`, body: 'اقتصاد و بازار' })),
    ])
    const ids = async (search: string) =>
      (await texts.find({ $text: { $search: search } }).toArray()).map(({ _id }) => Number(_id)).sort((a, b) => a - b)
    assert.deepEqual(await ids('تهران'), [1, 2])
    assert.deepEqual(await ids('"تهران باران"'), [2])
    assert.deepEqual(await ids('تهران -ترافیک'), [1])
    assert.deepEqual(await ids('کتاب'), [3], 'marks do not matter')
    assert.deepEqual(await ids('می‌شود'), [1], 'a half-space stays inside its word')
    assert.deepEqual(await ids('شود'), [])
    assert.deepEqual(await ids('فوتبال ترافیک'), [2, 3])
    assert.deepEqual(await ids('-تهران'), [])
    const ranked = await texts
      .find({ $text: { $search: 'تهران' } }, { projection: { score: { $meta: 'textScore' } } })
      .sort({ score: { $meta: 'textScore' } })
      .toArray()
    assert.deepEqual(
      ranked.map(({ _id }) => Number(_id)),
      [1, 2],
    )
    assert.ok(ranked[0]!.score > ranked[1]!.score && ranked[1]!.score > 0)
    await assert.rejects(texts.find({ $or: [{ $text: { $search: 'x' } }, { title: 'x' }] }).toArray(), { code: 238 })
    await assert.rejects(texts.find({}, { projection: { s: { $meta: 'textScore' } } }).toArray(), { code: 40218 })
    await assert.rejects(
      texts
        .find({})
        .sort({ s: { $meta: 'textScore' } })
        .toArray(),
      { code: 40218 },
    )
    await running.store.crash()
    await until(async () => (await ids('تهران').catch(() => [])).length === 2)
    await texts.updateOne({ _id: 1 as never }, { $set: { title: 'برف', body: 'برف' } })
    await texts.deleteOne({ _id: 2 as never })
    assert.deepEqual(await ids('تهران'), [])
    const { valid, errors } = await running.db.command({ validate: 'texts' })
    assert.ok(valid, String(errors))
  } finally {
    await running.close()
  }
})

test('GridFS keeps files of several chunks, finds them by name, and removes them whole', async () => {
  const running = await run()
  try {
    const bucket = new mongoose.mongo.GridFSBucket(running.db, { bucketName: 'media' })
    const content = Buffer.from(Array.from({ length: 700_001 }, (_, i) => (i * 31) & 0xff))
    const upload = bucket.openUploadStream('picture.webp', { metadata: { width: 10 } })
    await new Promise<void>((resolve, reject) => {
      upload.on('finish', () => resolve()).on('error', reject)
      upload.end(content)
    })
    const parts: Buffer[] = []
    for await (const part of bucket.openDownloadStreamByName('picture.webp')) parts.push(part as Buffer)
    assert.ok(Buffer.concat(parts).equals(content))
    const middle: Buffer[] = []
    for await (const part of bucket.openDownloadStream(upload.id, { start: 300_000, end: 300_010 }))
      middle.push(part as Buffer)
    assert.ok(Buffer.concat(middle).equals(content.subarray(300_000, 300_010)))
    await bucket.delete(upload.id)
    assert.equal(await running.db.collection('media.chunks').countDocuments({}), 0)
  } finally {
    await running.close()
  }
})

test('when the disk is full writes fail with a clear error, reads go on, nothing is damaged, and it heals', async () => {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'store-full-'))
  let acknowledged = 0
  try {
    const full = await startEmbeddedStore({ dataDir, maxBytes: 2 * 1024 * 1024 })
    const connection = await connected(full.uri)
    const notes = connection.collection('notes')
    await notes.createIndex({ n: 1 })
    const failure = await (async () => {
      for (let n = 0; n < 10_000; n++) {
        try {
          await notes.insertOne({ n, body: 'x'.repeat(6_000) })
          acknowledged++
        } catch (error) {
          return error as mongoose.mongo.MongoServerError
        }
      }
      throw new Error('the disk never was full')
    })()
    assert.equal(failure.code, 14031)
    assert.match(failure.message, /disk of the embedded store is full/)
    assert.equal(await notes.countDocuments({}), acknowledged)
    assert.equal((await notes.findOne({ n: 3 }))?.body.length, 6_000)
    const { valid, errors } = await connection.db!.command({ validate: 'notes', full: true })
    assert.ok(valid, String(errors))
    await notes.deleteMany({ n: { $lt: 20 } })
    await notes.insertOne({ n: -1, body: 'x'.repeat(6_000) })
    await connection.close()
    await full.close()
    const roomy = await startEmbeddedStore({ dataDir })
    const again = await connected(roomy.uri)
    await again.collection('notes').insertMany(Array.from({ length: 100 }, () => ({ body: 'x'.repeat(6_000) })))
    assert.equal(await again.collection('notes').countDocuments({}), acknowledged - 20 + 1 + 100)
    await again.close()
    await roomy.close()
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
})

test('a copy taken while others write is one consistent moment and starts like any store', async () => {
  const running = await run()
  const target = await mkdtemp(path.join(os.tmpdir(), 'store-copy-'))
  let writing = true
  const pairs = running.db.collection('pairs')
  await pairs.createIndex({ n: 1 }, { unique: true })
  const writer = (async () => {
    for (let n = 0; writing; n++) {
      await pairs.insertMany([
        { n: n * 2, side: 'a' },
        { n: n * 2 + 1, side: 'b' },
      ])
    }
  })()
  try {
    await until(async () => (await pairs.countDocuments({})) > 100)
    await copyEmbeddedStore(running.dataDir, target)
    const copy = await startEmbeddedStore({ dataDir: target })
    const connection = await connected(copy.uri)
    const copied = connection.collection('pairs')
    const [a, b] = [await copied.countDocuments({ side: 'a' }), await copied.countDocuments({ side: 'b' })]
    assert.ok(a >= 50)
    assert.equal(a, b)
    const { valid, errors } = await connection.db!.command({ validate: 'pairs', full: true })
    assert.ok(valid, String(errors))
    await connection.close()
    await copy.close()
  } finally {
    writing = false
    await writer
    await running.close()
    await rm(target, { recursive: true, force: true })
  }
})

test('over TCP the store asks for its password', async () => {
  const running = await run({ tcp: true })
  try {
    assert.match(running.store.uri, /^mongodb:\/\/store:[0-9a-f]{48}@127\.0\.0\.1:\d+\//)
    await running.db.collection('notes').insertOne({ a: 1 })
    const open = running.store.uri.replace(/store:[0-9a-f]+@/, '').replace(/&auth.*$/, '')
    const stranger = await connected(open)
    await assert.rejects(stranger.collection('notes').findOne({}), { code: 13 })
    await stranger.close()
    const wrong = running.store.uri.replace(/store:[0-9a-f]{4}/, 'store:0000')
    await assert.rejects(connected(wrong), /Authentication failed/)
  } finally {
    await running.close()
  }
})

test('when the store’s thread dies it starts again, and the driver finds it', async () => {
  const running = await run()
  try {
    const notes = running.db.collection('notes')
    await notes.insertOne({ kept: true })
    await running.store.crash()
    await until(async () => {
      try {
        return (await notes.findOne({ kept: true })) !== null
      } catch {
        return false
      }
    })
    await notes.insertOne({ after: true })
    assert.equal(await notes.countDocuments({}), 2)
  } finally {
    await running.close()
  }
})

test('an index over documents that are equal under it is refused and leaves nothing behind', async () => {
  const running = await run()
  try {
    const notes = running.db.collection('notes')
    await notes.insertMany(Array.from({ length: 3_000 }, (_, n) => ({ n: n % 2_999, tags: [n, n + 1] })))
    await assert.rejects(notes.createIndex({ n: 1 }, { unique: true }), { code: 11000 })
    assert.equal((await notes.indexes()).length, 1)
    await notes.createIndex({ tags: 1 })
    assert.equal((await notes.find({ tags: 5 }).explain()).queryPlanner.winningPlan.inputStage.isMultiKey, true)
    const { valid } = await running.db.command({ validate: 'notes' })
    assert.ok(valid)
  } finally {
    await running.close()
  }
})

test('bulk writes: an ordered one stops at its first error, an unordered one tells every error by its place', async () => {
  const running = await run()
  try {
    const notes = running.db.collection('notes')
    await notes.createIndex({ n: 1 }, { unique: true })
    const docs = () => [{ n: 1 }, { n: 1 }, { n: 2 }, { n: 2 }, { n: 3 }]
    await assert.rejects(notes.insertMany(docs(), { ordered: true }), (error: mongoose.mongo.MongoBulkWriteError) => {
      assert.equal(error.result.insertedCount, 1)
      return true
    })
    await notes.deleteMany({})
    await assert.rejects(notes.insertMany(docs(), { ordered: false }), (error: mongoose.mongo.MongoBulkWriteError) => {
      assert.equal(error.result.insertedCount, 3)
      const errors = error.writeErrors as mongoose.mongo.WriteError[]
      assert.deepEqual(
        errors.map(({ index, code }) => [index, code]),
        [
          [1, 11000],
          [3, 11000],
        ],
      )
      return true
    })
  } finally {
    await running.close()
  }
})

test('many updates of one command reach each document once, though they move it in the index', async () => {
  const running = await run()
  try {
    const notes = running.db.collection('notes')
    await notes.createIndex({ n: 1 })
    await notes.insertMany(Array.from({ length: 2_000 }, (_, n) => ({ n })))
    const { modifiedCount } = await notes.updateMany({ n: { $gte: 0 } }, { $inc: { n: 500 } })
    assert.equal(modifiedCount, 2_000)
    assert.equal(await notes.countDocuments({ n: { $lt: 500 } }), 0)
    assert.equal(await notes.countDocuments({ n: { $gte: 2_500 } }), 0)
  } finally {
    await running.close()
  }
})

test('an index whose building was cut off is gone afterwards, or whole', async () => {
  const running = await run()
  try {
    const notes = running.db.collection('notes')
    await notes.insertMany(Array.from({ length: 20_000 }, (_, n) => ({ n, tags: [`t${n % 7}`, `u${n % 5}`] })))
    const building = notes.createIndex({ tags: 1, n: -1 }).catch(() => 'cut off')
    await new Promise((resolve) => setTimeout(resolve, 60))
    await running.store.crash()
    await building
    await until(async () => {
      try {
        return (await notes.countDocuments({})) === 20_000
      } catch {
        return false
      }
    })
    const { valid, errors } = await running.db.command({ validate: 'notes', full: true })
    assert.ok(valid, String(errors))
    await notes.createIndex({ tags: 1, n: -1 })
    assert.equal(await notes.countDocuments({ tags: 't3' }), 2_857)
  } finally {
    await running.close()
  }
})
