import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { brotliDecompressSync } from 'node:zlib'
import express from 'express'
import { localPath } from '../../server/http/appearance.ts'
import { assetAddress, staticFiles } from '../../server/http/static-files.ts'

const app = express().use(staticFiles())
const server = createServer(app)
let base = ''

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(() => server.close())

describe('files under public/', () => {
  test('are kept for a year because their address changes with them', async () => {
    const response = await fetch(base + assetAddress('css/public.css'))
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('content-type'), 'text/css; charset=utf-8')
    assert.match(response.headers.get('cache-control') ?? '', /max-age=31536000, immutable/)
    assert.match(await response.text(), /url\("\/assets\/fonts\/vazirmatn-arabic\.[\w-]{10}\.woff2"\)/)
  })

  test('stay within the budget of the public pages', async () => {
    const size = async (name: string) => {
      const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
      const { get } = await import('node:http')
      get(base + assetAddress(name), { headers: { 'Accept-Encoding': 'br' } }, (res) => {
        const parts: Buffer[] = []
        res.on('data', (part: Buffer) => parts.push(part))
        res.on('end', () => resolve(Buffer.concat(parts)))
        res.on('error', reject)
      })
      const body = await promise
      assert.ok(brotliDecompressSync(body).length > body.length)
      return body.length
    }
    assert.ok((await size('css/public.css')) < 20_000)
    assert.ok((await size('js/site.js')) < 15_000)
  })

  for (const path of [
    '/assets/css/public.css',
    '/assets/../package.json',
    '/assets/%2e%2e/package.json',
    '/assets/',
    '/assets/fonts/..%2f..%2fpackage.json',
  ])
    test(`${path} is no file`, async () => assert.equal((await fetch(base + path)).status, 404))

  test('a name that is none is an error', () => assert.throws(() => assetAddress('css/nothing.css')))
})

describe('the way back after a choice of looks', () => {
  const WAYS: [given: unknown, path: string][] = [
    ['/news/7/خبر', '/news/7/خبر'],
    ['/search?q=a&page=2', '/search?q=a&page=2'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/a\\b', '/'],
    ['https://evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['/a\r\nSet-Cookie: x=1', '/'],
    ['', '/'],
    [['/a'], '/'],
    [undefined, '/'],
  ]
  for (const [given, path] of WAYS) test(JSON.stringify(given) ?? 'none', () => assert.equal(localPath(given), path))
})
