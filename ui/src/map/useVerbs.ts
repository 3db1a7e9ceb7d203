import { useMemo } from 'react'
import type { View } from '../lib/view'
import { isGroupId } from './levels'
import { withNeighbours } from './shown'
import type { Leveled } from './levels'

/** What can be done with a node of the map. Each changes the link, so that it can be sent and taken back. */
export interface NodeVerbs {
  /** Keeps to the node and those that it exchanges bytes with. */
  readonly focus: (id: string) => void
  /** Draws its neighbours, too. */
  readonly expand: (id: string) => void
  readonly hide: (id: string) => void
  readonly blast: (id: string) => void
  readonly path: (from: string, to: string) => void
  /** Opens a group one level nearer; focuses on anything else. */
  readonly open: (id: string) => void
}

const NEARER = { cluster: 'namespace', namespace: 'workload', team: 'workload', workload: 'deployment', deployment: 'deployment' } as const

export function useVerbs(view: View, leveled: Leveled, patch: (change: Partial<View>) => void): NodeVerbs {
  return useMemo(() => {
    const around = (id: string): string[] => withNeighbours([id], leveled.transfers).map((one) => kept(one, leveled))
    const focus = (id: string): void => patch({ only: [...new Set(around(id))], trace: null })
    return {
      focus,
      expand: (id) => patch({ only: view.only.length === 0 ? [] : [...new Set([...view.only, ...around(id)])], away: view.away.filter((one) => !around(id).includes(one)) }),
      hide: (id) => patch({ away: [...new Set([...view.away, kept(id, leveled)])], selection: null, trace: null }),
      blast: (id) => patch({ trace: { kind: 'blast', of: id }, selection: null }),
      path: (from, to) => patch({ trace: { kind: 'path', from, to }, selection: null }),
      open: (id) => (isGroupId(id) && view.level !== 'deployment' ? patch({ level: NEARER[view.level], only: [id], selection: null, trace: null }) : focus(id)),
    }
  }, [view, leveled, patch])
}

/** A rollout is kept or hidden with its workload; a group and a node by their own ids. */
function kept(id: string, { members }: Leveled): string {
  return id.startsWith('g/rollout/') ? (members.get(id)?.[0] ?? id) : id
}
