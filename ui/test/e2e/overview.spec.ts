import { describe, expect, it } from 'vitest'
import { violations } from './axe'
import { shoot, visit } from './browser'
import { settled } from './screens'
import { expectText } from './see'
import { stage } from './server'

describe('the overview', () => {
  const on = stage('shop')

  it('leads to what made the bill jump in four clicks', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/?w=15m&to=2026-11-23T10:19:00Z`)
    const changed = page.getByRole('region', { name: 'What changed' })
    await changed.waitFor()
    await expectText(changed.getByRole('listitem').first()).toContain('payments.example')
    expect(await violations(page)).toEqual([])
    await shoot(page, 'overview-dark')
    await page.getByRole('button', { name: 'Compare the two windows' }).click()
    await page.getByRole('table', { name: 'What changed' }).getByRole('button', { name: /open the receipt of checkout to payments/ }).first().click()
    await page.locator('aside.drawer').getByRole('button', { name: 'checkout' }).first().click()
    await page.locator('aside.drawer').getByText('payments: fetch receipts with images').waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it.each(['dark', 'light'] as const)('shows lines that add up to the total as shown, in %s', async (theme) => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/?w=1h`, theme)
    await settled(page)
    for (const name of ['By the way the bytes take', 'By who asked for them', 'By charge code']) {
      const panel = page.getByRole('region', { name })
      await panel.locator('.panel-total').waitFor()
      const lines = await panel.locator('.bar-amount > .figure:first-child').allTextContents()
      const total = await panel.locator('.panel-total .figure').textContent()
      const micros = (text: string): number => Math.round(Number(text.replaceAll(/[^\d.]/g, '')) * 1e6)
      expect(Math.abs(lines.map(micros).reduce((a, b) => a + b, 0) - micros(total ?? ''))).toBeLessThanOrEqual(lines.length)
    }
    expect(await violations(page)).toEqual([])
    await shoot(page, `overview-${theme}`)
    await context.close()
  })
})
