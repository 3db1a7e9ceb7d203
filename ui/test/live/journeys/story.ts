import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { violations } from '../../e2e/axe'
import { settled } from '../../e2e/screens'
import { expectCount } from '../../e2e/see'
import { parseDecimal, sum, toText } from '../../../src/lib/decimal'
import { clipboard, exactly, expectExactly, journey, mayCopy } from '../walk'
import { type Role, STORY, answer, firstOf, tokenOf } from '../world'

interface Incident {
  readonly id: string
  readonly title: string
  readonly state: string
  readonly conclusion: string
  readonly impactPerDay: { readonly amount: string }
  readonly parts: Record<'change' | 'volume' | 'path' | 'price' | 'tier' | 'remainder', { readonly amount: string }>
  readonly remedy: { readonly command: string }
  readonly decisions: ReadonlyArray<{ readonly action: string; readonly by: string; readonly note: string }>
}

const PARTS = ['volume', 'path', 'price', 'tier', 'remainder'] as const
const at = { base: STORY }
/** Who is not signed in is answered by 401, which the console tells. */
const outside = { base: STORY, says: /401/ }

/** What broke, since when, because of whom, what now: over a scenario whose truth is known, by people with roles. */
export function storyJourneys(): void {
  journey('asks who is there, takes no wrong token, and opens the link that was asked for', '/versions', async ({ page }) => {
    await page.getByRole('heading', { name: 'Sign in to Egressor' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByLabel('Token').fill('guess')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'this token is not known' }).waitFor()
    await signIn(page, 'viewer')
    await page.getByRole('heading', { name: 'All versions' }).waitFor()
    await page.getByRole('button', { name: /^Sign out/ }).click()
    await page.getByRole('heading', { name: 'Sign in to Egressor' }).waitFor()
    expect((await fetch(`${STORY}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ meta { lagSeconds } }"}' })).status).toBe(401)
  }, outside)

  journey('leads from the overview to an incident whose parts add up, and to what takes it back', '/', async ({ page }) => {
    await signIn(page, 'viewer')
    const known = firstOf(await incidents(), 'dearest')
    const listed = page.getByRole('region', { name: 'Open incidents' }).getByRole('listitem').first()
    await expectExactly(listed.locator('.figure .figure')).toBe(known.impactPerDay.amount)
    await listed.getByRole('link').click()
    await page.getByRole('heading', { name: known.title, level: 2 }).waitFor()
    await page.getByText('the parts add up to it exactly').waitFor()
    await settled(page)
    const figures = await page.locator('.split .figure').all()
    const exact = await Promise.all(figures.map((one) => exactly(one)))
    expect(exact).toEqual([...PARTS, 'change' as const].map((part) => known.parts[part].amount))
    expect(toText(sum(exact.slice(0, -1).map((one) => parseDecimal(one))))).toBe(exact.at(-1))
    if (known.remedy.command !== '') {
      await mayCopy(page)
      await page.getByRole('button', { name: 'copy' }).first().click()
      await page.getByText('copied', { exact: true }).first().waitFor()
      expect(await clipboard(page)).toBe(known.remedy.command)
    }
    await page.getByRole('figure').filter({ hasText: 'the line is what was expected' }).locator('canvas').waitFor()
    await page.getByRole('button', { name: 'Its transfers' }).first().click()
    await page.getByRole('button', { name: /^open the receipt of / }).first().waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Compare with an hour earlier' }).click()
    await page.getByRole('table', { name: 'What changed' }).waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Show on the map' }).click()
    await page.locator('.canvas').waitFor()
  }, outside)

  journey('lets no viewer judge an incident, and says who may', () => Promise.resolve('/incidents'), async ({ page }) => {
    await signIn(page, 'viewer')
    const known = firstOf(await incidents(), 'open', (one) => one.state === 'OPEN')
    await page.getByRole('link', { name: known.title }).click()
    await page.getByRole('button', { name: 'Acknowledge' }).click()
    await page.locator('form').getByRole('button', { name: 'Acknowledge' }).click()
    await page.getByRole('alert').filter({ hasText: 'FORBIDDEN' }).filter({ hasText: 'for analysts' }).waitFor()
    expect(firstOf(await incidents(), 'the same', (one) => one.id === known.id).state).toBe('OPEN')
  }, outside)

  journey('acknowledges an incident under one\'s own name, resolves it, and takes that back', '/incidents', async ({ page }) => {
    await signIn(page, 'analyst')
    const known = firstOf(await incidents(), 'open', (one) => one.state === 'OPEN')
    const decide = async (verb: string, note: string, said: RegExp): Promise<void> => {
      await page.getByRole('button', { name: verb, exact: true }).click()
      await page.locator('.decide-note textarea').fill(note)
      await page.locator('form').getByRole('button', { name: verb }).click()
      await page.getByText(said).first().waitFor()
    }
    await page.getByRole('link', { name: known.title }).click()
    await decide('Acknowledge', 'rolling back', /acknowledged by analyst: rolling back/)
    await decide('Resolve', 'rolled back', /resolved by analyst: rolled back/)
    const { state, decisions } = firstOf(await incidents(), 'the same', (one) => one.id === known.id)
    expect(state).toBe('RESOLVED')
    expect(decisions.map(({ action, by, note }) => [action, by, note])).toEqual([['RESOLVED', 'analyst', 'rolled back'], ['ACKNOWLEDGED', 'analyst', 'rolling back']])
    await decide('Reopen', 'it is back', /reopened by analyst: it is back/)
    expect(firstOf(await incidents(), 'the same', (one) => one.id === known.id).state).toBe('OPEN')
  }, outside)

  journey('compares two hours: the sums are those of the API', '/compare?w=1h&cmp=1h', async ({ page }) => {
    await signIn(page, 'viewer')
    const table = page.getByRole('table', { name: 'What changed' })
    await table.getByRole('row').nth(1).waitFor()
    const { graph } = await ask<{ graph: { window: { from: string; to: string } } }>('{ graph(limit: 1) { window { from to } } }')
    const earlier = { from: new Date(Date.parse(graph.window.from) - 3_600_000).toISOString(), to: graph.window.from }
    const { diff } = await ask<{ diff: { rows: unknown[]; total: { costChange: { amount: string } } } }>('query($b: Window!, $a: Window!) { diff(before: $b, after: $a, limit: 500) { rows { change } total { costChange { amount } } } }', { a: graph.window, b: earlier })
    await expectCount(table.getByRole('row')).toBe(diff.rows.length + 1)
    await expectExactly(page.locator('.cards .card .big, .cards .figure').first()).toBe(diff.total.costChange.amount)
  }, outside)
}

async function signIn(page: Page, role: Role): Promise<void> {
  await page.getByLabel('Token').fill(tokenOf(role))
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Sign out/ }).waitFor()
}

function ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
  return answer<Data>(query, variables, { ...at, token: tokenOf('viewer') })
}

/** Incidents that last, the dearest first. */
async function incidents(): Promise<Incident[]> {
  const money = PARTS.concat().map((part) => `${part} { amount }`).join(' ')
  const { incidents: found } = await ask<{ incidents: { edges: Array<{ node: Incident }> } }>(`{ incidents { edges { node { id title state conclusion impactPerDay { amount } parts { change { amount } ${money} } remedy { command } decisions { action by note } } } } }`)
  return found.edges.map((edge) => edge.node).toSorted((a, b) => Number(b.impactPerDay.amount) - Number(a.impactPerDay.amount))
}
