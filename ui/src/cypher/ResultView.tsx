import { type ReactNode, useMemo, useState } from 'react'
import { formatCount } from '../lib/bytes'
import { useView } from '../shell/useView'
import { ExportButtons } from '../ui/ExportButtons'
import { ResultGraph } from './ResultGraph'
import { ResultTable } from './ResultTable'
import { type CypherResult, cellOf, entitiesOf, graphOf } from './result'

/** A link must stay a link: more nodes than these are not put into one. */
const MOST_ON_MAP = 60

/** The answer: as a table, as a graph, as a file, and its nodes on the map. */
export function ResultView({ result, currency }: { readonly result: CypherResult; readonly currency: string }): ReactNode {
  const { go } = useView()
  const graph = useMemo(() => graphOf(result), [result])
  const entities = useMemo(() => entitiesOf(result), [result])
  const [wanted, setWanted] = useState<'table' | 'graph' | null>(null)
  const shape = graph.nodes.length === 0 ? 'table' : (wanted ?? (result.nodes.length > 0 ? 'graph' : 'table'))
  return (
    <section className="cypher-result" aria-label="Answer">
      <div className="result-bar">
        <p role="status">
          <b>{formatCount(result.rows.length)} {result.rows.length === 1 ? 'row' : 'rows'}</b>
          {result.more && <span className="warn"> of more: the limit left the others out</span>}
          <span className="quiet"> · the planner expected {formatCount(Math.round(result.estimatedRows))} at the widest place</span>
        </p>
        {graph.nodes.length > 0 && (
          <fieldset className="segmented">
            <legend className="hidden">Shown as</legend>
            <button type="button" aria-pressed={shape === 'table'} onClick={() => setWanted('table')}>Table</button>
            <button type="button" aria-pressed={shape === 'graph'} onClick={() => setWanted('graph')}>Graph</button>
          </fieldset>
        )}
        {entities.length > 0 && (
          <button type="button" className="button" onClick={() => go('/map', { only: entities.slice(0, MOST_ON_MAP), mode: 'map', level: 'workload' })}>
            Open {entities.length > MOST_ON_MAP ? `the first ${MOST_ON_MAP} of ${formatCount(entities.length)}` : entities.length} {entities.length === 1 ? 'node' : 'nodes'} on the map
          </button>
        )}
        <ExportButtons name="cypher" table={() => ({ columns: result.columns, rows: result.rows.map((row) => row.map(cellOf)) })} json={() => ({ columns: result.columns, rows: result.rows })} />
      </div>
      {result.rows.length === 0 && <p className="quiet">No row. The statement was understood, and nothing matches it.</p>}
      {result.rows.length > 0 && shape === 'table' && <ResultTable result={result} currency={currency} />}
      {shape === 'graph' && <ResultGraph graph={graph} onOpen={(id) => go('/map', { selection: { kind: 'node', id } })} />}
    </section>
  )
}
