import { add as addDecimals, type Decimal, parseDecimal, toText } from '../lib/decimal'
import type { MoneyValue } from '../lib/money'

/** One line of a statement that is grouped by who, way and charge code. */
export interface Part {
  readonly group: readonly string[]
  readonly amount: MoneyValue
}

export const OTHERS = '\u0000others'

export interface FlowNode {
  readonly id: string
  /** 0 who, 1 way, 2 charge code. */
  readonly column: number
  readonly value: string
  readonly amount: string
}

export interface FlowLink {
  readonly source: string
  readonly target: string
  readonly amount: string
}

export interface Flow {
  readonly nodes: readonly FlowNode[]
  readonly links: readonly FlowLink[]
}

/**
 * Money from who through which way to which charge code: of each column the costliest few stand for themselves, the
 * others together. Sums are exact: each column adds up to the same total. What is free has no width and is left out.
 */
export function flowOf(parts: readonly Part[], most: readonly [number, number, number]): Flow {
  const paid = parts.filter((part) => Number(part.amount.amount) > 0)
  const kept = [0, 1, 2].map((column) => costliest(paid, column, most[column] ?? 0))
  const nodes = new Map<string, { column: number; value: string; sum: Decimal }>()
  const links = new Map<string, { source: string; target: string; sum: Decimal }>()
  for (const part of paid) {
    const amount = parseDecimal(part.amount.amount)
    const ids = [0, 1, 2].map((column) => {
      const own = part.group[column] ?? ''
      const value = kept[column]?.has(own) ? own : OTHERS
      const id = `${column} ${value}`
      const node = nodes.get(id)
      nodes.set(id, { column, value, sum: node ? addDecimals(node.sum, amount) : amount })
      return id
    })
    for (const column of [0, 1]) {
      const [source = '', target = ''] = [ids[column], ids[column + 1]]
      const key = `${source}\u0001${target}`
      const link = links.get(key)
      links.set(key, { source, target, sum: link ? addDecimals(link.sum, amount) : amount })
    }
  }
  return {
    nodes: [...nodes].map(([id, { column, value, sum }]) => ({ id, column, value, amount: toText(sum) })),
    links: [...links.values()].map(({ source, target, sum }) => ({ source, target, amount: toText(sum) })),
  }
}

function costliest(parts: readonly Part[], column: number, most: number): Set<string> {
  const sums = new Map<string, number>()
  for (const part of parts) {
    const value = part.group[column] ?? ''
    sums.set(value, (sums.get(value) ?? 0) + Number(part.amount.amount))
  }
  // One too many stands for itself: "1 other" says less than its name.
  const ranked = [...sums].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  return new Set(ranked.slice(0, ranked.length === most + 1 ? most + 1 : most).map(([value]) => value))
}
