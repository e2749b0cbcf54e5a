import { existsSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { chromium } from 'playwright-core'

const PLACES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].filter((place) => place !== undefined)

/** Where a Chromium stands on this machine, or undefined. */
export const CHROMIUM = PLACES.find((place) => existsSync(place))

/** The reason for skipping a browser test, or false where a Chromium was found. */
export const SKIP_WITHOUT_BROWSER: string | false = CHROMIUM
  ? false
  : 'no Chromium was found on this machine: set CHROMIUM to one'

/** Starts the machine's Chromium without any request of its own to the outside. */
export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: CHROMIUM!,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** A fresh visitor's window: Persian, Tehran, 1280 or as wide as told. */
export async function openWindow(
  browser: Browser,
  options: { width?: number; height?: number; scripts?: boolean; dark?: boolean } = {},
): Promise<{ context: BrowserContext; page: Page; faults: string[] }> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
    javaScriptEnabled: options.scripts ?? true,
    colorScheme: options.dark ? 'dark' : 'light',
    locale: 'fa-IR',
    timezoneId: 'Asia/Tehran',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (404|409|410|422|429)/.test(message.text()))
      faults.push(message.text())
  })
  return { context, page, faults }
}
