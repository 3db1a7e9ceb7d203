import { describe, expect, it } from 'vitest'
import { parseDecimal, sum, toText } from '../lib/decimal'
import { OTHERS, type Part, flowOf } from './flow'

const part = (who: string, way: string, code: string, amount: string): Part => ({ group: [who, way, code], amount: { amount, currency: 'USD' } })
const PARTS = [
  part('shop', 'nat:a', 'NatGateway-Bytes', '0.300000000000000001'), part('shop', 'vpc', 'Regional', '0.2'), part('batch', 'nat:a', 'Out', '0.1'),
  part('data', 'vpc', 'Regional', '0.04'), part('mon', 'vpc', 'Regional', '0.03'), part('free', 'node', '', '0'),
]

describe('the flow of money', () => {
  it('adds every column up to the same total, exactly', () => {
    const { nodes, links } = flowOf(PARTS, [2, 5, 5])
    for (const column of [0, 1, 2]) {
      expect(toText(sum(nodes.filter((node) => node.column === column).map((node) => parseDecimal(node.amount))))).toBe('0.670000000000000001')
    }
    for (const node of nodes.filter((one) => one.column === 1)) {
      const [into, out] = [links.filter((link) => link.target === node.id), links.filter((link) => link.source === node.id)].map((some) => toText(sum(some.map((link) => parseDecimal(link.amount)))))
      expect([into, out]).toEqual([node.amount, node.amount])
    }
  })
  it('folds the cheapest into one', () => {
    const first = flowOf(PARTS, [2, 5, 5]).nodes.filter((node) => node.column === 0)
    expect(first.map((node) => [node.value, node.amount])).toEqual([['shop', '0.500000000000000001'], ['batch', '0.1'], [OTHERS, '0.07']])
  })
  it('folds no single one', () => expect(flowOf(PARTS, [3, 5, 5]).nodes.filter((node) => node.column === 0).map((node) => node.value)).not.toContain(OTHERS))
  it('leaves out what is free', () => expect(flowOf(PARTS, [9, 9, 9]).nodes.map((node) => node.value)).not.toContain('free'))
  it('is empty where nothing costs anything', () => expect(flowOf([part('free', 'node', '', '0')], [9, 9, 9])).toEqual({ nodes: [], links: [] }))
})
