/** Takes requests and answers them: reads at once, writes in turns; all that is written in one turn shares a commit and is answered after it. */
import { checkCommon } from './commands/arguments.ts'
import type { Command, CommandContext, Connection, Steps } from './commands/command.ts'
import { commandNamed } from './commands/index.ts'
import { checkSignedIn } from './commands/signing-in.ts'
import { Cursors, holderOf } from './cursors.ts'
import { fail, StoreError } from './errors.ts'
import { deadlineOf, errorReply, isFault, watch } from './limits.ts'
import { pauseAll } from './query.ts'
import type { Readers } from './readers.ts'
import type { Effort } from './scan.ts'
import type { Storage } from './storage.ts'
import type { Doc, Value } from './values.ts'
import type { Request } from './wire.ts'

/** How long the writes of one turn go on, taken together, before reads have theirs; in milliseconds, and at least one for each. */
const TURN_FOR = 8
/** How long a read goes on in this thread before a reader takes it over, in milliseconds. */
const READ_FOR = 3

/** An answer as a document or as BSON. */
export type Reply = Doc | Buffer

interface Job {
  steps: Steps
  context: CommandContext
  answer: (reply: Reply) => void
  deadline: number
}

/** Thrown where a read takes longer than the engine's thread has for it. */
const HAND_OFF = new Error('this read goes to a reader')

/** The number of the reader that holds the cursor of a request; 0 for this thread. */
function holderOfRequest(name: string, body: Doc): number {
  const id = name === 'getMore' ? body.get('getMore') : name === 'killCursors' ? firstCursor(body) : undefined
  return typeof id === 'bigint' ? holderOf(id) : 0
}

function firstCursor(body: Doc): Value | undefined {
  const cursors = body.get('cursors')
  return Array.isArray(cursors) ? cursors[0] : undefined
}

/** The store behind the wire. */
export class Engine {
  readonly storage: Storage
  private readonly cursors = new Cursors(0, () => {
    throw HAND_OFF
  })
  private readonly effort: Effort = { keys: 0, docs: 0, tick: () => {}, heavy: () => {} }
  private readonly readers: Readers
  private jobs: Job[] = []
  private waiting = false
  private stepEnds = 0
  private unfinished = false
  private closing = false
  private idle: (() => void)[] = []

  constructor(storage: Storage, readers: Readers) {
    this.storage = storage
    this.readers = readers
  }

  /** Answers a request, now or after the commit of its turn; `message` is the request as it came. */
  handle(request: Request, message: Buffer, connection: Connection, answer: (reply: Reply) => void): void {
    try {
      const { body } = request
      const [name] = body.keys()
      const command = commandNamed(name ?? '')
      if (this.closing) fail('InterruptedAtShutdown', 'the embedded store is closing')
      checkSignedIn(name!, connection)
      checkCommon(body)
      const db = body.get('$db')
      if (typeof db !== 'string' || db === '') return fail(40571, 'OP_MSG requests require a $db argument')
      const context = this.contextFor(db, connection)
      if (command.kind === 'write') {
        const steps = command.run(request, { ...context, rest: () => performance.now() > this.stepEnds })
        this.enqueue({ steps, context, answer, deadline: deadlineOf(body) })
        return
      }
      const holder = holderOfRequest(name!, body)
      if (holder > 0) this.ask(message, deadlineOf(body), answer, holder)
      else this.read(command, request, message, context, answer)
    } catch (error) {
      answer(errorReply(error))
    }
  }

  /** Reads in this thread; what takes long begins again in a reader. */
  private read(
    command: Exclude<Command, { kind: 'write' }>,
    request: Request,
    message: Buffer,
    context: CommandContext,
    answer: (reply: Reply) => void,
  ): void {
    const ends = performance.now() + READ_FOR
    const handOff = () => {
      throw HAND_OFF
    }
    this.effort.tick = watch(deadlineOf(request.body), () => {
      if (performance.now() > ends) handOff()
    })
    this.effort.heavy = handOff
    try {
      answer(command.run(request, context))
    } catch (error) {
      if (error !== HAND_OFF) throw error
      this.ask(message, deadlineOf(request.body), answer)
    } finally {
      pauseAll(context)
    }
  }

  private ask(message: Buffer, deadline: number, answer: (reply: Reply) => void, holder?: number): void {
    this.readers.ask(message, deadline, holder).then((reply) => {
      answer(reply ?? errorReply(new StoreError(11601, 'the reader of the embedded store ended over this operation')))
    })
  }

  private contextFor(db: string, connection: Connection): CommandContext {
    const { storage, effort, cursors } = this
    effort.heavy = () => {}
    return { storage, effort, cursors, now: new Date(), rest: () => false, db, connection, running: new Set() }
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
      this.enqueue({ steps: run(context), context, answer, deadline: Number.POSITIVE_INFINITY })
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
      const share = Math.max(1, TURN_FOR / jobs.length)
      for (const job of jobs) this.step(job, share, answers, again)
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

  private step(job: Job, share: number, answers: (() => void)[], again: Job[]): void {
    const { storage } = this
    storage.statement('SAVEPOINT step').get()
    try {
      this.stepEnds = performance.now() + share
      this.effort.tick = watch(job.deadline)
      this.effort.heavy = () => {}
      const { value, done } = job.steps.next()
      storage.statement('RELEASE step').get()
      if (done) answers.push(() => job.answer(value))
      else again.push(job)
    } catch (error) {
      if (!storage.database.isTransaction) throw error
      if (error instanceof StoreError) storage.statement('RELEASE step').get()
      else {
        storage.database.exec('ROLLBACK TO step; RELEASE step')
        storage.reload()
        if (isFault(error)) process.stderr.write(`embedded store: ${error instanceof Error ? error.stack : error}\n`)
      }
      answers.push(() => job.answer(errorReply(error)))
    } finally {
      pauseAll(job.context)
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

  /** Takes no further requests; resolves when no write is waiting. */
  settled(): Promise<void> {
    this.closing = true
    return new Promise((resolve) => {
      if (this.jobs.length === 0) resolve()
      else this.idle.push(resolve)
    })
  }
}
