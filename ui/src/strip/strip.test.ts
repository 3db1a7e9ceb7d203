import { describe, expect, it } from 'vitest'
import { DEFAULT_VIEW } from '../lib/view'
import { clusterText, clustersOf, marksOf } from './marks'
import { begun, ended, played } from './play'

const SPAN = { from: '2026-11-23T08:00:00Z', to: '2026-11-23T10:00:00Z' }
const rollout = (name: string, at: string | null) => ({ workloadName: name, namespace: 'shop', deployment: { workload: `w/${name}`, id: `d/${name}`, hash: '7c9', rolledOutAt: at, changedBy: 'ann' } })
const incident = (id: string, since: string) => ({ id, title: `it is ${id}`, since, until: null, state: 'OPEN' as const, impactPerDay: { amount: '1', currency: 'USD' } })
const marks = (rollouts: ReturnType<typeof rollout>[], incidents: ReturnType<typeof incident>[]) => marksOf({ rollouts, incidents, moreRollouts: false, moreIncidents: false }, SPAN)

describe('marks', () => {
  it('stand where they happened, by time; what began elsewhere or nobody knows when is left out', () => {
    const found = marks([rollout('b', '2026-11-23T09:00:00Z'), rollout('a', null), rollout('c', '2026-11-23T10:00:00Z')], [incident('i1', '2026-11-23T08:30:00Z'), incident('i0', '2026-11-22T08:30:00Z')])
    expect(found.map((mark) => mark.id)).toEqual(['i1', 'd/b'])
    expect(clustersOf(found, SPAN).map(({ at, kind }) => [at, kind])).toEqual([[0.25, 'incident'], [0.5, 'rollout']])
  })
  it('are one where they cannot be told apart, and say how many', () => {
    const close = marks([rollout('b', '2026-11-23T09:00:00Z'), rollout('c', '2026-11-23T09:01:00Z'), rollout('d', '2026-11-23T09:30:00Z')], [incident('i1', '2026-11-23T09:02:00Z')])
    const clusters = clustersOf(close, SPAN)
    expect(clusters.map(({ kind, marks: inside }) => [kind, inside.length])).toEqual([['both', 3], ['rollout', 1]])
    expect(clusters.map((cluster) => clusterText(cluster, (iso) => iso.slice(11, 16)))).toEqual(['1 incident and 2 rollouts, from 09:00', 'Rollout of shop/d, revision 7c9, by ann, 09:30'])
  })
  it('are fewer on a narrow strip, on which they would lie on each other', () => {
    const apart = marks([rollout('b', '2026-11-23T09:00:00Z'), rollout('c', '2026-11-23T09:06:00Z')], [])
    expect([1200, 400].map((width) => clustersOf(apart, SPAN, width).length)).toEqual([2, 1])
  })
  it('are one in one minute, however wide the strip: an incident is known to the minute, and its rollout is told first', () => {
    const young = { from: '2026-11-23T09:00:00Z', to: '2026-11-23T09:10:00Z' }
    const found = marksOf({ rollouts: [rollout('b', '2026-11-23T09:04:54Z'), rollout('c', '2026-11-23T09:06:00Z')], incidents: [incident('i1', '2026-11-23T09:04:00Z')], moreRollouts: false, moreIncidents: false }, young)
    expect(clustersOf(found, young, 4000).map(({ marks: inside }) => inside.map(({ id }) => id))).toEqual([['d/b', 'i1'], ['d/c']])
  })
  it('lose none however many there are', () => {
    const many = marks(Array.from({ length: 200 }, (_, at) => rollout(`w${at}`, new Date(Date.parse(SPAN.from) + at * 30_000).toISOString())), [])
    const clusters = clustersOf(many, SPAN)
    expect(clusters.reduce((total, { marks: inside }) => total + inside.length, 0)).toBe(200)
    expect(clusters.length).toBeLessThan(50)
  })
})

describe('playing', () => {
  const range = { from: '2026-11-23T09:00:00Z', to: '2026-11-23T10:00:00Z' }
  it('begins with the strip where the view is live, and goes on from where it is in the past', () => {
    expect(begun(DEFAULT_VIEW, range, SPAN)).toEqual({ to: '2026-11-23T09:00:00Z', from: null })
    expect(begun({ ...DEFAULT_VIEW, to: '2026-11-23T09:30:00Z' }, range, SPAN)).toEqual({})
  })
  it('begins with the first minute where the window is longer than all that is known', () => {
    expect(begun(DEFAULT_VIEW, range, { from: '2026-11-23T09:52:00Z', to: '2026-11-23T10:00:00Z' })).toEqual({ to: '2026-11-23T09:53:00Z', from: null })
  })
  it('moves the window as it is, and ends with now', () => {
    expect(played(DEFAULT_VIEW, range, '2026-11-23T10:02:00Z', 1)).toEqual({ to: '2026-11-23T10:01:00Z', from: null })
    expect(played({ ...DEFAULT_VIEW, from: range.from }, range, '2026-11-23T10:20:00Z', 15)).toEqual({ to: '2026-11-23T10:15:00Z', from: '2026-11-23T09:15:00Z' })
    expect(played(DEFAULT_VIEW, range, '2026-11-23T10:01:00Z', 1)).toBeNull()
    expect(ended({ ...DEFAULT_VIEW, version: 7 })).toEqual({ from: null, to: null, version: 7, knownThen: false })
  })
})
