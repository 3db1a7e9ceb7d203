import { type ReactNode, useCallback, useMemo } from 'react'
import { useHead } from '../api/head'
import { useWindows } from '../api/window'
import { Drawer } from '../drawer/Drawer'
import { useKeys } from '../keys/useKeys'
import { formatRange } from '../lib/time'
import { isPast } from '../lib/view'
import { useView } from '../shell/useView'
import { TotalsStrip } from '../strip/TotalsStrip'
import { Empty, Failure, NoTraffic, Skeleton } from '../ui/states'
import { Legend } from './Legend'
import { MapCanvas } from './MapCanvas'
import type { Target } from './MapRenderer'
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
  const scene = useMemo(() => graph && buildScene(graph, view.measure, view.hidden), [graph, view.measure, view.hidden])
  const select = useCallback((selection: Target | null) => patch({ selection }), [patch])
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
          ? <div className="ground"><MapCanvas scene={scene} graph={graph} view={view} onSelect={select} /><Legend graph={graph} view={view} patch={patch} /></div>
          : <MapTable graph={graph} view={view} onSelect={select} />)}
        <TotalsStrip view={view} windows={windows} patch={patch} />
      </section>
      {view.selection && <Drawer selection={view.selection} window={windows.window} onSelect={select} />}
    </div>
  )
}
