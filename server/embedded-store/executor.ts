import { AGGREGATE_COMMANDS } from './commands/aggregate.ts'
import { CATALOG_COMMANDS } from './commands/catalog.ts'
import { COMMON_FIELDS, type StoreCommand } from './commands/command.ts'
import { SERVER_COMMANDS } from './commands/hello.ts'
import { READ_COMMANDS } from './commands/read.ts'
import { expire, WRITE_COMMANDS } from './commands/write.ts'
import { Cursors } from './cursors.ts'
import { fail, StoreError } from './errors.ts'
import type { Storage } from './storage.ts'
import { type Doc, int32, type Value } from './values.ts'
import { type Request, writeReply } from './wire.ts'

const COMMANDS = new Map<string, StoreCommand>(
  Object.entries({
    ...SERVER_COMMANDS,
    ...CATALOG_COMMANDS,
    ...READ_COMMANDS,
    ...WRITE_COMMANDS,
    ...AGGREGATE_COMMANDS,
  }),
)
const EXPIRE_AT_ONCE = 500

/** One request with the way back to its client. */
export interface Job {
  request: Request
  answer: (bytes: Buffer) => void
}

function errorReply(error: unknown): Doc {
  const known = error instanceof StoreError ? error : storageError(error)
  const reply: Doc = new Map<string, Value>([
    ['ok', 0],
    ['errmsg', known.message],
    ['code', int32(known.code)],
    ['codeName', known.codeName],
  ])
  for (const [name, value] of known.extra ?? []) reply.set(name, value)
  return reply
}

/** What SQLite or the machine refused, as MongoDB would name it. */
function storageError(error: unknown): StoreError {
  const message = error instanceof Error ? error.message : String(error)
  if (/disk is full|disk I\/O error|ENOSPC/i.test(message))
    return new StoreError(14031, `the disk is full or cannot be written: ${message}`)
  return new StoreError(1, `internal error: ${message}`)
}

/** Runs commands: those that arrive in one turn share one commit and are answered after it. */
export class Executor {
  readonly #storage: Storage
  readonly #cursors = new Cursors()
  #waiting: Job[] = []
  #planned = false

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Takes a job; it runs with the others of this turn. */
  submit(job: Job): void {
    this.#waiting.push(job)
    if (this.#planned) return
    this.#planned = true
    setImmediate(() => this.#turn())
  }

  #turn(): void {
    const jobs = this.#waiting
    this.#waiting = []
    this.#planned = false
    const answers: Buffer[] = []
    let open = false
    let failure: unknown
    for (const { request } of jobs) {
      let reply: Doc | Buffer
      try {
        if (failure !== undefined) throw failure
        const { command, body, db } = this.#commandOf(request)
        if (command.writes && !open) {
          this.#storage.begin()
          open = true
        }
        reply = command.run(body, { storage: this.#storage, cursors: this.#cursors, request, db, now: new Date() })
      } catch (error) {
        if (!(error instanceof StoreError) && open) failure = error
        reply = errorReply(error)
      }
      answers.push(writeReply(request, reply))
    }
    if (open) {
      try {
        if (failure !== undefined) throw failure
        this.#storage.commit()
      } catch (error) {
        this.#storage.rollback()
        jobs.forEach(({ request }, i) => {
          answers[i] = writeReply(request, errorReply(error))
        })
      }
    }
    jobs.forEach(({ request, answer }, i) => {
      if (request.answered) answer(answers[i]!)
    })
  }

  #commandOf({ body }: Request): { command: StoreCommand; body: Doc; db: string } {
    const [name = ''] = body.keys()
    const command = COMMANDS.get(name)
    if (!command) return fail('CommandNotFound', `no such command: '${name}'`)
    const db = body.get('$db')
    if (typeof db !== 'string') return fail(40571, 'OP_MSG requests require a $db argument')
    if (body.has('startTransaction') || body.has('autocommit')) {
      fail('IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos')
    }
    for (const field of body.keys()) {
      if (field !== name && !COMMON_FIELDS.has(field) && !command.fields.includes(field)) {
        if (field === 'txnNumber') continue
        fail(40415, `BSON field '${name}.${field}' is an unknown field.`)
      }
    }
    return { command, body, db }
  }

  /** Removes what TTL indexes say is over, a little at a time; gives whether more is left. */
  expire(): boolean {
    this.#cursors.sweep()
    const now = new Date()
    let more = false
    for (const collection of this.#storage.all()) {
      for (const index of collection.indexes) {
        if (index.expireAfterSeconds === undefined || index.fields.length !== 1) continue
        this.#storage.begin()
        try {
          const before = new Date(now.getTime() - index.expireAfterSeconds * 1000)
          if (expire(collection, index.fields[0]!, before, EXPIRE_AT_ONCE, now) === EXPIRE_AT_ONCE) more = true
          this.#storage.commit()
        } catch {
          this.#storage.rollback()
        }
      }
    }
    return more
  }
}
