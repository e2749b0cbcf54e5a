/**
 * Work that many ask for at once is done once: whoever asks before a run begins shares it, and whoever asks while one is running shares the next.
 * So nobody ever gets an answer that is older than their question, and a thousand questions at once cost two runs.
 */
export class Together<T> {
  readonly #running = new Map<string, Promise<T>>()
  readonly #waiting = new Map<string, Promise<T>>()

  /** The outcome of `work` for this key; the work of all who share a key must be the same. */
  ask(key: string, work: () => Promise<T>): Promise<T> {
    const waiting = this.#waiting.get(key)
    if (waiting) return waiting
    const running = this.#running.get(key)
    if (!running) return this.#run(key, work)
    const next = running
      .then(
        () => {},
        () => {},
      )
      .then(() => {
        this.#waiting.delete(key)
        return this.#run(key, work)
      })
    this.#waiting.set(key, next)
    return next
  }

  #run(key: string, work: () => Promise<T>): Promise<T> {
    const run = work().finally(() => {
      if (this.#running.get(key) === run) this.#running.delete(key)
    })
    this.#running.set(key, run)
    return run
  }
}
