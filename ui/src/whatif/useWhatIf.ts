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
import type { KeepOf } from '../map/inZones'
import { endsOfFolded, foldLines } from './fold'
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
  /** Those of them that are not drawn, and the nodes that are not: told on the screen. */
  readonly folded: { readonly lines: readonly Line[]; readonly nodes: number }
  readonly scene: Scene
  readonly lit: Lit
}

/** Zones fold what is large, unless a person wants more. */
function foldsChange({ zones, more }: View): boolean {
  return zones && !more
}

/** The nodes that zones keep to while they fold a change. */
export function useKeepOf(whatIf: WhatIf | null, view: View): KeepOf {
  const folds = foldsChange(view)
  return useCallback((endsOf) => (whatIf && folds ? endsOfFolded(whatIf.shifts, endsOf) : null), [whatIf, folds])
}

/** A change drawn on the map; null where the view names none or it is not known. */
export function useDrawnChange(whatIf: WhatIf | null, { bundles, scene, endsOf, leftOut }: Drawn, view: View): DrawnChange | null {
  const { side } = view
  const carriesMore = useCallback((id: string, shifts: WhatIf['shifts']) => bundles.some((bundle) => bundle.id === id && bundle.rows.some((row) => !shifts.some((shift) =>
    shift.serverPort === row.serverPort && shift.protocol === row.protocol && shift.sourceZone === row.sourceZone && shift.destinationZone === row.destinationZone
    && bundleIdOf({ ...endsOf(shift), path: shift.path }) === id))), [bundles, endsOf])
  const lines = useMemo(() => (whatIf ? linesOf(whatIf.shifts, endsOf, (id) => carriesMore(id, whatIf.shifts)) : []), [whatIf, endsOf, carriesMore])
  const folds = foldsChange(view)
  return useMemo(() => {
    if (!whatIf) return null
    const { drawn, rest } = folds ? foldLines(lines) : { drawn: lines, rest: [] }
    return { lines, folded: { lines: rest, nodes: leftOut }, scene: overlaid(scene, drawn, side), lit: litOf(drawn) }
  }, [whatIf, lines, scene, side, folds, leftOut])
}
