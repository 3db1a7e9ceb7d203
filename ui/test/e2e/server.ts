import { existsSync } from 'node:fs'
import { type Mock, startMock } from '../../mock/server'
import type { Scenario } from '../../mock/world'

/** The server under test: the mock of the scenario. Says what to run where the UI was not built. */
export function serve(scenario: Scenario): Promise<Mock> {
  if (!existsSync(new URL('../../dist/index.html', import.meta.url))) {
    throw new Error('ui/dist holds no index.html: run "npm run build" before "npm run e2e"')
  }
  return startMock({ scenario })
}
