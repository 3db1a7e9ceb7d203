import { type ReactNode, useEffect, useRef } from 'react'
import type { StatementLineQuery, Window } from '../gql/graphql'
import { toBytes } from '../lib/bytes'
import { formatExactMoney, withCurrency } from '../lib/money'
import { displayName } from '../lib/name'
import type { View } from '../lib/view'
import { useView } from '../shell/useView'
import { Bytes, Money } from '../ui/figures'
import { Name } from '../ui/Name'
import { type Column, SortableTable } from '../ui/SortableTable'
import { Failure, Skeleton } from '../ui/states'
import { lineName } from './lineName'
import { useStatementLine } from './useStatement'

interface Props {
  readonly view: View
  readonly window: Window
  readonly value: string
  readonly onClose: () => void
}

type Line = StatementLineQuery['statement']['lines'][number]
type Charge = Line['charges'][number]
type Part = Line['transfers'][number]

/** What is behind a line: its charges with rule, price row and source, and its transfers with their raw rows. */
export function Behind({ view, window, value, onClose }: Props): ReactNode {
  const { go } = useView()
  const { data, problem, retry } = useStatementLine(view, window, value)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [value])
  const line = data?.statement.lines[0]
  return (
    <section className="screen behind" aria-labelledby="behind">
      <h2 id="behind" ref={heading} tabIndex={-1}>Behind {displayName(lineName(view.costBy, view.causer, value), 80)} <button type="button" className="link" onClick={onClose}>close</button></h2>
      {problem && <Failure problem={problem} retry={retry} />}
      {!data && !problem && <Skeleton label="what is behind the line" rows={4} />}
      {data && !line && <p className="quiet">Nothing in this window.</p>}
      {line && (
        <>
          <SortableTable caption="Charges" columns={CHARGES} rows={line.charges} rowId={(row) => [row.code, row.operation, row.payer, row.rule, row.tier, row.priceRow, row.priceSource, row.unpricedReason, row.pathAssumed, row.bytes].join(' ')} initial={{ column: 'amount', descending: true }} />
          <SortableTable caption="Transfers" columns={partColumns((id) => go('/map', { mode: 'table', selection: { kind: 'transfer', id } }))} rows={line.transfers} rowId={(row) => row.id} initial={{ column: 'amount', descending: true }} />
        </>
      )}
    </section>
  )
}

const CHARGES: ReadonlyArray<Column<Charge>> = [
  { id: 'code', label: 'Charge', sort: (row) => row.code, cell: (row) => <><b className="code">{displayName(row.code || 'on no bill')}</b> {row.operation !== '' && <span className="quiet">{displayName(row.operation)}</span>}</> },
  { id: 'rule', label: 'Rule', spare: 'sparest', into: 'code', sort: (row) => row.rule, cell: (row) => displayName(row.rule || 'by the hour') },
  { id: 'payer', label: 'Billed to', spare: 'sparer', sort: (row) => row.payer, cell: (row) => displayName(row.payer) },
  { id: 'bytes', label: 'Bytes', numeric: true, spare: 'sparest', into: 'amount', sort: (row) => toBytes(row.bytes), cell: (row) => <Bytes of={row.bytes} /> },
  { id: 'rate', label: 'Rate', numeric: true, spare: 'sparest', cell: (row) => (toBytes(row.unitBytes) > 0n ? <>{withCurrency(row.rate.amount, row.rate.currency)} per <Bytes of={row.unitBytes} /></> : <span className="quiet">none</span>) },
  { id: 'tier', label: 'Tier', spare: 'sparer', sort: (row) => row.tier, cell: (row) => row.tier !== '' && displayName(row.tier) },
  {
    id: 'amount', label: 'Amount', numeric: true, sort: (row) => toBytes(row.amount.nano),
    cell: (row) => (row.unpricedReason === '' ? <Money of={row.amount} /> : <span className="bad" title={displayName(row.unpricedReason, 300)}>no price</span>),
  },
  { id: 'price', label: 'Price from', spare: 'sparer', into: 'code', cell: (row) => <span className="quiet wraps" title={formatExactMoney(row.rate)}>{priceText(row)}</span> },
]

/** Why there is no price, or the row and its source; nothing where the rule alone makes it free. */
function priceText({ unpricedReason, priceRow, priceSource }: Charge): string {
  const text = unpricedReason || [priceRow, priceSource].filter(Boolean).join(', ')
  return text === '' ? 'free by rule' : displayName(text, 100)
}

function partColumns(onOpen: (id: string) => void): ReadonlyArray<Column<Part>> {
  return [
    { id: 'from', label: 'From', sort: (row) => row.sourceName, cell: (row) => <Name of={row.sourceName || 'nobody'} longest={32} /> },
    { id: 'to', label: 'To', sort: (row) => row.destinationName, cell: (row) => <Name of={row.destinationName || 'nobody'} longest={32} /> },
    { id: 'path', label: 'Path', spare: 'sparest', into: 'to', sort: (row) => row.path, cell: (row) => <Name of={row.path} longest={40} /> },
    { id: 'amount', label: 'Cost of bytes', numeric: true, sort: (row) => toBytes(row.amount.nano), cell: (row) => <Money of={row.amount} /> },
    { id: 'standing', label: 'By the hour', numeric: true, spare: 'sparer', sort: (row) => toBytes(row.standing.nano), cell: (row) => <Money of={row.standing} /> },
    { id: 'bytes', label: 'Billed bytes', numeric: true, spare: 'sparest', into: 'amount', sort: (row) => toBytes(row.billedBytes), cell: (row) => <Bytes of={row.billedBytes} /> },
    {
      id: 'open', label: 'Raw rows',
      cell: (row) => row.id !== '' && <button type="button" className="link" aria-label={`open the receipt of ${displayName(row.sourceName, 32)} to ${displayName(row.destinationName, 32)}`} onClick={() => onOpen(row.id)}>open</button>,
    },
  ]
}
