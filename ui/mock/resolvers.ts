import { foldRows } from './folded'
import { GraphQLError } from 'graphql'
import type * as api from './gen/schema'
import { answer } from './chat'
import { addUp, charge } from './decimal'
import { BILLS } from './bills'
import { WATCHES } from './watches'
import { blastRadius } from './blast'
import { pathsOf } from './paths'
import { cypher, savedCypher } from './cypher'
import { diffOf } from './diff'
import { completions, filtered } from './filter'
import { decisions } from './decisions'
import { forecastOf } from './forecast'
import { INCIDENTS, VERDICTS } from './insights'
import { statementOf } from './statement'
import { whatIfOf } from './whatif'
import { type MockEdge, type Span, type World, UNIT_BYTES, iso, minutes, money, windowOf, wire } from './world'

type Windowed = { window?: api.InputMaybe<api.Window> }

/** Root resolvers of schema.graphqls over a World. */
export function resolvers(world: World) {
  const root = {
    meta: ({ asOf }: api.QueryMetaArgs): api.GraphMeta | null => {
      const number = pick(world, asOf)
      return number < 1 ? null : { version: world.version(number), lagSeconds: 34, lostBytes: 0, lab: true }
    },
    versions: ({ first, after }: api.QueryVersionsArgs) => versions(world, first ?? 50, after),
    graph: ({ window, limit, nodes }: api.QueryGraphArgs) => graph(world, window, limit ?? 500, nodes ?? Infinity),
    entity: ({ id, window }: api.QueryEntityArgs) => entity(world, id, window),
    transfer: ({ id, window }: api.QueryTransferArgs) => transfer(world, id, window),
    transfers: ({ window, first }: api.QueryTransfersArgs) => transfers(world, window, first ?? 50),
    ...decisions(),
    marks: ({ window }: Windowed) => marksOf(spanOf(world, window)),
    whatIf: (args: api.QueryWhatIfArgs) => whatIfOf(world, args),
    verdicts: () => VERDICTS,
    watches: () => WATCHES,
    reconciliations: () => BILLS,
    forecast: ({ window }: api.QueryForecastArgs) => forecastOf(filtered(world, window?.filter), spanOf(world, window), world.scenario === 'hostile'),
    statement: (args: api.QueryStatementArgs) => statementOf(world, spanOf(world, args.window), args),
    blastRadius: ({ of, hops, window }: api.QueryBlastRadiusArgs) => blastRadius(world, of.node ?? '', hops ?? 3, spanOf(world, window)),
    paths: (args: api.QueryPathsArgs) => pathsOf(world, args, spanOf(world, args.window)),
    diff: (args: api.QueryDiffArgs) => diffOf(world, spanOf(world, args.before), spanOf(world, args.after), args),
    cypher: (args: api.QueryCypherArgs) => cypher(world, args, spanOf(world, args.window)),
    savedCypher: () => savedCypher(),
    totals: ({ window }: Windowed) => series(filtered(world, window?.filter), spanOf(world, window)),
    agents: () => agents(world),
    serviceVersion: () => 'v0.9.2',
    agentMachines: () => agents(world).map(({ cluster, node }) => ({ cluster, node, provider: 'aws', providerIds: [`aws:///us-east-1a/i-0${node}`] })),
    explain: ({ transfer: id, window }: api.QueryExplainArgs) => explain(world, id, window),
    coverage: ({ window }: Windowed) => coverage(world, spanOf(world, window)),
    investigator: (): api.InvestigatorStatus => ({
      engine: 'rules',
      model: '',
      notice: 'No key is set, so answers come from rules. Set ANTHROPIC_API_KEY and start again to ask Claude.',
      suggestions: ['What costs most in the last hour?', 'Why did egress rise at 10:04?', 'What reaches S3 and how?'],
    }),
    limits: () => LIMITS,
    askPreview: () => '',
    filterCompletions: (args: api.QueryFilterCompletionsArgs) => completions(world, args),
    versionCommitted: () => feed(world),
    ask: ({ question }: api.SubscriptionAskArgs) => answer(world, question),
  }
  return world.scenario === 'failing' ? { ...root, meta: failing, versions: failing, agents: failing } : root
}

const LIMITS = { depth: 12, aliases: 30, fields: 500, complexity: 2000, tokens: 4000, bodyBytes: 1_000_000, seconds: 20, transfers: 20_000, versions: 500, flowRows: 1000, diffRows: 20_000, pathHops: 6, paths: 100, windowMinutes: 44_640, documentsOnly: false, errorCodes: [] }

function failing(): never {
  throw new GraphQLError('ClickHouse at 127.0.0.1:8123 does not answer: connection refused', {
    extensions: { code: 'STORE_UNAVAILABLE', hint: 'Start ClickHouse, or run "egressor doctor" to see which store is down.' },
  })
}

function pick(world: World, asOf: api.InputMaybe<api.AsOf> | undefined): number {
  if (asOf?.time) return world.versionAt(Date.parse(asOf.time))
  const wanted = asOf?.version ?? world.newest
  if (wanted > world.newest) {
    throw new GraphQLError(`version ${wanted} is not committed yet, the newest is ${world.newest}`, { extensions: { code: 'VERSION_NOT_YET' } })
  }
  return wanted
}

function spanOf(world: World, window: api.InputMaybe<api.Window> | undefined): Span {
  const known = world.endOf(pick(world, window?.asOf))
  const to = window?.to ? Date.parse(window.to) : known
  return { from: window?.from ? Date.parse(window.from) : to - 3_600_000, to, known }
}

function answered(world: World, window: api.InputMaybe<api.Window> | undefined) {
  const number = pick(world, window?.asOf)
  const span = spanOf(world, window)
  return { version: number < 1 ? null : world.version(number), window: windowOf(span) }
}

function byCost(world: World, span: Span, edges: readonly MockEdge[] = world.edges): api.Transfer[] {
  return edges
    .map((edge) => edge.transfer(span))
    .filter((row) => Number(row.bytes) > 0)
    .toSorted((a, b) => Number(b.cost.nano) - Number(a.cost.nano) || Number(b.bytes) - Number(a.bytes))
}

function sum(rows: readonly api.Transfer[]): api.TransferSum {
  return {
    transfers: rows.length,
    bytes: wire(rows.reduce((total, row) => total + BigInt(row.bytes), 0n)),
    cost: money(addUp(rows.map((row) => row.cost.amount))),
  }
}

function entities(world: World, rows: readonly api.Transfer[]): api.Entity[] {
  return world.nodes
    .map((node) => {
      const out = rows.filter((row) => row.source === node.id)
      const into = rows.filter((row) => row.destination === node.id)
      const all = rows.filter((row) => row.source === node.id || row.destination === node.id)
      return {
        ...node,
        cluster: world.cluster,
        regions: [world.region],
        bytesOut: sum(out).bytes,
        bytesIn: sum(into).bytes,
        cost: sum(all).cost,
      }
    })
    .filter((node) => Number(node.bytesIn) + Number(node.bytesOut) > 0)
}

function graph(world: World, window: api.InputMaybe<api.Window> | undefined, limit: number, most: number): api.GraphView {
  const all = byCost(world, spanOf(world, window), filtered(world, window?.filter))
  // The mock holds little: past 4 fifths of it, it leaves out as a large system would.
  const cut = Math.min(limit, limit > 1000 ? all.length : Math.ceil(all.length * 0.9))
  // What it leaves out for its size takes no node away: the pictures of all tests stay the same.
  const { kept, left, ends } = foldRows(all, Infinity, most)
  const nodes = entities(world, all)
  return { ...answered(world, window), nodes: nodes.filter((node) => ends.has(node.id)), transfers: kept.slice(0, cut), total: sum(all), rest: sum([...kept.slice(cut), ...left]), restNodes: nodes.length - ends.size }
}

function entity(world: World, id: string, window: api.InputMaybe<api.Window> | undefined) {
  const span = spanOf(world, window)
  const all = byCost(world, span)
  const found = entities(world, all).find((node) => node.id === id)
  if (!found) return null
  return {
    ...answered(world, window),
    entity: found,
    transfers: ({ first }: { first: number }) => all.filter((row) => row.source === id || row.destination === id).slice(0, first),
    deployments: found.name === 'checkout' ? DEPLOYMENTS.map((deployment) => ({ ...deployment, workload: id })) : [],
    series: series(world.edges.filter((edge) => edge.source.id === id || edge.destination.id === id), span),
  }
}

/** The rollout of checkout and the incident that follows it, a minute later. */
function marksOf(span: Span): api.Marks {
  const inside = (at: string): boolean => Date.parse(at) >= span.from && Date.parse(at) < span.to
  const rollouts = DEPLOYMENTS.filter((deployment) => inside(deployment.rolledOutAt ?? '')).map((deployment) => ({ workloadName: 'checkout', namespace: 'shop', deployment: { ...deployment, workload: 'w/lab/shop/Deployment/checkout' } }))
  const early = inside('2026-11-23T08:00:00Z') ? ['search', 'image-resizer'].map((name, index): api.Rollout => ({
    workloadName: name, namespace: index === 0 ? 'shop' : 'media',
    deployment: { workload: `w/lab/${index === 0 ? 'shop' : 'media'}/Deployment/${name}`, id: `d/${name}/1`, hash: '66f1', revision: 1, images: [], rolledOutAt: '2026-11-23T08:00:00Z', changedBy: '', cause: '', gitCommit: '' },
  })) : []
  return { window: windowOf(span), rollouts: [...rollouts, ...early], moreRollouts: false, incidents: INCIDENTS.filter((one) => Date.parse(one.since) < span.to), moreIncidents: false }
}

const DEPLOYMENTS: Omit<api.Deployment, 'workload'>[] = [
  { id: 'd/checkout/7c9f4', hash: '7c9f4', revision: 42, images: ['registry.example/checkout:1.42.0'], rolledOutAt: '2026-11-23T10:03:22Z', changedBy: 'ci-deployer', cause: 'payments: fetch receipts with images', gitCommit: '9d1c2e7a' },
  { id: 'd/checkout/5b8aa', hash: '5b8aa', revision: 41, images: ['registry.example/checkout:1.41.3'], rolledOutAt: '2026-11-19T14:20:05Z', changedBy: 'ci-deployer', cause: '', gitCommit: '77aa01bc' },
]

function transfer(world: World, id: string, window: api.InputMaybe<api.Window> | undefined) {
  const span = spanOf(world, window)
  const edge = world.edges.find((one) => one.id === id)
  if (!edge || edge.bytes(span) === 0n) return null
  return {
    ...answered(world, window),
    transfer: edge.transfer(span),
    series: series([edge], span),
    charges: charges(edge, span),
    flows: ({ first }: { first: number }) => flows(edge, span, first),
  }
}

function charges(edge: MockEdge, span: Span): api.ChargeLine[] {
  const bytes = edge.bytes(span)
  return edge.rules.map((rule) => ({
    ...rule,
    bytes: wire(bytes),
    unitBytes: Number(UNIT_BYTES),
    rate: money(rule.rate),
    amount: money(charge(bytes, UNIT_BYTES, rule.rate)),
    priceSource: 'made up for the mock, 2026-11-23',
    pathAssumed: edge.row.assumed ?? false,
  }))
}

function flows(edge: MockEdge, span: Span, first: number): api.FlowRow[] {
  return minutes(span).toReversed().slice(0, first).map((at, index) => ({
    windowStart: iso(at),
    windowSeconds: 10,
    agent: `lab/node-${'abc'[edge.index % 3] ?? 'a'}`,
    localKind: 'pod',
    localId: `${edge.source.name}-${String(edge.index).padStart(5, '0')}`,
    localAddress: `10.244.${edge.index}.7`,
    remoteAddress: edge.row.path === 'vpc' ? `10.244.${edge.index + 40}.9` : '198.18.0.21',
    virtualAddress: edge.row.path === 'vpc' ? '10.96.0.31' : null,
    serverPort: edge.row.port,
    protocol: 'tcp',
    role: edge.row.initiator === 'SOURCE' ? 'client' : 'server',
    sentBytes: wire(edge.minute(at)),
    receivedBytes: wire(edge.minute(at) / 11n),
    sentPayloadBytes: wire((edge.minute(at) * 29n) / 30n),
    receivedPayloadBytes: wire(edge.minute(at) / 12n),
    sentPackets: wire(edge.minute(at) / 1180n),
    receivedPackets: wire(edge.minute(at) / 2900n),
    connections: 3 + (index % 4),
    batch: `${edge.index}b7f2/${4100 - index}`,
  }))
}

function transfers(world: World, window: api.InputMaybe<api.Window> | undefined, first: number): api.TransferConnection {
  const all = byCost(world, spanOf(world, window))
  const edges = all.slice(0, first).map((node) => ({ cursor: node.id, node }))
  const pageInfo = { hasNextPage: all.length > first, hasPreviousPage: false, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null }
  return { ...answered(world, window), edges, pageInfo, totalCount: all.length, total: sum(all), rest: sum(all.slice(first)) }
}

function series(edges: readonly MockEdge[], span: Span): api.MinuteTotal[] {
  return minutes(span).map((at) => {
    const one = { from: at, to: at + 60_000, known: span.known }
    return {
      minute: iso(at),
      bytes: wire(edges.reduce((total, edge) => total + edge.minute(at), 0n)),
      cost: money(addUp(edges.map((edge) => edge.cost(one)))),
    }
  })
}

function versions(world: World, first: number, after: string | null | undefined): api.GraphVersionConnection {
  const start = after ? Number(after) - 1 : world.newest
  const numbers = Array.from({ length: Math.min(first, start) }, (_, index) => start - index)
  const edges = numbers.map((number) => ({ cursor: String(number), node: world.version(number) }))
  return {
    edges,
    pageInfo: { hasNextPage: (numbers.at(-1) ?? 1) > 1, hasPreviousPage: after !== null && after !== undefined, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: world.newest,
    rest: Math.max(0, (numbers.at(-1) ?? 1) - 1),
  }
}

function agents(world: World): api.AgentStatus[] {
  if (world.newest === 0) return []
  const end = world.endOf(world.newest)
  return ['node-a', 'node-b', 'node-c'].map((node, index) => ({
    cluster: world.cluster,
    node,
    mode: index === 2 ? 'packets' : 'sockets',
    version: index === 2 ? 'v0.9.0' : 'v0.9.2',
    build: index === 2 ? 'OLDER' : 'SAME',
    coveredThrough: iso(end + 10_000 * (2 - index)),
    lastBatchAt: iso(end + 12_000),
    lostBytes: index === 1 ? null : index * 2048,
  }))
}

/** The newest minute of a transfer, with the sender's report alone. */
function explain(world: World, id: string, window: api.InputMaybe<api.Window> | undefined): unknown {
  const span = spanOf(world, window)
  const edge = world.edges.find((one) => one.id === id)
  const newest = minutes(span).at(-1)
  if (!edge || newest === undefined) return null
  const { bytes } = edge.transfer({ ...span, from: newest, to: newest + 60_000 })
  const report = {
    taken: true, bySender: true, bytes, pathText: 'both ends are on nodes of one cluster, and no two networks are known between them', pathGap: '', service: '',
    flow: { agent: `${world.cluster}/node-a`, batch: 'boot-1/7', windowStart: iso(newest) },
    source: { ruleText: "the kernel says that the socket is the pod's: its cgroup has the pod's UID" },
    destination: { ruleText: "the pod held the address in the row's window" },
  }
  const pair = { source: '10.244.1.5', destination: '10.244.2.5', serverPort: edge.transfer(span).serverPort, choiceText: "only the sender's agent reported it", reports: [report] }
  const fact = { kind: 'pod', key: 'uid-1', source: 'kubernetes/lab', from: null, text: 'pod shop/web-1 on node-a 10.244.1.5', recordedAt: iso(newest) }
  return { minutes: [{ minute: iso(newest), version: world.newest, bytes, pairs: [pair], facts: [fact] }] }
}

/** node-b missed the first minute of every window. */
function coverage(world: World, span: Span): api.NodeCoverage[] {
  return agents(world).map(({ cluster, node }) => ({
    cluster,
    node,
    minutes: minutes(span).map((minute, index) => {
      const full = node !== 'node-b' || index > 0
      return { minute: iso(minute), coveredSeconds: full ? 60 : 41, lostSeconds: 0, lost: false, full }
    }),
  }))
}

async function* feed(world: World): AsyncGenerator<{ versionCommitted: api.GraphVersion | (() => never) }> {
  const queue: api.GraphVersion[] = []
  let wake = (): void => {}
  let out = false
  const leave = (): void => {
    out = true
    wake()
  }
  const listener = (version: api.GraphVersion): void => {
    queue.push(version)
    wake()
  }
  world.listeners.add(listener)
  world.turnedOut.add(leave)
  try {
    for (;;) {
      if (out) {
        yield { versionCommitted: signedOut }
        return
      }
      const next = queue.shift()
      if (next) yield { versionCommitted: next }
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    world.listeners.delete(listener)
    world.turnedOut.delete(leave)
  }
}

function signedOut(): never {
  throw new GraphQLError('the sign-in no longer holds', { extensions: { code: 'UNAUTHENTICATED', hint: 'sign in again' } })
}
