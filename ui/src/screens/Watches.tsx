import type { ReactNode } from 'react'
import type { StatusQuery, WatchState } from '../gql/graphql'
import { formatCount } from '../lib/bytes'
import { displayName } from '../lib/name'
import { Moment, Second } from '../ui/figures'
import { type Column, SortableTable } from '../ui/SortableTable'

type Cluster = StatusQuery['watches'][number]
interface Row extends Readonly<Cluster['resources'][number]> {
  readonly cluster: string
}

const STATES: Record<WatchState, string> = { STARTING: 'starting', WATCHING: 'watching', DENIED: 'not allowed', UNREACHABLE: 'does not answer', FAILING: 'fails', ABSENT: 'not in this cluster' }

/** Whether names of addresses can be trusted: what is watched of Kubernetes, and where that has gaps. */
export function Watches({ clusters }: { readonly clusters: readonly Cluster[] }): ReactNode {
  const rows = clusters.flatMap((cluster) => cluster.resources.map((resource) => ({ ...resource, cluster: cluster.name })))
  const gaps = rows.filter((row) => row.gap)
  return (
    <>
      <h3>Kubernetes <span className="quiet">{clusters.length === 0 ? '' : gaps.length === 0 ? '(no gap)' : `(${gaps.length} ${gaps.length === 1 ? 'gap' : 'gaps'})`}</span></h3>
      {clusters.length === 0
        ? <p className="quiet">No cluster is watched: names come from the inventory file, from records, or your role does not see it.</p>
        : <SortableTable caption="What is watched of Kubernetes" columns={COLUMNS} rows={rows} rowId={(row) => `${row.cluster} ${row.resource}`} initial={{ column: 'state', descending: true }} />}
      {clusters.filter((cluster) => Math.abs(cluster.clockSkewSeconds) >= 1).map((cluster) => (
        <p key={cluster.name} className="note"><b className="bad">Clocks differ:</b> that of {displayName(cluster.name)} is {Math.abs(cluster.clockSkewSeconds).toFixed(1)} s {cluster.clockSkewSeconds > 0 ? 'ahead' : 'behind'}; periods of pods are off by that.</p>
      ))}
    </>
  )
}

const COLUMNS: ReadonlyArray<Column<Row>> = [
  { id: 'cluster', label: 'Cluster', sort: (row) => row.cluster, cell: (row) => displayName(row.cluster) },
  { id: 'resource', label: 'Resource', sort: (row) => row.resource, cell: (row) => displayName(row.resource, 60) },
  { id: 'state', label: 'State', sort: (row) => (row.gap ? 1 : 0), cell: (row) => <span className={row.gap ? 'bad' : undefined}>{STATES[row.state]}</span> },
  { id: 'since', label: 'Since', sort: (row) => row.since, cell: (row) => <Second of={row.since} /> },
  { id: 'heard', label: 'Complete through', sort: (row) => row.heard ?? '', cell: (row) => (row.heard ? <Moment of={row.heard} /> : <span className="quiet">never</span>) },
  { id: 'objects', label: 'Objects', numeric: true, sort: (row) => row.objects, cell: (row) => formatCount(row.objects) },
  { id: 'lists', label: 'Listed anew', numeric: true, sort: (row) => row.lists, cell: (row) => formatCount(Math.max(0, row.lists - 1)) },
  { id: 'message', label: 'What to do, or what it is for', cell: (row) => <span className="name watch-text" title={displayName(row.message || row.neededFor, 500)}>{displayName(row.message || row.neededFor, 120)}</span> },
]
