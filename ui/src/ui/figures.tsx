import type { ReactNode } from 'react'
import { type WireBytes, formatBytes, formatExactBytes } from '../lib/bytes'
import { type MoneyValue, formatExactMoney, formatMoney } from '../lib/money'
import { formatClock, formatTimeOfDay, formatMoment, formatRange, formatSecond } from '../lib/time'

/** Bytes in binary units, exact on hover; null is "not known". */
export function Bytes({ of }: { readonly of: WireBytes | bigint | null | undefined }): ReactNode {
  if (of === null || of === undefined) return <NotKnown />
  return <span className="figure" title={formatExactBytes(of)}>{formatBytes(of)}</span>
}

/** Money with at most 4 significant digits, exact on hover. */
export function Money({ of }: { readonly of: MoneyValue }): ReactNode {
  return <span className="figure" title={formatExactMoney(of)}>{formatMoney(of)}</span>
}

export function Clock({ of }: { readonly of: string }): ReactNode {
  return <time dateTime={of} title={formatSecond(of, 'UTC')}>{formatClock(of)}</time>
}

export function Moment({ of }: { readonly of: string | null | undefined }): ReactNode {
  if (!of) return <NotKnown />
  return <time dateTime={of} title={formatSecond(of, 'UTC')}>{formatMoment(of)}</time>
}

/** To the second. */
export function Second({ of }: { readonly of: string }): ReactNode {
  return <time dateTime={of} title={formatSecond(of, 'UTC')}>{formatSecond(of)}</time>
}

/** To the second, without day and zone: for rows below a heading that tells both. */
export function TimeOfDay({ of }: { readonly of: string }): ReactNode {
  return <time dateTime={of} title={formatSecond(of, 'UTC')}>{formatTimeOfDay(of)}</time>
}

/** From when to when, in UTC on hover. */
export function TimeRange({ from, to }: { readonly from: string; readonly to: string }): ReactNode {
  return <span className="range-of-time" title={formatRange(from, to, 'UTC')}>{formatRange(from, to)}</span>
}

export function NotKnown(): ReactNode {
  return <span className="quiet">not known</span>
}
