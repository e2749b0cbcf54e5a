import cluster from 'node:cluster'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { buildIndexes, closeStore, openStore } from '../models/connection.ts'
import { secretOf } from '../models/secrets.ts'
import { buildApp } from './app.ts'
import { startLetters } from './commenting/letters.ts'
import type { House } from './house.ts'
import { siteUrlOf } from './house.ts'
import type { Settings } from './settings.ts'
import { readSettings, SettingsError } from './settings.ts'

const DATABASE = 'newsroom'
const DRAIN_MS = 8_000

/** A store to connect to, and how to close it when it is our own. */
interface Store {
  uri: string
  close: () => Promise<void>
}

async function storeOf(settings: Settings): Promise<Store> {
  if (settings.MONGODB_URI !== '') return { uri: settings.MONGODB_URI, close: async () => {} }
  const { startEmbeddedStore } = await import('./embedded-store/index.ts')
  return await startEmbeddedStore({ dataDir: settings.DATA_DIR })
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

function serverFor(house: House): Server {
  const server = createServer(
    { headersTimeout: 15_000, requestTimeout: 60_000, keepAliveTimeout: 10_000, connectionsCheckingInterval: 5_000 },
    buildApp(house),
  )
  server.maxHeadersCount = 100
  return server
}

async function openHouse(settings: Settings, uri: string): Promise<House> {
  await openStore(uri, settings.MONGODB_URI === '' ? { database: DATABASE } : {})
  return {
    settings,
    log: pino({ level: settings.LOG_LEVEL, base: null, redact: ['req.headers.cookie'] }),
    now: () => new Date(),
    secret: await secretOf('house'),
    siteUrl: siteUrlOf(settings),
  }
}

/** Closes in order when the process is told to end: no new requests, the running ones answered, then the store; a second signal ends at once. */
function closeOnSignals(close: () => Promise<void>): void {
  let closing = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (closing) process.exit(1)
      closing = true
      setTimeout(() => process.exit(1), DRAIN_MS + 2_000).unref()
      close().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  }
}

function drained(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), DRAIN_MS).unref()
  })
}

/** What answers readers: its port, and how it ends. */
interface Running {
  port: number
  stop: () => Promise<void>
}

async function serve(settings: Settings, uri: string, before?: (house: House) => Promise<void>): Promise<Running> {
  const house = await openHouse(settings, uri)
  const server = serverFor(house)
  const port = await listen(server, settings.PORT, settings.HOST)
  house.siteUrl = siteUrlOf(settings, port)
  // After the port is ours: what is printed only once must not be lost to a start that fails.
  await before?.(house)
  const stopLetters = startLetters(house)
  return {
    port,
    stop: async () => {
      stopLetters()
      await drained(server)
      await closeStore()
    },
  }
}

async function firstSteps(house: House): Promise<void> {
  await buildIndexes()
  if (house.settings.LIMITS === 'off') house.log.warn('rate limits and minimum times are off: for load tests only')
  const { welcome } = await import('./operating/welcome.ts')
  await welcome(house)
}

/** Starts the newsroom from the environment and keeps it running; says in one line what keeps it from starting, exit 1. */
export async function start(env: NodeJS.ProcessEnv): Promise<void> {
  try {
    const settings = readSettings(env)
    if (cluster.isWorker) {
      closeOnSignals((await serve(settings, env.NEWSROOM_STORE_URI!)).stop)
      process.send?.('listening')
      return
    }
    const store = await storeOf(settings)
    const { port, stop } =
      settings.WORKERS === 1 ? await serve(settings, store.uri, firstSteps) : await startWorkers(settings, store.uri)
    closeOnSignals(async () => {
      await stop()
      await store.close()
    })
    process.stdout.write(`The newsroom is open at ${siteUrlOf(settings, port)}\n`)
  } catch (error) {
    if (error instanceof SettingsError)
      for (const fault of error.faults) process.stderr.write(`wrong setting: ${fault}\n`)
    else process.stderr.write(`cannot start: ${reasonOf(error, env)}\n`)
    process.exit(1)
  }
}

function reasonOf(error: unknown, env: NodeJS.ProcessEnv): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return `port ${env.PORT ?? '3000'} is taken by another program; set PORT to a free one`
  if (code === 'EACCES') return `no permission: ${(error as Error).message}`
  return (error instanceof Error ? error.message : String(error)).replaceAll('\n', ' ')
}

async function startWorkers(settings: Settings, uri: string): Promise<Running> {
  const probe = createServer()
  const port = await listen(probe, settings.PORT, settings.HOST)
  await new Promise((resolve) => probe.close(resolve))
  const house = await openHouse(settings, uri)
  house.siteUrl = siteUrlOf(settings, port)
  await firstSteps(house)
  await closeStore()
  let stopping = false
  const fork = () =>
    new Promise<void>((resolve) => {
      const worker = cluster.fork({ NEWSROOM_STORE_URI: uri, PORT: String(port) })
      worker.once('message', () => resolve())
      worker.once('exit', () => {
        resolve()
        if (!stopping) void fork()
      })
    })
  await Promise.all(Array.from({ length: settings.WORKERS }, fork))
  const stop = async () => {
    stopping = true
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
    await Promise.all(
      workers.map(
        (worker) =>
          new Promise<void>((resolve) => {
            worker.once('exit', () => resolve())
            worker.process.kill('SIGTERM')
          }),
      ),
    )
  }
  return { port, stop }
}
