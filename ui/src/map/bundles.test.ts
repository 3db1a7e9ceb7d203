import { describe, expect, it } from 'vitest'
import { type Bundle, bundleIdOf, foldTransfers, selectedBundle, selectionOf, weightOf } from './bundles'
import { rolledOut, rolloutsOf, shortRevision } from './revisions'
import type { GraphTransfer } from './useGraph'
import { zonesText } from './zones'

const transfer = (id: string, amount: string, bytes: number | string, more: Partial<GraphTransfer> = {}): GraphTransfer => ({
  id, source: 'a', destination: 'b', sourceName: 'a', destinationName: 'b', sourceRevision: '', destinationRevision: '', sourceZone: '', destinationZone: '', sourceRegion: '', destinationRegion: '',
  serverPort: 443, protocol: 'tcp', initiator: 'SOURCE', path: 'vpc', via: '', pathAssumed: false, bytes, cost: { amount, currency: 'USD', nano: 0 }, ...more,
})

const ROWS = [
  transfer('t1', '0.1', 5),
  transfer('t2', '0.2', '9007199254740993'),
  transfer('t3', '0.00000000000000000000000000000000000001', 7, { path: 'vpc:anything' }),
  transfer('t4', '0.2', 9, { path: 'nat' }),
  transfer('t5', '0', 1, { source: 'b', destination: 'a' }),
  transfer('t6', '0.2', 4, { sourceZone: 'z' }),
]

/** Every order of a few rows. */
function orders<Row>(rows: readonly Row[]): Row[][] {
  if (rows.length < 2) return [[...rows]]
  return rows.flatMap((row, index) => orders(rows.toSpliced(index, 1)).map((rest) => [row, ...rest]))
}

const told = (bundles: readonly Bundle[]) => bundles.map(({ id, transfers, bytes, cost, rows }) => [id, transfers, String(bytes), cost.amount, rows.map((row) => row.id).join(' ')])

describe('folding', () => {
  it('makes one bundle of each source, destination and path class, with exact sums', () => {
    expect(told(foldTransfers(ROWS))).toEqual([
      ['vpc|a|b', 4, '9007199254741009', '0.50000000000000000000000000000000000001', 't2 t6 t1 t3'],
      ['nat|a|b', 1, '9', '0.2', 't4'],
      ['vpc|b|a', 1, '1', '0', 't5'],
    ])
  })
  it('does not depend on the order of the transfers', () => {
    const expected = told(foldTransfers(ROWS))
    for (const order of orders(ROWS)) expect(told(foldTransfers(order))).toEqual(expected)
  })
  it('loses no transfer and adds none', () => {
    const ids = foldTransfers(ROWS).flatMap((bundle) => bundle.rows.map((row) => row.id))
    expect(ids.toSorted()).toEqual(ROWS.map((row) => row.id))
  })
  it('is empty for nothing', () => expect(foldTransfers([])).toEqual([]))
  it('weighs by the chosen measure', () => {
    const [bundle] = foldTransfers(ROWS.slice(0, 1))
    expect(bundle && [weightOf(bundle, 'cost'), weightOf(bundle, 'bytes')]).toEqual([0.1, 5])
  })
})

describe('selecting', () => {
  const bundles = foldTransfers(ROWS)
  it('a line selects its list, and a line of one transfer its receipt', () => {
    expect(bundles.map(selectionOf)).toEqual([{ kind: 'bundle', id: 'vpc|a|b' }, { kind: 'transfer', id: 't4' }, { kind: 'transfer', id: 't5' }])
  })
  it('finds the line of a transfer', () => {
    expect(selectedBundle(bundles, { kind: 'transfer', id: 't3' })?.id).toBe('vpc|a|b')
    expect(selectedBundle(bundles, { kind: 'bundle', id: 'vpc|b|a' })?.id).toBe('vpc|b|a')
    expect(selectedBundle(bundles, { kind: 'node', id: 'a' })).toBeUndefined()
    expect(selectedBundle(bundles, { kind: 'transfer', id: 'gone' })).toBeUndefined()
  })
  it('tells which transfers a bundle holds by its id', () => expect(ROWS.filter((row) => bundleIdOf(row) === 'vpc|a|b')).toHaveLength(4))
})

describe('rollouts', () => {
  const rows = [
    transfer('t1', '0.1', 5, { sourceRevision: 'shop/Deployment/a@one', destinationRevision: 'x' }),
    transfer('t2', '0.2', 6, { sourceRevision: 'shop/Deployment/a@two', destinationRevision: 'x' }),
    transfer('t3', '0.3', 7, { sourceRevision: 'shop/Deployment/a@one', destinationRevision: '' }),
  ]
  it('are seen where an end has more than one revision, with exact shares', () => {
    expect(rolloutsOf(rows).map(({ end, name, shares }) => [end, name, shares.map((share) => [shortRevision(share.revision), share.transfers, share.bytes, share.cost.amount])])).toEqual([
      ['source', 'a', [['one', 2, 12n, '0.4'], ['two', 1, 6n, '0.2']]],
    ])
    expect(rolledOut(rows)).toEqual(new Set(['a']))
  })
  it('are none where each end has one revision, or one and none', () => {
    expect(rolloutsOf(rows.slice(2))).toEqual([])
    expect(rolledOut([...rows.slice(2), transfer('t4', '0', 1)]).size).toBe(0)
  })
})

describe('zones', () => {
  it.each([['', '', 'no zones'], ['z1', 'z1', 'within z1'], ['z1', 'z2', 'z1 → z2'], ['z1', '', 'z1 → no zone']])('%o and %o read %s', (sourceZone, destinationZone, text) =>
    expect(zonesText({ sourceZone, destinationZone })).toBe(text))
})
