import { type ReactNode, useEffect, useMemo } from 'react'
import { StatusDocument } from '../api/documents'
import { useHead } from '../api/head'
import { useDocument } from '../api/useDocument'
import type { StatusQuery } from '../gql/graphql'
import { SOME_LOSS, STALE_SECONDS, UNSIZED_LOSS, accountedFor, lossOf } from '../lib/accounting'
import { type WireBytes, formatShare, toBytes } from '../lib/bytes'
import { displayName } from '../lib/name'
import { formatDuration } from '../lib/time'
import { Bytes, Second, TimeRange } from '../ui/figures'
import { type Column, SortableTable } from '../ui/SortableTable'
import { Empty, Failure, Skeleton } from '../ui/states'
import { Builds, Version } from './Builds'
import { Watches } from './Watches'

interface Agent extends Readonly<StatusQuery['agents'][number]> {
  /** Minutes of the last hour that it reported anything on, and those that it reported wholly and without a loss. */
  readonly minutes: number
  readonly full: number
}
type Meta = NonNullable<StatusQuery['meta']>

/** Can the numbers be trusted: agents, coverage, losses, lag. */
export function StatusScreen(): ReactNode {
  const { meta: head } = useHead()
  const variables = useMemo(() => ({}), [])
  const { data, problem, retry } = useDocument(StatusDocument, variables, { keep: true, policy: 'network-only' })
  useEffect(() => retry(), [retry, head?.version.number])
  if (problem) return <Failure problem={problem} retry={retry} />
  if (!data) return <Skeleton label="the status" rows={8} />
  return (
    <section className="screen whole">
      <h2>Can the numbers be trusted?</h2>
      {data.meta ? <Tiles meta={data.meta} /> : <Empty />}
      <h3>Agents <span className="quiet">({data.agents.length})</span></h3>
      <Builds agents={data.agents} service={data.serviceVersion} />
      {data.agents.length === 0
        ? <p>No agent has reported yet. An agent reports within seconds of its start; if none comes, run <code>egressor doctor</code> on its machine.</p>
        : <SortableTable caption="Agents" columns={COLUMNS} rows={covered(data)} rowId={(row) => `${row.cluster}/${row.node}`} initial={{ column: 'node', descending: false }} />}
      {data.agents.some((row) => lossOf(row.lostBytes) === 'unsized') && <p className="quiet note"><b>Not measured:</b> {UNSIZED_LOSS}</p>}
      {data.agents.some((row) => lossOf(row.lostBytes) === 'some') && <p className="note"><b className="bad">Lost bytes:</b> {SOME_LOSS}</p>}
      <Watches clusters={data.watches} />
    </section>
  )
}

/** Each agent with how many of its minutes are whole: those decide whose report of a transfer is taken. */
function covered({ agents, coverage }: StatusQuery): Agent[] {
  return agents.map((agent) => {
    const minutes = coverage.find((node) => node.cluster === agent.cluster && node.node === agent.node)?.minutes ?? []
    return { ...agent, minutes: minutes.length, full: minutes.filter((minute) => minute.full).length }
  })
}

function Tiles({ meta }: { readonly meta: Meta }): ReactNode {
  const { version } = meta
  return (
    <dl className="tiles">
      <div><dt>Newest version</dt><dd>v{version.number}</dd><dd className="quiet"><TimeRange from={version.from} to={version.to} /></dd></div>
      <div className={meta.lagSeconds > STALE_SECONDS ? 'warn' : undefined}>
        <dt>Lag</dt><dd>{formatDuration(meta.lagSeconds)}</dd><dd className="quiet">since the end of the newest minute</dd>
      </div>
      <div><dt>Coverage</dt><dd>{accountedFor(meta).replace(' accounted for', '')}</dd><dd className="quiet">of bytes have both ends known</dd></div>
      <LossTile lostBytes={meta.lostBytes} />
      <div><dt>Unknown ends</dt><dd><Bytes of={version.unknownBytes} /></dd><dd className="quiet">{shareOfWhole(version.unknownBytes, version.bytes)} of the version</dd></div>
      <div><dt>Without price</dt><dd><Bytes of={version.unpricedBytes} /></dd><dd className="quiet">{displayName(version.priceBook)}</dd></div>
      <div><dt>Traffic</dt><dd>{meta.lab ? 'lab' : 'own'}</dd><dd className="quiet">{meta.lab ? "the lab's or a recording's, not this system's own" : "this system's own"}</dd></div>
      <div><dt>Folded by</dt><dd>{displayName(version.codeVersion, 24)}</dd><dd className="quiet">Egressor's version; digest <code title={version.digest}>{version.digest.slice(0, 12)}</code></dd></div>
    </dl>
  )
}

function shareOfWhole(part: WireBytes | null | undefined, whole: WireBytes | null | undefined): string {
  return part === null || part === undefined || whole === null || whole === undefined ? 'a share' : formatShare(toBytes(part), toBytes(whole))
}

function LossTile({ lostBytes }: { readonly lostBytes: WireBytes | null | undefined }): ReactNode {
  const loss = lossOf(lostBytes)
  return (
    <div className={loss === 'some' ? 'warn' : undefined} title={loss === 'unsized' ? UNSIZED_LOSS : undefined}>
      <dt>Lost</dt>
      <dd>{loss === 'unsized' ? 'not measured' : <Bytes of={lostBytes} />}</dd>
      <dd className="quiet">{loss === 'unsized' ? 'some connections are older than their agent' : "reported by agents for the version's minutes"}</dd>
    </div>
  )
}

/** What an agent lost: calm where only the size is missing, loud where measured bytes are gone. */
function Loss({ of }: { readonly of: WireBytes | null | undefined }): ReactNode {
  const loss = lossOf(of)
  if (loss === 'unsized') return <span className="quiet" title={UNSIZED_LOSS}>not measured</span>
  return <span className={loss === 'some' ? 'bad' : undefined} title={loss === 'some' ? SOME_LOSS : undefined}><Bytes of={of} /></span>
}

const COLUMNS: ReadonlyArray<Column<Agent>> = [
  { id: 'cluster', label: 'Cluster', spare: 'sparest', into: 'node', sort: (row) => row.cluster, cell: (row) => displayName(row.cluster) },
  { id: 'node', label: 'Machine', sort: (row) => row.node, cell: (row) => displayName(row.node) },
  { id: 'mode', label: 'Mode', spare: 'sparest', into: 'node', sort: (row) => row.mode, cell: (row) => displayName(row.mode) },
  { id: 'version', label: 'Version', spare: 'sparer', into: 'node', sort: (row) => row.version, cell: (row) => <Version of={row} /> },
  { id: 'covered', label: 'Covered through', sort: (row) => row.coveredThrough, cell: (row) => <Second of={row.coveredThrough} /> },
  {
    id: 'full',
    label: 'Whole minutes, last hour',
    numeric: true,
    sort: (row) => row.full - row.minutes,
    cell: (row) => <span className={lossOf(row.lostBytes) === 'some' ? 'bad' : undefined} title="Minutes that it reported wholly and without a loss: then its word is taken for what its machine sent.">{row.full} of {row.minutes}</span>,
  },
  { id: 'batch', label: 'Last batch', spare: 'spare', sort: (row) => row.lastBatchAt, cell: (row) => <Second of={row.lastBatchAt} /> },
  {
    id: 'lost',
    label: 'Lost in the last hour',
    numeric: true,
    sort: (row) => (row.lostBytes === null || row.lostBytes === undefined ? -1n : toBytes(row.lostBytes)),
    cell: (row) => <Loss of={row.lostBytes} />,
  },
]
