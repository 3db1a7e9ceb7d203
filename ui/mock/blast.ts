import { addUp } from './decimal'
import type * as api from './gen/schema'
import { type MockEdge, type Span, type World, money, windowOf, wire } from './world'

/** Who calls a node, who calls these, and so on, as the service finds them: where nobody knows who called, either end may. */
export function blastRadius(world: World, start: string, hops: number, span: Span) {
  const all = world.edges.flatMap(callsOf)
  const { distance, through } = callers(all, start, hops)
  const observed = callers(all.filter((call) => call.observed), start, hops).distance
  const nodes = [...distance].map(([id, at]) => ({
    node: ref(world, id),
    hops: at,
    dependence: (at === 0 ? null : observed.has(id) ? 'OBSERVED' : 'UNKNOWN') as api.Dependence | null,
    through: through.has(id) ? ref(world, through.get(id) ?? '') : null,
    ...sum(world.edges.filter((edge) => between(edge, id, through.get(id))), span),
  }))
  return { version: world.version(world.newest), window: windowOf(span), nodes, left: 0, leftCost: money('0') }
}

interface Call { readonly caller: string; readonly called: string; readonly observed: boolean }

function callsOf({ source, destination, row }: MockEdge): Call[] {
  const call = (caller: string, called: string, observed: boolean): Call => ({ caller, called, observed })
  if (row.initiator === 'SOURCE') return [call(source.id, destination.id, true)]
  if (row.initiator === 'DESTINATION') return [call(destination.id, source.id, true)]
  return [call(source.id, destination.id, false), call(destination.id, source.id, false)]
}

function callers(calls: readonly Call[], start: string, hops: number): { distance: Map<string, number>; through: Map<string, string> } {
  const distance = new Map([[start, 0]])
  const through = new Map<string, string>()
  let ring = [start]
  for (let hop = 1; hop <= hops && ring.length > 0; hop++) {
    const next: string[] = []
    for (const { caller, called } of calls) {
      if (!ring.includes(called) || distance.has(caller)) continue
      distance.set(caller, hop)
      through.set(caller, called)
      next.push(caller)
    }
    ring = next
  }
  return { distance, through }
}

function between({ source, destination }: MockEdge, id: string, other: string | undefined): boolean {
  return (source.id === id && destination.id === other) || (source.id === other && destination.id === id)
}

function sum(edges: readonly MockEdge[], span: Span) {
  return { bytes: wire(edges.reduce((total, edge) => total + edge.bytes(span), 0n)), cost: money(addUp(edges.map((edge) => edge.cost(span)))) }
}

export function ref(world: World, id: string) {
  const node = world.nodes.find((one) => one.id === id)
  return { id, kind: node?.kind ?? 'UNKNOWN', name: node?.name ?? id, namespace: node?.namespace ?? '' }
}
