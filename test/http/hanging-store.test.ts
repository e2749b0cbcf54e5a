import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { closeStore, openStore, storeAnswers } from '../../models/connection.ts'

const TOOL = path.join(import.meta.dirname, '../../server/operating/newsroom.ts')
const skip = process.platform === 'win32' ? 'processes cannot be halted here' : false

test('a store that takes questions and answers none counts as away at once', { skip, timeout: 30_000 }, async () => {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'hanging-'))
  const store = spawn(process.execPath, [TOOL, 'store'], {
    env: { ...process.env, DATA_DIR: dataDir, MONGODB_URI: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [uri] = (await once(createInterface(store.stdout), 'line')) as [string]
    await openStore(uri, { database: 'newsroom' })
    assert.equal(await storeAnswers(), true)
    store.kill('SIGSTOP')
    // The signal may reach the process after the first question has; each question after that is answered with no.
    while (await storeAnswers()) await new Promise((resolve) => setTimeout(resolve, 20))
    assert.equal(await storeAnswers(), false)
    store.kill('SIGCONT')
    while (!(await storeAnswers())) await new Promise((resolve) => setTimeout(resolve, 20))
  } finally {
    store.kill('SIGCONT')
    await closeStore()
    store.kill('SIGTERM')
    await once(store, 'close')
    await rm(dataDir, { recursive: true, force: true })
  }
})
