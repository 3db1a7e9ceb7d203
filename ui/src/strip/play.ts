import { MINUTE_MS, shift } from '../lib/time'
import { LIVE, type View } from '../lib/view'
import type { Range } from '../lib/window'

/** Minutes that the window moves in a second. */
export const PACES = [1, 5, 15] as const
export type Pace = (typeof PACES)[number]

/** Where playing begins: where the view is in the past, or with the strip where it is live. */
export function begun(view: View, range: Range, strip: Range): Partial<View> {
  if (view.to !== null) return {}
  const length = Date.parse(range.to) - Date.parse(range.from)
  const shown = Date.parse(strip.to) - Date.parse(strip.from)
  // A window that is longer than all that is known is played from its first minute on.
  const to = shift(strip.from, length > shown ? MINUTE_MS : Math.min(length, shown / 2))
  return { to, from: view.from === null ? null : shift(to, -length) }
}

/** The next picture: the window some minutes later; null once that is now, where playing stops and live follows. */
export function played(view: View, range: Range, newest: string, minutes: number): Partial<View> | null {
  const to = shift(range.to, minutes * MINUTE_MS)
  if (Date.parse(to) >= Date.parse(newest)) return null
  return { to, from: view.from === null ? null : shift(range.from, minutes * MINUTE_MS) }
}

/** The end of playing: the newest minute, followed live; a version that is pinned stays pinned. */
export function ended(view: View): Partial<View> {
  return { ...LIVE, version: view.version }
}
