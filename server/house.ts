import type { Logger } from 'pino'
import type { Settings } from './settings.ts'

/** What every room is given: the settings, the log, the clock and the newsroom's secret (32 bytes, for keyed hashes). */
export interface House {
  settings: Settings
  log: Logger
  now: () => Date
  secret: Buffer
  siteUrl: string
}

/** The address that readers use for this newsroom, without a slash at its end. */
export function siteUrlOf(settings: Settings, port = settings.PORT): string {
  return settings.SITE_URL !== ''
    ? settings.SITE_URL
    : `http://${settings.HOST.includes(':') ? `[${settings.HOST}]` : settings.HOST}:${port}`
}
