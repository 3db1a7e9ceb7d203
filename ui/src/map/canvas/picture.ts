import type { Lit } from '../MapRenderer'
import type { Scene, SceneEdge, SceneNode } from '../scene'
import { type Arc, arcOf } from './arc'
import { type Camera, type Point, type Size, toScreen } from './camera'

/** The theme's colours as the painter needs them, "#rrggbb". */
export interface Look {
  readonly ground: string
  readonly label: string
  readonly font: string
  /** By token of theme/tokens.css. */
  readonly tokens: Readonly<Record<string, string>>
}

/** One state of the map: all that a painter must know. It crosses to the worker as it is. */
export interface Shot {
  readonly camera: Camera
  readonly size: Size
  /** What stands out, null where nothing does. */
  readonly lit: Lit | null
  /** Pixels per unit at which the whole map fits: sizes follow how much nearer the camera is. */
  readonly wholeScale: number
}

export interface PlacedNode {
  readonly node: SceneNode
  readonly at: Point
  /** Pixels. */
  readonly radius: number
  readonly lit: boolean
}

export interface PlacedEdge {
  readonly edge: SceneEdge
  readonly arc: Arc
  readonly lit: boolean
}

export interface Placed {
  readonly nodes: readonly PlacedNode[]
  /** In the order in which they are painted: what costs most comes last and lies on top. */
  readonly edges: readonly PlacedEdge[]
}

/** Pixels between nodes at which they are drawn in full size; denser maps have smaller ones. */
const ROOMY = 64
const LEAST_FACTOR = 0.38

/** By how much the sizes of the scene are multiplied: crowds shrink, and coming closer makes larger by the root. */
export function sizeFactor(scene: Scene, { camera, size, wholeScale }: Shot): number {
  const room = Math.sqrt((size.width * size.height) / Math.max(1, scene.nodes.length))
  const crowd = Math.min(1, Math.max(LEAST_FACTOR, room / ROOMY))
  return Math.min(2.2, crowd * Math.max(0.7, Math.sqrt(camera.scale / wholeScale)))
}

/** Where everything is on the screen. */
export function place(scene: Scene, shot: Shot): Placed {
  const factor = sizeFactor(scene, shot)
  const nodes = scene.nodes.map((node): PlacedNode => ({
    node, at: toScreen(shot.camera, shot.size, node), radius: node.radius * factor, lit: shot.lit?.nodes.has(node.id) ?? false,
  }))
  const byId = new Map(nodes.map((placed) => [placed.node.id, placed]))
  const edges = scene.edges.flatMap((edge): PlacedEdge[] => {
    const [from, to] = [byId.get(edge.source), byId.get(edge.destination)]
    if (!from || !to) return []
    const loop = edge.source === edge.destination
    return [{ edge, arc: arcOf(from.at, to.at, loop ? edge.bend * factor : edge.bend, edge.width * factor), lit: shot.lit?.edges.has(edge.id) ?? false }]
  })
  return { nodes, edges: edges.toSorted((a, b) => Number(a.lit) - Number(b.lit) || Number(b.edge.faint) - Number(a.edge.faint) || a.edge.width - b.edge.width) }
}

/** True where a part of the arc can be on the screen. */
export function onScreen({ from, control, to, halfFrom }: Arc, { width, height }: Size): boolean {
  const reach = halfFrom + 2
  return Math.max(from.x, control.x, to.x) >= -reach && Math.min(from.x, control.x, to.x) <= width + reach
    && Math.max(from.y, control.y, to.y) >= -reach && Math.min(from.y, control.y, to.y) <= height + reach
}
