import type { ReactNode } from 'react'
import { formatCount, formatShare } from '../lib/bytes'
import { parseDecimal, roundTo } from '../lib/decimal'
import { formatRange } from '../lib/time'
import { LEVELS, type Level, MORE_TRANSFERS, type Measure, type View } from '../lib/view'
import { ExportButtons } from '../ui/ExportButtons'
import { Bytes, Money } from '../ui/figures'
import { exportedTransfers } from './exported'
import type { Shown } from './shown'
import type { Graph } from './useGraph'

interface Props {
  readonly graph: Graph
  /** What is drawn, and what the choice of nodes leaves out of it. */
  readonly shown: Shown
  readonly view: View
  readonly patch: (change: Partial<View>) => void
}

const MEASURES: ReadonlyArray<readonly [Measure, string]> = [['cost', 'Cost'], ['bytes', 'Bytes']]

const LEVEL_LABELS: Record<Level, string> = { cluster: 'Cluster', namespace: 'Namespace', team: 'Team', workload: 'Workload', deployment: 'Rollout' }

/** Sums of the window, what is folded away, and how it is drawn. */
export function MapToolbar({ graph, shown: { hidden, transfers }, view, patch }: Props): ReactNode {
  const { total, rest, restNodes, window } = graph
  return (
    <div className="toolbar">
      <p className="sums">
        <span>{formatRange(window.from, window.to)}</span>
        <b><Money of={total.cost} /></b>
        <b><Bytes of={total.bytes} /></b>
        <span>{formatCount(total.transfers)} transfers</span>
        <ExportButtons name="map" table={() => exportedTransfers(transfers)} />
        {rest.transfers > 0 && (
          <span className="rest" title="The costliest transfers are drawn; the others are summed here">
            {formatCount(rest.transfers)} not drawn{restNodes > 0 && <>, nor {formatCount(restNodes)} {restNodes === 1 ? 'node' : 'nodes'}</>}: <Bytes of={rest.bytes} />, <Money of={rest.cost} /> ({shareOf(rest.cost.amount, total.cost.amount)} of cost)
            {!view.more && <button type="button" className="link" onClick={() => patch({ more: true })}>draw up to {formatCount(MORE_TRANSFERS)}</button>}
          </span>
        )}
        {hidden.nodes > 0 && (
          <span className="rest">
            {formatCount(hidden.nodes)} {hidden.nodes === 1 ? 'node' : 'nodes'} hidden with {formatCount(hidden.transfers)} transfers: <Bytes of={hidden.bytes} />, <Money of={hidden.cost} /> ({shareOf(hidden.cost.amount, total.cost.amount)} of cost)
            <button type="button" className="link" onClick={() => patch({ only: [], away: [] })}>show all nodes</button>
          </span>
        )}
      </p>
      <fieldset className="segmented">
        <legend>Nodes are</legend>
        {LEVELS.map((level) => (
          <button key={level} type="button" aria-pressed={view.level === level} title="From far to near (< and >)" onClick={() => patch({ level, selection: null })}>{LEVEL_LABELS[level]}</button>
        ))}
      </fieldset>
      <fieldset className="segmented">
        <legend>Placed</legend>
        <button type="button" aria-pressed={!view.zones} title="Where their transfers pull them (z)" onClick={() => patch({ zones: false })}>Freely</button>
        <button type="button" aria-pressed={view.zones} title="In the zones and regions that they run in (z)" onClick={() => patch({ zones: true, selection: null })}>Zones</button>
      </fieldset>
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
