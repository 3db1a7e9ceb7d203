import type { ReactNode } from 'react'
import type { EntityQuery } from '../gql/graphql'
import { displayName } from '../lib/name'
import { formatRange } from '../lib/time'
import type { Selection } from '../lib/view'
import { KIND_LABELS } from '../map/kinds'
import { Bytes, Money, Moment } from '../ui/figures'
import { Name } from '../ui/Name'
import { PathMark } from '../ui/PathMark'
import { Facts, Section, Series } from './parts'

type Detail = NonNullable<EntityQuery['entity']>
type Row = Detail['transfers'][number]

interface Props {
  readonly detail: Detail
  readonly onSelect: (selection: Selection) => void
}

export function NodeDetail({ detail, onSelect }: Props): ReactNode {
  const { entity, window, transfers, deployments, series } = detail
  const out = transfers.filter((row) => row.source === entity.id)
  const into = transfers.filter((row) => row.destination === entity.id && row.source !== entity.id)
  return (
    <>
      <header className="pane-head">
        <p className="quiet">{KIND_LABELS[entity.kind]} · {displayName(entity.type)}</p>
        <h2><Name of={entity.name} longest={80} /></h2>
      </header>
      <div className="headline">
        <div><b><Money of={entity.cost} /></b><span className="quiet">its transfers</span></div>
        <div><b><Bytes of={entity.bytesOut} /></b><span className="quiet">out</span></div>
        <div><b><Bytes of={entity.bytesIn} /></b><span className="quiet">in</span></div>
      </div>
      <Facts rows={[
        ['Window', formatRange(window.from, window.to)],
        ['Namespace', entity.namespace && <Name of={entity.namespace} />],
        ['Cluster', <Name key="cluster" of={entity.cluster} />],
        ['Region', displayName(entity.region === '' ? 'not known' : entity.region)],
        ['Zones', entity.zones.length === 0 ? 'none known' : entity.zones.map((zone) => displayName(zone)).join(', ')],
        ['Id', <code key="id" className="id">{displayName(entity.id, 120)}</code>],
      ]} />
      <Section title="Sends to" note={`(${out.length})`}><Peers rows={out} end="destination" onSelect={onSelect} /></Section>
      <Section title="Receives from" note={`(${into.length})`}><Peers rows={into} end="source" onSelect={onSelect} /></Section>
      {deployments.length > 0 && <Section title="Rollouts"><Rollouts rows={deployments} /></Section>}
      <Section title="Over time"><Series series={series} window={window} /></Section>
    </>
  )
}

/** Its transfers in one direction; each opens its receipt. */
function Peers({ rows, end, onSelect }: { readonly rows: readonly Row[]; readonly end: 'source' | 'destination'; readonly onSelect: Props['onSelect'] }): ReactNode {
  if (rows.length === 0) return <p className="quiet">Nothing in this window.</p>
  return (
    <ul className="peers">
      {rows.map((row) => (
        <li key={row.id}>
          <button type="button" onClick={() => onSelect({ kind: 'transfer', id: row.id })}>
            <span className="peer-name"><Name of={end === 'source' ? row.sourceName : row.destinationName} longest={30} /> <span className="quiet">:{row.serverPort}</span></span>
            <span className="figure"><Money of={row.cost} /></span>
            <PathMark path={row.path} via={row.via} assumed={row.pathAssumed} />
            <span className="figure quiet"><Bytes of={row.bytes} /></span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function Rollouts({ rows }: { readonly rows: Detail['deployments'] }): ReactNode {
  return (
    <ol className="rollouts">
      {rows.map((row) => (
        <li key={row.id}>
          <b>Revision {row.revision}</b> <code>{displayName(row.hash, 16)}</code> <Moment of={row.rolledOutAt} />
          <Facts rows={[
            ['Images', row.images.map((image) => displayName(image, 80)).join(', ')],
            ['By', displayName(row.changedBy === '' ? 'not known' : row.changedBy)],
            ['Cause', row.cause && displayName(row.cause, 120)],
            ['Commit', row.gitCommit && <code key="commit">{displayName(row.gitCommit, 40)}</code>],
          ]} />
        </li>
      ))}
    </ol>
  )
}
