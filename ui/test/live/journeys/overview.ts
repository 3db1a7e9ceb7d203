import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { parseDecimal, sum, toText } from '../../../src/lib/decimal'
import { expectReceiptAddsUp } from '../../e2e/receipt'
import { settled } from '../../e2e/screens'
import { expectAttribute, expectText, linkOf } from '../../e2e/see'
import { agreed, expectExactly, exactly, journey } from '../walk'
import { answer, egressor, firstOf, pin, transfersOf, until } from '../world'

/** Is anything wrong, what is it worth, and who did it. */
export function overviewJourneys(): void {
  journey('leads from the overview to who made the bill jump, and to the receipt, in at most four clicks', async () => `/?${(await pin()).link}`, async ({ page }) => {
    let clicks = 0
    const click = async (name: RegExp, within = page.locator('main')): Promise<void> => {
      await within.getByRole('button', { name }).first().click()
      clicks++
    }
    await click(/ to /, page.getByRole('region', { name: /^What (changed|costs most)$/ }))
    const drawer = page.locator('aside.drawer')
    const who = await drawer.getByRole('heading', { level: 2 }).textContent()
    await drawer.locator('.peers button').first().click()
    clicks++
    await drawer.getByText(/^(Receipt|One line of the map)/).first().waitFor()
    if (await drawer.getByText('One line of the map').isVisible()) {
      await drawer.locator('.peers button').first().click()
      clicks++
    }
    await expectReceiptAddsUp(page)
    expect(clicks).toBeLessThanOrEqual(4)
    const id = (await linkOf(page)).searchParams.get('sel')?.slice(2)
    const { window } = await pinnedOf(page)
    const transfer = firstOf(await transfersOf(window), `transfer ${id}`, (one) => one.id === id)
    expect([transfer.sourceName, transfer.destinationName]).toContain(who)
    await expectAttribute(page.locator('table.receipt tfoot tr'), 'data-cost').toBe(transfer.cost.amount)
  })

  journey('shows sums that are those of the command line, and lines that add up to them', async () => `/?${(await pin()).link}`, async ({ page }) => {
    const { from, to, version } = await pinnedOf(page)
    const query = `{ statement(window: { from: "${from}", to: "${to}", asOf: { version: ${version} } }, groupBy: [PATH]) { total { amount { amount } } lines { group sum { amount { amount } } } } }`
    const { statement } = JSON.parse(egressor(['query', '-'], query)) as { statement: { total: { amount: { amount: string } }; lines: Array<{ sum: { amount: { amount: string } } }> } }
    const panel = page.getByRole('region', { name: 'By the way the bytes take' })
    await expectExactly(panel.locator('.panel-total .figure')).toBe(statement.total.amount.amount)
    await expectExactly(page.locator('.tiles .figure')).toBe(statement.total.amount.amount)
    expect(toText(sum(statement.lines.map((line) => parseDecimal(line.sum.amount.amount))))).toBe(statement.total.amount.amount)
    await settled(page)
    const shown = await panel.locator('.bar-amount > .figure:first-child').all()
    const exact = await Promise.all(shown.map((one) => exactly(one)))
    expect(exact.slice(0, statement.lines.length)).toEqual(statement.lines.slice(0, exact.length).map((line) => line.sum.amount.amount))
  })

  journey('says in the list of rollouts who rolled the catalog out, and why', async () => {
    await until('the rollout of the story', async () => (await rolledOut('catalog')).length > 1)
    return `/map?w=15m&sel=n:${encodeURIComponent(await idOf('catalog'))}`
  }, async ({ page }) => {
    const [newest] = await rolledOut('catalog')
    const rollouts = page.locator('aside.drawer .rollouts')
    await rollouts.getByText(`Revision ${newest?.revision}`).waitFor()
    for (const part of [newest?.changedBy, newest?.cause].filter(Boolean)) await expectText(rollouts).toContain(part)
  })

  journey('opens the best saving, whose figure is the one of the API', async () => {
    await until('a saving', async () => (await answer<{ recommendations: unknown[] }>('{ recommendations { id } }')).recommendations.length > 0)
    return '/'
  }, async ({ page }) => {
    const savings = page.getByRole('region', { name: 'Best savings' })
    const first = savings.getByRole('listitem').first()
    // Title and figure in one reading: the next minute may have another saving first.
    const read = (): Promise<string> => first.evaluate((item) => `${item.querySelector('a')?.textContent ?? ''} ${item.querySelector('.figure .figure')?.getAttribute('title') ?? ''}`)
    const { title } = await agreed(page, 'the best saving as the API has it', read, recommendations, (one) => `${one.title} ${one.monthly.amount} ${one.monthly.currency}`)
    await savings.getByRole('link', { name: title }).first().click()
    await page.getByRole('article', { name: title }).waitFor()
  })
}

export async function idOf(name: string): Promise<string> {
  return (await transfersOf({})).flatMap((one) => [{ id: one.source, name: one.sourceName }, { id: one.destination, name: one.destinationName }]).find((one) => one.name === name)?.id ?? ''
}

interface Saving { readonly title: string; readonly monthly: { readonly amount: string; readonly currency: string } }

async function recommendations(): Promise<Saving[]> {
  return (await answer<{ recommendations: Saving[] }>('{ recommendations { title monthly { amount currency } } }')).recommendations
}

interface Rollout { readonly revision: number; readonly changedBy: string; readonly cause: string }

/** Rollouts of a workload, the newest first. */
async function rolledOut(name: string): Promise<Rollout[]> {
  const { entity } = await answer<{ entity: { deployments: Rollout[] } | null }>('query($id: ID!) { entity(id: $id) { deployments { revision changedBy cause } } }', { id: await idOf(name) })
  return (entity?.deployments ?? []).toSorted((a, b) => b.revision - a.revision)
}

/** The pinned window of a page. */
export async function pinnedOf(page: Page): Promise<{ from: string; to: string; version: number; window: object }> {
  const { searchParams } = await linkOf(page)
  const [from, to, version] = [searchParams.get('from') ?? '', searchParams.get('to') ?? '', Number(searchParams.get('v'))]
  return { from, to, version, window: { from, to, asOf: { version } } }
}
