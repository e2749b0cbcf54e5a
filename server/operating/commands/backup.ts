import { everyDocument } from '../../../models/archive.ts'
import { verifyBackup, writeBackup } from '../backup-file.ts'
import type { Command } from '../command.ts'
import { oneFile } from '../command.ts'
import { withSnapshot } from '../open-newsroom.ts'

/** Writes everything that the newsroom keeps into one file. */
export const command: Command = {
  name: 'backup',
  usage: 'backup FILE',
  summary:
    'Writes everything (articles, revisions, comments, decisions, staff, settings) into one file, while the newsroom runs.',
  async run({ args, stdout, env }) {
    const file = oneFile(args)
    const documents = await withSnapshot(env, () => writeBackup(file, everyDocument(), new Date()))
    await verifyBackup(file)
    stdout.write(`backed up ${documents} documents to ${file}\n`)
    return 0
  },
}
