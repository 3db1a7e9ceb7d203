import { toBytes } from '../lib/bytes'
import { type Decimal, ZERO, add, compare, parseDecimal } from '../lib/decimal'
import { type PathClass, pathClass } from '../lib/paths'
import type { GraphTransfer } from './useGraph'

export interface LegendLine {
  readonly path: PathClass
  readonly transfers: number
  readonly bytes: bigint
  readonly cost: Decimal
}

/** Sums of the drawn transfers per path class, costliest first. */
export function legendLines(transfers: readonly GraphTransfer[]): LegendLine[] {
  const lines = new Map<string, LegendLine>()
  for (const row of transfers) {
    const path = pathClass(row.path)
    const line = lines.get(path.id) ?? { path, transfers: 0, bytes: 0n, cost: ZERO }
    lines.set(path.id, {
      path,
      transfers: line.transfers + 1,
      bytes: line.bytes + toBytes(row.bytes),
      cost: add(line.cost, parseDecimal(row.cost.amount)),
    })
  }
  return [...lines.values()].toSorted((a, b) => compare(b.cost, a.cost) || (a.bytes < b.bytes ? 1 : a.bytes > b.bytes ? -1 : 0))
}
