import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { encodeDoc } from '../../server/embedded-store/codec.ts'
import { storeDirectory } from '../../server/embedded-store/index.ts'
import { docOf, int32 } from '../../server/embedded-store/values.ts'
import { Framer, readMessage } from '../../server/embedded-store/wire.ts'
import { connected, run } from './support/running.ts'

const TOOL = path.join(import.meta.dirname, '../../server/operating/newsroom.ts')

test('newsroom store prints its address first, serves, and ends when interrupted', async () => {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'store-tool-'))
  try {
    const child = spawn(process.execPath, [TOOL, 'store'], {
      env: { ...process.env, DATA_DIR: dataDir, MONGODB_URI: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [uri] = (await once(createInterface(child.stdout), 'line')) as [string]
    assert.match(uri, /^mongodb:\/\//)
    const connection = await connected(uri)
    await connection.collection('notes').insertOne({ a: 1 })
    assert.equal(await connection.collection('notes').countDocuments({}), 1)
    await connection.close()
    child.kill('SIGINT')
    assert.deepEqual(await once(child, 'exit'), [0, null])
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
})

/** A message of OP_MSG with one body section and perhaps further bytes of sections. */
function message(body: Buffer, flags: number, ...more: Buffer[]): Buffer {
  const content = Buffer.concat([Buffer.alloc(4), Buffer.of(0), body, ...more])
  content.writeUInt32LE(flags, 0)
  const head = Buffer.alloc(16)
  head.writeInt32LE(16 + content.length, 0)
  head.writeInt32LE(77, 4)
  head.writeInt32LE(2013, 12)
  return Buffer.concat([head, content])
}

test('messages come whole out of any pieces, with sequences and a checksum', () => {
  const body = encodeDoc(docOf(['insert', 'notes'], ['$db', 'test']))
  const document = encodeDoc(docOf(['a', int32(1)]))
  const name = Buffer.from('documents\0')
  const size = Buffer.alloc(4)
  size.writeInt32LE(4 + name.length + document.length * 2)
  const sequence = Buffer.concat([Buffer.of(1), size, name, document, document])
  const whole = message(body, 1, sequence, Buffer.alloc(4))
  const framer = new Framer()
  const found: Buffer[] = []
  for (let at = 0; at < whole.length * 2; at += 7) {
    found.push(...framer.push(Buffer.concat([whole, whole]).subarray(at, at + 7)))
  }
  assert.equal(found.length, 2)
  const request = readMessage(found[1]!)
  assert.equal(request.id, 77)
  assert.equal(request.body.get('insert'), 'notes')
  assert.equal(request.sequences.get('documents')!.length, 2)
  assert.ok(request.answered)
  assert.equal(readMessage(message(body, 2)).answered, false)
})

test('what is no message loses its own connection and nobody else’s', async () => {
  const running = await run()
  try {
    const place = path.join(storeDirectory(running.dataDir), 'store.sock')
    for (const junk of ['GET / HTTP/1.1\r\n\r\n', '\xff\xff\xff\x7f', Buffer.alloc(64)]) {
      const socket = connect(place)
      socket.on('error', () => {})
      socket.write(junk)
      socket.resume()
      await once(socket, 'close')
    }
    await running.db.collection('notes').insertOne({ a: 1 })
    assert.equal(await running.db.collection('notes').countDocuments({}), 1)
  } finally {
    await running.close()
  }
})

test('a long data directory still gets a socket', async () => {
  const base = await mkdtemp(path.join(os.tmpdir(), 'store-long-'))
  const dataDir = path.join(base, 'پوشه‌ای با نامی بسیار دراز', 'y'.repeat(80))
  const { startEmbeddedStore } = await import('../../server/embedded-store/index.ts')
  const store = await startEmbeddedStore({ dataDir })
  try {
    const connection = await connected(store.uri)
    await connection.collection('notes').insertOne({ a: 1 })
    await connection.close()
  } finally {
    await store.close()
    await rm(base, { recursive: true, force: true })
  }
})
