import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

export interface Box { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** Where an element is, once it is there and has a size: never of one that is just being replaced. */
export async function boxOf(locator: Locator): Promise<Box> {
  let box: Box | null = null
  await expect.poll(async () => {
    box = await locator.boundingBox()
    return box !== null && box.width > 0 && box.height > 0
  }, { message: `the box of ${String(locator)}` }).toBe(true)
  return box ?? { x: 0, y: 0, width: 0, height: 0 }
}

/** Puts the button down at one place and moves to another with it; `page.mouse.up()` ends the drag. */
export async function beginDrag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 5 })
}
