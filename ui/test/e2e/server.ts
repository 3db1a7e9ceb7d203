import { existsSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { type Mock, startMock } from '../../mock/server'
import type { Scenario, World } from '../../mock/world'
import { launch } from './browser'

/** The server under test: the mock of the scenario. Says what to run where the UI was not built. */
export function serve(scenario: Scenario): Promise<Mock> {
  if (!existsSync(new URL('../../dist/index.html', import.meta.url))) {
    throw new Error('ui/dist holds no index.html: run "npm run build" before "npm run e2e"')
  }
  return startMock({ scenario })
}

/** A world of its own for each test, so that none depends on what another did, and a browser for all of a suite. */
export interface Stage {
  readonly mock: Mock
  readonly browser: Browser
  /** One more world for the test that asks for it. */
  readonly another: (scenario: Scenario) => Promise<Mock>
}

/** Sets the stage before each test of the suite that it is called in, and clears it after. */
export function stage(scenario: Scenario): Stage {
  const set: { mock?: Mock; browser?: Browser } = {}
  const worlds: Mock[] = []
  const another = async (of: Scenario): Promise<Mock> => {
    const mock = await serve(of)
    worlds.push(mock)
    return mock
  }
  beforeAll(async () => {
    set.browser = await launch()
  })
  beforeEach(async () => {
    set.mock = await another(scenario)
  })
  afterEach(async () => {
    // Those of a test that failed are still open.
    await Promise.all((set.browser?.contexts() ?? []).map((context) => context.close()))
    await Promise.all(worlds.splice(0).map((mock) => mock.stop()))
  })
  afterAll(() => set.browser?.close())
  return Object.assign(set, { another }) as Stage
}

/** Commits a version once some page listens, so that it comes by the feed: one that nobody hears of is found by a poll much later. */
export async function commit({ world }: Mock): Promise<ReturnType<World['commit']>> {
  await expect.poll(() => world.listeners.size, { message: 'pages that listen for versions' }).toBeGreaterThan(0)
  return world.commit()
}
