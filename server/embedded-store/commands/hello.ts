import { type Doc, int32 } from '../values.ts'
import { ok, type StoreCommand, type Work } from './command.ts'

function hello(_body: Doc, { request, now }: Work): Doc {
  return ok(
    ['helloOk', true],
    ['ismaster', true],
    ['isWritablePrimary', true],
    ['maxBsonObjectSize', int32(16_777_216)],
    ['maxMessageSizeBytes', int32(48_000_000)],
    ['maxWriteBatchSize', int32(100_000)],
    ['localTime', now],
    ['logicalSessionTimeoutMinutes', int32(30)],
    ['connectionId', int32(request.id & 0x7fffffff)],
    ['minWireVersion', int32(0)],
    ['maxWireVersion', int32(21)],
    ['readOnly', false],
  )
}

const answersOk = (): Doc => ok()

/** Commands that tell about the server itself. */
export const SERVER_COMMANDS: Record<string, StoreCommand> = {
  hello: {
    writes: false,
    fields: [
      'client',
      'compression',
      'helloOk',
      'loadBalanced',
      'saslSupportedMechs',
      'speculativeAuthenticate',
      'topologyVersion',
      'maxAwaitTimeMS',
      'backpressure',
    ],
    run: hello,
  },
  ping: { writes: false, fields: [], run: answersOk },
  endSessions: { writes: false, fields: [], run: answersOk },
  refreshSessions: { writes: false, fields: [], run: answersOk },
  killSessions: { writes: false, fields: [], run: answersOk },
  buildInfo: {
    writes: false,
    fields: [],
    run: () =>
      ok(
        ['version', '7.0.0'],
        ['gitVersion', 'embedded-store'],
        ['versionArray', [int32(7), int32(0), int32(0), int32(0)]],
        ['bits', int32(64)],
        ['debug', false],
        ['maxBsonObjectSize', int32(16_777_216)],
        ['storageEngines', ['sqlite']],
        ['modules', []],
      ),
  },
  serverStatus: {
    writes: false,
    fields: ['repl', 'metrics', 'locks'],
    run: (_body, { now }) =>
      ok(
        ['host', 'embedded'],
        ['version', '7.0.0'],
        ['process', 'embedded-store'],
        ['pid', BigInt(process.pid)],
        ['uptime', process.uptime()],
        ['localTime', now],
      ),
  },
  getParameter: {
    writes: false,
    fields: ['featureCompatibilityVersion'],
    run: () => ok(['featureCompatibilityVersion', new Map([['version', '7.0']]) as Doc]),
  },
  connectionStatus: {
    writes: false,
    fields: ['showPrivileges'],
    run: () =>
      ok([
        'authInfo',
        new Map<string, never>([
          ['authenticatedUsers', [] as never],
          ['authenticatedUserRoles', [] as never],
        ]) as Doc,
      ]),
  },
}
SERVER_COMMANDS.isMaster = SERVER_COMMANDS.hello!
SERVER_COMMANDS.ismaster = SERVER_COMMANDS.hello!
SERVER_COMMANDS.buildinfo = SERVER_COMMANDS.buildInfo!
