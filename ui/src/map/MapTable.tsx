import { type ReactNode, useMemo } from 'react'
import { toBytes } from '../lib/bytes'
import { displayName } from '../lib/name'
import { pathClass } from '../lib/paths'
import type { Selection, View } from '../lib/view'
import { Bytes, Money } from '../ui/figures'
import { INITIATORS, InitiatorMark } from '../ui/InitiatorMark'
import { Name } from '../ui/Name'
import { PathMark } from '../ui/PathMark'
import { type Column, SortableTable } from '../ui/SortableTable'
import { bundleIdOf } from './bundles'
import { rolledOut, shortRevision } from './revisions'
import type { GraphTransfer } from './useGraph'
import { zonesText } from './zones'

interface Props {
  readonly transfers: readonly GraphTransfer[]
  readonly view: View
  readonly onSelect: (selection: Selection | null) => void
}

/** The map as a table: the same transfers, filter and selection. */
export function MapTable({ transfers, view, onSelect }: Props): ReactNode {
  const rows = useMemo(() => transfers.filter((row) => !view.hidden.includes(pathClass(row.path).id)), [transfers, view.hidden])
  const rolled = useMemo(() => rolledOut(transfers), [transfers])
  const columns = useMemo(() => transferColumns(onSelect, rolled), [onSelect, rolled])
  const selected = useMemo(() => {
    const { selection } = view
    if (selection?.kind === 'transfer') return new Set([selection.id])
    return new Set(selection?.kind === 'bundle' ? rows.filter((row) => bundleIdOf(row) === selection.id).map((row) => row.id) : [])
  }, [view, rows])
  return <SortableTable caption="Transfers" columns={columns} rows={rows} rowId={(row) => row.id} initial={{ column: view.measure, descending: true }} selected={selected} />
}

function transferColumns(onSelect: Props['onSelect'], rolled: ReadonlySet<string>): ReadonlyArray<Column<GraphTransfer>> {
  const node = (id: string, name: string, revision: string): ReactNode => (
    <>
      <button type="button" className="link" onClick={() => onSelect({ kind: 'node', id })}><Name of={name} longest={32} /></button>
      {rolled.has(id) && revision !== '' && <code className="quiet revision" title={`revision ${displayName(revision, 200)}`}> {displayName(shortRevision(revision), 12)}</code>}
    </>
  )
  return [
    { id: 'source', label: 'From', sort: (row) => row.sourceName, cell: (row) => node(row.source, row.sourceName, row.sourceRevision) },
    { id: 'destination', label: 'To', sort: (row) => row.destinationName, cell: (row) => node(row.destination, row.destinationName, row.destinationRevision) },
    { id: 'initiator', label: 'Opened as', spare: 'spare', sort: (row) => INITIATORS[row.initiator].word, cell: (row) => <InitiatorMark of={row.initiator} /> },
    { id: 'port', label: 'Port', spare: 'spare', into: 'destination', sort: (row) => row.serverPort, cell: (row) => `${row.serverPort === 0 ? '' : `${row.serverPort}/`}${displayName(row.protocol, 8)}` },
    { id: 'path', label: 'Path', spare: 'least', into: 'source', sort: (row) => pathClass(row.path).label, cell: (row) => <PathMark path={row.path} via={row.via} assumed={row.pathAssumed} /> },
    { id: 'zones', label: 'Zones', spare: 'sparer', into: 'path', sort: zonesText, cell: zonesText },
    { id: 'bytes', label: 'Bytes', numeric: true, spare: 'sparest', into: 'cost', sort: (row) => toBytes(row.bytes), cell: (row) => <Bytes of={row.bytes} /> },
    { id: 'cost', label: 'Cost', numeric: true, sort: (row) => toBytes(row.cost.nano), cell: (row) => <Money of={row.cost} /> },
    {
      id: 'open',
      label: 'Receipt',
      cell: (row) => (
        <button type="button" className="link" aria-label={`open the receipt of ${displayName(row.sourceName, 32)} to ${displayName(row.destinationName, 32)}, ${pathClass(row.path).label}, port ${row.serverPort}, ${zonesText(row)}`} onClick={() => onSelect({ kind: 'transfer', id: row.id })}>open</button>
      ),
    },
  ]
}
