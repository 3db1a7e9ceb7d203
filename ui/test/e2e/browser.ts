import { mkdirSync } from 'node:fs'
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core'

/** Screenshots for people to look at; ignored by git. */
const SCREENS = new URL('../screens/', import.meta.url).pathname

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
  })
}

export async function visit(browser: Browser, url: string, theme: 'dark' | 'light' = 'dark'): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: theme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  // Machines that build and test at the same time are slow.
  page.setDefaultTimeout(Number(process.env['EGRESSOR_UI_TIMEOUT'] ?? 30_000))
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

/** Where a node or bundle is drawn, in pixels of the page. */
export async function locate(page: Page, kind: 'node' | 'bundle', id: string): Promise<{ x: number; y: number }> {
  const place = await page.locator('.canvas').evaluate((element, target) => {
    const { locate } = element as unknown as { locate: (of: unknown) => { x: number; y: number } | null }
    const box = element.getBoundingClientRect()
    const at = locate(target)
    return at && { x: Math.round(box.x + at.x), y: Math.round(box.y + at.y) }
  }, { kind, id })
  if (!place) throw new Error(`the map does not draw ${kind} ${id}`)
  return place
}
