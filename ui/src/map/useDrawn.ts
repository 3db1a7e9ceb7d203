import { useCallback, useMemo } from 'react'
import type { Window } from '../gql/graphql'
import type { View } from '../lib/view'
import { type Bundle, bundleIdOf, foldTransfers } from './bundles'
import { type DrawnEnds, type InZones, type KeepOf, type PlacedEnds, framed, inZones } from './inZones'
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
  /** The drawn nodes that stand for two ends which are not among the transfers. */
  readonly endsOf: (ends: PlacedEnds) => DrawnEnds
  /** Nodes that zones leave out, as `keepOf` says. */
  readonly leftOut: number
}

const NO_GRAPH: Seen = { nodes: [], transfers: [] }

/**
 * From the answered graph to what is drawn: chosen nodes, seen from the level, folded into lines. `moves` are the transfers of a change:
 * in zones its ends have their places, too, those that they would have after it included, so that nothing moves between before and after;
 * `keepOf` says which of the nodes zones keep to.
 */
export function useDrawn(graph: Graph | null, view: View, window: Window, moves: readonly PlacedEnds[], keepOf: KeepOf): Drawn {
  const { level, only, away, measure, hidden } = view
  const byTeam = level === 'team' || [...only, ...away].some((id) => id.startsWith('g/team/'))
  const teams = useTeams(window, byTeam && graph !== null)
  const { nodes, transfers } = graph ?? NO_GRAPH
  const shown = useMemo(() => shownOf(nodes, transfers, { only, away }, (node) => idsOf(node, teams)), [nodes, transfers, only, away, teams])
  const arranged = view.zones
  const { leveled, frames, endsOf, leftOut } = useMemo((): InZones => {
    const seen = seenFrom(shown, level, teams)
    const groups = groupsOf(seen)
    const raise = (id: string): string => groups.get(id) ?? id
    const raised = (ends: PlacedEnds): PlacedEnds => ({ ...ends, source: raise(ends.source), destination: raise(ends.destination) })
    if (!arranged) return { leveled: seen, frames: [], leftOut: 0, endsOf: (ends) => ({ source: raise(ends.source), destination: raise(ends.destination), sourceIn: '', destinationIn: '' }) }
    const placed = inZones(seen, moves.map(raised), (placedEnds) => keepOf((ends) => placedEnds(raised(ends))))
    return { ...placed, endsOf: (ends) => placed.endsOf(raised(ends)) }
  }, [shown, level, teams, arranged, moves, keepOf])
  const bundles = useMemo(() => foldTransfers(leveled.transfers), [leveled])
  const scene = useMemo(() => {
    const built = buildScene(leveled.nodes, bundles, measure, hidden)
    return arranged ? framed(built, frames, leveled.transfers, bundleIdOf) : built
  }, [leveled, frames, arranged, bundles, measure, hidden])
  const groups = useMemo(() => groupsOf(leveled), [leveled])
  const standsFor = useCallback((id: string) => groups.get(id) ?? id, [groups])
  return { shown, leveled, bundles, scene, standsFor, endsOf, leftOut }
}

/** The drawn node of each node that another one stands for. */
function groupsOf({ members }: Leveled): Map<string, string> {
  return new Map([...members].flatMap(([group, some]) => some.map((id): [string, string] => [id, group])))
}
