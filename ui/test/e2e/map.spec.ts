import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { violations } from './axe'
import { shoot, visit } from './browser'
import { drawn } from './drawn'
import { pointAt } from './pointer'
import { quiet } from './quiet'
import { expectCount, expectParam, expectText, linkOf } from './see'
import { stage } from './server'

const CHECKOUT = 'w/lab/shop/Deployment/checkout'
const RESIZER = 'w/lab/media/Deployment/image-resizer'

describe('the map', () => {
  const on = stage('shop')

  it('shows namespaces from further away, and opens one', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map`)
    await drawn(page)
    const sums = await page.locator('.sums b').first().textContent()
    await page.getByRole('button', { name: 'Namespace', exact: true }).click()
    await page.locator('.canvas[data-nodes="10"]').waitFor()
    await expectText(page.locator('.sums b').first(), 'the cost of the window').toBe(sums)
    await shoot(page, 'map-namespaces-dark')
    const shop = await pointAt(page, 'node', 'g/namespace/lab/shop', 'shop')
    await page.mouse.click(shop.x, shop.y)
    await page.getByRole('heading', { name: 'shop' }).waitFor()
    await expectText(page.locator('.drawer')).toMatch(/Namespace.*Stands for.*6 nodes/)
    expect(await violations(page)).toEqual([])
    await shoot(page, 'map-group-dark')
    await page.getByRole('button', { name: 'open it on the map' }).click()
    await page.locator('.canvas[data-nodes="6"]').waitFor()
    await expectText(page.locator('.sums')).toMatch(/13 nodes hidden with \d+ transfers: .* of cost\)/)
    await page.getByRole('button', { name: 'show all nodes' }).click()
    await page.locator('.canvas[data-nodes="19"]').waitFor()
    await page.keyboard.press('>')
    await page.locator('.canvas[data-nodes="21"]').waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it('finds the way from a workload to S3, and why it is charged NAT', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map?sel=n:${RESIZER}`)
    await page.getByRole('heading', { name: 'image-resizer' }).waitFor()
    await page.getByRole('button', { name: 'Path to…' }).click()
    await page.getByLabel('Path to').fill('S3 us-east-1')
    await page.getByLabel('Path to').press('Enter')
    const way = page.getByRole('complementary', { name: 'Ways between two nodes' })
    await way.getByText('One way').waitFor()
    expect(await violations(page)).toEqual([])
    await shoot(page, 'map-path-dark')
    await way.getByRole('button', { name: /image-resizer → S3/ }).click()
    await page.locator('.receipt').getByText('paid by the owner of the NAT gateway').waitFor()
    await page.getByText('Why is it attributed so?').waitFor()
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await way.waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it('lights who is hit, focuses, expands, hides and brings back, by keyboard alone', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map?sel=n:${CHECKOUT}`)
    await page.getByRole('heading', { name: 'checkout' }).waitFor()
    await page.keyboard.press('b')
    await page.getByRole('complementary', { name: 'Blast radius' }).getByText('calls it').first().waitFor()
    await expectParam(page, 'blast').toBe(CHECKOUT)
    await shoot(page, 'map-blast-dark')
    expect(await violations(page)).toEqual([])
    const link = (await linkOf(page)).href
    const other = await visit(on.browser, link, 'light')
    await Promise.all([quiet(page), quiet(other.page)])
    await expectText(other.page.locator('.drawer')).toBe(await page.locator('.drawer').textContent())
    await other.context.close()
    await page.keyboard.press('Escape')
    await page.goto(`${on.mock.url}/map?sel=n:${CHECKOUT}`)
    await page.getByRole('heading', { name: 'checkout' }).waitFor()
    await page.keyboard.press('o')
    await page.locator('.canvas[data-nodes="5"]').waitFor()
    await page.keyboard.press('x')
    await page.locator('.canvas[data-nodes="4"]').waitFor()
    await page.getByRole('button', { name: 'show all nodes' }).press('Enter')
    await page.locator('.canvas[data-nodes="19"]').waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it('keeps to what a filter means, written with completion, and says what is wrong with one', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map`)
    await page.locator('.canvas[data-nodes="19"]').waitFor()
    await page.keyboard.press('\\')
    await page.keyboard.type('pa')
    await page.getByRole('option', { name: /path=/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: /gateway-endpoint/ }).waitFor()
    await shoot(page, 'map-filter-dark')
    expect(await violations(page)).toEqual([])
    await page.keyboard.type('nat')
    await page.keyboard.press('Enter')
    await expectParam(page, 'f').toBe('path=nat')
    await page.locator('.canvas[data-nodes="6"]').waitFor()
    await expectCount(page.locator('.legend li')).toBe(1)
    const other = await visit(on.browser, (await linkOf(page)).href, 'light')
    await other.page.locator('.canvas[data-nodes="6"]').waitFor()
    await other.context.close()
    await page.goto(`${on.mock.url}/map?f=colour%3Dred`)
    await page.getByRole('alert').filter({ hasText: 'there is no field' }).waitFor()
    await page.getByRole('button', { name: 'all transfers' }).click()
    await page.locator('.canvas[data-nodes="19"]').waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it('says so where the browser cannot paint it, and leads to the table', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/status`)
    await page.route(/painter\.worker/, (route) => route.abort())
    await page.goto(`${on.mock.url}/map`)
    await page.getByRole('alert').filter({ hasText: 'The map cannot be drawn here' }).waitFor()
    await page.keyboard.press('t')
    await page.getByRole('table').first().waitFor()
    await context.close()
  })

  it('gives its picture as a file', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map`)
    await drawn(page)
    const waiting = page.waitForEvent('download')
    await page.getByRole('button', { name: 'PNG' }).click()
    expect((await waiting).suggestedFilename()).toBe('egressor-map.png')
    const drawing = page.waitForEvent('download')
    await page.getByRole('button', { name: 'SVG' }).click()
    expect(readFileSync(await (await drawing).path(), 'utf8')).toMatch(/^<svg [\s\S]*checkout[\s\S]*<\/svg>\n$/)
    const table = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export map as CSV' }).click()
    expect(readFileSync(await (await table).path(), 'utf8')).toMatch(/^\uFEFF?id,source,destination,path,[\s\S]*checkout/)
    const objects = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export map as JSON' }).click()
    const [, transfers] = /(\d+) transfers/.exec((await page.locator('.sums').textContent()) ?? '') ?? []
    expect(JSON.parse(readFileSync(await (await objects).path(), 'utf8'))).toHaveLength(Number(transfers) - 2)
    expect(errors).toEqual([])
    await context.close()
  })
})
