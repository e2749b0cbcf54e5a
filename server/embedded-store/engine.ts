/** Takes requests and answers them: reads at once, writes in turns; all that is written in one turn shares a commit and is answered after it. */
import { checkCommon } from './commands/arguments.ts'
import type { CommandContext, Connection, Steps } from './commands/command.ts'
import { commandNamed } from './commands/index.ts'
import { Cursors } from './cursors.ts'
import { codeNameOf, fail, StoreError } from './errors.ts'
import type { Effort } from './scan.ts'
import type { Storage } from './storage.ts'
import { type Doc, docOf, int32, isNumeric, toNumber } from './values.ts'
import type { Request } from './wire.ts'

/** How long one step of a write goes on before others have their turn, in milliseconds. */
const STEP_FOR = 8

/** An answer as a document or as BSON. */
export type Reply = Doc | Buffer

interface Job {
  steps: Steps
  context: CommandContext
  answer: (reply: Reply) => void
  deadline: number
  written: boolean
}

/** The moment after which a request gives up, by its `maxTimeMS`. */
export function deadlineOf(body: Doc): number {
  const most = body.get('maxTimeMS')
  const limit = isNumeric(most) ? toNumber(most) : 0
  return limit > 0 ? performance.now() + limit : Number.POSITIVE_INFINITY
}

/** A hook for scans that gives up past the deadline and calls `others` now and then. */
export function watch(deadline: number, others: () => void = () => {}): () => void {
  let ticks = 0
  return () => {
    if ((++ticks & 15) !== 0) return
    if (performance.now() > deadline) fail(50, 'operation exceeded time limit')
    others()
  }
}

/** An error as its reply. */
export function errorReply(error: unknown): Doc {
  const known = error instanceof StoreError ? error : fromSqlite(error)
  const reply = docOf(['ok', 0], ['errmsg', known.message], ['code', int32(known.code)], ['codeName', known.codeName])
  if (known.code === 50) reply.set('codeName', 'MaxTimeMSExpired')
  for (const [name, value] of known.extra ?? []) reply.set(name, value)
  return reply
}

const SQLITE_IOERR = 10
const SQLITE_CORRUPT = 11
const SQLITE_FULL = 13

/** What SQLite's errors mean to a client; a full disk is OutOfDiskSpace (14031). */
function fromSqlite(error: unknown): StoreError {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0
  if (code === SQLITE_FULL)
    return new StoreError(14031, 'the disk of the embedded store is full: nothing of this was written')
  if (code === SQLITE_IOERR)
    return new StoreError(14031, `the disk of the embedded store does not take this write: ${message}`)
  if (code === SQLITE_CORRUPT) return new StoreError(8, `the file of the embedded store is damaged: ${message}`)
  if (/no such table/.test(message)) return new StoreError(175, 'collection or index dropped while it was in use')
  return new StoreError(1, `${codeNameOf(1)}: ${message}`)
}

/** The store behind the wire. */
export class Engine {
  readonly storage: Storage
  private readonly cursors = new Cursors(0)
  private readonly effort: Effort = { keys: 0, docs: 0, tick: () => {} }
  private jobs: Job[] = []
  private waiting = false
  private stepEnds = 0
  private unfinished = false
  private idle: (() => void)[] = []

  constructor(storage: Storage) {
    this.storage = storage
  }

  /** Answers a request, now or after the commit of its turn. */
  handle(request: Request, connection: Connection, answer: (reply: Reply) => void): void {
    try {
      const { body } = request
      const [name] = body.keys()
      const command = commandNamed(name ?? '')
      checkCommon(body)
      const db = body.get('$db')
      if (typeof db !== 'string' || db === '') return fail(40571, 'OP_MSG requests require a $db argument')
      const context = this.contextFor(db, connection)
      const deadline = deadlineOf(body)
      if (command.kind === 'write') {
        const steps = command.run(request, { ...context, rest: () => performance.now() > this.stepEnds })
        this.enqueue({ steps, context, answer, deadline, written: false })
        return
      }
      this.effort.tick = watch(deadline)
      answer(command.run(request, context))
    } catch (error) {
      answer(errorReply(error))
    }
  }

  private contextFor(db: string, connection: Connection): CommandContext {
    const { storage, effort, cursors } = this
    return { storage, effort, cursors, now: new Date(), rest: () => false, db, connection }
  }

  private enqueue(job: Job): void {
    this.jobs.push(job)
    if (this.waiting) return
    this.waiting = true
    setImmediate(() => this.turn())
  }

  /** Runs steps of the store's own upkeep as a write; resolves after their commit, rejects with their error. */
  upkeep(run: (context: CommandContext) => Steps): Promise<Doc> {
    return new Promise((resolve, reject) => {
      const context = { ...this.contextFor('admin', { id: 0 }), rest: () => performance.now() > this.stepEnds }
      const answer = (reply: Reply) => {
        const doc = reply as Doc
        if (doc.get('ok') === 1) resolve(doc)
        else reject(new Error(String(doc.get('errmsg'))))
      }
      this.enqueue({ steps: run(context), context, answer, deadline: Number.POSITIVE_INFINITY, written: false })
    })
  }

  /** One turn: a step of each waiting write, one commit, then the answers. */
  private turn(): void {
    this.waiting = false
    const jobs = this.jobs
    this.jobs = []
    const answers: (() => void)[] = []
    const again: Job[] = []
    try {
      this.storage.begin()
      for (const job of jobs) this.step(job, answers, again)
      this.storage.commit()
    } catch (error) {
      this.storage.rollback()
      this.unfinished = true
      for (const job of jobs) job.answer(errorReply(error))
      this.rest()
      return
    }
    for (const answer of answers) answer()
    for (const job of again) this.enqueue(job)
    if (this.unfinished && this.jobs.length === 0) this.tidy()
    this.rest()
  }

  private step(job: Job, answers: (() => void)[], again: Job[]): void {
    const { storage } = this
    storage.statement('SAVEPOINT step').run()
    try {
      this.stepEnds = performance.now() + STEP_FOR
      this.effort.tick = watch(job.deadline)
      const { value, done } = job.steps.next()
      storage.statement('RELEASE step').run()
      if (done) answers.push(() => job.answer(value))
      else again.push(job)
    } catch (error) {
      if (!storage.database.isTransaction) throw error
      if (error instanceof StoreError) storage.statement('RELEASE step').run()
      else {
        storage.database.exec('ROLLBACK TO step; RELEASE step')
        storage.reload()
        process.stderr.write(`embedded store: ${error instanceof Error ? error.stack : error}\n`)
      }
      answers.push(() => job.answer(errorReply(error)))
    }
  }

  /** Drops what a failed turn left of an index that was being built. */
  private tidy(): void {
    try {
      this.storage.dropUnfinished()
      this.unfinished = false
    } catch {
      // The disk is still full: tried again after the next turn.
    }
  }

  private rest(): void {
    if (this.jobs.length > 0) return
    for (const resolve of this.idle.splice(0)) resolve()
  }

  /** Forgets cursors that nobody uses. */
  sweep(): void {
    this.cursors.sweep(Date.now())
  }

  /** Resolves when no write is waiting. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      if (this.jobs.length === 0) resolve()
      else this.idle.push(resolve)
    })
  }
}
