import { type ReactNode, useMemo } from 'react'
import { toBytes } from '../lib/bytes'
import { formatExactMoney, isNothing, withCurrency } from '../lib/money'
import { displayName } from '../lib/name'
import type { CostGroup, View } from '../lib/view'
import { Bytes } from '../ui/figures'
import { Name } from '../ui/Name'
import { type Column, SortableTable } from '../ui/SortableTable'
import { lineName } from './lineName'
import type { Statement, StatementLine } from './useStatement'

interface Props {
  readonly lines: readonly StatementLine[]
  readonly statement: Statement
  readonly view: View
  readonly onOpen: (line: string) => void
}

/** The lines; shown amounts add up to the shown total. */
export function CostTable({ lines, statement: { currency }, view, onOpen }: Props): ReactNode {
  const columns = useMemo(() => columnsOf(view.costBy, view.causer, currency, onOpen), [view.costBy, view.causer, currency, onOpen])
  const selected = useMemo(() => new Set(view.line === null ? [] : [view.line]), [view.line])
  const byTime = view.costBy === 'hour' || view.costBy === 'day'
  return (
    <SortableTable
      key={`${view.costBy} ${view.causer}`} caption="Statement" columns={columns} rows={lines} rowId={(line) => line.group[0] ?? ''}
      initial={{ column: byTime ? 'group' : 'amount', descending: !byTime }} selected={selected}
    />
  )
}

const HEADINGS: Record<CostGroup, string> = {
  workload: 'Workload', deployment: 'Rollout', team: 'Team', namespace: 'Namespace', account: 'Account', endpoint: 'Endpoint',
  path: 'Path', code: 'Charge code', zone: 'Zones', hour: 'Hour', day: 'Day',
}

function columnsOf(costBy: CostGroup, causer: boolean, currency: string, onOpen: Props['onOpen']): ReadonlyArray<Column<StatementLine>> {
  const nameOf = (line: StatementLine): string => lineName(costBy, causer, line.group[0] ?? '')
  return [
    { id: 'group', label: HEADINGS[costBy], sort: nameOf, cell: (line) => (line.group[0] ? <Name of={nameOf(line)} longest={60} /> : <span className="quiet">{nameOf(line)}</span>) },
    {
      id: 'amount', label: 'Cost of bytes', numeric: true, sort: (line) => toBytes(line.sum.amount.nano),
      cell: ({ sum }) => <span className="figure" title={formatExactMoney(sum.amount)}>{withCurrency(isNothing(sum.amount.amount) ? '0' : sum.shown, currency)}</span>,
    },
    {
      id: 'standing', label: 'By the hour', numeric: true, spare: 'sparest', sort: (line) => toBytes(line.sum.standing.nano),
      cell: ({ sum }) => <span className="figure" title={formatExactMoney(sum.standing)}>{withCurrency(isNothing(sum.standing.amount) ? '0' : sum.standingShown, currency)}</span>,
    },
    { id: 'bytes', label: 'Billed bytes', numeric: true, spare: 'sparest', into: 'amount', sort: (line) => toBytes(line.sum.billedBytes), cell: ({ sum }) => <Bytes of={sum.billedBytes} /> },
    {
      id: 'unpriced', label: 'Without price', numeric: true, spare: 'sparest', sort: (line) => toBytes(line.sum.unpricedBytes),
      cell: ({ sum }) => (toBytes(sum.unpricedBytes) > 0n ? <span className="bad"><Bytes of={sum.unpricedBytes} /></span> : <span className="quiet">none</span>),
    },
    {
      id: 'open', label: 'Receipt',
      cell: (line) => <button type="button" className="link" aria-label={`open what is behind ${displayName(nameOf(line), 60)}`} onClick={() => onOpen(line.group[0] ?? '')}>open</button>,
    },
  ]
}
