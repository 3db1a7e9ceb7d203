import type { ReactNode } from 'react'
import { formatCount, formatShare } from '../lib/bytes'
import { parseDecimal, roundTo } from '../lib/decimal'
import { formatRange } from '../lib/time'
import { MORE_TRANSFERS, type Measure, type View } from '../lib/view'
import { Bytes, Money } from '../ui/figures'
import type { Graph } from './useGraph'

interface Props {
  readonly graph: Graph
  readonly view: View
  readonly patch: (change: Partial<View>) => void
}

const MEASURES: ReadonlyArray<readonly [Measure, string]> = [['cost', 'Cost'], ['bytes', 'Bytes']]

/** Sums of the window, what is folded away, and how it is drawn. */
export function MapToolbar({ graph, view, patch }: Props): ReactNode {
  const { total, rest, window } = graph
  return (
    <div className="toolbar">
      <p className="sums">
        <span>{formatRange(window.from, window.to)}</span>
        <b><Money of={total.cost} /></b>
        <b><Bytes of={total.bytes} /></b>
        <span>{formatCount(total.transfers)} transfers</span>
        {rest.transfers > 0 && (
          <span className="rest" title="The costliest transfers are drawn; the others are summed here">
            {formatCount(rest.transfers)} not drawn: <Bytes of={rest.bytes} />, <Money of={rest.cost} /> ({shareOf(rest.cost.amount, total.cost.amount)} of cost)
            {!view.more && <button type="button" className="link" onClick={() => patch({ more: true })}>draw up to {formatCount(MORE_TRANSFERS)}</button>}
          </span>
        )}
      </p>
      <fieldset className="segmented">
        <legend>Width</legend>
        {MEASURES.map(([measure, label]) => (
          <button key={measure} type="button" aria-pressed={view.measure === measure} onClick={() => patch({ measure })}>{label}</button>
        ))}
      </fieldset>
      <fieldset className="segmented">
        <legend className="hidden">Shown as</legend>
        <button type="button" aria-pressed={view.mode === 'map'} onClick={() => patch({ mode: 'map' })}>Map</button>
        <button type="button" aria-pressed={view.mode === 'table'} title="The same as a table (t)" onClick={() => patch({ mode: 'table' })}>Table</button>
      </fieldset>
    </div>
  )
}

/** One exact amount as a share of another. */
export function shareOf(part: string, whole: string): string {
  return formatShare(roundTo(parseDecimal(part), 18), roundTo(parseDecimal(whole), 18))
}
