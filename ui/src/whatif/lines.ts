import type { WhatIfQuery } from '../gql/graphql'
import { toBytes } from '../lib/bytes'
import { bundleId } from '../lib/bundleId'
import { compare, parseDecimal, sum, toText } from '../lib/decimal'
import { groupBy } from '../lib/group'
import type { MoneyValue } from '../lib/money'
import { type PathClass, pathClass } from '../lib/paths'
import type { DrawnEnds } from '../map/inZones'

export type WhatIf = NonNullable<WhatIfQuery['whatIf']>
export type Shift = WhatIf['shifts'][number]

/** What goes by a line before a change or after it: over 30 days, exactly. */
export interface Carried {
  /** Over the observed minutes. */
  readonly bytes: bigint
  readonly monthly: MoneyValue
}

/** A line that the change ends, makes, or makes carry more or less. */
export type Change = 'ends' | 'begins' | 'changes'

/** All shifts from one drawn node to another by one class of ways: one line of the map. */
export interface Line {
  readonly id: string
  readonly source: string
  readonly destination: string
  readonly sourceName: string
  readonly destinationName: string
  readonly path: PathClass
  /** Null where nothing that is concerned goes by it. */
  readonly before: Carried | null
  readonly after: Carried | null
  readonly change: Change
  readonly shifts: readonly Shift[]
}

/** Folds shifts into lines, the dearest first. `endsOf` names the drawn nodes of each; `carriesMore` tells whether a line carries anything else, too. */
export function linesOf(shifts: readonly Shift[], endsOf: (shift: Shift) => DrawnEnds, carriesMore: (line: string) => boolean): Line[] {
  const placed = shifts.map((shift) => ({ shift, ...endsOf(shift), path: pathClass(shift.path) }))
  const idOf = ({ source, destination, path }: (typeof placed)[number]): string => bundleId({ path: path.id, source, destination })
  return [...groupBy(placed, idOf)].flatMap(([id, rows]): Line[] => {
    const [first] = rows
    if (!first) return []
    const own = rows.map(({ shift }) => shift)
    const [before, after] = [carried(own.map((shift) => shift.before)), carried(own.map((shift) => shift.after))]
    const lasts = own.some((shift) => shift.joins) || carriesMore(id)
    const change: Change = lasts || (before && after) ? 'changes' : before ? 'ends' : 'begins'
    const { source, destination, sourceIn, destinationIn, path } = first
    return [{ id, source, destination, sourceName: named(first.shift.sourceName, sourceIn), destinationName: named(first.shift.destinationName, destinationIn), path, before, after, change, shifts: own }]
  }).toSorted((a, b) => compare(weight(b), weight(a)) || (a.id < b.id ? -1 : 1))
}

/** A node of which only the part in one place is meant says so. */
function named(name: string, place: string): string {
  return place === '' ? name : `${name} in ${place}`
}

/** What is moved between one node and another, by whichever ways: what the table puts side by side. */
export interface Pair {
  readonly id: string
  readonly source: string
  readonly destination: string
  readonly sourceName: string
  readonly destinationName: string
  readonly before: readonly Line[]
  readonly after: readonly Line[]
}

export function pairsOf(lines: readonly Line[]): Pair[] {
  return [...groupBy(lines, (line) => `${line.source}\n${line.destination}`)].flatMap(([id, rows]): Pair[] => {
    const [first] = rows
    if (!first) return []
    const { source, destination, sourceName, destinationName } = first
    return [{ id, source, destination, sourceName, destinationName, before: rows.filter((line) => line.before), after: rows.filter((line) => line.after) }]
  })
}

/** The money of a month of some lines on one side, exactly. */
export function monthlyOf(lines: readonly Line[], side: 'before' | 'after', currency: string): MoneyValue {
  return { amount: toText(sum(lines.flatMap((line) => (line[side] ? [parseDecimal(line[side].monthly.amount)] : [])))), currency }
}

/** The same of shifts as they are. */
export function monthlyOfShifts(shifts: readonly Shift[], side: 'before' | 'after', currency: string): MoneyValue {
  return { amount: toText(sum(shifts.flatMap((shift) => (shift[side] ? [parseDecimal(shift[side].monthly.amount)] : [])))), currency }
}

function carried(sides: readonly Shift['before'][]): Carried | null {
  const there = sides.filter((side): side is NonNullable<Shift['before']> => side !== null && side !== undefined)
  const [first] = there
  if (!first) return null
  return {
    bytes: there.reduce((total, side) => total + toBytes(side.bytes), 0n),
    monthly: { amount: toText(sum(there.map((side) => parseDecimal(side.monthly.amount)))), currency: first.monthly.currency },
  }
}

function weight({ before, after }: Line): ReturnType<typeof sum> {
  return sum([before, after].flatMap((side) => (side ? [parseDecimal(side.monthly.amount)] : [])))
}
