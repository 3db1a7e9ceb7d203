import { describe, expect, it, vi } from 'vitest'
import { violations } from './axe'
import { shoot, visit } from './browser'
import { linksOf, settled, shiftsOf, tooWide, watchShifts } from './screens'
import { stage } from './server'

/** Of the page's area, moved by itself: what Web Vitals calls good is 0.1. */
const MOST_SHIFT = 0.02
/** Twenty screens a test, on machines that build and test at the same time. */
vi.setConfig({ testTimeout: 1_800_000 })
const PHONE = { width: 390, height: 844 }

describe('every screen', () => {
  const on = stage('shop')

  it.each(['dark', 'light'] as const)('passes axe, stands still while it loads, in %s', async (theme) => {
    const { page, context, errors } = await visit(on.browser, 'about:blank', theme)
    await watchShifts(page)
    const found: string[] = []
    for (const [name, link] of Object.entries(linksOf(on.mock.world.edges[10]?.id ?? ''))) {
      await page.goto(`${on.mock.url}${link}`)
      await settled(page)
      const { sum, by } = await shiftsOf(page)
      if (sum > MOST_SHIFT) found.push(`${name} shifts by ${sum.toFixed(4)}: ${by.join('; ')}`)
      found.push(...(await violations(page)).map((one) => `${name}: ${one}`), ...(await tooWide(page)).map((one) => `${name} is too wide: ${one}`))
      await shoot(page, `every-${name.replaceAll(' ', '-')}-${theme}`)
    }
    expect(found).toEqual([])
    expect(errors).toEqual([])
    await context.close()
  })

  it('can be read on a phone: nothing but tables and pictures scrolls sideways', async () => {
    const { page, context } = await visit(on.browser, 'about:blank')
    await page.setViewportSize(PHONE)
    const found: string[] = []
    for (const [name, link] of Object.entries(linksOf(on.mock.world.edges[10]?.id ?? ''))) {
      await page.goto(`${on.mock.url}${link}`)
      await settled(page)
      found.push(...(await tooWide(page)).map((one) => `${name}: ${one}`))
      const room = await page.locator('main').evaluate((main) => main.getBoundingClientRect().height)
      if (room < PHONE.height / 2) found.push(`${name}: ${Math.round(room)} px are left for the screen`)
      await shoot(page, `phone-${name.replaceAll(' ', '-')}`)
    }
    expect(found).toEqual([])
    await context.close()
  })

  it('moves nothing for who asked for less motion', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/costs`)
    await settled(page)
    const moving = await page.evaluate(() => document.getAnimations().length)
    expect(moving).toBe(0)
    await context.close()
  })
})

describe('hostile names', () => {
  const on = stage('hostile')

  it('run nothing, deceive nobody and break no layout, on every screen', async () => {
    const { page, context, errors } = await visit(on.browser, 'about:blank')
    page.on('dialog', (dialog) => { errors.push(`a dialog: ${dialog.message()}`); void dialog.dismiss() })
    page.on('request', (request) => { if (!request.url().startsWith(on.mock.url)) errors.push(`asks ${request.url()}`) })
    const found: string[] = []
    for (const size of [{ width: 1440, height: 900 }, PHONE]) {
      await page.setViewportSize(size)
      for (const [screen, link] of Object.entries(linksOf(on.mock.world.edges[10]?.id ?? ''))) {
        const name = `${screen} at ${size.width}`
        await page.goto(`${on.mock.url}${link}`)
        await settled(page)
        found.push(...(await tooWide(page)).map((one) => `${name} is too wide: ${one}`))
        const state = await page.evaluate(() => ({
          owned: 'owned' in globalThis,
          title: document.title,
          text: document.body.innerText,
          titles: [...document.querySelectorAll('[title]')].map((element) => element.getAttribute('title') ?? '').join(''),
          foreign: document.querySelectorAll('img:not([src="/favicon.svg"]), body script[src]:not([type=module]), iframe, a[href^="javascript:"]').length,
        }))
        if (state.owned || state.title !== 'Egressor' || state.foreign > 0) found.push(`${name}: something of a name runs`)
        if (/[\u202a-\u202e\u2066-\u2069\u200b]/.test(state.text + state.titles)) found.push(`${name}: a mark that deceives is shown`)
        if (/(long-name-){80}/.test(state.text) && !['cypher'].includes(screen)) found.push(`${name}: a name of 4 kB is shown whole`)
        if (size.width > 400) await shoot(page, `hostile-${screen.replaceAll(' ', '-')}`)
      }
    }
    expect(found).toEqual([])
    expect(errors).toEqual([])
    await context.close()
  })
})
