import { constants, createReadStream } from 'node:fs'
import { access, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Command, CommandContext } from '../command.ts'
import { UsageError } from '../command.ts'
import { readHtmlPage } from '../importing/html-page.ts'
import { importRecord } from '../importing/importing.ts'
import { readNinjs } from '../importing/ninjs.ts'
import type { ArticleRecord } from '../importing/record.ts'
import { articleRecord } from '../importing/record.ts'
import type { SavedPage } from '../importing/saved-page.ts'
import { readSavedPage } from '../importing/saved-page.ts'
import { readWordPress } from '../importing/wordpress.ts'
import { withNewsroom } from '../open-newsroom.ts'

interface Tally {
  imported: number
  updated: number
  unchanged: number
  skipped: string[]
}

/** A record with the place that it stands at, or what is wrong there. */
type Sourced = { where: string; record: ArticleRecord } | { where: string; fault: string }

function checked(where: string, value: unknown): Sourced {
  const result = articleRecord.safeParse(value)
  if (result.success) return { where, record: result.data }
  const faults = result.error.issues.map(({ path: at, message }) => `${at.join('.') || 'record'} ${message}`)
  return { where, fault: faults.join(', ') }
}

async function* jsonLines(file: string, progress: (bytes: number) => void): AsyncGenerator<Sourced> {
  let number = 0
  const stream = createReadStream(file)
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1
    progress(stream.bytesRead)
    if (line.trim() === '') continue
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch {
      yield { where: `${file}:${number}`, fault: 'is not JSON' }
      continue
    }
    yield checked(`${file}:${number}`, value)
  }
}

async function* whole(file: string, read: (text: string) => Iterable<unknown>): AsyncGenerator<Sourced> {
  let number = 0
  try {
    for (const value of read(await readFile(file, 'utf8'))) {
      number += 1
      yield checked(number === 1 ? file : `${file}#${number}`, value)
    }
  } catch (error) {
    yield { where: file, fault: (error as Error).message }
  }
}

function withIso({ publishedAt, ...page }: SavedPage): unknown {
  return { ...page, publishedAt: publishedAt.toISOString() }
}

function recordsOf(file: string, progress: (bytes: number) => void): AsyncGenerator<Sourced> {
  const kind = path.extname(file).toLowerCase()
  if (kind === '.jsonl') return jsonLines(file, progress)
  if (kind === '.txt') return whole(file, (text) => [withIso(readSavedPage(text))])
  if (kind === '.html' || kind === '.htm') return whole(file, (text) => [withIso(readHtmlPage(text))])
  if (kind === '.xml') return whole(file, readWordPress)
  if (kind === '.json') return whole(file, (text) => [readNinjs(text)])
  throw new UsageError(`cannot read ${file}: known kinds are .jsonl, .txt, .html, .xml, .json`)
}

async function bringIn(file: string, tally: Tally, context: CommandContext): Promise<void> {
  const { size } = await stat(file)
  const terminal = 'isTTY' in context.stderr && context.stderr.isTTY === true
  let shown = -1
  const progress = (bytes: number) => {
    const percent = size === 0 ? 100 : Math.floor((bytes / size) * 100)
    if (!terminal || percent === shown) return
    shown = percent
    context.stderr.write(`\r${path.basename(file)} [${'#'.repeat(percent / 5).padEnd(20, '.')}] ${percent}%`)
  }
  for await (const sourced of recordsOf(file, progress)) {
    if ('fault' in sourced) {
      tally.skipped.push(`${sourced.where}: ${sourced.fault}`)
      continue
    }
    try {
      const { outcome } = await importRecord(sourced.record, new Date())
      tally[outcome] += 1
    } catch (error) {
      tally.skipped.push(`${sourced.where}: ${(error as Error).message}`)
    }
  }
  if (terminal) context.stderr.write('\n')
}

/** Imports articles from files; the same file again imports nothing twice. */
export const command: Command = {
  name: 'import',
  usage: 'import FILE…',
  summary:
    'Imports articles: .jsonl (the newsroom’s own), .xml (WordPress), .html and .txt (saved pages of news sites), .json (IPTC ninjs).',
  async run(context) {
    const { args, stdout, stderr, env } = context
    if (args.length === 0) throw new UsageError('no file named')
    for (const file of args) recordsOf(file, () => {}).return(undefined)
    for (const file of args)
      await access(file, constants.R_OK).catch(() => Promise.reject(new Error(`${file} cannot be read`)))
    return await withNewsroom(env, async () => {
      const tally: Tally = { imported: 0, updated: 0, unchanged: 0, skipped: [] }
      for (const file of args) await bringIn(file, tally, context)
      for (const reason of tally.skipped) stderr.write(`skipped ${reason}\n`)
      const { imported, updated, unchanged, skipped } = tally
      stdout.write(`imported ${imported}, updated ${updated}, unchanged ${unchanged}, skipped ${skipped.length}\n`)
      return imported + updated + unchanged === 0 && skipped.length > 0 ? 1 : 0
    })
  },
}
