import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from '../e2e/axe'
import { launch, shoot, visit } from '../e2e/browser'
import { expectReceiptAddsUp } from '../e2e/receipt'

/** BASE_URL=... npm run e2e:live: against a running `egressor demo`, whose first minute must be folded. */
const url = process.env['EGRESSOR_UI_URL'] ?? ''

/** A link to what is on the screen shows the same list in a browser that has never been here. */
async function expectSameInAnotherBrowser(browser: Browser, page: Page): Promise<void> {
  const other = await visit(browser, page.url())
  await other.page.getByText('One line of the map').waitFor()
  expect(await other.page.locator('.drawer').textContent()).toBe(await page.locator('.drawer').textContent())
  await other.context.close()
}

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
    await page.locator('.stage .table tbody tr').first().waitFor()
    const headings = await page.locator('.stage .table th').allTextContents()
    const costs = await page.locator(`.stage .table tbody td:nth-child(${1 + headings.findIndex((text) => text.includes('Cost'))})`).allTextContents()
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

  it('folds transfers into lines, and opens a line, its list and a receipt with the keyboard alone', async () => {
    const { page, context, errors } = await visit(browser, `${url}/map`)
    await page.locator('.badge.version').click()
    await page.locator('.notice.past').waitFor()
    const lines = Number(await page.locator('.canvas').getAttribute('data-edges'))
    const transfers = Number(/(\d+) transfers/.exec((await page.locator('.sums').textContent()) ?? '')?.[1])
    expect(lines, `lines that stand for ${transfers} transfers`).toBeLessThan(transfers)
    await page.keyboard.press('/')
    await page.keyboard.type('catalog')
    await page.getByRole('option', { name: /catalog/ }).first().waitFor()
    await page.keyboard.press('Enter')
    const line = page.locator('.drawer .peers button', { hasText: /\d+ transfers/ }).first()
    const [, count] = /(\d+) transfers/.exec((await line.textContent()) ?? '') ?? []
    await line.press('Enter')
    await page.getByText('One line of the map').waitFor()
    expect(new URL(page.url()).searchParams.get('sel')).toMatch(/^b:/)
    const list = page.locator('.drawer .peers button')
    expect(String(await list.count())).toBe(count)
    expect(await list.first().textContent()).toMatch(/, (the (sender|receiver) opened|not known which end opened) the connections, port \d+/)
    expect(await violations(page)).toEqual([])
    await expectSameInAnotherBrowser(browser, page)
    await list.first().press('Enter')
    expect(await expectReceiptAddsUp(page)).toBeGreaterThan(0)
    expect(await page.locator('.receipt').textContent()).not.toContain('(no name)')
    await page.getByRole('button', { name: `one of ${count} transfers of this line` }).press('Enter')
    await page.getByText('One line of the map').waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it('answers a suggested question, with a tool call that unfolds', async () => {
    const { page, context, errors } = await visit(browser, `${url}/map?ask=1`)
    await page.locator('.suggestions button').last().press('Enter')
    await page.locator('.turn', { hasText: /about v\d+/ }).waitFor()
    expect((await page.locator('.answer').textContent())?.trim().length, 'letters of the answer').toBeGreaterThan(20)
    const call = page.locator('.call').first()
    await call.locator('summary').press('Enter')
    await call.locator('pre').last().waitFor()
    expect(JSON.parse((await call.locator('pre').last().textContent()) ?? ''), 'result of the tool').toBeTypeOf('object')
    expect(await violations(page)).toEqual([])
    expect(errors).toEqual([])
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
