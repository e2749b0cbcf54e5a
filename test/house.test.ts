import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import path from 'node:path'
import { test } from 'node:test'

const root = path.join(import.meta.dirname, '..')

/** Rows of the house: files that match `where` may import only what one of `may` matches; the first matching row counts. */
const HOUSE: { where: RegExp; may: (string | RegExp)[] }[] = [
  { where: /^server\/domain\//, may: [/^server\/domain\//, 'sanitize-html', 'svg-captcha'] },
  { where: /^server\/embedded-store\//, may: [/^server\/embedded-store\//, 'node', 'bson'] },
  {
    where: /^models\//,
    may: [/^models\//, /^server\/domain\//, /^server\/errors\.ts$/, 'mongoose', 'rate-limiter-flexible', 'node'],
  },
  {
    where: /\.form\.ts$/,
    may: [/^server\/domain\//, /^server\/http\/form\.ts$/, 'zod'],
  },
  {
    where: /\.service\.ts$/,
    may: [
      /^models\//,
      /^server\/domain\//,
      /^server\/errors\.ts$/,
      /^server\/[a-z-]+\/[a-z-]+\.(service|form)\.ts$/,
      'node',
      'lru-cache',
    ],
  },
  {
    where: /^server\/operating\//,
    may: [/^server\//, /^models\//, 'node', 'zod', 'node-html-parser', 'fast-xml-parser'],
  },
  {
    where: /^server\/(?:main|start)\.ts$/,
    may: [/^server\//, /^models\/(?:connection|secrets)\.ts$/, 'node', 'pino'],
  },
  {
    where: /^server\//,
    may: [
      /^server\/(?!embedded-store|operating)/,
      /^models\//,
      'node',
      'express',
      'cookie',
      'zod',
      'helmet',
      'pino',
      'handlebars',
      'sharp',
      'lru-cache',
      'nodemailer',
    ],
  },
]

const files = globSync(['server/**/*.ts', 'models/**/*.ts'], { cwd: root }).map((file) =>
  file.split(path.sep).join('/'),
)

function importsOf(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8')
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g,
  )
  return [...found].map((match) => (match[1] ?? match[2] ?? match[3])!)
}

function named(file: string, specifier: string): string {
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(file), specifier)
  return isBuiltin(specifier) ? 'node' : specifier
}

test('no file reaches through a wall of the house', () => {
  assert.ok(files.length > 0)
  const crossed: string[] = []
  for (const file of files) {
    const row = HOUSE.find(({ where }) => where.test(file))
    if (!row) continue
    for (const specifier of importsOf(file)) {
      const target = named(file, specifier)
      const allowed = row.may.some((may) => (typeof may === 'string' ? target === may : may.test(target)))
      if (!allowed) crossed.push(`${file} imports ${specifier}`)
    }
  }
  assert.deepEqual(crossed, [])
})

test('domain code asks neither clock nor chance nor environment', () => {
  const asking = files
    .filter((file) => file.startsWith('server/domain/'))
    .filter((file) =>
      /Math\.random|Date\.now|new Date\(\)|process\.env|Temporal\.Now/.test(
        readFileSync(path.join(root, file), 'utf8'),
      ),
    )
  assert.deepEqual(asking, [])
})

test('nothing that matters is drawn with Math.random', () => {
  const drawing = files.filter((file) => readFileSync(path.join(root, file), 'utf8').includes('Math.random'))
  assert.deepEqual(drawing, [])
})

test('the list of all models names each of them', () => {
  const listed = importsOf('models/all.ts').map((specifier) => named('models/all.ts', specifier))
  const models = files.filter((file) => /^models\/(?!all|archive|connection)/.test(file))
  assert.deepEqual(listed.sort(), models.sort())
})
