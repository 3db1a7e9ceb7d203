import { describe, expect, it } from 'vitest'
import { type CypherResult, cellOf, entitiesOf, graphOf, textOf } from './result'

const A = { element: '1', labels: ['Entity', 'Workload'], properties: { id: 'w/lab/shop/Deployment/web', name: 'web' } }
const B = { element: '2', labels: ['Entity', 'CloudEndpoint'], properties: { id: 'e/aws/s3', name: 'S3' } }
const answer = (more: Partial<CypherResult>): CypherResult => ({ columns: [], rows: [], more: false, estimatedRows: 1, nodes: [], relationships: [], ...more })

describe('an answer', () => {
  it('draws its nodes and relationships, and none whose ends are not there', () => {
    const graph = graphOf(answer({ nodes: [A, B], relationships: [{ element: '9', start: '1', end: '2', type: 'TRANSFERS', properties: {} }, { element: '8', start: '1', end: '7', type: 'TRANSFERS', properties: {} }] }))
    expect(graph.nodes.map((node) => [node.name, node.label, node.entity])).toEqual([['web', 'Workload', 'w/lab/shop/Deployment/web'], ['S3', 'CloudEndpoint', 'e/aws/s3']])
    expect(graph.links.map((link) => link.id)).toEqual(['9'])
  })
  it('draws the ends that its columns name', () => {
    const graph = graphOf(answer({ columns: ['source', 'bytes', 'destination'], rows: [['w/l/n/D/a', 1, 'e/x'], ['w/l/n/D/a', 2, 'e/x'], ['shop/a', 3, null]] }))
    expect([graph.nodes.map((node) => node.name), graph.links.length]).toEqual([['a', 'e x'], 1])
  })
  it('names the nodes of the map, also from lists', () =>
    expect(entitiesOf(answer({ columns: ['sources', 'n'], rows: [[['w/a', 'w/b'], 1], ['not an id', null]], nodes: [B] }))).toEqual(['e/aws/s3', 'w/a', 'w/b']))
  it.each([[null, ''], ['x', 'x'], [3, '3'], [true, 'true'], [['a', 2], 'a, 2'], [{ labels: ['Entity'], properties: { name: 'web' } }, 'web'], [{ type: 'TRANSFERS', properties: {} }, '[:TRANSFERS]'], [{ nodes: [{ labels: [], properties: { id: 'a' } }, { labels: [], properties: { number: 4 } }], relationships: [] }, 'a — v4'], [{ a: 1 }, '{"a":1}']])('shows %o as %o', (value, text) => expect(textOf(value)).toBe(text))
  it('keeps numbers for files', () => expect([cellOf(3), cellOf(null), cellOf(['a'])]).toEqual([3, null, 'a']))
})
