import { describe, expect, it } from 'vitest'
import { violations } from './axe'
import { shoot, visit } from './browser'
import { beginDrag, stripOf } from './pointer'
import { expectAttribute, expectCount, linkOf } from './see'
import { quiet } from './quiet'
import { commit, stage } from './server'

/** Two hours before now: playing does not get there before it is paused. */
const BEGUN = '2026-11-23T08:30:00Z'

describe('the strip', () => {
  const on = stage('shop')

  it('marks rollouts and incidents, and leads to them', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map`)
    const marks = page.getByRole('list', { name: 'Rollouts and incidents' })
    await marks.waitFor()
    await quiet(page)
    await marks.getByRole('button', { name: /^1 incident and 1 rollout, from / }).click()
    const list = page.getByRole('dialog', { name: /^1 incident and 1 rollout/ })
    await list.getByRole('button', { name: /^Rollout of shop\/checkout, revision 7c9f4, by ci-deployer/ }).waitFor()
    expect(await violations(page)).toEqual([])
    await shoot(page, 'strip-marks-dark')
    await list.getByRole('button', { name: /^Incident: step/ }).click()
    await page.getByRole('heading', { name: /checkout to payments/ }).first().waitFor()
    await page.goBack()
    await marks.waitFor()
    await quiet(page)
    await marks.getByRole('button', { name: /^2 rollouts/ }).press('Enter')
    await page.getByRole('dialog', { name: /^2 rollouts/ }).getByRole('button', { name: /image-resizer/ }).press('Enter')
    await page.getByRole('heading', { name: 'image-resizer' }).waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it('plays to now by the space bar, pauses, and leaves one step in the history', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map?w=15m&to=${BEGUN}`)
    await page.getByRole('button', { name: 'Play' }).waitFor()
    await page.locator('.canvas').waitFor()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Pause', pressed: true }).waitFor()
    await page.waitForFunction((begun) => new URL(location.href).searchParams.get('to') !== begun, BEGUN)
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Play', pressed: false }).waitFor()
    const paused = (await linkOf(page)).searchParams.get('to')
    expect(Date.parse(paused ?? '')).toBeGreaterThan(Date.parse(BEGUN))
    expect(await violations(page)).toEqual([])
    await page.getByLabel('Minutes a second').selectOption('15')
    await page.getByRole('button', { name: 'Play' }).click()
    await page.waitForFunction(() => !new URL(location.href).searchParams.has('to'))
    await page.getByRole('button', { name: 'Play', pressed: false }).waitFor()
    expect(errors).toEqual([])
    await context.close()
  })
  it('chooses the window that is dragged over, also where a minute comes while it is dragged', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map`)
    const { x, y, width, height } = await stripOf(page)
    await page.locator('.strip .u-over').evaluate((element) => element.setAttribute('data-kept', ''))
    const scrubber = page.getByLabel('End of the window')
    const [first, last] = (await Promise.all(['min', 'max'].map((edge) => scrubber.getAttribute(edge)))).map(Number) as [number, number]
    /** The middle of a minute of the strip. */
    const middle = (minute: number): { x: number; y: number } => ({ x: x + (width * (minute + 1.5 - first)) / (last - first + 1), y: y + height / 2 })
    await beginDrag(page, middle(first + 40), middle(first + 60))
    const { number } = await commit(on.mock)
    await page.locator('.badge.version b', { hasText: `v${number}` }).waitFor()
    await expectAttribute(scrubber, 'max').toBe(String(last + 1))
    await page.mouse.move(middle(first + 70).x, y + height / 2, { steps: 5 })
    await page.mouse.up()
    await page.locator('.notice.past').waitFor()
    const chosen = await page.evaluate(() => ['from', 'to'].map((edge) => Date.parse(new URL(location.href).searchParams.get(edge) ?? '') / 60_000))
    expect(chosen).toEqual([first + 40, first + 71])
    await expectCount(page.locator('.strip .u-over[data-kept]'), 'the chart was made anew').toBe(1)
    expect(errors).toEqual([])
    await context.close()
  })
})
