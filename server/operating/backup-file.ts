import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'

const FORMAT = 'newsroom-backup-1'

/** One document of a backup: its collection and itself as a line of Extended JSON. */
export interface BackupLine {
  collection: string
  line: string
}

/** Writes a backup: gzip over lines, `collection<TAB>document`, closed by their number and SHA-256; the file appears only when it is whole. */
export async function writeBackup(file: string, lines: AsyncIterable<BackupLine>, now: Date): Promise<number> {
  const part = `${file}.part`
  const zip = createGzip()
  const out = createWriteStream(part, { mode: 0o600 })
  const failed = Promise.race([once(out, 'error'), once(zip, 'error')]).then(([error]) => {
    throw error
  })
  failed.catch(() => {})
  zip.pipe(out)
  const hash = createHash('sha256')
  let documents = 0
  const put = async (text: string) => {
    if (!zip.write(`${text}\n`)) await Promise.race([once(zip, 'drain'), failed])
  }
  try {
    await put(JSON.stringify({ format: FORMAT, at: now.toISOString() }))
    for await (const { collection, line } of lines) {
      const text = `${collection}\t${line}`
      hash.update(text)
      documents += 1
      await put(text)
    }
    await put(JSON.stringify({ documents, sha256: hash.digest('hex') }))
    zip.end()
    await Promise.race([once(out, 'finish'), failed])
    await rename(part, file)
    return documents
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

/** The lines of a backup; a file that cannot be read or unpacked is told by its name. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const unpacked = createGunzip()
  // `pipeline` carries a fault of either stream to the reader of the lines; `pipe` would let it end the process.
  const read = pipeline(createReadStream(file), unpacked)
  read.catch(() => {})
  try {
    yield* createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY })
    await read
  } catch (error) {
    throw new Error(faultOf(file, error as NodeJS.ErrnoException), { cause: error })
  }
}

function faultOf(file: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return `${file} is not there`
  if (code === 'Z_BUF_ERROR') return `${file} is cut off: its end is missing`
  if (code?.startsWith('Z_')) return `${file} is no backup of a newsroom`
  return `${file} cannot be read: ${message}`
}

/** Reads a backup's documents in order; throws when the file is none, is cut off or was altered. */
export async function* readBackup(file: string): AsyncGenerator<BackupLine> {
  const hash = createHash('sha256')
  let documents = 0
  let headed = false
  let closed = false
  for await (const text of linesOf(file)) {
    if (!headed) {
      if (!text.includes(FORMAT)) throw new Error(`${file} is no backup of a newsroom`)
      headed = true
      continue
    }
    const tab = text.indexOf('\t')
    if (tab === -1) {
      const end = JSON.parse(text) as { documents: number; sha256: string }
      if (end.documents !== documents || end.sha256 !== hash.digest('hex'))
        throw new Error(`${file} was altered: its checksum does not agree`)
      closed = true
      continue
    }
    hash.update(text)
    documents += 1
    yield { collection: text.slice(0, tab), line: text.slice(tab + 1) }
  }
  if (!closed) throw new Error(`${file} is cut off: its end is missing`)
}

/** Reads a whole backup only to see that it is sound; gives the number of its documents. */
export async function verifyBackup(file: string): Promise<number> {
  let documents = 0
  for await (const _ of readBackup(file)) documents += 1
  return documents
}
