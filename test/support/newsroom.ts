import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import pino from 'pino'
import { buildIndexes, closeStore, openStore } from '../../models/connection.ts'
import { saveSection } from '../../models/sections.ts'
import { addStaff } from '../../models/staff.ts'
import { buildApp } from '../../server/app.ts'
import type { Role, StaffMember } from '../../server/domain/staff.ts'
import { startEmbeddedStore } from '../../server/embedded-store/index.ts'
import type { House } from '../../server/house.ts'
import { readSettings } from '../../server/settings.ts'
import { hashPassword } from '../../server/signing-in/passwords.service.ts'
import { Visitor } from './visitor.ts'

/** The password of every member of staff that tests make. */
export const TEST_PASSWORD = 'گذرواژهٔ آزمون ۱۴۰۵'

/** A running newsroom on a real embedded store in a folder of its own. */
export interface TestNewsroom {
  url: string
  house: House
  dataDir: string
  storeUri: string
  /** Moves the newsroom's clock; it runs on from there. */
  setClock(moment: Date): void
  visitor(headers?: Record<string, string>): Visitor
  staff(username: string, ...roles: Role[]): Promise<StaffMember>
  signedIn(username: string, ...roles: Role[]): Promise<Visitor>
  close(): Promise<void>
}

/** Opens a newsroom for a test file: the settings are those given, with captcha and limits off where nothing is said of them. */
export async function openNewsroom(env: Record<string, string> = {}): Promise<TestNewsroom> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'newsroom-'))
  const settings = readSettings({
    LOG_LEVEL: 'silent',
    CAPTCHA: 'off',
    LIMITS: 'off',
    PORT: '0',
    DATA_DIR: dataDir,
    ...env,
  })
  const store = await startEmbeddedStore({ dataDir })
  await openStore(store.uri, { database: 'newsroom' })
  await buildIndexes()
  await saveSection({ slug: 'society', name: 'جامعه', order: 1, commentMode: null })
  await saveSection({ slug: 'sport', name: 'ورزش', order: 2, commentMode: null })
  let ahead = 0
  const house: House = {
    settings,
    log: pino({ level: settings.LOG_LEVEL }),
    now: () => new Date(Date.now() + ahead),
    secret: randomBytes(32),
    siteUrl: 'http://127.0.0.1',
  }
  const server = buildApp(house).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  house.siteUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const url = house.siteUrl
  let passwordHash: Promise<string> | undefined
  const staff = async (username: string, ...roles: Role[]) => {
    passwordHash ??= hashPassword(TEST_PASSWORD)
    const name = `همکار ${username}`
    const member = await addStaff({ username, name, roles, passwordHash: await passwordHash, now: house.now() })
    if (!member) throw new Error(`${username} is there already`)
    return member
  }
  return {
    url,
    house,
    dataDir,
    storeUri: store.uri,
    setClock: (moment) => {
      ahead = moment.getTime() - Date.now()
    },
    visitor: (headers) => new Visitor(url, headers),
    staff,
    signedIn: async (username, ...roles) => {
      await staff(username, ...roles)
      const visitor = new Visitor(url)
      await visitor.signIn(username, TEST_PASSWORD)
      return visitor
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await closeStore()
      await store.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
