// npm run bench: the map with as much as the server ever hands over, in headless Chromium without a GPU.
// 10,000 nodes and 100,000 transfers are in the window; the server gives 1,500 nodes and 3,000 transfers and sums the rest.
import { runnerImport } from 'vite'

const { module: browsers } = await runnerImport(new URL('../e2e/browser.ts', import.meta.url).pathname)
const { module: mocks } = await runnerImport(new URL('../../mock/server.ts', import.meta.url).pathname)
const PAN_MS = 4000
const NODES = 1500
const ALL_NODES = 10_000
const TRANSFERS = 3000
const ALL = 100_000

const money = (nano) => ({ amount: (nano / 1e9).toFixed(9), currency: 'USD', nano })
const nodes = Array.from({ length: NODES }, (_, at) => ({
  id: `w/lab/ns-${at % 60}/Deployment/app-${at}`, kind: 'WORKLOAD', name: `app-${at}`, namespace: `ns-${at % 60}`, type: 'Deployment', cluster: 'lab', region: 'us-east-1', zones: ['use1-az1'],
  x: 900 * Math.cos(at * 2.399) * Math.sqrt(at / NODES), y: 900 * Math.sin(at * 2.399) * Math.sqrt(at / NODES), bytesOut: 1e9 + at, bytesIn: 1e8 + at, cost: money(1_000_000 * (1 + (at % 977))),
}))
const transfers = Array.from({ length: TRANSFERS }, (_, at) => {
  // As in a cluster, many call few.
  const [source, destination] = [nodes[(at * 7) % NODES], nodes[Math.floor((at * 13) % 400)]]
  return {
    id: `t${at.toString(16).padStart(16, '0')}`, source: source.id, destination: destination.id, sourceName: source.name, destinationName: destination.name, sourceRevision: '', destinationRevision: '',
    sourceZone: 'use1-az1', destinationZone: 'use1-az2', sourceRegion: 'us-east-1', destinationRegion: 'us-east-1', serverPort: 443, protocol: 'tcp', initiator: 'SOURCE', path: ['nat', 'vpc', 'internet-gateway', 'gateway-endpoint'][at % 4], via: '', pathAssumed: false, bytes: 1e9 + at, cost: money(1_000_000 * (TRANSFERS - at)),
  }
})
const total = transfers.reduce((cost, row) => cost + row.cost.nano, 0)
const sum = (count, cost) => ({ transfers: count, bytes: count * 1e9, cost: money(cost) })

const mock = await mocks.startMock({ scenario: 'shop' })
const browser = await browsers.launch()
try {
  const context = await browser.newContext({ viewport: { width: 1600, height: 900 } })
  const page = await context.newPage()
  page.setDefaultTimeout(120_000)
  await page.addInitScript(watch)
  await page.route('**/graphql', async (route) => {
    const asked = route.request().postDataJSON()
    if (!/query Graph\(/.test(asked.query)) return route.continue()
    const { from, to } = asked.variables.window
    await route.fulfill({ contentType: 'application/json', body: JSON.stringify({ data: { graph: { version: { number: 180 }, window: { from, to }, nodes, transfers, total: sum(ALL, total * 1.2), rest: sum(ALL - TRANSFERS, total * 0.2), restNodes: ALL_NODES - NODES } } }) })
  })
  await page.goto(`${mock.url}/map?more=1`)
  await page.locator('.canvas[data-painted]:not([data-edges="0"])').waitFor()
  const drawn = await page.locator('.canvas').evaluate((canvas) => ({ nodes: Number(canvas.dataset.nodes), edges: Number(canvas.dataset.edges) }))
  const paint = await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - globalThis.bench.data)))))
  await page.evaluate(() => {
    // A frame that only the compositor moves is a frame, too.
    const tick = () => requestAnimationFrame(tick)
    tick()
    globalThis.bench.frames.length = 0
  })
  const started = Date.now()
  await page.mouse.move(1000, 400)
  await page.mouse.down()
  for (let step = 0; Date.now() - started < PAN_MS; step++) await page.mouse.move(1000 + 180 * Math.sin(step / 9), 400 + 90 * Math.cos(step / 7))
  await page.mouse.up()
  const frames = await page.evaluate(() => globalThis.bench.frames)
  const script = frames.map((frame) => frame.script).toSorted((a, b) => a - b)
  const at = (share) => script[Math.min(script.length - 1, Math.floor(share * script.length))]?.toFixed(1)
  const seconds = (frames.at(-1).at - frames[0].at) / 1000
  console.log(`drawn: ${drawn.nodes} nodes, ${drawn.edges} lines; told on screen: ${(await page.locator('.sums .rest').allTextContents()).join(' | ')}`)
  console.log(`first useful paint after data: ${Math.round(paint)} ms`)
  console.log(`panning: ${(frames.length / seconds).toFixed(1)} frames a second, JavaScript a frame ${at(0.5)} ms p50, ${at(0.95)} ms p95 (${frames.length} frames)`)
} finally {
  await browser.close()
  await mock.stop()
}

/** In the page, before anything: when the graph's answer was there, and how long the scripts of each frame took. */
function watch() {
  const bench = { data: 0, frames: [], pointer: 0 }
  globalThis.bench = bench
  const { fetch: ask } = globalThis
  globalThis.fetch = async (...of) => {
    const response = await ask(...of)
    if (String(of[1]?.body ?? '').includes('query Graph(')) bench.data = performance.now()
    return response
  }
  // Scripts of the pointer run between frames: they count towards the one that follows.
  const { addEventListener } = EventTarget.prototype
  EventTarget.prototype.addEventListener = function listen(type, act, ...how) {
    const timed = typeof act !== 'function' || !/^(pointer|mouse|message)/.test(type) ? act : function handle(event) {
      const begun = performance.now()
      act.call(this, event)
      bench.pointer += performance.now() - begun
    }
    return addEventListener.call(this, type, timed, ...how)
  }
  const later = globalThis.requestAnimationFrame.bind(globalThis)
  let frame = 0
  globalThis.requestAnimationFrame = (callback) => later((time) => {
    const begun = performance.now()
    callback(time)
    const script = performance.now() - begun
    if (time === frame && bench.frames.length > 0) bench.frames.at(-1).script += script
    else {
      bench.frames.push({ at: time, script: script + bench.pointer })
      bench.pointer = 0
    }
    frame = time
  })
}
