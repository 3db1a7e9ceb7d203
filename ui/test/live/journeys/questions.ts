import { expect } from 'vitest'
import { violations } from '../../e2e/axe'
import { expectAttribute, expectCount, expectDisabled, expectParam, expectText, expectTexts } from '../../e2e/see'
import { agreed, clipboard, exactly, journey, mayCopy } from '../walk'
import { answer, egressor, until } from '../world'

/** My own question: in Cypher, in GraphQL, in words. */
export function questionJourneys(): void {
  journey('runs a shipped Cypher query, and opens its result on the map', '/cypher', async ({ page }) => {
    await page.getByRole('button', { name: 'The costliest transfers of all time' }).click()
    await page.getByLabel('$limit how many').fill('5')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const rows = page.getByRole('region', { name: 'Result' }).locator('tbody tr')
    await rows.nth(4).waitFor()
    await expectCount(rows).toBe(5)
    await page.getByRole('button', { name: 'Graph', exact: true }).click()
    await page.getByRole('group', { name: /^Graph of \d+ nodes/ }).waitFor()
    const open = page.getByRole('button', { name: /^Open \d+ nodes on the map/ })
    const [, count] = /Open (\d+) nodes/.exec((await open.textContent()) ?? '') ?? []
    await open.click()
    await page.locator(`.canvas[data-nodes="${count}"]`).waitFor()
    await expectParam(page, 'only').toContain('nightly-backup')
  })

  journey('runs a statement of its own, with the answer of the command line', `/cypher?q=${encodeURIComponent('MATCH (w:Workload) RETURN w.name AS name ORDER BY name')}`, async ({ page }) => {
    const rows = page.getByRole('region', { name: 'Result' }).locator('tbody tr')
    await rows.nth(5).waitFor()
    const said = JSON.parse(egressor(['query', '-'], '{ cypher(query: "MATCH (w:Workload) RETURN w.name AS name ORDER BY name") { rows } }')) as { cypher: { rows: string[][] } }
    await expect.poll(async () => (await rows.locator('td:first-child').allTextContents()).map((text) => text.trim())).toEqual(said.cypher.rows.flat())
  })

  journey('refuses a statement that writes, and says what to do', `/cypher?q=${encodeURIComponent('MATCH (a) DETACH DELETE a')}`, async ({ page }) => {
    const alert = page.getByRole('alert')
    await alert.waitFor()
    await expectText(alert).toMatch(/CYPHER_REFUSED.*at character 11: DETACH is not taken.*only reading is/)
    const { cypher } = await answer<{ cypher: { rows: number[][] } }>('{ cypher(query: "MATCH (a) RETURN count(a)") { rows } }')
    expect(cypher.rows[0]?.[0]).toBeGreaterThan(0)
  })

  journey('answers a question in words, with a tool call that unfolds to figures of the API', '/map?ask=1', async ({ page }) => {
    await page.locator('.suggestions button').last().press('Enter')
    await page.locator('.turn', { hasText: /about v\d+/ }).waitFor()
    await expect.poll(async () => (await page.locator('.answer').textContent())?.trim().length, { message: 'letters of the answer' }).toBeGreaterThan(20)
    const call = page.locator('.call').first()
    await call.locator('summary').press('Enter')
    await call.locator('pre').last().waitFor()
    expect(JSON.parse((await call.locator('pre').last().textContent()) ?? ''), 'result of the tool').toBeTypeOf('object')
    const [, version] = /about v(\d+)/.exec((await page.locator('.turn').textContent()) ?? '') ?? []
    expect((await answer<{ meta: { version: { number: number } } }>(`{ meta(asOf: { version: ${version} }) { version { number } } }`)).meta.version.number).toBe(Number(version))
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Whole screen' }).click()
    await page.locator('.askscreen .turn', { hasText: `about v${version}` }).waitFor()
  })

  journey('marks who answers, and what would be sent to a model: nothing', '/ask', async ({ page }) => {
    const { investigator } = await answer<{ investigator: { engine: string; notice: string; suggestions: string[] } }>('{ investigator { engine notice suggestions } }')
    await page.getByText(`answers by ${investigator.engine}`).waitFor()
    await page.getByText(investigator.notice).waitFor()
    await expectTexts(page.getByRole('list', { name: 'Suggested questions' }).getByRole('button')).toEqual(investigator.suggestions)
  })

  journey('accepts a saving, copies its patch, and takes that back: kept, with who and when', async () => {
    await until('a saving', async () => (await savings()).some((one) => one.state === 'OPEN'))
    return '/savings'
  }, async ({ page }) => {
    const card = page.getByRole('article').filter({ has: page.getByRole('button', { name: 'Accept' }) }).first()
    const title = (await card.getByRole('heading').first().textContent()) ?? ''
    const of = page.getByRole('article', { name: title })
    await of.getByText('Apply, check and undo').click()
    await mayCopy(page)
    await of.getByRole('button', { name: /^copy the .* patch/ }).first().click()
    await of.getByText('copied', { exact: true }).waitFor()
    const known = (await savings()).filter((one) => one.title === title)
    expect(known.flatMap((one) => one.apply.map((patch) => patch.text))).toContain(await clipboard(page))
    await of.getByRole('button', { name: 'Accept' }).click()
    await of.getByLabel('Who makes the change, and when').fill('ann, on Monday')
    await of.locator('form').getByRole('button', { name: 'Accept' }).click()
    await of.getByText(/accepted by .*: ann, on Monday/).waitFor()
    expect((await savings()).find((one) => one.title === title)).toMatchObject({ state: 'ACCEPTED', decisions: [{ action: 'ACCEPTED', note: 'ann, on Monday' }] })
    await of.getByRole('button', { name: 'Reopen' }).click()
    await of.locator('form').getByRole('button', { name: 'Reopen' }).click()
    await of.getByRole('button', { name: 'Accept' }).waitFor()
    expect((await savings()).find((one) => one.title === title)?.state).toBe('OPEN')
  })

  journey('previews a saving on the map, before and after, with the amounts of the API', async () => {
    await until('a saving whose transfers are worked out', async () => (await previews()).length > 0)
    return '/savings'
  }, async ({ page }) => {
    const [of] = await previews()
    await page.getByRole('button', { name: `Show on the map, before and after: ${of?.title}` }).click()
    const bar = page.getByRole('region', { name: 'What if' })
    await bar.getByText('Saves').waitFor()
    await page.locator('.canvas:not([data-edges="0"])').waitFor()
    const shown = async (): Promise<string> => (await Promise.all([0, 1].map((part) => exactly(bar.locator('dd').nth(part).locator('.figure'))))).join(' ')
    await agreed(page, 'the amounts of the API', shown, async () => (await previews()).filter((one) => one.title === of?.title), (one) => `${one.monthlyBefore.amount} ${one.monthlyAfter.amount}`)
    await bar.getByRole('button', { name: 'Before', exact: true }).click()
    await expectAttribute(bar.getByRole('button', { name: 'Before', exact: true }), 'aria-pressed').toBe('true')
    await bar.getByRole('button', { name: 'Leave the what-if' }).click()
    await bar.waitFor({ state: 'detached' })
  })

  journey('dismisses a saving with a reason alone, and finds it by its state', async () => {
    await until('a saving', async () => (await savings()).some((one) => one.state === 'OPEN'))
    return '/savings'
  }, async ({ page }) => {
    const card = page.getByRole('article').filter({ has: page.getByRole('button', { name: 'Dismiss' }) }).last()
    const title = (await card.getByRole('heading').first().textContent()) ?? ''
    const of = page.getByRole('article', { name: title })
    await of.getByRole('button', { name: 'Dismiss' }).click()
    const send = of.locator('form').getByRole('button', { name: 'Dismiss' })
    await expectDisabled(send).toBe(true)
    await of.getByLabel('Why it will not be made').fill('moves next quarter')
    await send.click()
    await of.getByText(/dismissed by .*: moves next quarter/).waitFor()
    expect((await savings()).find((one) => one.title === title)?.state).toBe('DISMISSED')
    await page.getByRole('searchbox', { name: 'Filter the savings' }).fill('dismissed')
    await page.getByText(/^1 of \d+/).waitFor()
    await of.getByRole('button', { name: 'Reopen' }).click()
    await of.locator('form').getByRole('button', { name: 'Reopen' }).click()
    await expect.poll(async () => (await savings()).find((one) => one.title === title)?.state).toBe('OPEN')
  })
}

interface Preview { readonly title: string; readonly monthlyBefore: { readonly amount: string }; readonly monthlyAfter: { readonly amount: string } }

/** Savings whose transfers are worked out, with what they cost before and after. */
async function previews(): Promise<Preview[]> {
  const { recommendations } = await answer<{ recommendations: Array<{ id: string; title: string }> }>('{ recommendations { id title } }')
  const all = await Promise.all(recommendations.slice(0, 3).map(async ({ id, title }) => {
    const { whatIf } = await answer<{ whatIf: (Omit<Preview, 'title'> & { edgesKnown: boolean }) | null }>('query($id: ID!) { whatIf(recommendation: $id) { edgesKnown monthlyBefore { amount } monthlyAfter { amount } } }', { id })
    return whatIf && { ...whatIf, title }
  }))
  return all.filter((one) => one !== null).filter((one) => one.edgesKnown)
}

interface Saving { readonly title: string; readonly state: string; readonly apply: ReadonlyArray<{ readonly text: string }>; readonly decisions: ReadonlyArray<{ readonly action: string; readonly note: string }> }

async function savings(): Promise<Saving[]> {
  return (await answer<{ recommendations: Saving[] }>('{ recommendations { title state apply { text } decisions { action note } } }')).recommendations
}
