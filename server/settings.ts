import { isIP } from 'node:net'
import { z } from 'zod'

/** One setting: the environment variable's name, a sentence for the operator, its default as text and its parser. */
interface SettingSpec<T> {
  sentence: string
  fallback: string
  parse: z.ZodType<T, string>
}

function setting<T>(sentence: string, fallback: string, parse: z.ZodType<T, string>): SettingSpec<T> {
  return { sentence, fallback, parse }
}

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must be between ${min} and ${max}`)

const oneOf = <const T extends string>(...values: T[]) =>
  z
    .string()
    .refine((v): v is T => (values as string[]).includes(v), `must be one of: ${values.join(', ')}`)
    .transform((v) => v as T)

const webAddress = z
  .string()
  .refine((v) => v === '' || (URL.canParse(v) && /^https?:$/.test(new URL(v).protocol)), 'must be an http(s) address')
  .transform((v) => v.replace(/\/+$/, ''))

const text = z.string()

const PROXY_NAMES = ['loopback', 'linklocal', 'uniquelocal']

/** An address alone or with the length of its network, `10.0.0.0/8`. */
function isNetwork(given: string): boolean {
  const [address = '', length, ...more] = given.split('/')
  const most = isIP(address) === 6 ? 128 : 32
  return (
    isIP(address) > 0 && more.length === 0 && (length === undefined || (/^\d{1,3}$/.test(length) && +length <= most))
  )
}

const proxies = z
  .string()
  .refine(
    (v) =>
      v === '' ||
      /^\d{1,3}$/.test(v) ||
      v.split(',').every((part) => PROXY_NAMES.includes(part.trim()) || isNetwork(part.trim())),
    'must be a number of proxies or their addresses, separated by commas',
  )

/** Every setting of the newsroom, declared once. */
export const SETTING_SPECS = {
  PORT: setting('Port of the web server; 0 takes a free one.', '3000', whole(0, 65535)),
  HOST: setting('Address that the web server listens on.', '127.0.0.1', z.string().min(1, 'must not be empty')),
  SITE_URL: setting('Public address of the site, used in links and feeds; empty: http://HOST:PORT.', '', webAddress),
  SITE_NAME: setting(
    'Name of the newsroom as readers see it.',
    'تحریریه',
    z.string().min(1, 'must not be empty').max(60),
  ),
  DATA_DIR: setting(
    'Folder of the embedded store and of the newsroom’s keys.',
    './data',
    z.string().min(1, 'must not be empty'),
  ),
  MONGODB_URI: setting(
    'MongoDB to use; empty: the embedded store in DATA_DIR.',
    '',
    z
      .string()
      .refine((v) => v === '' || /^mongodb(\+srv)?:\/\//.test(v), 'must start with mongodb:// or mongodb+srv://'),
  ),
  WORKERS: setting('Number of web processes.', '1', whole(1, 64)),
  CAPTCHA: setting(
    'When readers see a captcha: always, adaptive (not for readers with published comments), off.',
    'always',
    oneOf('always', 'adaptive', 'off'),
  ),
  LIMITS: setting('Rate limits and minimum times; off for load tests only.', 'on', oneOf('on', 'off')),
  DEMO: setting('Load a small demonstration newsroom on the very first start.', 'on', oneOf('on', 'off')),
  TRUST_PROXY: setting(
    'Number of proxies in front, or their addresses, whose X-Forwarded-* headers are believed; empty: none.',
    '',
    proxies,
  ),
  LOG_LEVEL: setting(
    'Least severe log line written.',
    'info',
    oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
  ),
  MAIL_URL: setting(
    'SMTP server for mail to readers, such as smtp://user:password@host:587; empty: no mail is sent.',
    '',
    z.string().refine((v) => v === '' || /^smtps?:\/\//.test(v), 'must start with smtp:// or smtps://'),
  ),
  MAIL_FROM: setting('Sender of the newsroom’s mail.', 'newsroom@localhost', z.string().min(3)),
  METRICS_TOKEN: setting('Token that opens /metrics from other machines; empty: loopback only.', '', text),
} as const satisfies Record<string, SettingSpec<unknown>>

/** The name of a setting, which is its environment variable. */
export type SettingName = keyof typeof SETTING_SPECS

/** All settings, parsed. */
export type Settings = { [Name in SettingName]: (typeof SETTING_SPECS)[Name] extends SettingSpec<infer T> ? T : never }

/** All faults of the environment at once, one line each, for the operator. */
export class SettingsError extends Error {
  override name = 'SettingsError'
  readonly faults: string[]
  constructor(faults: string[]) {
    super(`wrong settings: ${faults.join('; ')}`)
    this.faults = faults
  }
}

/** Reads every setting from the environment; throws SettingsError naming all faults together. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const faults: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, spec] of Object.entries(SETTING_SPECS)) {
    const given = env[name]
    const result = spec.parse.safeParse(given === undefined ? spec.fallback : given.trim())
    if (result.success) values[name] = result.data
    else faults.push(`${name}=${JSON.stringify(given)} ${result.error.issues.map((issue) => issue.message).join(', ')}`)
  }
  if (faults.length > 0) throw new SettingsError(faults)
  return values as Settings
}
