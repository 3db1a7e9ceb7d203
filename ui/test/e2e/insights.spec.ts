import { describe, expect, it } from 'vitest'
import { violations } from './axe'
import { shoot, visit } from './browser'
import { pressPair } from './pointer'
import { expectClipboard, linkOf } from './see'
import { stage } from './server'

describe('incidents and savings', () => {
  const on = stage('shop')

  it('tell an incident as a story, from the list and from an alert\'s link', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/incidents`)
    await page.getByRole('link', { name: /checkout to payments.example/ }).waitFor()
    expect(await violations(page)).toEqual([])
    await shoot(page, 'incidents-dark')
    await page.getByRole('link', { name: /checkout to payments.example/ }).click()
    await page.getByText('all of the new bytes are of pods of the new revision').waitFor()
    await page.getByText(/a day beyond the expected, .*4\.30.* to .*4\.70 in 90 of 100 cases/).waitFor()
    const picture = page.getByRole('figure').filter({ hasText: 'Cost per minute' })
    await picture.getByText(/the line is what was expected, about .*0\.001852/).waitFor()
    await picture.locator('canvas').waitFor()
    await page.getByText(/made when it opened by egressor.*by rule, of version 180/).waitFor()
    await page.getByText('Rollout 7c9f4 of checkout explains all of it.').waitFor()
    expect(await violations(page)).toEqual([])
    await shoot(page, 'incident-dark')
    const link = (await linkOf(page)).href
    expect(errors).toEqual([])
    await context.close()

    const again = await visit(on.browser, link, 'light')
    await again.page.getByText('the parts add up to it exactly').waitFor()
    expect(await violations(again.page)).toEqual([])
    await shoot(again.page, 'incident-light')
    await again.page.getByRole('button', { name: 'Compare with an hour earlier' }).click()
    await again.page.getByRole('table', { name: 'What changed' }).waitFor()
    await again.page.goBack()
    await again.page.getByRole('button', { name: 'Its transfers' }).click()
    const table = again.page.getByRole('table', { name: /Transfers/ })
    await table.getByRole('cell', { name: 'payments.example' }).first().waitFor()
    await again.context.close()
  })

  it('say of an unknown incident that it is not there', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/incidents/nosuch`)
    await page.getByRole('heading', { name: 'No such incident' }).waitFor()
    await context.close()
  })

  it('hand over the patch of a saving', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map`)
    await page.locator('.canvas').waitFor()
    await pressPair(page, 'gw')
    await page.getByRole('article').first().waitFor()
    await page.getByText('Apply, check and undo').click()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'copy the terraform patch' }).first().click()
    await page.getByText('copied', { exact: true }).waitFor()
    await expectClipboard(page).toContain('aws_vpc_endpoint')
    expect(await violations(page)).toEqual([])
    await shoot(page, 'savings-dark')
    expect(errors).toEqual([])
    await context.close()
  })
})
