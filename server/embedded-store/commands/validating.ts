/** validate: whether documents and index entries of a collection agree, in both directions. */
import { decodeDoc } from '../codec.ts'
import { fail } from '../errors.ts'
import type { Index } from '../index-spec.ts'
import { asBuffer, type Collection, type Storage } from '../storage.ts'
import { TextTable } from '../text.ts'
import { docOf, int32, show, type Value } from '../values.ts'
import { Arguments } from './arguments.ts'
import type { Command, CommandContext } from './command.ts'

/** How many errors are listed at most. */
const MOST_ERRORS = 100

/** Faults of a collection, one sentence each. */
function faultsOf(context: CommandContext, collection: Collection): string[] {
  const { storage } = context
  const faults: string[] = []
  const entries = new Map<Index, number>(collection.indexes.map((index) => [index, 0]))
  const note = (fault: string) => {
    if (faults.length < MOST_ERRORS) faults.push(fault)
  }
  for (const row of storage.database.prepare(`SELECT rid, doc FROM c${collection.id}`).iterate()) {
    context.effort.tick()
    checkDocument(storage, collection, row.rid as number, asBuffer(row.doc), entries, note)
  }
  for (const [index, expected] of entries) {
    const found = index.spec.text ? new TextTable(storage, index).size() : storage.entryCount(index)
    if (found !== expected) note(`index ${index.spec.name} holds ${found} entries, the documents call for ${expected}`)
  }
  return faults
}

function checkDocument(
  storage: Storage,
  collection: Collection,
  rid: number,
  bytes: Buffer,
  entries: Map<Index, number>,
  note: (fault: string) => void,
): void {
  try {
    const doc = decodeDoc(bytes)
    for (const [index, count] of entries) {
      if (index.spec.text) {
        entries.set(index, count + (new TextTable(storage, index).indexes(doc) ? 1 : 0))
        continue
      }
      const keys = index.keysOf(doc)
      entries.set(index, count + keys.length)
      for (const key of keys) {
        if (!storage.hasEntry(index, key, rid))
          note(`index ${index.spec.name} lacks the document ${show(doc.get('_id'))}`)
      }
    }
  } catch (error) {
    note(`record ${rid} of ${collection.name} cannot be read: ${error instanceof Error ? error.message : error}`)
  }
}

const validate: Command = {
  kind: 'read',
  run: (request, context) => {
    const args = new Arguments('validate', request.body).only('validate', 'full', 'background', 'checkBSONConformance')
    context.effort.heavy()
    const name = args.text('validate')
    const { storage } = context
    const collection = storage.collection(context.db, name)
    if (!collection) return fail('NamespaceNotFound', `Collection '${context.db}.${name}' does not exist to validate.`)
    const errors = faultsOf(context, collection)
    if (args.flag('full')) errors.push(...storage.integrity())
    const keys = collection.indexes.map((index): [string, Value] => [
      index.spec.name,
      int32(index.spec.text ? new TextTable(storage, index).size() : storage.entryCount(index)),
    ])
    return docOf(
      ['ns', `${context.db}.${name}`],
      ['nrecords', int32(storage.count(collection))],
      ['nIndexes', int32(collection.indexes.length)],
      ['keysPerIndex', new Map(keys)],
      ['valid', errors.length === 0],
      ['errors', errors],
      ['warnings', []],
      ['ok', 1],
    )
  },
}

export const VALIDATE_COMMANDS: Record<string, Command> = { validate }
