/** The pool of reader threads: started when the first long read comes, asked in the order of their load. */
import { Worker } from 'node:worker_threads'
import type { Answer, Question } from './reader.ts'

/** How many readers there may be. */
const MOST_READERS = 2
/** Megabytes of memory after which a read is ended rather than the whole newsroom. */
const MOST_MEMORY = 1024

/** Milliseconds that a read may go on past its deadline. */
const PATIENCE = 3_000

interface Reader {
  worker: Worker
  waiting: Map<number, (reply: Buffer | undefined) => void>
}

/** The readers of one store. */
export class Readers {
  private readonly file: string
  private readonly readers: (Reader | undefined)[] = new Array(MOST_READERS).fill(undefined)
  private questions = 0
  private closing = false

  constructor(file: string) {
    this.file = file
  }

  /**
   * Runs a read in the least busy reader, or in that of a number (1 to 2); `undefined` where the reader died over it.
   * A read that does not stop by itself at its deadline is stopped with its reader.
   */
  ask(message: Buffer, deadline: number, number?: number): Promise<Buffer | undefined> {
    const place = number === undefined ? this.leastBusy() : number - 1
    if (place >= MOST_READERS) return Promise.resolve(undefined)
    const reader = this.readers[place] ?? this.start(place)
    const id = ++this.questions
    const copy = new Uint8Array(message)
    return new Promise((resolve) => {
      const patience = deadline - performance.now() + PATIENCE
      const overdue = Number.isFinite(patience) ? setTimeout(() => void reader.worker.terminate(), patience) : undefined
      reader.waiting.set(id, (reply) => {
        clearTimeout(overdue)
        resolve(reply)
      })
      reader.worker.postMessage({ id, message: copy } satisfies Question, [copy.buffer])
    })
  }

  private leastBusy(): number {
    let best = 0
    for (let place = 0; place < MOST_READERS; place++) {
      const load = this.readers[place]?.waiting.size
      if (load === 0) return place
      const known = this.readers[best]?.waiting.size
      if (known === undefined || known === 0) continue
      if ((load ?? 0.5) < known) best = place
    }
    return best
  }

  private start(place: number): Reader {
    const worker = new Worker(new URL('./reader.ts', import.meta.url), {
      workerData: { file: this.file, thread: place + 1 },
      name: `embedded-store-reader-${place + 1}`,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY },
    })
    const reader: Reader = { worker, waiting: new Map() }
    worker.on('message', ({ id, reply }: Answer) => {
      const resolve = reader.waiting.get(id)
      reader.waiting.delete(id)
      resolve?.(Buffer.from(reply.buffer, reply.byteOffset, reply.byteLength))
    })
    worker.on('error', (error) => {
      process.stderr.write(`embedded store: a reader died: ${(error as Error).message}\n`)
    })
    worker.on('exit', () => {
      if (this.readers[place] === reader) this.readers[place] = undefined
      for (const resolve of reader.waiting.values()) resolve(undefined)
    })
    if (!this.closing) this.readers[place] = reader
    return reader
  }

  /** Ends the readers, whatever they are at. */
  async close(): Promise<void> {
    this.closing = true
    await Promise.all(this.readers.map((reader) => reader?.worker.terminate()))
  }
}
