import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import {
  DataDirInUse,
  joinEmbeddedStore,
  ownerOf,
  startEmbeddedStore,
  storeDirectory,
} from '../../server/embedded-store/index.ts'
import { connected } from './support/running.ts'

/** Rounds of kill -9; the long run sets CRASH_ROUNDS=50. */
const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 3)
const WRITER = path.join(import.meta.dirname, 'support/writer.ts')

/** Lets a writer write for a while, kills it, and gives the lines that it had time to say. */
async function killedRound(dataDir: string, round: number): Promise<string[]> {
  const child = spawn(process.execPath, [WRITER, dataDir, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      said += String(chunk)
      if (said.startsWith('ready\n')) resolve()
    })
  })
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await Promise.race([ready, closed])
  await new Promise((resolve) => setTimeout(resolve, 50 + randomInt(400)))
  child.kill('SIGKILL')
  await closed
  return said.slice(0, said.lastIndexOf('\n') + 1).split('\n')
}

test(`${ROUNDS} rounds of kill -9 lose nothing that was acknowledged and double nothing`, async () => {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'store-crash-'))
  try {
    const acknowledged = new Set<number>()
    let counted = 0
    for (let round = 1; round <= ROUNDS; round++) {
      for (const line of await killedRound(dataDir, round)) {
        const [what, value] = line.split(' ')
        if (what === 'i') acknowledged.add(Number(value))
        if (what === 'n') counted = Math.max(counted, Number(value))
      }
    }
    const store = await startEmbeddedStore({ dataDir })
    const connection = await connected(store.uri)
    const notes = connection.collection('notes')
    const codes = (await notes.find({}, { projection: { code: 1 } }).toArray()).map(({ code }) => Number(code))
    const stored = new Set(codes)
    assert.ok(acknowledged.size > 0)
    assert.equal(stored.size, codes.length, 'nothing is stored twice')
    assert.deepEqual(
      [...acknowledged].filter((code) => !stored.has(code)),
      [],
      'nothing acknowledged is lost',
    )
    const counter = await connection.collection<{ _id: string; n: number }>('counters').findOne({ _id: 'all' })
    assert.ok(counter!.n >= counted, 'no acknowledged increment is lost')
    assert.ok(counter!.n <= codes.length, 'no increment is doubled')
    for (const name of ['notes', 'counters']) {
      const { valid, errors } = await connection.db!.command({ validate: name, full: true })
      assert.ok(valid, String(errors))
    }
    assert.equal(await notes.countDocuments({}), codes.length)
    await connection.close()
    await store.close()
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
})

test('a directory whose owner was killed is taken over; one with an owner names it', async () => {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'store-crash-'))
  try {
    const child = spawn(process.execPath, [WRITER, dataDir, '1'], { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise((resolve) => child.stdout.once('data', resolve))
    await assert.rejects(startEmbeddedStore({ dataDir }), (error: Error) => {
      assert.ok(error instanceof DataDirInUse)
      assert.match(error.message, new RegExp(`is in use by process ${child.pid} on `))
      return true
    })
    const joined = await joinEmbeddedStore({ dataDir })
    const connection = await connected(joined.uri)
    assert.ok((await connection.collection('notes').countDocuments()) >= 0)
    await connection.close()
    const closed = new Promise((resolve) => child.once('close', resolve))
    child.kill('SIGKILL')
    await closed
    assert.equal(ownerOf(storeDirectory(dataDir))?.pid, child.pid, 'the note of the dead owner is still there')
    const store = await startEmbeddedStore({ dataDir })
    assert.equal(ownerOf(storeDirectory(dataDir))?.pid, process.pid)
    await store.close()
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
})
