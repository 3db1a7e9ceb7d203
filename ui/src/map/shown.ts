import type { View } from '../lib/view'
import { type Sums, sumTransfers } from './bundles'
import type { GraphNode, GraphTransfer } from './useGraph'

export interface Shown {
  readonly nodes: readonly GraphNode[]
  readonly transfers: readonly GraphTransfer[]
  /** What the choice of nodes leaves out: always counted, never silent. */
  readonly hidden: Sums & { readonly nodes: number }
}

/** The nodes that a person keeps to, less those that were hidden, and the transfers between them. */
export function shownOf(nodes: readonly GraphNode[], transfers: readonly GraphTransfer[], { only, away }: Pick<View, 'only' | 'away'>, idsOf: (node: GraphNode) => readonly string[]): Shown {
  const [kept, gone] = [new Set(only), new Set(away)]
  const inside = nodes.filter((node) => {
    const ids = idsOf(node)
    return (kept.size === 0 || ids.some((id) => kept.has(id))) && !ids.some((id) => gone.has(id))
  })
  const ids = new Set(inside.map((node) => node.id))
  const drawn = (row: GraphTransfer): boolean => ids.has(row.source) && ids.has(row.destination)
  return { nodes: inside, transfers: transfers.filter(drawn), hidden: { nodes: nodes.length - ids.size, ...sumTransfers(transfers.filter((row) => !drawn(row))) } }
}

/** Ids of the nodes that some nodes exchange bytes with, themselves included, in order. */
export function withNeighbours(ids: readonly string[], transfers: readonly GraphTransfer[]): string[] {
  const [inside, around] = [new Set(ids), new Set(ids)]
  for (const row of transfers) {
    if (inside.has(row.source)) around.add(row.destination)
    if (inside.has(row.destination)) around.add(row.source)
  }
  return [...around].toSorted()
}
