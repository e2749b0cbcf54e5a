import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type mongoose from 'mongoose'
import { type Running, run } from './support/running.ts'

let running: Running
let articles: mongoose.mongo.Collection

before(async () => {
  running = await run()
  articles = running.db.collection('articles')
  await articles.createIndexes([
    { key: { code: 1 }, unique: true },
    { key: { section: 1, at: -1 } },
    { key: { tags: 1, at: -1 } },
    { key: { slug: 1 }, sparse: true },
    { key: { state: 1, at: 1 }, partialFilterExpression: { state: 'waiting' } },
  ])
  await articles.insertMany(
    Array.from({ length: 6_000 }, (_, i) => ({
      code: i,
      section: `s${i % 3}`,
      tags: [`t${i % 7}`, `u${i % 11}`],
      at: new Date(i * 1000),
      state: i % 50 === 0 ? 'waiting' : 'published',
      ...(i % 100 === 0 ? { slug: `slug ${i}` } : {}),
      body: 'متن خبر '.repeat(40),
    })),
  )
})
after(() => running.close())

/** The stages of a winning plan, from the outermost, and the index that it uses. */
async function planOf(
  filter: object,
  sort: Record<string, 1 | -1> = {},
): Promise<{ stages: string[]; index?: string; stats: { totalDocsExamined: number } }> {
  const { queryPlanner, executionStats } = await articles.find(filter).sort(sort).explain()
  const stages: string[] = []
  let index: string | undefined
  for (let stage = queryPlanner.winningPlan; stage; stage = stage.inputStage) {
    stages.push(stage.stage)
    index = stage.indexName ?? index
  }
  return { stages, ...(index === undefined ? {} : { index }), stats: executionStats }
}

test('explain tells the index, and that an order comes from it', async () => {
  const unique = await planOf({ code: 7 })
  assert.deepEqual(unique.stages, ['FETCH', 'IXSCAN'])
  assert.equal(unique.index, 'code_1')
  assert.equal(unique.stats.totalDocsExamined, 1)
  assert.deepEqual((await planOf({ section: 's1' }, { at: -1 })).stages, ['FETCH', 'IXSCAN'])
  assert.deepEqual((await planOf({ section: 's1' }, { at: 1 })).stages, ['FETCH', 'IXSCAN'])
  assert.deepEqual((await planOf({ section: 's1' }, { code: 1 })).stages[0], 'SORT')
  assert.deepEqual((await planOf({ body: 'x' })).stages, ['COLLSCAN'])
})

test('points of $in are merged into one order', async () => {
  const plan = await planOf({ section: { $in: ['s0', 's2'] } }, { at: -1 })
  assert.deepEqual(plan.stages, ['FETCH', 'SORT_MERGE', 'IXSCAN'])
  const found = await articles
    .find({ section: { $in: ['s0', 's2'] } })
    .sort({ at: -1 })
    .limit(5)
    .toArray()
  assert.deepEqual(
    found.map(({ code }) => code),
    [5999, 5997, 5996, 5994, 5993],
  )
})

test('a sparse and a partial index serve only questions that they hold whole', async () => {
  assert.equal((await planOf({ slug: 'slug 100' })).index, 'slug_1')
  assert.deepEqual((await planOf({ slug: null })).stages, ['COLLSCAN'])
  assert.equal(await articles.countDocuments({ slug: null }), 5_940)
  assert.equal((await planOf({ state: 'waiting' }, { at: 1 })).index, 'state_1_at_1')
  assert.deepEqual((await planOf({ state: 'published' })).stages, ['COLLSCAN'])
})

test('every alternative of $or goes through its index', async () => {
  const plan = await planOf({ $or: [{ code: 5 }, { tags: 't1' }] })
  assert.equal(plan.stages[0], 'OR')
  assert.equal(await articles.countDocuments({ $or: [{ code: 1 }, { tags: 't1' }] }), 857)
})

test('a hint is followed, and a hint that names no index is refused', async () => {
  const found = await articles.find({ code: 3 }).hint('section_1_at_-1').toArray()
  assert.equal(found.length, 1)
  await assert.rejects(articles.find({ code: 3 }).hint('none_such').toArray(), { code: 2 })
})

test('a cursor gives every document once, in insertion order, over many batches and while others are written', async () => {
  const seen: number[] = []
  for await (const { code } of articles.find({}).batchSize(500)) {
    seen.push(code)
    if (code === 2_000) await articles.updateMany({ code: { $lt: 50 } }, { $set: { touched: true } })
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 6_000 }, (_, i) => i),
  )
})

test('a cursor that was killed is not found again', async () => {
  const reply = await running.db.command({ find: 'articles', batchSize: 2 })
  const killed = await running.db.command({ killCursors: 'articles', cursors: [reply.cursor.id] })
  assert.equal(killed.cursorsKilled.length, 1)
  await assert.rejects(running.db.command({ getMore: reply.cursor.id, collection: 'articles' }), { code: 43 })
})

test('a long aggregation and point reads at the same time both answer', async () => {
  const grouped = articles
    .aggregate([{ $group: { _id: { $hour: '$at' }, n: { $sum: 1 }, body: { $max: '$body' } } }, { $sort: { _id: 1 } }])
    .toArray()
  const codes = await Promise.all(
    Array.from({ length: 200 }, async (_, i) => (await articles.findOne({ code: i * 3 }))?.code),
  )
  assert.deepEqual(
    codes,
    Array.from({ length: 200 }, (_, i) => i * 3),
  )
  assert.equal(
    (await grouped).reduce((sum, { n }) => sum + n, 0),
    6_000,
  )
})

test('a reader sees what was acknowledged before it was asked', async () => {
  for (let i = 0; i < 20; i++) {
    await articles.updateOne({ code: 5_999 }, { $set: { round: i } })
    const [{ most }] = (await articles.aggregate([{ $group: { _id: null, most: { $max: '$round' } } }]).toArray()) as [
      { most: number },
    ]
    assert.equal(most, i)
  }
})

test('$lookup goes through the index of the other collection', async () => {
  await running.db.collection('notes').insertMany(Array.from({ length: 50 }, (_, i) => ({ article: i * 2 })))
  const joined = await running.db
    .collection('notes')
    .aggregate([
      { $lookup: { from: 'articles', localField: 'article', foreignField: 'code', as: 'found' } },
      { $project: { n: { $size: '$found' } } },
    ])
    .toArray()
  assert.ok(joined.every(({ n }) => n === 1))
})

test('a time limit ends a scan with MongoDB’s code', async () => {
  const slow = { $expr: { $gt: [{ $strLenCP: { $concat: ['$body', '$body', '$body'] } }, 1_000_000] } }
  await assert.rejects(
    articles.aggregate([{ $match: slow }, { $group: { _id: '$body' } }], { maxTimeMS: 1 }).toArray(),
    { code: 50 },
  )
})

test('what is not supported is refused by name', async () => {
  const { db } = running
  await assert.rejects(db.command({ find: 'articles', collation: { locale: 'fa' } }), { code: 238 })
  await assert.rejects(db.command({ find: 'articles', tailable: true }), { code: 238 })
  await assert.rejects(db.command({ create: 'c', capped: true, size: 1000 }), { code: 238 })
  await assert.rejects(db.command({ createIndexes: 'c', indexes: [{ key: { a: '2dsphere' }, name: 'a' }] }), {
    code: 238,
  })
  await assert.rejects(db.command({ createIndexes: 'c', indexes: [{ key: { '$**': 1 }, name: 'a' }] }), { code: 238 })
  await assert.rejects(db.command({ insert: 'c', documents: [{ a: 1 }], txnNumber: 1, autocommit: false }), {
    code: 20,
  })
  await assert.rejects(
    db
      .collection('articles')
      .aggregate([{ $out: 'other' }])
      .toArray(),
    { code: 40324 },
  )
})
