/** What drivers ask about the server itself. */
import { fail } from '../errors.ts'
import { type Doc, docOf, int32, type Value } from '../values.ts'
import { MAX_MESSAGE_BYTES } from '../wire.ts'
import type { Command } from './command.ts'

/** The version of MongoDB whose commands are spoken. */
const VERSION = '7.0.0'

const hello: Command = {
  kind: 'say',
  run: (_request, { connection, now }) =>
    docOf(
      ['helloOk', true],
      ['ismaster', true],
      ['isWritablePrimary', true],
      ['maxBsonObjectSize', int32(16 * 1024 * 1024)],
      ['maxMessageSizeBytes', int32(MAX_MESSAGE_BYTES)],
      ['maxWriteBatchSize', int32(100_000)],
      ['localTime', now],
      ['logicalSessionTimeoutMinutes', int32(30)],
      ['connectionId', int32(connection.id)],
      ['minWireVersion', int32(0)],
      ['maxWireVersion', int32(21)],
      ['readOnly', false],
      ['ok', 1],
    ),
}

function say(...entries: [string, Value][]): Command {
  return { kind: 'say', run: () => docOf(...entries, ['ok', 1]) }
}

const started = Date.now()

function serverStatus(): Doc {
  const memory = process.memoryUsage()
  return docOf(
    ['host', 'embedded'],
    ['version', VERSION],
    ['process', 'embedded-store'],
    ['pid', BigInt(process.pid)],
    ['uptime', Math.floor((Date.now() - started) / 1000)],
    ['localTime', new Date()],
    ['storageEngine', docOf(['name', 'sqlite'])],
    ['mem', docOf(['resident', int32(Math.round(memory.rss / 1_048_576))])],
    ['ok', 1],
  )
}

export const HELLO_COMMANDS: Record<string, Command> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: say(),
  endSessions: say(),
  refreshSessions: say(),
  killSessions: say(),
  startSession: {
    kind: 'say',
    run: () =>
      fail('CommandNotSupported', 'sessions are made by the driver; startSession is not supported by this store'),
  },
  buildInfo: say(
    ['version', VERSION],
    ['gitVersion', 'embedded store over SQLite'],
    ['versionArray', [7, 0, 0, 0].map((part) => int32(part))],
    ['modules', []],
    ['bits', int32(64)],
    ['debug', false],
    ['maxBsonObjectSize', int32(16 * 1024 * 1024)],
    ['storageEngines', ['sqlite']],
  ),
  serverStatus: { kind: 'say', run: serverStatus },
  whatsmyuri: say(['you', 'embedded']),
  getLog: say(['totalLinesWritten', int32(0)], ['log', []]),
  getCmdLineOpts: say(['argv', []], ['parsed', new Map()]),
  connectionStatus: say([
    'authInfo',
    docOf(['authenticatedUsers', []], ['authenticatedUserRoles', []], ['authenticatedUserPrivileges', []]),
  ]),
}
HELLO_COMMANDS.buildinfo = HELLO_COMMANDS.buildInfo!
