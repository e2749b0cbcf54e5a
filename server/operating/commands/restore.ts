import { clearStore, isEmpty, putBack } from '../../../models/archive.ts'
import { readBackup, verifyBackup } from '../backup-file.ts'
import type { Command } from '../command.ts'
import { oneFile } from '../command.ts'
import { withNewsroom } from '../open-newsroom.ts'

const BATCH = 500

/** Brings a backup back; a newsroom that holds anything is refused unless it is to be replaced. */
export const command: Command = {
  name: 'restore',
  usage: 'restore FILE [--replace]',
  summary: 'Brings a backup back into an empty newsroom; --replace removes first what is there.',
  async run({ args, stdout, env }) {
    const replace = args.includes('--replace')
    const file = oneFile(args, ['--replace'])
    await verifyBackup(file)
    return await withNewsroom(env, async () => {
      if (!(await isEmpty())) {
        if (!replace) throw new Error('the newsroom is not empty; --replace removes what is there')
      }
      await clearStore()
      let waiting: string[] = []
      let current = ''
      let documents = 0
      const flush = async () => {
        if (waiting.length > 0) await putBack(current, waiting)
        documents += waiting.length
        waiting = []
      }
      for await (const { collection, line } of readBackup(file)) {
        if (collection !== current || waiting.length === BATCH) await flush()
        current = collection
        waiting.push(line)
      }
      await flush()
      stdout.write(`restored ${documents} documents from ${file}\n`)
      return 0
    })
  },
}
