import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'

const TOOL = path.join(import.meta.dirname, '../../server/operating/newsroom.ts')
const folder = mkdtempSync(path.join(os.tmpdir(), 'tool-'))
const env = { ...process.env, DATA_DIR: path.join(folder, 'data'), MONGODB_URI: '' }
after(() => rmSync(folder, { recursive: true, force: true }))

function newsroom(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [TOOL, ...args], { encoding: 'utf8', input: '', env })
  return { status, stdout, stderr }
}

const file = (name: string) => path.join(folder, name)

test('wrong usage of any command ends with 2 and one line that names the usage', () => {
  for (const args of [
    ['check', 'everything'],
    ['settings', '--all'],
    ['backup'],
    ['backup', 'a', 'b'],
    ['restore', '--bogus'],
    ['restore', '--replace'],
    ['generate'],
    ['generate', '--articles', 'many'],
    ['export', 'FILE'],
    ['import'],
    ['import', 'page.pdf'],
    ['add-staff', '--username', 'ali'],
    ['add-staff', '--username', 'ali', '--name', 'علی', '--role', 'king'],
    ['store', '--udp'],
  ]) {
    const { status, stdout, stderr } = newsroom(...args)
    assert.equal(status, 2, args.join(' '))
    assert.match(stderr, new RegExp(`^newsroom ${args[0]}: [^\\n]+; usage: ${args[0]}[^\\n]*\\n$`))
    assert.equal(stdout, '')
  }
  assert.match(newsroom('nonsense').stderr, /^newsroom: unknown command 'nonsense'[^\n]*\n$/)
})

test('a backup that is not there, is none, or is cut off is told by its name in one line and replaces nothing', () => {
  assert.equal(newsroom('generate', '--articles', '3', '--comments', '5').status, 0)
  const whole = file('whole.gz')
  assert.equal(newsroom('backup', whole).status, 0)
  const before = newsroom('export', '--comments').stdout
  writeFileSync(file('plain.gz'), 'no archive')
  writeFileSync(file('other.gz'), gzipSync('{"of":"another program"}\n'))
  writeFileSync(file('cut.gz'), readFileSync(whole).subarray(0, 2_000))
  for (const [name, says] of [
    ['absent.gz', 'is not there'],
    ['plain.gz', 'is no backup of a newsroom'],
    ['other.gz', 'is no backup of a newsroom'],
    ['cut.gz', 'is cut off: its end is missing'],
  ] as const) {
    const { status, stderr } = newsroom('restore', file(name), '--replace')
    assert.equal(status, 1, name)
    assert.equal(stderr, `newsroom restore: ${file(name)} ${says}\n`)
  }
  assert.equal(newsroom('export', '--comments').stdout, before)
  assert.equal(newsroom('restore', whole, '--replace').status, 0)
  assert.equal(newsroom('export', '--comments').stdout, before)
})

test('a file that cannot be read stops an import before anything is brought in', () => {
  const article = { title: 'پیش از پروندهٔ گم‌شده', body: 'متن', publishedAt: '2020-01-01T00:00:00Z' }
  writeFileSync(file('one.jsonl'), `${JSON.stringify(article)}\n`)
  const { status, stderr } = newsroom('import', file('one.jsonl'), file('absent.jsonl'))
  assert.equal(status, 1)
  assert.equal(stderr, `newsroom import: ${file('absent.jsonl')} cannot be read\n`)
  assert.ok(!newsroom('export').stdout.includes(article.title))
})

test('whoever reads no further, as head does, ends a command without a complaint', async () => {
  for (const command of ['settings', 'export']) {
    const child = spawn(process.execPath, [TOOL, command], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let stderr = ''
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk)
    })
    child.stdout.destroy()
    const status = await new Promise((resolve) => child.once('close', resolve))
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' }, command)
  }
})
