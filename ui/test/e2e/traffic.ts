import type { Page, Request } from 'playwright-core'

export interface Traffic { readonly open: Set<Request>; begun: number }

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

/** What a page that `visit` opened asked so far, and what of it is not answered yet. */
export function trafficOf(page: Page): Traffic {
  const seen = traffic.get(page)
  if (!seen) throw new Error('the page was not opened by visit(), which counts what it asks')
  return seen
}
