import { groupBy } from '../lib/group'
import { type Sums, sumTransfers } from './bundles'
import type { GraphTransfer } from './useGraph'

const ENDS = ['source', 'destination'] as const
type End = (typeof ENDS)[number]

/** One rollout revision of a bundle's end, with what its transfers moved. */
export interface Share extends Sums {
  /** Revision id, '' where it is not known. */
  readonly revision: string
}

/** An end that took part with more than one revision: a rollout lies in the window. */
export interface Rollout {
  readonly end: End
  readonly name: string
  /** By id of the revision. */
  readonly shares: readonly Share[]
}

/** The rollouts that a bundle's transfers show; none where each end has one revision at most. */
export function rolloutsOf(rows: readonly GraphTransfer[]): Rollout[] {
  return ENDS.flatMap((end) => {
    const groups = groupBy(rows, (row) => revisionOf(row, end))
    if ([...groups.keys()].filter((revision) => revision !== '').length < 2) return []
    const shares = [...groups].map(([revision, some]) => ({ revision, ...sumTransfers(some) })).toSorted((a, b) => (a.revision < b.revision ? -1 : 1))
    return [{ end, name: rows[0]?.[`${end}Name`] ?? '', shares }]
  })
}

/** Ids of the nodes that took part with more than one revision. */
export function rolledOut(rows: readonly GraphTransfer[]): ReadonlySet<string> {
  const seen = new Map<string, string>()
  const several = new Set<string>()
  for (const row of rows) {
    for (const end of ENDS) {
      const revision = revisionOf(row, end)
      if (revision === '') continue
      const before = seen.get(row[end])
      if (before !== undefined && before !== revision) several.add(row[end])
      seen.set(row[end], revision)
    }
  }
  return several
}

/** "c93697a0ff" of "shop/Deployment/catalog@c93697a0ff": the part that tells revisions of one workload apart. */
export function shortRevision(revision: string): string {
  return revision.slice(revision.lastIndexOf('@') + 1)
}

function revisionOf(row: GraphTransfer, end: End): string {
  return end === 'source' ? row.sourceRevision : row.destinationRevision
}
