import { type ReactNode, useMemo } from 'react'
import { formatCount, plural } from '../lib/bytes'
import { groupBy } from '../lib/group'
import { REACHES, reachOf } from '../map/inZones'
import { Money } from '../ui/figures'
import { type Shift, type WhatIf, monthlyOf, monthlyOfShifts } from './lines'
import type { DrawnChange } from './useWhatIf'

interface Props {
  readonly whatIf: WhatIf
  /** What is not drawn, null while nothing is. */
  readonly folded: DrawnChange['folded'] | null
  /** True where a person asked for every line. */
  readonly drawsAll: boolean
  readonly onDrawAll: (all: boolean) => void
}

/** What a change moves across the boxes that are drawn: money a month by how far the bytes go, before and after. */
export function ReachesChange({ whatIf: { shifts, rest, recommendation }, folded, drawsAll, onDrawAll }: Props): ReactNode {
  const groups = useMemo(() => groupBy(shifts, reachOf), [shifts])
  const { currency } = recommendation.monthly
  const of = (some: readonly Shift[]): ReactNode => (
    <>
      <td className="numeric"><Money of={monthlyOfShifts(some, 'before', currency)} /></td>
      <td className="numeric"><Money of={monthlyOfShifts(some, 'after', currency)} /></td>
    </>
  )
  if (shifts.length === 0) return null
  return (
    <section className="reaches change" aria-label="What changes across zones and regions">
      <table className="table small">
        <caption className="quiet">What would change, money a month{rest.shifts > 0 && `, without ${formatCount(rest.shifts)} smaller transfers`}</caption>
        <thead><tr><th scope="col">How far</th><th scope="col" className="numeric">Before</th><th scope="col" className="numeric">After</th></tr></thead>
        <tbody>{REACHES.filter(([reach]) => groups.has(reach)).map(([reach, label]) => <tr key={reach} className={reach === 'zones' || reach === 'regions' ? 'crossing' : undefined}><th scope="row">{label}</th>{of(groups.get(reach) ?? [])}</tr>)}</tbody>
      </table>
      {folded && folded.lines.length > 0 && (
        <p className="quiet small">
          {plural(folded.lines.length, 'smaller line')} not drawn: <Money of={monthlyOf(folded.lines, 'before', currency)} /> → <Money of={monthlyOf(folded.lines, 'after', currency)} /> a month
          {folded.nodes > 0 && `, nor ${plural(folded.nodes, 'node')} that the drawn ones do not join`}.{' '}
          <button type="button" className="link" onClick={() => onDrawAll(true)}>Draw all</button>
        </p>
      )}
      {drawsAll && <p className="small"><button type="button" className="link" onClick={() => onDrawAll(false)}>Draw the dearest only</button></p>}
    </section>
  )
}
