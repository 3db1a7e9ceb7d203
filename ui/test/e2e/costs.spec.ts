import { describe, expect, it } from 'vitest'
import { violations } from './axe'
import { shoot, visit } from './browser'
import { linkOf } from './see'
import { stage } from './server'

describe('the costs', () => {
  const on = stage('shop')

  it.each(['dark', 'light'] as const)('are lines of a bill, each with the transfers behind it, in %s', async (theme) => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/costs`, theme)
    const table = page.getByRole('region', { name: 'Statement', exact: true })
    await table.getByRole('row').nth(1).waitFor()
    expect(await violations(page)).toEqual([])
    await shoot(page, `costs-${theme}`)
    await table.getByRole('button', { name: /open what is behind .*image-resizer/ }).first().click()
    await page.getByRole('heading', { name: /^Behind/ }).waitFor()
    await page.getByRole('region', { name: 'Transfers', exact: true }).getByRole('row').nth(1).waitFor()
    const link = (await linkOf(page)).href
    expect(errors).toEqual([])
    await context.close()

    const again = await visit(on.browser, link, theme)
    await again.page.getByRole('heading', { name: /^Behind/ }).waitFor()
    await again.context.close()
  })
})
