import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { quiet } from './quiet'

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** One line per violation of accessibility rules and element, of a page that is quiet; none where all is well. */
export async function violations(page: Page): Promise<string[]> {
  await quiet(page)
  // By the debugger's door, as the page's policy forbids foreign scripts.
  await page.evaluate(SOURCE)
  const results = await page.evaluate(() => (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run())
  return results.violations.flatMap((found) => found.nodes.map((node) => `${found.id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`))
}
