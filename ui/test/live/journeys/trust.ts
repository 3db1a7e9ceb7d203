import { expect } from 'vitest'
import { violations } from '../../e2e/axe'
import { pressPair } from '../../e2e/pointer'
import { linksOf, settled, tooWide } from '../../e2e/screens'
import { expectCount, expectText, linkOf } from '../../e2e/see'
import { journey } from '../walk'
import { DEMO, answer, egressor, transfersOf, until } from '../world'

/** Can the numbers be trusted, and can everybody use the screens. */
export function trustJourneys(): void {
  journey('tells each agent and how it counts, as the API does', '/status', async ({ page }) => {
    const table = page.getByRole('region', { name: 'Agents' })
    await table.locator('tbody tr').first().waitFor()
    const { serviceVersion, agents } = JSON.parse(egressor(['query', '-'], '{ serviceVersion agents { node mode version build } }')) as { serviceVersion: string; agents: Array<{ node: string; mode: string; version: string; build: string }> }
    await expectCount(table.locator('tbody tr')).toBe(agents.length)
    for (const agent of agents) {
      const row = table.getByRole('row').filter({ hasText: agent.node })
      for (const part of [agent.mode, agent.version]) await expectText(row).toContain(part)
    }
    // The demo's agents are of the service's own binary.
    expect(new Set(agents.map((agent) => agent.version))).toEqual(new Set([serviceVersion]))
    await expectCount(page.getByText('than the service')).toBe(0)
    expect(await violations(page)).toEqual([])
  })

  journey('lists versions with the digests of the API, chained', '/versions', async ({ page }) => {
    const rows = page.getByRole('region', { name: 'Versions' }).locator('tbody tr')
    await rows.first().waitFor()
    const { versions } = await answer<{ versions: { edges: Array<{ node: { number: number; digest: string; previousDigest: string } }> } }>('{ versions(first: 500) { edges { node { number digest previousDigest } } } }')
    const chain = versions.edges.map((edge) => edge.node)
    for (const [index, version] of chain.entries()) if (index > 0) expect(chain[index - 1]?.previousDigest).toBe(version.digest)
    const first = chain.at(-1)
    await expectText(rows.filter({ has: page.getByRole('button', { name: 'v1', exact: true }) })).toContain(first?.digest.slice(0, 12))
    expect(await violations(page)).toEqual([])
  })

  journey('goes anywhere and does anything by the palette', async () => {
    await until('a saving', async () => (await answer<{ recommendations: unknown[] }>('{ recommendations { id } }')).recommendations.length > 0)
    return '/'
  }, async ({ page }) => {
    await page.locator('.tiles').waitFor()
    const field = page.getByRole('combobox', { name: 'Go to anything, do anything' })
    const choose = async (text: string, option: RegExp): Promise<void> => {
      await page.keyboard.press('Control+k')
      await field.fill(text)
      await page.getByRole('option', { name: option }).first().waitFor()
      await page.keyboard.press('Enter')
    }
    await choose('savings', /Savings/)
    await page.getByRole('heading', { name: 'Savings', exact: true, level: 2 }).waitFor()
    await choose('orders-db', /orders-db/)
    await page.getByRole('heading', { name: 'orders-db' }).waitFor()
    await choose('goes through a nat', /Who goes through a NAT gateway/)
    await page.getByRole('region', { name: 'Result' }).waitFor()
    await choose('light theme', /light/i)
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light')
  })

  journey('can be walked with the keyboard alone, from the overview to every screen', '/', async ({ page }) => {
    await page.locator('.tiles').waitFor()
    const go = async (keys: string, path: string): Promise<void> => {
      await pressPair(page, keys)
      await page.waitForURL((url) => url.pathname === path)
      await settled(page)
    }
    for (const [keys, path] of [['gm', '/map'], ['gc', '/costs'], ['gi', '/incidents'], ['gw', '/savings'], ['gf', '/flows'], ['gv', '/versions'], ['gs', '/status'], ['ge', '/settings'], ['gd', '/compare'], ['go', '/']] as const) await go(keys, path)
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('a')
    await page.getByRole('textbox', { name: 'Question' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Question')
    await page.keyboard.type('What costs most?')
    await page.keyboard.press('Enter')
    await page.locator('.turn', { hasText: /about v\d+/ }).waitFor()
  })

  journey('asks in GraphQL what the command line asks, with the same answer', '/graphiql', async ({ page }) => {
    await page.locator('.graphiql-container').waitFor()
    const asked = await page.evaluate(async () => {
      const response = await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: '{ meta(asOf: { version: 1 }) { version { number digest } } }' }) })
      return ((await response.json()) as { data: unknown }).data
    })
    expect(asked).toEqual(JSON.parse(egressor(['query', '-'], '{ meta(asOf: { version: 1 }) { version { number digest } } }')))
  })

  journey('says of what is not there that it is not there', '/incidents/nosuch', async ({ page }) => {
    await page.getByRole('heading', { name: 'No such incident' }).waitFor()
    await page.goto(new URL('/nowhere', (await linkOf(page)).href).href)
    await page.getByRole('heading', { name: 'No such screen' }).waitFor()
    await page.goto(new URL('/map?to=2020-01-01T00:00:00Z', (await linkOf(page)).href).href)
    await page.getByRole('heading', { name: 'Nothing is known of this window' }).waitFor()
    await page.goto(new URL('/flows?sel=t:t0000000000000000', (await linkOf(page)).href).href)
    await page.getByRole('heading', { name: 'Not in this window' }).waitFor()
  })

  for (const [name, size] of [['a wide screen', { width: 1440, height: 900 }], ['a phone', { width: 390, height: 844 }]] as const) {
    journey(`finds nothing to complain of on any screen, on ${name}`, '/status', async ({ page }) => {
      const [transfer] = await transfersOf({}, 1)
      await page.setViewportSize(size)
      const found: string[] = []
      for (const [screen, link] of Object.entries(linksOf(transfer?.id ?? '')).filter(([one]) => !['incident', 'costs line', 'node drawer', 'blast radius'].includes(one))) {
        await page.goto(new URL(link, DEMO).href)
        await settled(page)
        found.push(...(await tooWide(page)).map((one) => `${screen} is too wide: ${one}`))
        if (size.width > 1000) found.push(...(await violations(page)).map((one) => `${screen}: ${one}`))
      }
      expect(found).toEqual([])
    })
  }
}
