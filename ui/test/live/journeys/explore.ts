import { expect } from 'vitest'
import { violations } from '../../e2e/axe'
import { drawn, locate } from '../../e2e/drawn'
import { quiet } from '../../e2e/quiet'
import { expectReceiptAddsUp } from '../../e2e/receipt'
import { expectAttribute, expectCount, expectParam, expectText, linkOf } from '../../e2e/see'
import { expectExactly, journey } from '../walk'
import { answer, firstOf, pin, transfersOf } from '../world'
import { idOf, pinnedOf } from './overview'

const canvas = '.canvas:not([data-edges="0"])'

/** Where does data go: the map and its table, search, filter, focus, ways and who is hit. */
export function exploreJourneys(): void {
  journey('draws what the API hands over, and the same as a table', async () => `/map?${(await pin()).link}`, async ({ page }) => {
    const { window } = await pinnedOf(page)
    const { graph } = await answer<{ graph: { nodes: unknown[]; transfers: unknown[]; total: { transfers: number; cost: { amount: string } } } }>('query($w: Window) { graph(window: $w, limit: 500, nodes: 1500) { nodes { id } transfers { id } total { transfers cost { amount } } } }', { w: window })
    await page.locator(canvas).waitFor()
    await expectAttribute(page.locator('.canvas'), 'data-nodes').toBe(String(graph.nodes.length))
    await expectExactly(page.locator('.sums b .figure')).toBe(graph.total.cost.amount)
    await page.keyboard.press('t')
    await page.getByRole('region', { name: 'Transfers', exact: true }).locator('tbody tr').first().waitFor()
    await expectCount(page.getByRole('region', { name: 'Transfers', exact: true }).locator('tbody tr')).toBe(graph.transfers.length)
  })

  journey('finds a node by its name, with the figures of the API', async () => `/map?${(await pin()).link}`, async ({ page }) => {
    await page.locator(canvas).waitFor()
    await page.getByRole('combobox', { name: 'Search a node' }).fill('nightly')
    await page.getByRole('option', { name: /nightly-backup/ }).click()
    const drawer = page.locator('aside.drawer')
    await drawer.getByRole('heading', { name: 'nightly-backup' }).waitFor()
    const { entity } = await answer<{ entity: { entity: { bytesOut: number; cost: { amount: string } } } }>('query($id: ID!, $w: Window) { entity(id: $id, window: $w) { entity { bytesOut cost { amount } } } }', { id: await idOf('nightly-backup'), w: (await pinnedOf(page)).window })
    await expectExactly(drawer.locator('.headline .figure')).toBe(entity.entity.cost.amount)
    await expectExactly(drawer.locator('.headline div:nth-child(2) .figure')).toBe(String(entity.entity.bytesOut))
  })

  journey('filters by a typed condition, which is completed, and sums what is left', async () => `/map?view=table&${(await pin()).link}`, async ({ page }) => {
    const box = page.getByRole('combobox', { name: 'Filter the transfers' })
    await box.fill('path=n')
    await page.getByRole('option', { name: /^nat/ }).waitFor()
    await box.fill('path=nat')
    await box.press('Enter')
    await page.waitForURL(/f=path/)
    const { graph } = await answer<{ graph: { total: { transfers: number; bytes: number; cost: { amount: string } } } }>('query($w: Window) { graph(window: $w) { total { transfers bytes cost { amount } } } }', { w: { ...(await pinnedOf(page)).window, filter: 'path=nat' } })
    await expectExactly(page.locator('.sums b .figure')).toBe(graph.total.cost.amount)
    await expectExactly(page.locator('.sums b:nth-of-type(2) .figure')).toBe(String(graph.total.bytes))
    const table = page.getByRole('region', { name: 'Transfers', exact: true })
    await expect.poll(() => table.locator('tbody tr').count()).toBe(graph.total.transfers)
    await expectCount(table.locator('tbody tr').filter({ hasText: 'NAT gateway' })).toBe(graph.total.transfers)
    await box.fill('path=nosuch(')
    await box.press('Enter')
    await page.getByRole('alert').getByText('BAD_INPUT').waitFor()
  })

  journey('goes from namespaces to the workloads in one, and counts what is out of sight', async () => `/map?lvl=namespace&${(await pin()).link}`, async ({ page }) => {
    await page.locator(canvas).waitFor()
    const namespaces = await drawn(page)
    await page.getByRole('button', { name: 'Workload', exact: true }).click()
    await expectParam(page, 'lvl').toBeNull()
    await expect.poll(async () => Number(await page.locator('.canvas').getAttribute('data-nodes'))).toBeGreaterThan(namespaces)
    await page.getByRole('combobox', { name: 'Search a node' }).fill('catalog')
    await page.getByRole('option', { name: /catalog/ }).first().click()
    const all = await drawn(page)
    await page.getByRole('button', { name: 'Focus', exact: true }).click()
    await expect.poll(async () => Number(await page.locator('.canvas').getAttribute('data-nodes'))).toBeLessThan(all)
    const focused = await drawn(page)
    await page.locator('.sums').getByText(`${all - focused} nodes hidden with`, { exact: false }).waitFor()
    await page.getByRole('button', { name: 'show all nodes' }).click()
    await expect.poll(async () => Number(await page.locator('.canvas').getAttribute('data-nodes'))).toBe(all)
  })

  journey('says who is hit when the catalog is gone, as the API does', async () => `/map?${(await pin()).link}&sel=n:${encodeURIComponent(await idOf('catalog'))}`, async ({ page }) => {
    await page.getByRole('button', { name: 'Blast radius' }).click()
    const pane = page.getByRole('complementary', { name: 'Blast radius' })
    await pane.getByText('calls it').first().waitFor()
    const { blastRadius } = await answer<{ blastRadius: { nodes: Array<{ node: { name: string } }> } }>('query($id: ID!, $w: Window) { blastRadius(of: { node: $id }, hops: 3, limit: 50, window: $w) { nodes { node { name } } } }', { id: await idOf('catalog'), w: (await pinnedOf(page)).window })
    expect(blastRadius.nodes.length).toBeGreaterThan(1)
    for (const { node } of blastRadius.nodes) await expectText(pane).toContain(node.name)
  })

  journey('finds the way of a workload to S3, why it is charged as NAT, and the fact that decided it', async () => `/map?${(await pin()).link}&sel=n:${encodeURIComponent(await idOf('nightly-backup'))}`, async ({ page }) => {
    await page.getByRole('button', { name: 'Path to…' }).click()
    await page.getByRole('combobox', { name: 'Path to' }).or(page.getByLabel('Path to')).first().fill('s3')
    await page.getByRole('button', { name: 'Find', exact: true }).click()
    const ways = page.getByRole('complementary', { name: 'Ways between two nodes' })
    const hop = ways.locator('.way button').first()
    await hop.waitFor()
    const { window } = await pinnedOf(page)
    const [from, to] = [await idOf('nightly-backup'), await idOf('s3')]
    const { paths } = await answer<{ paths: { paths: Array<{ bytes: number; cost: { amount: string } }> } }>('query($from: ID!, $to: ID!, $w: Window) { paths(from: $from, to: $to, window: $w, maxHops: 4, limit: 20) { paths { bytes cost { amount } } } }', { from, to, w: window })
    await expectCount(ways.locator('.way')).toBe(paths.paths.length)
    await expectExactly(ways.locator('.way > p .figure')).toBe(String(paths.paths[0]?.bytes))
    await hop.click()
    const charged = await expectReceiptAddsUp(page)
    const { transfer } = await answer<{ transfer: { charges: Array<{ code: string; rule: string; priceRow: string }> } }>('query($id: ID!, $w: Window) { transfer(id: $id, window: $w) { charges { code rule priceRow } } }', { id: (await linkOf(page)).searchParams.get('sel')?.slice(2), w: window })
    expect(charged).toBe(transfer.charges.length)
    const nat = firstOf(transfer.charges, 'a charge of a NAT gateway', (one) => one.code.includes('NatGateway-Bytes'))
    for (const part of [nat.code, `rule ${nat.rule}`, nat.priceRow]) await expectText(page.locator('table.receipt')).toContain(part)
    await page.getByText('Reports, rules and facts of the newest minute').click()
    await page.locator('aside.drawer details[open]').getByText(/said by/).first().waitFor()
    await expectText(page.locator('aside.drawer details[open]')).toMatch(/nat/i)
  })

  journey('folds transfers into lines, and opens a line, its list and a receipt with the keyboard alone', async () => `/map?${(await pin()).link}`, async ({ page, elsewhere }) => {
    await page.locator(canvas).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('catalog')
    await page.getByRole('option', { name: /catalog/ }).first().waitFor()
    await page.keyboard.press('Enter')
    const line = page.locator('.drawer .peers button', { hasText: /\d+ transfers/ }).first()
    const [, count] = /(\d+) transfers/.exec((await line.textContent()) ?? '') ?? []
    await line.press('Enter')
    await page.getByText('One line of the map').waitFor()
    const list = page.locator('.drawer .peers button')
    await expectCount(list).toBe(Number(count))
    await expectText(list.first()).toMatch(/, (the (sender|receiver) opened|not known which end opened) the connections, port \d+/)
    expect(await violations(page)).toEqual([])
    const said = await page.locator('.drawer').textContent()
    await elsewhere((await linkOf(page)).href, async (other) => {
      await other.getByText('One line of the map').waitFor()
      await expect.poll(() => other.locator('.drawer').textContent()).toBe(said)
    })
    await list.first().press('Enter')
    expect(await expectReceiptAddsUp(page)).toBeGreaterThan(0)
    await page.getByRole('button', { name: `one of ${count} transfers of this line` }).press('Enter')
    await page.getByText('One line of the map').waitFor()
  })

  journey('shows a receipt that adds up for each of the costliest transfers', async () => `/map?view=table&${(await pin()).link}`, async ({ page }) => {
    const rows = page.getByRole('region', { name: 'Transfers', exact: true }).locator('tbody tr')
    await rows.first().waitFor()
    for (const transfer of await transfersOf((await pinnedOf(page)).window, 5)) {
      await rows.getByRole('button', { name: new RegExp(`^open the receipt of ${transfer.sourceName} to ${transfer.destinationName}`) }).first().waitFor()
    }
    for (let row = 0; row < 4; row++) {
      await rows.nth(row).getByRole('button', { name: /^open the receipt of/ }).click()
      await page.locator('.stage .table tr.selected').waitFor()
      expect(await expectReceiptAddsUp(page)).toBeGreaterThan(0)
      await page.getByRole('button', { name: 'Close', exact: true }).click()
      await page.locator('aside.drawer').waitFor({ state: 'detached' })
    }
  })

  journey('opens the same view, to the pixel, from a link in a browser that has never been here', async () => `/map?${(await pin()).link}&by=bytes&sel=n:${encodeURIComponent(await idOf('search'))}`, async ({ page, elsewhere }) => {
    const catalog = await idOf('catalog')
    const parts = ['.sums', '.drawer .headline', '.drawer .peers', '.badge.version', '.legend']
    await page.locator(canvas).waitFor()
    await page.locator('.drawer .peers').first().waitFor()
    await quiet(page)
    const said = await Promise.all(parts.map((part) => page.locator(part).first().textContent()))
    await page.keyboard.press('f')
    const place = await locate(page, 'node', catalog)
    await elsewhere((await linkOf(page)).href, async (other) => {
      await other.locator(canvas).waitFor()
      await other.locator('.drawer .peers').first().waitFor()
      for (const [index, part] of parts.entries()) await expectText(other.locator(part).first(), part).toBe(said[index])
      await other.keyboard.press('f')
      expect(await locate(other, 'node', catalog)).toEqual(place)
    })
  })
}
