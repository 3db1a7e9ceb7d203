import { type ReactNode, useCallback, useMemo } from 'react'
import { useHead } from '../api/head'
import { useWindows } from '../api/window'
import { Drawer } from '../drawer/Drawer'
import { useKeys } from '../keys/useKeys'
import { formatRange } from '../lib/time'
import { type Selection, isPast } from '../lib/view'
import { useView } from '../shell/useView'
import { TotalsStrip } from '../strip/TotalsStrip'
import { Empty, Failure, NoTraffic, Skeleton } from '../ui/states'
import { foldTransfers } from './bundles'
import { Legend } from './Legend'
import { MapCanvas } from './MapCanvas'
import { MapTable } from './MapTable'
import { MapToolbar } from './MapToolbar'
import { buildScene } from './scene'
import { useGraph } from './useGraph'

/** Where does data go: the map, its table twin, the legend, the strip below, the drawer beside. */
export function MapScreen(): ReactNode {
  const { view, patch } = useView()
  const head = useHead()
  const windows = useWindows(view)
  const { data: graph, problem, retry } = useGraph(view, windows)
  const bundles = useMemo(() => foldTransfers(graph?.transfers ?? []), [graph])
  const scene = useMemo(() => graph && buildScene(graph.nodes, bundles, view.measure, view.hidden), [graph, bundles, view.measure, view.hidden])
  const select = useCallback((selection: Selection | null) => patch({ selection }), [patch])
  useKeys({ t: () => patch({ mode: view.mode === 'map' ? 'table' : 'map' }) })

  if (head.state === 'empty') return <Empty />
  if (head.state === 'failed' && head.problem) return <Failure problem={head.problem} retry={head.retry} />
  if (problem && !graph) return <Failure problem={problem} retry={retry} />
  if (!graph || !scene || !windows.range) return <Skeleton label="the map" rows={10} />
  return (
    <div className={isPast(view) ? 'mapscreen past' : 'mapscreen'}>
      <section className="stage">
        <MapToolbar graph={graph} view={view} patch={patch} />
        {problem && <Failure problem={problem} retry={retry} />}
        {graph.transfers.length === 0 && <NoTraffic range={formatRange(windows.range.from, windows.range.to)} />}
        {graph.transfers.length > 0 && (view.mode === 'map'
          ? <div className="ground"><MapCanvas scene={scene} nodes={graph.nodes} bundles={bundles} view={view} onSelect={select} /><Legend graph={graph} view={view} patch={patch} /></div>
          : <MapTable graph={graph} view={view} onSelect={select} />)}
        <TotalsStrip view={view} windows={windows} patch={patch} />
      </section>
      {view.selection && <Drawer selection={view.selection} window={windows.window} graph={graph} bundles={bundles} onSelect={select} />}
    </div>
  )
}
