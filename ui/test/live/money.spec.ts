import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectLanguagesAgree } from '../e2e/agree'
import { violations } from '../e2e/axe'
import { launch, visit } from '../e2e/browser'
import { linksOf, settled, tooWide } from '../e2e/screens'

const BASE = process.env['EGRESSOR_UI_URL'] ?? 'http://127.0.0.1:8080'

describe('the money of a live demo', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  /** The costliest transfer of the demo, by its table. */
  const costliest = async (): Promise<{ id: string; source: string }> => {
    const response = await fetch(`${BASE}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: '{ transfers(first: 1) { edges { node { id source } } } }' }) })
    const { data } = (await response.json()) as { data: { transfers: { edges: Array<{ node: { id: string; source: string } }> } } }
    const [edge] = data.transfers.edges
    if (!edge) throw new Error('the demo has no transfer yet')
    return edge.node
  }

  it('flows to charge codes, and opens what is behind a ribbon', async () => {
    const { page, context, errors } = await visit(browser, `${BASE}/costs?w=15m`)
    const ribbon = page.locator('.sankey .ribbon').first()
    await ribbon.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /^Behind/ }).waitFor()
    await page.getByRole('region', { name: 'Charges', exact: true }).getByRole('row').nth(1).waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it('says of a young system that nothing is forecast, and what it takes', async () => {
    const { page, context } = await visit(browser, `${BASE}/costs?w=15m`)
    await page.getByRole('region', { name: 'The month' }).getByText(/hours are measured of the 48 that a forecast takes/).waitFor()
    await context.close()
  })

  it('says how bills are given where none is', async () => {
    const { page, context } = await visit(browser, `${BASE}/costs?w=15m`)
    await page.getByText('Bill reconciliation').click()
    await page.getByText(/No bill is given/).waitFor()
    await context.close()
  })

  it('gives a node and a transfer as GraphQL and as Cypher, which agree', async () => {
    const { id, source } = await costliest()
    const node = await visit(browser, `${BASE}/map?view=table&w=15m&sel=n:${encodeURIComponent(source)}`)
    await node.page.locator('aside.drawer h2').waitFor()
    expect(await expectLanguagesAgree(node.page, BASE)).toBeGreaterThan(0)
    await node.context.close()
    const transfer = await visit(browser, `${BASE}/map?view=table&w=15m&sel=t:${id}`)
    await transfer.page.locator('aside.drawer h2').waitFor()
    expect(await expectLanguagesAgree(transfer.page, BASE)).toBe(1)
    await transfer.context.close()
  })

  it('leads from the overview to who made the bill jump in at most four clicks', async () => {
    const { page, context } = await visit(browser, `${BASE}/?w=15m`)
    await page.getByRole('region', { name: /^What (changed|costs most)$/ }).getByRole('button', { name: / to / }).first().click()
    await page.locator('aside.drawer h2').waitFor()
    await page.locator('aside.drawer .peers button').first().click()
    await page.locator('aside.drawer').getByText(/Receipt|Transfers/).first().waitFor()
    await context.close()
  })

  it('finds nothing to complain of on any screen, wide or on a phone', async () => {
    const { id } = await costliest()
    const { page, context, errors } = await visit(browser, 'about:blank')
    const found: string[] = []
    for (const [name, link] of Object.entries(linksOf(id)).filter(([one]) => !['incident', 'costs line', 'node drawer', 'blast radius'].includes(one))) {
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.goto(`${BASE}${link}`)
      await settled(page)
      found.push(...(await violations(page)).map((one) => `${name}: ${one}`), ...(await tooWide(page)).map((one) => `${name} is too wide: ${one}`))
      await page.setViewportSize({ width: 390, height: 844 })
      await settled(page)
      found.push(...(await tooWide(page)).map((one) => `${name} is too wide for a phone: ${one}`))
    }
    expect(found).toEqual([])
    expect(errors).toEqual([])
    await context.close()
  })
})
