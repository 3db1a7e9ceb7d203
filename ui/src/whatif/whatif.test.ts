import { describe, expect, it } from 'vitest'
import type { Scene } from '../map/scene'
import { type Shift, linesOf, monthlyOf, pairsOf } from './lines'
import { endsOfFolded, foldLines } from './fold'
import { litOf, overlaid } from './overlay'

const side = (amount: string, bytes = 10) => ({ bytes, monthly: { amount, currency: 'USD' } })
const shift = (id: string, path: string, before: string | null, after: string | null, more: Partial<Shift> = {}): Shift => ({
  id, source: 'a', destination: 's3', sourceName: 'a', destinationName: 'S3', serverPort: 443, protocol: 'tcp', sourceZone: '', destinationZone: '', sourceRegion: '', destinationRegion: '', path, via: '', joins: false,
  before: before === null ? null : side(before), after: after === null ? null : side(after), ...more,
})
const itself = ({ source, destination }: Shift) => ({ source, destination, sourceIn: '', destinationIn: '' })
const never = (): boolean => false
const told = (shifts: readonly Shift[], carriesMore: (id: string) => boolean = never) => linesOf(shifts, itself, carriesMore).map(({ id, before, after, change }) => [id, before?.monthly.amount ?? null, after?.monthly.amount ?? null, change])

describe('a change as lines', () => {
  const SHIFTS = [shift('t1', 'nat', '0.1', null), shift('t2', 'nat', '0.2', null, { serverPort: 80 }), shift('t3', 'gateway-endpoint', null, '0'), shift('t4', 'nat', '7', '3', { source: 'b', sourceName: 'b' })]
  it('adds up by ends and way, exactly, the dearest first', () => expect(told(SHIFTS)).toEqual([
    ['nat|b|s3', '7', '3', 'changes'], ['nat|a|s3', '0.3', null, 'ends'], ['gateway-endpoint|a|s3', null, '0', 'begins'],
  ]))
  it('does not end a line that carries something else, and does not make one that is there', () => {
    expect(told(SHIFTS, (id) => id === 'nat|a|s3')[1]).toEqual(['nat|a|s3', '0.3', null, 'changes'])
    expect(told([shift('t3', 'vpc', null, '0', { joins: true })])).toEqual([['vpc|a|s3', null, '0', 'changes']])
  })
  it('is seen from further away as one line, bytes and money together', () => {
    const [line, ...others] = linesOf([SHIFTS[0], SHIFTS[1], { ...(SHIFTS[3] as Shift), after: null }] as Shift[], (one) => ({ ...itself(one), source: 'g/all' }), never)
    expect([line?.source, line?.before?.monthly.amount, line?.before?.bytes, others.length]).toEqual(['g/all', '7.3', 30n, 0])
  })
  it('is a line per place of its ends in zones, which its name tells', () => {
    const zoned = (one: Shift) => ({ source: `g/place/${one.sourceZone}/a`, destination: 's3', sourceIn: one.sourceZone, destinationIn: '' })
    const lines = linesOf([shift('t1', 'vpc', '0.1', null, { sourceZone: 'z1' }), shift('t2', 'vpc', null, '0', { sourceZone: 'z2' })], zoned, never)
    expect(lines.map(({ source, sourceName, destinationName, change }) => [source, sourceName, destinationName, change])).toEqual([['g/place/z1/a', 'a in z1', 'S3', 'ends'], ['g/place/z2/a', 'a in z2', 'S3', 'begins']])
  })
  it('puts the ways of two nodes side by side', () => {
    const [b, a] = pairsOf(linesOf(SHIFTS, itself, never))
    expect([a?.before.map((line) => line.path.id), a?.after.map((line) => line.path.id), b?.before.length]).toEqual([['nat'], ['gateway-endpoint'], 1])
    expect([monthlyOf(a?.before ?? [], 'before', 'USD').amount, monthlyOf(a?.after ?? [], 'after', 'USD').amount]).toEqual(['0.3', '0'])
  })
})

describe('a change on the map', () => {
  const node = (id: string) => ({ id, label: id, x: 0, y: 0, radius: 8, shape: 0, token: '--kind-workload' })
  const edge = (id: string) => ({ id, source: 'a', destination: 's3', width: 5, token: '--path-vpc', dash: { period: 0, drawn: 1 }, faint: false, bend: 0.14 })
  const scene: Scene = { nodes: [node('a'), node('s3')], edges: [edge('nat|a|s3'), edge('vpc|a|s3')] }
  const lines = linesOf([shift('t1', 'nat', '168.2', null), shift('t2', 'gateway-endpoint', null, '0'), shift('t3', 'nat', '5', null, { destination: 'gone' })], itself, never)
  const drawn = (which: 'before' | 'after') => overlaid(scene, lines, which).edges.map(({ id, mark, caption }) => [id, mark, caption])
  it('draws before what there is', () => expect(drawn('before')).toEqual([['vpc|a|s3', undefined, undefined], ['nat|a|s3', 'was', '$168 a month']]))
  it('draws after what is new, and a ghost of what would end', () => expect(drawn('after')).toEqual([
    ['vpc|a|s3', undefined, undefined], ['gateway-endpoint|a|s3', 'new', ''], ['nat|a|s3', 'gone', '$168 → $0 a month'],
  ]))
  it('moves no node, and draws nothing between nodes that are not drawn', () => {
    expect(overlaid(scene, lines, 'after').nodes).toBe(scene.nodes)
    expect(drawn('after').some(([id]) => String(id).includes('gone|'))).toBe(false)
  })
  it('lights what it moves, and leaves a line alone on the side that it is not of', () => {
    expect([...litOf(lines).edges]).toContain('gateway-endpoint|a|s3')
    const existing = linesOf([shift('t1', 'vpc', null, '2', { joins: true })], itself, never)
    expect(overlaid(scene, existing, 'before').edges).toEqual(scene.edges)
    expect(overlaid(scene, existing, 'after').edges.find((one) => one.id === 'vpc|a|s3')?.mark).toBe('changed')
  })
})

describe('a large change in zones', () => {
  const zoned = (one: Shift) => ({ source: `${one.sourceZone}/${one.source}`, destination: `${one.destinationZone}/${one.destination}`, sourceIn: one.sourceZone, destinationIn: one.destinationZone })
  const moves = (source: string, monthly: string): Shift[] => ['z1', 'z2', 'z3'].map((destinationZone, nth) => shift(`${source}${nth}`, 'vpc', nth === 2 ? null : monthly, nth === 2 ? '0' : null, { source, sourceName: source, destination: 'catalog', sourceZone: 'z3', destinationZone }))
  const shifts = [...moves('web', '2'), ...moves('search', '92'), ...moves('cache', '1')]
  const lines = linesOf(shifts, zoned, never)

  it('is drawn by whole pairs, the dearest first: what ends stands beside what takes its place, free or not', () => {
    const { drawn, rest } = foldLines(lines, 6)
    expect(drawn.map(({ source, destination }) => `${source} ${destination}`).toSorted()).toEqual(['search', 'web'].flatMap((name) => ['z1', 'z2', 'z3'].map((zone) => `z3/${name} ${zone}/catalog`)))
    expect(monthlyOf(drawn, 'before', 'USD').amount).toBe('188')
    // What is not drawn is counted, to the last decimal.
    expect([rest.length, monthlyOf(rest, 'before', 'USD').amount, monthlyOf(rest, 'after', 'USD').amount]).toEqual([3, '2', '0'])
  })
  it('shows one pair however many lines it has, and all of a small change', () => {
    expect(foldLines(lines, 2).drawn.length).toBe(3)
    expect(foldLines(lines, 9)).toEqual({ drawn: lines, rest: [] })
  })
  it('keeps to the nodes of what is drawn', () => {
    expect(endsOfFolded(shifts, zoned)).toBeNull()
    const many = [...shifts, ...moves('ledger', '0.5'), ...moves('cart', '0.25')]
    const kept = [...(endsOfFolded(many, zoned) ?? [])].toSorted()
    expect(kept).toEqual(['z1/catalog', 'z2/catalog', 'z3/cache', 'z3/catalog', 'z3/ledger', 'z3/search', 'z3/web'])
  })
})
