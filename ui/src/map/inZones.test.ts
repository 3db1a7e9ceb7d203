import { describe, expect, it } from 'vitest'
import { parseDecimal, sum, toText } from '../lib/decimal'
import { foldTransfers } from './bundles'
import { framed, inZones, reachOf, reaches } from './inZones'
import { buildScene } from './scene'
import type { GraphNode, GraphTransfer } from './useGraph'

const node = (id: string, more: Partial<GraphNode> = {}): GraphNode => ({
  id, kind: 'WORKLOAD', name: id, namespace: 'shop', type: 'Deployment', cluster: 'lab', regions: [], zones: [], x: 0, y: 0, bytesOut: 9, bytesIn: 9, cost: { amount: '9', currency: 'USD', nano: 9 }, ...more,
})
const transfer = (id: string, source: string, from: string, destination: string, to: string, more: Partial<GraphTransfer> = {}): GraphTransfer => ({
  id, source, destination, sourceName: source, destinationName: destination, sourceRevision: '', destinationRevision: '', sourceZone: from, destinationZone: to, sourceRegion: from === '' ? '' : 'r1', destinationRegion: to === '' ? '' : 'r1',
  serverPort: 443, protocol: 'tcp', initiator: 'SOURCE', path: 'vpc', via: '', pathAssumed: false, bytes: 3, cost: { amount: '0.1', currency: 'USD', nano: 100 }, ...more,
})
const GRAPH = {
  nodes: [node('web'), node('api'), node('s3', { kind: 'CLOUD_ENDPOINT', regions: ['r1'] }), node('internet', { kind: 'CLOUD_ENDPOINT' })],
  transfers: [
    transfer('t1', 'web', 'a', 'api', 'a'), transfer('t2', 'web', 'a', 'api', 'b', { bytes: 5 }), transfer('t3', 'api', 'b', 's3', '', { destinationRegion: 'r1' }),
    transfer('t4', 'web', 'a', 'internet', ''), transfer('t5', 'api', 'b', 'web', 'c', { destinationRegion: 'r2', cost: { amount: '0.25', currency: 'USD', nano: 250 } }),
  ],
  members: new Map<string, readonly string[]>(),
}

describe('a graph in its zones', () => {
  const { leveled, frames } = inZones(GRAPH)
  it('has a node in each zone that it runs in, and one that runs in one place keeps its id', () => {
    expect(leveled.nodes.map((one) => one.id).toSorted()).toEqual(['g/place/r1/a/api', 'g/place/r1/a/web', 'g/place/r1/b/api', 'g/place/r2/c/web', 'internet', 's3'])
    expect(leveled.members.get('g/place/r1/b/api')).toEqual(['api'])
  })
  it('loses no transfer, byte or cost, and every end is a node', () => {
    const ids = new Set(leveled.nodes.map((one) => one.id))
    expect(leveled.transfers.map((row) => row.id)).toEqual(GRAPH.transfers.map((row) => row.id))
    expect(leveled.transfers.every((row) => ids.has(row.source) && ids.has(row.destination))).toBe(true)
    const cost = reaches(leveled.transfers).map(({ sums }) => parseDecimal(sums.cost.amount))
    expect(toText(sum(cost))).toBe('0.65')
  })
  it('has a box around each zone, in the box of its region, and every node inside of its own', () => {
    expect(frames.map((frame) => [frame.label, frame.outer])).toEqual([['r1', true], ['r2', true], ['a', false], ['b', false], ['r1, no zone', false], ['c', false], ['no region', false]])
    const inside = (label: string): string[] => {
      const frame = frames.find((one) => one.label === label)
      return leveled.nodes.filter(({ x, y }) => frame && x > frame.x && x < frame.x + frame.width && y < frame.y && y > frame.y - frame.height).map((one) => one.id)
    }
    expect(inside('a').toSorted()).toEqual(['g/place/r1/a/api', 'g/place/r1/a/web'])
    expect(inside('no region')).toEqual(['internet'])
    expect(inside('r1')).toHaveLength(4)
    const zones = frames.filter((frame) => !frame.outer)
    const apart = zones.every((a) => zones.every((b) => a === b || a.x + a.width < b.x || b.x + b.width < a.x || a.y - a.height > b.y || b.y - b.height > a.y))
    expect(apart, 'boxes of zones lie on each other').toBe(true)
  })
  it('places the same graph the same way whatever the order of its transfers', () => {
    const again = inZones({ ...GRAPH, nodes: GRAPH.nodes.toReversed(), transfers: GRAPH.transfers.toReversed() })
    const where = (one: typeof leveled) => one.nodes.map(({ id, x, y }) => `${id} ${x} ${y}`).toSorted()
    expect(where(again.leveled)).toEqual(where(leveled))
  })
  it('has a place for where a change would move something to, and names the parts that its ends are', () => {
    const moved = { source: 'web', destination: 'api', sourceZone: 'c', sourceRegion: 'r2', destinationZone: 'd', destinationRegion: 'r2' }
    const after = inZones(GRAPH, [moved])
    expect(after.endsOf(moved)).toEqual({ source: 'g/place/r2/c/web', destination: 'g/place/r2/d/api', sourceIn: 'c', destinationIn: 'd' })
    const part = after.leveled.nodes.find((one) => one.id === 'g/place/r2/d/api')
    expect([part?.bytesIn, part?.cost.amount]).toEqual(['0', '0'])
    expect(after.leveled.transfers.map((row) => row.id)).toEqual(GRAPH.transfers.map((row) => row.id))
    expect(after.endsOf({ ...moved, source: 's3', sourceZone: '', sourceRegion: 'r1' })).toMatchObject({ source: 's3', sourceIn: '' })
  })
  it('lets what stays in a zone step back behind what crosses', () => {
    const bundles = foldTransfers(leveled.transfers)
    const scene = framed(buildScene(leveled.nodes, bundles, 'cost', []), frames, leveled.transfers, (row) => `${row.path}|${[row.source, row.destination].map((id) => id.replace(/[%|]/g, encodeURIComponent)).join('|')}`)
    expect(scene.edges.filter((edge) => !edge.faint).map((edge) => edge.destination).toSorted()).toEqual(['g/place/r1/b/api', 'g/place/r2/c/web'])
  })
})

describe('how far bytes go', () => {
  it.each([['a', 'a', 'r1', 'r1', 'zone'], ['a', 'b', 'r1', 'r1', 'zones'], ['a', 'b', 'r1', 'r2', 'regions'], ['a', '', 'r1', 'r1', 'outside'], ['', '', '', '', 'outside'], ['a', '', 'r1', 'r2', 'regions']] as const)('%s to %s of %s and %s: %s', (sourceZone, destinationZone, sourceRegion, destinationRegion, reach) =>
    expect(reachOf({ sourceZone, destinationZone, sourceRegion, destinationRegion })).toBe(reach))
})
