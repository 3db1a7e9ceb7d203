import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { violations } from './axe'
import { frames, shoot, visit } from './browser'
import { quiet } from './quiet'
import { stage } from './server'

/** How much wider than its place a table is, in pixels, once the page is quiet. */
async function tooWide(page: Page, region: string): Promise<number> {
  await quiet(page)
  return page.getByRole('region', { name: region }).last().evaluate((place) => place.scrollWidth - place.clientWidth)
}

describe('on a phone', () => {
  const on = stage('shop')

  it.each([
    ['transfers', '/map?view=table', 'Transfers', /NAT gateway.*use1-az1/],
    ['a comparison', '/compare', 'What changed', /→ payments\.example.*NAT gateway/],
    ['raw rows', '/flows', 'Raw rows', /[KM]iB in/],
  ] as const)('reads %s without scrolling sideways, and nothing folded is lost', async (_, link, region, folded) => {
    const { page, context } = await visit(on.browser, 'about:blank')
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(on.mock.url + link)
    if (link === '/flows') await page.locator('.flow-of').first().click()
    const table = page.getByRole('region', { name: region }).last()
    await table.getByRole('row').nth(2).waitFor()
    expect(await tooWide(page, region)).toBe(0)
    await expect.poll(async () => (await table.innerText()).replaceAll(/\s+/g, ' ')).toMatch(folded)
    expect(await violations(page)).toEqual([])
    await context.close()
  })
})

describe('at 1280 pixels', () => {
  const on = stage('shop')

  it('the table beside an open drawer, and the raw rows in it, are read without scrolling sideways; what is folded is not lost', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map?view=table`)
    await page.setViewportSize({ width: 1280, height: 800 })
    const first = page.getByRole('table', { name: 'Transfers' }).getByRole('row').nth(1)
    await first.getByRole('button', { name: /^open the receipt of/ }).click()
    await page.getByRole('complementary', { name: 'Transfer' }).getByText('The lines add up exactly.').waitFor()
    await page.getByRole('region', { name: 'Raw rows' }).waitFor()
    expect([await tooWide(page, 'Transfers'), await tooWide(page, 'Raw rows')]).toEqual([0, 0])
    await page.getByRole('columnheader', { name: 'Zones' }).waitFor({ state: 'hidden' })
    for (const width of [1366, 1440, 1536, 1600, 1760]) {
      await page.setViewportSize({ width, height: 800 })
      expect(await tooWide(page, 'Transfers'), `${width} pixels`).toBe(0)
    }
    await page.setViewportSize({ width: 1280, height: 800 })
    // The path's cell tells the zones, the receiver's the port.
    await expect.poll(() => first.innerText()).toMatch(/→/)
    await expect.poll(() => first.innerText()).toMatch(/\d+\/tcp/)
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByRole('columnheader', { name: 'Zones' }).waitFor()
    expect(await tooWide(page, 'Transfers')).toBe(0)
    expect(errors).toEqual([])
    await context.close()
  })

  it('so are the comparison beside a drawer, the rows of a transfer, and what is behind a cost', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/compare`)
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.getByRole('button', { name: /^open the receipt of/ }).first().click()
    await page.getByRole('complementary', { name: 'Transfer' }).getByText('The lines add up exactly.').waitFor()
    expect(await tooWide(page, 'What changed')).toBe(0)
    expect(await violations(page)).toEqual([])
    await shoot(page, 'compare-1280-dark')
    await page.goto(`${on.mock.url}/flows`)
    await page.locator('.flow-of').first().click()
    await page.getByRole('region', { name: 'Raw rows' }).waitFor()
    expect(await tooWide(page, 'Raw rows')).toBe(0)
    await page.goto(`${on.mock.url}/costs`)
    await page.getByRole('button', { name: /^open what is behind/ }).first().click()
    await page.getByRole('region', { name: 'Charges' }).waitFor()
    expect([await tooWide(page, 'Charges'), await tooWide(page, 'Transfers')]).toEqual([0, 0])
    expect(errors).toEqual([])
    await context.close()
  })

  it('a question stays in sight above its answer, however long that is', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map?ask=1`)
    await page.setViewportSize({ width: 1280, height: 800 })
    const log = page.getByRole('log', { name: 'Conversation' })
    await log.getByRole('button').first().click()
    await log.getByText(/^about v|nothing was folded/).waitFor()
    await quiet(page)
    const shown = async (): Promise<boolean> => log.evaluate((place) => {
      const [inside, question] = [place.getBoundingClientRect(), place.querySelector('.question')?.getBoundingClientRect()]
      return question !== undefined && question.top >= inside.top - 1 && question.bottom <= inside.bottom
    })
    await expect.poll(shown, { message: 'once it is answered' }).toBe(true)
    await log.evaluate((place) => { place.scrollTop = 80 })
    await frames(page)
    await expect.poll(shown, { message: 'while the answer is read' }).toBe(true)
    expect(errors).toEqual([])
    await context.close()
  })
})
