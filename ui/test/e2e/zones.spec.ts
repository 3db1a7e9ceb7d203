import { describe, expect, it } from 'vitest'
import { violations } from './axe'
import { shoot, visit } from './browser'
import { locate } from './drawn'
import { beginDrag, pointAt } from './pointer'
import { quiet } from './quiet'
import { expectText, linkOf } from './see'
import { stage } from './server'

const CHECKOUT = 'w/lab/shop/Deployment/checkout'

describe('zones and pins', () => {
  const on = stage('shop')

  it('stands nodes in their zones and regions, with the sums of what crosses, by key and by link', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map`)
    await page.locator('.canvas').waitFor()
    await page.keyboard.press('z')
    await page.getByRole('button', { name: 'Zones', pressed: true }).waitFor()
    const sums = page.getByRole('region', { name: 'Across zones and regions' })
    await expectText(sums.getByRole('row', { name: /Across zones/ })).toMatch(/(MiB|GiB)\$0\.\d/)
    expect(await violations(page)).toEqual([])
    await shoot(page, 'zones-dark')
    const other = await visit(on.browser, (await linkOf(page)).href, 'light')
    await Promise.all([quiet(page), quiet(other.page)])
    await expectText(other.page.locator('.reaches')).toBe(await sums.textContent())
    expect(await violations(other.page)).toEqual([])
    await shoot(other.page, 'zones-light')
    await other.context.close()
    await page.getByRole('button', { name: 'Freely' }).click()
    await sums.waitFor({ state: 'detached' })
    expect(errors).toEqual([])
    await context.close()
  })

  it('keeps a node where it was dragged, also for who gets the link, until it is let go', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map`)
    await page.locator('.canvas').waitFor()
    const was = await pointAt(page, 'node', CHECKOUT, 'checkout')
    await beginDrag(page, was, { x: was.x + 60, y: was.y + 90 })
    await page.mouse.up()
    await page.getByRole('button', { name: 'Reset positions' }).waitFor()
    const put = await locate(page, 'node', CHECKOUT)
    expect(Math.hypot(put.x - was.x, put.y - was.y)).toBeGreaterThan(50)
    const other = await visit(on.browser, (await linkOf(page)).href)
    await other.page.getByRole('button', { name: 'Reset positions' }).waitFor()
    await other.page.getByRole('button', { name: 'Fit' }).click()
    await page.getByRole('button', { name: 'Fit' }).click()
    const [mine, theirs] = [await locate(page, 'node', CHECKOUT), await locate(other.page, 'node', CHECKOUT)]
    expect(Math.hypot(mine.x - theirs.x, mine.y - theirs.y)).toBeLessThan(3)
    await other.context.close()
    await page.getByRole('button', { name: 'Reset positions' }).click()
    await page.waitForFunction(() => !new URL(location.href).searchParams.has('pins'))
    await page.goto(`${on.mock.url}/map?sel=n:${CHECKOUT}`)
    await page.getByRole('heading', { name: 'checkout' }).waitFor()
    await page.keyboard.press('.')
    await page.waitForFunction(() => new URL(location.href).searchParams.get('pins')?.endsWith('checkout'))
    await page.keyboard.press('.')
    await page.waitForFunction(() => !new URL(location.href).searchParams.has('pins'))
    expect(errors).toEqual([])
    await context.close()
  })
})
