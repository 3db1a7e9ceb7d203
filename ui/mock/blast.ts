import { addUp } from './decimal'
import { type MockEdge, type Span, type World, money, windowOf, wire } from './world'

/** Who calls a node, who calls these, and so on, as the service finds them. */
export function blastRadius(world: World, start: string, hops: number, span: Span) {
  const distance = new Map([[start, 0]])
  const through = new Map<string, string>()
  let ring = [start]
  for (let hop = 1; hop <= hops && ring.length > 0; hop++) {
    const next: string[] = []
    for (const edge of world.edges) {
      const [caller, called] = edge.row.initiator === 'SOURCE' ? [edge.source.id, edge.destination.id] : [edge.destination.id, edge.source.id]
      if (!ring.includes(called) || distance.has(caller)) continue
      distance.set(caller, hop)
      through.set(caller, called)
      next.push(caller)
    }
    ring = next
  }
  const nodes = [...distance].map(([id, at]) => ({ node: ref(world, id), hops: at, through: through.has(id) ? ref(world, through.get(id) ?? '') : null, ...sum(world.edges.filter((edge) => between(edge, id, through.get(id))), span) }))
  return { version: world.version(world.newest), window: windowOf(span), nodes, left: 0, leftCost: money('0') }
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
