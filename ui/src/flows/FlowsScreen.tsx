import { type ReactNode, useMemo, useState } from 'react'
import { useHead } from '../api/head'
import { useWindows } from '../api/window'
import { formatCount } from '../lib/bytes'
import { displayName } from '../lib/name'
import { FilterBox } from '../filter/FilterBox'
import { pathClass } from '../lib/paths'
import { useGraph, type GraphTransfer } from '../map/useGraph'
import { zonesText } from '../map/zones'
import { useView } from '../shell/useView'
import { exportedTransfers } from '../map/exported'
import { ExportButtons } from '../ui/ExportButtons'
import { Bytes, Money } from '../ui/figures'
import { Name } from '../ui/Name'
import { PathMark } from '../ui/PathMark'
import { Empty, Failure, Skeleton } from '../ui/states'
import { RawRows } from './RawRows'

/** More are not listed: who looks for one among thousands has a word of it. */
const MOST_LISTED = 200

/** Show me the raw rows: the transfers of the window, and what agents reported of the chosen one. */
export function FlowsScreen(): ReactNode {
  const { view, patch } = useView()
  const head = useHead()
  const windows = useWindows(view)
  const { data: graph, problem, retry } = useGraph(view, windows)
  const [text, setText] = useState('')
  const found = useMemo(() => (graph?.transfers ?? []).filter((row) => holds(row, text)), [graph, text])
  if (head.state === 'empty') return <Empty />
  if (head.state === 'failed' && head.problem) return <Failure problem={head.problem} retry={head.retry} />
  const filter = <FilterBox filter={view.filter} window={windows.window} onFilter={(next) => patch({ filter: next, selection: null })} />
  if (problem && !graph) return <section className="screen">{view.filter !== '' && filter}<Failure problem={problem} retry={retry} /></section>
  if (!graph || !windows.range) return <Skeleton label="the flows" rows={10} />
  const chosen = view.selection?.kind === 'transfer' ? view.selection.id : null
  return (
    <div className="cypher flowscreen">
      <aside className="shelves" aria-label="Transfers">
        {filter}
        <input type="search" aria-label="Find a transfer" placeholder="Name, path, port or zone" value={text} onChange={(event) => setText(event.target.value)} />
        <ul className="shelf">
          {found.slice(0, MOST_LISTED).map((row) => (
            <li key={row.id}>
              <button type="button" className="shelf-query flow-of" aria-pressed={row.id === chosen} onClick={() => patch({ selection: { kind: 'transfer', id: row.id } })}>
                <span><Name of={row.sourceName} longest={22} /> → <Name of={row.destinationName} longest={22} /></span>
                <span className="figure"><Money of={row.cost} /></span>
                <span className="quiet small"><PathMark path={row.path} /> {row.serverPort === 0 ? '' : `:${row.serverPort}`}</span>
                <span className="figure quiet small"><Bytes of={row.bytes} /></span>
              </button>
            </li>
          ))}
        </ul>
        <p className="quiet small">
          <ExportButtons name="transfers" table={() => exportedTransfers(found)} />{' '}
          {found.length > MOST_LISTED && `${formatCount(found.length - MOST_LISTED)} more match. `}
          {graph.rest.transfers > 0 && <>{formatCount(graph.rest.transfers)} smaller transfers are not listed: <Money of={graph.rest.cost} />.</>}
        </p>
      </aside>
      <section className="cypher-main">
        {chosen === null
          ? <section className="state" role="status"><h2>Raw rows</h2><p>Choose a transfer at the side: every byte of it is in a row that an agent reported, and here they are.</p></section>
          : <RawRows key={chosen} id={chosen} window={windows.window} />}
      </section>
    </div>
  )
}

/** Every word is in a name, the path, the port or the zones. */
function holds(row: GraphTransfer, text: string): boolean {
  const all = `${displayName(row.sourceName, 200)} ${displayName(row.destinationName, 200)} ${row.path} ${pathClass(row.path).label} :${row.serverPort} ${row.protocol} ${zonesText(row)} ${row.source} ${row.destination}`.toLocaleLowerCase('en')
  return text.toLocaleLowerCase('en').split(/\s+/).every((word) => all.includes(word))
}
