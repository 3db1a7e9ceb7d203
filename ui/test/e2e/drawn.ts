import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { quiet } from './quiet'

export type Kind = 'node' | 'bundle'
interface Point { readonly x: number; readonly y: number }

/** Where a node or a line of the map is drawn, in pixels of the page, once nothing moves it any more. */
export async function locate(page: Page, kind: Kind, id: string): Promise<Point> {
  await quiet(page)
  const seen: Array<Point | null> = []
  await expect.poll(async () => {
    seen.push(await placeOf(page, kind, id))
    const [now, before] = [seen.at(-1), seen.at(-2)]
    return now && before && now.x === before.x && now.y === before.y ? 'drawn' : `at ${JSON.stringify(now)}`
  }, { message: `the place of ${kind} ${id} on the map` }).toBe('drawn')
  return seen.at(-1) ?? { x: 0, y: 0 }
}

/** Asserts that the map, once it is quiet, does not draw a node or a line. */
export async function expectNotDrawn(page: Page, kind: Kind, id: string): Promise<void> {
  await quiet(page)
  await expect.poll(() => placeOf(page, kind, id), { message: `${kind} ${id} is not drawn` }).toBeNull()
}

/** How many nodes or lines the map draws, once it is quiet. */
export async function drawn(page: Page, what: 'nodes' | 'edges' = 'nodes'): Promise<number> {
  await page.locator('.canvas').waitFor()
  await quiet(page)
  return Number(await page.locator('.canvas').getAttribute(`data-${what}`))
}

/** Null where it is not drawn now. */
export function placeOf(page: Page, kind: Kind, id: string): Promise<Point | null> {
  return page.locator('.canvas').evaluate((element, target) => {
    const { locate: find } = element as unknown as { locate?: (of: unknown) => { x: number; y: number } | null }
    const box = element.getBoundingClientRect()
    const at = find?.(target)
    return at ? { x: Math.round(box.x + at.x), y: Math.round(box.y + at.y) } : null
  }, { kind, id })
}
