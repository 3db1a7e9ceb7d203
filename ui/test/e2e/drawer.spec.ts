import { describe, expect, it } from 'vitest'
import { expectLanguagesAgree } from './agree'
import { visit } from './browser'
import { quiet } from './quiet'
import { expectAttribute, expectClipboard, expectCount, expectDisabled, expectParam } from './see'
import { commit, stage } from './server'

const CHECKOUT = 'w/lab/shop/Deployment/checkout'

describe('the drawer', () => {
  const on = stage('shop')

  it('gives a node as GraphQL and as Cypher, which agree, and as a kubectl command', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map?sel=n:${CHECKOUT}`)
    await page.getByRole('heading', { name: 'checkout' }).waitFor()
    expect(await expectLanguagesAgree(page, on.mock.url)).toBeGreaterThan(4)
    await page.getByRole('button', { name: 'Copy kubectl command' }).click()
    await expectClipboard(page).toBe('kubectl --namespace shop describe deployment checkout')
    expect(errors).toEqual([])
    await context.close()
  })

  it('gives a transfer in both languages, and runs it on the Cypher screen', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map?view=table&sel=t:${on.mock.world.edges[10]?.id ?? ''}`)
    await page.getByRole('heading', { name: /checkout.*payments/ }).waitFor()
    expect(await expectLanguagesAgree(page, on.mock.url)).toBe(1)
    await page.getByRole('button', { name: 'Run as Cypher' }).click()
    await page.getByRole('region', { name: 'Result' }).getByRole('row').nth(1).waitFor()
    await expectParam(page, 'v').toBe('180')
    expect(errors).toEqual([])
    await context.close()
  })

  it('stays as somebody left it when a minute comes', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map?sel=n:${CHECKOUT}`)
    const drawer = page.locator('aside.drawer')
    await page.getByRole('heading', { name: 'checkout' }).waitFor()
    await quiet(page)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await drawer.getByRole('button', { name: 'Copy as Cypher' }).click()
    await drawer.getByText('copied').waitFor()
    await drawer.locator('.series canvas').first().evaluate((canvas) => canvas.setAttribute('data-kept', ''))
    const scrolled = await drawer.evaluate((pane) => pane.scrollTop)
    expect(scrolled).toBeGreaterThan(100)
    const { number } = await commit(on.mock)
    await page.locator('.badge.version b', { hasText: `v${number}` }).waitFor()
    await quiet(page)
    await expectCount(drawer.getByText('copied'), 'the word of the button').toBe(1)
    await expectCount(drawer.locator('.series canvas[data-kept]'), 'the same chart').toBe(1)
    await expect.poll(() => drawer.evaluate((pane) => pane.scrollTop)).toBe(scrolled)
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Copy as Cypher')
    expect(errors).toEqual([])
    await context.close()
  })

  it('names the incidents and savings that a node is part of', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/map?sel=n:${CHECKOUT}`)
    await page.locator('aside.drawer').getByRole('link', { name: /checkout to payments.example by NAT/ }).click()
    await page.getByText('all of the new bytes are of pods of the new revision').waitFor()
    await context.close()
  })

  it('links to a console by a template that this browser keeps', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/settings`)
    await page.getByLabel('Address of a workload').fill('javascript:alert(1)')
    await expectDisabled(page.getByRole('region', { name: 'Kubernetes console' }).getByRole('button', { name: 'Keep' })).toBe(true)
    await page.getByLabel('Address of a workload').fill('https://console.example/{namespace}/{kind}/{name}')
    await page.getByRole('region', { name: 'Kubernetes console' }).getByRole('button', { name: 'Keep' }).click()
    await page.getByText('kept in this browser').waitFor()
    await page.goto(`${on.mock.url}/map?sel=n:${CHECKOUT}`)
    await expectAttribute(page.getByRole('link', { name: 'Open in the console' }), 'href').toBe('https://console.example/shop/Deployment/checkout')
    await context.close()
  })
})
