import { describe, expect, it } from 'vitest'
import { violations } from './axe'
import { shoot, visit } from './browser'
import { expectParam, expectPath, expectText, expectValue, linkOf } from './see'
import { stage } from './server'

describe('comparing two windows', () => {
  const on = stage('shop')

  it('finds the rollout by one key, ranks by money, and opens a receipt', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map?w=15m&to=2026-11-23T10:19:00Z`)
    await page.locator('.canvas').waitFor()
    await page.keyboard.press('c')
    const table = page.getByRole('table', { name: 'What changed' })
    await table.waitFor()
    await expectPath(page).toBe('/compare')
    await expectText(page.locator('.sums')).toContain('10:04 to 10:19 UTC against 09:49 to 10:04 UTC')
    await expectText(table.getByRole('row').nth(1)).toMatch(/payments\.example.*\+\$/)
    expect(await violations(page)).toEqual([])
    await shoot(page, 'compare-dark')
    await table.getByRole('button', { name: /open the receipt of checkout to payments/ }).first().click()
    await page.locator('aside.drawer').getByText('Receipt', { exact: false }).first().waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it('groups, and the link opens the same comparison in a fresh browser', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/compare?w=15m&to=2026-11-23T10:19:00Z`, 'light')
    await page.getByLabel('Rows').selectOption('path')
    await page.getByRole('table', { name: 'What changed' }).getByText('NAT gateway').first().waitFor()
    await page.getByLabel('Against').selectOption('1d')
    await expectText(page.locator('.sums')).toContain('against 2026-11-22 10:04 to 10:19 UTC')
    await page.getByText('minutes of the window before are not known', { exact: false }).waitFor()
    await shoot(page, 'compare-light')
    await expectParam(page, 'cmp').toBe('1d')
    const link = (await linkOf(page)).href
    await context.close()

    const again = await visit(on.browser, link, 'light')
    await expectValue(again.page.getByLabel('Rows')).toBe('path')
    await expectValue(again.page.getByLabel('Against')).toBe('1d')
    await again.context.close()
  })
})
