import { readFileSync } from 'node:fs'
import type { Download, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { shoot, visit } from './browser'
import { settled } from './screens'
import { expectCount, expectParam, expectPath } from './see'
import { stage } from './server'

async function downloaded(page: Page, name: string | RegExp): Promise<string> {
  const waiting: Promise<Download> = page.waitForEvent('download')
  await page.getByRole('button', { name }).first().click()
  return readFileSync((await (await waiting).path()) ?? '', 'utf8')
}

describe('the money', () => {
  const on = stage('shop')

  it('flows from whom by which way to which charge code, by keyboard, and opens what is behind', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/costs`)
    const ribbon = page.getByRole('button', { name: /^media\/image-resizer to NAT gateway nat-0a3: / })
    await ribbon.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /^Behind media\/image-resizer/ }).waitFor()
    await page.getByRole('button', { name: /^NatGateway-Bytes: / }).press(' ')
    await page.getByRole('heading', { name: /^Behind NatGateway-Bytes/ }).waitFor()
    await expectParam(page, 'lines').toBe('code')
    await page.locator('.sankey').getByText('As a table').click()
    await expectCount(page.locator('.sankey').getByRole('row')).toBeGreaterThan(5)
    expect(errors).toEqual([])
    await context.close()
  })

  it('tells the month so far, its forecast with its band, and how that is made', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/costs`)
    const month = page.getByRole('region', { name: 'The month' })
    await month.getByText(/expected, \$.* to \$/).waitFor()
    await month.getByText(/by the median of each hour of the week/).first().click()
    await month.getByText(/what costs by the hour, such as a gateway, is not in it/).waitFor()
    await context.close()
  })

  it('keeps to a filter: lines, month and flow of money', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/costs`)
    await settled(page)
    const before = await page.getByRole('region', { name: 'Cost of bytes' }).textContent()
    await page.getByRole('combobox', { name: 'Filter the transfers' }).fill('path=nat')
    await page.getByRole('combobox', { name: 'Filter the transfers' }).press('Enter')
    await expect.poll(() => page.getByRole('region', { name: 'Cost of bytes' }).textContent()).not.toBe(before)
    await settled(page)
    await expectCount(page.getByRole('button', { name: /^Within the VPC: / })).toBe(0)
    await context.close()
  })

  it('holds a bill against what was counted, and says of no bill why it is none', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/costs`)
    await page.getByText('Bill reconciliation').click()
    const bill = page.getByRole('region', { name: 'Bill october-cur.csv.gz' })
    await bill.getByText('94.81 %').waitFor()
    await bill.getByRole('region', { name: 'What differs in 2026-10' }).getByText('AmazonRDS').waitFor()
    await page.getByRole('region', { name: 'Bill notes.txt' }).getByText(/columns are those of no bill/).waitFor()
    await shoot(page, 'bills-dark')
    expect(await downloaded(page, 'Export bill-2026-10 as CSV')).toContain('111122223333,us-east-1,NatGateway-Bytes,USD,414,')
    expect(errors).toEqual([])
    await context.close()
  })

  it('exports lines that add up, as CSV and as JSON', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/costs?lines=namespace`)
    await settled(page)
    const csv = (await downloaded(page, 'Export costs-by-namespace as CSV')).trim().split('\r\n').map((line) => line.split(','))
    const cost = (row: readonly string[] | undefined): number => Math.round(Number(row?.[2]) * 1e9)
    expect(csv.slice(1, -1).map(cost).reduce((a, b) => a + b, 0)).toBe(cost(csv.at(-1)))
    const json = JSON.parse(await downloaded(page, 'Export costs-by-namespace as JSON')) as unknown[]
    expect(json).toHaveLength(csv.length - 1)
    await context.close()
  })

  it('leads from what changed to the two nodes on the map, and to who did it', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/?w=15m&to=2026-11-23T10:19:00Z`)
    await page.getByRole('region', { name: 'What changed' }).getByRole('button', { name: /checkout.*payments/ }).first().click()
    await page.locator('aside.drawer').getByText('payments: fetch receipts with images').waitFor()
    await context.close()
  })

  it('leads from the overview to an open incident and to the best saving', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/`)
    await page.getByRole('region', { name: 'Open incidents' }).getByRole('link', { name: /checkout to payments/ }).click()
    await page.getByText('all of the new bytes are of pods of the new revision').waitFor()
    await page.goBack()
    await page.getByRole('region', { name: 'Best savings' }).getByRole('link', { name: /gateway endpoint/ }).click()
    await page.getByRole('region', { name: 'Changes that were made' }).getByText(/realised 412.00 USD of 430.00 USD a month/).waitFor()
    await context.close()
  })

  it('finds incidents and savings by words, and exports them', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/incidents`)
    await page.getByRole('searchbox', { name: 'Filter the incidents' }).fill('nothing like it')
    await page.getByText('0 of 1').waitFor()
    await page.getByRole('searchbox', { name: 'Filter the incidents' }).fill('CHECKOUT lasts')
    await page.getByText('1 of 1').waitFor()
    expect(await downloaded(page, 'Export incidents as CSV')).toContain('i/2026-11-23T10:04Z/checkout,')
    await page.goto(`${on.mock.url}/savings`)
    await page.getByRole('searchbox', { name: 'Filter the savings' }).fill('s3 nat')
    await page.getByText('1 of 1').waitFor()
    expect(await downloaded(page, 'Export savings as JSON')).toContain('aws_vpc_endpoint')
    await context.close()
  })

  it('asks on the whole screen, with the conversation of the pane', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/costs?ask=1`)
    await page.getByRole('button', { name: 'What costs most in the last hour?' }).click()
    await page.locator('.turn', { hasText: '1 unproven piece' }).waitFor()
    await page.getByRole('button', { name: 'Whole screen' }).click()
    await page.locator('.askscreen .turn', { hasText: '1 unproven piece' }).waitFor()
    await expectPath(page).toBe('/ask')
    await context.close()
  })
})

describe('hostile names in files', () => {
  const on = stage('hostile')

  it('begin no formula and keep every letter', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/flows`)
    await settled(page)
    for (const [link, name] of [['/flows', 'transfers'], ['/incidents', 'incidents'], ['/savings', 'savings'], ['/costs?lines=workload', 'costs-by-workload']] as const) {
      await page.goto(`${on.mock.url}${link}`)
      await settled(page)
      const csv = await downloaded(page, `Export ${name} as CSV`)
      const cells = [...csv.matchAll(/(?:^|,|\n)(?:"((?:[^"]|"")*)"|([^,\r\n]*))/g)].map((match) => match[1] ?? match[2] ?? '')
      expect(cells.length).toBeGreaterThan(8)
      expect(cells.filter((cell) => /^[=+@\t\r]/.test(cell) || (cell.startsWith('-') && !/^-?\d+(\.\d+)?$/.test(cell))), name).toEqual([])
    }
    await context.close()
  })
})
