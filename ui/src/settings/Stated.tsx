import type { ReactNode } from 'react'
import { EndEndpointDocument, WithdrawOverlayDocument } from '../api/changes'
import { StatedDocument } from '../api/documents'
import { useAct } from '../api/useAct'
import { useDocument } from '../api/useDocument'
import type { StatedQuery } from '../gql/graphql'
import { displayName } from '../lib/name'
import { useWho } from '../signin/Door'
import { Moment } from '../ui/figures'
import { Name } from '../ui/Name'
import { type Column, SortableTable } from '../ui/SortableTable'
import { Failure, Skeleton } from '../ui/states'
import { EndpointForm } from './EndpointForm'
import { OverlayForm } from './OverlayForm'

type Endpoint = StatedQuery['statedEndpoints'][number]
type Overlay = StatedQuery['priceOverlays'][number]
const NOTHING = {}

/** What people state of the outside and of prices: each change is a version, and is on the audit log. */
export function Stated(): ReactNode {
  const { data, problem, retry } = useDocument(StatedDocument, NOTHING, { keep: true, policy: 'network-only' })
  const admin = useWho().role === 'admin'
  const end = useAct(EndEndpointDocument)
  const withdraw = useAct(WithdrawOverlayDocument)
  if (problem && !data) return <Failure problem={problem} retry={retry} />
  if (!data) return <Skeleton label="what is stated" rows={4} />
  const refused = end.problem ?? withdraw.problem
  return (
    <>
      {refused && <p className="notice warn" role="alert"><b>{refused.code}</b> {refused.message} {refused.hint}</p>}
      <h3>Endpoints <span className="quiet">({data.statedEndpoints.length})</span></h3>
      <p className="quiet note">Names for addresses outside. Minutes since a change are folded again with it, as versions: the figures of older versions stay what they were.</p>
      {data.statedEndpoints.length > 0 && <SortableTable caption="Stated endpoints" columns={endpointColumns(admin, (id) => void end.act({ id }).then((done) => done && retry()))} rows={data.statedEndpoints} rowId={(row) => `${row.id} ${row.from}`} initial={{ column: 'name', descending: false }} />}
      {admin && <EndpointForm onSaved={retry} />}
      <h3>Price overlays <span className="quiet">({data.priceOverlays.length})</span></h3>
      <p className="quiet note">Discounts, private rates and payers over the price book. Minutes since an overlay begins are priced again, as versions.</p>
      {data.priceOverlays.length > 0 && <SortableTable caption="Price overlays" columns={overlayColumns(admin, (name) => void withdraw.act({ name }).then((done) => done && retry()))} rows={data.priceOverlays} rowId={(row) => row.name} initial={{ column: 'name', descending: false }} />}
      {admin && <OverlayForm onSaved={retry} />}
      {!admin && <p className="quiet">An admin who may see everything can change these.</p>}
    </>
  )
}

function endpointColumns(admin: boolean, onEnd: (id: string) => void): ReadonlyArray<Column<Endpoint>> {
  return [
    { id: 'name', label: 'Name', sort: (row) => row.name, cell: (row) => <Name of={row.name} longest={40} /> },
    { id: 'class', label: 'Class', sort: (row) => row.class, cell: (row) => displayName(row.class, 24) },
    { id: 'cidrs', label: 'Addresses', cell: (row) => <Name of={[...row.cidrs, ...row.hosts].join(', ')} longest={80} /> },
    { id: 'place', label: 'Place', cell: (row) => <Name of={[row.provider, row.region, row.zone].filter(Boolean).join(' ') || 'nobody\'s cloud'} longest={40} /> },
    { id: 'team', label: 'Team', sort: (row) => row.team, cell: (row) => (row.team === '' ? <span className="quiet">nobody</span> : <Name of={row.team} longest={30} />) },
    { id: 'from', label: 'Since', sort: (row) => row.from, cell: (row) => <Moment of={row.from} /> },
    { id: 'by', label: 'Stated by', sort: (row) => row.by, cell: (row) => <Said by={row.by} at={row.at} note={row.note} /> },
    { id: 'to', label: 'Until', sort: (row) => row.to ?? '', cell: (row) => (row.to ? <><Moment of={row.to} />{row.endedBy !== '' && <span className="quiet"> ended by <Said by={row.endedBy} at={row.endedAt} note="" /></span>}</> : admin ? <button type="button" className="link" aria-label={`end the endpoint ${displayName(row.name, 40)}`} onClick={() => onEnd(row.id)}>end the endpoint</button> : 'holds') },
  ]
}

/** Who said something, when, and with which note. */
function Said({ by, at, note }: { readonly by: string, readonly at: string | null | undefined, readonly note: string }): ReactNode {
  if (by === '') return <span className="quiet">not known</span>
  return <><Name of={by} longest={30} /> <span className="quiet"><Moment of={at} /></span>{note !== '' && <> <Name of={note} longest={80} /></>}</>
}

function overlayColumns(admin: boolean, onWithdraw: (name: string) => void): ReadonlyArray<Column<Overlay>> {
  return [
    { id: 'name', label: 'Name', sort: (row) => row.name, cell: (row) => <Name of={row.name} longest={40} /> },
    { id: 'from', label: 'Holds from', sort: (row) => row.from, cell: (row) => <Moment of={row.from} /> },
    { id: 'by', label: 'By', sort: (row) => row.by, cell: (row) => <><Name of={row.by} longest={30} /> <Moment of={row.at} /></> },
    { id: 'note', label: 'Note', cell: (row) => <Name of={row.note === '' ? 'no note' : row.note} longest={80} /> },
    { id: 'text', label: 'Text', cell: (row) => <details><summary>YAML</summary><pre>{row.text}</pre></details> },
    { id: 'end', label: 'In force', cell: (row) => (admin ? <button type="button" className="link" aria-label={`withdraw the overlay ${displayName(row.name, 40)}`} onClick={() => onWithdraw(row.name)}>withdraw</button> : 'yes') },
  ]
}
