import { expect } from 'vitest'
import { parseDecimal, sum, toText } from '../../../src/lib/decimal'
import { expectLanguagesAgree } from '../../e2e/agree'
import { settled } from '../../e2e/screens'
import { expectCount, linkOf } from '../../e2e/see'
import { csvRows, downloaded, exactly, expectExactly, journey } from '../walk'
import { answer, firstOf, pin, pinnedTo, shifted, transfersOf, until } from '../world'
import { idOf, pinnedOf } from './overview'

interface Statement { readonly total: { readonly amount: { readonly amount: string } }; readonly lines: ReadonlyArray<{ readonly group: readonly string[]; readonly sum: { readonly amount: { readonly amount: string }; readonly standing: { readonly amount: string } } }> }

export async function statementOf(window: object, groupBy: string, view = 'PAYER'): Promise<Statement> {
  const { statement } = await answer<{ statement: Statement }>('query($w: Window, $g: [StatementDimension!], $v: StatementView) { statement(window: $w, groupBy: $g, view: $v) { total { amount { amount } } lines { group sum { amount { amount } standing { amount } } } } }', { w: window, g: [groupBy], v: view })
  return statement
}

/** Who spends what on which charge, down to raw rows, and the same in every form. */
export function moneyJourneys(): void {
  journey('flows to charge codes by keyboard, and opens charges that add up to the line', async () => `/costs?${(await pin()).link}`, async ({ page }) => {
    await settled(page)
    await page.locator('.sankey .ribbon').first().press('Enter')
    await page.getByRole('heading', { name: /^Behind/ }).waitFor()
    const charges = page.getByRole('region', { name: 'Charges', exact: true })
    await charges.getByRole('row').nth(1).waitFor()
    const line = (await linkOf(page)).searchParams.get('line') ?? ''
    const by = (await linkOf(page)).searchParams.get('lines') ?? 'workload'
    const statement = await statementOf((await pinnedOf(page)).window, { workload: 'WORKLOAD', code: 'CHARGE_CODE', path: 'PATH', namespace: 'NAMESPACE' }[by] ?? '')
    const known = firstOf(statement.lines, `the line ${line}`, (one) => one.group[0] === line)
    await settled(page)
    const amounts = await charges.locator('tbody td:nth-child(7) > .figure').all()
    const exact = await Promise.all(amounts.map((one) => exactly(one)))
    // Of bytes and by the hour: both are behind the line.
    expect(toText(sum(exact.map((one) => parseDecimal(one))))).toBe(toText(sum([known.sum.amount, known.sum.standing].map((one) => parseDecimal(one.amount)))))
  })

  journey('shows to whom it is billed or who caused it, at one total', async () => `/costs?lines=namespace&${(await pin()).link}`, async ({ page }) => {
    const { window } = await pinnedOf(page)
    const table = page.getByRole('region', { name: 'Statement', exact: true })
    await table.getByRole('row').nth(1).waitFor()
    const payer = await exactly(page.getByRole('region', { name: 'Cost of bytes' }).locator('.big'))
    expect(payer).toBe((await statementOf(window, 'NAMESPACE')).total.amount.amount)
    await page.getByRole('button', { name: 'Causer', exact: true }).click()
    const causer = await statementOf(window, 'NAMESPACE', 'CAUSER')
    await expectCount(table.locator('tbody tr')).toBe(causer.lines.length)
    await expectExactly(page.getByRole('region', { name: 'Cost of bytes' }).locator('.big')).toBe(payer)
    expect(causer.total.amount.amount).toBe(payer)
  })

  journey('exports the lines of the bill: CSV and JSON have the digits of the API', async () => `/costs?lines=code&${(await pin()).link}`, async ({ page }) => {
    await settled(page)
    const { lines, total } = await statementOf((await pinnedOf(page)).window, 'CHARGE_CODE')
    const [heading = [], ...rows] = csvRows((await downloaded(page, page.getByRole('button', { name: 'Export costs-by-code as CSV' }))).toString())
    const cost = heading.indexOf('cost')
    expect(cost).toBeGreaterThan(0)
    expect(rows.slice(0, -1).map((row) => row[cost])).toEqual(lines.map((line) => line.sum.amount.amount))
    expect(rows.at(-1)?.[cost]).toBe(total.amount.amount)
    const json = JSON.parse((await downloaded(page, page.getByRole('button', { name: 'Export costs-by-code as JSON' }))).toString()) as Array<{ cost: string }>
    expect(json.map((row) => row.cost)).toEqual(rows.map((row) => row[cost]))
  })

  journey('says of a young system that nothing is forecast, and of no bill how one is given', '/costs?w=15m', async ({ page }) => {
    await page.getByRole('region', { name: 'The month' }).getByText(/hours are measured of the 48 that a forecast takes/).waitFor()
    await page.getByText('Bill reconciliation').click()
    await page.getByText(/No bill is given/).waitFor()
    expect((await answer<{ reconciliations: unknown[]; forecast: { expected: unknown } }>('{ reconciliations { name } forecast { expected { amount } } }'))).toEqual({ reconciliations: [], forecast: { expected: null } })
  })

  journey('leads from a receipt to its raw rows, which add up to it', oldMinute, async ({ page }) => {
    const { window } = await pinnedOf(page)
    const transfer = firstOf(await transfersOf(window), 'from nightly-backup to s3', (one) => one.sourceName === 'nightly-backup' && one.destinationName === 's3')
    await page.getByRole('button', { name: /^open the receipt of nightly-backup to s3/ }).first().click()
    await page.getByRole('button', { name: 'all of them, to filter and export' }).click()
    const rows = page.getByRole('region', { name: 'Raw rows' }).getByRole('row')
    await rows.nth(1).waitFor()
    await settled(page)
    const [heading = [], ...cells] = csvRows((await downloaded(page, page.getByRole('button', { name: 'Export flows as CSV' }))).toString())
    await expectCount(rows).toBe(cells.length + 1)
    const sent = cells.map((row) => BigInt(row[heading.indexOf('sentBytes')] ?? '')).reduce((a, b) => a + b, 0n)
    expect(String(sent)).toBe(String(transfer.bytes))
    await page.getByRole('searchbox', { name: 'Filter the rows' }).fill('nothing like it')
    await page.getByText(`0 of the newest ${cells.length} rows`).waitFor()
  })

  journey('gives a node as GraphQL and as Cypher, which agree', async () => `/map?view=table&w=15m&sel=n:${encodeURIComponent(await idOf('nightly-backup'))}`, async ({ page }) => {
    await page.locator('aside.drawer h2').waitFor()
    expect(await expectLanguagesAgree(page, (await linkOf(page)).origin)).toBeGreaterThan(0)
  })

  journey('gives a transfer in both languages, and runs it on the Cypher screen', async () => `/map?view=table&w=15m&sel=t:${(await transfersOf({}, 1))[0]?.id}`, async ({ page }) => {
    await page.locator('aside.drawer h2').waitFor()
    expect(await expectLanguagesAgree(page, (await linkOf(page)).origin)).toBe(1)
    await page.getByRole('button', { name: 'Run as Cypher' }).click()
    await page.getByRole('region', { name: 'Result' }).getByRole('row').nth(1).waitFor()
    const { window } = await pinnedOf(page)
    const shown = (await page.getByRole('region', { name: 'Result' }).getByRole('row').nth(1).textContent()) ?? ''
    const known = firstOf(await transfersOf(window), 'on the screen', (one) => shown.startsWith(one.id))
    expect(shown).toContain(known.id)
  })

  journey('finds a transfer among the raw flows by its words, with as many rows as agents reported', oldFlows, async ({ page }) => {
    const { window } = await pinnedOf(page)
    await page.getByRole('searchbox', { name: 'Find a transfer' }).fill('nightly s3')
    const listed = page.getByRole('complementary', { name: 'Transfers' }).locator('.flow-of')
    const known = firstOf(await transfersOf(window), 'from nightly-backup to s3', (one) => one.sourceName === 'nightly-backup' && one.destinationName === 's3')
    await expectExactly(listed.first().locator('.figure .figure')).toBe(known.cost.amount)
    await listed.first().click()
    const rows = page.getByRole('region', { name: 'Raw rows' }).getByRole('row')
    await rows.nth(1).waitFor()
    const { transfer } = await answer<{ transfer: { flows: unknown[] } }>('query($id: ID!, $w: Window) { transfer(id: $id, window: $w) { flows(first: 1000) { batch } } }', { id: known.id, w: window })
    await expectCount(rows).toBe(transfer.flows.length + 1)
  })
}

/** The minute before the newest, as the newest version knows it: no row of it is still on its way. */
async function lastButOne(): Promise<string> {
  const { version, from } = await until('a minute that is over', async () => {
    const now = await pin(1)
    return now.version > 2 ? now : null
  })
  return pinnedTo(version, shifted(from, -1), from).link
}

async function oldMinute(): Promise<string> {
  return `/map?view=table&${await lastButOne()}`
}

async function oldFlows(): Promise<string> {
  return `/flows?${await lastButOne()}`
}
