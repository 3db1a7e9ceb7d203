import { type Decimal, floorTo, parseDecimal, toText } from '../lib/decimal'
import type { MoneyValue } from '../lib/money'

/** Minutes in a day, and in a month of 30 days: how pace is commonly told. */
export const DAY_MINUTES = 1440
export const MONTH_MINUTES = 30 * DAY_MINUTES

const DIGITS = 12

/** What would be spent in `minutes` at the pace of a window; null where none of its minutes is known. */
export function atPace(cost: MoneyValue, knownMinutes: number, minutes: number): MoneyValue | null {
  if (knownMinutes <= 0) return null
  const { units, scale } = parseDecimal(cost.amount)
  const scaled: Decimal = { units: units * BigInt(minutes), scale }
  return { amount: toText({ units: floorTo(scaled, DIGITS) / BigInt(knownMinutes), scale: DIGITS }), currency: cost.currency }
}

/** One amount as a share of another between 0 and 1, for the length of a bar. */
export function barLength(part: string, whole: string): number {
  const [a, b] = [Number(part), Number(whole)]
  return b > 0 && a > 0 ? Math.min(1, a / b) : 0
}
