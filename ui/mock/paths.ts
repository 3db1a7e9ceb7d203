import { ref } from './blast'
import { addUp } from './decimal'
import type * as api from './gen/schema'
import { type MockEdge, type Span, type World, money, windowOf, wire } from './world'

/** Ways with the bytes from one node to another that visit no node twice, shortest first. */
export function pathsOf(world: World, { from, to, maxHops }: api.QueryPathsArgs, span: Span) {
  const found: string[][] = []
  const walk = (way: readonly string[]): void => {
    const at = way.at(-1) ?? ''
    if (at === to) return void found.push([...way])
    if (way.length > (maxHops ?? 4)) return
    const next = new Set(world.edges.filter((edge) => edge.source.id === at && edge.bytes(span) > 0n).map((edge) => edge.destination.id))
    for (const id of next) if (!way.includes(id)) walk([...way, id])
  }
  walk([from])
  const paths = found.toSorted((a, b) => a.length - b.length).slice(0, 20).map((way) => pathOf(world, way, span))
  return { version: world.version(world.newest), window: windowOf(span), whole: true, paths }
}

function pathOf(world: World, way: readonly string[], span: Span) {
  const hops = way.slice(1).map((to, index) => hopOf(world, way[index] ?? '', to, span))
  return { hops, bytes: hops.map((hop) => hop.bytes).toSorted((a, b) => Number(a) - Number(b))[0] ?? 0, cost: money(addUp(hops.map((hop) => hop.cost.amount))), zoneCrossings: hops.filter((hop) => Number(hop.crossZoneBytes) > 0).length }
}

function hopOf(world: World, from: string, to: string, span: Span) {
  const edges = world.edges.filter((edge) => edge.source.id === from && edge.destination.id === to).toSorted((a, b) => Number(b.cost(span)) - Number(a.cost(span)))
  const bytes = (some: readonly MockEdge[]): number | string => wire(some.reduce((total, edge) => total + edge.bytes(span), 0n))
  const crossing = edges.filter(({ row: { zones = [] } }) => (zones[0] ?? '') !== '' && (zones[1] ?? '') !== '' && zones[0] !== zones[1])
  return {
    from: ref(world, from), to: ref(world, to), bytes: bytes(edges), crossZoneBytes: bytes(crossing), cost: money(addUp(edges.map((edge) => edge.cost(span)))), transfers: edges.length,
    transferIds: ({ first }: { first: number }) => edges.slice(0, first).map((edge) => edge.id),
  }
}
