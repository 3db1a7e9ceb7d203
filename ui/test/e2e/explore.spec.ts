import { describe, expect, it } from 'vitest'
import { bundleId } from '../../src/lib/bundleId'
import { violations } from './axe'
import { shoot, visit } from './browser'
import { drawn, locate } from './drawn'
import { pointAt, stripOf } from './pointer'
import { quiet } from './quiet'
import { expectReceiptAddsUp } from './receipt'
import { expectAttribute, expectCount, expectParam, expectText, linkOf } from './see'
import { commit, stage } from './server'

const CHECKOUT = 'w/lab/shop/Deployment/checkout'
/** The line from checkout to its payment provider, which a rollout of checkout crosses. */
const PAYMENTS = bundleId({ path: 'nat', source: CHECKOUT, destination: 'e/internet/payments.example' })

describe('exploring', () => {
  const on = stage('shop')

  it('draws the map, with its version, its sums and what is left out', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map`)
    await page.locator('.canvas[data-nodes="19"]').waitFor()
    await expectText(page.locator('.badge.version')).toMatch(/^v\d+ · \d\d:\d\d UTC · [\d.]+ % accounted for$/)
    await expectText(page.locator('.badge.lab')).toBe('LAB')
    await expectText(page.locator('.sums .rest')).toContain('2 not drawn')
    await page.locator('.strip canvas').waitFor()
    await shoot(page, 'map-dark')
    expect(errors).toEqual([])
    await context.close()
  })

  it('selects a node and a line by a click on the canvas', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/map`)
    await page.locator('.canvas').waitFor()
    const node = await pointAt(page, 'node', CHECKOUT, 'checkout')
    await page.mouse.click(node.x, node.y)
    await page.getByRole('heading', { name: 'checkout' }).waitFor()
    await expectText(page.locator('aside.drawer .peers button').first()).toContain('payments.example 2 transfers')
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.locator('aside.drawer').waitFor({ state: 'detached' })
    await expect.poll(() => page.locator('.canvas').evaluate((element) => element.clientWidth)).toBeGreaterThan(1300)
    const middle = await pointAt(page, 'bundle', PAYMENTS, 'NAT gateway')
    await expectText(page.locator('.tooltip')).toMatch(/\$[\d.]+, [\d.]+ [KMG]iB, 2 transfers2 revisions of checkout$/)
    await page.mouse.click(middle.x, middle.y)
    await page.locator('aside.drawer .rollout').waitFor()
    await expectParam(page, 'sel').toBe(`b:${PAYMENTS}`)
    await context.close()
  })

  it('lists the transfers of a line from a link, and opens their receipts', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map?sel=${encodeURIComponent(`b:${PAYMENTS}`)}`)
    await page.locator('aside.drawer .rollout').waitFor()
    await expectText(page.locator('.rollout')).toMatch(/checkout sent with 2 revisions.*5b8aa1.*7c9f41/)
    const rows = page.locator('aside.drawer .peers button')
    await expectCount(rows).toBe(2)
    await expectText(rows.first()).toMatch(/use1-az1 → no zone.*request, the sender opened the connections, port 443 tcp.*revision 7c9f4 of checkout/)
    await shoot(page, 'bundle-dark')
    expect(await violations(page)).toEqual([])
    await rows.first().focus()
    await page.keyboard.press('Enter')
    expect(await expectReceiptAddsUp(page)).toBe(2)
    await expectText(page.locator('.receipt')).toContain('paid by the owner of the NAT gateway')
    await page.getByRole('button', { name: 'one of 2 transfers of this line' }).click()
    await page.locator('aside.drawer .rollout').waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it('says of a free line by which rule it is free', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/map?view=table`)
    await page.getByRole('row', { name: /Gateway endpoint/ }).first().getByRole('button', { name: /^open the receipt of/ }).click()
    expect(await expectReceiptAddsUp(page)).toBe(1)
    await expectText(page.locator('.receipt tbody')).toMatch(/^Free by rule A11[\d.]+ [KMG]iB, no charge for this part of the way\$0\.\d+$/)
    await context.close()
  })

  it('finds a node by name and shows its transfers and rollouts', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map`)
    await page.locator('.canvas').waitFor()
    await page.getByRole('combobox', { name: 'Search a node' }).fill('check')
    await page.getByRole('option', { name: /checkout/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'checkout' }).waitFor()
    await expectParam(page, 'sel').toBe(`n:${CHECKOUT}`)
    await expectCount(page.locator('aside.drawer .peers li')).toBe(6)
    await expectText(page.locator('.rollouts')).toContain('Revision 42')
    await page.locator('aside.drawer .series canvas').first().waitFor()
    await shoot(page, 'node-dark')
    expect(errors).toEqual([])
    await context.close()
  })

  it('says who is hit when a node is gone, when asked', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/map?sel=n:w/lab/shop/StatefulSet/orders-db`)
    await page.getByText('Who is hit if it is gone').click()
    const list = page.locator('details[open] .peers')
    await list.getByText('calls it').first().waitFor()
    await expectText(list).toContain('checkout')
    await list.getByText('through', { exact: false }).first().waitFor()
    await shoot(page, 'dependents-dark')
    expect(await violations(page)).toEqual([])
    await context.close()
  })

  it('opens a receipt from the table, whose lines add up to the shown cost', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/map?view=table`)
    const row = page.getByRole('row', { name: /checkout 7c9f4 payments\.example/ })
    await row.waitFor()
    await quiet(page)
    const cells = await row.getByRole('cell').allInnerTexts()
    await row.getByRole('button', { name: /^open the receipt of/ }).click()
    expect(await expectReceiptAddsUp(page)).toBe(2)
    const headline = page.locator('.drawer .headline b')
    await expectText(headline.nth(0), 'cost of table and drawer').toBe(cells[7])
    await expectText(headline.nth(1), 'bytes of table and drawer').toBe(cells[6])
    await expectText(page.locator('.receipt')).toContain('rule N1')
    await expectCount(page.locator('.flows tbody tr')).toBe(20)
    await shoot(page, 'table-receipt-dark')
    await context.close()
  })

  it('sorts the table by its headings', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/map?view=table`)
    await page.getByRole('button', { name: 'From', exact: true }).click()
    await expectAttribute(page.getByRole('columnheader', { name: /From/ }), 'aria-sort').toBe('ascending')
    await quiet(page)
    const names = await page.locator('.table tbody tr td:first-child button').allTextContents()
    expect(names.length).toBeGreaterThan(10)
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en')))
    await context.close()
  })

  it('hides a path class by the legend and keeps counting it', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/map`)
    const before = await drawn(page, 'edges')
    await page.getByRole('button', { name: /NAT gateway/ }).click()
    await expectAttribute(page.locator('.canvas'), 'data-edges').toBe(String(before - 5))
    await expectText(page.locator('.legend .rest')).toMatch(/6 hidden, 6\d(\.\d+)? % of cost/)
    await expectParam(page, 'hide').toBe('nat')
    await context.close()
  })

  it('keeps both of two quick clicks: the second is made before the first is drawn', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/map`)
    await page.locator('.canvas').waitFor()
    await page.evaluate(() => {
      const named = (text: string): HTMLElement | undefined => [...document.querySelectorAll('button')].find((button) => button.textContent.includes(text))
      for (const text of ['15 min', 'Bytes', 'NAT gateway', 'Internet gateway']) named(text)?.click()
    })
    await expectParam(page, 'hide').toBe('internet-gateway,nat')
    await expectParam(page, 'by').toBe('bytes')
    await expectParam(page, 'w').toBe('15m')
    await page.locator('.sums').getByText(/^10:16 to 10:31 UTC$/).waitFor()
    await context.close()
  })

  it('opens the same picture from a link in another browser', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/map`)
    await page.locator('.canvas').waitFor()
    await page.getByRole('button', { name: '15 min' }).click()
    await page.locator('.badge.version').click()
    await page.getByRole('button', { name: 'Bytes', exact: true }).click()
    await page.getByRole('combobox', { name: 'Search a node' }).fill('kafka')
    await page.getByRole('option', { name: /kafka/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'kafka' }).waitFor()
    await page.locator('.notice.past').waitFor()
    await quiet(page)
    await commit(on.mock)
    const other = await visit(on.browser, (await linkOf(page)).href)
    await other.page.getByRole('heading', { name: 'kafka' }).waitFor()
    await Promise.all([quiet(page), quiet(other.page)])
    for (const part of ['.sums', '.drawer .headline', '.drawer .peers', '.badge.version', '.legend']) {
      await expectText(other.page.locator(part).first(), part).toBe(await page.locator(part).first().textContent())
    }
    await Promise.all([page.keyboard.press('f'), other.page.keyboard.press('f')])
    expect(await locate(other.page, 'node', CHECKOUT)).toEqual(await locate(page, 'node', CHECKOUT))
    await other.context.close()
    await context.close()
  })

  it('follows new versions, and shows the past as the past', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/map`)
    await page.locator('.badge.version').waitFor()
    const next = await commit(on.mock)
    await page.locator('.badge.version b', { hasText: `v${next.number}` }).waitFor()
    const chart = await stripOf(page)
    await page.mouse.click(chart.x + chart.width * 0.7, chart.y + 20)
    await page.locator('.notice.past').waitFor()
    await shoot(page, 'past-dark')
    await commit(on.mock)
    await page.getByRole('button', { name: 'Back to live' }).click()
    await page.locator('.notice.past').waitFor({ state: 'detached' })
    await expect.poll(async () => (await linkOf(page)).search).toBe('')
    await context.close()
  })

  it.each(['dark', 'light'] as const)('has no accessibility violation in the %s theme', async (theme) => {
    const screens = ['/map', `/map?sel=n:${CHECKOUT}`, '/map?view=table', '/versions', '/status', '/map?ask=1', '/map?to=2026-11-23T09:00:00Z', '/nowhere']
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map`, theme)
    for (const screen of screens) {
      await page.goto(on.mock.url + screen)
      await page.locator('.canvas, .table, .state').first().waitFor()
      if (screen.includes('sel=')) await page.locator('.drawer h2').waitFor()
      if (screen.includes('ask=')) await page.locator('.suggestions').waitFor()
      await shoot(page, `axe-${theme}-${screens.indexOf(screen)}`)
      expect(await violations(page), screen).toEqual([])
    }
    expect(errors).toEqual([])
    await context.close()
  })
})
