import { startMock } from './server'
import { SCENARIOS, type Scenario } from './world'

// npm run mock -- [--scenario shop|hostile|empty|failing] [--port 8090] [--minute SECONDS]
const flag = (name: string, fallback: string): string => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback)
}

const scenario = flag('scenario', 'shop') as Scenario
if (!SCENARIOS.includes(scenario)) {
  console.error(`mock: no scenario ${JSON.stringify(scenario)}: choose one of ${SCENARIOS.join(', ')}`)
  process.exit(2)
}
const mock = await startMock({ scenario, port: Number(flag('port', '8090')) })
setInterval(() => mock.world.commit(), Number(flag('minute', '60')) * 1000)
console.log(`mock of Egressor's API (${scenario}, made-up data) on ${mock.url}`)
