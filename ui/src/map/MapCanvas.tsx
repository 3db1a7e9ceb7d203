import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { useKeys } from '../keys/useKeys'
import type { View } from '../lib/view'
import { isPast } from '../lib/view'
import { useTheme } from '../theme/theme'
import type { MapRenderer, Target } from './MapRenderer'
import { MapTooltip } from './MapTooltip'
import type { Scene } from './scene'
import { SigmaRenderer } from './sigma/SigmaRenderer'
import type { Graph } from './useGraph'

interface Props {
  readonly scene: Scene
  readonly graph: Graph
  readonly view: View
  readonly onSelect: (target: Target | null) => void
}

interface Hover {
  readonly target: Target
  readonly x: number
  readonly y: number
}

const PAN_STEP = 0.12
const ZOOM_STEP = 1.4

/** The drawn map with its buttons and keys. Everything on it is in the table as well. */
export function MapCanvas({ scene, graph, view, onSelect }: Props): ReactNode {
  const container = useRef<HTMLDivElement>(null)
  const [hover, setHover] = useState<Hover | null>(null)
  const [moved, setMoved] = useState(false)
  const select = useRef(onSelect)
  useEffect(() => {
    select.current = onSelect
  })
  const renderer = useRenderer(container, isPast(view), {
    onHover: (target, x, y) => setHover(target && { target, x, y }),
    onClick: (target) => select.current(target),
    onMoved: () => setMoved(true),
  })
  useEffect(() => renderer?.setScene(scene), [renderer, scene])
  useEffect(() => renderer?.highlight(view.selection), [renderer, view.selection, scene])
  useKeys({
    f: () => renderer?.fit(),
    '+': () => renderer?.zoom(ZOOM_STEP),
    '=': () => renderer?.zoom(ZOOM_STEP),
    '-': () => renderer?.zoom(1 / ZOOM_STEP),
    ArrowLeft: () => renderer?.pan(-PAN_STEP, 0),
    ArrowRight: () => renderer?.pan(PAN_STEP, 0),
    ArrowUp: () => renderer?.pan(0, -PAN_STEP),
    ArrowDown: () => renderer?.pan(0, PAN_STEP),
  })
  const label = `Map of ${scene.nodes.length} nodes and ${scene.edges.length} transfers. Press t for the same as a table.`
  return (
    <div className={hover ? 'map pointing' : 'map'}>
      <div ref={container} className="canvas" role="img" aria-label={label} data-nodes={scene.nodes.length} data-edges={scene.edges.length} />
      {hover && <MapTooltip graph={graph} {...hover} />}
      <div className="map-buttons">
        {moved && <button type="button" className="button" onClick={() => { renderer?.resetPositions(); setMoved(false) }}>Reset positions</button>}
        <button type="button" className="button icon" aria-label="Zoom in" title="Zoom in (+)" onClick={() => renderer?.zoom(ZOOM_STEP)}>+</button>
        <button type="button" className="button icon" aria-label="Zoom out" title="Zoom out (-)" onClick={() => renderer?.zoom(1 / ZOOM_STEP)}>−</button>
        <button type="button" className="button" title="Fit the map to the screen (f)" onClick={() => renderer?.fit()}>Fit</button>
      </div>
    </div>
  )
}

/** One renderer per theme and tint: the colours are baked into it. */
function useRenderer(container: RefObject<HTMLDivElement | null>, past: boolean, events: ConstructorParameters<typeof SigmaRenderer>[1]): MapRenderer | null {
  const [renderer, setRenderer] = useState<MapRenderer | null>(null)
  const theme = useTheme()
  const latest = useRef(events)
  useEffect(() => {
    latest.current = events
  })
  useEffect(() => {
    const element = container.current
    if (!element) return undefined
    const made = new SigmaRenderer(element, {
      onHover: (...of) => latest.current.onHover(...of),
      onClick: (target) => latest.current.onClick(target),
      onMoved: (id) => latest.current.onMoved(id),
    }, past)
    setRenderer(made)
    // Browser tests ask where things are drawn; see test/e2e.
    Object.assign(element, { locate: made.locate.bind(made) })
    return () => {
      setRenderer(null)
      made.destroy()
    }
  }, [container, theme, past])
  return renderer
}
