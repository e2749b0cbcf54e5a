import { SETTING_SPECS } from '../../settings.ts'
import type { Command } from '../command.ts'
import { takesNothing } from '../command.ts'

/** Prints every setting with its present value, default and sentence; secrets within values are not shown. */
export const command: Command = {
  name: 'settings',
  usage: 'settings',
  summary: 'Prints every setting: its environment variable, default and meaning.',
  async run({ args, stdout, env }) {
    takesNothing(args)
    for (const [name, { sentence, fallback }] of Object.entries(SETTING_SPECS)) {
      const state = env[name] === undefined ? '' : ' (set)'
      stdout.write(`${name}=${fallback}${state}\n    ${sentence}\n`)
    }
    return 0
  },
}
