import { type ReactNode, Suspense, lazy, useCallback, useMemo } from 'react'
import { useHead } from '../api/head'
import { useWindows } from '../api/window'
import { Drawer } from '../drawer/Drawer'
import { TracePane } from '../drawer/TracePane'
import { useKeys } from '../keys/useKeys'
import { formatRange } from '../lib/time'
import { LEVELS, type Pin, type Selection, isPast, withPins } from '../lib/view'
import { useView } from '../shell/useView'
import { TotalsStrip } from '../strip/TotalsStrip'
import { NoTraffic } from '../ui/NoTraffic'
import { Empty, Failure, Skeleton } from '../ui/states'
import { foldTransfers } from './bundles'
import { FilterBox } from '../filter/FilterBox'
import { Legend } from './Legend'
import { MapCanvas } from './MapCanvas'
import { MapTable } from './MapTable'
import { MapToolbar } from './MapToolbar'
import { NothingShown } from './NothingShown'
import { Reaches } from './Reaches'
import { useDrawn } from './useDrawn'
import { useGraph } from './useGraph'
import { useTrace } from './useTrace'
import { useVerbs } from './useVerbs'
import { WhatIfBar, useListed } from '../whatif/WhatIfBar'
import type { Shift } from '../whatif/lines'
import { ReachesChange } from '../whatif/ReachesChange'
import { useDrawnChange, useKeepOf, useWhatIf, useWithEnds } from '../whatif/useWhatIf'

const NO_PINS: readonly Pin[] = []
const NO_SHIFTS: readonly Shift[] = []
const WhatIfPane = lazy(() => import('../whatif/WhatIfPane').then((module) => ({ default: module.WhatIfPane })))

/** Where does data go: the map, its table twin, the legend, the strip below, the drawer beside. */
export function MapScreen(): ReactNode {
  const { view, patch, slide } = useView()
  const head = useHead()
  const windows = useWindows(view)
  const { data: answered, problem, retry } = useGraph(view, windows)
  const asked = useWhatIf(view)
  const whatIf = asked.data?.whatIf ?? null
  const [listed, setListed] = useListed()
  const graph = useWithEnds(answered, whatIf)
  const drawn = useDrawn(graph, view, windows.window, whatIf?.shifts ?? NO_SHIFTS, useKeepOf(whatIf, view))
  const { shown, leveled, bundles, scene, standsFor } = drawn
  const change = useDrawnChange(whatIf, drawn, view)
  const verbs = useVerbs(view, leveled, patch)
  const { lit, ...traced } = useTrace(view.trace, windows.window, bundles, standsFor)
  const select = useCallback((selection: Selection | null) => patch({ selection }), [patch])
  const lists = useMemo(() => (view.level === 'workload' ? bundles : [...bundles, ...foldTransfers(graph?.transfers ?? [])]), [view.level, bundles, graph])
  const map = useMemo(() => ({ leveled, verbs }), [leveled, verbs])
  const pin = useCallback((more: readonly Pin[] | null) => slide(({ pins }) => ({ pins: more === null ? [] : withPins(pins, more) })), [slide])
  const selected = view.selection?.kind === 'node' ? scene.nodes.find((node) => node.id === standsFor(view.selection?.id ?? '')) : undefined
  const step = (by: 1 | -1): void => patch(({ level }) => ({ level: LEVELS[Math.min(Math.max(LEVELS.indexOf(level) + by, 0), LEVELS.length - 1)] ?? level }))
  useKeys({
    z: () => patch(({ zones }) => ({ zones: !zones })),
    '.': () => (selected && !view.zones ? slide({ pins: view.pins.some((one) => one.id === selected.id) ? view.pins.filter((one) => one.id !== selected.id) : withPins(view.pins, [{ id: selected.id, x: Math.round(selected.x), y: Math.round(selected.y) }]) }) : {}),
    t: () => patch(({ mode }) => ({ mode: mode === 'map' ? 'table' : 'map' })), '<': () => step(-1), '>': () => step(1) })

  if (head.state === 'empty') return <Empty />
  if (head.state === 'failed' && head.problem) return <Failure problem={head.problem} retry={head.retry} />
  if (problem && !graph) return <section className="screen">{view.filter !== '' && <FilterBox filter={view.filter} window={windows.window} onFilter={(filter) => patch({ filter })} />}<Failure problem={problem} retry={retry} /></section>
  if (!graph || !windows.range) return <Skeleton label="the map" rows={10} />
  const onLine = view.selection?.kind === 'bundle' && (change?.lines.some((line) => line.id === view.selection?.id) ?? false)
  const nameOf = (id: string): string => graph.nodes.find((node) => node.id === id)?.name ?? id
  return (
    <div className={isPast(view) ? 'mapscreen past' : 'mapscreen'}>
      <section className="stage">
        <MapToolbar graph={graph} shown={shown} view={view} patch={patch} />
        <FilterBox filter={view.filter} window={windows.window} onFilter={(filter) => patch({ filter, selection: null, trace: null })} />
        {view.whatIf !== null && <WhatIfBar answer={asked} view={view} patch={patch} listed={listed} onListed={setListed} />}
        {problem && <Failure problem={problem} retry={retry} />}
        {graph.transfers.length === 0 && <NoTraffic window={windows.window} range={formatRange(windows.range.from, windows.range.to)} />}
        {graph.transfers.length > 0 && shown.nodes.length === 0 && <NothingShown onAll={() => patch({ only: [], away: [] })} />}
        {shown.nodes.length > 0 && (view.mode === 'map'
          ? <div className="ground"><MapCanvas scene={change?.scene ?? scene} nodes={leveled.nodes} bundles={bundles} lines={change?.lines} view={view} onSelect={select} onOpen={verbs.open} pins={view.zones ? NO_PINS : view.pins} onPin={pin} lit={lit ?? change?.lit ?? null} standsFor={standsFor} /><div className="map-notes"><Legend transfers={shown.transfers} total={graph.total.cost} view={view} patch={patch} />{view.zones && (whatIf ? <ReachesChange whatIf={whatIf} folded={change?.folded ?? null} drawsAll={view.more} onDrawAll={(more) => patch({ more })} /> : <Reaches transfers={leveled.transfers} />)}</div></div>
          : <MapTable transfers={shown.transfers} view={view} onSelect={select} />)}
        <TotalsStrip view={view} windows={windows} patch={patch} filtered />
      </section>
      {whatIf && change && listed && !view.trace && (!view.selection || onLine) && <Suspense fallback={<aside className="pane drawer" aria-label="What would change" />}><WhatIfPane whatIf={whatIf} lines={change.lines} selection={view.selection} onSelect={select} onClose={() => setListed(false)} /></Suspense>}
      {view.selection && !onLine && <Drawer selection={view.selection} window={windows.window} graph={graph} bundles={lists} map={map} onSelect={select} />}
      {!view.selection && view.trace && (
        <TracePane trace={view.trace} traced={{ ...traced, lit }} nameOf={nameOf} onSelect={select} onClose={() => patch({ trace: null })} onSwap={() => view.trace?.kind === 'path' && patch({ trace: { kind: 'path', from: view.trace.to, to: view.trace.from } })} />
      )}
    </div>
  )
}
