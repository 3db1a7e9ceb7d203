import { describe, expect, it } from 'vitest'
import { violations } from './axe'
import { locate, shoot, visit } from './browser'
import { stage } from './server'

const RESIZER = 'w/lab/media/Deployment/image-resizer'
const S3 = 'e/aws/s3/us-east-1'
const SAVING = encodeURIComponent('r/gateway-endpoint/vpc-0a/s3')

describe('what if', () => {
  const on = stage('shop')

  it('is opened from a saving, shows before and after with the money, and is left again', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/savings`)
    await page.getByRole('button', { name: /^Show on the map, before and after: Give vpc-0a/ }).click()
    const bar = page.getByRole('region', { name: 'What if' })
    await bar.getByText('Give vpc-0a a gateway endpoint for S3').waitFor()
    expect(await bar.locator('dl').textContent()).toMatch(/Before\$\d.*After\$0Saves\$\d.*a month, 100\.?0* ?%/)
    const pane = page.getByRole('complementary', { name: 'What would change' })
    const row = pane.getByRole('row', { name: /image-resizer → S3/ })
    await row.waitFor()
    expect(await row.textContent()).toMatch(/NAT gateway ends.*Gateway endpoint new.*\$\d.*\$0$/)
    await locate(page, 'bundle', `gateway-endpoint|${RESIZER}|${S3}`)
    await locate(page, 'bundle', `nat|${RESIZER}|${S3}`)
    const placed = await locate(page, 'node', RESIZER)
    expect(await violations(page)).toEqual([])
    await shoot(page, 'whatif-after-dark')
    await page.keyboard.press('v')
    await page.getByRole('button', { name: 'Before', exact: true, pressed: true }).waitFor()
    await expect(locate(page, 'bundle', `gateway-endpoint|${RESIZER}|${S3}`)).rejects.toThrow('does not draw')
    expect(await locate(page, 'node', RESIZER), 'a node moved between before and after').toEqual(placed)
    await shoot(page, 'whatif-before-dark')
    const other = await visit(on.browser, page.url(), 'light')
    await other.page.getByRole('button', { name: 'Before', exact: true, pressed: true }).waitFor()
    await other.page.getByRole('button', { name: 'After', exact: true }).click()
    await other.page.getByRole('complementary', { name: 'What would change' }).getByRole('row', { name: /image-resizer → S3/ }).waitFor()
    expect(await violations(other.page)).toEqual([])
    await shoot(other.page, 'whatif-after-light')
    await other.context.close()
    await page.getByRole('button', { name: 'Leave the what-if' }).press('Enter')
    await bar.waitFor({ state: 'detached' })
    expect(new URL(page.url()).searchParams.has('whatif')).toBe(false)
    expect(errors).toEqual([])
    await context.close()
  })

  it('lights the line of a row, and keeps to what is concerned', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map?whatif=${SAVING}`)
    const pane = page.getByRole('complementary', { name: 'What would change' })
    await pane.getByRole('button', { name: /S3 us-east-1 → image-resizer/ }).click()
    await pane.locator('tr[aria-selected="true"]').getByText('S3 us-east-1').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Only what is concerned' }).click()
    await page.locator('.canvas[data-nodes="2"]').waitFor()
    await shoot(page, 'whatif-only-dark')
    await page.getByRole('button', { name: 'Only what is concerned', pressed: true }).click()
    await page.locator('.canvas[data-nodes="19"]').waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it('says so where there is no such recommendation, and where it is no longer made', async () => {
    const { page, context, errors } = await visit(on.browser, `${on.mock.url}/map?whatif=r0`)
    await page.getByText('There is no recommendation with this id').waitFor()
    expect(await violations(page)).toEqual([])
    await page.goto(`${on.mock.url}/map?whatif=${encodeURIComponent('r/same-zone-routing/search')}`)
    await page.getByText('No longer recommended').waitFor()
    await page.getByText('worked out with the next search').waitFor()
    expect(await violations(page)).toEqual([])
    expect(errors).toEqual([])
    await context.close()
  })
})
