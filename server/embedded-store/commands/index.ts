/** Every command by its name. */
import { fail } from '../errors.ts'
import { AGGREGATE_COMMANDS } from './aggregating.ts'
import { CATALOG_COMMANDS } from './catalog.ts'
import type { Command } from './command.ts'
import { HELLO_COMMANDS } from './hello.ts'
import { READ_COMMANDS } from './reading.ts'
import { SIGN_IN_COMMANDS } from './signing-in.ts'
import { VALIDATE_COMMANDS } from './validating.ts'
import { WRITE_COMMANDS } from './writing.ts'

const COMMANDS = new Map<string, Command>(
  [
    HELLO_COMMANDS,
    READ_COMMANDS,
    AGGREGATE_COMMANDS,
    WRITE_COMMANDS,
    CATALOG_COMMANDS,
    VALIDATE_COMMANDS,
    SIGN_IN_COMMANDS,
  ].flatMap((group) => Object.entries(group)),
)

/** The command of a name; throws CommandNotFound (59). */
export function commandNamed(name: string): Command {
  return COMMANDS.get(name) ?? fail('CommandNotFound', `no such command: '${name}'`)
}
