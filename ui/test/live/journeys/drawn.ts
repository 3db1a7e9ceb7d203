import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { violations } from '../../e2e/axe'
import { drawn, locate } from '../../e2e/drawn'
import { beginDrag, pointAt } from '../../e2e/pointer'
import { quiet } from '../../e2e/quiet'
import { expectAttribute, expectCount, linkOf } from '../../e2e/see'
import { parseDecimal, sum, toText } from '../../../src/lib/decimal'
import { REACHES, reachOf } from '../../../src/map/inZones'
import { agreed, exactly, expectExactly, journey } from '../walk'
import { answer, firstOf, pin, shifted, until } from '../world'
import { idOf, pinnedOf } from './overview'

const canvas = '.canvas:not([data-edges="0"])'

interface Ends { readonly source: string; readonly destination: string; readonly sourceZone: string; readonly destinationZone: string; readonly sourceRegion: string; readonly destinationRegion: string }
interface Placed extends Ends { readonly bytes: number; readonly cost: { readonly amount: string } }
interface Side { readonly monthly: { readonly amount: string } }
interface Shift extends Ends { readonly before: Side | null; readonly after: Side | null }
interface WhatIf { readonly monthlyBefore: { readonly amount: string }; readonly monthlyAfter: { readonly amount: string }; readonly shifts: readonly Shift[]; readonly recommendation: { readonly title: string } }

const ENDS = 'source destination sourceZone destinationZone sourceRegion destinationRegion'

/** What the map draws beside nodes where their transfers pull them: zones, pins, marks, play, and what would change. */
export function drawnJourneys(): void {
  journey('stands nodes in their zones, with sums of what crosses that are those of the API', async () => `/map?${(await pin()).link}`, async ({ page, elsewhere }) => {
    const { graph } = await answer<{ graph: { transfers: Placed[] } }>(`query($w: Window) { graph(window: $w, limit: 500, nodes: 1500) { transfers { ${ENDS} bytes cost { amount } } } }`, { w: (await pinnedOf(page)).window })
    await page.locator(canvas).waitFor()
    await page.keyboard.press('z')
    const sums = page.getByRole('region', { name: 'Across zones and regions' })
    await sums.waitFor()
    for (const [reach, label] of REACHES) {
      const rows = graph.transfers.filter((row) => reachOf(row) === reach)
      const row = sums.getByRole('row').filter({ has: page.getByRole('rowheader', { name: label, exact: true }) })
      await expectCount(row, label).toBe(rows.length > 0 ? 1 : 0)
      if (rows.length === 0) continue
      await expectExactly(row.locator('td:nth-child(2) .figure'), label).toBe(String(rows.reduce((total, one) => total + BigInt(one.bytes), 0n)))
      await expectExactly(row.locator('td:nth-child(3) .figure'), label).toBe(toText(sum(rows.map((one) => parseDecimal(one.cost.amount)))))
    }
    const placed = new Set(graph.transfers.flatMap((row) => [`${row.source} ${row.sourceRegion} ${row.sourceZone}`, `${row.destination} ${row.destinationRegion} ${row.destinationZone}`]))
    await expectAttribute(page.locator('.canvas'), 'data-nodes').toBe(String(placed.size))
    expect(await violations(page)).toEqual([])
    const said = await sums.textContent()
    await elsewhere((await linkOf(page)).href, async (other) => {
      await other.getByRole('region', { name: 'Across zones and regions' }).waitFor()
      await expect.poll(() => other.locator('.reaches').textContent()).toBe(said)
    })
  })

  journey('keeps a node where it was dragged, in a link that others open', async () => `/map?${(await pin()).link}`, async ({ page, elsewhere }) => {
    const catalog = await idOf('catalog')
    await page.locator(canvas).waitFor()
    const was = await pointAt(page, 'node', catalog, 'catalog')
    await beginDrag(page, was, { x: was.x + 50, y: was.y + 40 })
    await page.mouse.up()
    await page.getByRole('button', { name: 'Reset positions' }).waitFor()
    await page.getByRole('button', { name: 'Fit' }).click()
    const put = await locate(page, 'node', catalog)
    await elsewhere((await linkOf(page)).href, async (other) => {
      await other.locator(canvas).waitFor()
      await other.getByRole('button', { name: 'Fit' }).click()
      const theirs = await locate(other, 'node', catalog)
      expect(Math.hypot(theirs.x - put.x, theirs.y - put.y)).toBeLessThan(3)
    })
    await page.getByRole('button', { name: 'Reset positions' }).click()
    await page.waitForFunction(() => !new URL(location.href).searchParams.has('pins'))
  })

  journey('marks the rollout of the story on the strip, and leads to who it was', async () => {
    await until('a rollout among the marks', async () => (await rollouts()).some((one) => one.workloadName === 'catalog'))
    return `/map?${(await pin()).link}`
  }, async ({ page }) => {
    const known = firstOf(await rollouts(), 'of the catalog', (one) => one.workloadName === 'catalog')
    const marks = page.getByRole('list', { name: /^Rollouts and incidents/ })
    const wanted = new RegExp(`^Rollout of ${known.namespace}/catalog, .*by ${known.deployment.changedBy}`)
    const named = page.getByRole('dialog').getByRole('button', { name: wanted })
    await marks.locator('.mark').first().waitFor()
    await quiet(page)
    // One by itself leads there at once; of several that are close there is a list.
    const alone = marks.getByRole('button', { name: wanted })
    if (await alone.count() > 0) await alone.click()
    else {
      for (let nth = 0; await named.count() === 0; nth++) {
        await marks.locator('.mark').nth(nth).click()
        if (await named.count() > 0) break
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'hidden' })
      }
      await named.click()
    }
    await page.locator('aside.drawer').getByRole('heading', { name: 'catalog', level: 2 }).waitFor()
  })

  journey('plays from a minute that is over to now', async () => {
    await until('a third version', async () => ((await pin(1)).version > 3 ? true : null))
    // Long enough ago that it does not get to now before it is seen to play.
    return `/map?w=15m&to=${shifted((await pin(1)).to, -120)}`
  }, async ({ page }) => {
    const began = (await linkOf(page)).searchParams.get('to') ?? ''
    await page.locator('.notice.past').waitFor()
    await page.getByLabel('Minutes a second').selectOption('1')
    await page.getByRole('button', { name: 'Play' }).waitFor()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Pause', pressed: true }).waitFor()
    await page.waitForFunction((from) => new URL(location.href).searchParams.get('to') !== from, began)
    await page.getByLabel('Minutes a second').selectOption('15')
    await page.waitForFunction(() => !new URL(location.href).searchParams.has('to'))
    await page.getByRole('button', { name: 'Play', pressed: false }).waitFor()
    await page.locator('.notice.past').waitFor({ state: 'detached' })
  })

  journey('draws a saving before and after, by workloads and by zones, with the figures of the API', async () => {
    await until('a saving whose transfers are known', async () => (await savings()).find((one) => one.shifts.length > 0))
    return '/savings'
  }, async ({ page }) => {
    await page.getByRole('button', { name: /^Show on the map, before and after/ }).first().click()
    const bar = page.getByRole('region', { name: 'What if' })
    await bar.getByText('Saves').waitFor()
    const id = (await linkOf(page)).searchParams.get('whatif') ?? ''
    // On the map of one minute, whose nodes stay where they are.
    await page.goto(new URL(`/map?whatif=${encodeURIComponent(id)}&${(await pin()).link}`, (await linkOf(page)).origin).href)
    const figures = async (): Promise<string> => `${await exactly(bar.locator('dd .figure').nth(0))} ${await exactly(bar.locator('dd .figure').nth(1))}`
    const whatIf = await agreed(page, 'the amounts of the API', figures, async () => [await whatIfOf(id)], (one) => `${one.monthlyBefore.amount} ${one.monthlyAfter.amount}`)
    const moved = firstOf(whatIf.shifts, 'a transfer')
    const node = await locate(page, 'node', moved.source)
    await page.keyboard.press('v')
    await page.getByRole('button', { name: 'Before', exact: true, pressed: true }).waitFor()
    expect(await locate(page, 'node', moved.source), 'a node moved between before and after').toEqual(node)
    await page.keyboard.press('z')
    await expectReaches(page, whatIf)
    const nodes = String(await drawn(page))
    await page.keyboard.press('v')
    await page.getByRole('button', { name: 'After', exact: true, pressed: true }).waitFor()
    await expectAttribute(page.locator('.canvas'), 'data-nodes').toBe(nodes)
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Leave the what-if' }).click()
    await page.getByRole('region', { name: 'Across zones and regions' }).waitFor()
  })
}

/** The sums across zones are those of the transfers that the change moves, before and after. */
async function expectReaches(page: Page, { shifts }: WhatIf): Promise<void> {
  const sums = page.getByRole('region', { name: 'What changes across zones and regions' })
  await sums.waitFor()
  for (const [reach, label] of REACHES) {
    const rows = shifts.filter((row) => reachOf(row) === reach)
    if (rows.length === 0) continue
    const row = sums.getByRole('row').filter({ has: page.getByRole('rowheader', { name: label, exact: true }) })
    for (const [column, side] of [[2, 'before'], [3, 'after']] as const) {
      const amounts = rows.flatMap((one) => (one[side] ? [parseDecimal(one[side].monthly.amount)] : []))
      await expectExactly(row.locator(`td:nth-child(${column}) .figure`), `${label}, ${side}`).toBe(toText(sum(amounts)))
    }
  }
}

interface Mark { readonly workloadName: string; readonly namespace: string; readonly deployment: { readonly workload: string; readonly changedBy: string } }

async function rollouts(): Promise<Mark[]> {
  const { marks } = await answer<{ marks: { rollouts: Mark[] } }>('query($w: Window!) { marks(window: $w, first: 200) { rollouts { workloadName namespace deployment { workload changedBy } } } }', { w: (await pin()).window })
  return marks.rollouts
}

async function whatIfOf(id: string): Promise<WhatIf> {
  const { whatIf } = await answer<{ whatIf: WhatIf }>(`query($id: ID!) { whatIf(recommendation: $id) { monthlyBefore { amount } monthlyAfter { amount } recommendation { title } shifts { ${ENDS} before { monthly { amount } } after { monthly { amount } } } } }`, { id })
  return whatIf
}

async function savings(): Promise<WhatIf[]> {
  const { recommendations } = await answer<{ recommendations: Array<{ id: string }> }>('{ recommendations { id } }')
  return Promise.all(recommendations.slice(0, 1).map(({ id }) => whatIfOf(id)))
}
