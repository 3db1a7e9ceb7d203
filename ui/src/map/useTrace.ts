import { useMemo } from 'react'
import { DependentsDocument, PathsDocument } from '../api/documents'
import { type Answer, useDocument } from '../api/useDocument'
import type { DependentsQuery, PathsQuery, Window } from '../gql/graphql'
import type { Trace } from '../lib/view'
import type { Bundle } from './bundles'
import type { Lit } from './MapRenderer'

export interface Traced {
  readonly paths: Answer<PathsQuery>
  readonly blast: Answer<DependentsQuery>
  /** What of the map stands out, null while nothing is known. */
  readonly lit: Lit | null
}

type Step = readonly [string, string]

/** The ways between two nodes, or who is hit: the answers, and what they light. `standsFor` names the drawn node of each. */
export function useTrace(trace: Trace | null, window: Window, bundles: readonly Bundle[], standsFor: (id: string) => string): Traced {
  const path = trace?.kind === 'path' ? trace : null
  const of = trace?.kind === 'blast' ? trace.of : null
  const between = useMemo(() => ({ from: path?.from ?? '', to: path?.to ?? '', window }), [path?.from, path?.to, window])
  const around = useMemo(() => ({ id: of ?? '', window }), [of, window])
  const paths = useDocument(PathsDocument, between, { pause: path === null, keep: true })
  const blast = useDocument(DependentsDocument, around, { pause: of === null, keep: true })
  const lit = useMemo(() => {
    if (path) return paths.data && litBy([path.from, path.to], paths.data.paths.paths.flatMap((one) => one.hops.map((hop): Step => [hop.from.id, hop.to.id])), bundles, standsFor)
    if (of === null || !blast.data) return null
    return litBy([of], blast.data.blastRadius.nodes.flatMap((row): Step[] => (row.through ? [[row.node.id, row.through.id], [row.through.id, row.node.id]] : [])), bundles, standsFor)
  }, [path, of, paths.data, blast.data, bundles, standsFor])
  return { paths, blast, lit }
}

function litBy(ends: readonly string[], steps: readonly Step[], bundles: readonly Bundle[], standsFor: (id: string) => string): Lit {
  const wanted = new Set(steps.map(([from, to]) => `${standsFor(from)}\n${standsFor(to)}`))
  return {
    nodes: new Set([...ends, ...steps.flat()].map(standsFor)),
    edges: new Set(bundles.filter((bundle) => wanted.has(`${bundle.source}\n${bundle.destination}`)).map((bundle) => bundle.id)),
  }
}
