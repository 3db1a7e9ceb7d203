import { MINUTE_MS, shift } from '../lib/time'
import type { Range } from '../lib/window'

/** Minutes before an incident began that show what was usual, and minutes after its end that show it is over. */
const BEFORE = 30
const AFTER = 15
/** Of an incident that lasts for days, the picture shows how it began. */
const MOST = 240

/** The minutes that a picture of an incident shows; `newest` is the end of the newest folded minute. */
export function around(since: string, until: string | null, newest: string): Range {
  const began = Date.parse(since)
  const latest = Math.max(Date.parse(newest), began + MINUTE_MS)
  const ended = until === null ? latest : Date.parse(until) + AFTER * MINUTE_MS
  const to = Math.min(ended, latest, began + MOST * MINUTE_MS)
  return { from: shift(since, -BEFORE * MINUTE_MS), to: shift(since, to - began) }
}

/** Without the time before the first minute that is known; a young store knows less than the half hour. */
export function known(span: Range, first: string | undefined, since: string): Range {
  return first !== undefined && first > span.from && first <= since ? { ...span, from: first } : span
}

/** A sum over some minutes, for each of them; null where it is not known of how many. For a drawing, which is no bill. */
export function aMinute(sum: string, minutes: number | null): number | null {
  return minutes === null || minutes === 0 ? null : Number(sum) / minutes
}
