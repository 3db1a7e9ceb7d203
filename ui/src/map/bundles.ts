import { type WireBytes, toBytes } from '../lib/bytes'
import { type BundleKey, bundleId } from '../lib/bundleId'
import { compare, parseDecimal, sum, toText } from '../lib/decimal'
import { groupBy } from '../lib/group'
import type { MoneyValue } from '../lib/money'
import { type PathClass, pathClass } from '../lib/paths'
import type { Measure, Selection } from '../lib/view'
import type { GraphTransfer } from './useGraph'

/** What of a transfer is folded: any question of the API that asks for these fields will do. */
export type Foldable = Pick<GraphTransfer, 'id' | 'source' | 'destination' | 'sourceName' | 'destinationName' | 'path' | 'pathAssumed' | 'bytes' | 'cost'>

/** Exact sums of some transfers. Their costs are in one currency: that of the price book. */
export interface Sums {
  readonly transfers: number
  readonly bytes: bigint
  readonly cost: MoneyValue
}

/** All transfers from one node to another by one class of ways: one line of the map. */
export interface Bundle<Row extends Foldable = GraphTransfer> extends Sums, Omit<BundleKey, 'path'> {
  readonly id: string
  readonly path: PathClass
  readonly sourceName: string
  readonly destinationName: string
  /** Costliest first. */
  readonly rows: readonly Row[]
}

/** Folds transfers into bundles, costliest first; the order of the transfers does not matter. */
export function foldTransfers<Row extends Foldable>(transfers: readonly Row[]): Bundle<Row>[] {
  return [...groupBy(transfers, bundleIdOf)].map(([id, rows]) => bundleOf(id, rows.toSorted(byCost))).toSorted(byCost)
}

export function bundleIdOf({ source, destination, path }: Pick<Foldable, 'source' | 'destination' | 'path'>): string {
  return bundleId({ path: pathClass(path).id, source, destination })
}

/** Exact sums: money in decimals, bytes in whole numbers. */
export function sumTransfers(rows: ReadonlyArray<Pick<Foldable, 'bytes' | 'cost'>>): Sums {
  return {
    transfers: rows.length,
    bytes: rows.reduce((total, row) => total + toBytes(row.bytes), 0n),
    cost: { amount: toText(sum(rows.map((row) => parseDecimal(row.cost.amount)))), currency: rows[0]?.cost.currency ?? 'USD' },
  }
}

/** The chosen measure as a number: for widths, never for sums. */
export function weightOf({ bytes, cost }: Sums, measure: Measure): number {
  return Number(measure === 'cost' ? cost.amount : bytes)
}

/** The bundle that a selection is about: itself, or the one that holds the selected transfer. */
export function selectedBundle(bundles: readonly Bundle[], selection: Selection | null): Bundle | undefined {
  if (selection?.kind === 'bundle') return bundles.find((bundle) => bundle.id === selection.id)
  if (selection?.kind === 'transfer') return bundles.find((bundle) => bundle.rows.some((row) => row.id === selection.id))
  return undefined
}

/** What a click on a line selects: its list, or at once the receipt where the line is a single transfer. */
export function selectionOf(bundle: Bundle<Foldable>): Selection {
  const [only, ...others] = bundle.rows
  return only && others.length === 0 ? { kind: 'transfer', id: only.id } : { kind: 'bundle', id: bundle.id }
}

function bundleOf<Row extends Foldable>(id: string, rows: readonly Row[]): Bundle<Row> {
  const [first] = rows
  if (!first) throw new Error(`bundle ${id} holds no transfer`)
  const { source, destination, sourceName, destinationName } = first
  return { id, path: pathClass(first.path), source, destination, sourceName, destinationName, rows, ...sumTransfers(rows) }
}

interface Ordered {
  readonly id: string
  readonly bytes: bigint | WireBytes
  readonly cost: MoneyValue
}

function byCost(a: Ordered, b: Ordered): number {
  const [left, right] = [BigInt(a.bytes), BigInt(b.bytes)]
  return compare(parseDecimal(b.cost.amount), parseDecimal(a.cost.amount)) || (left < right ? 1 : left > right ? -1 : a.id < b.id ? -1 : 1)
}
