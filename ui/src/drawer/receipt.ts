import { type Decimal, compare, parseDecimal, roundTo, sum, toText } from '../lib/decimal'
import { type MoneyValue, decimalsFor, fixed, roundTogether } from '../lib/money'

interface Line {
  readonly amount: MoneyValue
}

export interface Receipt {
  /** Shown amounts of the lines, in their order; they add up to `total`. */
  readonly amounts: readonly string[]
  readonly total: string
  readonly exactTotal: string
  /** What the lines miss of, or exceed, the transfer's cost, exactly; null where they agree. */
  readonly difference: string | null
}

/**
 * Adds the lines exactly and compares with the transfer's cost. Null where the lines are in
 * different currencies: those have no sum.
 */
export function addReceipt(lines: readonly Line[], cost: MoneyValue): Receipt | null {
  if (lines.some((line) => line.amount.currency !== cost.currency)) return null
  const exact = lines.map((line) => parseDecimal(line.amount.amount))
  const total = sum(exact)
  const digits = decimalsFor(total)
  return {
    amounts: roundTogether(exact, total, digits),
    total: fixed(roundTo(total, digits), digits),
    exactTotal: toText(total),
    difference: difference(parseDecimal(cost.amount), total),
  }
}

function difference(cost: Decimal, total: Decimal): string | null {
  if (compare(cost, total) === 0) return null
  return toText(sum([total, { units: -cost.units, scale: cost.scale }]))
}
