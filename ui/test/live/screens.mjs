// npm run screens: pictures of a running demo for docs/screens, in both themes.
import { chromium } from 'playwright-core'

const base = process.env.BASE_URL ?? 'http://127.0.0.1:8080'
const out = new URL('../../../docs/screens/', import.meta.url).pathname
const pages = [
  ['map', '/map?w=15m'],
  ['table', '/map?w=15m&view=table'],
  ['versions', '/versions'],
  ['status', '/status'],
]

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync', '--disable-component-update', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
})
for (const theme of ['dark', 'light']) {
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 }, colorScheme: theme })
  const page = await context.newPage()
  for (const [name, path] of pages) {
    await page.goto(base + path)
    await page.waitForLoadState('load')
    await page.waitForTimeout(4000)
    await page.screenshot({ path: `${out}${name}-${theme}.png` })
    if (name === 'table') {
      await page.locator('.stage .table tbody tr').first().getByRole('button', { name: /^open the receipt of/ }).click()
      await page.waitForTimeout(2500)
      await page.screenshot({ path: `${out}receipt-${theme}.png` })
    }
  }
  await context.close()
}
await browser.close()
