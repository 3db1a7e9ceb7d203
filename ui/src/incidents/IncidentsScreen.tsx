import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { IncidentsDocument } from '../api/documents'
import { useFresh } from '../api/useFresh'
import type { IncidentsQuery } from '../gql/graphql'
import { formatCount, toBytes } from '../lib/bytes'
import { asSentence, displayName } from '../lib/name'
import { holdsWords } from '../lib/search'
import { viewParams } from '../lib/view'
import { useView } from '../shell/useView'
import { ExportButtons } from '../ui/ExportButtons'
import { Money, Moment } from '../ui/figures'
import { type Column, SortableTable } from '../ui/SortableTable'
import { Failure, Skeleton } from '../ui/states'
import { KIND_WORDS } from './words'

type Row = IncidentsQuery['incidents']['edges'][number]['node']

const LISTED = { first: 100 }
const FIELDS = ['id', 'title', 'kind', 'state', 'since', 'until', 'impact', 'impact_per_day', 'currency', 'conclusion']

/** What broke, since when and what it costs a day: the costliest first. */
export function IncidentsScreen(): ReactNode {
  const { data, problem, retry } = useFresh(IncidentsDocument, LISTED)
  const [text, setText] = useState('')
  if (problem && !data) return <Failure problem={problem} retry={retry} />
  if (!data) return <Skeleton label="the incidents" rows={8} />
  const rows = data.incidents.edges.map((edge) => edge.node)
  if (rows.length === 0) return <Quiet />
  const found = rows.filter((row) => holdsWords(`${row.title} ${row.kind} ${row.state} ${row.until ? 'over' : 'lasts open'} ${row.conclusion}`, text))
  return (
    <section className="screen">
      <h2>Incidents</h2>
      <p className="quiet">Transfers that deviated together from what is normal for them. The impact is what was paid beyond the expected.</p>
      <div className="result-bar">
        <p role="status"><b>{formatCount(found.length)}</b> of {formatCount(rows.length)}</p>
        <input type="search" aria-label="Filter the incidents" placeholder="Title, open, over, acknowledged" maxLength={200} value={text} onChange={(event) => setText(event.target.value)} />
        <ExportButtons name="incidents" table={() => ({ columns: FIELDS, rows: found.map((row) => [row.id, row.title, row.kind, row.state, row.since, row.until ?? '', row.impact.amount, row.impactPerDay.amount, row.impact.currency, row.conclusion]) })} />
      </div>
      <SortableTable caption="Incidents" columns={COLUMNS} rows={found} rowId={(row) => row.id} initial={{ column: 'impact', descending: true }} />
    </section>
  )
}

function Quiet(): ReactNode {
  return (
    <section className="state" role="status">
      <h2>No incident</h2>
      <p>Every transfer is as usual for its hour, or too young to have a usual. A new system learns for about an hour before it judges.</p>
    </section>
  )
}

const COLUMNS: ReadonlyArray<Column<Row>> = [
  { id: 'state', label: 'State', spare: 'sparest', into: 'title', sort: (row) => (row.until ? 1 : 0), cell: (row) => <>{row.until ? <span className="quiet">over</span> : <b className="warn">lasts</b>}{row.state !== 'OPEN' && <span className="quiet">, {row.state.toLowerCase()}</span>}</> },
  { id: 'title', label: 'What', sort: (row) => row.title, cell: (row) => <IncidentLink row={row} /> },
  { id: 'kind', label: 'Kind', spare: 'sparest', sort: (row) => KIND_WORDS[row.kind], cell: (row) => KIND_WORDS[row.kind] },
  { id: 'since', label: 'Since', spare: 'sparest', into: 'title', sort: (row) => row.since, cell: (row) => <Moment of={row.since} /> },
  { id: 'impact', label: 'A day', numeric: true, sort: (row) => toBytes(row.impactPerDay.nano), cell: (row) => <b><Money of={row.impactPerDay} /></b> },
  { id: 'so-far', label: 'So far', numeric: true, spare: 'sparer', sort: (row) => toBytes(row.impact.nano), cell: (row) => <Money of={row.impact} /> },
  { id: 'why', label: 'Why', sort: (row) => row.conclusion, cell: (row) => <span className="name">{displayName(asSentence(row.conclusion), 120)}</span> },
]

function IncidentLink({ row }: { readonly row: Row }): ReactNode {
  const { view } = useView()
  return <Link to={`/incidents/${encodeURIComponent(row.id)}` as never} search={viewParams({ ...view, selection: null, line: null }) as never} className="name">{displayName(row.title, 160)}</Link>
}
