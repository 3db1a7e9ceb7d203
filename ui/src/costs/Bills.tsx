import { type ReactNode, useState } from 'react'
import { ReconciliationsDocument } from '../api/costs'
import { useDocument } from '../api/useDocument'
import type { ReconciliationsQuery } from '../gql/graphql'
import { formatCount, toBytes } from '../lib/bytes'
import { displayName } from '../lib/name'
import { ExportButtons } from '../ui/ExportButtons'
import { Bytes, Money } from '../ui/figures'
import { Name } from '../ui/Name'
import { type Column, SortableTable } from '../ui/SortableTable'
import { Failure, Skeleton } from '../ui/states'

type Reconciliation = ReconciliationsQuery['reconciliations'][number]
type Code = Reconciliation['codes'][number]
type Finding = Reconciliation['findings'][number]

const NONE = {}

/** The clouds' own bills against what was counted. Asked when it is opened: a bill can be large. */
export function Bills(): ReactNode {
  const [open, setOpen] = useState(false)
  return (
    <details className="panel bills" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary><h2>Bill reconciliation <span className="quiet">the cloud's own bill against what was counted</span></h2></summary>
      {open && <Listed />}
    </details>
  )
}

function Listed(): ReactNode {
  const { data, problem, retry } = useDocument(ReconciliationsDocument, NONE, { policy: 'network-only' })
  if (problem) return <Failure problem={problem} retry={retry} />
  if (!data) return <Skeleton label="the bills" rows={4} />
  if (data.reconciliations.length === 0) {
    return <p className="quiet">No bill is given, or your role does not see it. Start the service with <code>--bills FOLDER</code>: each file in it is a bill (AWS CUR or CUR 2.0, FOCUS, Google, Azure; docs/formats/bill.md). <code>egressor reconcile</code> does the same for one file.</p>
  }
  return <>{data.reconciliations.map((one) => <OneBill key={one.name} of={one} />)}</>
}

function OneBill({ of }: { readonly of: Reconciliation }): ReactNode {
  const { billed, counted, explained } = of
  if (of.problem !== '' || !billed || !counted || !explained) {
    return <section className="bill" aria-label={`Bill ${displayName(of.name, 60)}`}><h3><Name of={of.name} longest={60} /></h3><p className="bad name">{displayName(of.problem, 400)}</p></section>
  }
  const missing = of.minutes - of.foldedMinutes
  return (
    <section className="bill" aria-label={`Bill ${displayName(of.name, 60)}`}>
      <h3>{of.month} <span className="quiet"><Name of={of.name} longest={60} /></span> <ExportButtons name={`bill-${of.month}`} table={() => ({ columns: CODE_FIELDS, rows: of.codes.map(rowOf) })} json={() => of} /></h3>
      <dl className="tiles">
        <div><dt>Billed for transfers</dt><dd><Money of={billed.cost} /></dd><dd className="quiet"><Bytes of={billed.bytes} /></dd></div>
        <div><dt>Explained, of the bytes</dt><dd>{of.explainedBytes} %</dd><dd className="quiet"><Bytes of={explained.bytes} /> are counted, too</dd></div>
        <div><dt>Explained, of the cost</dt><dd>{of.explainedCost} %</dd><dd className="quiet"><Money of={explained.cost} /> at our price, or ours less a named discount</dd></div>
        <div><dt>Counted</dt><dd><Money of={counted.cost} /></dd><dd className="quiet"><Bytes of={counted.bytes} />{missing > 0 && `; ${formatCount(missing)} of ${formatCount(of.minutes)} minutes of the month were not counted`}</dd></div>
      </dl>
      <Machines of={of} />
      <SortableTable caption={`Charge codes of ${of.month}`} columns={CODES} rows={of.codes} rowId={(row) => `${row.account} ${row.region} ${row.code}`} initial={{ column: 'billed', descending: true }} />
      {of.findings.length > 0 && <SortableTable caption={`What differs in ${of.month}`} columns={FINDINGS} rows={of.findings} rowId={(row) => [row.kind, row.name, row.account, row.region, row.code].join(' ')} initial={{ column: 'cost', descending: true }} />}
    </section>
  )
}

/** Whether a machine on the bill can be said to be without an agent. */
function Machines({ of: { machines, unnamed, unnamedCount } }: { readonly of: Reconciliation }): ReactNode {
  if (unnamedCount > 0) {
    const rest = unnamedCount - Math.min(3, unnamed.length)
    return (
      <p className="note"><b>No machine is said to be without an agent:</b> of {formatCount(unnamedCount)} that {unnamedCount === 1 ? 'runs' : 'run'} one the provider's id is not known
        (<Name of={unnamed.slice(0, 3).join(', ')} longest={90} />{rest > 0 && ` and ${formatCount(rest)} more`}). A watch of their clusters tells it, or <code>egressor reconcile --hosts</code>.</p>
    )
  }
  if (machines === 0) return <p className="quiet note">No machine of this provider ran an agent in the month, so none is said to be without one.</p>
  return <p className="quiet note">{machines === 1 ? '1 machine' : `${formatCount(machines)} machines`} ran an agent in the month. Others on the bill are named below as missing hosts, with what they cost.</p>
}

const CODES: ReadonlyArray<Column<Code>> = [
  { id: 'code', label: 'Charge code', sort: (row) => row.code, cell: (row) => <><b className="code">{displayName(row.code, 60)}</b> <span className="quiet">{displayName(row.region, 30)}</span></> },
  { id: 'account', label: 'Account', sort: (row) => row.account, cell: (row) => displayName(row.account, 30) },
  { id: 'billed', label: 'Billed', numeric: true, sort: (row) => toBytes(row.billed.cost.nano), cell: (row) => <><Money of={row.billed.cost} /> <span className="quiet"><Bytes of={row.billed.bytes} /></span></> },
  { id: 'explained', label: 'Explained', numeric: true, sort: (row) => toBytes(row.explained.bytes), cell: (row) => <Bytes of={row.explained.bytes} /> },
  { id: 'sight', label: 'Out of sight', numeric: true, sort: (row) => toBytes(row.outOfSight.bytes), cell: (row) => <span title="machines without an agent, and managed services"><Bytes of={row.outOfSight.bytes} /></span> },
  { id: 'unexplained', label: 'Unexplained', numeric: true, sort: (row) => toBytes(row.unexplained.bytes), cell: (row) => <span className={toBytes(row.unexplained.bytes) > 0n ? 'warn' : undefined}><Bytes of={row.unexplained.bytes} /></span> },
  { id: 'notbilled', label: 'Counted, not billed', numeric: true, sort: (row) => toBytes(row.notBilledBytes), cell: (row) => <Bytes of={row.notBilledBytes} /> },
]

const CODE_FIELDS = ['account', 'region', 'code', 'currency', 'billed_cost', 'billed_bytes', 'counted_cost', 'counted_bytes', 'explained_bytes', 'out_of_sight_bytes', 'unexplained_bytes', 'not_billed_bytes']

function rowOf(row: Code): string[] {
  const { billed, counted, explained, outOfSight, unexplained } = row
  return [row.account, row.region, row.code, billed.cost.currency, billed.cost.amount, String(billed.bytes), counted.cost.amount, String(counted.bytes), String(explained.bytes), String(outOfSight.bytes), String(unexplained.bytes), String(row.notBilledBytes)]
}

const FINDINGS: ReadonlyArray<Column<Finding>> = [
  { id: 'kind', label: 'What differs', sort: (row) => row.kind, cell: (row) => <>{displayName(row.kind.replaceAll('-', ' '), 40)}{row.percent !== '' && ` of ${row.percent} %`}</> },
  { id: 'name', label: 'Of what', sort: (row) => row.name || row.code, cell: (row) => <><Name of={row.name || row.code || 'all codes'} longest={50} /> {row.name !== '' && row.code !== '' && <span className="quiet">{displayName(row.code, 50)}</span>}</> },
  { id: 'days', label: 'Days', numeric: true, sort: (row) => row.days, cell: (row) => formatCount(row.days) },
  { id: 'bytes', label: 'Bytes', numeric: true, sort: (row) => toBytes(row.bytes), cell: (row) => <Bytes of={row.bytes} /> },
  { id: 'cost', label: 'Cost', numeric: true, sort: (row) => toBytes(row.cost.nano), cell: (row) => <Money of={row.cost} /> },
]
