import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import mongoose from 'mongoose'
import { startEmbeddedStore } from '../server/embedded-store/index.ts'
import type { Bench } from './index.ts'
import { showTable } from './table.ts'

const ARTICLES = 100_000
const TAGS = 200
const LONG = 3_000
const CALLERS = 16
const DATABASE = 'store_bench'

const articleSchema = new mongoose.Schema({
  code: Number,
  title: String,
  body: String,
  tags: [String],
  at: Date,
  n: Number,
})
articleSchema.index({ code: 1 }, { unique: true })
articleSchema.index({ tags: 1, at: -1 })
const commentSchema = new mongoose.Schema({ article: Number, state: String, body: String, at: Date })
commentSchema.index({ article: 1, state: 1, at: -1 })
commentSchema.index({ state: 1, at: 1 })

type Database = Awaited<ReturnType<typeof connect>>
type Question = (database: Database, turn: number) => Promise<unknown>

const BODY = 'مجلس شورای اسلامی در نشست علنی امروز خود گزارش کمیسیون را بررسی کرد و به آن رأی داد. '
  .repeat(40)
  .slice(0, LONG)

function articleOf(code: number): object {
  const tags = [`برچسب ${code % TAGS}`, `برچسب ${(code * 7) % TAGS}`, 'خبر']
  return { code, title: `خبر شمارهٔ ${code}`, body: BODY, tags, at: new Date(1.4e12 + code * 60_000), n: 0 }
}

function commentOf(number: number, articles: number): object {
  const state = number % 10 === 0 ? 'waiting' : number % 7 === 0 ? 'refused' : 'published'
  const body = `نظر شمارهٔ ${number}: با سپاس از خبر خوب شما، امیدوارم که پیگیری شود.`
  return { article: number % articles, state, body, at: new Date(1.5e12 + number * 1_000) }
}

/** A code that looks drawn at random but is the same in every run. */
function spread(turn: number, articles: number): number {
  return (turn * 7_919 + 13) % articles
}

async function connect(uri: string) {
  const connection = await mongoose
    .createConnection(uri, { dbName: DATABASE, maxPoolSize: 32, autoCreate: false, autoIndex: false })
    .asPromise()
  return {
    connection,
    Article: connection.model('Article', articleSchema),
    Comment: connection.model('Comment', commentSchema),
  }
}

async function fill({ Article, Comment }: Database, articles: number): Promise<number> {
  const begun = performance.now()
  await Article.createIndexes()
  await Comment.createIndexes()
  for (let from = 0; from < articles; from += 500) {
    const count = Math.min(500, articles - from)
    await Article.collection.insertMany(Array.from({ length: count }, (_, i) => articleOf(from + i)))
    await Comment.collection.insertMany(Array.from({ length: count * 2 }, (_, i) => commentOf(from * 2 + i, articles)))
  }
  return (performance.now() - begun) / 1000
}

interface Measured {
  p50: number
  p99: number
  perSecond: number
}

async function measure(callers: number, rounds: number, ask: (turn: number) => Promise<unknown>): Promise<Measured> {
  const times: number[] = []
  let turn = 0
  const begun = performance.now()
  const caller = async () => {
    while (turn < rounds) {
      const mine = turn++
      const start = performance.now()
      await ask(mine)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  const seconds = (performance.now() - begun) / 1000
  times.sort((a, b) => a - b)
  return { p50: times[times.length >> 1]!, p99: times[Math.floor(times.length * 0.99)]!, perSecond: rounds / seconds }
}

function questions(articles: number): [string, Question, number][] {
  let next = articles
  return [
    ['findOne by code', ({ Article }, turn) => Article.findOne({ code: spread(turn, articles) }).lean(), 3_000],
    [
      'latest 20 of a tag',
      ({ Article }, turn) =>
        Article.find({ tags: `برچسب ${turn % TAGS}` }, { title: 1, code: 1, at: 1 })
          .sort({ at: -1 })
          .limit(20)
          .lean(),
      1_000,
    ],
    [
      'comments of an article',
      ({ Comment }, turn) =>
        Comment.find({ article: spread(turn, articles), state: 'published' })
          .sort({ at: -1 })
          .lean(),
      1_500,
    ],
    [
      'count of published comments',
      ({ Comment }, turn) => Comment.countDocuments({ article: spread(turn, articles), state: 'published' }),
      1_500,
    ],
    [
      'updateOne by code ($inc)',
      ({ Article }, turn) => Article.updateOne({ code: spread(turn, articles) }, { $inc: { n: 1 } }),
      1_000,
    ],
    ['durable insert', ({ Article }) => Article.collection.insertOne(articleOf(next++)), 1_500],
  ]
}

/** What SQLite alone takes for the same read and the same durable write. */
function raw(directory: string, articles: number): string[][] {
  const database = new DatabaseSync(path.join(directory, 'raw.sqlite'))
  database.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  database.exec('CREATE TABLE t (k INTEGER PRIMARY KEY, doc BLOB)')
  const insert = database.prepare('INSERT INTO t (doc) VALUES (?)')
  const doc = Buffer.alloc(6_000, 1)
  database.exec('BEGIN')
  for (let i = 0; i < Math.min(articles, 20_000); i++) insert.run(doc)
  database.exec('COMMIT')
  const read = database.prepare('SELECT doc FROM t WHERE k = ?')
  const time = (rounds: number, work: (turn: number) => void): number => {
    const begun = performance.now()
    for (let turn = 0; turn < rounds; turn++) work(turn)
    return (performance.now() - begun) / rounds
  }
  const reading = time(5_000, (turn) => read.get(1 + spread(turn, Math.min(articles, 20_000))))
  const writing = time(300, () => insert.run(doc))
  database.close()
  return [
    ['raw node:sqlite, blob by key', ms(reading), '', Math.round(1000 / reading).toString(), ''],
    ['raw node:sqlite, durable insert', ms(writing), '', Math.round(1000 / writing).toString(), ''],
  ]
}

function ms(value: number): string {
  return value.toFixed(value < 0.1 ? 3 : 2)
}

async function rowsFor(database: Database, articles: number): Promise<string[][]> {
  const rows: string[][] = []
  for (const [name, ask, rounds] of questions(articles)) {
    await measure(1, Math.min(300, rounds), (turn) => ask(database, turn))
    const alone = await measure(1, rounds, (turn) => ask(database, turn))
    const many = await measure(CALLERS, rounds * 2, (turn) => ask(database, turn))
    const perSecond = [alone, many].map((one) => Math.round(one.perSecond).toString())
    rows.push([name, ms(alone.p50), ms(alone.p99), perSecond[0]!, ms(many.p50), ms(many.p99), perSecond[1]!])
  }
  return rows
}

/** How long a findOne takes at worst while an aggregation over every article runs. */
async function besideAggregation({ Article }: Database, articles: number): Promise<string> {
  await Article.aggregate([{ $match: { code: { $lt: 10 } } }])
  let running = true
  const begun = performance.now()
  const aggregation = Article.aggregate([
    { $group: { _id: { $dayOfWeek: '$at' }, n: { $sum: 1 }, most: { $max: '$title' } } },
  ])
    .exec()
    .finally(() => {
      running = false
    })
  const times: number[] = []
  for (let turn = 0; running; turn++) {
    const start = performance.now()
    await Article.findOne({ code: spread(turn, articles) }).lean()
    times.push(performance.now() - start)
  }
  await aggregation
  const took = performance.now() - begun
  times.sort((a, b) => a - b)
  return `aggregation over ${articles} articles: ${(took / 1000).toFixed(1)} s; findOne by code meanwhile: p50 ${ms(times[times.length >> 1] ?? 0)} ms, worst ${ms(times.at(-1) ?? 0)} ms`
}

/** Start and private memory of the store in a process of its own. */
async function alone(dataDir: string): Promise<string> {
  const program = `
    const { startEmbeddedStore } = await import(process.argv[1])
    const begun = performance.now()
    const store = await startEmbeddedStore({ dataDir: process.argv[2] })
    process.stdout.write(JSON.stringify({ took: performance.now() - begun, uri: store.uri }) + '\\n')
    process.stdin.on('end', () => store.close()).resume()`
  const door = path.join(import.meta.dirname, '../server/embedded-store/index.ts')
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, door, dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const line = await new Promise<string>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk))))
  const { took, uri } = JSON.parse(line) as { took: number; uri: string }
  const database = await connect(uri)
  await measure(CALLERS, 2_000, (turn) => database.Article.findOne({ code: turn }).lean())
  const memory = privateMemory(child.pid!)
  await database.connection.close()
  child.stdin.end()
  await new Promise((resolve) => child.once('exit', resolve))
  return `start: ${Math.round(took)} ms; private memory after 2,000 reads: ${memory}`
}

function privateMemory(pid: number): string {
  try {
    const lines = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8').matchAll(/^Private_\w+:\s+(\d+) kB/gm)
    return `${Math.round([...lines].reduce((sum, [, kilobytes]) => sum + Number(kilobytes), 0) / 1024)} MB`
  } catch {
    return 'not known on this system'
  }
}

const HEAD = [
  'operation',
  'p50 ms',
  'p99 ms',
  '1 caller/s',
  `p50 ms (${CALLERS})`,
  `p99 ms (${CALLERS})`,
  `${CALLERS} callers/s`,
]

async function run(args: string[]): Promise<void> {
  const articles = Number(args[0] ?? ARTICLES)
  if (!Number.isSafeInteger(articles) || articles < 100)
    throw new Error('usage: npm run bench -- store [articles, at least 100]')
  const directory = mkdtempSync(path.join(tmpdir(), 'store-bench-'))
  try {
    const store = await startEmbeddedStore({ dataDir: directory })
    const database = await connect(store.uri)
    const filled = await fill(database, articles)
    process.stdout.write(`${articles} articles of 6 KB, ${articles * 2} comments; filled in ${filled.toFixed(1)} s\n`)
    showTable(HEAD, [...(await rowsFor(database, articles)), ...raw(directory, articles)])
    process.stdout.write(`${await besideAggregation(database, articles)}\n`)
    await database.connection.close()
    await store.close()
    process.stdout.write(`${await alone(directory)}\n`)
    await besideMongo(articles)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function besideMongo(articles: number): Promise<void> {
  const uri = process.env.MONGODB_URI
  if (!uri) {
    process.stdout.write('MongoDB: not measured, MONGODB_URI is not set\n')
    return
  }
  const database = await connect(uri)
  await database.connection.dropDatabase()
  await fill(database, articles)
  process.stdout.write('MongoDB of MONGODB_URI:\n')
  showTable(HEAD, await rowsFor(database, articles))
  await database.connection.dropDatabase()
  await database.connection.close()
}

export const bench: Bench = {
  name: 'store',
  summary:
    'the embedded store through mongoose, beside SQLite alone and MongoDB; an argument sets the number of articles',
  run,
}
