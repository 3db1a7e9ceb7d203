import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectClipboard } from './see'

interface Row { readonly id: string; readonly bytes: string; readonly nano: bigint }

/** Presses both copy buttons of the open drawer, runs both texts, and asserts that they say the same. Returns the number of transfers. */
export async function expectLanguagesAgree(page: Page, base: string): Promise<number> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const drawer = page.locator('aside.drawer')
  const copied = async (name: string, like: RegExp): Promise<string> => {
    await drawer.getByRole('button', { name }).click()
    await drawer.locator('.copy', { hasText: name }).getByText('copied').waitFor()
    await expectClipboard(page).toMatch(like)
    return page.evaluate(() => navigator.clipboard.readText())
  }
  const graphql = await copied('Copy as GraphQL', /window: /)
  const statement = await copied('Copy as Cypher', /^UNWIND /)
  const [, window = ''] = /window: (\{.*\})\)/.exec(graphql) ?? []
  const [one, other] = await Promise.all([ask(base, graphql), ask(base, `query($q: String!) { cypher(query: $q, window: ${window}, limit: 200) { rows } }`, { q: statement })])
  const found = one as { entity?: { transfers: Wire[] }; transfer?: { transfer: Wire } }
  const said = (found.entity?.transfers ?? (found.transfer ? [found.transfer.transfer] : [])).map(({ id, bytes, cost }): Row => ({ id, bytes: String(bytes), nano: BigInt(cost.nano) }))
  const rows = (other as { cypher: { rows: Array<[string, number | string, number | string]> } }).cypher.rows.map(([id, bytes, nano]): Row => ({ id, bytes: String(bytes), nano: BigInt(nano) }))
  const byId = (list: readonly Row[]): Row[] => list.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  expect(byId(rows).map(({ id, bytes }) => ({ id, bytes }))).toEqual(byId(said).map(({ id, bytes }) => ({ id, bytes })))
  // Cypher has the cost rounded down to 10^-9, GraphQL half to even.
  for (const [index, row] of byId(rows).entries()) expect(Math.abs(Number(row.nano - (byId(said)[index]?.nano ?? 0n)))).toBeLessThanOrEqual(1)
  return rows.length
}

interface Wire { readonly id: string; readonly bytes: number | string; readonly cost: { readonly nano: number | string } }

async function ask(base: string, query: string, variables: Record<string, unknown> = {}): Promise<unknown> {
  const response = await fetch(`${base}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) })
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown }
  expect(errors ?? null, query).toBeNull()
  return data
}
