import { compare, parseDecimal, sum } from '../lib/decimal'
import { groupBy } from '../lib/group'
import type { DrawnEnds } from '../map/inZones'
import { type Line, type Shift, linesOf } from './lines'

/** In the boxes of zones a node stands once per zone: more lines than these lie on each other. */
export const MOST_LINES = 12

/** The lines of a change that are drawn, and those that are told as sums beside them. */
export interface Folded {
  readonly drawn: readonly Line[]
  readonly rest: readonly Line[]
}

/**
 * The part of a change that reads at a glance: whole pairs of sender and receiver with all their zones, so that what ends is seen
 * beside what takes its place, the dearest pairs first and at least one, as long as there are no more than `most` lines.
 */
export function foldLines(lines: readonly Line[], most = MOST_LINES): Folded {
  if (lines.length <= most) return { drawn: lines, rest: [] }
  const pairs = [...groupBy(lines, pairOf)].toSorted(([a, some], [b, others]) => compare(moneyOf(others), moneyOf(some)) || (a < b ? -1 : 1))
  const kept = new Set<Line>()
  for (const [, some] of pairs) {
    if (kept.size > 0 && kept.size + some.length > most) break
    for (const line of some) kept.add(line)
  }
  return { drawn: lines.filter((line) => kept.has(line)), rest: lines.filter((line) => !kept.has(line)) }
}

/** Ids of the drawn nodes that the drawn lines join; null where all of the change is drawn. */
export function endsOfFolded(shifts: readonly Shift[], endsOf: (shift: Shift) => DrawnEnds): ReadonlySet<string> | null {
  const { drawn, rest } = foldLines(linesOf(shifts, endsOf, () => false))
  return rest.length === 0 ? null : new Set(drawn.flatMap((line) => [line.source, line.destination]))
}

/** The nodes themselves, whatever zones they stand in. */
function pairOf({ shifts: [shift] }: Line): string {
  return `${shift?.source ?? ''}\n${shift?.destination ?? ''}`
}

function moneyOf(lines: readonly Line[]): ReturnType<typeof sum> {
  return sum(lines.flatMap(({ before, after }) => [before, after].flatMap((side) => (side ? [parseDecimal(side.monthly.amount)] : []))))
}
