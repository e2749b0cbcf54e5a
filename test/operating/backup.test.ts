import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import mongoose from 'mongoose'
import { startEmbeddedStore } from '../../server/embedded-store/index.ts'

const TOOL = path.join(import.meta.dirname, '../../server/operating/newsroom.ts')
let base: string

before(async () => {
  base = await mkdtemp(path.join(os.tmpdir(), 'backup-'))
})
after(() => rm(base, { recursive: true, force: true }))

function tool(dataDir: string, ...args: string[]) {
  return spawn(process.execPath, [TOOL, ...args], {
    env: { ...process.env, DATA_DIR: dataDir, MONGODB_URI: '', LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Runs a command of the tool; gives its exit code and what it said. */
async function newsroom(dataDir: string, ...args: string[]): Promise<{ code: number; said: string }> {
  const child = tool(dataDir, ...args)
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    said += String(chunk)
  })
  const [code] = (await once(child, 'close')) as [number]
  return { code, said }
}

test('a backup taken while others write restores to one consistent moment, and the store is sound', async () => {
  const [source, target, file] = ['source', 'target', 'all.backup'].map((name) => path.join(base, name)) as [
    string,
    string,
    string,
  ]
  const owner = tool(source, 'store')
  const [uri] = (await once(createInterface(owner.stdout), 'line')) as [string]
  const connection = await mongoose.createConnection(uri, { dbName: 'newsroom' }).asPromise()
  let writing = true
  const writer = (async () => {
    for (let n = 0; writing; n++) {
      await connection.collection('comments').insertOne({ n, state: 'waiting', followUpKey: `key ${n}` })
      await connection.collection('votes').insertOne({ commentId: n, reader: 'r' })
    }
  })()
  while ((await connection.collection('votes').countDocuments({})) < 200) await new Promise((go) => setTimeout(go, 20))
  const backup = await newsroom(source, 'backup', file)
  assert.equal(backup.code, 0, backup.said)
  writing = false
  await writer
  await connection.close()
  owner.kill('SIGINT')
  await once(owner, 'close')

  const restored = await newsroom(target, 'restore', file)
  assert.equal(restored.code, 0, restored.said)
  const again = await newsroom(target, 'restore', file)
  assert.equal(again.code, 1)
  assert.match(again.said, /not empty/)

  const store = await startEmbeddedStore({ dataDir: target })
  const copy = await mongoose.createConnection(store.uri, { dbName: 'newsroom' }).asPromise()
  const comments = await copy.collection('comments').countDocuments({})
  const votes = await copy.collection('votes').countDocuments({})
  assert.ok(votes >= 200)
  assert.ok(comments === votes || comments === votes + 1, `${comments} comments, ${votes} votes`)
  const { valid, errors } = await copy.db!.command({ validate: 'comments', full: true })
  assert.ok(valid, String(errors))
  await copy.close()
  await store.close()
})
