import type * as api from './gen/schema'
import { addUp, charge } from './decimal'
import { filtered } from './filter'
import { type MockEdge, type Span, type World, UNIT_BYTES, money, windowOf, wire } from './world'

interface Charge {
  readonly edge: MockEdge
  readonly code: string
  readonly amount: string
  readonly bytes: bigint
  readonly unpriced: boolean
}

/** Charges grouped as the service groups them, in the dimensions that the screens ask for. */
export function statementOf(world: World, span: Span, args: api.QueryStatementArgs) {
  const by = args.groupBy ?? ['WORKLOAD']
  const view = args.view ?? 'PAYER'
  const charges = filtered(world, args.window?.filter).flatMap((edge) => chargesOf(edge, span)).filter((one) => (args.where ?? []).every((filter) => valueOf(one, filter.dimension, view) === filter.value))
  const groups = new Map<string, { group: string[]; charges: Charge[] }>()
  for (const one of charges) {
    const group = by.map((dimension) => valueOf(one, dimension, view))
    const key = JSON.stringify(group)
    const known = groups.get(key) ?? { group, charges: [] }
    known.charges.push(one)
    groups.set(key, known)
  }
  const lines = [...groups.values()].toSorted((a, b) => Number(amountOf(b.charges)) - Number(amountOf(a.charges)))
  const first = args.first ?? 100
  const shown = lines.slice(0, first)
  const left = lines.slice(first)
  return {
    version: world.version(world.newest), window: windowOf(span), view, groupBy: by, currency: 'USD', pricingModes: ['list'],
    lines: shown.map((line) => ({ group: line.group, sum: sum(line.charges, 1), charges: [], transfers: transfersOf(line.charges) })),
    rest: sum(left.flatMap((line) => line.charges), left.length), total: sum(charges, lines.length), own: sum([], 0),
    standing: [{
      name: 'nat-0a1', code: 'NatGateway-Hours', account: '111122223333', region: world.region, units: 2, unitName: 'hours', cost: money('0.09'), idle: money('0'),
      bytes: 123_456_789, priceRow: 'mock/nat-hour', priceSource: 'made up for the mock', assumed: '', unpricedReason: '',
    }],
  }
}

function chargesOf(edge: MockEdge, span: Span): Charge[] {
  const bytes = edge.bytes(span)
  if (bytes === 0n) return []
  return edge.rules.map((rule) => ({ edge, code: rule.code, amount: charge(bytes, UNIT_BYTES, rule.rate), bytes, unpriced: rule.unpricedReason !== '' }))
}

/** What each transfer adds to a line. */
function transfersOf(charges: readonly Charge[]) {
  return [...new Set(charges.map((one) => one.edge))].map((edge) => {
    const own = charges.filter((one) => one.edge === edge)
    const { amount, billedBytes, unpricedBytes } = sum(own, 1)
    return {
      id: edge.id, source: edge.source.id, destination: edge.destination.id, sourceName: edge.source.name, destinationName: edge.destination.name,
      path: edge.row.path, amount, standing: money('0'), billedBytes, unpricedBytes,
    }
  })
}

function valueOf({ edge, code }: Charge, dimension: api.StatementDimension, view: api.StatementView): string {
  const opener = edge.row.initiator === 'DESTINATION' ? edge.destination : edge.source
  const shownTo = view === 'CAUSER' ? opener : edge.source
  switch (dimension) {
    case 'PATH': return edge.row.via ? `${edge.row.path}:${edge.row.via}` : edge.row.path
    case 'CHARGE_CODE': return code
    case 'NAMESPACE': return shownTo.namespace
    case 'WORKLOAD': return shownTo.id
    case 'ENDPOINT': return edge.destination.kind === 'CLOUD_ENDPOINT' ? edge.destination.id : ''
    case 'ZONE_PAIR': return `${edge.row.zones?.[0] ?? ''} -> ${edge.row.zones?.[1] ?? ''}`
    default: return ''
  }
}

const amountOf = (charges: readonly Charge[]): string => addUp(charges.map((one) => one.amount))

function sum(charges: readonly Charge[], lines: number): api.StatementSum {
  const bytes = (some: readonly Charge[]): number | string => wire(some.reduce((total, one) => total + one.bytes, 0n))
  const amount = money(amountOf(charges))
  return {
    lines, amount, shown: Number(amount.amount).toFixed(6), standing: money('0'), standingShown: '0.000000',
    billedBytes: bytes(charges), unpricedBytes: bytes(charges.filter((one) => one.unpriced)),
  }
}
