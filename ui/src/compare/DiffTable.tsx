import { type ReactNode, useMemo } from 'react'
import { toBytes } from '../lib/bytes'
import { displayName } from '../lib/name'
import type { Group, Selection, View } from '../lib/view'
import { Bytes, Money } from '../ui/figures'
import { Name } from '../ui/Name'
import { PathMark } from '../ui/PathMark'
import { type Column, SortableTable } from '../ui/SortableTable'
import { zonesText } from '../map/zones'
import { CHANGES, directionOf, signedBytes, signedMoney } from './change'
import type { DiffRow } from './useDiff'

interface Props {
  readonly rows: readonly DiffRow[]
  readonly view: View
  readonly onSelect: (selection: Selection) => void
}

/** What changed, largest change first. */
export function DiffTable({ rows, view, onSelect }: Props): ReactNode {
  const columns = useMemo(() => [...namesOf(view.group), ...FIGURES, ...(view.group === 'transfer' ? [receiptOf(onSelect)] : [])], [view.group, onSelect])
  const selected = useMemo(() => new Set(view.selection?.kind === 'transfer' ? rows.filter((row) => row.transfer?.id === view.selection?.id).map(rowId) : []), [rows, view.selection])
  return (
    <SortableTable key={view.group} caption="What changed" columns={columns} rows={rows} rowId={rowId} initial={{ column: `${view.measure}Change`, descending: true }} selected={selected} />
  )
}

function rowId(row: DiffRow): string {
  return row.transfer?.id ?? JSON.stringify(row.group)
}

const size = (value: bigint): bigint => (value < 0n ? -value : value)

/** The change first: where there is no room for all, what it is made of gives way. */
const FIGURES: ReadonlyArray<Column<DiffRow>> = [
  { id: 'costChange', label: 'Change of cost', numeric: true, sort: (row) => size(toBytes(row.costChange.nano)), cell: (row) => <b className={`figure ${directionOf(row.costChange.amount)}`}>{signedMoney(row.costChange)}</b> },
  { id: 'bytesChange', label: 'Change of bytes', numeric: true, spare: 'sparer', into: 'costChange', sort: (row) => size(toBytes(row.bytesChange)), cell: (row) => <span className="figure">{signedBytes(row.bytesChange)}</span> },
  { id: 'before', label: 'Before', numeric: true, spare: 'spare', sort: (row) => Number(row.before.cost.amount), cell: (row) => <Money of={row.before.cost} /> },
  { id: 'after', label: 'After', numeric: true, spare: 'spare', sort: (row) => Number(row.after.cost.amount), cell: (row) => <Money of={row.after.cost} /> },
  { id: 'bytesBefore', label: 'Bytes before', numeric: true, spare: 'wide', sort: (row) => toBytes(row.before.bytes), cell: (row) => <Bytes of={row.before.bytes} /> },
]

function receiptOf(onSelect: Props['onSelect']): Column<DiffRow> {
  return {
    id: 'open', label: 'Receipt',
    cell: ({ transfer, change: what }) => transfer && what !== 'GONE' && (
      <button type="button" className="link" aria-label={`open the receipt of ${displayName(transfer.sourceName, 32)} to ${displayName(transfer.destinationName, 32)}, ${zonesText(transfer)}, port ${transfer.serverPort}`} onClick={() => onSelect({ kind: 'transfer', id: transfer.id })}>open</button>
    ),
  }
}

function namesOf(group: Group): ReadonlyArray<Column<DiffRow>> {
  const change: Column<DiffRow> = {
    id: 'change', label: 'What', sort: (row) => CHANGES[row.change].word,
    cell: (row) => <span className={`change ${CHANGES[row.change].kind}`}><span aria-hidden="true">{CHANGES[row.change].mark}</span> {CHANGES[row.change].word}</span>,
  }
  if (group !== 'transfer') return [change, ...partsOf(group)]
  return [
    change,
    { id: 'from', label: 'From', sort: (row) => row.transfer?.sourceName ?? '', cell: (row) => <Name of={row.transfer?.sourceName ?? ''} longest={32} /> },
    { id: 'to', label: 'To', spare: 'least', into: 'from', sort: (row) => row.transfer?.destinationName ?? '', cell: toName, foldedCell: (row) => <><span role="img" aria-label="to">→</span> {toName(row)}</> },
    { id: 'path', label: 'Path', spare: 'least', into: 'from', sort: (row) => row.transfer?.path ?? '', cell: (row) => row.transfer && <PathMark path={row.transfer.path} via={row.transfer.via} assumed={row.transfer.pathAssumed} /> },
    { id: 'zones', label: 'Zones', spare: 'sparer', into: 'path', sort: (row) => (row.transfer ? zonesText(row.transfer) : ''), cell: (row) => row.transfer && zonesText(row.transfer) },
  ]
}

function toName({ transfer }: DiffRow): ReactNode {
  return <Name of={transfer?.destinationName ?? ''} longest={32} />
}

/** "nat:nat-0a@use1-az1": the class, and the gateway or endpoint. */
function PathGroup({ text }: { readonly text: string }): ReactNode {
  const via = text.slice(text.indexOf(':') + 1)
  return <><PathMark path={text} /> {text.includes(':') && <Name of={via} longest={40} />}</>
}

const PART_LABELS: Record<Exclude<Group, 'transfer'>, readonly [string, string] | readonly [string]> = {
  pair: ['From', 'To'], source: ['From'], namespace: ['From namespace', 'To namespace'], team: ['From team', 'To team'], zone: ['From zone', 'To zone'], path: ['Path'],
}

function partsOf(group: Exclude<Group, 'transfer'>): ReadonlyArray<Column<DiffRow>> {
  return PART_LABELS[group].map((label, part) => ({
    id: `part${part}`, label, sort: (row) => row.group[part] ?? '',
    cell: (row) => (row.group[part] ? (group === 'path' ? <PathGroup text={row.group[part]} /> : <Name of={row.group[part]} longest={40} />) : <span className="quiet">none</span>),
  }))
}
