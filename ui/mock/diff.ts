import type * as api from './gen/schema'
import { addUp, negated } from './decimal'
import { type MockEdge, type Span, type World, money, windowOf, wire } from './world'

type Side = { transfer: api.Transfer; bytes: bigint; cost: string }
type Pair = { key: string; group: string[]; before: Side[]; after: Side[] }

/** Two windows held against each other, as the service does it. */
export function diffOf(world: World, before: Span, after: Span, args: api.QueryDiffArgs) {
  const groupBy = args.groupBy ?? 'TRANSFER'
  const groups = new Map<string, Pair>()
  for (const edge of world.edges) {
    const group = groupOf(edge, groupBy)
    const key = groupBy === 'TRANSFER' ? edge.id : JSON.stringify(group)
    const pair = groups.get(key) ?? { key, group, before: [], after: [] }
    for (const [side, span] of [[pair.before, before], [pair.after, after]] as const) {
      const bytes = edge.bytes(span)
      if (bytes > 0n) side.push({ transfer: edge.transfer(span), bytes, cost: edge.cost(span) })
    }
    groups.set(key, pair)
  }
  const all = [...groups.values()].filter((pair) => pair.before.length + pair.after.length > 0)
  const by = (kind: api.ChangeKind | null): Pair[] => all.filter((pair) => kindOf(pair) === kind)
  const moved = all.filter((pair) => kindOf(pair) !== null).toSorted((a, b) => size(b, args.orderBy) - size(a, args.orderBy))
  const listed = moved.slice(0, args.limit ?? 100)
  return {
    before: side(world, before), after: side(world, after), sameLength: true, groupBy,
    total: sum(all), appeared: sum(by('NEW')), disappeared: sum(by('GONE')), changed: sum(by('CHANGED')), unchanged: sum(by(null)),
    rest: sum(moved.slice(listed.length)),
    rows: listed.map((pair) => ({ ...sum([pair]), change: kindOf(pair), group: pair.group, transfer: groupBy === 'TRANSFER' ? (pair.after[0] ?? pair.before[0])?.transfer ?? null : null })),
    nodes: [],
  }
}

function kindOf({ before, after }: Pair): api.ChangeKind | null {
  if (before.length === 0) return 'NEW'
  if (after.length === 0) return 'GONE'
  return bytesOf(before) === bytesOf(after) && costOf(before) === costOf(after) ? null : 'CHANGED'
}

const bytesOf = (sides: readonly Side[]): bigint => sides.reduce((total, one) => total + one.bytes, 0n)
const costOf = (sides: readonly Side[]): string => addUp(sides.map((one) => one.cost))

function size({ before, after }: Pair, orderBy: api.InputMaybe<api.TransferOrder> | undefined): number {
  return Math.abs(orderBy === 'BYTES' ? Number(bytesOf(after) - bytesOf(before)) : Number(costOf(after)) - Number(costOf(before)))
}

function sum(pairs: readonly Pair[]) {
  const [before, after] = [pairs.flatMap((pair) => pair.before), pairs.flatMap((pair) => pair.after)]
  const of = (sides: readonly Side[]): api.TransferSum => ({ transfers: sides.length, bytes: wire(bytesOf(sides)), cost: money(costOf(sides)) })
  return {
    rows: pairs.length, before: of(before), after: of(after),
    bytesChange: wire(bytesOf(after) - bytesOf(before)), costChange: money(addUp([costOf(after), negated(costOf(before))])),
  }
}

function side(world: World, span: Span) {
  return { version: world.version(world.newest), window: windowOf(span) }
}

function groupOf({ source, destination, row }: MockEdge, by: api.Dimension): string[] {
  switch (by) {
    case 'PATH': return [row.via ? `${row.path}:${row.via}` : row.path]
    case 'SOURCE': return [source.name]
    case 'PAIR': return [source.id, destination.id]
    case 'NAMESPACE_PAIR': return [source.namespace, destination.namespace]
    case 'ZONE_PAIR': return [row.zones?.[0] ?? '', row.zones?.[1] ?? '']
    case 'TEAM_PAIR': return ['', '']
    default: return [source.name, destination.name]
  }
}
