import { useCallback, useMemo } from 'react'
import type { Window } from '../gql/graphql'
import type { View } from '../lib/view'
import { type Bundle, bundleIdOf, foldTransfers } from './bundles'
import { type InZones, framed, inZones } from './inZones'
import { type Leveled, type Seen, idsOf, seenFrom } from './levels'
import { type Scene, buildScene } from './scene'
import { type Shown, shownOf } from './shown'
import type { Graph } from './useGraph'
import { useTeams } from './useTeams'

export interface Drawn {
  readonly shown: Shown
  readonly leveled: Leveled
  readonly bundles: readonly Bundle[]
  readonly scene: Scene
  /** The drawn node that stands for a node, itself where it is drawn. */
  readonly standsFor: (id: string) => string
}

const NO_FRAMES: InZones['frames'] = []
const NO_GRAPH: Seen = { nodes: [], transfers: [] }

/** From the answered graph to what is drawn: chosen nodes, seen from the level, folded into lines. */
export function useDrawn(graph: Graph | null, view: View, window: Window): Drawn {
  const { level, only, away, measure, hidden } = view
  const byTeam = level === 'team' || [...only, ...away].some((id) => id.startsWith('g/team/'))
  const teams = useTeams(window, byTeam && graph !== null)
  const { nodes, transfers } = graph ?? NO_GRAPH
  const shown = useMemo(() => shownOf(nodes, transfers, { only, away }, (node) => idsOf(node, teams)), [nodes, transfers, only, away, teams])
  // A change is drawn where its nodes are known to be: in zones it would be between parts that it does not name.
  const arranged = view.zones && view.whatIf === null
  const { leveled, frames } = useMemo((): InZones => {
    const seen = seenFrom(shown, level, teams)
    return arranged ? inZones(seen) : { leveled: seen, frames: NO_FRAMES }
  }, [shown, level, teams, arranged])
  const bundles = useMemo(() => foldTransfers(leveled.transfers), [leveled])
  const scene = useMemo(() => {
    const built = buildScene(leveled.nodes, bundles, measure, hidden)
    return arranged ? framed(built, frames, leveled.transfers, bundleIdOf) : built
  }, [leveled, frames, arranged, bundles, measure, hidden])
  const groups = useMemo(() => new Map([...leveled.members].flatMap(([group, members]) => members.map((id): [string, string] => [id, group]))), [leveled])
  const standsFor = useCallback((id: string) => groups.get(id) ?? id, [groups])
  return { shown, leveled, bundles, scene, standsFor }
}
