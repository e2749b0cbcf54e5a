import type { Command } from './command.ts'
import { UsageError } from './command.ts'

/** Every command of the operator's tool, loaded only when it is called, so that each starts fast. */
const COMMANDS: Record<string, () => Promise<{ command: Command }>> = {
  'add-staff': () => import('./commands/add-staff.ts'),
  backup: () => import('./commands/backup.ts'),
  check: () => import('./commands/check.ts'),
  export: () => import('./commands/export.ts'),
  generate: () => import('./commands/generate.ts'),
  import: () => import('./commands/import.ts'),
  'inspect-comments': () => import('./commands/inspect-comments.ts'),
  learn: () => import('./commands/learn.ts'),
  restore: () => import('./commands/restore.ts'),
  settings: () => import('./commands/settings.ts'),
  store: () => import('./commands/store.ts'),
}

async function help(): Promise<string> {
  const lines = ['Usage: npm run newsroom -- <command> [options]', '']
  for (const load of Object.values(COMMANDS)) {
    const { command } = await load()
    lines.push(`  ${command.usage}`, `      ${command.summary}`)
  }
  return `${lines.join('\n')}\n`
}

async function main(argv: string[]): Promise<number> {
  const [name, ...args] = argv
  if (name === undefined || name === '--help' || name === 'help') {
    process.stdout.write(await help())
    return name === undefined ? 2 : 0
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!load) {
    process.stderr.write(`newsroom: unknown command '${name}'; --help lists every command\n`)
    return 2
  }
  const { command } = await load()
  if (args.includes('--help')) {
    process.stdout.write(`Usage: npm run newsroom -- ${command.usage}\n${command.summary}\n`)
    return 0
  }
  try {
    const { stdin, stdout, stderr, env } = process
    return await command.run({ args, stdin, stdout, stderr, env })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (error instanceof UsageError) {
      process.stderr.write(`newsroom ${name}: ${message}; usage: ${command.usage}\n`)
      return 2
    }
    process.stderr.write(`newsroom ${name}: ${message.replaceAll('\n', ' ')}\n`)
    return 1
  }
}

// Whoever reads no further, as `head` does, ends the work without a complaint.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1)
})
process.exitCode = await main(process.argv.slice(2))
