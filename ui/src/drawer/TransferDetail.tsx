import type { ReactNode } from 'react'
import type { TransferQuery } from '../gql/graphql'
import { formatCount } from '../lib/bytes'
import { displayName } from '../lib/name'
import type { Selection } from '../lib/view'
import type { Bundle } from '../map/bundles'
import { shortRevision } from '../map/revisions'
import { useView } from '../shell/useView'
import { Bytes, Money, NotKnown, TimeRange } from '../ui/figures'
import { InitiatorMark } from '../ui/InitiatorMark'
import { PathMark } from '../ui/PathMark'
import { Elsewhere } from './Elsewhere'
import { FlowRows } from './FlowRows'
import { Insights } from './Insights'
import { Ends, Facts, Section, Series } from './parts'
import { ReceiptTable } from './ReceiptTable'
import { Why } from './Why'

type Detail = NonNullable<TransferQuery['transfer']>

interface Props {
  readonly detail: Detail
  /** The line of the map that holds this transfer, where the map draws it. */
  readonly bundle: Bundle | undefined
  readonly onSelect: (selection: Selection) => void
}

export function TransferDetail({ detail, bundle, onSelect }: Props): ReactNode {
  const { go } = useView()
  const { transfer, window, version, charges, series, flows } = detail
  return (
    <>
      <header className="pane-head">
        <p className="quiet">Transfer · {displayName(transfer.protocol, 12)}{transfer.serverPort === 0 ? '' : ` port ${transfer.serverPort}`}</p>
        <Ends of={transfer} onSelect={onSelect} />
        <p><PathMark path={transfer.path} via={transfer.via} assumed={transfer.pathAssumed} />{transfer.via !== '' && <span className="quiet"> by {displayName(transfer.via)}</span>}</p>
        {bundle && bundle.transfers > 1 && (
          <p><button type="button" className="link" onClick={() => onSelect({ kind: 'bundle', id: bundle.id })}>one of {bundle.transfers} transfers of this line</button></p>
        )}
      </header>
      <div className="headline">
        <div><b><Money of={transfer.cost} /></b><span className="quiet">in this window</span></div>
        <div><b><Bytes of={transfer.bytes} /></b><span className="quiet">on the wire</span></div>
        <div><b><Bytes of={transfer.payloadBytes} /></b><span className="quiet">payload</span></div>
      </div>
      <Section title="Receipt" note={version ? `v${version.number}, ${displayName(version.priceBook)}` : ''}>
        <ReceiptTable charges={charges} transfer={transfer} />
      </Section>
      <Section title="Facts">
        <Facts rows={[
          ['Window', <TimeRange key="window" from={window.from} to={window.to} />],
          ['Direction', <InitiatorMark key="direction" of={transfer.initiator} />],
          ['From', place(transfer.sourceZone, transfer.sourceRegion)],
          ['To', place(transfer.destinationZone, transfer.destinationRegion)],
          ['Accounts', pairOf(transfer.sourceAccount, transfer.destinationAccount)],
          ['Networks', pairOf(transfer.sourceNetwork, transfer.destinationNetwork)],
          ['Revisions', revisions(transfer.sourceRevision, transfer.destinationRevision)],
          ['Packets', `${formatCount(transfer.packets)}, ${formatCount(transfer.retransmittedPackets)} sent again`],
          ['Connections', formatCount(transfer.connections)],
          ['Round trip', transfer.rttMicros === null || transfer.rttMicros === undefined ? <NotKnown key="rtt" /> : `${(transfer.rttMicros / 1000).toFixed(2)} ms at most`],
          ['Other end counts', transfer.checkBytes === null ? 'no report' : <Bytes key="check" of={transfer.checkBytes} />],
          ['Id', <code key="id" className="id">{displayName(transfer.id)}</code>],
        ]} />
      </Section>
      <Section title="Over time"><Series series={series} window={window} /></Section>
      <Insights ends={[transfer.source, transfer.destination]} />
      <Section title="Why is it attributed so?"><Why key={transfer.id} transfer={transfer.id} window={window} /></Section>
      <Section title="Raw rows" note={`newest ${flows.length}`}>
        <FlowRows flows={flows} />
        <p><button type="button" className="link" onClick={() => go('/flows', { selection: { kind: 'transfer', id: transfer.id } })}>all of them, to filter and export</button></p>
      </Section>
      <Elsewhere about={{ kind: 'transfer', id: transfer.id }} window={window} version={version?.number ?? null} />
    </>
  )
}

function place(zone: string, region: string): string {
  const parts = [zone, region].filter((part) => part !== '').map((part) => displayName(part))
  return parts.length === 0 ? 'zone and region not known' : parts.join(', ')
}

/** Null, and so no row, where neither side is known. */
function pairOf(source: string, destination: string): string | null {
  if (source === '' && destination === '') return null
  if (source === destination) return displayName(source)
  return `${source === '' ? 'not known' : displayName(source)} → ${destination === '' ? 'not known' : displayName(destination)}`
}

function revisions(source: string, destination: string): ReactNode {
  if (source === '' && destination === '') return null
  return <span title={`${displayName(source, 200)} to ${displayName(destination, 200)}`}>{revision(source)} → {revision(destination)}</span>
}

function revision(id: string): string {
  return id === '' ? 'none' : displayName(shortRevision(id), 20)
}
