import { MultiDirectedGraph } from 'graphology'
import Sigma from 'sigma'
import { tokenColor } from '../../theme/theme'
import type { Lit, MapEvents, MapRenderer, Target } from '../MapRenderer'
import type { Scene, SceneEdge, SceneNode } from '../scene'
import { ArcProgram } from './ArcProgram'
import { ShapeProgram } from './ShapeProgram'
import { drawLabel } from './labels'
import { mixColors } from './colors'

/** The server's positions lie in about -1000 to 1000; a fixed box keeps nodes still when others come. */
const WORLD: { x: [number, number]; y: [number, number] } = { x: [-1000, 1000], y: [-1000, 1000] }
/** Shares of the ground's colour in what is not lit, and in what weighs nothing. */
const FADE = 0.8
const FAINT = 0.35
/** More lines are not drawn while the map moves: without a GPU they would hold it back to a frame or two a second. */
const MOST_MOVING_EDGES = 500
/** The legend lies over the left of the map. */
const LEGEND_PX = 312

/** MapRenderer on sigma. Colours are read from the theme once: make a new one when the theme changes. */
export class SigmaRenderer implements MapRenderer {
  private readonly graph = new MultiDirectedGraph()
  private readonly sigma: Sigma
  private readonly ground: string
  private readonly moved = new Map<string, { x: number; y: number }>()
  private lit: Lit | null = null
  private traced: Lit | null = null
  private target: Target | null = null
  private dragged: string | null = null
  /** True until a person moves the camera: then a new size of the screen is framed anew. */
  private framed = true

  constructor(container: HTMLElement, private readonly events: MapEvents, past: boolean) {
    this.ground = tokenColor(past ? '--map-past-ground' : '--map-ground')
    this.sigma = new Sigma(this.graph, container, {
      nodeProgramClasses: { shape: ShapeProgram as never },
      edgeProgramClasses: { arc: ArcProgram as never },
      defaultNodeType: 'shape',
      defaultEdgeType: 'arc',
      enableEdgeEvents: true,
      zIndex: true,
      minEdgeThickness: 1,
      labelFont: getComputedStyle(container).fontFamily,
      labelSize: 12,
      labelColor: { color: tokenColor('--map-label') },
      labelDensity: 1.4,
      labelGridCellSize: 90,
      labelRenderedSizeThreshold: 5,
      minCameraRatio: 0.03,
      maxCameraRatio: 4,
      defaultDrawNodeLabel: (context, data, settings) => drawLabel(context, data, settings, this.ground),
      defaultDrawNodeHover: (context, data, settings) => drawLabel(context, data, settings, this.ground),
      nodeReducer: (id, data) => this.reduceNode(id, data),
      edgeReducer: (id, data) => this.reduceEdge(id, data),
    })
    this.sigma.setCustomBBox(WORLD)
    this.listen()
  }

  setScene({ nodes, edges }: Scene): void {
    const first = this.graph.order === 0
    const kept = new Set([...nodes.map((node) => node.id), ...edges.map((edge) => edge.id)])
    for (const edge of this.graph.edges()) if (!kept.has(edge)) this.graph.dropEdge(edge)
    for (const node of this.graph.nodes()) if (!kept.has(node)) this.graph.dropNode(node)
    for (const node of nodes) this.graph.mergeNode(node.id, this.nodeAttributes(node))
    for (const edge of edges) this.graph.mergeEdgeWithKey(edge.id, edge.source, edge.destination, this.edgeAttributes(edge))
    this.sigma.setSetting('hideEdgesOnMove', edges.length > MOST_MOVING_EDGES)
    if (this.target) this.highlight(this.target)
    if (!first || nodes.length === 0) return
    // Sigma processes graph changes a frame later; framing needs the places on the screen now.
    this.sigma.refresh()
    this.frame(0)
  }

  highlight(target: Target | null): void {
    this.target = target
    this.lit = target === null ? this.traced : (this.neighbourhood(target) ?? this.traced)
    this.sigma.refresh({ skipIndexation: true })
  }

  trace(lit: Lit | null): void {
    this.traced = lit
    this.highlight(this.target)
  }

  /** Layer upon layer onto the ground: WebGL keeps what it drew for the rest of the task only. */
  snapshot(): Promise<Blob> {
    const { width, height } = this.sigma.getDimensions()
    const picture = document.createElement('canvas')
    const ratio = Math.max(1, window.devicePixelRatio)
    picture.width = width * ratio
    picture.height = height * ratio
    const context = picture.getContext('2d')
    if (!context) return Promise.reject(new Error('the browser gives no canvas to draw the picture on'))
    context.fillStyle = this.ground
    context.fillRect(0, 0, picture.width, picture.height)
    this.sigma.refresh({ skipIndexation: true })
    for (const layer of ['edges', 'edgeLabels', 'nodes', 'labels', 'hovers', 'hoverNodes']) {
      const canvas = this.sigma.getCanvases()[layer]
      if (canvas && canvas.width > 0) context.drawImage(canvas, 0, 0, picture.width, picture.height)
    }
    return new Promise((done, failed) => picture.toBlob((blob) => (blob ? done(blob) : failed(new Error('the browser made no picture of the map'))), 'image/png'))
  }

  fit(): void {
    this.framed = true
    this.frame(matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 180)
  }

  zoom(factor: number): void {
    this.framed = false
    const camera = this.sigma.getCamera()
    camera.setState({ ratio: camera.getBoundedRatio(camera.ratio / factor) })
  }

  pan(x: number, y: number): void {
    this.framed = false
    const camera = this.sigma.getCamera()
    camera.setState({ x: camera.x + x * camera.ratio, y: camera.y - y * camera.ratio })
  }

  resetPositions(): void {
    for (const id of this.moved.keys()) {
      if (!this.graph.hasNode(id)) continue
      this.graph.mergeNodeAttributes(id, { x: this.graph.getNodeAttribute(id, 'homeX') as number, y: this.graph.getNodeAttribute(id, 'homeY') as number })
    }
    this.moved.clear()
  }

  locate(target: Target): { x: number; y: number } | null {
    if (target.kind === 'node') return this.graph.hasNode(target.id) ? this.nodeOnScreen(target.id) : null
    if (!this.graph.hasEdge(target.id)) return null
    const [a, b] = [this.nodeOnScreen(this.graph.source(target.id)), this.nodeOnScreen(this.graph.target(target.id))]
    const bend = (this.graph.getEdgeAttribute(target.id, 'bend') as number) / 2
    if (this.graph.isSelfLoop(target.id)) return { x: a.x, y: a.y - this.sigma.scaleSize(bend * 5.4) }
    // The middle of the arc; the screen's y axis points down.
    return { x: (a.x + b.x) / 2 + (b.y - a.y) * bend, y: (a.y + b.y) / 2 - (b.x - a.x) * bend }
  }

  destroy(): void {
    this.sigma.kill()
  }

  private listen(): void {
    const { sigma, events } = this
    sigma.on('clickNode', ({ node }) => events.onClick({ kind: 'node', id: node }))
    sigma.on('clickEdge', ({ edge }) => events.onClick({ kind: 'bundle', id: edge }))
    sigma.on('clickStage', () => events.onClick(null))
    sigma.on('doubleClickNode', ({ node, preventSigmaDefault }) => {
      preventSigmaDefault()
      events.onOpen(node)
    })
    sigma.on('enterNode', ({ node, event }) => events.onHover({ kind: 'node', id: node }, event.x, event.y))
    sigma.on('enterEdge', ({ edge, event }) => events.onHover({ kind: 'bundle', id: edge }, event.x, event.y))
    sigma.on('leaveNode', () => events.onHover(null, 0, 0))
    sigma.on('leaveEdge', () => events.onHover(null, 0, 0))
    sigma.on('downNode', ({ node }) => {
      this.dragged = node
    })
    sigma.on('moveBody', ({ event }) => this.drag(event))
    sigma.on('wheelStage', () => this.release())
    sigma.on('wheelNode', () => this.release())
    sigma.on('wheelEdge', () => this.release())
    sigma.on('downStage', () => this.release())
    sigma.on('resize', () => this.framed && this.frame(0))
    sigma.on('upNode', () => this.drop())
    sigma.on('upStage', () => this.drop())
  }

  private release(): void {
    this.framed = false
  }

  private drag(event: { x: number; y: number; preventSigmaDefault: () => void }): void {
    if (this.dragged === null) return
    const place = this.sigma.viewportToGraph(event)
    this.moved.set(this.dragged, place)
    this.graph.mergeNodeAttributes(this.dragged, place)
    event.preventSigmaDefault()
  }

  private drop(): void {
    const id = this.dragged
    this.dragged = null
    if (id !== null && this.moved.has(id)) this.events.onMoved(id)
  }

  private nodeAttributes(node: SceneNode) {
    const place = this.moved.get(node.id) ?? { x: node.x, y: node.y }
    return { ...place, homeX: node.x, homeY: node.y, label: node.label, size: node.radius, shape: node.shape, color: tokenColor(node.token), rim: this.ground }
  }

  private edgeAttributes({ width, token, faint, bend, dash }: SceneEdge) {
    const color = tokenColor(token)
    return { size: width, color: faint ? mixColors(color, this.ground, FAINT) : color, bend, dashPeriod: dash.period, dashDrawn: dash.drawn }
  }

  private reduceNode(id: string, data: Record<string, unknown>): Record<string, unknown> {
    if (this.lit === null) return data
    if (!this.lit.nodes.has(id)) return { ...data, color: mixColors(data['color'] as string, this.ground, FADE), label: null, zIndex: 0 }
    return { ...data, forceLabel: true, zIndex: 1 }
  }

  private reduceEdge(id: string, data: Record<string, unknown>): Record<string, unknown> {
    if (this.lit === null || this.lit.edges.has(id)) return { ...data, zIndex: 1 }
    return { ...data, color: mixColors(data['color'] as string, this.ground, FADE), zIndex: 0 }
  }

  private neighbourhood({ kind, id }: Target): Lit | null {
    if (kind === 'node') {
      if (!this.graph.hasNode(id)) return null
      return { nodes: new Set([id, ...this.graph.neighbors(id)]), edges: new Set(this.graph.edges(id)) }
    }
    if (!this.graph.hasEdge(id)) return null
    return { nodes: new Set(this.graph.extremities(id)), edges: new Set([id]) }
  }

  private nodeOnScreen(id: string): { x: number; y: number } {
    const { x, y } = this.graph.getNodeAttributes(id) as { x: number; y: number }
    return this.sigma.graphToViewport({ x, y })
  }

  /** Puts the drawn nodes, with room for labels, in the middle of the screen. */
  private frame(duration: number): void {
    const camera = this.sigma.getCamera()
    const { width, height } = this.sigma.getDimensions()
    const points = this.graph.nodes().map((id) => this.nodeOnScreen(id))
    if (points.length === 0 || width === 0) return
    const [left, right] = [Math.min(...points.map((p) => p.x)), Math.max(...points.map((p) => p.x))]
    const [top, bottom] = [Math.min(...points.map((p) => p.y)), Math.max(...points.map((p) => p.y))]
    const legend = width > 2.5 * LEGEND_PX ? LEGEND_PX : 0
    const factor = Math.max((right - left) / Math.max(80, width - legend - 140), (bottom - top) / Math.max(80, height - 130))
    const middle = this.sigma.viewportToFramedGraph({ x: (left + right - legend * factor) / 2, y: (top + bottom) / 2 })
    const ratio = camera.getBoundedRatio(Math.max(0.05, camera.ratio * factor))
    if (duration === 0) camera.setState({ ...middle, ratio })
    else void camera.animate({ ...middle, ratio }, { duration })
  }
}
