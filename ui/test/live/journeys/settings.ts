import { expect } from 'vitest'
import { parseDecimal, toText } from '../../../src/lib/decimal'
import { expectExactly, journey } from '../walk'
import { answer, egressor, firstOf, pin, pinnedTo, until } from '../world'
import { statementOf } from './money'
import { expectAttribute, expectDisabled, expectText, linkOf } from '../../e2e/see'

const NAT = 'NatGateway-Bytes'

interface Stated { readonly name: string; readonly cidrs: readonly string[]; readonly to: string | null; readonly by: string; readonly at: string | null; readonly endedBy: string }

/** What people state: kept with who and when, and in force as versions. */
export function settingsJourneys(): void {
  journey('states an endpoint, which the command line lists, and ends it', '/settings', async ({ page }) => {
    const name = `office-${Date.now()}`
    await page.getByText('State an endpoint').click()
    await page.getByLabel('Class').fill('on-premises')
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByLabel('Addresses').fill('203.0.113.0/99')
    await page.getByRole('button', { name: 'State it' }).click()
    await page.getByRole('alert').filter({ hasText: 'BAD_INPUT' }).waitFor()
    await page.getByLabel('Addresses').fill('203.0.113.0/24, 198.51.100.7')
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: 'Stated endpoints' }).getByText(name).waitFor()
    const listed = (): Stated[] => egressor(['endpoints', '-o', 'json']).trim().split('\n').map((line) => JSON.parse(line) as Stated)
    expect(firstOf(listed(), name, (one) => one.name === name).cidrs).toEqual(['203.0.113.0/24', '198.51.100.7/32'])
    const { by, at } = firstOf(listed(), name, (one) => one.name === name)
    expect([by !== '', Date.now() - Date.parse(at ?? '') < 600_000]).toEqual([true, true])
    const row = page.getByRole('region', { name: 'Stated endpoints' }).getByRole('row').filter({ hasText: name })
    await expectText(row).toContain(by)
    await page.getByRole('button', { name: `end the endpoint ${name}` }).click()
    await page.getByRole('button', { name: `end the endpoint ${name}` }).waitFor({ state: 'detached' })
    const ended = firstOf(listed(), name, (one) => one.name === name)
    expect([ended.to !== null, ended.endedBy]).toEqual([true, by])
    await row.getByText('ended by').waitFor()
  })

  journey('puts a discount in force: the past is priced anew to the digit, and as it was once it is withdrawn', '/settings', async ({ page, elsewhere }) => {
    const before = await pin(1)
    const listed = await natOf(before.window)
    const halved = toText({ ...parseDecimal(listed), units: parseDecimal(listed).units * 5n, scale: parseDecimal(listed).scale + 1 })
    await page.getByText('Put an overlay in force').click()
    await page.getByLabel(/^YAML/).fill('overlay: half\nbook: aws\ndiscounts:\n  - {name: half, percent: 50, fees: [nat], regions: [us-east-1]}\n')
    await page.getByLabel('Holds from, UTC').fill(before.from)
    await page.getByLabel('Note').last().fill('as agreed')
    await page.getByRole('button', { name: 'Put it in force' }).click()
    const overlays = page.getByRole('region', { name: 'Price overlays' })
    await overlays.getByText('as agreed').waitFor()
    const priced = await until('prices with the overlay', async () => {
      const version = await newest()
      return (await natOf({ ...before.window, asOf: { version } })) === halved ? version : null
    })
    await elsewhere(new URL(`/costs?lines=code&${pinnedTo(priced, before.from, before.to).link}`, (await linkOf(page)).href).href, async (other) => {
      const row = other.getByRole('region', { name: 'Statement', exact: true }).getByRole('row').filter({ hasText: NAT })
      await expectExactly(row.locator('td:nth-child(2) > .figure')).toBe(halved)
    })
    // What was known before stays what it was.
    expect(await natOf(before.window)).toBe(listed)
    await page.getByRole('button', { name: 'withdraw the overlay half' }).click()
    await page.getByRole('button', { name: 'withdraw the overlay half' }).waitFor({ state: 'detached' })
    await until('list prices again', async () => (await natOf({ ...before.window, asOf: { version: await newest() } })) === listed)
  })

  journey('keeps the theme and the address of the console in this browser', '/settings', async ({ page }) => {
    await page.getByRole('button', { name: 'Light', exact: true }).click()
    const panel = page.getByRole('region', { name: 'Kubernetes console' })
    await page.getByLabel('Address of a workload').fill('javascript:alert(1)')
    await expectDisabled(panel.getByRole('button', { name: 'Keep' })).toBe(true)
    await page.getByLabel('Address of a workload').fill('https://console.example/{namespace}/{kind}/{name}')
    await panel.getByRole('button', { name: 'Keep' }).click()
    await page.getByText('kept in this browser').waitFor()
    const id = await idOfWorkload()
    await page.goto(new URL(`/map?view=table&sel=n:${encodeURIComponent(id)}`, (await linkOf(page)).href).href)
    const [, , namespace, kind, name] = id.split('/')
    await expectAttribute(page.getByRole('link', { name: 'Open in the console' }), 'href').toBe(`https://console.example/${namespace}/${kind}/${name}`)
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light')
  })
}

async function natOf(window: object): Promise<string> {
  const { lines } = await statementOf(window, 'CHARGE_CODE')
  return firstOf(lines, NAT, (line) => (line.group[0] ?? '').includes(NAT)).sum.amount.amount
}

async function newest(): Promise<number> {
  return (await answer<{ meta: { version: { number: number } } }>('{ meta { version { number } } }')).meta.version.number
}

async function idOfWorkload(): Promise<string> {
  const { transfers } = await answer<{ transfers: { edges: Array<{ node: { source: string } }> } }>('{ transfers(first: 1, window: { filter: "namespace=shop" }) { edges { node { source } } } }')
  return firstOf(transfers.edges, 'a transfer of the shop').node.source
}
