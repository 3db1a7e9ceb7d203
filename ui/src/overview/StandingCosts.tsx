import type { ReactNode } from 'react'
import { displayName } from '../lib/name'
import { Bytes, Money } from '../ui/figures'
import { Name } from '../ui/Name'
import type { Standing } from './useOverview'

/** What costs by the hour whatever moves: it ends when it is deleted, not when the bytes move away. */
export function StandingCosts({ rows }: { readonly rows: readonly Standing[] }): ReactNode {
  if (rows.length === 0) return null
  return (
    <section className="panel" aria-label="Costs by the hour">
      <h2>Costs by the hour</h2>
      <ol className="movers standing">
        {rows.map((row) => (
          <li key={`${row.name}|${row.code}`}>
            <Name of={row.name} longest={40} />
            <b className="figure">{row.unpricedReason === '' ? <Money of={row.cost} /> : <span title={displayName(row.unpricedReason, 120)}>no price</span>}</b>
            <span className="quiet">{displayName(row.code, 48)}</span>
            <span className="figure quiet"><Bytes of={row.bytes} /></span>
          </li>
        ))}
      </ol>
    </section>
  )
}
