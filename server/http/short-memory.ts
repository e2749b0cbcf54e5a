import { LRUCache } from 'lru-cache'

/** Remembers the outcome of a question for some milliseconds, so that what need not be exact is not asked for every page; `worth` says whether an outcome is remembered at all. */
export function shortMemory<T>(
  milliseconds: number,
  ask: (now: Date) => Promise<T>,
  worth: (outcome: T) => boolean = () => true,
): (now: Date) => Promise<T> {
  let kept: { at: number; outcome: Promise<T> } | null = null
  return async (now) => {
    if (kept && Math.abs(now.getTime() - kept.at) < milliseconds) return await kept.outcome
    const entry = { at: now.getTime(), outcome: ask(now) }
    kept = entry
    try {
      const outcome = await entry.outcome
      if (!worth(outcome) && kept === entry) kept = null
      return outcome
    } catch (error) {
      if (kept === entry) kept = null
      throw error
    }
  }
}

/** `shortMemory` for many questions told apart by a key; the least asked are forgotten first. */
export function shortMemories<Subject, T extends object>(
  milliseconds: number,
  keyOf: (subject: Subject) => string,
  ask: (subject: Subject) => Promise<T>,
): (subject: Subject) => Promise<T> {
  const kept = new LRUCache<string, Promise<T>>({ max: 5_000, ttl: milliseconds })
  return async (subject) => {
    const key = keyOf(subject)
    const known = kept.get(key)
    if (known) return await known
    const asked = ask(subject)
    kept.set(key, asked)
    try {
      return await asked
    } catch (error) {
      kept.delete(key)
      throw error
    }
  }
}
