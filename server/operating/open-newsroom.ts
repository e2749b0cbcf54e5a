import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import '../../models/all.ts'
import { buildIndexes, closeStore, openStore } from '../../models/connection.ts'
import { readSettings } from '../settings.ts'

const DATABASE = 'newsroom'

/** Does a reading piece of work on the newsroom as it stood at one moment: on a hot copy of the embedded store, or on MongoDB as it is. */
export async function withSnapshot<T>(env: NodeJS.ProcessEnv, work: () => Promise<T>): Promise<T> {
  const settings = readSettings(env)
  const { copyEmbeddedStore, storeExists } = await import('../embedded-store/index.ts')
  if (settings.MONGODB_URI !== '' || !storeExists(settings.DATA_DIR)) return await withNewsroom(env, work)
  const copy = await mkdtemp(path.join(settings.DATA_DIR, 'snapshot-'))
  try {
    await copyEmbeddedStore(settings.DATA_DIR, copy)
    return await withNewsroom({ ...env, DATA_DIR: copy }, work)
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

/** Does a piece of work with the newsroom's store open: MongoDB, the embedded store of a running newsroom, or its own for as long as the work lasts. */
export async function withNewsroom<T>(env: NodeJS.ProcessEnv, work: () => Promise<T>): Promise<T> {
  const settings = readSettings(env)
  if (settings.MONGODB_URI !== '') {
    await openStore(settings.MONGODB_URI)
    try {
      await buildIndexes()
      return await work()
    } finally {
      await closeStore()
    }
  }
  const { joinEmbeddedStore } = await import('../embedded-store/index.ts')
  const store = await joinEmbeddedStore({ dataDir: settings.DATA_DIR })
  try {
    await openStore(store.uri, { database: DATABASE })
    await buildIndexes()
    return await work()
  } finally {
    await closeStore()
    await store.close()
  }
}
