import { describe, expect, it } from 'vitest'
import { violations } from './axe'
import { shoot, visit } from './browser'
import { stage } from './server'

describe('the strip', () => {
  const on = stage('shop')

  it('marks rollouts and incidents, and leads to them', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map`)
    const marks = page.getByRole('list', { name: 'Rollouts and incidents' })
    await marks.getByRole('button', { name: /^1 incident and 1 rollout, from / }).click()
    const list = page.getByRole('dialog', { name: /^1 incident and 1 rollout/ })
    await list.getByRole('button', { name: /^Rollout of shop\/checkout, revision 7c9f4, by ci-deployer/ }).waitFor()
    expect(await violations(page)).toEqual([])
    await shoot(page, 'strip-marks-dark')
    await list.getByRole('button', { name: /^Incident: step/ }).click()
    await page.getByRole('heading', { name: /checkout to payments/ }).first().waitFor()
    await page.goBack()
    await marks.getByRole('button', { name: /^2 rollouts/ }).press('Enter')
    await page.getByRole('dialog', { name: /^2 rollouts/ }).getByRole('button', { name: /image-resizer/ }).press('Enter')
    await page.getByRole('heading', { name: 'image-resizer' }).waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it('plays to now by the space bar, pauses, and leaves one step in the history', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map?w=15m&to=2026-11-23T10:20:00Z`)
    await page.getByRole('button', { name: 'Play' }).waitFor()
    await page.locator('.canvas').waitFor()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Pause', pressed: true }).waitFor()
    await page.waitForFunction(() => new URL(location.href).searchParams.get('to') !== '2026-11-23T10:20:00Z')
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Play', pressed: false }).waitFor()
    const paused = new URL(page.url()).searchParams.get('to')
    expect(Date.parse(paused ?? '')).toBeGreaterThan(Date.parse('2026-11-23T10:20:00Z'))
    expect(await violations(page)).toEqual([])
    await page.getByLabel('Minutes a second').selectOption('15')
    await page.getByRole('button', { name: 'Play' }).click()
    await page.waitForFunction(() => !new URL(location.href).searchParams.has('to'))
    await page.getByRole('button', { name: 'Play', pressed: false }).waitFor()
    expect(errors).toEqual([])
    await context.close()
  })
})
