import { type WireBytes, toBytes } from '../lib/bytes'
import { add, parseDecimal, toText } from '../lib/decimal'
import { groupBy } from '../lib/group'
import type { Level } from '../lib/view'
import { shortRevision } from './revisions'
import type { GraphNode, GraphTransfer } from './useGraph'

/** Nodes and the transfers between them. */
export interface Seen {
  readonly nodes: readonly GraphNode[]
  readonly transfers: readonly GraphTransfer[]
}

/** A graph whose nodes stand for groups of workloads, or for rollouts of them, and are the ends of its transfers. */
export interface Leveled extends Seen {
  /** Ids of the nodes that each group stands for; a node that stands for itself is not in it. */
  readonly members: ReadonlyMap<string, readonly string[]>
}

interface Group {
  readonly id: string
  readonly name: string
  /** What the group is, in the words of a node's type. */
  readonly type: string
}

/** The groups begin with this, so that no node's own id is one. */
const GROUP = 'g/'
/** Radius on which the rollouts of a workload stand around its place. */
const AROUND = 26

export function isGroupId(id: string): boolean {
  return id.startsWith(GROUP)
}

/** The graph seen from further away, or from nearer. Bytes and costs stay what they were. */
export function seenFrom(graph: Seen, level: Level, teams: ReadonlyMap<string, string>): Leveled {
  if (level === 'workload') return { nodes: graph.nodes, transfers: graph.transfers, members: new Map() }
  if (level === 'deployment') return byRollout(graph)
  const groups = new Map(graph.nodes.map((node) => [node.id, groupOf(node, level, teams)]))
  const transfers = graph.transfers.map((row) => ({
    ...row,
    source: groups.get(row.source)?.id ?? row.source,
    sourceName: groups.get(row.source)?.name ?? row.sourceName,
    destination: groups.get(row.destination)?.id ?? row.destination,
    destinationName: groups.get(row.destination)?.name ?? row.destinationName,
  }))
  const parts = groupBy(graph.nodes, (node) => groups.get(node.id)?.id ?? node.id)
  const nodes = [...parts].map(([id, some]) => nodeOf(groups.get(some[0]?.id ?? '') ?? { id, name: id, type: '' }, some))
  return { nodes, transfers, members: new Map([...parts].map(([id, some]) => [id, some.map((node) => node.id)])) }
}

/** The ids by which a node can be kept or hidden: its own, and those of the groups that stand for it. */
export function idsOf(node: GraphNode, teams: ReadonlyMap<string, string>): string[] {
  return [node.id, ...(['cluster', 'namespace', 'team'] as const).map((level) => groupOf(node, level, teams).id)]
}

function groupOf(node: GraphNode, level: Level, teams: ReadonlyMap<string, string>): Group {
  if (node.kind === 'CLOUD_ENDPOINT') return { id: `${GROUP}outside/${node.type}`, name: node.type, type: 'kind of endpoint' }
  if (node.kind === 'UNKNOWN') return { id: `${GROUP}unknown`, name: 'unknown', type: 'ends that were not identified' }
  if (level === 'cluster') return { id: `${GROUP}cluster/${node.cluster}`, name: node.cluster, type: 'Cluster' }
  if (node.kind === 'NODE') return { id: `${GROUP}machines/${node.cluster}`, name: `machines of ${node.cluster}`, type: 'Machines' }
  const team = teams.get(node.id) ?? ''
  if (level === 'team') return { id: `${GROUP}team/${team}`, name: team === '' ? 'no team' : team, type: 'Team' }
  return { id: `${GROUP}namespace/${node.cluster}/${node.namespace}`, name: node.namespace, type: 'Namespace' }
}

/** In the middle of its members, whatever they carry, so that it moves only when members come or go. */
function nodeOf(group: Group, members: readonly GraphNode[]): GraphNode {
  const [first] = members
  if (!first) throw new Error(`group ${group.id} holds no node`)
  const middle = (axis: 'x' | 'y'): number => members.reduce((total, node) => total + node[axis], 0) / members.length
  return {
    ...first, ...group, kind: first.kind, namespace: '', x: middle('x'), y: middle('y'),
    zones: [...new Set(members.flatMap((node) => node.zones))].toSorted(),
    bytesOut: total(members.map((node) => node.bytesOut)),
    bytesIn: total(members.map((node) => node.bytesIn)),
    cost: { ...first.cost, amount: toText(members.map((node) => parseDecimal(node.cost.amount)).reduce(add)), nano: total(members.map((node) => node.cost.nano)) },
  }
}

/** Each workload that took part with more than one revision becomes a node per revision, around its place. */
function byRollout({ nodes, transfers }: Seen): Leveled {
  const revisions = new Map<string, Set<string>>()
  for (const row of transfers) {
    for (const [id, revision] of [[row.source, row.sourceRevision], [row.destination, row.destinationRevision]] as const) {
      if (revision !== '') revisions.set(id, (revisions.get(id) ?? new Set()).add(revision))
    }
  }
  const partOf = (id: string, revision: string): string => (revision !== '' && revisions.has(id) ? `${GROUP}rollout/${revision}` : id)
  const moved = transfers.map((row) => ({ ...row, source: partOf(row.source, row.sourceRevision), destination: partOf(row.destination, row.destinationRevision) }))
  const ends = new Set(moved.flatMap((row) => [row.source, row.destination]))
  const members = new Map<string, readonly string[]>()
  const split = nodes.flatMap((node): GraphNode[] => {
    const all = [...(revisions.get(node.id) ?? [])].toSorted()
    const parts = all.map((revision, at) => {
      const id = partOf(node.id, revision)
      members.set(id, [node.id])
      const angle = (2 * Math.PI * at) / all.length - Math.PI / 2
      const spread = all.length === 1 ? 0 : AROUND
      return { ...node, ...passed(moved, id, node), id, name: `${node.name} ${shortRevision(revision)}`, type: 'Rollout', x: node.x + spread * Math.cos(angle), y: node.y + spread * Math.sin(angle) }
    })
    return ends.has(node.id) || all.length === 0 ? [{ ...node, ...(all.length === 0 ? {} : passed(moved, node.id, node)) }, ...parts] : parts
  })
  return { nodes: split, transfers: moved, members }
}

/** What the drawn transfers carry through an end. */
export function passed(transfers: readonly GraphTransfer[], id: string, { cost }: GraphNode): Pick<GraphNode, 'bytesIn' | 'bytesOut' | 'cost'> {
  const out = transfers.filter((row) => row.source === id)
  const into = transfers.filter((row) => row.destination === id)
  const ends = [...out, ...into.filter((row) => row.source !== id)]
  const amount = ends.map((row) => parseDecimal(row.cost.amount)).reduce(add, { units: 0n, scale: 0 })
  return {
    bytesOut: total(out.map((row) => row.bytes)), bytesIn: total(into.map((row) => row.bytes)),
    cost: { ...cost, amount: toText(amount), nano: total(ends.map((row) => row.cost.nano)) },
  }
}

function total(counts: readonly WireBytes[]): string {
  return String(counts.reduce((sum, count) => sum + toBytes(count), 0n))
}
