import { expect } from 'vitest'
import { settled } from '../../e2e/screens'
import { expectCount, expectParam, expectText, expectValue, linkOf } from '../../e2e/see'
import { expectExactly, journey } from '../walk'
import { answer, firstOf, pin, pinnedTo, shifted, until } from '../world'

interface Diff {
  readonly total: { readonly costChange: { readonly amount: string }; readonly after: { readonly cost: { readonly amount: string } } }
  readonly rows: ReadonlyArray<{ readonly change: string; readonly costChange: { readonly amount: string }; readonly transfer: { readonly sourceName: string; readonly destinationName: string } | null; readonly group: readonly string[] }>
}

/** The newest minute, pinned, once there is one before it that is whole. */
async function minute(): Promise<ReturnType<typeof pinnedTo>> {
  const { version, to } = await until('a second minute', async () => {
    const { meta } = await answer<{ meta: { version: { number: number } } }>('{ meta { version { number } } }')
    const now = await pin(1)
    const { diff } = await answer<{ diff: { before: { window: { foldedMinutes: number } } } }>('query($b: Window!, $a: Window!) { diff(before: $b, after: $a, limit: 1) { before { window { foldedMinutes } } } }', { a: now.window, b: { ...now.window, from: shifted(now.from, -1), to: now.from } })
    return diff.before.window.foldedMinutes === 1 && meta.version.number > 1 ? now : null
  })
  return pinnedTo(version, shifted(to, -1), to)
}

async function diffOf(link: string, groupBy: string): Promise<Diff> {
  const { searchParams } = new URL(link)
  const [from, to, version] = [searchParams.get('from') ?? '', searchParams.get('to') ?? '', Number(searchParams.get('v'))]
  const { diff } = await answer<{ diff: Diff }>(`query($b: Window!, $a: Window!, $g: Dimension) { diff(before: $b, after: $a, groupBy: $g, limit: 500) { total { costChange { amount } after { cost { amount } } } rows { change group costChange { amount } transfer { sourceName destinationName } } } }`, {
    a: { from, to, asOf: { version } }, b: { from: shifted(from, -1), to: from, asOf: { version } }, g: groupBy,
  })
  return diff
}

/** What changed between two moments, with the money. */
export function compareJourneys(): void {
  journey('compares two minutes by one key: the sums and the first row are those of the API', async () => `/map?${(await minute()).link}`, async ({ page }) => {
    await page.locator('.canvas').waitFor()
    await page.keyboard.press('c')
    const table = page.getByRole('table', { name: 'What changed' })
    await table.getByRole('row').nth(1).waitFor()
    const diff = await diffOf((await linkOf(page)).href, 'TRANSFER')
    expect(diff.rows.length).toBeGreaterThan(0)
    const first = table.getByRole('row').nth(1)
    const sizes = diff.rows.map((row) => Math.abs(Number(row.costChange.amount)))
    const dearest = firstOf(diff.rows, 'the largest change', (row) => Math.abs(Number(row.costChange.amount)) === Math.max(...sizes))
    await expectText(first).toContain(dearest.transfer?.sourceName)
    await expectText(first).toContain(dearest.transfer?.destinationName)
    await expectCount(table.getByRole('row')).toBe(Math.min(diff.rows.length, 200) + 1)
    await page.getByLabel('Rows').selectOption('path')
    await table.getByText('NAT gateway').first().waitFor()
    const byPath = await diffOf((await linkOf(page)).href, 'PATH')
    expect(byPath.total).toEqual(diff.total)
    await expectCount(table.getByRole('row')).toBe(byPath.rows.length + 1)
  })

  journey('compares the minutes of a young system with each other, from the overview', async () => {
    await minute()
    return '/?w=24h'
  }, async ({ page }) => {
    await page.getByRole('button', { name: /^Compare the newest \d+ minutes? with the/ }).click()
    const table = page.getByRole('table', { name: 'What changed' })
    await table.getByRole('row').nth(1).waitFor()
    const { searchParams } = (await linkOf(page))
    const [from, to] = [searchParams.get('from') ?? '', searchParams.get('to') ?? '']
    const half = (Date.parse(to) - Date.parse(from)) / 60_000
    const { diff } = await answer<{ diff: { before: { window: { foldedMinutes: number } } } }>('query($b: Window!, $a: Window!) { diff(before: $b, after: $a, limit: 1) { before { window { foldedMinutes } } } }', { a: { from, to }, b: { from: shifted(from, -half), to: from } })
    expect(diff.before.window.foldedMinutes).toBe(half)
    await expectCount(page.getByText('Partial')).toBe(0)
  })

  journey('sends a comparison as a link, which says the same elsewhere', async () => `/compare?g=namespace&${(await minute()).link}`, async ({ page, elsewhere }) => {
    const table = page.getByRole('table', { name: 'What changed' })
    await table.getByRole('row').nth(1).waitFor()
    await settled(page)
    const said = await table.textContent()
    const sums = await page.locator('.sums').textContent()
    await elsewhere((await linkOf(page)).href, async (other) => {
      await other.getByRole('table', { name: 'What changed' }).getByRole('row').nth(1).waitFor()
      await expectText(other.getByRole('table', { name: 'What changed' })).toBe(said)
      await expectText(other.locator('.sums')).toBe(sums)
      await expectValue(other.getByLabel('Rows')).toBe('namespace')
    })
  })

  journey('steps one window back and forward, and says that it is the past', async () => `/map?w=15m`, async ({ page }) => {
    await page.locator('.badge.version').waitFor()
    await page.locator('.canvas').waitFor()
    await page.keyboard.press('[')
    await page.locator('.notice.past').getByText('Viewing the past').waitFor()
    await expectParam(page, 'to').toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    await page.keyboard.press(']')
    await page.locator('.notice.past').waitFor({ state: 'detached' })
    await expectParam(page, 'to').toBeNull()
  })

  journey('opens an old version from the list, and shows what was known then', '/versions', async ({ page }) => {
    const table = page.getByRole('region', { name: 'Versions' })
    await table.getByRole('button', { name: 'v1', exact: true }).click()
    await page.locator('.notice.past', { hasText: 'as of version 1' }).waitFor()
    const { graph } = await answer<{ graph: { total: { cost: { amount: string } } } }>('{ graph(window: { asOf: { version: 1 } }, limit: 1) { total { cost { amount } } } }')
    await expectExactly(page.locator('.sums b .figure')).toBe(graph.total.cost.amount)
    await page.getByRole('button', { name: 'Back to live' }).click()
    await page.locator('.notice.past').waitFor({ state: 'detached' })
    await expectParam(page, 'v').toBeNull()
  })
}
