import { describe, expect, it } from 'vitest'
import { bundleId } from '../../src/lib/bundleId'
import { violations } from './axe'
import { locate, shoot, visit } from './browser'
import { boxOf } from './pointer'
import { expectReceiptAddsUp } from './receipt'
import { stage } from './server'

const CHECKOUT = 'w/lab/shop/Deployment/checkout'
/** The line from checkout to its payment provider, which a rollout of checkout crosses. */
const PAYMENTS = bundleId({ path: 'nat', source: CHECKOUT, destination: 'e/internet/payments.example' })

describe('exploring', () => {
  const on = stage('shop')

  it('draws the map, with its version, its sums and what is left out', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map`)
    await page.locator('.canvas[data-nodes="19"]').waitFor()
    expect(await page.locator('.badge.version').textContent()).toMatch(/^v\d+ · \d\d:\d\d UTC · [\d.]+ % accounted for$/)
    expect(await page.locator('.badge.lab').textContent()).toBe('LAB')
    expect(await page.locator('.sums .rest').textContent()).toContain('2 not drawn')
    await page.locator('.strip canvas').waitFor()
    await shoot(page, 'map-dark')
    expect(errors).toEqual([])
    await context.close()
  })

  it('selects a node and a line by a click on the canvas', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/map`)
    await page.locator('.canvas').waitFor()
    const node = await locate(page, 'node', CHECKOUT)
    await page.mouse.move(node.x, node.y)
    await page.locator('.tooltip', { hasText: 'checkout' }).waitFor()
    await page.mouse.click(node.x, node.y)
    await page.getByRole('heading', { name: 'checkout' }).waitFor()
    expect(await page.locator('aside.drawer .peers button').first().textContent()).toContain('payments.example 2 transfers')
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.locator('aside.drawer').waitFor({ state: 'detached' })
    await expect.poll(() => page.locator('.canvas').evaluate((element) => element.clientWidth)).toBeGreaterThan(1300)
    const middle = await locate(page, 'bundle', PAYMENTS)
    await page.mouse.move(middle.x - 1, middle.y)
    await page.mouse.move(middle.x, middle.y)
    await page.locator('.tooltip', { hasText: 'NAT gateway' }).waitFor()
    expect(await page.locator('.tooltip').textContent()).toMatch(/\$[\d.]+, [\d.]+ [KMG]iB, 2 transfers2 revisions of checkout$/)
    await page.mouse.click(middle.x, middle.y)
    await page.locator('aside.drawer .rollout').waitFor()
    expect(new URL(page.url()).searchParams.get('sel')).toBe(`b:${PAYMENTS}`)
    await context.close()
  })

  it('lists the transfers of a line from a link, and opens their receipts', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map?sel=${encodeURIComponent(`b:${PAYMENTS}`)}`)
    await page.locator('aside.drawer .rollout').waitFor()
    expect(await page.locator('.rollout').textContent()).toMatch(/checkout sent with 2 revisions.*5b8aa1.*7c9f41/)
    const rows = page.locator('aside.drawer .peers button')
    expect(await rows.count()).toBe(2)
    const shown = await rows.allTextContents()
    expect(shown[0]).toMatch(/use1-az1 → no zone.*request, the sender opened the connections, port 443 tcp.*revision 7c9f4 of checkout/)
    await shoot(page, 'bundle-dark')
    expect(await violations(page)).toEqual([])
    await rows.first().focus()
    await page.keyboard.press('Enter')
    expect(await expectReceiptAddsUp(page)).toBe(2)
    expect(await page.locator('.receipt').textContent()).toContain('paid by the owner of the NAT gateway')
    await page.getByRole('button', { name: 'one of 2 transfers of this line' }).click()
    await page.locator('aside.drawer .rollout').waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it('says of a free line by which rule it is free', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/map?view=table`)
    await page.getByRole('row', { name: /Gateway endpoint/ }).first().getByRole('button', { name: /^open the receipt of/ }).click()
    expect(await expectReceiptAddsUp(page)).toBe(1)
    expect(await page.locator('.receipt tbody').textContent()).toMatch(/^Free by rule A11[\d.]+ [KMG]iB, no charge for this part of the way\$0\.\d+$/)
    await context.close()
  })

  it('finds a node by name and shows its transfers and rollouts', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map`)
    await page.locator('.canvas').waitFor()
    await page.getByRole('combobox', { name: 'Search a node' }).fill('check')
    await page.getByRole('option', { name: /checkout/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'checkout' }).waitFor()
    expect(new URL(page.url()).searchParams.get('sel')).toBe(`n:${CHECKOUT}`)
    expect(await page.locator('aside.drawer .peers li').count()).toBe(6)
    expect(await page.locator('.rollouts').textContent()).toContain('Revision 42')
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
    expect(await list.textContent()).toContain('checkout')
    await list.getByText('through', { exact: false }).first().waitFor()
    await shoot(page, 'dependents-dark')
    expect(await violations(page)).toEqual([])
    await context.close()
  })

  it('opens a receipt from the table, whose lines add up to the shown cost', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/map?view=table`)
    const row = page.getByRole('row', { name: /checkout 7c9f4 payments\.example/ })
    await row.waitFor()
    const cells = await row.getByRole('cell').allInnerTexts()
    await row.getByRole('button', { name: /^open the receipt of/ }).click()
    expect(await expectReceiptAddsUp(page)).toBe(2)
    const headline = await page.locator('.drawer .headline b').allTextContents()
    expect(headline[0], 'cost of table and drawer').toBe(cells[7])
    expect(headline[1], 'bytes of table and drawer').toBe(cells[6])
    expect(await page.locator('.receipt').textContent()).toContain('rule N1')
    expect(await page.locator('.flows tbody tr').count()).toBe(20)
    await shoot(page, 'table-receipt-dark')
    await context.close()
  })

  it('sorts the table by its headings', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/map?view=table`)
    await page.getByRole('button', { name: 'From', exact: true }).click()
    const names = await page.locator('.table tbody tr td:first-child button').allTextContents()
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en')))
    expect(await page.getByRole('columnheader', { name: /From/ }).getAttribute('aria-sort')).toBe('ascending')
    await context.close()
  })

  it('hides a path class by the legend and keeps counting it', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/map`)
    const before = Number(await page.locator('.canvas').getAttribute('data-edges'))
    await page.getByRole('button', { name: /NAT gateway/ }).click()
    await expect.poll(async () => Number(await page.locator('.canvas').getAttribute('data-edges'))).toBe(before - 5)
    expect(await page.locator('.legend .rest').textContent()).toMatch(/6 hidden, 6\d(\.\d+)? % of cost/)
    expect(page.url()).toContain('hide=nat')
    await context.close()
  })

  it('opens the same picture from a link in another browser', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/map`)
    await page.locator('.canvas').waitFor()
    await page.getByRole('button', { name: '15 min' }).click()
    await page.locator('.badge.version').click()
    await page.getByRole('button', { name: 'Bytes', exact: true }).click()
    await page.getByRole('combobox', { name: 'Search a node' }).fill('kafka')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'kafka' }).waitFor()
    await page.locator('.notice.past').waitFor()
    on.mock.world.commit()
    const other = await visit(on.browser, page.url())
    await other.page.getByRole('heading', { name: 'kafka' }).waitFor()
    for (const part of ['.sums', '.drawer .headline', '.drawer .peers', '.badge.version', '.legend']) {
      expect(await other.page.locator(part).first().textContent(), part).toBe(await page.locator(part).first().textContent())
    }
    await Promise.all([page.keyboard.press('f'), other.page.keyboard.press('f')])
    expect(await locate(other.page, 'node', CHECKOUT)).toEqual(await locate(page, 'node', CHECKOUT))
    await other.context.close()
    await context.close()
  })

  it('follows new versions, and shows the past as the past', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/map`)
    await page.locator('.badge.version').waitFor()
    const next = on.mock.world.commit()
    await page.locator('.badge.version b', { hasText: `v${next.number}` }).waitFor()
    await page.locator('.strip canvas').waitFor()
    const chart = await boxOf(page.locator('.strip .u-over'))
    await page.mouse.click(chart.x + chart.width * 0.7, chart.y + 20)
    await page.locator('.notice.past').waitFor()
    await shoot(page, 'past-dark')
    on.mock.world.commit()
    await page.getByRole('button', { name: 'Back to live' }).click()
    await page.locator('.notice.past').waitFor({ state: 'detached' })
    expect(new URL(page.url()).search).toBe('')
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
