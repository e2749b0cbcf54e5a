import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'

interface LockedPackage {
  version?: string
  optionalDependencies?: Record<string, string>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  resolved?: string
  hasInstallScript?: boolean
  link?: boolean
}

const root = path.join(import.meta.dirname, '..')
const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>
}
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as LockedPackage
const names = Object.keys(lock.packages)

/** Whether a package that `from` asks for is locked, in its own folder or in one above it. */
function isLocked(from: string, name: string): boolean {
  const folders = from.split('/node_modules/')
  for (let depth = folders.length; depth >= 0; depth--) {
    const base = folders.slice(0, depth).join('/node_modules/')
    if (names.includes(base === '' ? `node_modules/${name}` : `${base}/node_modules/${name}`)) return true
  }
  return false
}

test('every platform’s optional packages are locked, so that npm ci works on each of them', () => {
  const missing = Object.entries(lock.packages).flatMap(([from, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isLocked(from, name))
      .map((name) => `${from || 'the project'} lacks ${name}`),
  )
  assert.deepEqual(missing, [])
})

test('the runtime is pinned for five platforms at one version', () => {
  const runtimes = Object.entries(manifest.optionalDependencies ?? {}).filter(([name]) => name.startsWith('node-'))
  assert.equal(runtimes.length, 5)
  assert.equal(new Set(runtimes.map(([, version]) => version)).size, 1)
  assert.equal(`v${runtimes[0]![1]}`, process.version)
})

test('no package is fetched from a named registry and none runs an install script', () => {
  assert.deepEqual(
    Object.entries(lock.packages).filter(([, locked]) => locked.resolved !== undefined || locked.hasInstallScript),
    [],
  )
})

test('our own dependencies are named at exact versions', () => {
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
  const loose = Object.entries(wanted).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
  assert.deepEqual(loose, [])
})
