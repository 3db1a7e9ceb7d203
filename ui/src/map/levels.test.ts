import { describe, expect, it } from 'vitest'
import { parseDecimal, sum, toText } from '../lib/decimal'
import { LEVELS } from '../lib/view'
import { idsOf, isGroupId, seenFrom } from './levels'
import { shownOf, withNeighbours } from './shown'
import type { GraphNode, GraphTransfer } from './useGraph'

const node = (id: string, more: Partial<GraphNode> = {}): GraphNode => ({
  id, kind: 'WORKLOAD', name: id, namespace: 'shop', type: 'Deployment', cluster: 'lab', regions: [], zones: ['z1'], x: 10, y: 20, bytesOut: 5, bytesIn: 1, cost: { amount: '0.5', currency: 'USD', nano: 500_000_000 }, ...more,
})
const transfer = (id: string, source: string, destination: string, more: Partial<GraphTransfer> = {}): GraphTransfer => ({
  id, source, destination, sourceName: source, destinationName: destination, sourceRevision: '', destinationRevision: '', sourceZone: '', destinationZone: '', sourceRegion: '', destinationRegion: '',
  serverPort: 443, protocol: 'tcp', initiator: 'SOURCE', path: 'vpc', via: '', pathAssumed: false, bytes: 3, cost: { amount: '0.1', currency: 'USD', nano: 100_000_000 }, ...more,
})
const GRAPH = {
  nodes: [node('w/a'), node('w/b', { x: 30 }), node('w/c', { namespace: 'data' }), node('e/s3', { kind: 'CLOUD_ENDPOINT', namespace: '', type: 's3' }), node('n/1', { kind: 'NODE', namespace: '' }), node('u/x', { kind: 'UNKNOWN', namespace: '', cluster: '' })],
  transfers: [
    transfer('t1', 'w/a', 'w/b', { sourceRevision: 'shop/Deployment/a@one' }), transfer('t2', 'w/a', 'w/c', { sourceRevision: 'shop/Deployment/a@two', bytes: 4 }),
    transfer('t3', 'w/c', 'e/s3'), transfer('t4', 'n/1', 'w/a'), transfer('t5', 'u/x', 'w/b', { cost: { amount: '0.00000000001', currency: 'USD', nano: 0 } }),
  ],
}
const TEAMS = new Map([['w/a', 'checkout'], ['w/c', 'checkout']])

describe('levels', () => {
  it.each(LEVELS)('%s loses no byte, no cost and no transfer, and every end is a node', (level) => {
    const { nodes, transfers } = seenFrom(GRAPH, level, TEAMS)
    const ids = new Set(nodes.map((one) => one.id))
    expect(transfers.map((row) => row.id)).toEqual(GRAPH.transfers.map((row) => row.id))
    expect(transfers.every((row) => ids.has(row.source) && ids.has(row.destination))).toBe(true)
    expect(toText(sum(transfers.map((row) => parseDecimal(row.cost.amount))))).toBe('0.40000000001')
    expect(ids.size).toBe(nodes.length)
  })
  it.each([
    ['cluster', ['lab', 's3', 'unknown']], ['namespace', ['data', 'machines of lab', 's3', 'shop', 'unknown']], ['team', ['checkout', 'machines of lab', 'no team', 's3', 'unknown']],
    ['workload', ['e/s3', 'n/1', 'u/x', 'w/a', 'w/b', 'w/c']], ['deployment', ['e/s3', 'n/1', 'u/x', 'w/a', 'w/a one', 'w/a two', 'w/b', 'w/c']],
  ] as const)('%s has the nodes %o', (level, names) => expect(seenFrom(GRAPH, level, TEAMS).nodes.map((one) => one.name).toSorted()).toEqual(names))
  it('puts a group in the middle of its members, with their sums', () => {
    const { nodes, members } = seenFrom(GRAPH, 'namespace', TEAMS)
    expect(nodes.find((one) => one.name === 'shop')).toMatchObject({ x: 20, y: 20, bytesOut: '10', cost: { amount: '1' }, type: 'Namespace' })
    expect(members.get('g/namespace/lab/shop')).toEqual(['w/a', 'w/b'])
    expect([isGroupId('g/namespace/lab/shop'), isGroupId('w/a')]).toEqual([true, false])
  })
  it('gives each rollout what it carried', () => expect(seenFrom(GRAPH, 'deployment', TEAMS).nodes.find((one) => one.name === 'w/a two')).toMatchObject({ bytesOut: '4', bytesIn: '0', cost: { amount: '0.1' } }))
})

describe('what is shown', () => {
  const shown = (only: string[], away: string[]) => shownOf(GRAPH.nodes, GRAPH.transfers, { only, away }, (one) => idsOf(one, TEAMS))
  it('is everything unless chosen', () => expect(shown([], []).hidden).toMatchObject({ nodes: 0, transfers: 0 }))
  it('keeps to some nodes, and counts the rest', () => {
    const { nodes, transfers, hidden } = shown(['w/a', 'w/b'], [])
    expect([nodes.length, transfers.map((row) => row.id), hidden.nodes, hidden.transfers, hidden.cost.amount]).toEqual([2, ['t1'], 4, 4, '0.30000000001'])
  })
  it('leaves out what was hidden', () => expect(shown([], ['w/a']).transfers.map((row) => row.id)).toEqual(['t3', 't5']))
  it('keeps to a group, and hides one', () => expect([shown(['g/team/checkout'], []).nodes, shown([], ['g/cluster/lab']).nodes].map((some) => some.map((one) => one.id))).toEqual([['w/a', 'w/c'], ['e/s3', 'u/x']]))
  it('knows the neighbours, both ways', () => expect(withNeighbours(['w/c'], GRAPH.transfers)).toEqual(['e/s3', 'w/a', 'w/c']))
})
