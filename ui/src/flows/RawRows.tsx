import { type ReactNode, useMemo, useState } from 'react'
import { FlowsDocument } from '../api/documents'
import { useDocument } from '../api/useDocument'
import type { FlowsQuery, Window } from '../gql/graphql'
import { formatCount, toBytes } from '../lib/bytes'
import { displayName } from '../lib/name'
import { useView } from '../shell/useView'
import { ExportButtons } from '../ui/ExportButtons'
import { Bytes, TimeOfDay, TimeRange } from '../ui/figures'
import { Name } from '../ui/Name'
import { type Column, SortableTable } from '../ui/SortableTable'
import { Failure, REFOLDED, Skeleton } from '../ui/states'

type Flow = NonNullable<FlowsQuery['transfer']>['flows'][number]

const MOST_ROWS = 1000

/** The rows of one transfer, newest first, as agents reported them. */
export function RawRows({ id, window }: { readonly id: string; readonly window: Window }): ReactNode {
  const { go } = useView()
  const variables = useMemo(() => ({ id, window, first: MOST_ROWS }), [id, window])
  const { data, problem, retry } = useDocument(FlowsDocument, variables, { keep: true })
  const [text, setText] = useState('')
  const all = data?.transfer?.flows
  const rows = useMemo(() => (all ?? []).filter((row) => holds(row, text)), [all, text])
  if (problem) return <Failure problem={problem} retry={retry} />
  if (!data) return <Skeleton label="the raw rows" rows={10} />
  if (!data.transfer) return <section className="state" role="status"><h2>Not in this window</h2><p>This window holds no transfer with that id. Choose a longer window, or go back with [. {REFOLDED}</p></section>
  const { transfer, flows, window: answered } = data.transfer
  return (
    <>
      <header>
        <h2><Name of={transfer.sourceName} longest={40} /> <span role="img" aria-label="to">→</span> <Name of={transfer.destinationName} longest={40} /></h2>
        <p className="quiet">
          <TimeRange from={answered.from} to={answered.to} />, <Bytes of={transfer.bytes} /> on the wire.{' '}
          <button type="button" className="link" onClick={() => go('/map', { mode: 'table', selection: { kind: 'transfer', id } })}>its receipt</button>
        </p>
      </header>
      <div className="result-bar">
        <p role="status"><b>{formatCount(rows.length)}</b> of the newest {formatCount(flows.length)} rows{flows.length === MOST_ROWS && <span className="warn"> (more are stored)</span>}</p>
        <input type="search" aria-label="Filter the rows" placeholder="Address, pod, agent or role" value={text} onChange={(event) => setText(event.target.value)} />
        <ExportButtons name="flows" table={() => ({ columns: FIELDS, rows: rows.map((row) => FIELDS.map((field) => row[field] ?? null)) })} />
      </div>
      {flows.length === 0 ? <p className="quiet">The raw rows of this window are past their retention.</p> : <SortableTable caption="Raw rows" columns={COLUMNS} rows={rows} rowId={keyOf} initial={{ column: 'start', descending: true }} />}
    </>
  )
}

const FIELDS = [
  'windowStart', 'windowSeconds', 'agent', 'localKind', 'localId', 'localAddress', 'remoteAddress', 'virtualAddress', 'virtualPort', 'serverPort', 'protocol', 'role',
  'sentBytes', 'receivedBytes', 'sentPayloadBytes', 'receivedPayloadBytes', 'sentPackets', 'receivedPackets', 'connections', 'batch',
] as const satisfies ReadonlyArray<keyof Flow>

const COLUMNS: ReadonlyArray<Column<Flow>> = [
  { id: 'start', label: 'From', sort: (row) => row.windowStart, cell: (row) => <><TimeOfDay of={row.windowStart} /> <span className="quiet small">{row.windowSeconds} s</span></> },
  { id: 'sent', label: 'Sent', numeric: true, sort: (row) => toBytes(row.sentBytes), cell: (row) => <Bytes of={row.sentBytes} /> },
  { id: 'received', label: 'Received', numeric: true, spare: 'least', into: 'sent', foldedCell: (row) => <><Bytes of={row.receivedBytes} /> in</>, sort: (row) => toBytes(row.receivedBytes), cell: (row) => <Bytes of={row.receivedBytes} /> },
  { id: 'local', label: 'Local end', sort: (row) => row.localId, cell: (row) => <><Name of={row.localAddress} longest={40} /> <span className="quiet small"><Name of={`${row.localKind} ${row.localId}`} longest={12} /></span></> },
  { id: 'remote', label: 'Remote end', sort: (row) => row.remoteAddress, cell: (row) => <Name of={row.remoteAddress} longest={40} /> },
  { id: 'port', label: 'Port', spare: 'spare', into: 'remote', sort: (row) => row.serverPort, cell: (row) => `${row.serverPort === 0 ? '' : `${row.serverPort}/`}${displayName(row.protocol, 8)}` },
  { id: 'role', label: 'Role', spare: 'sparest', into: 'local', sort: (row) => row.role, cell: (row) => displayName(row.role, 12) },
  { id: 'dialled', label: 'Dialled', spare: 'spare', sort: (row) => row.virtualAddress ?? '', cell: (row) => (row.virtualAddress ? <Name of={`${row.virtualAddress}${row.virtualPort ? `:${row.virtualPort}` : ''}`} longest={40} /> : <span className="quiet">no Service</span>) },
  { id: 'agent', label: 'Agent', spare: 'sparest', into: 'start', sort: (row) => row.agent, cell: (row) => <Name of={row.agent} longest={32} /> },
  { id: 'connections', label: 'Connections', numeric: true, spare: 'spare', sort: (row) => row.connections, cell: (row) => formatCount(row.connections) },
  { id: 'batch', label: 'Batch', spare: 'spare', cell: (row) => <code className="quiet">{displayName(row.batch, 24)}</code> },
]

function keyOf(row: Flow): string {
  return `${row.batch} ${row.windowStart} ${row.localId} ${row.localAddress} ${row.remoteAddress} ${row.serverPort} ${row.role}`
}

function holds(row: Flow, text: string): boolean {
  const all = [row.agent, row.localKind, row.localId, row.localAddress, row.remoteAddress, row.virtualAddress ?? '', `:${row.serverPort}`, row.protocol, row.role, row.batch].join(' ').toLocaleLowerCase('en')
  return text.toLocaleLowerCase('en').split(/\s+/).every((word) => all.includes(word))
}
