import type { ReactNode } from 'react'
import { formatCount } from '../lib/bytes'
import { formatExactMoney } from '../lib/money'
import { Bytes, Money } from '../ui/figures'
import { directionOf, signedBytes, signedMoney } from './change'
import type { Diff, DiffSum } from './useDiff'

/** The change in one sentence of figures, and its parts, which add up to it. */
export function Summary({ diff }: { readonly diff: Diff }): ReactNode {
  const { total, appeared, disappeared, changed, unchanged } = diff
  return (
    <div className="cards">
      <section className="card wide" aria-label="Change of the total">
        <b className={`big figure ${directionOf(total.costChange.amount)}`} title={formatExactMoney(total.costChange)}>{signedMoney(total.costChange)}</b>
        <span><Money of={total.before.cost} /> before, <Money of={total.after.cost} /> after</span>
        <span className="quiet">{signedBytes(total.bytesChange)}: <Bytes of={total.before.bytes} /> before, <Bytes of={total.after.bytes} /> after</span>
      </section>
      <Part label="New" of={appeared} />
      <Part label="Gone" of={disappeared} />
      <Part label="Changed" of={changed} />
      <Part label="The same" of={unchanged} />
    </div>
  )
}

function Part({ label, of }: { readonly label: string; readonly of: DiffSum }): ReactNode {
  return (
    <section className="card" aria-label={label}>
      <span>{label} <span className="quiet">{formatCount(of.rows)}</span></span>
      <b className={`figure ${directionOf(of.costChange.amount)}`} title={formatExactMoney(of.costChange)}>{signedMoney(of.costChange)}</b>
      <span className="quiet">{signedBytes(of.bytesChange)}</span>
    </section>
  )
}
