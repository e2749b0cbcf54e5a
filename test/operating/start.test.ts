import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { test } from 'node:test'

const MAIN = path.join(import.meta.dirname, '../../server/main.ts')

/** Starts the newsroom as an operator does; gives what it wrote and its exit code, or kills it when it says that it is open. */
async function started(env: Record<string, string>): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [MAIN], { env: { ...process.env, LOG_LEVEL: 'silent', ...env } })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
    if (stdout.includes('The newsroom is open')) child.kill('SIGTERM')
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { code, stdout, stderr }
}

test('a taken port stops the start in one line and uses up no sign-ins', async () => {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'newsroom-'))
  const holder = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => holder.once('listening', resolve))
  const port = String((holder.address() as AddressInfo).port)
  for (const WORKERS of ['1', '2']) {
    const refused = await started({ PORT: port, DATA_DIR: dataDir, WORKERS })
    assert.equal(refused.code, 1)
    assert.match(refused.stderr, new RegExp(`^cannot start: port ${port} is taken`))
    assert.equal(refused.stdout, '')
  }
  await new Promise((resolve) => holder.close(resolve))
  const open = await started({ PORT: port, DATA_DIR: dataDir, WORKERS: '2' })
  assert.equal(open.code, 0)
  assert.match(open.stdout, /sardabir +chief +\S+/)
  await rm(dataDir, { recursive: true, force: true })
})

test('wrong settings are named all together, exit 1', async () => {
  const { code, stderr } = await started({
    PORT: 'x',
    WORKERS: '-1',
    CAPTCHA: 'foo',
    TRUST_PROXY: '10.0.0.0/8, my-proxy',
  })
  assert.equal(code, 1)
  assert.deepEqual(
    stderr
      .trim()
      .split('\n')
      .map((line) => /^wrong setting: (\w+)=/.exec(line)?.[1]),
    ['PORT', 'WORKERS', 'CAPTCHA', 'TRUST_PROXY'],
  )
})

test('on a free port of its own choice the newsroom says which one, with one process and with several', async () => {
  for (const WORKERS of ['1', '2']) {
    const dataDir = await mkdtemp(path.join(os.tmpdir(), 'newsroom-'))
    const { stdout } = await started({ PORT: '0', DATA_DIR: dataDir, WORKERS })
    const [signIn, open] = [/Sign-ins made for (http:\/\/[^/]+)/, /open at (\S+)/].map((said) => said.exec(stdout)?.[1])
    assert.match(open!, /^http:\/\/127\.0\.0\.1:[1-9]\d+$/)
    assert.equal(signIn, open)
    await rm(dataDir, { recursive: true, force: true })
  }
})
