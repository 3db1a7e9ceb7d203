import { type ReactNode, useMemo } from 'react'
import type { EntityKind } from '../gql/graphql'
import { formatBytes } from '../lib/bytes'
import { sum, toText } from '../lib/decimal'
import { type MoneyValue, formatMoney } from '../lib/money'
import type { View } from '../lib/view'
import type { ViewControl } from '../shell/useView'
import { PathLine } from '../ui/PathMark'
import { KIND_LABELS, KIND_SHAPES } from './kinds'
import { type LegendLine, legendLines } from './legend'
import { shareOf } from './MapToolbar'
import type { GraphTransfer } from './useGraph'

interface Props {
  /** What is drawn, or hidden by its way alone. */
  readonly transfers: readonly GraphTransfer[]
  /** Cost of the whole window. */
  readonly total: MoneyValue
  readonly view: View
  readonly patch: ViewControl['patch']
}

const KINDS: readonly EntityKind[] = ['WORKLOAD', 'NODE', 'CLOUD_ENDPOINT', 'UNKNOWN']

/** What colours, dashes and shapes mean; a click hides a path class. What is hidden stays counted. */
export function Legend({ transfers, total, view, patch }: Props): ReactNode {
  const lines = useMemo(() => legendLines(transfers), [transfers])
  const currency = total.currency
  const toggle = ({ path }: LegendLine): void => {
    patch(({ hidden }) => ({ hidden: (hidden.includes(path.id) ? hidden.filter((id) => id !== path.id) : [...hidden, path.id]).toSorted() }))
  }
  const away = lines.filter((line) => view.hidden.includes(line.path.id))
  return (
    <aside className="legend" aria-label="Legend and filter">
      <ul>
        {lines.map((line) => (
          <li key={line.path.id}>
            <button type="button" aria-pressed={!view.hidden.includes(line.path.id)} title={`${line.path.meaning}. Click to hide or show.`} onClick={() => toggle(line)}>
              <PathLine token={line.path.token} dash={line.path.dash} />
              <span className="legend-name">{line.path.label}</span>
              <span className="figure quiet">{view.measure === 'cost' ? formatMoney({ amount: toText(line.cost), currency }) : formatBytes(line.bytes)}</span>
            </button>
          </li>
        ))}
      </ul>
      {away.length > 0 && (
        <p className="rest">
          {away.reduce((count, line) => count + line.transfers, 0)} hidden, {shareOf(toText(sum(away.map((line) => line.cost))), total.amount)} of cost
          <button type="button" className="link" onClick={() => patch({ hidden: [] })}>show all</button>
        </p>
      )}
      <p className="hint quiet">A line holds all transfers between two ends by one way. It is thick where bytes leave and thin where they arrive.</p>
      <p className="kinds quiet">
        {KINDS.map((kind) => (
          <span key={kind}><span aria-hidden="true" className={`glyph ${kind.toLowerCase()}`}>{KIND_SHAPES[kind].glyph}</span> {KIND_LABELS[kind]}</span>
        ))}
      </p>
    </aside>
  )
}
