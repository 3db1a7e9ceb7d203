import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from '../e2e/axe'
import { launch, shoot, visit } from '../e2e/browser'
import { expectReceiptAddsUp } from '../e2e/receipt'

/** BASE_URL=... npm run e2e:live: against a running `egressor demo`, whose first minute must be folded. */
const url = process.env['EGRESSOR_UI_URL'] ?? ''

describe(`a real server at ${url}`, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  it('draws nodes and transfers, some of them priced', async () => {
    const { page, context, errors } = await visit(browser, `${url}/map`)
    await page.locator('.canvas').waitFor()
    expect(Number(await page.locator('.canvas').getAttribute('data-nodes'))).toBeGreaterThan(1)
    expect(Number(await page.locator('.canvas').getAttribute('data-edges'))).toBeGreaterThan(0)
    await shoot(page, 'live-map')
    await page.keyboard.press('t')
    const costs = await page.locator('.table tbody td:nth-child(6)').allTextContents()
    expect(costs.filter((cost) => /[1-9]/.test(cost)).length, 'transfers with a cost').toBeGreaterThan(0)
    expect(errors).toEqual([])
    await context.close()
  })

  it('shows a receipt that adds up for each of the costliest transfers', async () => {
    const { page, context } = await visit(browser, `${url}/map?view=table`)
    await page.locator('.table tbody tr').first().waitFor()
    // Pinned, so that rows do not move while they are opened.
    await page.locator('.badge.version').click()
    await page.locator('.notice.past').waitFor()
    const count = Math.min(5, await page.locator('.stage .table tbody tr').count())
    for (let row = 0; row < count; row++) {
      await page.locator('.stage .table tbody tr').nth(row).getByRole('button', { name: /^open the receipt of/ }).click()
      await page.locator('.stage .table tr.selected').waitFor()
      expect(await expectReceiptAddsUp(page)).toBeGreaterThan(0)
      await page.getByRole('button', { name: 'Close', exact: true }).click()
      await page.locator('aside.drawer').waitFor({ state: 'detached' })
    }
    await context.close()
  })

  it('shows versions and agents, without accessibility violations', async () => {
    const { page, context, errors } = await visit(browser, `${url}/versions`)
    await page.locator('.table tbody tr').first().waitFor()
    expect(await violations(page)).toEqual([])
    await page.goto(`${url}/status`)
    await page.locator('.table tbody tr').first().waitFor()
    await shoot(page, 'live-status')
    expect(await violations(page)).toEqual([])
    expect(errors).toEqual([])
    await context.close()
  })
})
