import { displayName } from '../lib/name'
import { groupBy } from '../lib/group'
import { type Sums, sumTransfers } from './bundles'
import { type Leveled, passed } from './levels'
import type { Scene, SceneFrame } from './scene'
import type { GraphNode, GraphTransfer } from './useGraph'

/** A place that nodes run in; both empty is outside of every region that is known. */
interface Place {
  readonly region: string
  readonly zone: string
}

/** Two ends and where each of them is. */
export type PlacedEnds = Pick<GraphTransfer, 'source' | 'destination' | 'sourceZone' | 'destinationZone' | 'sourceRegion' | 'destinationRegion'>

/** The nodes that two ends are drawn as, and the names of the places that they are in: empty where the node is in one alone. */
export interface DrawnEnds {
  readonly source: string
  readonly destination: string
  readonly sourceIn: string
  readonly destinationIn: string
}

export interface InZones {
  readonly leveled: Leveled
  readonly frames: readonly SceneFrame[]
  readonly endsOf: (ends: PlacedEnds) => DrawnEnds
  /** Nodes that are not among those to keep to. */
  readonly leftOut: number
}

/** Which drawn nodes a picture keeps to, by what two ends are drawn as; null for all of them. */
export type KeepOf = (endsOf: (ends: PlacedEnds) => DrawnEnds) => ReadonlySet<string> | null

const CELL = { width: 150, height: 130 }
const PAD = { side: 46, top: 122, bottom: 96 }
const GAP = { zone: 70, region: 110, outer: 34 }

/**
 * The graph with each node in the box of the zone that it runs in, zones in their regions. A node of several zones becomes one of
 * each, with what goes through it there: a transfer names the zone of both its ends, so no byte is guessed. `also` are ends that
 * have a place beside those of the transfers: where a change would move something to. `keepOf` names the drawn nodes to keep to, null
 * for all: what is left out takes no room.
 */
export function inZones({ nodes, transfers, members }: Leveled, also: readonly PlacedEnds[] = [], keepOf: KeepOf = () => null): InZones {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const places = new Map<string, Map<string, Place>>()
  const at = (id: string, place: Place): void => void places.set(id, (places.get(id) ?? new Map<string, Place>()).set(placeId(place), place))
  for (const row of [...transfers, ...also]) {
    at(row.source, sourcePlace(row))
    at(row.destination, destinationPlace(row))
  }
  const partOf = (id: string, place: Place): string => ((places.get(id)?.size ?? 0) > 1 ? `g/place/${placeId(place)}/${id}` : id)
  const moved = transfers.map((row) => ({ ...row, source: partOf(row.source, sourcePlace(row)), destination: partOf(row.destination, destinationPlace(row)) }))
  const parts = [...places].flatMap(([id, where]): Array<{ node: GraphNode, place: Place }> => {
    const node = byId.get(id)
    if (!node) return []
    return [...where.values()].map((place) => {
      const part = partOf(id, place)
      return { place, node: part === id ? node : { ...node, ...passed(moved, part, node), id: part, type: `${node.type} in ${placeLabel(place)}` } }
    })
  })
  const standing = [...members].filter(([id]) => (places.get(id)?.size ?? 0) < 2)
  const split = parts.flatMap(({ node, place }): Array<[string, readonly string[]]> => {
    const whole = node.id.startsWith('g/place/') ? node.id.slice(`g/place/${placeId(place)}/`.length) : null
    return whole === null ? [] : [[node.id, members.get(whole) ?? [whole]]]
  })
  const isSplit = (id: string): boolean => (places.get(id)?.size ?? 0) > 1
  const endsOf = (ends: PlacedEnds): DrawnEnds => ({
    source: partOf(ends.source, sourcePlace(ends)), destination: partOf(ends.destination, destinationPlace(ends)),
    sourceIn: isSplit(ends.source) ? placeLabel(sourcePlace(ends)) : '', destinationIn: isSplit(ends.destination) ? placeLabel(destinationPlace(ends)) : '',
  })
  const keep = keepOf(endsOf)
  const { frames, placed } = arranged(keep === null ? parts : parts.filter(({ node }) => keep.has(node.id)))
  const between = keep === null ? moved : moved.filter((row) => keep.has(row.source) && keep.has(row.destination))
  return { frames, endsOf, leftOut: parts.length - placed.length, leveled: { nodes: placed, transfers: between, members: new Map([...standing, ...split]) } }
}

/** How far the bytes of a transfer go. */
export type Reach = 'zone' | 'zones' | 'regions' | 'outside'
export const REACHES: ReadonlyArray<readonly [Reach, string]> = [['zone', 'Within a zone'], ['zones', 'Across zones'], ['regions', 'Across regions'], ['outside', 'An end has no zone']]

export function reachOf(row: Omit<PlacedEnds, 'source' | 'destination'>): Reach {
  if (row.sourceRegion !== '' && row.destinationRegion !== '' && row.sourceRegion !== row.destinationRegion) return 'regions'
  if (row.sourceZone === '' || row.destinationZone === '') return 'outside'
  return row.sourceZone === row.destinationZone ? 'zone' : 'zones'
}

/** Exact sums by how far the bytes go, those that are. */
export function reaches(transfers: readonly GraphTransfer[]): Array<{ readonly reach: Reach, readonly label: string, readonly sums: Sums }> {
  const groups = groupBy(transfers, reachOf)
  return REACHES.flatMap(([reach, label]) => (groups.has(reach) ? [{ reach, label, sums: sumTransfers(groups.get(reach) ?? []) }] : []))
}

/** The scene with its boxes, in which what stays within a zone steps back behind what crosses. */
export function framed(scene: Scene, frames: readonly SceneFrame[], transfers: readonly GraphTransfer[], lineOf: (row: GraphTransfer) => string): Scene {
  const crossing = new Set(transfers.filter((row) => ['zones', 'regions'].includes(reachOf(row))).map(lineOf))
  return { ...scene, frames, edges: scene.edges.map((edge) => ({ ...edge, faint: edge.faint || !crossing.has(edge.id) })) }
}

function sourcePlace({ sourceRegion, sourceZone }: PlacedEnds): Place {
  return { region: sourceRegion, zone: sourceZone }
}

function destinationPlace({ destinationRegion, destinationZone }: PlacedEnds): Place {
  return { region: destinationRegion, zone: destinationZone }
}

function placeId({ region, zone }: Place): string {
  return `${encodeURIComponent(region)}/${encodeURIComponent(zone)}`
}

function placeLabel({ region, zone }: Place): string {
  return displayName(zone !== '' ? zone : region !== '' ? `${region}, no zone` : 'no region', 40)
}

/** Zones side by side in their regions, regions below each other, what is outside of all at the right. */
function arranged(parts: ReadonlyArray<{ readonly node: GraphNode, readonly place: Place }>): { frames: SceneFrame[], placed: GraphNode[] } {
  const frames: SceneFrame[] = []
  const placed: GraphNode[] = []
  const regions = [...groupBy(parts, ({ place }) => place.region)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  let [down, widest] = [0, 0]
  const fill = (some: typeof parts, left: number, top: number): { width: number, height: number } => {
    const [first] = some
    if (!first) return { width: 0, height: 0 }
    // Higher than wide: zones stand side by side.
    const columns = Math.max(1, Math.ceil(Math.sqrt(some.length / 2)))
    const [width, height] = [Math.max(2, columns) * CELL.width + PAD.side, (Math.ceil(some.length / columns) - 1) * CELL.height + PAD.top + PAD.bottom]
    frames.push({ id: placeId(first.place), label: placeLabel(first.place), x: left, y: -top, width, height, outer: false })
    const sorted = some.toSorted((a, b) => order(a.node).localeCompare(order(b.node), 'en'))
    sorted.forEach(({ node }, nth) => placed.push({ ...node, x: left + width / 2 + ((nth % columns) - (Math.min(columns, some.length) - 1) / 2) * CELL.width, y: -(top + PAD.top + Math.floor(nth / columns) * CELL.height) }))
    return { width, height }
  }
  for (const [region, inside] of regions) {
    if (region === '') continue
    const zones = [...groupBy(inside, ({ place }) => place.zone)].toSorted(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1))
    const top = down + GAP.outer + 36
    let [right, tallest] = [GAP.outer, 0]
    for (const [, some] of zones) {
      const { width, height } = fill(some, right, top)
      right += width + GAP.zone
      tallest = Math.max(tallest, height)
    }
    const width = right - GAP.zone + GAP.outer
    const height = tallest + 2 * GAP.outer + 36
    frames.push({ id: `region/${region}`, label: displayName(region, 40), x: 0, y: -down, width, height, outer: true })
    down += height + GAP.region
    widest = Math.max(widest, width)
  }
  fill(regions.find(([region]) => region === '')?.[1] ?? [], widest === 0 ? 0 : widest + GAP.region, 0)
  return { frames: frames.toSorted((a, b) => Number(b.outer) - Number(a.outer)), placed }
}

function order({ kind, namespace, name, id }: GraphNode): string {
  return [kind, namespace, name, id].join('\n')
}
