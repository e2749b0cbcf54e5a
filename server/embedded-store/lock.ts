/** One process owns a data directory: a lock that the system takes back by itself when the process dies, and a note of who holds it. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Who owns a data directory and where it can be reached. */
export interface Owner {
  pid: number
  host: string
  since: string
  uri: string
}

/** The data directory is in use by another process; `owner` says by which, where it is known. */
export class DataDirInUse extends Error {
  override name = 'DataDirInUse'
  readonly owner: Owner | undefined

  constructor(directory: string, owner: Owner | undefined) {
    const who = owner ? `process ${owner.pid} on ${owner.host} since ${owner.since}` : 'another process'
    super(`the embedded store in ${directory} is in use by ${who}`)
    this.owner = owner
  }
}

/** A lock that is held. */
export interface Lock {
  /** Notes where the owner can be reached; undefined removes what a dead owner noted. */
  tell(uri: string | undefined): void
  release(): void
}

function noteOf(directory: string): string {
  return path.join(directory, 'owner.json')
}

/** The owner that a directory names, if it names one. */
export function ownerOf(directory: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(noteOf(directory), 'utf8')) as Owner
  } catch {
    return undefined
  }
}

/** Takes the lock of a directory; throws DataDirInUse where another holds it. A dead owner holds nothing. */
export function takeLock(directory: string): Lock {
  const database = new DatabaseSync(path.join(directory, 'lock'))
  try {
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (error instanceof Error && /locked|busy/.test(error.message))
      throw new DataDirInUse(directory, ownerOf(directory))
    throw error
  }
  return {
    tell: (uri) => {
      if (uri === undefined) return rmSync(noteOf(directory), { force: true })
      const owner: Owner = { pid: process.pid, host: hostname(), since: new Date().toISOString(), uri }
      writeFileSync(noteOf(directory), `${JSON.stringify(owner)}\n`, { mode: 0o600 })
    },
    release: () => {
      rmSync(noteOf(directory), { force: true })
      database.exec('ROLLBACK')
      database.close()
    },
  }
}
