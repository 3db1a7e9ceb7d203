import { MINUTE_MS, shift } from './time'
import { type Against, SPAN_MINUTES, type View } from './view'

/** A window with both ends named, as every question to the API carries it. */
export interface Range {
  readonly from: string
  readonly to: string
}

/** The window of a view; `newest` is the end of the newest folded minute. */
export function rangeOf(view: View, newest: string): Range {
  const to = view.to ?? newest
  return { from: view.from ?? shift(to, -SPAN_MINUTES[view.span] * MINUTE_MS), to }
}

/** The window that a view's Compare screen holds its own against: as long, and earlier. */
export function earlierOf(range: Range, against: Against): Range {
  const back = against === 'prev' ? Date.parse(range.to) - Date.parse(range.from) : AGAINST_MINUTES[against] * MINUTE_MS
  return { from: shift(range.from, -back), to: shift(range.to, -back) }
}

const AGAINST_MINUTES: Record<Exclude<Against, 'prev'>, number> = { '1h': 60, '1d': 1440, '7d': 10_080 }

/** The strip below shows four windows, at least 2 hours and at most 2 days, with the window inside it. */
export function stripRange(range: Range, newest: string): Range {
  const length = Date.parse(range.to) - Date.parse(range.from)
  const shown = Math.min(Math.max(4 * length, 120 * MINUTE_MS, length), 2 * 1440 * MINUTE_MS)
  const latest = Date.parse(newest)
  const end = Math.min(latest, Math.max(Date.parse(range.to) + shown / 2, Date.parse(range.from) + shown))
  const to = shift(new Date(Math.max(end, Date.parse(range.to))).toISOString(), 0)
  return { from: shift(to, -shown), to }
}

/** Lengths of the strip over a store that is younger than it, in minutes: few, so that the strip is not drawn anew each minute. */
const YOUNG_MINUTES = [10, 15, 30, 60, 120, 240, 480, 960] as const

/** The strip without the time before the first minute that is known in it, null for none: half of it at least holds something. */
export function youngStrip(strip: Range, first: string | null, range: Range): Range {
  if (first === null || Date.parse(first) >= Date.parse(range.to)) return strip
  const to = Date.parse(strip.to)
  const known = (to - Date.parse(first)) / MINUTE_MS
  const length = YOUNG_MINUTES.find((minutes) => minutes >= known)
  const from = to - (length ?? Infinity) * MINUTE_MS
  return from > Date.parse(strip.from) ? { from: shift(strip.to, from - to), to: strip.to } : strip
}

/** One window back (-1) or forward (1); null where forward reaches the newest minute: that is live. */
export function stepWindow(range: Range, newest: string, direction: -1 | 1): Range | null {
  const length = Date.parse(range.to) - Date.parse(range.from)
  const to = shift(range.to, direction * length)
  if (Date.parse(to) >= Date.parse(newest)) return null
  return { from: shift(range.from, direction * length), to }
}
