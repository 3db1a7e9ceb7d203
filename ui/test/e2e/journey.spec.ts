import { describe, expect, it } from 'vitest'
import { violations } from './axe'
import { shoot, visit } from './browser'
import { pressPair } from './pointer'
import { quiet } from './quiet'
import { expectCount, expectText } from './see'
import { commit, stage } from './server'

describe('journeys and states', () => {
  const on = stage('shop')

  it('can be used with the keyboard alone', async () => {
    const { url } = on.mock
    const { page, context } = await visit(on.browser, `${url}/`)
    await page.getByRole('region', { name: 'What changed' }).waitFor()
    await pressPair(page, 'gm')
    await page.locator('.canvas').waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await shoot(page, 'keys-dark')
    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    await page.keyboard.type('resizer')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'image-resizer' }).waitFor()
    await page.keyboard.press('f')
    await page.keyboard.press('t')
    await page.getByRole('region', { name: 'Transfers', exact: true }).locator('table').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('aside.drawer').waitFor({ state: 'detached' })
    await page.keyboard.press('[')
    await page.locator('.notice.past').waitFor()
    await page.keyboard.press(']')
    await page.locator('.notice.past').waitFor({ state: 'detached' })
    await pressPair(page, 'gv')
    await page.getByRole('heading', { name: 'All versions' }).waitFor()
    await pressPair(page, 'gs')
    await page.getByRole('heading', { name: 'Can the numbers be trusted?' }).waitFor()
    await pressPair(page, 'gt')
    await page.getByRole('region', { name: 'Transfers', exact: true }).locator('table').waitFor()
    await page.keyboard.press('t')
    await page.locator('.canvas').waitFor()
    await page.keyboard.press('a')
    await page.getByRole('textbox', { name: 'Question' }).waitFor()
    await context.close()
  })

  it('opens the map at an old version from the list of versions', async () => {
    const { url } = on.mock
    const { page, context } = await visit(on.browser, `${url}/versions`)
    await page.getByRole('button', { name: 'v171' }).click()
    await page.locator('.notice.past', { hasText: 'as of version 171' }).waitFor()
    await page.locator('.badge.version', { hasText: 'v171 · 10:22 UTC' }).waitFor()
    await context.close()
  })

  it('asks, shows the steps, and marks what is not proven', async () => {
    const { url } = on.mock
    const { page, context, errors } = await visit(on.browser, `${url}/map?ask=1`)
    await page.getByText('No key is set').waitFor()
    await page.getByRole('button', { name: 'What costs most in the last hour?' }).click()
    await page.locator('.turn', { hasText: '1 unproven piece' }).waitFor()
    await page.locator('.call summary').click()
    await expectText(page.locator('.call pre').first()).toContain('"orderBy": "COST"')
    await expectText(page.locator('.answer mark')).toContain('97 %')
    await expectCount(page.locator('.answer').locator('a, img, b'), 'links, images, HTML').toBe(0)
    await expectText(page.locator('.answer')).toContain('<b>markup</b>')
    await shoot(page, 'ask-dark')
    expect(await violations(page)).toEqual([])
    await page.getByRole('textbox', { name: 'Question' }).fill('please fail')
    await page.keyboard.press('Enter')
    await page.getByText('OVERLOADED').waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it('says that nothing is folded, and shows the first version when it comes', async () => {
    const mock = await on.another('empty')
    const { page, context } = await visit(on.browser, `${mock.url}/`)
    await page.getByRole('heading', { name: 'Nothing is folded yet' }).waitFor()
    await shoot(page, 'empty-dark')
    expect(await violations(page)).toEqual([])
    await commit(mock)
    await page.getByRole('heading', { name: 'What costs most' }).waitFor()
    await context.close()
  })

  it('tells a window of which nothing is known from one in which nothing moved', async () => {
    const { url } = on.mock
    const { page, context, errors } = await visit(on.browser, `${url}/map?to=2020-01-01T00:00:00Z`)
    await page.getByRole('heading', { name: 'Nothing is known of this window' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.goto(`${url}/costs?to=2020-01-01T00:00:00Z`)
    await page.getByRole('heading', { name: 'Nothing is known of this window' }).waitFor()
    await page.goto(`${url}/map?f=${encodeURIComponent('namespace=nowhere')}`)
    await page.getByRole('heading', { name: 'No traffic in this window' }).waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it('shows the code of a failure and what to do', async () => {
    const { url } = await on.another('failing')
    const { page, context } = await visit(on.browser, `${url}/`)
    const alert = page.getByRole('alert')
    await alert.waitFor()
    await expectText(alert).toContain('STORE_UNAVAILABLE')
    await expectText(alert).toContain('egressor doctor')
    await shoot(page, 'failure-dark')
    expect(await violations(page)).toEqual([])
    await context.close()
  })

  it('shows hostile names as harmless text', async () => {
    const { url } = await on.another('hostile')
    const { page, context, errors } = await visit(on.browser, `${url}/`)
    await page.getByRole('region', { name: 'What changed' }).waitFor()
    await shoot(page, 'hostile-overview')
    await pressPair(page, 'gm')
    await page.locator('.canvas').waitFor()
    await shoot(page, 'hostile-map')
    await page.keyboard.press('t')
    await page.locator('.table').waitFor()
    await shoot(page, 'hostile-table')
    await quiet(page)
    const text = (await page.locator('.table').textContent()) ?? ''
    expect(text).toContain('<img src=x onerror')
    expect(text).toContain('🛒👩‍👩‍👧‍👦 cart 🇩🇪')
    expect(text, 'bidirectional and control characters').not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/)
    await expectCount(page.locator('.table img, .table script')).toBe(0)
    const widest = await page.locator('.table td:first-child').evaluateAll((cells) => Math.max(...cells.map((cell) => cell.clientWidth)))
    expect(widest, 'pixels of the widest name').toBeLessThan(500)
    await page.locator('.table').getByRole('button', { name: /^xlong/ }).first().click()
    await page.locator('.drawer h2').waitFor()
    await shoot(page, 'hostile-drawer')
    expect(await page.title()).toBe('Egressor')
    expect(errors).toEqual([])
    await context.close()
  })
})
