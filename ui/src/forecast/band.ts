import type { MoneyValue } from '../lib/money'

interface Figures {
  readonly toDate: MoneyValue
  readonly expected: MoneyValue | null | undefined
  readonly low: MoneyValue | null | undefined
  readonly high: MoneyValue | null | undefined
}

/** Where the figures of a month stand on a line from 0 to 1: lengths for drawing, never sums. */
export interface Places {
  readonly toDate: number
  readonly low: number
  readonly expected: number
  readonly high: number
}

/** Places on a line that ends at the highest figure; null where nothing is forecast. */
export function placesOf({ toDate, expected, low, high }: Figures): Places | null {
  if (!expected || !low || !high) return null
  const end = Number(high.amount)
  const at = (money: MoneyValue): number => (end > 0 ? Math.min(1, Math.max(0, Number(money.amount) / end)) : 0)
  return { toDate: at(toDate), low: at(low), expected: at(expected), high: at(high) }
}

/** How much of the month is over, in percent, and its name: "November 2026". */
export function monthOf(from: string, through: string, to: string): { readonly name: string; readonly over: number } {
  const [a, b, c] = [from, through, to].map((moment) => Date.parse(moment)) as [number, number, number]
  return {
    name: new Date(a).toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }),
    over: Math.floor((100 * (b - a)) / (c - a)),
  }
}
