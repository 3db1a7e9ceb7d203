import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { violations } from './axe'
import { shoot, visit } from './browser'
import { expectParam, expectText, linkOf } from './see'
import { stage } from './server'
import { pressPair } from './pointer'

/** What the page hands over as a file when the button is pressed. */
async function exported(page: Page, button: string): Promise<string> {
  const waiting = page.waitForEvent('download')
  await page.getByRole('button', { name: button }).click()
  return readFileSync(await (await waiting).path(), 'utf8')
}

describe('Cypher', () => {
  const on = stage('shop')

  it('runs a shipped query and opens its result on the map', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/cypher`)
    await page.getByRole('button', { name: 'The costliest transfers of all time' }).click()
    await page.getByLabel('$limit how many').fill('5')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const result = page.getByRole('region', { name: 'Result' })
    await result.getByRole('columnheader', { name: 'costNano' }).waitFor()
    await expectText(result.getByRole('row').nth(1)).toMatch(/w\/lab\/.*\$[\d.]+$/)
    await expectParam(page, 'p').toBe('{"limit":5}')
    expect(await violations(page)).toEqual([])
    await shoot(page, 'cypher-dark')
    await page.getByRole('button', { name: 'Graph', exact: true }).click()
    await page.getByRole('group', { name: /^Graph of \d+ nodes/ }).waitFor()
    await shoot(page, 'cypher-graph-dark')
    const link = (await linkOf(page)).href
    await page.getByRole('button', { name: /^Open \d+ nodes on the map/ }).click()
    await page.locator('.canvas').waitFor()
    await expectParam(page, 'only').toContain('w/lab/shop/Deployment/checkout')
    expect(errors).toEqual([])
    await context.close()

    const other = await visit(on.browser, link, 'light')
    await other.page.getByRole('region', { name: 'Result' }).waitFor()
    await other.page.getByRole('button', { name: 'History' }).click()
    await other.page.getByText('What you run is listed here').waitFor()
    expect(await violations(other.page)).toEqual([])
    await shoot(other.page, 'cypher-light')
    await other.context.close()
  })

  it('writes a statement with completion, by keyboard alone, and keeps it', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map`)
    await page.locator('.canvas').waitFor()
    await pressPair(page, 'gq')
    await page.getByRole('textbox', { name: 'Cypher statement' }).focus()
    await page.keyboard.type('MATCH p = (a:Workl', { delay: 5 })
    await page.getByRole('option', { name: /Workload/ }).waitFor()
    await shoot(page, 'cypher-completion-dark')
    // The list takes keys 75 ms after it is shown, so that it never swallows what is being typed.
    const shown = await page.evaluate(() => performance.now())
    await page.waitForFunction((since) => performance.now() - since > 75, shown)
    await page.keyboard.press('Enter')
    await expectText(page.getByRole('textbox', { name: 'Cypher statement' })).toMatch(/:Workload$/)
    await page.keyboard.type(')-[t:TRANSFERS]->(b) RETURN p', { delay: 5 })
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('group', { name: /^Graph of \d+ nodes and 8 relationships/ }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Keep…' }).click()
    await page.getByLabel('Name of the query').fill('who talks')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Mine' }).click()
    await page.getByRole('button', { name: 'who talks', exact: true }).waitFor()
    await page.getByRole('button', { name: 'open checkout on the map' }).press('Enter')
    await page.getByRole('heading', { name: 'checkout' }).waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it('says why a statement is refused, and what to do', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/cypher?q=${encodeURIComponent('MATCH (a) DELETE a')}`)
    const alert = page.getByRole('alert')
    await alert.waitFor()
    await expectText(alert).toMatch(/CYPHER_REFUSED.*at character 11.*Statements may MATCH, filter and RETURN/)
    expect(await violations(page)).toEqual([])
    await context.close()
  })

  it('exports an answer, and no formula with it', async () => {
    const query = `${(await on.another('hostile')).url}/cypher?q=${encodeURIComponent('MATCH p = (a)-[t]->(b) RETURN p')}`
    const { page, context, errors } = await visit(on.browser, query)
    await page.getByRole('group', { name: /^Graph of/ }).waitFor()
    await shoot(page, 'hostile-cypher')
    const csv = await exported(page, 'Export cypher as CSV')
    expect(csv.startsWith('p\r\n')).toBe(true)
    expect(csv).not.toMatch(/^"?[=+@]/m)
    expect(JSON.parse(await exported(page, 'Export cypher as JSON'))).toMatchObject({ columns: ['p'] })
    expect(await page.title()).toBe('Egressor')
    expect(errors).toEqual([])
    await context.close()
  })

  it('goes anywhere and does anything by the palette', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/`)
    await page.getByRole('region', { name: 'What changed' }).waitFor()
    await page.keyboard.press('Control+k')
    const field = page.getByRole('combobox', { name: 'Go to anything, do anything' })
    await field.waitFor()
    await shoot(page, 'palette-dark')
    expect(await violations(page)).toEqual([])
    await page.keyboard.type('savings')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Savings', exact: true, level: 2 }).waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('orders')
    await page.getByRole('option', { name: /orders-db/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'orders-db' }).waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('goes through a nat')
    await page.getByRole('option', { name: /Who goes through a NAT gateway/ }).click()
    await page.getByRole('region', { name: 'Result' }).waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('light theme')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light')
    await page.keyboard.press('Control+k')
    await page.keyboard.press('Escape')
    await field.waitFor({ state: 'detached' })
    expect(errors).toEqual([])
    await context.close()
  })
})
