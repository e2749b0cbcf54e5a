import type { Cursors } from '../cursors.ts'
import type { Context } from '../query.ts'
import type { Login } from '../scram.ts'
import type { Doc } from '../values.ts'
import type { Request } from '../wire.ts'

/** What a command gets besides its request. */
export interface CommandContext extends Context {
  cursors: Cursors
  db: string
  connection: Connection
}

/** What is known of the connection that a request came on. */
export interface Connection {
  id: number
  /** The conversation that proves the password; undefined where none is asked for. */
  login?: Login | undefined
}

/** Steps of a write, each within one commit; the reply is acknowledged after the last one. */
export type Steps = Iterator<undefined, Doc>

/** A command: what it only says, what it reads (also in a reader thread), or what it writes. */
export type Command =
  | { kind: 'say'; run: (request: Request, context: CommandContext) => Doc }
  | { kind: 'read'; run: (request: Request, context: CommandContext) => Doc | Buffer }
  | { kind: 'write'; run: (request: Request, context: CommandContext) => Steps }

/** A write of one step. */
export function atOnce(run: (request: Request, context: CommandContext) => Doc): Command {
  return {
    kind: 'write',
    run: (request, context) => ({ next: () => ({ done: true, value: run(request, context) }) }),
  }
}
