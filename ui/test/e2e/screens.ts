import type { Page } from 'playwright-core'
import { quiet } from './quiet'

/** An edge and a node of the mock that every scenario has. */
const CHECKOUT = 'w/lab/shop/Deployment/checkout'
const INCIDENT = encodeURIComponent('i/2026-11-23T10:04Z/checkout')

/** Every screen, and every drawer, by the link that opens it. */
export function linksOf(transfer: string): Record<string, string> {
  return {
    overview: '/', map: '/map', table: '/map?view=table', namespaces: '/map?lvl=namespace', compare: '/compare', costs: '/costs', 'costs line': `/costs?line=${encodeURIComponent(CHECKOUT)}`,
    incidents: '/incidents', incident: `/incidents/${INCIDENT}`, savings: '/savings', flows: `/flows?sel=t:${transfer}`, cypher: '/cypher', ask: '/ask', versions: '/versions', status: '/status', settings: '/settings',
    'node drawer': `/map?sel=n:${CHECKOUT}`, 'transfer drawer': `/map?view=table&sel=t:${transfer}`, 'blast radius': `/map?blast=${CHECKOUT}`, 'ask pane': '/costs?ask=1',
  }
}

/** Waits until a screen is there and quiet. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h2, main .tiles, main .canvas, main .toolbar, main .state').first().waitFor()
  await quiet(page)
}

/** Begins to add up how much of the page moves by itself: call before the page is opened. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = { sum: 0, by: [] as string[] }
    Object.assign(globalThis, { shifts: seen })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Array<PerformanceEntry & { value: number; hadRecentInput: boolean; sources?: Array<{ node?: Node }> }>) {
        if (entry.hadRecentInput) continue
        seen.sum += entry.value
        seen.by.push(`${entry.value.toFixed(4)} ${(entry.sources ?? []).map(({ node }) => (node instanceof Element ? `${node.tagName.toLowerCase()}.${node.className}` : '')).join(' ')}`)
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
}

export function shiftsOf(page: Page): Promise<{ sum: number; by: string[] }> {
  return page.evaluate(() => (globalThis as unknown as { shifts: { sum: number; by: string[] } }).shifts)
}

/** Elements of a page that reach beyond its right edge; none where nothing scrolls sideways but what is made to. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const scrolls = (element: Element | null): boolean => {
      for (let at = element; at && at !== document.documentElement; at = at.parentElement) {
        const { overflowX, position } = getComputedStyle(at)
        if (overflowX === 'auto' || overflowX === 'scroll' || overflowX === 'hidden' || position === 'fixed') return true
      }
      return false
    }
    if (document.documentElement.scrollWidth <= width) {
      const main = document.querySelector('main')
      if (!main || main.scrollWidth <= main.clientWidth + 1) return []
    }
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1 && !scrolls(element.parentElement))
      .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} to ${Math.round(element.getBoundingClientRect().right)}`)
      .slice(0, 8)
  })
}
