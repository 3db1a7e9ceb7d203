import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Entity, GraphVersion, Initiator, Money, Transfer } from './gen/schema'
import { addUp, charge, nanos } from './decimal'
import { HOSTILE } from './hostile'
import { RULES, type Rule } from './rules'

export const SCENARIOS = ['shop', 'hostile', 'empty', 'failing', 'locked'] as const
export type Scenario = (typeof SCENARIOS)[number]

type FixtureNode = Pick<Entity, 'id' | 'kind' | 'name' | 'namespace' | 'type' | 'zones' | 'x' | 'y'>
interface FixtureTransfer {
  from: string
  to: string
  port: number
  path: string
  via?: string
  rate: number
  initiator: string
  zones?: string[]
  rules: string[]
  revision?: string
  assumed?: boolean
}
interface Fixture {
  cluster: string
  region: string
  nodes: FixtureNode[]
  transfers: FixtureTransfer[]
}

export const MINUTE = 60_000
/** GiB: the unit that the mock's book prices by. */
export const UNIT_BYTES = 1024n ** 3n
const FIRST_MINUTE = Date.parse('2026-11-23T07:31:00Z')
const FIRST_VERSIONS = 180

/** Made-up traffic that is a function of the minute, so that every answer can be derived again. */
export class World {
  readonly nodes: readonly FixtureNode[]
  readonly edges: readonly MockEdge[]
  readonly listeners = new Set<(version: GraphVersion) => void>()
  /** Called when the sign-in of who listens has ended. */
  readonly turnedOut = new Set<() => void>()
  readonly region: string
  readonly cluster: string
  private count: number

  constructor(readonly scenario: Scenario) {
    const fixture = readFixture(scenario)
    this.nodes = fixture.nodes
    this.region = fixture.region
    this.cluster = fixture.cluster
    const ids = new Map(fixture.nodes.map((node) => [node.name, node]))
    this.edges = fixture.transfers.map((row, index) => new MockEdge(row, index, need(ids, row.from), need(ids, row.to), this.region))
    this.count = scenario === 'empty' ? 0 : FIRST_VERSIONS
  }

  get newest(): number {
    return this.count
  }

  /** One more minute is folded, and everyone who listens hears of it. */
  commit(): GraphVersion {
    this.count++
    const version = this.version(this.count)
    for (const listener of this.listeners) listener(version)
    return version
  }

  endOf(version: number): number {
    return FIRST_MINUTE + version * MINUTE
  }

  /** Newest version committed at or before a moment. */
  versionAt(millis: number): number {
    return Math.min(this.count, Math.floor((millis - FIRST_MINUTE - 21_000) / MINUTE))
  }

  version(number: number): GraphVersion {
    const to = this.endOf(number)
    const span = { from: to - MINUTE, to, known: to }
    const bytes = this.edges.reduce((sum, edge) => sum + edge.bytes(span), 0n)
    const unknown = this.edges.filter((edge) => edge.row.path === 'unknown').reduce((sum, edge) => sum + edge.bytes(span), 0n)
    return {
      id: `v${number}`,
      number,
      kind: number % 40 === 0 ? 'REFOLD' : 'FOLD',
      from: iso(span.from),
      to: iso(to),
      digest: digest('version', number),
      previousDigest: number === 1 ? '' : digest('version', number - 1),
      inputDigest: digest('input', number),
      factsDigest: digest('facts', Math.floor(number / 7)),
      priceBook: 'mock-book 2026-11',
      pricingMode: 'list',
      codeVersion: 'mock',
      nodes: this.nodes.length,
      transfers: this.edges.length,
      bytes: Number(bytes),
      unknownBytes: Number(unknown),
      unpricedBytes: Number(unknown),
      cost: money(addUp(this.edges.map((edge) => edge.cost(span)))),
      committedAt: iso(to + 21_000),
    }
  }
}

/** A span of milliseconds, half open, and the end of the newest minute that is known. */
export interface Span {
  from: number
  to: number
  known: number
}

export class MockEdge {
  readonly id: string
  readonly rules: readonly Rule[]

  constructor(readonly row: FixtureTransfer, readonly index: number, readonly source: FixtureNode, readonly destination: FixtureNode, readonly region: string) {
    this.id = `t${digest('edge', index).slice(0, 16)}`
    this.rules = row.rules.map((name) => {
      const found = RULES[name]
      if (!found) throw new Error(`mock fixture: transfer ${index} names rule ${name}, which mock/rules.ts does not hold`)
      return found
    })
  }

  /** Bytes of one minute: a slow wave, a little noise, and a step for the rollout of checkout. */
  minute(at: number): bigint {
    const minute = Math.floor(at / MINUTE)
    const wave = Math.round(28 * Math.sin((minute + this.index * 11) / 17))
    const noise = ((minute * 7919 + this.index * 104_729) % 23) - 11
    const step = this.row.revision !== undefined && at < Date.parse('2026-11-23T10:04:00Z') ? 38 : 100
    return BigInt(Math.round(this.row.rate * (100 + wave + noise) * step) ) / 10_000n
  }

  bytes(span: Span): bigint {
    let total = 0n
    for (const at of minutes(span)) total += this.minute(at)
    return total
  }

  cost(span: Span): string {
    const bytes = this.bytes(span)
    return addUp(this.rules.map((rule) => charge(bytes, UNIT_BYTES, rule.rate)))
  }

  transfer(span: Span): Transfer {
    const bytes = this.bytes(span)
    const packets = bytes / 1180n
    const [sourceZone = '', destinationZone = ''] = this.row.zones ?? []
    return {
      id: this.id,
      source: this.source.id,
      destination: this.destination.id,
      sourceName: this.source.name,
      destinationName: this.destination.name,
      sourceRevision: this.source.name === 'checkout' ? (this.row.revision ?? '') : '',
      destinationRevision: this.destination.name === 'checkout' ? (this.row.revision ?? '') : '',
      serverPort: this.row.port,
      protocol: 'tcp',
      initiator: this.row.initiator as Initiator,
      sourceZone,
      destinationZone,
      sourceRegion: this.region,
      destinationRegion: this.row.path === 'internet-gateway' ? '' : this.region,
      sourceAccount: '111122223333',
      destinationAccount: this.row.path === 'internet-gateway' ? '' : '111122223333',
      sourceNetwork: 'vpc-0a',
      destinationNetwork: this.row.path === 'internet-gateway' ? '' : 'vpc-0a',
      path: this.row.path,
      via: this.row.via ?? '',
      pathAssumed: this.row.assumed ?? false,
      bytes: wire(bytes),
      payloadBytes: wire(bytes - packets * 40n),
      packets: wire(packets),
      retransmittedPackets: wire(packets / 4100n),
      connections: wire(bytes / 900_000n + 1n),
      rttMicros: this.row.path === 'unknown' ? null : 240 + this.index * 131,
      checkBytes: this.row.path === 'vpc' ? wire(bytes) : null,
      cost: money(this.cost(span)),
    }
  }
}

export function minutes({ from, to, known }: Span): number[] {
  const first = Math.max(FIRST_MINUTE, Math.ceil(from / MINUTE) * MINUTE)
  const list: number[] = []
  for (let at = first; at < Math.min(to, known); at += MINUTE) list.push(at)
  return list
}

/** The window of an answer, with how much of it the mock knows. */
export function windowOf(span: Span): { from: string; to: string; minutes: number; foldedMinutes: number } {
  return { from: iso(span.from), to: iso(span.to), minutes: (span.to - span.from) / MINUTE, foldedMinutes: minutes(span).length }
}

export function money(amount: string): Money {
  return { amount, currency: 'USD', display: `$${Number(amount).toPrecision(4)}`, nano: nanos(amount) }
}

/** As the contract says: a number up to 2^53, a string above. */
export function wire(bytes: bigint): number | string {
  return bytes <= 2n ** 53n ? Number(bytes) : String(bytes)
}

export function iso(millis: number): string {
  return `${new Date(millis).toISOString().slice(0, 19)}Z`
}

function digest(what: string, number: number): string {
  return createHash('sha256').update(`${what} ${number}`).digest('hex')
}

function readFixture(scenario: Scenario): Fixture {
  const fixture = JSON.parse(readFileSync(new URL('fixtures/shop.json', import.meta.url), 'utf8')) as Fixture
  return scenario === 'hostile' ? hostile(fixture) : fixture
}

/** The same shop with names as an attacker, or a careless person, would choose them. */
function hostile(fixture: Fixture): Fixture {
  const named = ['storefront', 'checkout', 'catalog', 'cart', 'cart-redis', 'orders-db', 'recommender', 'kafka', 'payments.example', 'prometheus']
  const names = Object.fromEntries(named.map((name, index) => [name, HOSTILE[index % HOSTILE.length] ?? name]))
  const rename = (name: string): string => names[name] ?? name
  return {
    ...fixture,
    nodes: fixture.nodes.map((node) => ({ ...node, name: rename(node.name) })),
    transfers: fixture.transfers.map((row) => ({ ...row, from: rename(row.from), to: rename(row.to) })),
  }
}

function need(nodes: Map<string, FixtureNode>, name: string): FixtureNode {
  const node = nodes.get(name)
  if (!node) throw new Error(`mock fixture: no node is named ${JSON.stringify(name.slice(0, 60))}`)
  return node
}
