import { describe } from 'vitest'
import { compareJourneys } from './journeys/compare'
import { drawnJourneys } from './journeys/drawn'
import { exploreJourneys } from './journeys/explore'
import { fileJourneys } from './journeys/files'
import { moneyJourneys } from './journeys/money'
import { overviewJourneys } from './journeys/overview'
import { questionJourneys } from './journeys/questions'
import { settingsJourneys } from './journeys/settings'
import { storyJourneys } from './journeys/story'
import { trustJourneys } from './journeys/trust'
import { browserFor, leftOpen } from './walk'
import { DEMO, STORY } from './world'

/** deploy/e2e/live.sh starts what is walked here: in one suite, so that one browser and one demo are enough. */
describe(`a live demo at ${DEMO}`, () => {
  browserFor()
  const follows = leftOpen('/status')
  // What needs a second minute, a rollout or a saving comes after what does not, so that nothing waits for long.
  describe('explore', () => { exploreJourneys() })
  describe('files', () => { fileJourneys() })
  describe('trust', () => { trustJourneys() })
  describe('overview', () => { overviewJourneys() })
  describe('questions', () => { questionJourneys() })
  describe('compare', () => { compareJourneys() })
  describe('money', () => { moneyJourneys() })
  describe('drawn', () => { drawnJourneys() })
  describe('settings', () => { settingsJourneys() })
  follows()
})

describe.skipIf(STORY === '')(`a served scenario at ${STORY}`, () => {
  browserFor()
  describe('story', () => { storyJourneys() })
})
