/** Text indexes over SQLite's FTS5, and the language of `$search`: words, "phrases" and -negations, as MongoDB's language `none` reads them. */
import { fail } from './errors.ts'
import type { Index } from './index-spec.ts'
import { splitPath, walkPath } from './paths.ts'
import type { Storage } from './storage.ts'
import { type Doc, isDoc, isTruthy, show, type Value } from './values.ts'

const WORD = /[\p{L}\p{N}\p{Co}\u200c]+/gu
const TOKENIZE = `unicode61 remove_diacritics 0 tokenchars ''\u200c''`

/** One spelling for the index and the query: no marks, one case; FTS5 folds case itself. */
function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '')
}

function wordsOf(text: string): string[] {
  return plain(text).match(WORD) ?? []
}

function strings(value: Value | undefined, into: string[]): void {
  if (typeof value === 'string') into.push(value)
  else if (Array.isArray(value)) for (const one of value) strings(one, into)
  else if (isDoc(value)) for (const one of value.values()) strings(one, into)
}

function textAt(doc: Doc, path: string): string {
  const found: string[] = []
  if (path === '$**') strings(doc, found)
  else {
    walkPath(doc, splitPath(path), 0, true, (value) => {
      if (typeof value === 'string') found.push(value)
      return false
    })
  }
  return plain(found.join('\n'))
}

/** What a `$text` asks for, as an expression of FTS5; undefined where nothing can match. */
export function readSearch(query: Doc): string | undefined {
  for (const [name, value] of query) {
    if (name === '$search') continue
    if (name === '$language' && (value === 'none' || value === '')) continue
    if ((name === '$caseSensitive' || name === '$diacriticSensitive') && !isTruthy(value)) continue
    fail('NotImplemented', `$text with ${name}: ${show(value)} is not supported by this store`)
  }
  const search = query.get('$search')
  if (typeof search !== 'string') return fail('TypeMismatch', "The '$search' field of $text must be a string")
  const phrases: string[] = []
  const words: string[] = []
  const refused: string[] = []
  for (const match of search.matchAll(
    /(?<minus>(?<=^|\s)-)?"(?<phrase>[^"]*)"|(?<minus2>(?<=^|\s)-)?(?<word>[^\s"]+)/gu,
  )) {
    const { minus, phrase, minus2, word } = match.groups!
    const terms = wordsOf(phrase ?? word ?? '')
    if (terms.length === 0) continue
    const quoted = `"${terms.join(' ')}"`
    if (minus || minus2) refused.push(quoted)
    else if (phrase !== undefined) phrases.push(quoted)
    else for (const term of terms) words.push(`"${term}"`)
  }
  if (phrases.length === 0 && words.length === 0) return undefined
  const wanted = [...phrases, `(${[...phrases, ...words].join(' OR ')})`].join(' AND ')
  return refused.length === 0 ? wanted : `(${wanted}) NOT (${refused.join(' OR ')})`
}

/** The FTS5 table of one text index; a column for each weighted path. */
export class TextTable {
  private readonly storage: Storage
  private readonly index: Index
  private readonly table: string
  private readonly paths: string[]

  constructor(storage: Storage, index: Index) {
    this.storage = storage
    this.index = index
    this.table = `t${index.id}`
    this.paths = [...index.spec.text!.keys()].sort()
  }

  private get columns(): string[] {
    return this.paths.map((_, place) => `f${place}`)
  }

  create(): void {
    this.storage.database.exec(
      `CREATE VIRTUAL TABLE ${this.table} USING fts5(${this.columns.join(', ')}, content='', contentless_delete=1, tokenize='${TOKENIZE}')`,
    )
  }

  private textsOf(doc: Doc): string[] | undefined {
    if (this.index.admits && !this.index.admits(doc)) return undefined
    const texts = this.paths.map((path) => textAt(doc, path))
    return texts.every((text) => text === '') ? undefined : texts
  }

  /** Whether a document has words for this index. */
  indexes(doc: Doc): boolean {
    return this.textsOf(doc) !== undefined
  }

  add(rid: number, doc: Doc): void {
    const texts = this.textsOf(doc)
    if (!texts) return
    const marks = texts.map(() => '?').join(', ')
    this.storage
      .statement(`INSERT INTO ${this.table} (rowid, ${this.columns.join(', ')}) VALUES (?, ${marks})`)
      .get(rid, ...texts)
  }

  remove(rid: number, doc: Doc): void {
    if (this.textsOf(doc)) this.storage.statement(`DELETE FROM ${this.table} WHERE rowid = ?`).get(rid)
  }

  replace(rid: number, before: Doc, doc: Doc): void {
    const old = this.textsOf(before)
    const now = this.textsOf(doc)
    if (old?.join('\0') === now?.join('\0')) return
    this.remove(rid, before)
    this.add(rid, doc)
  }

  /** Record numbers and scores that answer an expression, best first or in natural order. */
  search(expression: string, byScore: boolean): { rid: number; score: number }[] {
    const weights = this.paths.map((path) => this.index.spec.text!.get(path)!).join(', ')
    const sql = `SELECT rowid AS rid, -bm25(${this.table}, ${weights}) AS score FROM ${this.table} WHERE ${this.table} MATCH ? ORDER BY ${byScore ? 'score DESC, rowid' : 'rowid'}`
    return this.storage.statement(sql).all(expression) as { rid: number; score: number }[]
  }

  /** How many documents are indexed. */
  size(): number {
    return this.storage.one(`SELECT count(*) AS n FROM ${this.table}`)!.n as number
  }
}
