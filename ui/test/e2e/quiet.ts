import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { trafficOf } from './traffic'

/** What says that something is still to come. */
const COMING = '[aria-label^="Loading"], [aria-busy="true"], .sankey-place'

/**
 * Waits until nothing is asked, nothing says that it is loading, and the page's thread has had time to spare: until what
 * is on the screen stays as it is, however slow the machine. Where versions come by themselves it is true for a moment only.
 */
export async function quiet(page: Page): Promise<void> {
  const seen = trafficOf(page)
  const still = async (): Promise<string> => {
    if (seen.open.size > 0) return `asks ${[...seen.open].map((request) => request.url()).join(', ')}`
    const before = seen.begun
    await spare(page)
    const coming = await page.locator(COMING).count()
    return coming > 0 ? `${coming} parts are loading` : seen.begun > before ? 'asks again' : 'quiet'
  }
  await expect.poll(async () => [await still(), await still()], { message: 'a quiet page' }).toEqual(['quiet', 'quiet'])
}

/** Twice a frame and then idle: what was set is rendered, and what follows from that has begun. */
async function spare(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const idle = (): Promise<unknown> => new Promise((done) => requestAnimationFrame(() => requestIdleCallback(done, { timeout: 5_000 })))
    await idle()
    await idle()
  })
}
