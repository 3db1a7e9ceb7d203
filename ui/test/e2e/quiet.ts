import type { Page, Request } from 'playwright-core'
import { expect } from 'vitest'

/** What says that something is still to come. */
const COMING = '[aria-label^="Loading"], [aria-busy="true"], .sankey-place'

interface Traffic { readonly open: Set<Request>; begun: number }

const traffic = new WeakMap<Page, Traffic>()

/** Begins to count what a page asks its server: call before it is opened. */
export function watchTraffic(page: Page): void {
  const seen: Traffic = { open: new Set(), begun: 0 }
  traffic.set(page, seen)
  page.on('request', (request) => {
    // Of the page before nothing is awaited any more; the feeds never end.
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) seen.open.clear()
    if (!request.url().startsWith('http') || new URL(request.url()).pathname === '/graphql/stream') return
    seen.begun++
    seen.open.add(request)
  })
  const ended = (request: Request): unknown => seen.open.delete(request)
  page.on('requestfinished', ended)
  page.on('requestfailed', ended)
}

/**
 * Waits until nothing is asked, nothing says that it is loading, and the page's thread has had time to spare: until what
 * is on the screen stays as it is, however slow the machine. Where versions come by themselves it is true for a moment only.
 */
export async function quiet(page: Page): Promise<void> {
  const seen = traffic.get(page)
  if (!seen) throw new Error('the page was not opened by visit(), which counts what it asks')
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
