import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { findByCode, setCommentMode } from '../../models/articles.ts'
import { allCommentsOf } from '../../models/comments.ts'
import { keepNewsCodesAbove } from '../../models/counters.ts'
import { allSections, saveSection, sectionByName } from '../../models/sections.ts'
import { setPick } from '../../models/threads.ts'
import { loadDemo } from '../../server/operating/demo/load.ts'
import { MODERATOR } from '../support/articles.ts'
import { openNewsroom, type TestNewsroom } from '../support/newsroom.ts'
import { Visitor } from '../support/visitor.ts'

const SERVER = path.join(import.meta.dirname, '../../server')
let newsroom: TestNewsroom
let folder: string
const ending: (() => Promise<unknown>)[] = []

before(async () => {
  newsroom = await openNewsroom()
  folder = await mkdtemp(path.join(os.tmpdir(), 'round-trip-'))
})
after(async () => {
  for (const end of ending) await end()
  await newsroom.close()
  await rm(folder, { recursive: true, force: true })
})

function program(script: string, args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [path.join(SERVER, script), ...args], {
    env: { ...process.env, LOG_LEVEL: 'silent', MONGODB_URI: '', CAPTCHA: 'off', LIMITS: 'off', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += String(chunk)
  })
  const done = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, done, said: () => said }
}

async function run(dataDir: string, ...args: string[]): Promise<string> {
  const { done, said } = program('operating/newsroom.ts', args, { DATA_DIR: dataDir })
  assert.equal(await done, 0)
  return said()
}

/** Opens a newsroom on this folder as an operator does; gives its address. */
async function opened(dataDir: string): Promise<string> {
  const { child, done, said } = program('main.ts', [], { DATA_DIR: dataDir, PORT: '0', DEMO: 'off' })
  ending.push(async () => {
    child.kill('SIGTERM')
    await done
  })
  for (;;) {
    const address = /open at (\S+)/.exec(said())?.[1]
    if (address) return address
    await new Promise((resolve) => child.stdout.once('data', resolve))
  }
}

/** The lines of a page with what differs from newsroom to newsroom taken out: its address and the ids within. */
function linesOf(text: string, site: string): string[] {
  return text
    .replaceAll(site, 'SITE')
    .replaceAll(encodeURIComponent(site), 'SITE')
    .replace(/\b[0-9a-f]{24}\b/g, 'ID')
    .split('\n')
}

test('what export writes gives the same public pages in an empty newsroom', async () => {
  await keepNewsCodesAbove(1_000_000)
  await loadDemo({ moderator: MODERATOR, reporter: { id: 'e'.repeat(24), name: 'خبرنگار آزمون' } }, new Date())
  const chief = await newsroom.signedIn('chief', 'chief')
  const [liked, masked] = (await allCommentsOf(1_000_012)).filter(({ state }) => state === 'published')
  await setPick(liked!.id, true)
  const covered = masked!.body.split(' ')[0]!
  const words = { words: covered, revision: String(masked!.revision) }
  assert.equal((await chief.postAtDesk(`/desk/moderation/${masked!.id}/mask`, words)).status, 303)
  const answer = { body: 'پاسخ تحریریه: در حال پیگیری است.', asStaff: '1', parentId: liked!.id }
  assert.equal((await chief.json('/news/1000012/comments', answer)).status, 201)
  await setCommentMode(1_000_010, 'closed')
  const { id } = (await findByCode(1_000_011))!
  const taken = (await findByCode(1_000_009))!
  const revision = String(taken.revision)
  assert.equal((await chief.postAtDesk(`/desk/articles/${taken.id}/withdraw`, { revision })).status, 303)
  const article = (await findByCode(1_000_011))!
  const correction = {
    ...{ kind: article.kind, kicker: article.kicker, title: `${article.title} ۲`, lead: article.lead },
    ...{ body: 'متن تازه.', section: article.section, tags: article.tags.join('، '), byline: '' },
    ...{ revision: String(article.revision), correctionNote: 'تیتر اصلاح شد.' },
  }
  assert.equal((await chief.postAtDesk(`/desk/articles/${id}`, correction)).status, 303)

  const file = path.join(folder, 'all.jsonl')
  await writeFile(file, await run(newsroom.dataDir, 'export', '--comments'))
  const target = path.join(folder, 'target')
  assert.match(await run(target, 'import', file), /^imported 12, updated 0, unchanged 0, skipped 0/)
  assert.match(await run(target, 'import', file), /^imported 0, updated 0, unchanged 12, skipped 0/)
  assert.equal(await run(target, 'export', '--comments'), await readFile(file, 'utf8'))

  const site = await opened(target)
  const [here, there] = [newsroom.visitor(), new Visitor(site)]
  const articles = Array.from({ length: 12 }, (_, i) => 1_000_001 + i)
  const sections = (await allSections()).map(({ slug }) => `/service/${slug}`)
  for (const address of [
    ...['/', '/popular', '/feeds/atom.xml', '/api/v1/articles?limit=100', ...sections],
    ...articles.flatMap((code) => [`/news/${code}`, `/news/${code}/comments`, `/api/v1/articles/${code}/comments`]),
  ]) {
    const [ours, theirs] = [await here.follow(address), await there.follow(address)]
    assert.equal(theirs.status, ours.status, address)
    if (ours.status !== 200) continue
    const [shown, wanted] = [linesOf(theirs.text, site), linesOf(ours.text, newsroom.url)]
    const at = wanted.findIndex((line, i) => line !== shown[i])
    assert.equal(shown[at], wanted[at], address)
  }
  assert.ok(!(await there.follow('/news/1000012')).text.includes(masked!.body), 'what was covered stays covered')
})

test('a section is found by its name in any spelling, and an address that another one holds gets a number', async () => {
  await saveSection({ slug: 'دانش', name: 'فناوری', order: 7, commentMode: null })
  assert.equal((await sectionByName('دانش')).slug, 'دانش-2')
  assert.equal((await sectionByName('دانش')).slug, 'دانش-2')
  assert.equal((await sectionByName('فرهنگ/هنر؟')).slug, 'فرهنگ-هنر')
  assert.equal((await sectionByName('جهان', { slug: 'world', order: 5 })).slug, 'world')
  assert.equal((await sectionByName('جهان', { slug: 'earth' })).slug, 'world')
})
