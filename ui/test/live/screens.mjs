// npm run screens: pictures of a running demo (BASE_URL) for docs/screens, in both themes.
// Take them a minute or two after the demo's rollout: then the bundle shows two revisions.
import { mkdirSync, writeFileSync } from 'node:fs'
import { runnerImport } from 'vite'
import { toPalette } from './palette.mjs'

const { module: browsers } = await runnerImport(new URL('../e2e/browser.ts', import.meta.url).pathname)
const base = process.env.BASE_URL ?? 'http://127.0.0.1:8080'
const out = process.env.EGRESSOR_SCREENS ?? new URL('../../../docs/screens/', import.meta.url).pathname
const WINDOW = 'w=15m'

/** Opens a page at a path and waits for what its picture must hold. */
const PICTURES = {
  overview: async (page) => {
    await page.goto(`${base}/?${WINDOW}`)
    await page.getByRole('region', { name: /^What (changed|costs most)$/ }).getByRole('listitem').first().waitFor()
    await page.locator('.strip canvas').waitFor()
  },
  compare: async (page) => {
    // The newest half of what is known against the half before: the window before is older than the demo.
    await page.goto(`${base}/?${WINDOW}`)
    await page.getByRole('button', { name: /^Compare the / }).click()
    await page.getByRole('table', { name: 'What changed' }).waitFor()
    await page.mouse.move(0, 0)
  },
  costs: async (page) => {
    await page.goto(`${base}/costs?${WINDOW}`)
    await page.getByRole('table', { name: 'Statement' }).waitFor()
    await page.locator('.sankey .ribbon').first().waitFor()
    await page.getByRole('region', { name: 'The month' }).getByText('so far').first().waitFor()
  },
  incidents: async (page) => {
    await page.goto(`${base}/incidents`)
    await page.getByRole('table', { name: 'Incidents' }).getByRole('link').first().click()
    await page.getByText('the parts add up to it exactly').waitFor()
    await page.mouse.move(0, 0)
  },
  'incident-map': async (page) => {
    await PICTURES.incidents(page)
    await page.getByRole('button', { name: 'Show on the map' }).click()
    await page.locator('aside.drawer .rollouts').waitFor()
    await drawn(page)
  },
  savings: async (page) => {
    await page.goto(`${base}/savings`)
    await page.getByRole('article').first().waitFor()
  },
  'what-if': async (page) => {
    await PICTURES.savings(page)
    await page.getByRole('button', { name: /^Show on the map, before and after: Send s3/ }).click()
    await page.getByRole('region', { name: 'What if' }).getByText('Saves').waitFor()
    await page.locator('.whatif-table').waitFor()
    await drawn(page)
  },
  phone: async (page) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${base}/?${WINDOW}`)
    await page.getByRole('region', { name: 'Open incidents' }).getByRole('listitem').first().waitFor()
  },
  map: async (page) => {
    await page.goto(`${base}/map?${WINDOW}`)
    await drawn(page)
  },
  bundle: async (page) => {
    await page.goto(`${base}/map?${WINDOW}`)
    await drawn(page)
    await page.getByRole('combobox', { name: 'Search a node' }).fill('catalog')
    await page.getByRole('option', { name: /catalog/ }).first().waitFor()
    await page.keyboard.press('Enter')
    // The costliest line into it: what the rollout brought.
    await page.locator('.drawer section', { hasText: 'Receives from' }).locator('.peers button').first().click()
    await page.locator('.drawer .rollout').waitFor()
    await page.mouse.move(0, 0)
    await page.keyboard.press('f')
  },
  table: async (page) => {
    await page.goto(`${base}/map?${WINDOW}&view=table`)
    await page.locator('.stage .table tbody tr').nth(5).waitFor()
    await page.locator('.strip canvas').waitFor()
  },
  receipt: async (page) => {
    await PICTURES.table(page)
    await page.locator('.stage .table tbody tr').first().getByRole('button', { name: /^open the receipt of/ }).click()
    await page.locator('.receipt .ok').waitFor()
    await page.locator('.drawer .series canvas').nth(1).waitFor()
    await page.mouse.move(0, 0)
  },
  ask: async (page) => {
    await page.goto(`${base}/map?${WINDOW}&ask=1`)
    await drawn(page)
    await page.locator('.suggestions button').last().click()
    await page.locator('.turn', { hasText: 'about v' }).waitFor()
  },
  'ask-screen': async (page) => {
    await page.goto(`${base}/ask?${WINDOW}`)
    await page.locator('.suggestions button').first().click()
    await page.locator('.turn', { hasText: 'about v' }).waitFor()
  },
  namespaces: async (page) => {
    await page.goto(`${base}/map?${WINDOW}&lvl=namespace`)
    await drawn(page)
  },
  blast: async (page) => {
    await page.goto(`${base}/map?${WINDOW}`)
    await drawn(page)
    await page.getByRole('combobox', { name: 'Search a node' }).fill('catalog')
    await page.getByRole('option', { name: /catalog/ }).first().waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Blast radius' }).click()
    await page.getByRole('complementary', { name: 'Blast radius' }).getByText('calls it').first().waitFor()
  },
  flows: async (page) => {
    await page.goto(`${base}/flows?${WINDOW}`)
    await page.locator('.flow-of').first().click()
    await page.getByRole('region', { name: 'Raw rows' }).getByRole('row').nth(5).waitFor()
  },
  cypher: async (page) => {
    await page.goto(`${base}/cypher`)
    await page.getByRole('button', { name: 'The costliest transfers of all time' }).click()
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByRole('region', { name: 'Result' }).getByRole('row').nth(5).waitFor()
  },
  'cypher-graph': async (page) => {
    await page.goto(`${base}/cypher?q=${encodeURIComponent('MATCH p = (a:Workload)-[t:TRANSFERS]->(b:Entity)\nRETURN p\nORDER BY t.totalBytes DESC\nLIMIT 40')}`)
    await page.getByRole('group', { name: /^Graph of/ }).waitFor()
    await page.locator('.editor').waitFor()
  },
  settings: async (page) => {
    await page.goto(`${base}/settings`)
    await page.getByRole('region', { name: 'Prices' }).waitFor()
  },
  versions: async (page) => {
    await page.goto(`${base}/versions`)
    await page.locator('.table tbody tr').first().waitFor()
  },
  status: async (page) => {
    await page.goto(`${base}/status`)
    await page.locator('.table tbody tr').first().waitFor()
    await page.locator('.badge.version').waitFor()
  },
}

/** The map with its lines, and the strip below it. */
async function drawn(page) {
  await page.locator('.canvas:not([data-edges="0"])').waitFor()
  await page.locator('.strip canvas').waitFor()
}

mkdirSync(out, { recursive: true })
const wanted = process.argv.slice(2)
const browser = await browsers.launch()
try {
  for (const theme of ['dark', 'light']) {
    const { page, context } = await browsers.visit(browser, `${base}/status`, theme)
    page.setDefaultTimeout(30_000)
    for (const [name, open] of Object.entries(PICTURES)) {
      if (wanted.length > 0 && !wanted.includes(name)) continue
      await page.setViewportSize({ width: 1600, height: 1000 })
      // One picture that cannot be taken yet, such as of an incident that is still to come, keeps no other from being taken.
      const failure = await open(page).then(() => null, (error) => error)
      if (failure) {
        process.exitCode = 1
        console.error(`${name}-${theme}.png: ${String(failure).split('\n')[0]}`)
        continue
      }
      await browsers.frames(page)
      const picture = toPalette(await page.screenshot())
      writeFileSync(`${out}/${name}-${theme}.png`, picture)
      console.log(`${name}-${theme}.png ${Math.ceil(picture.length / 1000)} kB`)
    }
    await context.close()
  }
} finally {
  await browser.close()
}
