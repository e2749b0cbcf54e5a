import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { EJSON, serialize } from 'bson'
import mongoose from 'mongoose'
import { type EmbeddedStore, startEmbeddedStore } from '../../server/embedded-store/index.ts'
import { Chance, document, filter, type Plain, pipeline, projection, sort, update } from './support/chance.ts'

/** `DIFFERENTIAL_ROUNDS` and `DIFFERENTIAL_SEED` make the search longer or repeat one. */
const ROUNDS = Number(process.env.DIFFERENTIAL_ROUNDS ?? 6)
const FIRST_SEED = Number(process.env.DIFFERENTIAL_SEED ?? 1)
const QUESTIONS = 60
const DOCUMENTS = 60
const EXACT = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true } as const

type Collection = mongoose.mongo.Collection<Plain>

const INDEXES: [Record<string, 1 | -1>, mongoose.mongo.CreateIndexesOptions?][] = [
  [{ a: 1 }],
  [{ b: -1, _id: 1 }],
  [{ 'a.b': 1 }],
  [{ c: 1, d: -1 }],
  [{ d: 1 }],
  [{ b: 1, c: 1 }, { sparse: true }],
  [{ c: -1 }, { partialFilterExpression: { c: { $exists: true } } }],
  [{ d: -1, b: 1 }, { partialFilterExpression: { d: { $gte: 1 } } }],
  [{ 'c.b': -1, 'c.a': 1 }],
  [{ 'b.a': 1 }, { sparse: true }],
  [{ b: 1, a: -1 }, { partialFilterExpression: { b: { $exists: true } } }],
  [{ a: -1, _id: -1 }, { partialFilterExpression: { a: { $gte: 2 } } }],
  [{ 'a.c': 1 }, { partialFilterExpression: { d: 1 } }],
]

let dataDir: string
let store: EmbeddedStore
let own: mongoose.mongo.MongoClient

before(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'differential-'))
  store = await startEmbeddedStore({ dataDir })
  own = await mongoose.mongo.MongoClient.connect(store.uri)
})
after(async () => {
  await own.close()
  await store.close()
  await rm(dataDir, { recursive: true, force: true })
})

/** What an operation gave: its documents as bytes, or the code of its error. */
async function outcome(run: () => Promise<unknown>): Promise<{ bytes: string[]; shown: string } | { code: unknown }> {
  try {
    const result = await run()
    const docs = (Array.isArray(result) ? result : [result]) as Plain[]
    return {
      bytes: docs.map((doc) => Buffer.from(serialize({ v: doc })).toString('hex')),
      shown: EJSON.stringify(docs, { relaxed: false }),
    }
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoServerError)) throw error
    return { code: error.code }
  }
}

/** Runs the same on two collections and compares byte by byte; unordered results as sets. */
async function same(
  what: unknown,
  left: () => Promise<unknown>,
  right: () => Promise<unknown>,
  ordered: boolean,
  seed: number,
) {
  const [a, b] = [await outcome(left), await outcome(right)]
  const note = `seed ${seed}: ${EJSON.stringify(what, { relaxed: false })}\n${JSON.stringify(a).slice(0, 3000)}\n${JSON.stringify(b).slice(0, 3000)}`
  if ('code' in a || 'code' in b) {
    assert.deepEqual(a, b, note)
    return
  }
  if (!ordered) for (const side of [a, b]) side.bytes.sort()
  assert.deepEqual(a.bytes, b.bytes, note)
}

async function fill(collections: Collection[], name: string, chance: Chance): Promise<void> {
  const docs = Array.from({ length: DOCUMENTS }, (_, index) => ({ _id: index, ...document(chance) }))
  for (const collection of collections) {
    await collection.drop().catch(() => {})
    if (name === 'other') await collection.insertMany(docs.slice(0, 20) as never[])
    else await collection.insertMany(docs as never[])
  }
}

/** Compound indexes over two arrays refuse such documents (171); those stay without that index. */
async function makeIndexes(collection: Collection): Promise<void> {
  for (const [key, options] of INDEXES) {
    await collection.createIndex(key, options ?? {}).catch((error: { code?: number }) => assert.equal(error.code, 171))
  }
}

async function questions(left: Collection, right: Collection, chance: Chance, seed: number): Promise<void> {
  for (let count = 0; count < QUESTIONS; count++) {
    const query = filter(chance)
    const order = sort(chance)
    const limit = chance.one(0, 0, 1, 5)
    const find = { ...EXACT, sort: order as Record<string, 1 | -1>, limit, skip: chance.one(0, 0, 2) }
    const seen = chance.maybe(0.4) ? { projection: projection(chance) } : {}
    const options: mongoose.mongo.FindOptions = { ...find, ...seen }
    await same(
      ['find', query, options],
      () => left.find(query, options).toArray(),
      () => right.find(query, options).toArray(),
      true,
      seed,
    )
    await same(
      ['count', query],
      async () => ({ n: await left.countDocuments(query) }),
      async () => ({ n: await right.countDocuments(query) }),
      true,
      seed,
    )
    const stages = pipeline(chance)
    await same(
      ['aggregate', stages],
      () => left.aggregate(stages, EXACT).toArray(),
      () => right.aggregate(stages, EXACT).toArray(),
      false,
      seed,
    )
  }
}

async function changes(left: Collection, right: Collection, chance: Chance, seed: number): Promise<void> {
  for (let count = 0; count < QUESTIONS; count++) {
    const change = update(chance)
    const target = { _id: chance.below(DOCUMENTS + 3) }
    const upsert = chance.maybe(0.1)
    await same(
      ['findOneAndUpdate', target, change],
      () => left.findOneAndUpdate(target as never, change, { ...EXACT, upsert, returnDocument: 'after' }),
      () => right.findOneAndUpdate(target as never, change, { ...EXACT, upsert, returnDocument: 'after' }),
      true,
      seed,
    )
  }
  await same(
    ['all'],
    () => left.find({}, { ...EXACT, sort: { _id: 1 } }).toArray(),
    () => right.find({}, { ...EXACT, sort: { _id: 1 } }).toArray(),
    true,
    seed,
  )
}

describe('through indexes and by reading all documents the store gives the same answers', () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + ROUNDS; seed++) {
    test(`seed ${seed}`, async () => {
      const chance = new Chance(seed)
      const db = own.db('differential')
      const [indexed, plain, other] = ['indexed', 'plain', 'other'].map((name) => db.collection<Plain>(name)) as [
        Collection,
        Collection,
        Collection,
      ]
      await fill([other], 'other', chance)
      await fill([indexed, plain], 'main', chance)
      await makeIndexes(indexed)
      await questions(indexed, plain, chance, seed)
      for (const name of ['c_1_d_-1', 'b_1_c_1', 'd_-1_b_1', 'c.b_-1_c.a_1', 'b_1_a_-1'])
        await indexed.dropIndex(name).catch(() => {})
      await changes(indexed, plain, chance, seed)
      await questions(indexed, plain, chance, seed)
    })
  }
})

const uri = process.env.MONGODB_URI
const reason = uri ? false : 'MONGODB_URI names no MongoDB to compare with'

describe('this store and MongoDB give the same answers, byte by byte', { skip: reason }, () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + ROUNDS; seed++) {
    test(`seed ${seed}`, { skip: reason }, async () => {
      const theirs = await mongoose.mongo.MongoClient.connect(uri!)
      try {
        const chance = new Chance(seed)
        const ours = own.db('differential')
        const db = theirs.db(`tahririyeh_differential_${process.pid}`)
        const pairOf = (name: string) => [ours.collection<Plain>(name), db.collection<Plain>(name)] as const
        await fill([...pairOf('other')], 'other', chance)
        await fill([...pairOf('main')], 'main', chance)
        const [left, right] = pairOf('main')
        await questions(left, right, chance, seed)
        await changes(left, right, chance, seed)
        await questions(left, right, chance, seed)
        await db.dropDatabase()
      } finally {
        await theirs.close()
      }
    })
  }
})
