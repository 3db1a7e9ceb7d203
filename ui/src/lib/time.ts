/** Milliseconds in a minute, the unit that versions fold. */
export const MINUTE_MS = 60_000

/** "10:31 UTC". */
export function formatClock(iso: string): string {
  return `${iso8601(iso).slice(11, 16)} UTC`
}

/** "2026-11-23 10:31 UTC". */
export function formatMoment(iso: string): string {
  const text = iso8601(iso)
  return `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`
}

/** "2026-11-23 10:31:07 UTC". */
export function formatSecond(iso: string): string {
  const text = iso8601(iso)
  return `${text.slice(0, 10)} ${text.slice(11, 19)} UTC`
}

/** "10:31-11:31 UTC", with dates where the ends fall on different days. */
export function formatRange(from: string, to: string): string {
  const [a, b] = [iso8601(from), iso8601(to)]
  const sameDay = a.slice(0, 10) === b.slice(0, 10)
  const left = sameDay ? a.slice(11, 16) : `${a.slice(0, 10)} ${a.slice(11, 16)}`
  const right = sameDay ? b.slice(11, 16) : `${b.slice(0, 10)} ${b.slice(11, 16)}`
  return `${left} to ${right} UTC`
}

/** A range beside another one: with its date where the other is of another day. */
export function formatRangeBeside(from: string, to: string, other: string): string {
  const text = formatRange(from, to)
  const dated = text.startsWith(iso8601(from).slice(0, 10))
  return dated || iso8601(from).slice(0, 10) === iso8601(other).slice(0, 10) ? text : `${iso8601(from).slice(0, 10)} ${text}`
}

/** "42 s", "7 min", "3 h 5 min", "2 d 4 h". */
export function formatDuration(seconds: number): string {
  if (seconds < 0) return `-${formatDuration(-seconds)}`
  if (seconds < 120) return `${Math.round(seconds)} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 120) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** RFC 3339 in UTC without fractions, as the API writes it. */
export function toIso(millis: number): string {
  return `${new Date(millis).toISOString().slice(0, 19)}Z`
}

export function shift(iso: string, millis: number): string {
  return toIso(Date.parse(iso) + millis)
}

function iso8601(iso: string): string {
  return new Date(iso).toISOString()
}
