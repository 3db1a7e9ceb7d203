import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Mock } from '../../mock/server'
import { violations } from './axe'
import { launch, locate, shoot, visit } from './browser'
import { serve } from './server'

const CHECKOUT = 'w/lab/shop/Deployment/checkout'
const RESIZER = 'w/lab/media/Deployment/image-resizer'

describe('the map', () => {
  let browser: Browser
  let mock: Mock
  beforeAll(async () => {
    mock = await serve('shop')
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    await mock?.stop()
  })

  it('shows namespaces from further away, and opens one', async () => {
    const { page, context, errors } = await visit(browser, `${mock.url}/map`)
    await page.locator('.canvas').waitFor()
    const sums = await page.locator('.sums b').first().textContent()
    await page.getByRole('button', { name: 'Namespace', exact: true }).click()
    await page.locator('.canvas[data-nodes="10"]').waitFor()
    expect(await page.locator('.sums b').first().textContent(), 'the cost of the window').toBe(sums)
    await shoot(page, 'map-namespaces-dark')
    const shop = await locate(page, 'node', 'g/namespace/lab/shop')
    await page.mouse.click(shop.x, shop.y)
    await page.getByRole('heading', { name: 'shop' }).waitFor()
    expect(await page.locator('.drawer').textContent()).toMatch(/Namespace.*Stands for.*6 nodes/)
    expect(await violations(page)).toEqual([])
    await shoot(page, 'map-group-dark')
    await page.getByRole('button', { name: 'open it on the map' }).click()
    await page.locator('.canvas[data-nodes="6"]').waitFor()
    expect(await page.locator('.sums').textContent()).toMatch(/13 nodes hidden with \d+ transfers: .* of cost\)/)
    await page.getByRole('button', { name: 'show all nodes' }).click()
    await page.locator('.canvas[data-nodes="19"]').waitFor()
    await page.keyboard.press('>')
    await page.locator('.canvas[data-nodes="21"]').waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it('finds the way from a workload to S3, and why it is charged NAT', async () => {
    const { page, context, errors } = await visit(browser, `${mock.url}/map?sel=n:${RESIZER}`)
    await page.getByRole('heading', { name: 'image-resizer' }).waitFor()
    await page.getByRole('button', { name: 'Path to…' }).click()
    await page.getByLabel('Path to').fill('S3 us-east-1')
    await page.keyboard.press('Enter')
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
    const { page, context, errors } = await visit(browser, `${mock.url}/map?sel=n:${CHECKOUT}`)
    await page.getByRole('heading', { name: 'checkout' }).waitFor()
    await page.keyboard.press('b')
    await page.getByRole('complementary', { name: 'Blast radius' }).getByText('calls it').first().waitFor()
    expect(new URL(page.url()).searchParams.get('blast')).toBe(CHECKOUT)
    await shoot(page, 'map-blast-dark')
    expect(await violations(page)).toEqual([])
    const link = page.url()
    const other = await visit(browser, link, 'light')
    await other.page.getByRole('complementary', { name: 'Blast radius' }).getByText('calls it').first().waitFor()
    expect(await other.page.locator('.drawer').textContent()).toBe(await page.locator('.drawer').textContent())
    await other.context.close()
    await page.keyboard.press('Escape')
    await page.goto(`${mock.url}/map?sel=n:${CHECKOUT}`)
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
    const { page, context, errors } = await visit(browser, `${mock.url}/map`)
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
    await expect.poll(() => new URL(page.url()).searchParams.get('f')).toBe('path=nat')
    await page.locator('.canvas[data-nodes="6"]').waitFor()
    expect(await page.locator('.legend li').count()).toBe(1)
    const other = await visit(browser, page.url(), 'light')
    await other.page.locator('.canvas[data-nodes="6"]').waitFor()
    await other.context.close()
    await page.goto(`${mock.url}/map?f=colour%3Dred`)
    await page.getByRole('alert').filter({ hasText: 'there is no field' }).waitFor()
    await page.getByRole('button', { name: 'all transfers' }).click()
    await page.locator('.canvas[data-nodes="19"]').waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it('gives its picture as a file', async () => {
    const { page, context, errors } = await visit(browser, `${mock.url}/map`)
    await page.locator('.canvas').waitFor()
    const waiting = page.waitForEvent('download')
    await page.getByRole('button', { name: 'PNG' }).click()
    expect((await waiting).suggestedFilename()).toBe('egressor-map.png')
    expect(errors).toEqual([])
    await context.close()
  })
})
