import { describe, expect, it } from 'vitest'
import { violations } from './axe'
import { shoot, visit } from './browser'
import { stage } from './server'

describe('comparing two windows', () => {
  const on = stage('shop')

  it('finds the rollout by one key, ranks by money, and opens a receipt', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map?w=15m&to=2026-11-23T10:19:00Z`)
    await page.locator('.canvas').waitFor()
    await page.keyboard.press('c')
    const table = page.getByRole('table', { name: 'What changed' })
    await table.waitFor()
    expect(new URL(page.url()).pathname).toBe('/compare')
    expect(await page.locator('.sums').textContent()).toContain('10:04 to 10:19 UTC against 09:49 to 10:04 UTC')
    const first = await table.getByRole('row').nth(1).textContent()
    expect(first).toContain('payments.example')
    expect(first).toMatch(/\+\$/)
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
    expect(await page.locator('.sums').textContent()).toContain('against 2026-11-22 10:04 to 10:19 UTC')
    await page.getByText('minutes of the window before are not known', { exact: false }).waitFor()
    await shoot(page, 'compare-light')
    const link = page.url()
    expect(new URL(link).searchParams.get('cmp')).toBe('1d')
    await context.close()

    const again = await visit(on.browser, link, 'light')
    expect(await again.page.getByLabel('Rows').inputValue()).toBe('path')
    expect(await again.page.getByLabel('Against').inputValue()).toBe('1d')
    await again.context.close()
  })
})
