/** Milliseconds in a minute, the unit that versions fold. */
export const MINUTE_MS = 60_000

/** The zone that times are shown in: the person's own. */
export const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

/** "10:31 CET". */
export function formatClock(iso: string, zone = ZONE): string {
  const { time, name } = parts(iso, zone)
  return `${time} ${name}`
}

/** "2026-11-23 10:31 CET". */
export function formatMoment(iso: string, zone = ZONE): string {
  const { date, time, name } = parts(iso, zone)
  return `${date} ${time} ${name}`
}

/** "2026-11-23 10:31:07 CET". */
export function formatSecond(iso: string, zone = ZONE): string {
  const { date, time, second, name } = parts(iso, zone)
  return `${date} ${time}:${second} ${name}`
}

/** "10:31:07", in the zone that `zoneName` tells. */
export function formatTimeOfDay(iso: string, zone = ZONE): string {
  const { time, second } = parts(iso, zone)
  return `${time}:${second}`
}

/** What the clock of a moment is called: "CET". */
export function zoneName(iso: string, zone = ZONE): string {
  return parts(iso, zone).name
}

/** "10:31 to 11:31 CET", with dates where the ends fall on different days, and both zones where a clock is changed between. */
export function formatRange(from: string, to: string, zone = ZONE): string {
  const [a, b] = [parts(from, zone), parts(to, zone)]
  const sameDay = a.date === b.date
  const left = `${sameDay ? '' : `${a.date} `}${a.time}${a.name === b.name ? '' : ` ${a.name}`}`
  return `${left} to ${sameDay ? '' : `${b.date} `}${b.time} ${b.name}`
}

/** A range beside another one: with its date where the other is of another day. */
export function formatRangeBeside(from: string, to: string, other: string): string {
  const text = formatRange(from, to)
  const { date } = parts(from, ZONE)
  return text.startsWith(date) || date === parts(other, ZONE).date ? text : `${date} ${text}`
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

interface Parts {
  readonly date: string
  readonly time: string
  readonly second: string
  /** "UTC", "CET", "GMT+5:30". */
  readonly name: string
}

const FORMATS = new Map<string, Intl.DateTimeFormat>()

function parts(iso: string, zone: string): Parts {
  let format = FORMATS.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'short',
    })
    FORMATS.set(zone, format)
  }
  const found = Object.fromEntries(format.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]))
  return { date: `${found['year']}-${found['month']}-${found['day']}`, time: `${found['hour']}:${found['minute']}`, second: found['second'] ?? '', name: found['timeZoneName'] ?? zone }
}
