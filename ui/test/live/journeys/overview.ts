import { expect } from 'vitest'
import { parseDecimal, sum, toText } from '../../../src/lib/decimal'
import { expectReceiptAddsUp } from '../../e2e/receipt'
import { exactly, journey } from '../walk'
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
    const id = new URL(page.url()).searchParams.get('sel')?.slice(2)
    const { window } = pinnedOf(page.url())
    const transfer = firstOf(await transfersOf(window), `transfer ${id}`, (one) => one.id === id)
    expect([transfer.sourceName, transfer.destinationName]).toContain(who)
    expect(await page.locator('table.receipt tfoot tr').getAttribute('data-cost')).toBe(transfer.cost.amount)
  })

  journey('shows sums that are those of the command line, and lines that add up to them', async () => `/?${(await pin()).link}`, async ({ page }) => {
    const { from, to, version } = pinnedOf(page.url())
    const query = `{ statement(window: { from: "${from}", to: "${to}", asOf: { version: ${version} } }, groupBy: [PATH]) { total { amount { amount } } lines { group sum { amount { amount } } } } }`
    const { statement } = JSON.parse(egressor(['query', '-'], query)) as { statement: { total: { amount: { amount: string } }; lines: Array<{ sum: { amount: { amount: string } } }> } }
    const panel = page.getByRole('region', { name: 'By the way the bytes take' })
    expect(await exactly(panel.locator('.panel-total .figure'))).toBe(statement.total.amount.amount)
    expect(await exactly(page.locator('.tiles .figure'))).toBe(statement.total.amount.amount)
    expect(toText(sum(statement.lines.map((line) => parseDecimal(line.sum.amount.amount))))).toBe(statement.total.amount.amount)
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
    const text = (await rollouts.textContent()) ?? ''
    for (const part of [newest?.changedBy, newest?.cause].filter(Boolean)) expect(text).toContain(part)
  })

  journey('opens the best saving, whose figure is the one of the API', async () => {
    await until('a saving', async () => (await answer<{ recommendations: unknown[] }>('{ recommendations { id } }')).recommendations.length > 0)
    return '/'
  }, async ({ page }) => {
    const savings = page.getByRole('region', { name: 'Best savings' })
    const first = savings.getByRole('listitem').first()
    const title = (await first.getByRole('link').textContent()) ?? ''
    const amount = await exactly(first.locator('.figure .figure'))
    await first.getByRole('link').click()
    const card = page.getByRole('article', { name: title })
    await card.waitFor()
    const { recommendations } = await answer<{ recommendations: Array<{ title: string; monthly: { amount: string } }> }>('{ recommendations { title monthly { amount } } }')
    const known = recommendations.filter((one) => one.title === title).map((one) => one.monthly.amount)
    // A minute may have been folded between the two questions.
    if (!known.includes(amount)) expect(known).toContain(await exactly(card.locator('.big .figure')))
  })
}

export async function idOf(name: string): Promise<string> {
  return (await transfersOf({})).flatMap((one) => [{ id: one.source, name: one.sourceName }, { id: one.destination, name: one.destinationName }]).find((one) => one.name === name)?.id ?? ''
}

interface Rollout { readonly revision: number; readonly changedBy: string; readonly cause: string }

/** Rollouts of a workload, the newest first. */
async function rolledOut(name: string): Promise<Rollout[]> {
  const { entity } = await answer<{ entity: { deployments: Rollout[] } | null }>('query($id: ID!) { entity(id: $id) { deployments { revision changedBy cause } } }', { id: await idOf(name) })
  return (entity?.deployments ?? []).toSorted((a, b) => b.revision - a.revision)
}

/** The pinned window of a link. */
export function pinnedOf(link: string): { link: string; from: string; to: string; version: number; window: object } {
  const { searchParams } = new URL(link)
  const [from, to, version] = [searchParams.get('from') ?? '', searchParams.get('to') ?? '', Number(searchParams.get('v'))]
  return { link, from, to, version, window: { from, to, asOf: { version } } }
}
