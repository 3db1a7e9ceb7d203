import { type ReactNode, useMemo } from 'react'
import { formatCount } from '../lib/bytes'
import { groupBy } from '../lib/group'
import { REACHES, reachOf } from '../map/inZones'
import { Money } from '../ui/figures'
import { type Shift, type WhatIf, monthlyOfShifts } from './lines'

/** What a change moves across the boxes that are drawn: money a month by how far the bytes go, before and after. */
export function ReachesChange({ whatIf: { shifts, rest, recommendation } }: { readonly whatIf: WhatIf }): ReactNode {
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
    <section className="reaches" aria-label="What changes across zones and regions">
      <table className="table small">
        <caption className="quiet">What would change, money a month{rest.shifts > 0 && `, without ${formatCount(rest.shifts)} smaller transfers`}</caption>
        <thead><tr><th scope="col">How far</th><th scope="col" className="numeric">Before</th><th scope="col" className="numeric">After</th></tr></thead>
        <tbody>{REACHES.filter(([reach]) => groups.has(reach)).map(([reach, label]) => <tr key={reach} className={reach === 'zones' || reach === 'regions' ? 'crossing' : undefined}><th scope="row">{label}</th>{of(groups.get(reach) ?? [])}</tr>)}</tbody>
      </table>
    </section>
  )
}
