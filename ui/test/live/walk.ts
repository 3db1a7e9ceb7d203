import { readFileSync } from 'node:fs'
import type { Browser, Download, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launch, shoot, visit } from '../e2e/browser'
import { DEMO, until } from './world'

const stage: { browser?: Browser } = {}

/** One browser for all journeys of a suite; each has a profile of its own. */
export function browserFor(): void {
  beforeAll(async () => {
    stage.browser = await launch()
  })
  afterAll(() => stage.browser?.close())
}

export interface Walk {
  readonly page: Page
  /** Opens a link in a browser that has never been here, and looks at it there. */
  readonly elsewhere: (link: string, look: (page: Page) => Promise<void>) => Promise<void>
}

interface Given {
  readonly base?: string
  /** What the console may say, beside nothing. */
  readonly says?: RegExp
}

/**
 * A journey: begins at a path, in a fresh profile, and ends with a console that told of no error. Of one that fails there
 * is a picture in test/screens.
 */
export function journey(name: string, from: string | (() => Promise<string>), walk: (of: Walk) => Promise<void>, { base = DEMO, says }: Given = {}): void {
  // oxlint-disable-next-line vitest/valid-title -- the journey's own
  it(name, async () => {
    const path = typeof from === 'string' ? from : await from()
    const { page, context, errors } = await visit(browser(), `${base}${path}`)
    try {
      await walk({ page, elsewhere })
      expect(errors.filter((error) => !says?.test(error)), 'errors of the console').toEqual([])
    } catch (failure) {
      await shoot(page, `failed-${name.replaceAll(/\W+/g, '-').slice(0, 60)}`).catch(() => undefined)
      throw failure
    } finally {
      await context.close()
    }
  })
}

/**
 * Opens a page before the first journey of a suite; what is returned is the last journey, which finds it at a newer version
 * without that anybody loaded it again.
 */
export function leftOpen(path: string): () => void {
  const left: { page?: Page; was?: string | null } = {}
  beforeAll(async () => {
    const { page } = await visit(browser(), `${DEMO}${path}`)
    await page.locator('.badge.version b').waitFor()
    await page.evaluate(() => Object.assign(globalThis, { neverLoadedAgain: true }))
    Object.assign(left, { page, was: await page.locator('.badge.version b').textContent() })
  })
  return () => it('follows new versions on a page that is left open', async () => {
    await expect.poll(() => left.page?.locator('.badge.version b').textContent(), { timeout: 300_000 }).not.toBe(left.was)
    expect(await left.page?.evaluate(() => 'neverLoadedAgain' in globalThis)).toBe(true)
  })
}

async function elsewhere(link: string, look: (page: Page) => Promise<void>): Promise<void> {
  const other = await visit(browser(), link)
  try {
    await look(other.page)
    expect(other.errors).toEqual([])
  } finally {
    await other.context.close()
  }
}

function browser(): Browser {
  if (!stage.browser) throw new Error('call browserFor in the suite first')
  return stage.browser
}

/** What a button hands over as a file. */
export async function downloaded(page: Page, button: Locator): Promise<Buffer> {
  const waiting: Promise<Download> = page.waitForEvent('download')
  await button.click()
  return readFileSync(await (await waiting).path())
}

/** Rows of an RFC 4180 text, the heading first. */
export function csvRows(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, before = '', quoted, plain = ''] of text.trimEnd().matchAll(/(^|,|\r?\n)(?:"((?:[^"]|"")*)"|([^,\r\n]*))/g)) {
    if (before.endsWith('\n')) rows.push([])
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
  }
  return rows
}

/** The exact figure behind a shown one: "0.0131 USD" or "4,520 B", without unit and commas. */
export async function exactly(figure: Locator): Promise<string> {
  const title = (await figure.first().getAttribute('title')) ?? ''
  return title.replace(/ [A-Za-z]+$/, '').replaceAll(',', '')
}

/** The exact figure behind a shown one, asked again until it is what is expected. */
export function expectExactly(figure: Locator, message?: string): ReturnType<typeof expect.poll<string>> {
  return expect.poll(() => exactly(figure), message === undefined ? {} : { message })
}

/**
 * Reads a page and asks the API until both say the same, and returns what the API says. A minute may be folded between the
 * two: then the page, which asked before, is opened again.
 */
export async function agreed<Value>(page: Page, what: string, read: () => Promise<string>, ask: () => Promise<readonly Value[]>, textOf: (value: Value) => string): Promise<Value> {
  return until(what, async () => {
    const seen = await read()
    const found = (await ask()).find((one) => textOf(one) === seen)
    if (found === undefined) await page.reload()
    return found
  })
}

/** Reads what was copied. */
export async function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText())
}

export async function mayCopy(page: Page): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
}
