import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type mongoose from 'mongoose'
import { type Running, run } from './support/running.ts'

/** Answers as MongoDB's manual gives them: "Database Commands", pages insert, update, delete, findAndModify. */
let running: Running
let jobs: mongoose.mongo.Collection<{ _id: number; state?: string; n?: number; by?: string }>

before(async () => {
  running = await run()
  jobs = running.db.collection('jobs')
})
after(() => running.close())
beforeEach(async () => {
  await jobs.deleteMany({})
  await jobs.insertMany([
    { _id: 1, state: 'waiting', n: 3 },
    { _id: 2, state: 'waiting', n: 1 },
    { _id: 3, state: 'done', n: 2 },
  ])
})

const command = (body: object) => running.db.command(body)

test('findAndModify gives the document before or after, by the order of its sort', async () => {
  const before = await command({
    findAndModify: 'jobs',
    query: { state: 'waiting' },
    sort: { n: 1 },
    update: { $set: { state: 'taken' } },
  })
  assert.deepEqual(before.lastErrorObject, { n: 1, updatedExisting: true })
  assert.deepEqual(before.value, { _id: 2, state: 'waiting', n: 1 })
  const now = await command({
    findAndModify: 'jobs',
    query: { _id: 2 },
    update: { $inc: { n: 5 } },
    new: true,
    fields: { n: 1, _id: 0 },
  })
  assert.deepEqual(now.value, { n: 6 })
})

test('findAndModify removes, upserts, and gives null where nothing answers', async () => {
  const removed = await command({ findAndModify: 'jobs', query: { _id: 3 }, remove: true })
  assert.deepEqual(removed.value, { _id: 3, state: 'done', n: 2 })
  assert.deepEqual(removed.lastErrorObject, { n: 1 })
  const none = await command({ findAndModify: 'jobs', query: { _id: 3 }, update: { $set: { n: 1 } } })
  assert.equal(none.value, null)
  assert.deepEqual(none.lastErrorObject, { n: 0, updatedExisting: false })
  const upserted = await command({
    findAndModify: 'jobs',
    query: { _id: 9 },
    update: { $set: { n: 1 } },
    upsert: true,
    new: true,
  })
  assert.deepEqual(upserted.value, { _id: 9, n: 1 })
  assert.deepEqual(upserted.lastErrorObject, { n: 1, updatedExisting: false, upserted: 9 })
})

test('update counts what matched and what changed, and names what it inserted by its place', async () => {
  const reply = await command({
    update: 'jobs',
    updates: [
      { q: { state: 'waiting' }, u: { $set: { state: 'waiting' } }, multi: true },
      { q: { state: 'waiting' }, u: { $inc: { n: 1 } } },
      { q: { _id: 7 }, u: { $set: { n: 1 } }, upsert: true },
    ],
  })
  assert.equal(reply.n, 4)
  assert.equal(reply.nModified, 1)
  assert.deepEqual(reply.upserted, [{ index: 2, _id: 7 }])
})

test('delete takes one or all', async () => {
  const reply = await command({ delete: 'jobs', deletes: [{ q: { state: 'waiting' }, limit: 1 }] })
  assert.equal(reply.n, 1)
  assert.equal((await command({ delete: 'jobs', deletes: [{ q: {}, limit: 0 }] })).n, 2)
})

test('mistakes get MongoDB’s codes, and change nothing', async () => {
  const wrong: [object, number][] = [
    [{ findAndModify: 'jobs', query: {}, update: { $set: { n: 1 } }, remove: true }, 9],
    [{ findAndModify: 'jobs', query: {}, remove: true, new: true }, 9],
    [{ findAndModify: 'jobs', query: { _id: 1 }, update: { $set: { _id: 2 } } }, 66],
    [{ findAndModify: 'jobs', query: { _id: 1 }, update: { $set: { n: 1 }, $inc: { n: 1 } } }, 40],
    [{ findAndModify: 'jobs', query: { _id: 1 }, update: { $inc: { state: 1 } } }, 14],
    [{ insert: 'jobs', documents: [] }, 16],
    [{ insert: '', documents: [{ a: 1 }] }, 73],
    [{ find: 'jobs', filter: { n: { $frobnicate: 1 } } }, 2],
    [{ find: 'jobs', filter: 5 }, 14],
    [{ find: 'jobs', limit: -1 }, 51024],
    [{ aggregate: 'jobs', pipeline: [{ $match: {}, $limit: 1 }], cursor: {} }, 40323],
    [{ aggregate: 'jobs', pipeline: [] }, 9],
    [{ dropIndexes: 'jobs', index: '_id_' }, 72],
    [{ dropIndexes: 'jobs', index: 'none' }, 27],
    [{ listIndexes: 'nothing' }, 26],
    [{ create: 'jobs' }, 48],
  ]
  for (const [body, code] of wrong) {
    const answer = await command(body).catch((error: { code?: number }) => error)
    assert.equal(answer.code, code, JSON.stringify(body))
  }
  const inBulk: [object, number][] = [
    [{ insert: 'jobs', documents: [{ _id: 1 }] }, 11000],
    [{ insert: 'jobs', documents: [{ _id: [1] }] }, 53],
    [{ update: 'jobs', updates: [{ q: { _id: 1 }, u: { n: 1 }, multi: true }] }, 9],
    [{ update: 'jobs', updates: [{ q: { _id: 1 }, u: { $set: { _id: 5 } } }] }, 66],
    [{ update: 'jobs', updates: [{ q: { _id: 1 }, u: { $frobnicate: { n: 1 } } }] }, 9],
    [{ delete: 'jobs', deletes: [{ q: {}, limit: 3 }] }, 9],
  ]
  for (const [body, code] of inBulk) {
    const reply = await command(body).catch((error: { errorResponse: object }) => error.errorResponse)
    const [first] = (reply as { writeErrors: { code: number; index: number }[] }).writeErrors
    assert.deepEqual([first!.code, first!.index], [code, 0], JSON.stringify(body))
  }
  assert.deepEqual(await jobs.find({}).toArray(), [
    { _id: 1, state: 'waiting', n: 3 },
    { _id: 2, state: 'waiting', n: 1 },
    { _id: 3, state: 'done', n: 2 },
  ])
})

test('a queue of jobs gives each job to one worker', async () => {
  await jobs.deleteMany({})
  await jobs.insertMany(Array.from({ length: 200 }, (_, i) => ({ _id: i, state: 'waiting', n: i % 7 })))
  await jobs.createIndex({ state: 1, n: 1 })
  const taken: number[] = []
  await Promise.all(
    Array.from({ length: 20 }, async (_, worker) => {
      for (;;) {
        const job = await jobs.findOneAndUpdate(
          { state: 'waiting' },
          { $set: { state: 'taken', by: `worker ${worker}` } },
          { sort: { n: -1 } },
        )
        if (!job) return
        taken.push(job._id)
      }
    }),
  )
  assert.equal(taken.length, 200)
  assert.equal(new Set(taken).size, 200)
})
