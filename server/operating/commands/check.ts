import { faultsOfStore } from '../../../models/archive.ts'
import type { Command } from '../command.ts'
import { takesNothing } from '../command.ts'
import { withNewsroom } from '../open-newsroom.ts'

/** Verifies the store: indexes, references and counters. */
export const command: Command = {
  name: 'check',
  usage: 'check',
  summary: 'Verifies every index, reference and counter of the store; exit 1 and a list when something is wrong.',
  async run({ args, stdout, env }) {
    takesNothing(args)
    return await withNewsroom(env, async () => {
      let faults = 0
      for await (const fault of faultsOfStore()) {
        faults += 1
        stdout.write(`${fault}\n`)
      }
      stdout.write(faults === 0 ? 'the store is sound\n' : `${faults} faults\n`)
      return faults === 0 ? 0 : 1
    })
  },
}
