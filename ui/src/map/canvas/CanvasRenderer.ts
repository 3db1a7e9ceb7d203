import type { Lit, MapEvents, MapRenderer, Target } from '../MapRenderer'
import type { Scene } from '../scene'
import { pointAt } from './arc'
import { type Camera, type Insets, type Point, fitted, panned, toMap, zoomed } from './camera'
import { Screen } from './Screen'
import { SvgPen } from './SvgPen'
import { type Gestures, listen } from './gestures'
import { hit } from './hit'
import { lookOf } from './look'
import { paint } from './paint'
import { type Look, type Placed, type Shot, place } from './picture'

/** The legend lies over the left of a wide map; labels need room at the sides. */
/** The legend's width by that of the map, as map.css and narrow.css have it: on a phone it stands below. */
const LEGEND_PX = { whole: 312, small: 232 }
const MARGIN: Insets = { left: 60, right: 60, top: 36, bottom: 64 }
/** Pixels per unit of the map beyond which fitting does not come nearer. */
const NEAREST = 1.6
const EMPTY: Scene = { nodes: [], edges: [] }

/** MapRenderer on a picture that a worker paints. Colours are read from the theme once: make a new one when the theme changes. */
export class CanvasRenderer implements MapRenderer {
  private readonly screen: Screen
  private readonly look: Look
  private readonly watch: ResizeObserver
  private readonly deafen: () => void
  /** As handed over, and with nodes where a person put them. */
  private given = EMPTY
  private scene = EMPTY
  private moved: ReadonlyMap<string, Point> = new Map()
  private camera: Camera = { x: 0, y: 0, scale: 0.4 }
  private wholeScale = 0.4
  private traced: Lit | null = null
  private target: Target | null = null
  private dragged: string | null = null
  private placed: Placed | null = null
  /** True until a person moves the camera: then a new size of the screen is framed anew. */
  private framed = true

  constructor(container: HTMLElement, private readonly events: MapEvents, past: boolean) {
    this.screen = new Screen(container, events.onFailed)
    this.look = lookOf(container, past)
    this.watch = new ResizeObserver(() => this.resized())
    this.watch.observe(container)
    this.deafen = listen(container, this.gestures())
  }

  setScene(scene: Scene): void {
    const rearranged = (this.given.frames ?? []).length > 0 !== (scene.frames ?? []).length > 0
    const first = this.given.nodes.length === 0 || rearranged
    this.given = scene
    this.rebuild()
    this.wholeScale = this.whole().scale
    // Nodes that stand somewhere else altogether are looked at anew.
    this.framed ||= rearranged
    if (first && this.framed) this.camera = this.whole()
    this.draw(false)
  }

  highlight(target: Target | null): void {
    this.target = target
    this.draw(false)
  }

  trace(lit: Lit | null): void {
    this.traced = lit
    this.draw(false)
  }

  snapshot(): Promise<Blob> {
    return this.screen.file(this.shot())
  }

  vector(): string {
    const measure = document.createElement('canvas').getContext('2d')
    const pen = new SvgPen(this.screen.size, (text, font) => {
      if (!measure) return text.length * 7
      measure.font = font
      return measure.measureText(text).width
    })
    paint(pen, this.scene, this.shot(), this.look)
    return pen.toString()
  }

  fit(): void {
    this.framed = true
    this.camera = this.whole()
    this.draw(false)
  }

  zoom(factor: number): void {
    const { width, height } = this.screen.size
    this.move(zoomed(this.camera, this.screen.size, factor, { x: width / 2, y: height / 2 }))
  }

  pan(x: number, y: number): void {
    const { width, height } = this.screen.size
    this.move(panned(this.camera, -x * width, -y * height))
  }

  pin(places: ReadonlyMap<string, Point>): void {
    if (places.size === 0 && this.moved.size === 0) return
    this.moved = places
    this.rebuild()
    this.draw(false)
  }

  locate({ kind, id }: Target): Point | null {
    const { nodes, edges } = this.layout()
    if (kind === 'node') return nodes.find((one) => one.node.id === id)?.at ?? null
    const edge = edges.find((one) => one.edge.id === id)
    return edge ? pointAt(edge.arc, 0.5) : null
  }

  destroy(): void {
    this.watch.disconnect()
    this.deafen()
    this.screen.destroy()
  }

  private gestures(): Gestures {
    const under = (at: Point): Target | null => hit(this.layout(), at)
    return {
      grab: (at) => {
        const target = under(at)
        this.dragged = target?.kind === 'node' ? target.id : null
        return this.dragged !== null
      },
      drag: (at) => this.drag(at),
      drop: () => {
        const at = this.dragged === null ? undefined : this.moved.get(this.dragged)
        if (this.dragged !== null && at) this.events.onMoved(this.dragged, at.x, at.y)
      },
      pan: (dx, dy) => this.move(panned(this.camera, dx, dy)),
      zoom: (factor, around) => this.move(zoomed(this.camera, this.screen.size, factor, around)),
      hover: (at) => this.events.onHover(at && under(at), at?.x ?? 0, at?.y ?? 0),
      click: (at) => this.events.onClick(under(at)),
      open: (at) => {
        const target = under(at)
        if (target?.kind === 'node') this.events.onOpen(target.id)
      },
    }
  }

  private drag(at: Point): void {
    if (this.dragged === null) return
    this.moved = new Map(this.moved).set(this.dragged, toMap(this.camera, this.screen.size, at))
    this.framed = false
    this.rebuild()
    this.draw(false)
  }

  private shot(): Shot {
    const lit = this.target === null ? this.traced : (neighbourhood(this.scene, this.target) ?? this.traced)
    return { camera: this.camera, size: this.screen.size, lit, wholeScale: this.wholeScale }
  }

  /** Where everything is as it is seen now: computed when somebody points at it. */
  private layout(): Placed {
    this.placed ??= place(this.scene, this.shot())
    return this.placed
  }

  private move(camera: Camera): void {
    this.framed = false
    this.camera = camera
    this.draw(true)
  }

  private draw(moving: boolean): void {
    this.placed = null
    if (this.screen.size.width > 0) this.screen.show(this.shot(), moving)
  }

  private rebuild(): void {
    this.scene = this.moved.size === 0 ? this.given : { ...this.given, nodes: this.given.nodes.map((node) => ({ ...node, ...this.moved.get(node.id) })) }
    this.screen.setScene(this.scene, this.look)
  }

  private resized(): void {
    this.wholeScale = this.whole().scale
    if (this.framed) this.camera = this.whole()
    this.draw(false)
  }

  private whole(): Camera {
    const { size } = this.screen
    const corners = (this.scene.frames ?? []).flatMap(({ x, y, width, height }) => [{ x, y }, { x: x + width, y: y - height }])
    return fitted([...this.scene.nodes, ...corners], size, { ...MARGIN, left: MARGIN.left + legendIn(size.width) }, NEAREST)
  }
}

/** A node with its lines and their other ends, or a line with its ends; null where it is not drawn. */
function neighbourhood({ nodes, edges }: Scene, { kind, id }: Target): Lit | null {
  const some = edges.filter((edge) => (kind === 'node' ? edge.source === id || edge.destination === id : edge.id === id))
  if (some.length === 0 && !nodes.some((node) => node.id === id)) return null
  return { nodes: new Set([...(kind === 'node' ? [id] : []), ...some.flatMap((edge) => [edge.source, edge.destination])]), edges: new Set(some.map((edge) => edge.id)) }
}

function legendIn(width: number): number {
  if (width < 690) return 0
  return width < 780 ? LEGEND_PX.small : LEGEND_PX.whole
}
