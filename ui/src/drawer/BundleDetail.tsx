import { type ReactNode, useMemo } from 'react'
import { displayName } from '../lib/name'
import type { Selection } from '../lib/view'
import type { Bundle } from '../map/bundles'
import { type Rollout, rolloutsOf, shortRevision } from '../map/revisions'
import type { Graph, GraphTransfer } from '../map/useGraph'
import { zonesText } from '../map/zones'
import { Bytes, Money, TimeRange } from '../ui/figures'
import { InitiatorMark } from '../ui/InitiatorMark'
import { Name } from '../ui/Name'
import { PathMark } from '../ui/PathMark'
import { Ends, Section } from './parts'

interface Props {
  readonly bundle: Bundle
  readonly graph: Graph
  readonly onSelect: (selection: Selection) => void
}

/** One line of the map: its exact sums, the rollouts in it, and its transfers; each opens its receipt. */
export function BundleDetail({ bundle, graph, onSelect }: Props): ReactNode {
  const rollouts = useMemo(() => rolloutsOf(bundle.rows), [bundle.rows])
  return (
    <>
      <header className="pane-head">
        <p className="quiet">One line of the map · <TimeRange from={graph.window.from} to={graph.window.to} /></p>
        <Ends of={bundle} onSelect={onSelect} />
        <p><PathMark path={bundle.path.id} /></p>
      </header>
      <div className="headline">
        <div><b><Money of={bundle.cost} /></b><span className="quiet">in this window</span></div>
        <div><b><Bytes of={bundle.bytes} /></b><span className="quiet">on the wire</span></div>
        <div><b>{bundle.transfers}</b><span className="quiet">{bundle.transfers === 1 ? 'transfer' : 'transfers'}</span></div>
      </div>
      {rollouts.length > 0 && (
        <Section title="Rollout in this window">
          {rollouts.map((rollout) => <RolloutShares key={rollout.end} rollout={rollout} />)}
        </Section>
      )}
      <Section title="Transfers" note="costliest first">
        <ul className="peers">
          {bundle.rows.map((row) => <li key={row.id}><TransferRow row={row} rollouts={rollouts} onSelect={onSelect} /></li>)}
        </ul>
        {graph.rest.transfers > 0 && <p className="quiet small">The smallest transfers of the window are not drawn; where this line has some, they are missing here.</p>}
      </Section>
    </>
  )
}

/** What each revision of one end moved: a rollout that changed traffic shows here. */
function RolloutShares({ rollout }: { readonly rollout: Rollout }): ReactNode {
  return (
    <table className="table small rollout">
      <caption><Name of={rollout.name} /> {rollout.end === 'source' ? 'sent' : 'received'} with {rollout.shares.length} revisions</caption>
      <thead>
        <tr><th scope="col">Revision</th><th scope="col" className="numeric">Transfers</th><th scope="col" className="numeric">Bytes</th><th scope="col" className="numeric">Cost</th></tr>
      </thead>
      <tbody>
        {rollout.shares.map((share) => (
          <tr key={share.revision}>
            <td title={displayName(share.revision, 200)}><code>{share.revision === '' ? 'not known' : displayName(shortRevision(share.revision), 20)}</code></td>
            <td className="numeric">{share.transfers}</td>
            <td className="numeric"><Bytes of={share.bytes} /></td>
            <td className="numeric"><Money of={share.cost} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function TransferRow({ row, rollouts, onSelect }: { readonly row: GraphTransfer; readonly rollouts: readonly Rollout[]; readonly onSelect: Props['onSelect'] }): ReactNode {
  const revisions = rollouts.map(({ end, name }) => ({ end, name, revision: end === 'source' ? row.sourceRevision : row.destinationRevision }))
  return (
    <button type="button" onClick={() => onSelect({ kind: 'transfer', id: row.id })}>
      <span>{zonesText(row)}</span>
      <span className="figure"><Money of={row.cost} /></span>
      <span className="quiet">
        <InitiatorMark of={row.initiator} />, {row.serverPort === 0 ? '' : `port ${row.serverPort} `}{displayName(row.protocol, 8)}{row.pathAssumed && ', assumed way'}
      </span>
      <span className="figure quiet"><Bytes of={row.bytes} /></span>
      {revisions.map(({ end, name, revision }) => (
        <span key={end} className="quiet">revision <code>{revision === '' ? 'not known' : displayName(shortRevision(revision), 20)}</code> of <Name of={name} longest={24} /></span>
      ))}
    </button>
  )
}
