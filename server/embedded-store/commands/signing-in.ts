/** saslStart, saslContinue and logout: proving the password of a store that listens on TCP. */
import { Binary } from 'bson'
import { fail } from '../errors.ts'
import type { Login } from '../scram.ts'
import { type Doc, docOf, int32, type Value } from '../values.ts'
import type { Command, Connection } from './command.ts'

const OPEN = new Set(['hello', 'isMaster', 'ismaster', 'saslStart', 'saslContinue', 'ping', 'buildInfo', 'buildinfo'])

/** Refuses commands of a client that has not proved the password yet. */
export function checkSignedIn(name: string, { login }: Connection): void {
  if (login && !login.proved && !OPEN.has(name)) fail('Unauthorized', `Command ${name} requires authentication`)
}

function loginOf({ login }: Connection): Login {
  return login ?? fail('AuthenticationFailed', 'this store asks for no password: its socket is open to its owner alone')
}

function textOf(payload: Value | undefined): string {
  return payload instanceof Binary ? Buffer.from(payload.value()).toString('utf8') : ''
}

function answer(text: string, done: boolean): Doc {
  return docOf(['conversationId', int32(1)], ['done', done], ['payload', new Binary(Buffer.from(text))], ['ok', 1])
}

const saslStart: Command = {
  kind: 'say',
  run: ({ body }, { connection }) => {
    const login = loginOf(connection)
    if (body.get('mechanism') !== 'SCRAM-SHA-256') {
      fail(
        'BadValue',
        `the mechanism '${String(body.get('mechanism'))}' is not supported by this store, SCRAM-SHA-256 is`,
      )
    }
    return answer(login.start(textOf(body.get('payload'))), false)
  },
}

const saslContinue: Command = {
  kind: 'say',
  run: ({ body }, { connection }) => {
    const login = loginOf(connection)
    return login.proved ? answer('', true) : answer(login.finish(textOf(body.get('payload'))), true)
  },
}

export const SIGN_IN_COMMANDS: Record<string, Command> = {
  saslStart,
  saslContinue,
  logout: { kind: 'say', run: () => docOf(['ok', 1]) },
}
