import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { locate } from './drawn'
import { quiet } from './quiet'

export interface Point { readonly x: number; readonly y: number }
export interface Box extends Point { readonly width: number; readonly height: number }

/** Where an element is, once it is there and has a size: never of one that is just being replaced. */
export async function boxOf(locator: Locator): Promise<Box> {
  let box: Box | null = null
  await expect.poll(async () => {
    box = await locator.boundingBox()
    return box !== null && box.width > 0 && box.height > 0
  }, { message: `the box of ${String(locator)}` }).toBe(true)
  return box ?? { x: 0, y: 0, width: 0, height: 0 }
}

/** Where the bars of the strip are, once nothing moves them any more. */
export async function stripOf(page: Page): Promise<Box> {
  await quiet(page)
  return boxOf(page.locator('.strip .u-over'))
}

/** Points at a node or a line of the map until the map says what is there, and returns where that is. */
export async function pointAt(page: Page, kind: 'node' | 'bundle', id: string, says: string | RegExp): Promise<Point> {
  let at: Point = { x: 0, y: 0 }
  await expect.poll(async () => {
    at = await locate(page, kind, id)
    await page.mouse.move(at.x - 1, at.y)
    await page.mouse.move(at.x, at.y)
    return page.locator('.tooltip', { hasText: says }).count()
  }, { message: `the map at ${id}` }).toBe(1)
  return at
}

/** Puts the button down at one place and moves to another with it; `page.mouse.up()` ends the drag. */
export async function beginDrag(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 5 })
}

/** Presses two keys that belong together, as fast as fingers do: the second waits for no answer to the first. */
export async function pressPair(page: Page, pair: string): Promise<void> {
  await Promise.all([...pair].map((key) => page.keyboard.press(key)))
}
