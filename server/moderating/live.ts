import type { Request, Response } from 'express'
import type { CommentChange } from '../../models/queue.ts'
import { changesSince } from '../../models/queue.ts'
import type { House } from '../house.ts'

const EVERY_MS = 500
const OVERLAP_MS = 3_000
const MOST = 500
const KEEP_ALIVE_MS = 20_000

/** Watches the store for changes of comments while anybody listens, and tells all listeners of this process. */
class Watch {
  readonly #house: House
  readonly #listeners = new Set<(changes: CommentChange[]) => void>()
  #timer: NodeJS.Timeout | undefined
  #since = new Date(0)
  #told = new Map<string, number>()

  constructor(house: House) {
    this.#house = house
  }

  listen(listener: (changes: CommentChange[]) => void): () => void {
    if (this.#listeners.size === 0) {
      this.#since = this.#house.now()
      this.#told.clear()
      this.#plan()
    }
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) clearTimeout(this.#timer)
    }
  }

  #plan(): void {
    this.#timer = setTimeout(() => {
      this.#look()
        .catch((error) => this.#house.log.warn({ err: error }, 'watching comments failed; trying again'))
        .finally(() => {
          if (this.#listeners.size > 0) this.#plan()
        })
    }, EVERY_MS)
  }

  async #look(): Promise<void> {
    // Other processes' clocks may lag a little, so a stretch is looked at twice and what was told is remembered.
    const changes = await changesSince(new Date(this.#since.getTime() - OVERLAP_MS), MOST)
    const fresh = changes.filter(({ id, changedAt }) => (this.#told.get(id) ?? 0) < changedAt.getTime())
    for (const { id, changedAt } of fresh) {
      this.#told.set(id, changedAt.getTime())
      if (changedAt > this.#since) this.#since = changedAt
    }
    if (this.#told.size > 4 * MOST) {
      const oldest = this.#since.getTime() - 2 * OVERLAP_MS
      for (const [id, at] of this.#told) if (at < oldest) this.#told.delete(id)
    }
    if (fresh.length > 0) for (const listener of this.#listeners) listener(fresh)
  }
}

/** Server-sent events of the queue: `arrived` with ids of waiting comments, `decided` with id, state and who. */
export function liveChanges(house: House) {
  const watch = new Watch(house)
  return (req: Request, res: Response): void => {
    res.set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    })
    res.flushHeaders()
    res.write('retry: 2000\n\n')
    const send = (event: string, data: unknown) => res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    const stop = watch.listen((changes) => {
      const arrived = changes.filter(({ state }) => state === 'waiting').map(({ id }) => id)
      const decided = changes.filter(({ state }) => state !== 'waiting').map(({ id, state, by }) => ({ id, state, by }))
      if (arrived.length > 0) send('arrived', arrived)
      if (decided.length > 0) send('decided', decided)
    })
    const alive = setInterval(() => res.write(': \n\n'), KEEP_ALIVE_MS)
    req.on('close', () => {
      clearInterval(alive)
      stop()
    })
  }
}
