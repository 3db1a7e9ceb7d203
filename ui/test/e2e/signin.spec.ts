import { describe, expect, it } from 'vitest'
import { violations } from './axe'
import { shoot, visit } from './browser'
import { expectAttribute, expectCount } from './see'
import { stage } from './server'

describe('signing in', () => {
  const on = stage('locked')

  it('asks for a token by keyboard alone, opens the link that was asked for, and signs out', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/versions`)
    await page.getByRole('heading', { name: 'Sign in to Egressor' }).waitFor()
    expect(await violations(page)).toEqual([])
    await shoot(page, 'signin-dark')
    const provider = page.getByRole('link', { name: 'Sign in with your identity provider' })
    await expectAttribute(provider, 'href').toBe('/auth/login?to=%2Fversions')

    await page.getByLabel('Or with a token').focus()
    await page.keyboard.type('guess')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'this token is not known' }).waitFor()
    await page.getByLabel('Or with a token').fill('letmein')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Versions', exact: true }).waitFor({ state: 'attached' })

    await page.getByRole('button', { name: 'Sign out ann' }).click()
    await page.getByRole('heading', { name: 'Sign in to Egressor' }).waitFor()
    await expectCount(page.getByText('You were signed out')).toBe(0) // they know
    await context.close()
  })

  it('says that a sign-in has ended as soon as the feed of versions says so', async () => {
    const { page, context } = await visit(on.browser, `${on.mock.url}/versions`)
    await page.getByLabel('Or with a token').fill('letmein')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Versions', exact: true }).waitFor({ state: 'attached' })
    await expect.poll(() => on.mock.world.turnedOut.size).toBeGreaterThan(0) // the feed is up
    on.mock.endSignIn()
    await page.getByRole('status').filter({ hasText: 'You were signed out' }).waitFor()

    await page.getByLabel('Or with a token').fill('letmein')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Versions', exact: true }).waitFor({ state: 'attached' })
    await context.close()
  })
})
