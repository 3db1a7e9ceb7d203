import type * as api from './gen/schema'
import { addUp, charge, negated } from './decimal'
import { SAVINGS, VERDICTS } from './insights'
import { type MockEdge, type World, iso, money, wire } from './world'

const MONTH_MINUTES = 43_200n

/** A change of many transfers, which no screen lists: each transfer within the VPC, spread over the zones, would stay in its sender's. */
export const LARGE = 'r/same-zone-routing/everything'
const ZONES = ['use1-az1', 'use1-az2', 'use1-az4']

/** The saving of the fixture, transfer by transfer: what goes to S3 by NAT goes by a gateway endpoint. The verdict's is withdrawn. */
export function whatIfOf(world: World, { recommendation }: api.QueryWhatIfArgs): api.WhatIf | null {
  const large = recommendation === LARGE
  const saving = large ? { ...(SAVINGS[0] as api.Recommendation), id: LARGE, title: 'Keep all traffic in its zone' } : SAVINGS.find((one) => one.id === recommendation)
  const verdict = VERDICTS.find((one) => one.recommendation === recommendation)
  if (!saving && !verdict) return null
  const known = world.endOf(world.newest)
  const span = { from: known - 3_600_000, to: known, known }
  const touched = saving ? world.edges.filter((edge) => edge.row.path === 'nat' && [edge.source, edge.destination].some((end) => end.type === 's3')) : []
  const side = (edge: MockEdge, cost: string): api.ShiftSide => ({ bytes: wire(edge.bytes(span)), cost: money(cost), monthly: money(monthly(cost)) })
  const shifts = large ? spread(world, span) : touched.flatMap((edge, index): api.Shift[] => {
    const { id, source, destination, sourceName, destinationName, serverPort, protocol, sourceZone, destinationZone, sourceRegion, destinationRegion, path, via } = edge.transfer(span)
    const ends = { source, destination, sourceName, destinationName, serverPort, protocol, sourceZone, destinationZone, sourceRegion, destinationRegion, joins: false }
    return [
      { ...ends, id, path, via, before: side(edge, edge.cost(span)), after: null },
      { ...ends, id: `tffffffffffffff0${index}`, path: 'gateway-endpoint', via: '', before: null, after: side(edge, '0') },
    ]
  })
  const before = addUp(shifts.flatMap((shift) => (shift.before ? [shift.before.monthly.amount] : [])))
  const base = saving ?? { ...(SAVINGS[0] as api.Recommendation), id: recommendation, title: verdict?.title ?? '', why: [], assumptions: [], warnings: [] }
  const ids = new Set(shifts.flatMap((shift) => [shift.source, shift.destination]))
  return {
    recommendation: { ...base, monthly: money(before), low: money(before), high: money(before), from: iso(span.from), to: iso(span.to) },
    withdrawn: saving === undefined, edgesKnown: saving !== undefined,
    monthlyBefore: money(before), monthlyAfter: money(addUp([before, negated(before)])), hoursBefore: money('0'), hoursAfter: money('0'),
    shifts, rest: { shifts: 0, bytesBefore: 0, bytesAfter: 0, monthlyBefore: money('0'), monthlyAfter: money('0') },
    nodes: world.nodes.filter((node) => ids.has(node.id)).map((node) => ({ ...node, cluster: world.cluster, regions: [world.region], bytesOut: 0, bytesIn: 0, cost: money('0') })),
  }
}

function spread(world: World, span: { from: number, to: number, known: number }): api.Shift[] {
  return world.edges.filter((edge) => edge.row.path === 'vpc').flatMap((edge) => {
    const { id, source, destination, sourceName, destinationName, serverPort, protocol, path } = edge.transfer(span)
    return ZONES.map((destinationZone, nth): api.Shift => {
      const [sourceZone] = ZONES as [string]
      const stays = destinationZone === sourceZone
      const side = (cost: string): api.ShiftSide => ({ bytes: wire(edge.bytes(span)), cost: money(cost), monthly: money(monthly(cost)) })
      return {
        id: `${id.slice(0, -1)}${nth}`, source, destination, sourceName, destinationName, serverPort, protocol, path, via: '', joins: false,
        sourceZone, destinationZone, sourceRegion: world.region, destinationRegion: world.region, before: stays ? null : side(edge.cost(span)), after: stays ? side('0') : null,
      }
    })
  })
}

/** An amount of an hour over 30 days. */
function monthly(amount: string): string {
  return charge(MONTH_MINUTES / 60n, 1n, amount)
}

