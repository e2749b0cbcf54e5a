/**
 * A process that is killed at any moment: serves the store of a directory (first argument) and writes to it through
 * mongoose; tells on standard output what was acknowledged, one line each: `i <number>` for an insert, `n <value>` for
 * the counter.
 */
import mongoose from 'mongoose'
import { startEmbeddedStore } from '../../../server/embedded-store/index.ts'

const [dataDir, round] = process.argv.slice(2)
const store = await startEmbeddedStore({ dataDir: dataDir! })
const connection = await mongoose.createConnection(store.uri).asPromise()
const notes = connection.collection('notes')
const counters = connection.collection<{ _id: string; n: number }>('counters')
await notes.createIndexes([{ key: { code: 1 }, unique: true }, { key: { tags: 1 } }])
process.stdout.write('ready\n')

const callers = Array.from({ length: 8 }, async (_, caller) => {
  for (let turn = 0; ; turn++) {
    const code = Number(round) * 1_000_000 + caller * 100_000 + turn
    await notes.insertOne({ code, tags: [`t${code % 5}`, `u${code % 3}`], body: 'متن '.repeat(200) })
    process.stdout.write(`i ${code}\n`)
    const counted = await counters.findOneAndUpdate(
      { _id: 'all' },
      { $inc: { n: 1 } },
      { upsert: true, returnDocument: 'after' },
    )
    process.stdout.write(`n ${counted!.n}\n`)
  }
})
await Promise.all(callers)
