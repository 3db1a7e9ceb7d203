import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { parseDecimal, sum, toText } from '../../src/lib/decimal'

/** Reads the open receipt and asserts that it adds up, exactly and as shown. Returns its number of lines. */
export async function expectReceiptAddsUp(page: Page): Promise<number> {
  const receipt = page.locator('table.receipt')
  // Lines and total in one reading: a new minute changes both at once.
  const { lines, total, text } = await receipt.evaluate((table) => {
    const shown = (row: Element | null): string => row?.querySelector('td:last-child')?.textContent ?? ''
    const foot = table.querySelector('tfoot tr')
    return {
      lines: [...table.querySelectorAll('tbody tr')].map((row) => ({ exact: row.getAttribute('data-amount') ?? '', shown: shown(row) })),
      total: { exact: foot?.getAttribute('data-total') ?? '', cost: foot?.getAttribute('data-cost') ?? '', shown: shown(foot) },
      text: table.textContent,
    }
  })
  expect(lines.length).toBeGreaterThan(0)
  expect(toText(sum(lines.map((line) => parseDecimal(line.exact)))), 'exact sum of the lines').toBe(total.exact)
  expect(toText(parseDecimal(total.cost)), "the transfer's cost").toBe(total.exact)
  const priced = lines.filter((line) => line.shown !== 'no price')
  const shown = (text: string): string => text.replace(/[^\d.-]/g, '')
  expect(toText(sum(priced.map((line) => parseDecimal(shown(line.shown))))), 'sum of the shown lines').toBe(toText(parseDecimal(shown(total.shown))))
  expect(text).toContain('The lines add up exactly.')
  return lines.length
}
