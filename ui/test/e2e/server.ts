import { existsSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { type Mock, startMock } from '../../mock/server'
import type { Scenario } from '../../mock/world'
import { launch } from './browser'

/** The server under test: the mock of the scenario. Says what to run where the UI was not built. */
export function serve(scenario: Scenario): Promise<Mock> {
  if (!existsSync(new URL('../../dist/index.html', import.meta.url))) {
    throw new Error('ui/dist holds no index.html: run "npm run build" before "npm run e2e"')
  }
  return startMock({ scenario })
}

/** A server and a browser, for as long as a suite of tests runs. */
export interface Stage { mock: Mock, browser: Browser }

/** Sets the stage before the suite that it is called in, and clears it after. */
export function stage(scenario: Scenario): Stage {
  const set: Partial<Stage> = {}
  beforeAll(async () => {
    set.mock = await serve(scenario)
    set.browser = await launch()
  })
  afterAll(async () => {
    await set.browser?.close()
    await set.mock?.stop()
  })
  return set as Stage
}
