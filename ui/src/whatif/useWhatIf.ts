import { useCallback, useMemo } from 'react'
import { WhatIfDocument } from '../api/mapDocuments'
import { type Answer, useDocument } from '../api/useDocument'
import type { WhatIfQuery } from '../gql/graphql'
import { bundleIdOf } from '../map/bundles'
import type { Drawn } from '../map/useDrawn'
import type { Lit } from '../map/MapRenderer'
import type { Scene } from '../map/scene'
import type { Seen } from '../map/levels'
import type { View } from '../lib/view'
import { type Line, type WhatIf, linesOf } from './lines'
import { litOf, overlaid } from './overlay'

/** The change of the recommendation that the view names; nothing is asked where it names none. */
export function useWhatIf(view: View): Answer<WhatIfQuery> {
  const { whatIf } = view
  const variables = useMemo(() => ({ recommendation: whatIf ?? '' }), [whatIf])
  return useDocument(WhatIfDocument, variables, { pause: whatIf === null, policy: 'network-only' })
}

/** The graph with the ends of a change that moved nothing in its window. */
export function useWithEnds<Graph extends Seen>(graph: Graph | null, whatIf: WhatIf | null): Graph | null {
  return useMemo(() => {
    if (!graph || !whatIf) return graph
    const there = new Set(graph.nodes.map((node) => node.id))
    return { ...graph, nodes: [...graph.nodes, ...whatIf.nodes.filter((node) => !there.has(node.id))] }
  }, [graph, whatIf])
}

export interface DrawnChange {
  readonly lines: readonly Line[]
  readonly scene: Scene
  readonly lit: Lit
}

/** A change drawn on the map; null where the view names none or it is not known. */
export function useDrawnChange(whatIf: WhatIf | null, { bundles, scene, endsOf }: Drawn, view: View): DrawnChange | null {
  const { side } = view
  const carriesMore = useCallback((id: string, shifts: WhatIf['shifts']) => bundles.some((bundle) => bundle.id === id && bundle.rows.some((row) => !shifts.some((shift) =>
    shift.serverPort === row.serverPort && shift.protocol === row.protocol && shift.sourceZone === row.sourceZone && shift.destinationZone === row.destinationZone
    && bundleIdOf({ ...endsOf(shift), path: shift.path }) === id))), [bundles, endsOf])
  const lines = useMemo(() => (whatIf ? linesOf(whatIf.shifts, endsOf, (id) => carriesMore(id, whatIf.shifts)) : []), [whatIf, endsOf, carriesMore])
  return useMemo(() => (whatIf ? { lines, scene: overlaid(scene, lines, side), lit: litOf(lines) } : null), [whatIf, lines, scene, side])
}
