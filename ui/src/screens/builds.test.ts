import { describe, expect, it } from 'vitest'
import { type Agent, buildCount, otherBuilds } from './builds'

const agent = (node: string, version: string, build: Agent['build'], more: Partial<Agent> = {}): Agent => ({
  cluster: 'lab', node, mode: 'sockets', version, build, coveredThrough: '2026-11-23T10:30:00Z', lastBatchAt: '2026-11-23T10:30:00Z', lostBytes: 0, ...more,
})

describe('versions of agents', () => {
  it('are not spoken of where all run that of the service, or do not say', () => {
    expect(otherBuilds([agent('a', 'v1.5.0', 'SAME'), agent('b', 'unversioned', 'UNKNOWN')])).toEqual([])
    expect(otherBuilds([])).toEqual([])
  })
  it('are grouped, those on most machines first', () => {
    const agents = [agent('c', 'v1.3.0', 'OLDER'), agent('b', 'v1.4.0', 'OLDER'), agent('a', 'v1.4.0', 'OLDER'), agent('d', 'v1.5.0', 'SAME')]
    expect(otherBuilds(agents)).toEqual([
      { version: 'v1.4.0', relation: 'OLDER', nodes: ['lab/a', 'lab/b'] },
      { version: 'v1.3.0', relation: 'OLDER', nodes: ['lab/c'] },
    ])
    expect(buildCount(agents)).toBe(3)
  })
  it('leave out who is gone, and files that were imported', () => {
    const agents = [agent('a', 'v1.5.0', 'SAME'), agent('gone', 'v1.0.0', 'OLDER', { lastBatchAt: '2026-11-20T10:30:00Z' }), agent('file', '', 'OLDER', { mode: 'import' })]
    expect(otherBuilds(agents)).toEqual([])
    expect(buildCount(agents)).toBe(1)
  })
})
