import { MINUTE_MS, shift } from '../lib/time'

interface KnownWindow { readonly to: string; readonly foldedMinutes: number | null }

export interface Halves {
  readonly minutes: number
  /** The newer half; the window before it is the older. */
  readonly range: { readonly from: string; readonly to: string }
}

/**
 * The newest half of what is known, where nothing is known of the window before: a system that is minutes old can be
 * compared with itself. Null where the window before is known, or there are fewer than two minutes.
 */
export function halvesOf(before: Pick<KnownWindow, 'foldedMinutes'>, after: KnownWindow): Halves | null {
  const minutes = Math.floor((after.foldedMinutes ?? 0) / 2)
  if (before.foldedMinutes !== 0 || minutes === 0) return null
  return { minutes, range: { from: shift(after.to, -minutes * MINUTE_MS), to: after.to } }
}
