import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import mongoose from 'mongoose'
import {
  type EmbeddedStore,
  type EmbeddedStoreOptions,
  startEmbeddedStore,
} from '../../../server/embedded-store/index.ts'

/** A store that runs for a test, with a connection to it. */
export interface Running {
  dataDir: string
  store: EmbeddedStore
  db: mongoose.mongo.Db
  close(): Promise<void>
}

/** A connection to a store, apart from mongoose's shared one. */
export async function connected(uri: string): Promise<mongoose.Connection> {
  return await mongoose.createConnection(uri, { serverSelectionTimeoutMS: 5_000 }).asPromise()
}

/** Starts a store in a directory of its own. */
export async function run(options: Omit<EmbeddedStoreOptions, 'dataDir'> = {}): Promise<Running> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'store-test-'))
  const store = await startEmbeddedStore({ dataDir, ...options })
  const connection = await connected(store.uri)
  return {
    dataDir,
    store,
    db: connection.db!,
    close: async () => {
      await connection.close()
      await store.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Asks again until the answer holds; fails after ten seconds. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 200; turn++) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('what was waited for did not come within ten seconds')
}
