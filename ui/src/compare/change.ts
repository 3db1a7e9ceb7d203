import type { ChangeKind } from '../gql/graphql'
import { parseDecimal } from '../lib/decimal'
import { type MoneyValue, formatMoney } from '../lib/money'
import { formatBytes, toBytes } from '../lib/bytes'

/** A mark that tells a change without colour, and its word. */
export const CHANGES: Record<ChangeKind, { readonly mark: string; readonly word: string; readonly kind: string }> = {
  NEW: { mark: '+', word: 'new', kind: 'new' },
  GONE: { mark: '−', word: 'gone', kind: 'gone' },
  CHANGED: { mark: '±', word: 'changed', kind: 'changed' },
}

/** Money with its sign, also for an increase: "+$1.20". */
export function signedMoney(money: MoneyValue): string {
  const text = formatMoney(money)
  return parseDecimal(money.amount).units > 0n && !text.startsWith('<') ? `+${text}` : text
}

/** Bytes with their sign, also for an increase: "+1.2 GiB". */
export function signedBytes(bytes: number | string): string {
  return toBytes(bytes) > 0n ? `+${formatBytes(bytes)}` : formatBytes(bytes)
}

/** "up", "down" or "same": for the colour beside the sign. */
export function directionOf(amount: string): 'up' | 'down' | 'same' {
  const { units } = parseDecimal(amount)
  return units > 0n ? 'up' : units < 0n ? 'down' : 'same'
}
