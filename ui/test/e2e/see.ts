import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/**
 * Expectations of what a page shows, asked again until they hold: a page is drawn when it can, and drawn anew while it is
 * looked at. One reading of an element proves nothing about the next moment; test/rules.test.ts forbids it to the suites.
 */
type Poll<Value> = ReturnType<typeof expect.poll<Value>>

export const expectText = (of: Locator, message?: string): Poll<string | null> => poll(() => of.textContent(), message)
export const expectTexts = (of: Locator, message?: string): Poll<string[]> => poll(() => of.allTextContents(), message)
export const expectCount = (of: Locator, message?: string): Poll<number> => poll(() => of.count(), message)
export const expectAttribute = (of: Locator, name: string, message?: string): Poll<string | null> => poll(() => of.getAttribute(name), message)
export const expectValue = (of: Locator, message?: string): Poll<string> => poll(() => of.inputValue(), message)
export const expectDisabled = (of: Locator, message?: string): Poll<boolean> => poll(() => of.isDisabled(), message)
/** A parameter of the address, null where it is not there. */
export const expectParam = (page: Page, name: string): Poll<string | null> => poll(async () => (await linkOf(page)).searchParams.get(name), `the parameter ${name}`)
export const expectPath = (page: Page): Poll<string> => poll(async () => (await linkOf(page)).pathname, 'the path')
export const expectClipboard = (page: Page): Poll<string> => poll(() => page.evaluate(() => navigator.clipboard.readText()), 'the clipboard')

/** The address as the page itself has it: the browser's word about it comes a moment later. */
export async function linkOf(page: Page): Promise<URL> {
  return new URL(await page.evaluate(() => location.href))
}

function poll<Value>(read: () => Promise<Value>, message?: string): Poll<Value> {
  return expect.poll(read, message === undefined ? {} : { message })
}
