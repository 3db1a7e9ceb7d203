import { describe, expect, it } from 'vitest'
import { shoot, visit } from './browser'
import { quiet } from './quiet'
import { stage } from './server'

describe('GraphiQL', () => {
  const on = stage('locked')

  it('asks as who is signed in, completes from the schema, and loads nothing from elsewhere', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/graphiql`)
    const outside: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(on.mock.url) && !/^(?:blob|data):/.test(request.url())) outside.push(request.url())
    })
    await page.getByLabel('Or with a token').fill('letmein')
    await page.keyboard.press('Enter')
    // The button is there before the editor is, and asks nothing until then.
    await page.locator('.graphiql-query-editor .view-lines').filter({ hasText: 'totalCount' }).waitFor()
    await page.getByRole('button', { name: /Execute query/ }).click()
    await page.locator('.graphiql-response').filter({ hasText: 'totalCount' }).waitFor()
    await page.getByRole('button', { name: /Documentation Explorer/ }).first().click()
    await page.getByText('Query', { exact: true }).first().waitFor()
    await shoot(page, 'graphiql')
    expect(outside).toEqual([])
    expect(errors.filter((error) => !error.includes('401'))).toEqual([])
    await context.close()
  })

  it('is not loaded with the screens', async () => {
    const { page, context } = await visit(on.browser, 'about:blank')
    const loaded: string[] = []
    page.on('request', (request) => loaded.push(request.url()))
    await page.goto(`${(await on.another('shop')).url}/versions`)
    await page.getByRole('heading', { name: 'Versions', exact: true }).waitFor({ state: 'attached' })
    await quiet(page)
    expect(loaded.length).toBeGreaterThan(3)
    expect(loaded.filter((url) => /graphiql|monaco|worker/.test(url))).toEqual([])
    await context.close()
  })
})
