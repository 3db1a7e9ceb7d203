import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react'
import { client } from '../api/client'
import { VersionsDocument } from '../api/documents'
import { type Problem, toProblem } from '../api/errors'
import { useHead } from '../api/head'
import type { VersionKind, VersionsQuery } from '../gql/graphql'
import { formatShare, toBytes } from '../lib/bytes'
import { displayName } from '../lib/name'
import { useView } from '../shell/useView'
import { Bytes, Money, Moment, NotKnown, TimeRange } from '../ui/figures'
import { type Column, SortableTable } from '../ui/SortableTable'
import { Empty, Failure, Skeleton } from '../ui/states'

type Version = VersionsQuery['versions']['edges'][number]['node']
type Page = VersionsQuery['versions']

const PAGE = 50
const KINDS: Record<VersionKind, string> = { FOLD: 'fold', REFOLD: 'refold', COMPACT: 'compact', REPRICE: 'reprice' }

/** Every state of knowledge that was committed, newest first; each can be opened. */
export function VersionsScreen(): ReactNode {
  const { go } = useView()
  const { meta } = useHead()
  const { pages, problem, load } = usePages(meta?.version.number ?? 0)
  const columns = useMemo(() => versionColumns((number) => go('/map', { version: number, from: null, to: null, knownThen: false, selection: null })), [go])
  const rows = useMemo(() => pages.flatMap((page) => page.edges.map((edge) => edge.node)), [pages])
  const last = pages.at(-1)
  if (problem) return <Failure problem={problem} retry={() => load(null)} />
  if (!last) return <Skeleton label="the versions" rows={12} />
  if (rows.length === 0) return <Empty />
  return (
    <section className="screen">
      <h2>All versions</h2>
      <p className="quiet">Each version is immutable and its digest is chained on the one before. Opening one shows the map as it was known then.</p>
      <SortableTable caption="Versions" columns={columns} rows={rows} rowId={(row) => String(row.number)} initial={{ column: 'number', descending: true }} />
      <p>{rows.length} shown{last.pageInfo.hasNextPage && <>, <button type="button" className="link" onClick={() => load(last.pageInfo.endCursor ?? null)}>show {PAGE} older</button></>}</p>
    </section>
  )
}

/** Pages of versions; a new version starts again at the newest. */
function usePages(newest: number): { pages: readonly Page[]; problem: Problem | null; load: (after: string | null) => void } {
  const [pages, setPages] = useState<readonly Page[]>([])
  const [problem, setProblem] = useState<Problem | null>(null)
  const load = useCallback((after: string | null): void => {
    void client.query<VersionsQuery>(VersionsDocument.toString(), { first: PAGE, after }, { requestPolicy: 'network-only' }).toPromise().then(({ data, error }) => {
      setProblem(error ? toProblem(error) : null)
      if (data) setPages((before) => (after === null ? [data.versions] : [...before, data.versions]))
    })
  }, [])
  useEffect(() => load(null), [load, newest])
  return { pages, problem, load }
}

function versionColumns(open: (number: number) => void): ReadonlyArray<Column<Version>> {
  return [
    { id: 'number', label: 'Version', numeric: true, sort: (row) => row.number, cell: (row) => <button type="button" className="link" title="Open the map at this version" onClick={() => open(row.number)}>v{row.number}</button> },
    { id: 'minute', label: 'Minutes', sort: (row) => row.from, cell: (row) => <TimeRange from={row.from} to={row.to} /> },
    { id: 'kind', label: 'Kind', spare: 'sparest', into: 'minute', sort: (row) => row.kind, cell: (row) => <span className={`kind ${KINDS[row.kind]}`}>{KINDS[row.kind]}</span> },
    { id: 'bytes', label: 'Bytes', numeric: true, spare: 'sparest', into: 'cost', sort: (row) => toBytes(row.bytes ?? 0), cell: (row) => <Bytes of={row.bytes} /> },
    { id: 'cost', label: 'Cost', numeric: true, sort: (row) => Number(row.cost?.amount ?? 0), cell: (row) => (row.cost ? <Money of={row.cost} /> : <NotKnown />) },
    { id: 'unknown', label: 'Unknown ends', numeric: true, spare: 'sparer', sort: (row) => toBytes(row.unknownBytes ?? 0), cell: (row) => <><Bytes of={row.unknownBytes} /> {row.bytes && row.unknownBytes !== null && row.unknownBytes !== undefined ? <span className="quiet">{formatShare(toBytes(row.unknownBytes), toBytes(row.bytes))}</span> : null}</> },
    { id: 'unpriced', label: 'Without price', numeric: true, spare: 'wide', sort: (row) => toBytes(row.unpricedBytes ?? 0), cell: (row) => <Bytes of={row.unpricedBytes} /> },
    { id: 'size', label: 'Nodes, transfers', numeric: true, spare: 'spare', sort: (row) => row.transfers ?? 0, cell: (row) => (row.nodes === null || row.nodes === undefined ? <NotKnown /> : `${row.nodes}, ${row.transfers ?? 0}`) },
    { id: 'committed', label: 'Committed', spare: 'sparer', sort: (row) => row.committedAt, cell: (row) => <Moment of={row.committedAt} /> },
    { id: 'book', label: 'Price book', spare: 'wide', sort: (row) => row.priceBook, cell: (row) => displayName(row.priceBook, 32) },
    { id: 'digest', label: 'Digest', spare: 'sparest', into: 'minute', cell: (row) => <code title={`digest ${row.digest}\nbefore ${row.previousDigest || 'none'}\ninput ${row.inputDigest}\nfacts ${row.factsDigest}\ncode ${row.codeVersion}`}>{row.digest.slice(0, 12)}</code> },
  ]
}
