import { type Decimal, floorTo, magnitude, parseDecimal, roundTo, toText } from './decimal'

/** An exact amount as the API sends it. */
export interface MoneyValue {
  readonly amount: string
  readonly currency: string
}

const SIGNS: Record<string, string> = { USD: '$', EUR: '€', GBP: '£', JPY: '¥' }
const SIGNIFICANT = 4
const SMALLEST_SHOWN = -6

/** For people, with at most 4 significant digits, and cents where there are dollars: "$7.73", "$232", "$0.004219", "$12.35k", "< $0.000001". */
export function formatMoney(money: MoneyValue): string {
  const exact = parseDecimal(money.amount)
  const negative = exact.units < 0n
  const size = negative ? { ...exact, units: -exact.units } : exact
  const sign = negative ? '-' : ''
  if (size.units === 0n) return withCurrency('0', money.currency)
  if (magnitude(size) < SMALLEST_SHOWN) {
    return `${negative ? '> -' : '< '}${withCurrency('0.000001', money.currency)}`
  }
  return sign + withCurrency(significant(size), money.currency)
}

/** The exact amount with its currency, for titles. */
export function formatExactMoney(money: MoneyValue): string {
  return `${toText(parseDecimal(money.amount))} ${money.currency}`
}

/** True of an amount that is exactly nothing, which is shown without decimals. */
export function isNothing(amount: string): boolean {
  return parseDecimal(amount).units === 0n
}

/** A number of the given currency: "$1.2", "1.2 CHF". */
export function withCurrency(number: string, currency: string): string {
  const sign = SIGNS[currency]
  return sign === undefined ? `${number} ${currency}` : `${sign}${number}`
}

/** Decimals at which an amount shows 4 significant digits, between 2 and 12. */
export function decimalsFor(amount: Decimal): number {
  return Math.min(12, Math.max(2, SIGNIFICANT - 1 - magnitude(amount)))
}

/** Fixed decimals: units of 10^-digits as text, "1234" at 3 -> "1.234". */
export function fixed(units: bigint, digits: number): string {
  const negative = units < 0n
  const text = String(negative ? -units : units).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  const fraction = text.slice(text.length - digits)
  return `${negative ? '-' : ''}${whole}${digits === 0 ? '' : `.${fraction}`}`
}

/**
 * Rounds amounts to `digits` decimals so that the shown lines add up to the shown total:
 * each is floored, then the units still missing go to the largest remainders.
 */
export function roundTogether(amounts: readonly Decimal[], total: Decimal, digits: number): string[] {
  const floors = amounts.map((amount) => floorTo(amount, digits))
  let missing = roundTo(total, digits) - floors.reduce((a, b) => a + b, 0n)
  const byRemainder = amounts
    .map((amount, index) => ({ index, remainder: remainderOf(amount, digits) }))
    .toSorted((a, b) => b.remainder - a.remainder || a.index - b.index)
  for (const { index } of byRemainder) {
    if (missing <= 0n) break
    floors[index] = (floors[index] ?? 0n) + 1n
    missing--
  }
  return floors.map((units) => fixed(units, digits))
}

/** What flooring cut off, as a share of the last unit, 0 to 1: only for ordering. */
function remainderOf(amount: Decimal, digits: number): number {
  if (digits >= amount.scale) return 0
  const divisor = 10n ** BigInt(amount.scale - digits)
  const rest = ((amount.units % divisor) + divisor) % divisor
  return Number((rest * 1_000_000_000n) / divisor) / 1e9
}

function significant(size: Decimal): string {
  const order = magnitude(size)
  if (order >= 4) return compact(size, order)
  const digits = order >= 2 ? 0 : order >= 0 ? 2 : SIGNIFICANT - 1 - order
  const rounded = { units: roundTo(size, digits), scale: digits }
  // 99.996 rounds to 100.00, which needs no decimals.
  if (magnitude(rounded) > order) return significant(rounded)
  const text = fixed(rounded.units, digits)
  return digits === 0 ? BigInt(text).toLocaleString('en-US') : trimTo(text, Math.min(2, digits))
}

/** Drops zeros at the end but keeps at least `least` decimals. */
function trimTo(text: string, least: number): string {
  const point = text.indexOf('.')
  let end = text.length
  while (end - point - 1 > least && text[end - 1] === '0') end--
  return text.slice(0, end)
}

function compact(size: Decimal, order: number): string {
  const [suffix, power] = order >= 9 ? (['B', 9] as const) : order >= 6 ? (['M', 6] as const) : (['k', 3] as const)
  const scaled = { units: size.units, scale: size.scale + power }
  const digits = Math.max(0, SIGNIFICANT - 1 - magnitude(scaled))
  return `${fixed(roundTo(scaled, digits), digits)}${suffix}`
}
