/** What storage refuses, in MongoDB's words. */
import { fail, StoreError } from './errors.ts'
import type { Index } from './index-spec.ts'
import { keysOfDoc } from './key-paths.ts'
import { type Doc, docOf, show, type Value } from './values.ts'

/** Refuses names that no collection may have. */
export function checkName(db: string, name: string): void {
  if (name === '' || name.startsWith('.') || name.endsWith('.') || name.includes('$') || name.includes('\0')) {
    fail('InvalidNamespace', `Invalid collection name: ${name}`)
  }
  if (name.startsWith('system.')) fail('InvalidNamespace', `cannot write to '${db}.${name}'`)
  if (Buffer.byteLength(`${db}.${name}`) > 255) fail('InvalidNamespace', 'Fully qualified namespace is too long')
}

/** Refuses a document whose key another one has in a unique index (11000). */
export function refuseDuplicate(ns: string, index: Index, doc: Doc, key: Buffer): never {
  const keys = keysOfDoc(doc, index.paths, () => fail('CannotIndexParallelArrays', 'cannot index parallel arrays'))
  const values = keys.find((candidate) => index.keyOfValues(candidate).equals(key)) ?? keys[0]!
  const keyValue: Doc = new Map(
    index.spec.fields.map(({ path }, place): [string, Value] => [path, values[place] ?? null]),
  )
  throw new StoreError(
    11000,
    `E11000 duplicate key error collection: ${ns} index: ${index.spec.name} dup key: ${show(keyValue)}`,
    docOf(['keyPattern', index.spec.key], ['keyValue', keyValue]),
  )
}
