import { mkdirSync } from 'node:fs'
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core'
import { watchTraffic } from './traffic'

/** Screenshots for people to look at; ignored by git. */
const SCREENS = new URL('../screens/', import.meta.url).pathname
/** How long anything may take to come, in milliseconds: it is never what is tested, and machines that build and test at the same time are slow. */
const PATIENCE_MS = Number(process.env['EGRESSOR_UI_TIMEOUT'] ?? 90_000)
/** How many times slower than this machine the page's thread runs: 1 as it is, 6 as on a phone or a busy machine. */
const SLOWDOWN = Number(process.env['EGRESSOR_UI_SLOWDOWN'] ?? 1)

export interface Visitor {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors of the page's console and scripts, policy violations included. */
  readonly errors: string[]
}

/** Debian's Chromium, or what EGRESSOR_CHROMIUM names. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['EGRESSOR_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
    timeout: PATIENCE_MS,
  })
}

export async function visit(browser: Browser, url: string, theme: 'dark' | 'light' = 'dark'): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: theme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  watchTraffic(page)
  if (SLOWDOWN > 1) await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.goto(url)
  return { page, context, errors }
}

export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENS, { recursive: true })
  await frames(page)
  await page.screenshot({ path: `${SCREENS}${name}.png` })
}

/** Waits two frames, so that what React has set is on the screen. */
export async function frames(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
}
