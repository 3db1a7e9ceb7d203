import { describe, expect, it } from 'vitest'
import { bundleId, parseBundleId } from './bundleId'
import { DEFAULT_VIEW, MOST_PINS, type View, isPast, parseView, viewParams, withPins } from './view'
import { rangeOf, stepWindow, stripRange, youngStrip } from './window'

const NEWEST = '2026-11-23T10:31:00Z'

describe('the URL', () => {
  const views: View[] = [
    DEFAULT_VIEW,
    { ...DEFAULT_VIEW, span: '6h', version: 4711, mode: 'table', measure: 'bytes', hidden: ['nat', 'vpc'], more: true, ask: true },
    { ...DEFAULT_VIEW, from: '2026-11-23T09:00:00Z', to: '2026-11-23T09:20:00Z', knownThen: true, selection: { kind: 'node', id: 'w/lab/shop/Deployment/a:b,c&d=1 é' } },
    { ...DEFAULT_VIEW, against: '7d', group: 'zone' },
    { ...DEFAULT_VIEW, costBy: 'code', causer: true, monthToDate: true, line: '' },
    { ...DEFAULT_VIEW, line: 'w/lab/shop/Deployment/a:b,c&d=1 é' },
    { ...DEFAULT_VIEW, selection: { kind: 'transfer', id: 't0123456789abcdef' } },
    { ...DEFAULT_VIEW, level: 'namespace', only: ['w/a,b%2C', 'e/é'], away: ['m/lab/node-a'], trace: { kind: 'path', from: 'w/a', to: 'e/b,c' } },
    { ...DEFAULT_VIEW, filter: 'namespace=shop path=nat bytes>1GB' },
    { ...DEFAULT_VIEW, trace: { kind: 'blast', of: 'w/a,b' } },
    { ...DEFAULT_VIEW, whatIf: 'r/a,b:c', side: 'before' },
    { ...DEFAULT_VIEW, zones: true, pins: [{ id: 'e/é', x: -1000, y: 0 }, { id: 'w/a,b:1:2:c\nd', x: 12, y: -7 }] },
    { ...DEFAULT_VIEW, cypher: 'MATCH (a {x: "&=?#%"})\nRETURN a', parameters: '{"node":"w/a"}' },
    { ...DEFAULT_VIEW, selection: { kind: 'bundle', id: bundleId({ path: 'nat', source: 'w/a|b%7C', destination: 'e/é' }) } },
  ]
  it.each(views)('gives the same view back: %#', (view) => expect(parseView(viewParams(view))).toEqual(view))
  it('is empty for the default view', () => expect(viewParams(DEFAULT_VIEW)).toEqual({}))
  it.each([
    { w: '2h' }, { v: '0' }, { v: '-1' }, { v: '1e3' }, { to: 'yesterday' }, { to: '2026-13-45T99:99:00Z' }, { known: 'then' }, { from: '2026-11-23T09:00:00Z' },
    { sel: 'x:1' }, { sel: 'n:' }, { sel: 'b:vpc|a' }, { sel: 'b:vpc|a|%' }, { view: 'pie' }, { by: 'love' }, { hide: ',,' }, { w: 12 }, { cmp: 'never' }, { g: 'colour' }, { lines: 'colour' }, { shown: 'me' }, { mtd: 'yes' }, { lvl: 'atom' }, { path: 'a' }, { path: 'a,b,c' }, { only: ',%' }, { side: 'before' }, { at: 'home' }, { pins: 'w/a' }, { pins: '1:2:' }, { pins: '1.5:2:a,10000:1:b,:1:c' }, { p: '{}' },
  ])('falls back where it is malformed: %o', (params) => expect(parseView(params)).toEqual(DEFAULT_VIEW))
  it('ignores a window that ends before it begins', () => expect(parseView({ from: '2026-11-23T10:00:00Z', to: '2026-11-23T09:00:00Z' }).from).toBeNull())
  it('keeps the newest pin of a node, and no more than a link can carry', () => {
    expect(withPins([{ id: 'a', x: 1, y: 1 }], [{ id: 'a', x: 2, y: 2 }])).toEqual([{ id: 'a', x: 2, y: 2 }])
    const many = Array.from({ length: 99 }, (_, at) => ({ id: `n${String(at).padStart(2, '0')}`, x: at, y: 0 }))
    const kept = withPins(many, [{ id: 'a', x: 5, y: 5 }])
    expect([kept.length, kept[0], kept.at(-1)?.id]).toEqual([MOST_PINS, { id: 'a', x: 5, y: 5 }, 'n98'])
  })
  it('tells the past from now', () => {
    expect(isPast(DEFAULT_VIEW)).toBe(false)
    expect(isPast({ ...DEFAULT_VIEW, version: 3 })).toBe(true)
    expect(isPast({ ...DEFAULT_VIEW, to: NEWEST })).toBe(true)
  })
})

describe('the id of a bundle', () => {
  const keys = [{ path: 'vpc', source: 'a', destination: 'b' }, { path: '', source: 'a|b', destination: 'c' }, { path: 'nat', source: 'a', destination: 'b|c%7C' }]
  it.each(keys)('gives the same key back: %o', (key) => expect(parseBundleId(bundleId(key))).toEqual(key))
  it('differs where the key differs', () => expect(bundleId({ path: '', source: 'a|b', destination: 'c' })).not.toBe(bundleId({ path: '', source: 'a', destination: 'b|c' })))
})

describe('windows', () => {
  it('end at the newest minute while live', () => expect(rangeOf(DEFAULT_VIEW, NEWEST)).toEqual({ from: '2026-11-23T09:31:00Z', to: NEWEST }))
  it('step back by their length, and forward until live', () => {
    const back = stepWindow(rangeOf(DEFAULT_VIEW, NEWEST), NEWEST, -1)
    expect(back).toEqual({ from: '2026-11-23T08:31:00Z', to: '2026-11-23T09:31:00Z' })
    expect(back && stepWindow(back, NEWEST, 1)).toBeNull()
  })
  it.each([DEFAULT_VIEW, { ...DEFAULT_VIEW, span: '24h' as const }, { ...DEFAULT_VIEW, to: '2026-11-20T10:00:00Z' }, { ...DEFAULT_VIEW, from: '2026-11-20T09:00:00Z', to: '2026-11-20T10:00:00Z' }])('lie inside their strip: %#', (view) => {
    const range = rangeOf(view, NEWEST)
    const strip = stripRange(range, NEWEST)
    expect(strip.from <= range.from && range.to <= strip.to && strip.to <= NEWEST).toBe(true)
  })
  it('show no more of the time before the first minute that is known than half of their strip', () => {
    const range = rangeOf({ ...DEFAULT_VIEW, span: '15m' }, NEWEST)
    const wide = stripRange(range, NEWEST)
    const from = (first: string | null): string => youngStrip(wide, first, range).from.slice(11, 16)
    expect(wide.from.slice(11, 16)).toBe('08:31')
    expect(['2026-11-23T10:30:00Z', '2026-11-23T10:26:00Z', '2026-11-23T10:20:00Z', '2026-11-23T10:10:00Z', '2026-11-23T09:20:00Z', '2026-11-23T08:31:00Z'].map(from)).toEqual(['10:21', '10:21', '10:16', '10:01', '08:31', '08:31'])
    expect(youngStrip(wide, null, range)).toBe(wide)
    // Nothing is known of the window itself: it must stay in sight.
    expect(youngStrip(wide, range.to, range)).toBe(wide)
  })
})
