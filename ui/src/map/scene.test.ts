import { describe, expect, it } from 'vitest'
import { toText } from '../lib/decimal'
import { searchNodes } from '../lib/search'
import { columns } from '../strip/series'
import { foldTransfers } from './bundles'
import { legendLines } from './legend'
import { buildScene } from './scene'
import type { GraphNode, GraphTransfer } from './useGraph'

const node = (id: string, bytes: number): GraphNode => ({
  id, kind: 'WORKLOAD', name: id, namespace: 'shop', type: 'Deployment', cluster: 'lab', regions: [], zones: [], x: 1, y: 2, bytesOut: bytes, bytesIn: 0,
  cost: { amount: '0', currency: 'USD', nano: 0 },
})
const transfer = (id: string, source: string, destination: string, path: string, nano: number): GraphTransfer => ({
  id, source, destination, sourceName: source, destinationName: destination, sourceRevision: '', destinationRevision: '', sourceZone: '', destinationZone: '', sourceRegion: '', destinationRegion: '',
  initiator: 'SOURCE', serverPort: 1, protocol: 'tcp', path, via: '', pathAssumed: false, bytes: 100 - nano,
  cost: { amount: `0.${String(nano).padStart(9, '0')}`, currency: 'USD', nano },
})
const graph = {
  nodes: [node('a', 400), node('b', 100)],
  transfers: [transfer('t1', 'a', 'b', 'nat', 64), transfer('t2', 'a', 'b', 'vpc', 16), transfer('t3', 'b', 'a', 'vpc', 0), transfer('t4', 'a', 'a', 'node', 0), transfer('t5', 'a', 'gone', 'vpc', 1)],
}

const scene = (measure: 'cost' | 'bytes', hidden: string[]) => buildScene(graph.nodes, foldTransfers(graph.transfers), measure, hidden)

describe('the scene', () => {
  it('draws every bundle whose ends are drawn, loops too', () => {
    expect(scene('cost', []).edges.map((edge) => edge.id)).toEqual(['nat|a|b', 'node|a|a', 'vpc|a|b', 'vpc|b|a'])
  })
  it('bends bundles between the same ends apart', () => {
    const [first, , second, back] = scene('cost', []).edges
    expect(first?.bend).not.toBe(second?.bend)
    expect(first?.bend).toBe(back?.bend)
  })
  it('grows with the square root and follows the measure', () => {
    const [first, , second] = scene('cost', []).edges
    expect((first?.width ?? 0) - 1.5).toBeCloseTo(2 * ((second?.width ?? 0) - 1.5))
    const free = scene('bytes', []).edges.at(3)
    expect(free?.width).toBeGreaterThan(scene('cost', []).edges.at(3)?.width ?? Number.POSITIVE_INFINITY)
  })
  it('lets free lines step back, by the chosen measure', () => {
    expect(scene('cost', []).edges.map((edge) => edge.faint)).toEqual([false, true, false, true])
    expect(scene('bytes', []).edges.some((edge) => edge.faint)).toBe(false)
  })
  it('leaves hidden path classes out', () => expect(scene('cost', ['vpc']).edges.map((edge) => edge.id)).toEqual(['nat|a|b', 'node|a|a']))
})

describe('the legend', () => {
  it('sums exactly per class, costliest first', () => {
    expect(legendLines(graph.transfers).map((line) => [line.path.id, line.transfers, toText(line.cost)])).toEqual([
      ['nat', 1, '0.000000064'], ['vpc', 3, '0.000000017'], ['node', 1, '0'],
    ])
  })
})

describe('search', () => {
  it('puts names that begin with the text first', () => {
    const nodes = ['my-cart', 'cart-redis', 'cart'].map((name) => ({ ...node(name, 1), name }))
    expect(searchNodes(nodes, ' CART ').map((found) => found.name)).toEqual(['cart', 'cart-redis', 'my-cart'])
    expect(searchNodes(nodes, '')).toEqual([])
  })
})

describe('the strip', () => {
  it('has gaps where nothing is known, and no zeros', () => {
    const [times, values] = columns([{ minute: '2026-11-23T10:01:00Z', bytes: 5, cost: { nano: 2e9 } }], 'cost', { from: '2026-11-23T10:00:00Z', to: '2026-11-23T10:03:00Z' })
    expect(times).toHaveLength(3)
    expect(values).toEqual([null, 2, null])
  })
})
