import { expect } from 'vitest'
import { csvRows, downloaded, journey } from '../walk'
import { pin, transfersOf } from '../world'
import { pinnedOf } from './overview'
import { drawn } from '../../e2e/drawn'
import { linkOf } from '../../e2e/see'

const DANGEROUS = ['=1+1', '+1', '-cmd', '@SUM(A1)', ' =1', '\t=1', '＝1', '"quoted", and more', '-12.5']

/** What leaves the browser as a file. */
export function fileJourneys(): void {
  journey('exports the map as CSV and JSON with every digit', async () => `/map?${(await pin()).link}`, async ({ page }) => {
    await page.locator('.canvas').waitFor()
    const transfers = await transfersOf((await pinnedOf(page)).window)
    const [heading = [], ...rows] = csvRows((await downloaded(page, page.getByRole('button', { name: 'Export map as CSV' }))).toString())
    const column = (name: string, of: readonly string[]): string => of[heading.indexOf(name)] ?? ''
    const byId = new Map(rows.map((row) => [column('id', row), row]))
    expect(rows.length).toBe(transfers.length)
    for (const one of transfers) {
      const row = byId.get(one.id) ?? []
      expect([column('source', row), column('bytes', row), column('cost', row)]).toEqual([one.source, String(one.bytes), one.cost.amount])
    }
    const json = JSON.parse((await downloaded(page, page.getByRole('button', { name: 'Export map as JSON' }))).toString()) as Array<{ id: string }>
    expect(json.map((row) => row.id)).toEqual(rows.map((row) => column('id', row)))
  })

  journey('exports the map as a picture and as a drawing', async () => `/map?${(await pin()).link}`, async ({ page }) => {
    await page.locator('.canvas:not([data-edges="0"])').waitFor()
    const png = await downloaded(page, page.getByRole('button', { name: 'PNG', exact: true }))
    expect(png.subarray(0, 8)).toEqual(Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]))
    expect(png.readUInt32BE(16)).toBeGreaterThan(600)
    expect(png.readUInt32BE(20)).toBeGreaterThan(300)
    const svg = (await downloaded(page, page.getByRole('button', { name: 'SVG', exact: true }))).toString()
    const drawn = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml')
      return { root: parsed.documentElement.nodeName, wrong: parsed.querySelectorAll('parsererror, script, foreignObject').length, text: parsed.documentElement.textContent ?? '' }
    }, svg)
    expect(drawn.root).toBe('svg')
    expect(drawn.wrong).toBe(0)
    expect(drawn.text).toContain('nightly-backup')
  })

  journey('exports an answer of Cypher, and no formula with it', () => Promise.resolve(`/cypher?q=${encodeURIComponent(`UNWIND ${JSON.stringify(DANGEROUS)} AS text RETURN text`)}`), async ({ page }) => {
    await page.getByRole('region', { name: 'Result' }).getByRole('row').nth(DANGEROUS.length).waitFor()
    const [, ...rows] = csvRows((await downloaded(page, page.getByRole('button', { name: 'Export cypher as CSV' }))).toString())
    const cells = rows.map(([cell = '']) => cell)
    expect(cells.map((cell) => cell.replace(/^'/, ''))).toEqual(DANGEROUS)
    // A spreadsheet runs none of them; a number stays a number.
    expect(cells.filter((cell) => /^[\s]*[=+\-@＝]/.test(cell))).toEqual(['-12.5'])
    const json = JSON.parse((await downloaded(page, page.getByRole('button', { name: 'Export cypher as JSON' }))).toString()) as { rows: string[][] }
    expect(json.rows.flat()).toEqual(DANGEROUS)
  })

  journey('keeps a view under a name, and opens it from the palette elsewhere', async () => `/map?lvl=namespace&${(await pin()).link}`, async ({ page, elsewhere }) => {
    const nodes = await drawn(page)
    await page.getByRole('button', { name: 'Views' }).click()
    const name = `namespaces of ${Date.now()}`
    await page.getByLabel('Keep what is on the screen as').fill(name)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name, exact: true }).waitFor()
    await elsewhere(new URL('/status', (await linkOf(page)).href).href, async (other) => {
      await other.locator('.badge.version').waitFor()
      await other.keyboard.press('Control+k')
      await other.getByRole('combobox', { name: 'Go to anything, do anything' }).fill(name)
      await other.getByRole('option', { name: /My view/ }).waitFor()
      await other.keyboard.press('Enter')
      await other.locator(`.canvas[data-nodes="${nodes}"]`).waitFor()
      expect((await linkOf(other)).search).toBe((await linkOf(page)).search)
    })
    await page.getByRole('button', { name: `Delete the view ${name}` }).click()
    await page.getByRole('button', { name, exact: true }).waitFor({ state: 'detached' })
  })
}
