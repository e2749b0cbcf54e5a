import { startEmbeddedStore } from '../../embedded-store/index.ts'
import { readSettings } from '../../settings.ts'
import type { Command } from '../command.ts'
import { UsageError } from '../command.ts'

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

/** Serves the embedded store alone, for mongosh, Compass or a driver's own tests. */
export const command: Command = {
  name: 'store',
  usage: 'store [--tcp]',
  summary:
    'Serves the embedded store of DATA_DIR alone until it is interrupted; prints its mongodb:// address (--tcp: on 127.0.0.1 with a password, for tools that know no sockets).',
  async run({ args, stdout, env }) {
    if (args.some((arg) => arg !== '--tcp')) throw new UsageError('only --tcp may be given')
    const store = await startEmbeddedStore({ dataDir: readSettings(env).DATA_DIR, tcp: args.includes('--tcp') })
    stdout.write(`${store.uri}\n`)
    await interrupted()
    await store.close()
    return 0
  },
}
