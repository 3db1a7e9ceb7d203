import type * as api from './gen/schema'
import { addUp } from './decimal'
import { type MockEdge, type Span, type World, money, wire } from './world'

type Group = { value: string; edges: MockEdge[] }

/** A window's costs grouped by one dimension, as the service does it; every edge has one charge, on its sender. */
export function statementOf(world: World, span: Span, args: api.QueryStatementArgs) {
  const dimension = args.groupBy?.[0] ?? 'WORKLOAD'
  const groups = new Map<string, Group>()
  for (const edge of world.edges) {
    const value = valueOf(edge, dimension)
    if ((args.where ?? []).some((filter) => valueOf(edge, filter.dimension) !== filter.value) || edge.bytes(span) === 0n) continue
    const group = groups.get(value) ?? { value, edges: [] }
    group.edges.push(edge)
    groups.set(value, group)
  }
  const all = [...groups.values()].toSorted((a, b) => Number(cost(b.edges, span)) - Number(cost(a.edges, span)))
  const listed = all.slice(0, args.first ?? 100)
  return {
    version: world.version(world.newest), window: { from: new Date(span.from).toISOString(), to: new Date(span.to).toISOString() },
    view: args.view ?? 'PAYER', groupBy: args.groupBy ?? ['WORKLOAD'], currency: 'USD', pricingModes: ['list'],
    lines: listed.map((group) => ({
      group: [group.value], sum: sum(1, group.edges, span), charges: [],
      transfers: group.edges.map((edge) => ({
        id: edge.id, source: edge.source.id, destination: edge.destination.id, sourceName: edge.source.name, destinationName: edge.destination.name,
        path: edge.row.path, amount: money(edge.cost(span)), standing: money('0'), billedBytes: wire(edge.bytes(span)), unpricedBytes: 0,
      })),
    })),
    rest: sum(all.length - listed.length, all.slice(listed.length).flatMap((group) => group.edges), span),
    total: sum(all.length, all.flatMap((group) => group.edges), span),
    own: sum(0, [], span), standing: [],
  }
}

const cost = (edges: readonly MockEdge[], span: Span): string => addUp(edges.map((edge) => edge.cost(span)))

function sum(lines: number, edges: readonly MockEdge[], span: Span) {
  const amount = money(cost(edges, span))
  return {
    lines, amount, shown: amount.amount, standing: money('0'), standingShown: '0.00',
    billedBytes: wire(edges.reduce((total, edge) => total + edge.bytes(span), 0n)), unpricedBytes: 0,
  }
}

function valueOf({ source, destination, row }: MockEdge, by: api.StatementDimension): string {
  switch (by) {
    case 'WORKLOAD': return source.id
    case 'NAMESPACE': return source.namespace
    case 'PATH': return row.path
    case 'ENDPOINT': return destination.kind === 'CLOUD_ENDPOINT' ? destination.id : ''
    case 'ZONE_PAIR': return `${row.zones?.[0] ?? ''} -> ${row.zones?.[1] ?? ''}`
    default: return ''
  }
}
