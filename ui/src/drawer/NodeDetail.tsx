import type { ReactNode } from 'react'
import type { EntityQuery, Window } from '../gql/graphql'
import { displayName } from '../lib/name'
import type { Selection } from '../lib/view'
import { type Bundle, foldTransfers, selectionOf } from '../map/bundles'
import { KIND_LABELS } from '../map/kinds'
import { Bytes, Money, Moment, TimeRange } from '../ui/figures'
import { Name } from '../ui/Name'
import { PathMark } from '../ui/PathMark'
import { Dependents } from './Dependents'
import { Elsewhere } from './Elsewhere'
import { Insights } from './Insights'
import { Facts, Section, Series } from './parts'

type Detail = NonNullable<EntityQuery['entity']>
type Row = Detail['transfers'][number]

interface Props {
  readonly detail: Detail
  /** The window as it was asked, with its version. */
  readonly asked: Window
  readonly onSelect: (selection: Selection) => void
}

export function NodeDetail({ detail, asked, onSelect }: Props): ReactNode {
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
        ['Window', <TimeRange key="window" from={window.from} to={window.to} />],
        ['Namespace', entity.namespace && <Name of={entity.namespace} />],
        ['Cluster', <Name key="cluster" of={entity.cluster} />],
        [entity.regions.length > 1 ? 'Regions' : 'Region', entity.regions.length === 0 ? 'not known' : entity.regions.map((region) => displayName(region)).join(', ')],
        ['Zones', entity.zones.length === 0 ? 'none known' : entity.zones.map((zone) => displayName(zone)).join(', ')],
        ['Id', <code key="id" className="id">{displayName(entity.id, 120)}</code>],
      ]} />
      <Section title="Sends to" note={countText(out)}><Peers rows={out} end="destination" onSelect={onSelect} /></Section>
      <Section title="Receives from" note={countText(into)}><Peers rows={into} end="source" onSelect={onSelect} /></Section>
      <Dependents id={entity.id} window={asked} onSelect={onSelect} />
      {deployments.length > 0 && <Section title="Rollouts"><Rollouts rows={deployments} /></Section>}
      <Insights ends={[entity.id]} />
      <Section title="Over time"><Series series={series} window={window} /></Section>
      <Elsewhere about={{ kind: 'node', id: entity.id }} window={window} version={detail.version?.number ?? null} />
    </>
  )
}

function countText(rows: readonly Row[]): string {
  return rows.length === 0 ? '' : `(${rows.length} transfer${rows.length === 1 ? '' : 's'})`
}

/** Its transfers in one direction, folded as the map's lines; each opens its list, or the receipt of a single one. */
function Peers({ rows, end, onSelect }: { readonly rows: readonly Row[]; readonly end: 'source' | 'destination'; readonly onSelect: Props['onSelect'] }): ReactNode {
  if (rows.length === 0) return <p className="quiet">Nothing in this window.</p>
  return (
    <ul className="peers">
      {foldTransfers(rows).map((bundle) => (
        <li key={bundle.id}>
          <button type="button" onClick={() => onSelect(selectionOf(bundle))}>
            <span className="peer-name"><Name of={end === 'source' ? bundle.sourceName : bundle.destinationName} longest={30} /> <span className="quiet">{contents(bundle)}</span></span>
            <span className="figure"><Money of={bundle.cost} /></span>
            <PathMark path={bundle.path.id} assumed={bundle.rows.some((row) => row.pathAssumed)} />
            <span className="figure quiet"><Bytes of={bundle.bytes} /></span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** ":443" of a single transfer, else how many there are. */
function contents(bundle: Bundle<Row>): string {
  return bundle.transfers === 1 ? `:${bundle.rows[0]?.serverPort ?? 0}` : `${bundle.transfers} transfers`
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
