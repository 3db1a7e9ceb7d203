import { type ReactNode, type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useKeys } from '../keys/useKeys'
import { type Pin, type Selection, type View, isPast } from '../lib/view'
import { useTheme } from '../theme/theme'
import { type Bundle, selectedBundle, selectionOf } from './bundles'
import { download } from '../ui/download'
import type { Lit, MapRenderer, Target } from './MapRenderer'
import { MapTooltip } from './MapTooltip'
import type { Scene } from './scene'
import { CanvasRenderer } from './canvas/CanvasRenderer'
import type { GraphNode } from './useGraph'
import type { Line } from '../whatif/lines'

interface Props {
  readonly scene: Scene
  readonly nodes: readonly GraphNode[]
  readonly bundles: readonly Bundle[]
  /** Lines of a change that take the place of bundles. */
  readonly lines?: readonly Line[] | undefined
  readonly view: View
  readonly onSelect: (selection: Selection | null) => void
  /** A node is to be opened, by its id. */
  readonly onOpen: (id: string) => void
  /** Nodes that a person put somewhere. */
  readonly pins: readonly Pin[]
  /** Some more are put somewhere; null puts all back. */
  readonly onPin: (pins: readonly Pin[] | null) => void
  /** What stands out besides what is selected, null for nothing. */
  readonly lit: Lit | null
  /** The drawn node that stands for a node, itself where it is drawn. */
  readonly standsFor: (id: string) => string
}

interface Hover {
  readonly target: Target
  readonly x: number
  readonly y: number
}

const NO_LINES: readonly Line[] = []
const PAN_STEP = 0.12
const ZOOM_STEP = 1.4

/** The drawn map with its buttons and keys. Everything on it is in the table as well. */
export function MapCanvas({ scene, nodes, bundles, lines = NO_LINES, view, onSelect, onOpen, pins, onPin, lit, standsFor }: Props): ReactNode {
  const container = useRef<HTMLDivElement>(null)
  const [hover, setHover] = useState<Hover | null>(null)
  const [failed, setFailed] = useState('')
  const target = useMemo(() => lineOf(view.selection, lines) ?? targetOf(view.selection, bundles, standsFor), [view.selection, lines, bundles, standsFor])
  const click = (clicked: Target | null): void => {
    const bundle = clicked?.kind === 'bundle' && !lines.some((line) => line.id === clicked.id) ? bundles.find((one) => one.id === clicked.id) : undefined
    onSelect(bundle ? selectionOf(bundle) : clicked)
  }
  const renderer = useRenderer(container, isPast(view), {
    onHover: (over, x, y) => setHover(over && { target: over, x, y }),
    onClick: click,
    onMoved: (id, x, y) => onPin([{ id, x: Math.round(x), y: Math.round(y) }]),
    onOpen,
    onFailed: setFailed,
  })
  useLayoutEffect(() => renderer?.setScene(scene), [renderer, scene])
  useLayoutEffect(() => renderer?.pin(new Map(pins.map(({ id, x, y }) => [id, { x, y }]))), [renderer, pins])
  useLayoutEffect(() => renderer?.trace(lit), [renderer, lit])
  useLayoutEffect(() => renderer?.highlight(target), [renderer, target, scene])
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
  const label = `Map of ${scene.nodes.length} nodes and ${scene.edges.length} lines of transfers. Press t for the same as a table.`
  return (
    <div className={hover ? 'map pointing' : 'map'}>
      <div ref={container} className="canvas" role="img" aria-label={label} data-nodes={scene.nodes.length} data-edges={scene.edges.length} />
      {failed && <p className="map-failed" role="alert">The map cannot be drawn here: {failed}. Press t for the same as a table.</p>}
      {hover && <MapTooltip nodes={nodes} bundles={bundles} lines={lines} {...hover} />}
      <div className="map-buttons">
        {pins.length > 0 && <button type="button" className="button" title="All nodes where the service puts them" onClick={() => onPin(null)}>Reset positions</button>}
        <button type="button" className="button" title="The map as a picture" onClick={() => void renderer?.snapshot().then((blob) => download('egressor-map.png', blob))}>PNG</button>
        <button type="button" className="button" title="The map as a drawing" onClick={() => renderer && download('egressor-map.svg', renderer.vector(), 'image/svg+xml')}>SVG</button>
        <button type="button" className="button icon" aria-label="Zoom in" title="Zoom in (+)" onClick={() => renderer?.zoom(ZOOM_STEP)}>+</button>
        <button type="button" className="button icon" aria-label="Zoom out" title="Zoom out (-)" onClick={() => renderer?.zoom(1 / ZOOM_STEP)}>−</button>
        <button type="button" className="button" title="Fit the map to the screen (f)" onClick={() => renderer?.fit()}>Fit</button>
      </div>
    </div>
  )
}

/** What of the map to light: the node, or the line that is or holds what is selected. */
function targetOf(selection: Selection | null, bundles: readonly Bundle[], standsFor: Props['standsFor']): Target | null {
  if (selection?.kind === 'node') return { kind: 'node', id: standsFor(selection.id) }
  const bundle = selectedBundle(bundles, selection)
  return bundle ? { kind: 'bundle', id: bundle.id } : null
}

/** The line of a change that is selected, if one is. */
function lineOf(selection: Selection | null, lines: readonly Line[]): Target | null {
  return selection?.kind === 'bundle' && lines.some((line) => line.id === selection.id) ? { kind: 'bundle', id: selection.id } : null
}

/** One renderer per theme and tint: the colours are baked into it. */
function useRenderer(container: RefObject<HTMLDivElement | null>, past: boolean, events: ConstructorParameters<typeof CanvasRenderer>[1]): MapRenderer | null {
  const theme = useTheme()
  const look = `${theme} ${past}`
  const [state, setState] = useState<{ readonly renderer: MapRenderer; readonly look: string } | null>(null)
  const latest = useRef(events)
  useLayoutEffect(() => {
    latest.current = events
  })
  // Before the screen is shown: the map never stands there without its picture, deaf to the pointer.
  useLayoutEffect(() => {
    const element = container.current
    if (!element) return undefined
    const made = new CanvasRenderer(element, {
      onHover: (...of) => latest.current.onHover(...of),
      onClick: (target) => latest.current.onClick(target),
      onMoved: (...of) => latest.current.onMoved(...of),
      onOpen: (id) => latest.current.onOpen(id),
      onFailed: (why) => latest.current.onFailed(why),
    }, past)
    setState({ renderer: made, look })
    // Browser tests ask where things are drawn; see test/e2e.
    Object.assign(element, { locate: made.locate.bind(made) })
    return () => {
      setState(null)
      made.destroy()
    }
  }, [container, look, past])
  // In the very render that changes the look, the renderer of the old one is about to be destroyed.
  return state?.look === look ? state.renderer : null
}
